"""Answers that are numbers: one number, an exact fraction, an array of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.nearly import factor_text, nearly
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
        for factor in (2.0, 0.5):
            if _is_multiple(self.expected, factor, got):
                return wrong("number.factor", got=number_text(got), factor=factor_text(factor))
        return wrong(_direction(self.expected, got), got=number_text(got))

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
        if not got.decimal:
            return wrong("rational.value", got=_fraction_text(got.value))
        near = float(got.value)
        if TYPED.accepts_all(float(self.expected), near):
            return almost("rational.form", got=number_text(near))
        if is_rounded(float(self.expected), near):
            return wrong("rational.digits", got=number_text(near))
        return nearest(TYPED, near, known) or wrong("rational.value", got=number_text(near))

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
            decimals = _joined(got, expected)
            if decimals is not None and TYPED.accepts_all(expected, decimals):
                return unread("array.pairs", written=str(decimals[0]))
            change = nearly([(expected, got)], self.tolerance)
            if change is not None:
                return wrong(_KEYS[change[0]])
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


def first(condition: Any) -> tuple[int, ...]:
    """Return the index of the first true entry."""
    return tuple(int(i) for i in np.argwhere(condition)[0])


def entry_text(entry: tuple[int, ...]) -> str:
    """Return an index as it is typed.

    Examples
    --------
    >>> entry_text((1, 2)), entry_text(())
    ('[1, 2]', '[()]')
    """
    return f"[{', '.join(map(str, entry)) or '()'}]"


def nearest(tolerance: Tolerance, got: Any, known: Sequence[Misconception]) -> Finding | None:
    """Return the misconception whose wrong value is nearest to `got`, within tolerance."""
    matches = [m for m in known if tolerance.accepts_all(m.wrong, got)]
    if not matches:
        return None
    best = min(matches, key=lambda m: tolerance.distance(m.wrong, got))
    return wrong(f"misconception.{best.key}")


def _joined(got: NDArray[Any], expected: NDArray[Any]) -> NDArray[Any] | None:
    """Return the decimals of somebody who types 0,5 for 0.5, which makes two numbers of each."""
    whole = got.dtype.kind in "iu" and got.ndim == 1 and got.size == 2 * expected.size
    if not whole or (got[1::2] < 0).any():
        return None
    return np.array([float(f"{a}.{b}") for a, b in got.reshape(-1, 2)])


def _is_multiple(expected: float, factor: float, got: float) -> bool:
    """Tell whether `got` is the right number times `factor`, as exactly as people type."""
    return bool(expected) and TYPED.accepts_all(expected * factor, got)


def _direction(expected: float, got: float) -> str:
    """Return the key of what can be told about a wrong number without telling the right one."""
    likeness = 1e-3 * abs(expected)
    if abs(got + expected) <= likeness < abs(got):
        return "number.sign"
    if any(abs(got * factor - expected) <= likeness < abs(got) for factor in (10.0, 0.1)):
        return "number.point"
    if is_rounded(expected, got):
        return "number.digits"
    return "number.low" if got < expected else "number.high"


def is_rounded(expected: float, got: float) -> bool:
    """Tell whether `got` is `expected`, rounded or cut off where its own decimals end.

    Examples
    --------
    >>> [is_rounded(4.5951, got) for got in (4.6, 4.59, 4.58, 5.0)]
    [True, True, False, False]
    """
    if not np.isfinite([got, expected]).all():
        return False
    # As decimals, exactly: 2 − 1.999 is less than 0.001 for floats.
    typed, wanted = Decimal(repr(float(got))), Decimal(repr(float(expected)))
    exponent = typed.normalize().as_tuple().exponent
    unit = Fraction(10) ** min(int(exponent), 0)
    gap = abs(Fraction(wanted) - Fraction(typed))
    cut = gap < unit and abs(got) < abs(expected)
    return (gap <= unit / 2 or cut) and float(gap) < 0.02 * abs(expected)


def _fraction_text(value: Fraction) -> str:
    if max(abs(value.numerator), value.denominator) < 10**20:
        return true_minus(str(value))
    return "a fraction of more than 20 digits"
