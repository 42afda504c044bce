"""Formulas are set when the book is built: a page needs no script to be read.

MathJax runs here instead of in every reader's browser. To be read in this order: formula.py (what
a page gets), engine.py (MathJax without a browser), kept.py (nothing is set twice), renderer.py
(where formulas stand), assets.py (what their pages load; with stylesheet.py and fonts.py),
readable.py (a formula in plain text), fallback.py (without the engine).

Other extensions call `html(tex, display, location)`. Cells write a formula into their HTML as
`<span class="mlp-tex">…</span>`, or as a `div` for a displayed one, with the TeX escaped.
"""

from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from book.extensions.typeset.assets import ask_for_formulas, write_assets
from book.extensions.typeset.fallback import leave_to_browser, remove_mathjax
from book.extensions.typeset.kept import KEPT
from book.extensions.typeset.renderer import html, set_outputs, visit_displayed_math, visit_math

__all__ = ["html"]


def choose_renderer(app: Sphinx, config: Config) -> None:
    KEPT.root = Path(app.outdir).parent / ".formulas"
    KEPT.engine = find_spec("quickjs") is not None
    if not KEPT.engine:
        leave_to_browser(app, config)
        return
    remove_mathjax(app)
    config.html_math_renderer = "typeset"
    config.book_formulas_made_by = KEPT.folder.name
    app.connect("html-page-context", ask_for_formulas)
    app.connect("build-finished", write_assets)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("typeset", (visit_math, None), (visit_displayed_math, None))
    app.add_config_value("book_formulas_made_by", "", "env", str)  # when it changes, so do pages
    app.connect("config-inited", choose_renderer)
    app.connect("doctree-resolved", set_outputs, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
