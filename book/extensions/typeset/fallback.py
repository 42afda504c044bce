"""Where QuickJS cannot be had, MathJax sets the formulas in the reader's browser."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

SENTENCE = "Formulas are left to the reader's browser, for quickjs-ng is not installed here."
PARTS = (
    "startup.js",
    "core.js",
    "input/tex.js",
    "input/tex/extensions/*.js",
    "output/chtml.js",
    "output/chtml/fonts/tex.js",
    "output/chtml/fonts/woff-v2/*.woff",
    "a11y/assistive-mml.js",
)


def leave_to_browser(app: Sphinx, config: Config) -> None:
    print(SENTENCE, flush=True)
    config.html_math_renderer = "mathjax"
    config.mathjax_path = "mathjax/startup.js"
    config.mathjax3_config = {
        "loader": {"load": ["input/tex", "output/chtml", "a11y/assistive-mml"]},
        "tex": {"packages": {"[-]": ["noundefined"]}},
    }
    app.connect("builder-inited", copy_mathjax)


def remove_mathjax(app: Sphinx) -> None:
    """A site that needs no MathJax does not keep that of an earlier build."""
    shutil.rmtree(folder(app), ignore_errors=True)


def folder(app: Sphinx) -> Path:
    return Path(app.outdir) / "_static" / "mathjax"


def copy_mathjax(app: Sphinx) -> None:
    from book.extensions.typeset.package import MATHJAX

    target = folder(app)
    for part in PARTS:
        files = sorted(MATHJAX.glob(part))
        if not files:
            raise ExtensionError(f"sphinx-mathjax-offline no longer carries {part}.")
        for file in files:
            copy = target / file.relative_to(MATHJAX)
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
