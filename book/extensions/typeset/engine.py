"""MathJax at the time of the build: the files of the book's MathJax, run by QuickJS.

QuickJS is a small JavaScript engine that pip installs. Loading it takes a tenth of a second, so
this file is imported only when a formula is new.
"""

import json
from functools import cache
from pathlib import Path

import quickjs

from book.extensions.typeset.package import MATHJAX

EXTENSIONS = ("ams", "boldsymbol", "enclose", "cancel", "color")
PARTS = (
    "core",
    "loader",
    "adaptors/liteDOM",
    "input/tex-base",
    *(f"input/tex/extensions/{name}" for name in EXTENSIONS),
    "output/chtml",
    "output/chtml/fonts/tex",
)


@cache
def engine() -> quickjs.Context:
    context = quickjs.Context()
    context.eval("globalThis.MathJax = {loader: {load: []}}")  # nothing is to be fetched
    for part in PARTS:
        context.eval((MATHJAX / f"{part}.js").read_text(encoding="utf-8"))
    context.eval(Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))
    return context


def typeset(tex: str, display: bool) -> dict[str, str]:
    """The formula as MathJax's `html` and as `mathml`, or the `error` that TeX finds in it."""
    answer: dict[str, str] = json.loads(engine().get("typeset")(tex, display))
    return answer


def stylesheet() -> str:
    """The rules for every character and every construction that MathJax knows."""
    rules: str = json.loads(engine().get("stylesheet")())
    return rules
