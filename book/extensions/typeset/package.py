"""Where pip has put MathJax 3, a folder of files."""

from importlib.metadata import distribution
from pathlib import Path

PACKAGE = distribution("sphinx-mathjax-offline")
MATHJAX = Path(str(PACKAGE.locate_file("sphinx-mathjax-offline/static/mathjax")))
FONTS = MATHJAX / "output/chtml/fonts/woff-v2"
