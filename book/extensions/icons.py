"""The theme's icons as a small stylesheet instead of a script of 1.5 MB.

The theme turns `<i class="fa-solid fa-moon">` into a drawing with Font Awesome's script. Here the
drawings of the icons that the pages really use are read from that script, as installed, and become
masks in `_static/icons.css`; book/static/symbols.css lays them on.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pydata_sphinx_theme
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static"
STYLES = {"fa-solid": "fas", "fa-regular": "far", "fa-brands": "fab"}
CLASS = re.compile(r'class="([^"]*\bfa-[^"]*)"')
NOT_A_NAME = {*STYLES, "fa-lg", "fa-sm", "fa-xs", "fa-fw"}


@cache
def drawings(style: str) -> str:
    """The part of Font Awesome's script that holds one style's drawings."""
    script = (THEME / "scripts/fontawesome.js").read_text(encoding="utf-8")
    end = script.index(f'("{style}",p)')
    return script[script.rindex("var p={", 0, end) : end]


def drawing(style: str, name: str) -> str:
    """One icon as an SVG document, to be used as a mask; `name` may be one of its other names."""
    key = rf'"?{re.escape(name)}"?:\[(\d+),(\d+),\[[^\]]*\]'
    other = rf'"?[\w-]+"?:\[(\d+),(\d+),\[[^\]]*"{re.escape(name)}"[^\]]*\]'
    for entry in key, other:
        found = re.search(rf'[{{,]{entry},"[0-9a-f]+","([^"]+)"\]', drawings(style))
        if found:
            width, height, path = found.groups()
            return (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
                f'<path d="{path}"/></svg>'
            )
    raise ExtensionError(f"The theme's Font Awesome has no icon {name} in style {style}.")


def mask(style: str, name: str) -> str:
    return f'url("data:image/svg+xml,{quote(drawing(style, name), safe=" =:/")}")'


def used_icons(pages: list[Path]) -> set[tuple[str, str]]:
    found = set()
    for page in pages:
        for classes in CLASS.findall(page.read_text(encoding="utf-8")):
            words = classes.split()
            style = next(
                (long for long, short in STYLES.items() if long in words or short in words),
                "fa-solid",
            )
            found |= {
                (style, word.removeprefix("fa-"))
                for word in words
                if word.startswith("fa-") and word not in NOT_A_NAME
            }
    return found


def write_icons(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    pages = [page for page in Path(app.outdir).rglob("*.html") if static not in page.parents]
    rules = [f".fa-{name}{{--icon:{mask(style, name)}}}" for style, name in used_icons(pages)]
    (static / "icons.css").write_text("\n".join(sorted(rules)) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_css_file("icons.css")
    app.connect("build-finished", write_icons)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
