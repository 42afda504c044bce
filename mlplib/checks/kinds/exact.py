"""The value of a formula of numbers, exactly: powers, decimals, digits in groups, no rounding."""

from __future__ import annotations

import re
from fractions import Fraction

from mlplib.checks.formulas.grammar import parse
from mlplib.checks.formulas.notation import visible
from mlplib.checks.formulas.tokens import LONGEST
from mlplib.checks.formulas.tree import Literal, Node, Operation

MOST_BITS = 1000
"""Numerators and denominators of more binary digits are refused."""

_GROUPED = re.compile(
    r"(?<![0-9.,])[1-9][0-9]{0,2}([ \u00a0\u2009\u202f_,])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])"
)
"""Digits in groups of three, with one sign between all groups: never a decimal such as 0,125."""


class NotAFraction(Exception):
    """A formula that is not made of numbers and ``+ - * / ^`` with whole exponents."""


class NumbersBeside(NotAFraction):
    """Two numbers beside each other: a mixed number as well as a product, or a slip in grouping."""


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
    return exact_value(formula_of_numbers(text))


def formula_of_numbers(text: str) -> Node:
    """Return the tree of a formula without variables; its digits may stand in groups.

    Raises
    ------
    NotAFormula, NotAFraction
    """
    if len(text) > LONGEST:
        raise NotAFraction
    joined = _GROUPED.sub(lambda number: number[0].replace(number[1], ""), visible(text))
    if re.search(r"[0-9]\s+[0-9.]", joined):
        raise NumbersBeside
    return parse(joined, ())


def exact_value(node: Node) -> Fraction:
    """Return the value of a tree of numbers; raises what `fraction_of` does."""
    match node:
        case Literal(value):
            return _small(value)
        case Operation("^", base, power):
            return _small(_power(exact_value(base), exact_value(power)))
        case Operation(sign, left, right):
            a, b = exact_value(left), exact_value(right)
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


def with_point(text: str) -> str:
    """Return a text with a point for its decimal comma, "" where it has none.

    Examples
    --------
    >>> with_point("69,068"), with_point("1,2,3"), with_point("-0,5")
    ('69.068', '', '-0.5')
    """
    clean = visible(text[:100]).strip()
    return clean.replace(",", ".") if re.fullmatch(r"[-+−]?[0-9]*,[0-9]+", clean) else ""
