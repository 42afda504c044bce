"""What a text stands for where a number is asked for, as people type it into a box."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from mlplib.checks.formulas.evaluation import NoValue, value
from mlplib.checks.formulas.latex import without_latex
from mlplib.checks.formulas.notation import UNSAID, unquoted, visible
from mlplib.checks.formulas.numerals import NUMERALS
from mlplib.checks.formulas.tree import Node
from mlplib.checks.kinds.exact import (
    NotAFraction,
    exact_value,
    formula_of_numbers,
    fraction_of,
)

LONGEST_TYPED = 2000
"""Texts of more characters are not read."""

_SIGNS = str.maketrans(
    {**dict.fromkeys("−–—‐‑﹣", "-"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'")}
)
_LETTER = "A-Za-z_∂\u00c0-\u024f\u0370-\u03ff\u1e00-\u1eff"
_NAMED = re.compile(
    rf"^(?:[{_LETTER}][{_LETTER}0-9₀-₉²ᵀ /^'′\u0302()\[\],]{{0,40}}?)?[ \n]*[:=≈~]?[=≈~][ \n]*"
)
"""The name of what is given and an equals sign, or the sign alone."""

_FRACTION = re.compile(r"\bFraction\(([^(),]+),([^(),]+)\)", re.ASCII)
_UNSAID = re.compile(UNSAID, re.IGNORECASE)
_MINUS = re.compile(r"^(?:minus|moins|negative) +", re.IGNORECASE)
_WORDS = re.compile(r"(?<![^-])[A-Za-zéè][A-Za-zéè -]*$")
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_UNBOUNDED = re.compile(
    r"([-+]?)(?:(?:np|numpy|math|sp|sympy)\.)?(inf|infinity|oo|∞|nan)", re.IGNORECASE
)


_MODULE = re.compile(r"(?<![A-Za-z0-9_.])(?:np|numpy|math|sp|sympy)\.(?=[a-z])")
_TINY = re.compile(r"[0-9.][eE][-+]?[0-9]{3}")
"""A number such as 1e-300 in a formula, which is not read as 1·e − 300."""


class NotTyped(Exception):
    """A text that is not read: the key of the sentence that says why, and the part of it."""

    def __init__(self, key: str, part: str | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.part = part


def cleaned(text: str) -> str:
    """Return a text without its quotation marks, invisible signs, and the name before ``=``.

    What is said in words or in LaTeX stands there in figures.

    Raises
    ------
    NotTyped
        If the text is too long.

    Examples
    --------
    >>> cleaned(" slope ≈ −0.25 "), cleaned("dL/dy = 3"), cleaned("minus two"), cleaned("x = half")
    ('-0.25', '3', '-2', '1/2')
    """
    if len(text) > LONGEST_TYPED:
        raise NotTyped("number.long")
    plain = visible(unquoted(without_latex(text))).translate(_SIGNS)
    bare = _NAMED.sub("", _FRACTION.sub(r"((\1)/(\2))", plain).strip()).strip()
    bare = _MINUS.sub("-", _UNSAID.sub("", bare))
    return _WORDS.sub(_in_figures, bare)


def _in_figures(words: re.Match[str]) -> str:
    return NUMERALS.get(words[0].lower().replace("-", " "), words[0])


def unnamed(text: str) -> str:
    r"""Return a formula with blanks in place of the name before ``=``, without LaTeX and full stop.

    Examples
    --------
    >>> unnamed("dL/dt = 5 t^4"), unnamed(r"2\cdot x")
    ('        5 t^4', '2·x')
    """
    return _NAMED.sub(lambda name: " " * len(name[0]), without_latex(text)).rstrip(" .;")


def typed_number(text: str) -> int | float | Fraction:
    """Return the number that a cleaned text stands for, such as "3/4", "2^16", "ln(5)" or "50 %".

    Raises
    ------
    NotAFormula, NotAFraction, ZeroDivisionError, OverflowError

    Examples
    --------
    >>> typed_number("65 536"), typed_number("1¼"), typed_number("50 %"), typed_number("-inf")
    (Fraction(65536, 1), Fraction(5, 4), 0.5, -inf)
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    unbounded = typed_unbounded(text)
    if unbounded is not None:
        return unbounded
    if text.endswith("%"):
        return typed_number(_share(text)) / 100
    node = formula_of_numbers(_MODULE.sub("", text))
    try:
        return exact_value(node)
    except (NotAFraction, OverflowError):
        return _rounded_value(node, text)


def _rounded_value(node: Node, text: str) -> float:
    """Return the float nearest to the value of a formula such as ``10*ln(999)``."""
    if _TINY.search(text):
        raise NotAFraction
    try:
        number = float(value(node, {}, {}))
    except NoValue as failure:
        raise (OverflowError if failure.key == "formula.huge" else NotAFraction) from failure
    if math.isinf(number):
        raise OverflowError
    return number


def typed_unbounded(text: str) -> float | None:
    """Return an infinity or NaN, None for any other text."""
    found = _UNBOUNDED.fullmatch(text)
    return found and float(found[1] + ("nan" if found[2].lower() == "nan" else "inf"))


def typed_fraction(text: str) -> Fraction:
    """Return the exact value of a cleaned text.

    Raises
    ------
    NotAFormula, NotAFraction, ZeroDivisionError, OverflowError
    """
    if len(text) < 20 and _DECIMAL.fullmatch(text) and "e" not in text.lower():
        return Fraction(text)
    return typed_fraction(_share(text)) / 100 if text.endswith("%") else fraction_of(text)


def _share(text: str) -> str:
    """Return the number before a percent sign."""
    number = text[:-1].strip()
    if number.endswith("%"):
        raise NotAFraction
    return number


def two_readings(text: str) -> tuple[int, str] | None:
    """Return both readings of a cleaned text such as 18,432: as a whole number, and with a point.

    Examples
    --------
    >>> two_readings("-18,432"), two_readings("0,125"), two_readings("1,048,576")
    ((-18432, '-18.432'), None, None)
    """
    if not re.fullmatch(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}", text):
        return None
    return int(text.replace(",", "")), text.replace(",", ".")
