"""What pages with formulas load: a stylesheet, a few small fonts, the script for copying.

All depend on the formulas of the whole book, also on pages that this build does not write, so the
pages themselves are read. The addresses carry a fingerprint; pages get it when it is known.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from book.extensions.typeset.fonts import drawn_characters, families, subset
from book.extensions.typeset.kept import KEPT
from book.extensions.typeset.stylesheet import Element, elements, used_rules

HERE = Path(__file__).parent
FOLDER = "_static/formulas"
FIRST_FONTS = ("Main-Regular.woff", "Math-Italic.woff")  # hardly a formula goes without
# A page that was opened from a file may not ask ahead: the browser would complain.
AHEAD = (
    'if(location.protocol!="file:")for(const href of %s)document.head.append(Object.assign('
    'document.createElement("link"),{rel:"preload",as:"font",type:"font/woff",crossOrigin:"",href}))'
)
ADDRESS = re.compile(rf"({FOLDER}/[\w.-]+\?v=)\w*")
COMMENT = re.compile(r"^\s+|\s*//.*$", re.M)  # and indentation: they are for us
IN_STYLESHEET = re.compile(r'url\("([\w.-]+)\?v=')


def ask_for_formulas(
    app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object
) -> None:
    if "<mjx-container" not in context.get("body", ""):
        return

    def address(name: str) -> str:
        return f"{context['pathto'](f'{FOLDER}/{name}', 1)}?v="

    ahead = AHEAD % json.dumps([address(font) for font in FIRST_FONTS])
    context["metatags"] = (
        f"{context.get('metatags', '')}<script>{ahead}</script>"
        f'<link rel="stylesheet" href="{address("formulas.css")}">'
        f'<script defer src="{address("copy.js")}"></script>'
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
    files = make_files(used)
    version = hashlib.sha256(b"".join(files.values())).hexdigest()[:8]
    for page in pages:
        name_version(page, version)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    name_version(folder / "formulas.css", version)


def is_current(folder: Path, pages: list[Path]) -> bool:
    """Whether all files are there and the stylesheet is younger than every page."""
    stylesheet = folder / "formulas.css"
    if not stylesheet.exists():
        return False
    names = ["copy.js", *IN_STYLESHEET.findall(stylesheet.read_text(encoding="utf-8"))]
    written = max(page.stat().st_mtime_ns for page in pages)
    return stylesheet.stat().st_mtime_ns >= written and all((folder / it).exists() for it in names)


def name_version(file: Path, version: str) -> None:
    text = file.read_text(encoding="utf-8")
    pattern = IN_STYLESHEET if file.suffix == ".css" else ADDRESS
    named = pattern.sub(lambda found: found[0].partition("?v=")[0] + "?v=" + version, text)
    if named != text:
        file.write_text(named, encoding="utf-8")


def make_files(used: set[Element]) -> dict[str, bytes]:
    whole = KEPT.stylesheet()
    rules = used_rules(whole, used)
    files, faces = {}, []
    for family, name in families(whole).items():
        drawn = drawn_characters(rules, whole).get(family, set())
        if font := subset(name, drawn):
            files[name] = font
            faces.append(
                f"@font-face{{font-family:{family};font-display:block;"
                f'src:url("{name}?v=") format("woff")}}'
            )
    own = (HERE / "formulas.css").read_text(encoding="utf-8")
    files["formulas.css"] = "\n".join([*faces, *map(str, rules), own]).encode()
    files["copy.js"] = COMMENT.sub("", (HERE / "copy.js").read_text(encoding="utf-8")).encode()
    return files
