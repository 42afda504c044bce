"""Answers that are arrays of exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.formulas.sympy_text import number_from_sympy
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.exact import MOST_BITS
from mlplib.checks.kinds.likeness import entry_text, first, is_rounded
from mlplib.checks.kinds.nearly import nearly
from mlplib.checks.kinds.read_fraction import Exact, exact_from_text, read_fraction
from mlplib.checks.kinds.read_numbers import not_read
from mlplib.checks.kinds.tolerance import TYPED
from mlplib.checks.kinds.typed import NotTyped
from mlplib.checks.kinds.typed_arrays import DEEPEST_TYPED, typed_array, typed_entry
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, almost, right, unread, wrong
from mlplib.checks.quoting import LONGEST, value_text
from mlplib.numerals import number_text, true_minus

MOST = 1000
"""Answers with more entries are not read."""


@dataclass(frozen=True)
class ExactArray:
    """Fractions in an array of objects, and whether any may have been rounded."""

    values: NDArray[Any]
    decimal: bool

    @property
    def floats(self) -> NDArray[np.float64]:
        """The nearest floats."""
        return self.values.astype(np.float64)


@dataclass(frozen=True)
class Fractions(Answer[ExactArray]):
    """An array of exact fractions: each entry a Fraction, a whole number, or text such as "3/4".

    Attributes
    ----------
    expected : nested sequence of Fraction, int or str
        Such as ``["1/8", "1/4"]``.
    """

    expected: Any

    def read(self, answer: Any, words: ExerciseText) -> ExactArray | Finding:
        """Type, shape, each entry."""
        if isinstance(number_from_sympy(answer), str):
            return _from_text(str(answer), self._expected.ndim)
        return _read(answer)

    def compare(self, got: ExactArray, known: Sequence[Misconception]) -> Finding:
        """Value, misconception, shape, first wrong entry; decimals near it are not exact."""
        expected = self._expected
        if _same(expected, got.values):
            return right()
        if got.decimal and TYPED.accepts_all(expected.astype(float), got.floats):
            off = first(expected != got.values)
            exactly = true_minus(repr(float(got.values[off])))
            return almost("fractions.form", entry=entry_text(off), got=exactly)
        for misconception in known:
            version = _array(misconception.wrong)
            if _same(version, got.values) or TYPED.accepts_all(version.astype(float), got.floats):
                return wrong(f"misconception.{misconception.key}")
        near = nearly([(expected.astype(float), got.floats)], TYPED)
        if near is not None and near[0] in ("signs", "reshaped", "reversed", "permuted", "factor"):
            shapes = {"got": str(got.values.shape), "expected": str(expected.shape)}
            return wrong(f"array.{near[0]}", factor=near[1], **shapes)
        if got.values.shape != expected.shape:
            return wrong("array.shape", got=str(got.values.shape), expected=str(expected.shape))
        off = expected != got.values
        if got.decimal:
            off &= ~TYPED.accepts(expected.astype(float), got.floats)
        entry = first(off)
        said = {"entry": entry_text(entry), "got": _text(got, entry)}
        if got.decimal and _all_rounded(expected, got):
            return wrong("fractions.digits", **said)
        return wrong("array.value", **said, count=str(int(off.sum())), size=str(off.size))

    def exported(self) -> dict[str, Any]:
        """Return the fractions as texts, in nested lists."""
        return {"expected": self.exported_wrong(self.expected)}

    def exported_wrong(self, wrong: Any) -> Any:
        """Return the wrong fractions in the same way."""
        return np.vectorize(str, otypes=[object])(_array(wrong)).tolist()

    def right_answer(self) -> Any:
        """Return the fractions in nested lists."""
        return self._expected.tolist()

    def show(self, variable: str) -> str:
        """Return the fractions as texts, in nested lists."""
        return f"    {variable} = {np.vectorize(str, otypes=[object])(self._expected).tolist()}"

    @property
    def _expected(self) -> NDArray[Any]:
        return _array(self.expected)


def _array(values: Any) -> NDArray[Any]:
    """Return numbers or texts of fractions as an array of fractions."""
    array = np.array(values, dtype=object)
    exact = [Fraction(entry) for entry in array.flat]
    return _shaped(exact, array.shape)


def _shaped(entries: Sequence[Fraction], shape: tuple[int, ...]) -> NDArray[Any]:
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return array.reshape(shape)


def _all_rounded(expected: NDArray[Any], got: ExactArray) -> bool:
    """Tell whether the entries that differ are all rounded ones."""
    pairs = zip(expected.flat, got.values.flat, strict=True)
    return all(is_rounded(float(e), float(g)) for e, g in pairs if e != g)


def _same(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one.shape == other.shape and bool((one == other).all())


def _text(got: ExactArray, entry: tuple[int, ...]) -> str:
    value = true_minus(str(got.values[entry]))
    short = len(value) < LONGEST and not got.decimal
    return value if short else number_text(float(got.values[entry]))


def _read(answer: Any) -> ExactArray | Finding:
    answer = number_from_sympy(answer)
    if isinstance(answer, np.ndarray):
        if answer.size > MOST:
            return unread("array.large", most=str(MOST))
        answer = answer.tolist()
    found: list[Exact] = []
    shape = _gather(answer, found, [MOST], 0)
    if isinstance(shape, Finding):
        return shape
    values = _shaped([exact.value for exact in found], shape)
    return ExactArray(values, any(exact.decimal for exact in found))


def _from_text(text: str, axes: int) -> ExactArray | Finding:
    try:
        values = typed_array(text, axes, exact_from_text)
    except NotTyped as failure:
        return _not_read(failure, text)
    exact: list[Exact] = list(values.flat)
    fractions = _shaped([entry.value for entry in exact], values.shape)
    return ExactArray(fractions, any(entry.decimal for entry in exact))


def _not_read(failure: NotTyped, text: str) -> Finding:
    refused = not_read(failure, text)
    return replace(refused, key="fractions.entry") if refused.key == "array.text" else refused


def _gather(
    item: Any, found: list[Exact], left: list[int], depth: int
) -> tuple[int, ...] | Finding:
    """Add the fractions in nested lists to `found`, `left` things at most; return their shape."""
    left[0] -= 1
    if type(item) not in (list, tuple):
        try:
            text = type(item) is str
            exact = typed_entry(item, exact_from_text) if text else read_fraction(item)
        except NotTyped as failure:
            return _not_read(failure, item)
        if isinstance(exact, Finding):
            return unread("fractions.entry", got=value_text(item))
        if max(abs(exact.value.numerator), exact.value.denominator).bit_length() > MOST_BITS:
            return unread("number.huge")
        found.append(exact)
        return ()
    shapes: list[tuple[int, ...]] = []
    for member in item:
        if left[0] <= 0:
            return unread("array.large", most=str(MOST))
        if depth >= DEEPEST_TYPED:
            return unread("array.deep", deepest=str(DEEPEST_TYPED))
        shape = _gather(member, found, left, depth + 1)
        if isinstance(shape, Finding):
            return shape
        if shape != (shapes or [shape])[0]:
            return unread("array.ragged")
        shapes.append(shape)
    return (len(item), *(shapes[0] if shapes else ()))
