"""What pages with formulas load: one stylesheet, which holds the fonts, and the script for copying.

Both depend on the formulas of the whole book, also on pages that this build does not write, so the
pages themselves are read. addresses.py then gives the pages the fingerprint of both.

The fonts are a few kilobytes each. Within the stylesheet they are there when the text is: formulas
are read from the first moment on, with no request of their own and nothing to ask for ahead.
"""

import hashlib
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from book.extensions.typeset.kept import KEPT
from book.extensions.typeset.stylesheet import Element, elements, used_rules
from mlplib.language import say

HERE = Path(__file__).parent
FOLDER = "_static/formulas"
STYLESHEET, SCRIPT = "formulas.css", "copy.js"
COMMENT = re.compile(r"^\s+|\s*//.*$", re.M)  # and indentation: they are for us


def ask_for_formulas(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    if "<mjx-container" not in context.get("body", ""):
        return
    stylesheet, script = (context["pathto"](f"{FOLDER}/{it}", 1) for it in (STYLESHEET, SCRIPT))
    words = {
        "copy": say("copied.copy"),
        "tex": say("copied.tex"),
        "text": say("copied.text"),
        "formula": say("copied.formula", said="{said}", number="{number}"),  # copy.js knows them
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
    context["metatags"] = (
        f"{context.get('metatags', '')}"
        f'<link rel="stylesheet" href="{stylesheet}"><script defer src="{script}"{data}></script>'
    )


def write_assets(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    static, folder = Path(app.outdir) / "_static", Path(app.outdir) / FOLDER
    pages = [page for page in Path(app.outdir).rglob("*.html") if static not in page.parents]
    used = {element for page in pages for element in elements(page.read_text(encoding="utf-8"))}
    if not used:
        shutil.rmtree(folder, ignore_errors=True)
        return
    own, script = ((HERE / name).read_text(encoding="utf-8") for name in (STYLESHEET, SCRIPT))
    script = COMMENT.sub("", script)
    first_line = f"/* {fingerprint(used, own, script)} */\n"
    if not is_current(folder, first_line):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SCRIPT).write_text(script, encoding="utf-8")
        text = first_line + mathjax_rules(used) + own
        (folder / STYLESHEET).write_text(text, encoding="utf-8")


def fingerprint(used: set[Element], *texts: str) -> str:
    """A short word for all that the files depend on."""
    names = sorted(" ".join([name, *sorted(classes)]) for name, classes in used)
    whole = "\n".join([KEPT.folder.name, *names, *texts])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def is_current(folder: Path, first_line: str) -> bool:
    stylesheet = folder / STYLESHEET
    return (
        (folder / SCRIPT).exists()
        and stylesheet.exists()
        and stylesheet.read_text(encoding="utf-8").startswith(first_line)
    )


def mathjax_rules(used: set[Element]) -> str:
    from book.extensions.typeset.fonts import font_faces  # loads fontTools

    whole = KEPT.stylesheet()
    rules = used_rules(whole, used)
    return "\n".join([*font_faces(rules, whole), *map(str, rules), ""])
