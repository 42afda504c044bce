"""What pages with formulas load: one stylesheet, which holds the fonts, and the script for copying.

Both depend on the formulas of the whole book, also on pages that this build does not write, so the
pages themselves are read. The addresses carry a fingerprint; pages get it when it is known.

The fonts are a few kilobytes each. Within the stylesheet they are there when the text is: formulas
are read from the first moment on, with no request of their own and nothing to ask for ahead.
"""

import re
import shutil
import zlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from book.extensions.typeset.kept import KEPT
from book.extensions.typeset.stylesheet import Element, elements, used_rules

HERE = Path(__file__).parent
FOLDER = "_static/formulas"
STYLESHEET, SCRIPT = "formulas.css", "copy.js"
ADDRESS = re.compile(rf"(?<={FOLDER}/)(?P<name>[\w.-]+)\?v=\w*")
COMMENT = re.compile(r"^\s+|\s*//.*$", re.M)  # and indentation: they are for us


def ask_for_formulas(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    if "<mjx-container" not in context.get("body", ""):
        return
    stylesheet, script = (
        f"{context['pathto'](f'{FOLDER}/{name}', 1)}?v=" for name in (STYLESHEET, SCRIPT)
    )
    context["metatags"] = (
        f"{context.get('metatags', '')}"
        f'<link rel="stylesheet" href="{stylesheet}"><script defer src="{script}"></script>'
    )


def write_assets(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    pages = [page for page in Path(app.outdir).rglob("*.html") if static not in page.parents]
    folder = Path(app.outdir) / FOLDER
    if is_current(folder, pages):
        return
    shutil.rmtree(folder, ignore_errors=True)
    used = {element for page in pages for element in elements(page.read_text(encoding="utf-8"))}
    if not used:
        return
    files = {
        STYLESHEET: stylesheet_with_fonts(used),
        SCRIPT: COMMENT.sub("", (HERE / SCRIPT).read_text(encoding="utf-8")),
    }
    for page in pages:
        text = page.read_text(encoding="utf-8")
        named = ADDRESS.sub(lambda it: f"{it['name']}?v={checksum(files[it['name']])}", text)
        if named != text:
            page.write_text(named, encoding="utf-8")
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def checksum(text: str) -> str:
    """What Sphinx itself writes into the address of a file."""
    return f"{zlib.crc32(text.encode()):08x}"


def is_current(folder: Path, pages: list[Path]) -> bool:
    """Whether both files are there, and none is older than a page or than what it is made of."""
    made_of = [*pages, HERE / STYLESHEET, HERE / SCRIPT]
    newest = max(file.stat().st_mtime_ns for file in made_of)
    files = [folder / STYLESHEET, folder / SCRIPT]
    return all(file.exists() and file.stat().st_mtime_ns >= newest for file in files)


def stylesheet_with_fonts(used: set[Element]) -> str:
    from book.extensions.typeset.fonts import font_faces  # loads fontTools

    whole = KEPT.stylesheet()
    rules = used_rules(whole, used)
    own = (HERE / STYLESHEET).read_text(encoding="utf-8")
    return "\n".join([*font_faces(rules, whole), *map(str, rules), own])
