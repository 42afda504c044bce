"""Reading a fraction exactly, from numbers of every kind and from text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from mlplib.checks.formulas.sympy_text import number_from_sympy
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.kinds.exact import NotAFraction, fraction_of, with_point
from mlplib.checks.kinds.read_numbers import read_number
from mlplib.checks.outcome import Finding, unread, wrong
from mlplib.checks.quoting import quoted
from mlplib.numerals import number_text


@dataclass(frozen=True)
class Exact:
    """A rational number, and whether it may have been rounded before it was given.

    Attributes
    ----------
    value : Fraction
    decimal : bool
        True for floats and decimals, which are often near a fraction and not equal to it.
    """

    value: Fraction
    decimal: bool


def read_fraction(answer: Any) -> Exact | Finding:
    """Return `answer` as an exact fraction, or what is the matter with it.

    Accepted are numbers of every kind and text such as "3/4", "1/4^10", "1/1 048 576"
    or "1/1,048,576".
    """
    answer = number_from_sympy(answer)
    if isinstance(answer, str):
        return _from_text(str(answer))
    if type(answer) in (int, Fraction) or isinstance(answer, np.integer):
        whole = answer if type(answer) is Fraction else int(answer)
        return Exact(Fraction(whole), decimal=False)
    if type(answer) is Decimal and answer.is_finite():
        return Exact(Fraction(answer), decimal=True)
    got = read_number(answer)
    if isinstance(got, Finding):
        return got
    if not np.isfinite(got):
        return wrong("number.finite", got=number_text(got))
    return Exact(Fraction(got), decimal=True)


def _from_text(text: str) -> Exact | Finding:
    try:
        return Exact(fraction_of(text), decimal="." in text)
    except (NotAFormula, NotAFraction, ZeroDivisionError):
        if with_point(text):
            return unread("rational.comma", got=quoted(text), written=with_point(text))
        return unread("rational.text", got=quoted(text))
    except OverflowError:
        return unread("number.huge")
