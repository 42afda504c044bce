"""The site carries what its pages can use, and no more.

The theme brings all of Bootstrap and Font Awesome. From its stylesheets go the rules for classes
that no page has and no script names, and the custom properties that nothing asks for; from the site
go the files that no page asks for; and a page without tabs does not ask for the script that turns
them.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import tinycss2
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from tinycss2.ast import Node

from book.kept import Kept

STYLES = (
    "basic.css",
    "sphinx-design.min.css",
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
)
UNUSED = ("scripts/fontawesome.js*", "scripts/bootstrap.js*", "**/*.map", "**/*.LICENSE.txt")
UNUSED_FOLDERS = ("vendor", "locales")  # icon fonts; translations, which the build has read

GROUPS = ("media", "supports", "layer", "container")


def without_unused(css: str, known: set[str]) -> str:
    """The stylesheet without the rules that ask for a class which is not among the known ones."""
    return lean(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), known)


def lean(rules: Iterable[Node], known: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in GROUPS:
            inside = tinycss2.parse_rule_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            if inner := lean(inside, known):
                head = tinycss2.serialize(rule.prelude).strip()
                kept.append(f"@{rule.at_keyword} {head}{{{inner}}}")
        elif rule.type == "at-rule":
            # The pages are set in the book's own letters: page.css names them.
            if rule.lower_at_keyword != "font-face":
                kept.append(rule.serialize())
        elif rule.type == "error":
            raise ExtensionError(f"A stylesheet of the theme cannot be read: {rule.message}.")
        elif selectors := [
            tinycss2.serialize(selector).strip()
            for selector in separated(rule.prelude)
            if known.issuperset(classes(selector))
        ]:
            kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content).strip()}}}")
    return "".join(kept)


def separated(prelude: Iterable[Node]) -> list[list[Node]]:
    """The selectors of a list; commas inside brackets separate nothing here."""
    selectors: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def classes(tokens: Iterable[Node]) -> Iterator[str]:
    """The classes that a selector asks for; those it only forbids, in `:not(…)`, do not count."""
    tokens = list(tokens)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "ident" and before is not None and before.type == "literal":
            if before.value == ".":
                yield token.value
        elif token.type == "function" and token.lower_name != "not":
            yield from classes(token.arguments)
        elif token.type in ("() block", "[] block"):
            yield from classes(token.content)


def without_idle(css: str, used: set[str]) -> str:
    """The stylesheet without the custom properties that are not among the used ones."""
    return busy(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), used)


def busy(rules: Iterable[Node], used: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in GROUPS:
            inside = tinycss2.parse_rule_list(rule.content)
            kept.append(f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()}")
            kept.append(f"{{{busy(inside, used)}}}")
        elif rule.type == "qualified-rule":
            declarations = tinycss2.parse_declaration_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            said = [
                it.serialize()
                for it in declarations
                if it.type != "declaration" or not it.name.startswith("--") or it.name in used
            ]
            if said:
                kept.append(f"{tinycss2.serialize(rule.prelude).strip()}{{{';'.join(said)}}}")
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def used_properties(html: Path) -> set[str]:
    """The custom properties that a stylesheet or a page asks for, and those that scripts name."""
    static = html / "_static"
    asking = [*static.rglob("*.css"), *html.rglob("*.html")]
    used = {
        name
        for file in asking
        for name in re.findall(r"var\(\s*(--[\w-]+)", file.read_text(encoding="utf-8"))
    }
    for script in static.rglob("*.js"):
        used.update(re.findall(r"--[\w-]+", script.read_text(encoding="utf-8")))
    return used


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
    if error or app.builder.format != "html":
        return
    sheets = list(static.glob("mystnb.*.css"))  # laid down in every build
    if (static / "vendor").exists():  # and these whenever Sphinx has written a page
        sheets += [static / name for name in STYLES]
        for folder in UNUSED_FOLDERS:
            shutil.rmtree(static / folder)
        for file in {file for pattern in UNUSED for file in static.glob(pattern)}:
            file.unlink()
    code = Path(__file__).read_text(encoding="utf-8")
    with Kept(static.parents[1] / ".kept" / "styles", [code, tinycss2.VERSION]) as kept:
        known = known_classes(Path(app.outdir))
        rewrite(sheets, without_unused, known, kept)
        used: set[str] = set()
        while used != (asked := used_properties(Path(app.outdir))):  # one may ask for another
            used = asked
            rewrite(sheets, without_idle, used, kept)


def rewrite(
    sheets: Iterable[Path], thin: Callable[[str, set[str]], str], names: set[str], kept: Kept
) -> None:
    for sheet in sheets:
        css = sheet.read_text(encoding="utf-8")
        made_from = [thin.__name__, css, *sorted(names)]
        sheet.write_text(kept.text(made_from, partial(thin, css, names)), encoding="utf-8")


def ask_for_what_is_there(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if "sd-tab-set" not in context.get("body", ""):
        context["script_files"] = [
            script for script in context["script_files"] if "design-tabs" not in str(script)
        ]


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", ask_for_what_is_there, priority=900)
    app.connect("build-finished", make_lean, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
