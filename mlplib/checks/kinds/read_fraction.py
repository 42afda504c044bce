"""Reading a fraction exactly: powers, decimals and digits in groups, without any rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from mlplib.checks.formulas.grammar import parse
from mlplib.checks.formulas.sympy_text import number_from_sympy
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.formulas.tree import Literal, Node, Operation
from mlplib.checks.kinds.read_numbers import read_number
from mlplib.checks.outcome import Finding, unread, wrong
from mlplib.checks.quoting import quoted
from mlplib.numerals import number_text

MOST_BITS = 1000
"""Numerators and denominators of more binary digits are refused."""

_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}([ \u00a0\u2009\u202f_,])\d{3}(?:\1\d{3})*(?!\d)")
"""Digits in groups of three, with one sign between all groups: never a decimal such as 0,125."""


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


class NotAFraction(Exception):
    """A formula that is not made of numbers and ``+ - * / ^`` with whole exponents."""


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


def fraction_of(text: str) -> Fraction:
    """Return the value of a formula without variables, exactly.

    Raises
    ------
    NotAFormula, NotAFraction
    ZeroDivisionError
    OverflowError
        Where a number has more than `MOST_BITS` binary digits.

    Examples
    --------
    >>> fraction_of("1/4^10") == fraction_of("(1/4)**10") == fraction_of("1/1 048 576")
    True
    """
    joined = _GROUPED.sub(lambda number: number[0].replace(number[1], ""), text)
    if re.search(r"\d\s+[\d.]", joined):
        # Two numbers beside each other may be a mixed number as well as a product.
        raise NotAFraction
    return _value(parse(joined, ()))


def _from_text(text: str) -> Exact | Finding:
    try:
        return Exact(fraction_of(text), decimal="." in text)
    except (NotAFormula, NotAFraction, ZeroDivisionError):
        return unread("rational.text", got=quoted(text))
    except OverflowError:
        return unread("number.huge")


def _value(node: Node) -> Fraction:
    match node:
        case Literal(value):
            return _small(value)
        case Operation("^", base, power):
            return _small(_power(_value(base), _value(power)))
        case Operation(sign, left, right):
            a, b = _value(left), _value(right)
            results = {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}
            return _small(results[sign](b))
    raise NotAFraction


def _power(base: Fraction, power: Fraction) -> Fraction:
    if power.denominator != 1:
        raise NotAFraction
    if _bits(base) * abs(power) > MOST_BITS:
        raise OverflowError
    return Fraction(base ** int(power))


def _small(value: Fraction) -> Fraction:
    if _bits(value) > MOST_BITS:
        raise OverflowError
    return value


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
