"""MathJax 3 on our own shelf: the parts that pages ask for, out of a package of 24 MB.

`startup.js` loads the single components named in `_config.yml`. The ready-made bundle weighs 100 kB
more on the wire, for a context menu; what screen readers read (assistive MathML) is a part of its
own and stays.
"""

import shutil
from importlib.metadata import distribution
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from book.extensions.font_letters import split_fonts

PARTS = (
    "startup.js",
    "core.js",
    "input/tex.js",
    "input/tex/extensions/*.js",  # asked for only by a page that uses one
    "output/chtml.js",
    "output/chtml/fonts/tex.js",
    "output/chtml/fonts/woff-v2/*.woff",
    "a11y/assistive-mml.js",
)


def copy_mathjax(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    package = distribution("sphinx-mathjax-offline")
    source = Path(str(package.locate_file("sphinx-mathjax-offline/static/mathjax")))
    target = Path(app.outdir) / "_static" / "mathjax"
    for part in PARTS:
        files = sorted(source.glob(part))
        if not files:
            raise ExtensionError(f"sphinx-mathjax-offline no longer carries {part}.")
        for file in files:
            copy = target / file.relative_to(source)
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    split_fonts(source, target)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
