"""The numbers of a finding as mathematics: what is text in a terminal is TeX in a page."""

import re

from mlplib.language import say

_COMMA = "\0"
"""Holds the place of a comma inside a vector, which is set closer than one between inputs."""

_GREEK = frozenset(("alpha", "beta", "gamma", "delta", "epsilon", "eta", "lambda", "mu", "sigma"))


def in_tex(shown: str) -> str:
    r"""Return numbers as `numerals.show` gives them, or inputs as `name_inputs` does, in TeX.

    Examples
    --------
    >>> print(in_tex("eta = 1e-05, x_1 = [0, nan]"))
    \eta = 1\cdot10^{-5},\ x_{1} = (0,\, \text{not a number})
    >>> print(in_tex("[[1, 2], [3, 4]]"))
    \begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}
    """
    tex = re.sub(r"\[(\[.*?\](?:, …)?)\]", _matrix, shown)
    tex = re.sub(r"\[([^][]*)\]", lambda row: f"({row[1].replace(', ', _COMMA)})", tex)
    tex = re.sub(r"(\d)e([+-]\d+)", lambda n: rf"{n[1]}\cdot10^{{{int(n[2])}}}", tex)
    tex = re.sub(r"(?<![\w\\])inf\b", r"\\infty", tex)
    nan = rf"\text{{{say('finding.nan')}}}"
    tex = re.sub(r"(?<![\w\\])nan\b", lambda _: nan, tex)
    tex = re.sub(r"\b_*([^\W\d_]+)_?(\w*)(?= = )", _name, tex)
    unnamed = re.escape(say("finding.unnamed", number="NUMBER")).replace("NUMBER", r"\d+")
    tex = re.sub(rf"(?<!\w){unnamed}(?= = )", lambda name: rf"\text{{{name[0]}}}", tex)
    return tex.replace(", ", r",\ ").replace(_COMMA, r",\, ").replace("…", r"\dots")


def _matrix(found: re.Match[str]) -> str:
    rows = re.split(r"\], \[?", found[1].strip("[]"))
    inside = r"\\".join(row.replace(", ", " & ") for row in rows)
    return rf"\begin{{pmatrix}}{inside}\end{{pmatrix}}"


def _name(found: re.Match[str]) -> str:
    """Return the name of an argument: `x_1` and `x1` have an index, `eta` is a Greek letter."""
    stem, index = found.groups()
    letter = stem if len(stem) == 1 else rf"\{stem}" if stem in _GREEK else rf"\mathrm{{{stem}}}"
    return rf"{letter}_{{{index.replace('_', ' ')}}}" if index else letter
