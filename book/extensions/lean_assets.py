"""The site carries what its pages can use, and no more.

The theme brings all of Bootstrap and Font Awesome. From its stylesheets go the rules for classes
that no page has and no script names; from the site go the files that no page asks for.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

STYLES = (
    "basic.css",
    "sphinx-design.min.css",
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
)
UNUSED = ("scripts/fontawesome.js*", "scripts/bootstrap.js*", "**/*.map", "**/*.LICENSE.txt")
UNUSED_FOLDERS = ("vendor", "locales")  # icon fonts; translations, which the build has read

COMMENT = re.compile(r"/\*.*?\*/", re.S)
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
NEGATION = re.compile(r":not\([^()]*\)")
BRACE = re.compile("[{}]")
OUTER_COMMA = re.compile(r",(?![^()]*\))")


def rules(css: str) -> Iterator[tuple[str, str | None]]:
    """The head and body of each rule, one level deep; statements such as @import have no body."""
    start = 0
    while start < len(css):
        brace, semicolon = css.find("{", start), css.find(";", start)
        if 0 <= semicolon < brace or brace < 0:
            end = semicolon + 1 if semicolon >= 0 else len(css)
            yield css[start:end].strip(), None
        else:
            depth, end = 1, brace + 1
            while depth:
                found = BRACE.search(css, end)
                assert found is not None, "a rule of the theme is not closed"
                end = found.end()
                depth += 1 if css[end - 1] == "{" else -1
            yield css[start:brace].strip(), css[brace + 1 : end - 1]
        start = end


def without_unused(css: str, known: set[str]) -> str:
    """The stylesheet without the rules that ask for a class which is not among the known ones."""
    kept = []
    for head, body in rules(css):
        if body is None:
            kept.append(head)
        elif head.startswith(("@media", "@supports")):
            if inner := without_unused(body, known):
                kept.append(f"{head}{{{inner}}}")
        elif head.startswith("@font-face"):
            continue  # the pages are set in the system's letters, formulas in MathJax's own
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        elif selectors := [
            selector
            for selector in OUTER_COMMA.split(head)
            if known.issuperset(CLASS.findall(NEGATION.sub("", selector)))
        ]:
            kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def known_classes(html: Path) -> set[str]:
    """The classes that pages have, and every word of the scripts, which may set one later."""
    static = html / "_static"
    known: set[str] = set()
    for page in html.rglob("*.html"):
        if static not in page.parents:
            for classes in re.findall(r'class="([^"]*)"', page.read_text(encoding="utf-8")):
                known.update(classes.split())
    for script in (*static.glob("*.js"), *static.glob("scripts/*.js")):
        known.update(re.findall(r"[A-Za-z_][\w-]*", script.read_text(encoding="utf-8")))
    # Font Awesome's own rules: book/static/symbols.css stands for them.
    return {name for name in known if not re.match(r"fa([srb]|-.*)?$", name)}


def make_lean(app: Sphinx, error: Exception | None) -> None:
    static = Path(app.outdir) / "_static"
    # Sphinx lays these files down anew whenever it has written a page.
    if error or app.builder.format != "html" or not (static / "vendor").exists():
        return
    for folder in UNUSED_FOLDERS:
        shutil.rmtree(static / folder)
    for file in {file for pattern in UNUSED for file in static.glob(pattern)}:
        file.unlink()
    known = known_classes(Path(app.outdir))
    for name in STYLES:
        css = (static / name).read_text(encoding="utf-8")
        lean = without_unused(COMMENT.sub("", css), known)
        (static / name).write_text(lean, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("build-finished", make_lean, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
