"""Answers that are numbers: one number, an exact fraction, an array of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.likeness import (
    direction,
    entry_text,
    first,
    is_rounded,
    joined,
    nearest,
    relative,
    rounded_slip,
)
from mlplib.checks.kinds.nearly import nearly
from mlplib.checks.kinds.read_fraction import Exact, read_fraction
from mlplib.checks.kinds.read_numbers import array_from_text, read_array, read_number
from mlplib.checks.kinds.tolerance import COMPUTED, TYPED, Tolerance
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, almost, right, unread, wrong
from mlplib.numerals import number_text, true_minus


@dataclass(frozen=True)
class Number(Answer[float]):
    """One real number, typed or computed.

    Attributes
    ----------
    expected : float
    tolerance : Tolerance
        The default forgives rounding to five significant digits.
    """

    expected: float
    tolerance: Tolerance = TYPED

    def read(self, answer: Any, words: ExerciseText) -> float | Finding:
        """Type, shape; of the two readings of 18,432 the right one."""
        return read_number(answer, lambda got: self.tolerance.accepts_all(self.expected, got))

    def compare(self, got: float, known: Sequence[Misconception]) -> Finding:
        """Value, misconception, finite, and what may be told of how far off it is."""
        if self.tolerance.accepts_all(self.expected, got):
            return right()
        recognised = nearest(self.tolerance, got, known)
        if recognised is not None:
            return recognised
        if not np.isfinite(got):
            return wrong("number.finite", got=number_text(got))
        key = direction(self.expected, got)
        near = relative(self.expected, got)
        slip = None if near or key == "number.digits" else rounded_slip(got, known)
        if near is not None:
            key, factor = near
            return wrong(key, got=number_text(got), factor=factor)
        if self.expected % 1 == 0 and got % 1 and got * 1000 == self.expected:
            return unread("number.thousands", got=number_text(got))
        return slip or wrong(key, got=number_text(got))

    def exported(self) -> dict[str, Any]:
        """Return the number and how near it is to be."""
        return {"expected": exported_numbers(self.expected), **self.tolerance.exported()}

    def exported_wrong(self, wrong: Any) -> Any:
        """Return the wrong number."""
        return exported_numbers(wrong)

    def right_answer(self) -> float:
        """Return the expected number."""
        return self.expected

    def show(self, variable: str) -> str:
        """Return the number, a whole one as such."""
        value = float(self.expected)
        return f"    {variable} = {int(value) if value.is_integer() else value}"


LARGEST_FLOAT = 10**300


@dataclass(frozen=True)
class Rational(Answer[Exact]):
    """One exact fraction: a Fraction, a number that equals it, or text such as "3/4" or "1/4^10".

    Attributes
    ----------
    expected : Fraction
    """

    expected: Fraction

    def read(self, answer: Any, words: ExerciseText) -> Exact | Finding:
        """Type, finite."""
        return read_fraction(answer, lambda got: got == self.expected)

    def compare(self, got: Exact, known: Sequence[Misconception]) -> Finding:
        """Value, misconception; a decimal near the value is right but not exact."""
        if got.value == self.expected:
            return right()
        for misconception in known:
            if got.value == misconception.wrong:
                return wrong(f"misconception.{misconception.key}")
        if got.value == -self.expected:
            return wrong("rational.sign", got=_fraction_text(got.value))
        short = abs(got.value) < LARGEST_FLOAT
        alike = relative(float(self.expected), float(got.value)) if short else None
        if alike is not None:
            key, factor = alike
            return wrong(key, got=_fraction_text(got.value), factor=factor)
        if not got.decimal:
            return wrong("rational.value", got=_fraction_text(got.value))
        near = float(got.value)
        if TYPED.accepts_all(float(self.expected), near):
            return almost("rational.form", got=number_text(near))
        if is_rounded(float(self.expected), near):
            return wrong("rational.digits", got=number_text(near))
        slip = nearest(TYPED, near, known) or rounded_slip(near, known)
        return slip or wrong("rational.value", got=number_text(near))

    def exported(self) -> dict[str, Any]:
        """Return the fraction as text."""
        return {"expected": str(self.expected)}

    def exported_wrong(self, wrong: Any) -> str:
        """Return the wrong fraction as text."""
        return str(Fraction(wrong))

    def right_answer(self) -> Fraction:
        """Return the expected fraction."""
        return self.expected

    def show(self, variable: str) -> str:
        """Return the fraction as text."""
        return f'    {variable} = "{self.expected}"'


_KEYS = {
    "negated": "array.negated",
    "factor": "array.factor",
    "shifted": "array.shifted",
    "transposed": "array.transposed",
    "reversed": "array.reversed",
    "permuted": "array.permuted",
    "signs": "array.signs",
    "reshaped": "array.reshaped",
}


@dataclass(frozen=True)
class Array(Answer[NDArray[Any]]):
    """An array of real numbers.

    Attributes
    ----------
    expected : array_like
    tolerance : Tolerance
    """

    expected: Any
    tolerance: Tolerance = COMPUTED

    def read(self, answer: Any, words: ExerciseText) -> NDArray[Any] | Finding:
        """Type, size, entries."""
        if isinstance(answer, str):
            return array_from_text(str(answer), np.ndim(self.expected))
        return read_array(answer)

    def compare(self, got: NDArray[Any], known: Sequence[Misconception]) -> Finding:
        """Value, misconception, shape, finite; names the first wrong entry."""
        expected = np.asarray(self.expected)
        if self.tolerance.accepts_all(expected, got):
            return right()
        recognised = nearest(self.tolerance, got, known)
        if recognised is not None:
            return recognised
        if got.shape != expected.shape:
            decimals = joined(got, expected)
            if decimals is not None and TYPED.accepts_all(expected, decimals):
                return unread("array.pairs", written=str(decimals[0]))
            change = nearly([(expected, got)], self.tolerance)
            if change is not None:
                shapes = {"got": str(got.shape), "expected": str(expected.shape)}
                return wrong(_KEYS[change[0]], **shapes)
            slip = rounded_slip(got, known)
            if slip is not None:
                return slip
            if got.shape == ():
                value = number_text(float(got))
                return wrong("array.single", got=value, expected=str(expected.shape))
            return wrong("array.shape", got=str(got.shape), expected=str(expected.shape))
        unusable = np.isfinite(expected) & ~np.isfinite(got)
        if unusable.any():
            entry = first(unusable)
            return wrong("array.finite", entry=entry_text(entry), got=number_text(got[entry]))
        off = ~self.tolerance.accepts(expected, got)
        entries = (tuple(map(int, index)) for index in np.argwhere(off))
        plain = next((e for e in entries if not is_rounded(expected[e], got[e])), None)
        entry = plain or first(off)
        if plain is None:
            return wrong("array.digits", entry=entry_text(entry), got=number_text(got[entry]))
        change = nearly([(expected, got)], self.tolerance)
        if change is not None:
            return wrong(_KEYS[change[0]], factor=change[1])
        slip = rounded_slip(got, known)
        if slip is not None:
            return slip
        return wrong(
            "array.value",
            entry=entry_text(entry),
            got=number_text(got[entry]),
            count=str(int(off.sum())),
            size=str(off.size),
        )

    def exported(self) -> dict[str, Any]:
        """Return the array as nested lists, and how near it is to be."""
        return {"expected": exported_numbers(self.expected), **self.tolerance.exported()}

    def exported_wrong(self, wrong: Any) -> Any:
        """Return the wrong array as nested lists."""
        return exported_numbers(wrong)

    def right_answer(self) -> Any:
        """Return the expected array."""
        return np.array(self.expected)

    def show(self, variable: str) -> str:
        """Return the array, a row a line."""
        before = f"    {variable} = np.array("
        values = np.asarray(self.expected)
        return f"{before}{np.array2string(values, separator=', ', precision=9, prefix=before)})"


def exported_numbers(values: Any) -> Any:
    """Return numbers for a page: floats in nested lists, infinities and NaN as texts.

    Examples
    --------
    >>> exported_numbers(np.array([[1, np.inf]])), exported_numbers(0.5)
    ([[1.0, 'inf']], 0.5)
    """
    if np.ndim(values):
        return [exported_numbers(row) for row in values]
    return float(values) if np.isfinite(values) else str(float(values))


def _fraction_text(value: Fraction) -> str:
    if max(abs(value.numerator), value.denominator) < 10**20:
        return true_minus(str(value))
    return "a fraction of more than 20 digits"
