"""The colours of `mlplib.palette`, light and dark, as a style sheet: `_static/palette.css`."""

from pathlib import Path

from sphinx.application import Sphinx

from mlplib.palette import palette_css


def write_palette(app: Sphinx) -> None:
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "palette.css").write_text(palette_css(), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_css_file("palette.css")
    app.connect("builder-inited", write_palette)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
