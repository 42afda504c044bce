"""Reading a fraction exactly, from numbers of every kind and from text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from mlplib.checks.formulas.sympy_text import number_from_sympy
from mlplib.checks.kinds.read_numbers import number_from_text, read_number
from mlplib.checks.kinds.typed import typed_fraction, typed_unbounded
from mlplib.checks.outcome import Finding, wrong
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


def read_fraction(
    answer: Any, is_right: Callable[[Fraction], bool] = lambda value: False
) -> Exact | Finding:
    """Return `answer` as an exact fraction, or what is the matter with it.

    Accepted are numbers of every kind and text such as "3/4", "1/4^10", "1/1 048 576"
    or "1/1,048,576". Where a text has two readings, the one that `is_right` likes is meant.
    """
    answer = number_from_sympy(answer)
    if isinstance(answer, str):
        return _from_text(str(answer), is_right)
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


def exact_from_text(clean: str) -> Exact:
    """Return the value of a cleaned text; raises what `typed_fraction` does."""
    return Exact(typed_fraction(clean), decimal="." in clean or "%" in clean)


def _from_text(text: str, is_right: Callable[[Fraction], bool]) -> Exact | Finding:
    got = number_from_text(text, _number_or_exact, is_right)
    if isinstance(got, Finding):
        return replace(got, key="rational.text") if got.key == "number.text" else got
    if isinstance(got, int):
        return Exact(Fraction(got), decimal=False)
    if isinstance(got, Exact):
        return got
    return wrong("number.finite", got=number_text(got))


def _number_or_exact(clean: str) -> Exact | float:
    unbounded = typed_unbounded(clean)
    return exact_from_text(clean) if unbounded is None else unbounded
