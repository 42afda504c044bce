"""Reading a student's numbers and arrays without running any code of theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.formulas.sympy_text import number_from_sympy
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.kinds.exact import NotAFraction, NumbersBeside, with_point
from mlplib.checks.kinds.typed import (
    LONGEST_TYPED,
    NotTyped,
    cleaned,
    two_readings,
    typed_number,
)
from mlplib.checks.kinds.typed_arrays import DEEPEST_TYPED, MOST_TYPED, typed_array, typed_entry
from mlplib.checks.outcome import Finding, unread
from mlplib.checks.quoting import quoted

LARGEST = 100_000
"""Arrays and nested lists of more entries are not read: to look at each takes time."""

_NUMBERS = (bool, int, float, Fraction, Decimal)


_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")


def read_number(
    answer: Any, is_right: Callable[[float], bool] = lambda value: False
) -> float | Finding:
    """Return a single real number as a float, or what is the matter with `answer`.

    Accepted are Python and NumPy numbers, fractions, decimals, sympy numbers, arrays of shape ()
    and what people type. Where a text has two readings, the one that `is_right` likes is meant.
    """
    answer = number_from_sympy(answer)
    if isinstance(answer, str):
        got = number_from_text(str(answer), typed_number, is_right)
        return got if isinstance(got, Finding) else float(got)
    if type(answer) is tuple and [type(item) for item in answer] == [int, int]:
        return _pair(*answer)
    if isinstance(answer, np.ndarray | list | tuple):
        values = read_array(answer)
        if isinstance(values, Finding):
            return values
        if values.shape != ():
            return unread("number.shape", got=str(values.shape))
        return float(values)
    if type(answer) in (complex, np.complex64, np.complex128):
        return unread("array.dtype", got=type(answer).__name__)
    if type(answer) not in _NUMBERS and not isinstance(answer, np.number | np.bool):
        return unread("number.type", got=type(answer).__name__)
    try:
        return float(answer)
    except OverflowError:
        return unread("number.huge")


def number_from_text(
    text: str, read: Callable[[str], Any], is_right: Callable[[Any], bool]
) -> Any | Finding:
    """Return the number that a text stands for, as `read` reads it, or what is the matter."""
    got = {"got": quoted(text[:LONGEST_TYPED])}
    try:
        clean = cleaned(text)
        bare = clean.rstrip(".;, ")
        if both := two_readings(bare):
            whole, written = both
            for meant in (whole, read(written)):
                if is_right(getattr(meant, "value", meant)):
                    return meant
            return unread("number.commas", **got, whole=str(whole), written=written)
        if with_point(bare.rstrip("% ")):
            bare = bare.replace(",", ".")  # one number is asked for: the comma parts no two
        return _agreed(bare, read)
    except NotTyped as failure:
        return not_read(failure, text)
    except OverflowError:
        return unread("number.huge")
    except (NotAFormula, NotAFraction, ZeroDivisionError) as failure:
        pointed = _COMMA.sub(".", bare)
        if pointed != bare and bare[0] not in "([{":
            agreed = _or_none(pointed, lambda part: _agreed(part, read))
            if agreed is not None:
                return agreed
        several = _several_from_text(text, clean)
        if several is not None:
            return several
        beside = isinstance(failure, NumbersBeside)
        return unread("number.beside" if beside else "number.text", **got)


def _or_none(text: str, read: Callable[[str], Any]) -> Any:
    """Return what `read` reads, None where it can read nothing."""
    try:
        return read(text.strip())
    except (NotAFormula, NotAFraction, ZeroDivisionError, OverflowError):
        return None


def _agreed(text: str, read: Callable[[str], Any]) -> Any:
    """Return the first of the values that ``3*4 = 12`` joins; they may differ by rounding.

    What is no number is passed over, as in ``2u + v = 2*5 + 8 = 18``; the last one must be.
    """
    *parts, last = re.split("[=≈]", text)
    found = [_or_none(part, read) for part in parts]
    values = [value for value in found if value is not None] + [read(last.strip())]
    first, *others = [float(getattr(value, "value", value)) for value in values]
    near = all(abs(other - first) <= 0.01 * abs(first) for other in others)
    rounding = all(other == first or first % 1 or other % 1 for other in others)
    if not (near and rounding):
        raise NotAFraction
    return values[0]


def _several_from_text(text: str, clean: str) -> Finding | None:
    """Return what is the matter with a text of several numbers, None where it is none."""
    if not any(sign in clean for sign in ",;[{\n"):
        return None
    try:
        values = typed_array(text, 0, typed_number)
    except NotTyped:
        return None
    if values.shape == (2,) and clean[:1] not in "[{" and {type(v) for v in values} == {int}:
        return _pair(*values)
    return unread("number.shape", got=str(values.shape))


def _pair(first: int, second: int) -> Finding:
    """Return what is to be said of 84,5, which is a pair; 84,500 may be meant in two ways."""
    got = f"({first}, {second})"[:40]
    written = f"{first}.{second}" if max(first, second) < 10**15 else "4.5"
    if 0 < abs(first) < 1000 and (second == 0 or 100 <= second < 1000):
        return unread("number.grouped", got=got, written=written, whole=f"{first}{second:03}")
    return unread("number.pair", got=got, written=written)


def not_read(failure: NotTyped, text: str) -> Finding:
    """Return in which words a text is refused."""
    key, part = failure.key, failure.part
    if part is not None and (both := two_readings(part)):
        return unread(key, got=quoted(part), whole=str(both[0]), written=both[1])
    said = {
        "number.long": {"longest": str(LONGEST_TYPED)},
        "array.large": {"most": str(MOST_TYPED)},
        "array.deep": {"deepest": str(DEEPEST_TYPED)},
        "array.written": {"got": quoted(text)},
    }
    return unread(key, **said.get(key, {} if part is None else {"got": quoted(part)}))


def array_from_text(text: str, axes: int) -> NDArray[Any] | Finding:
    """Return the array that a text stands for: of whole numbers if all entries are, else of floats.

    `axes` is how many axes are asked for.
    """
    try:
        values = typed_array(text, axes, typed_number)
    except NotTyped as failure:
        return not_read(failure, text)
    whole = values.size > 0 and all(type(entry) is int for entry in values.flat)
    return values.astype(int if whole else float)


def read_array(answer: Any, most: int = LARGEST) -> NDArray[Any] | Finding:
    """Return `answer` as a real ndarray of its own, or what is the matter with it.

    Accepted are ndarrays, also of fractions, numbers, nested lists or tuples of these, or of texts
    such as "1/8", and sympy's matrices, arrays and numbers; `array_from_text` reads texts.
    ``__array__`` of foreign objects is not called: it may be anything.
    Answers of more than `most` entries are not read.
    """
    answer = number_from_sympy(answer)
    if isinstance(answer, np.matrix):
        return unread("array.matrix")
    if isinstance(answer, np.ma.MaskedArray):
        return unread("array.masked")
    if isinstance(answer, np.ndarray):
        if answer.size > most:
            return unread("array.large", most=str(most))
        answer = np.ndarray.view(answer, np.ndarray)
        if answer.dtype.kind in "UT":
            answer = answer.tolist()
    answer = number_from_sympy(_without_objects(answer))
    kind = type(answer)
    if kind in (list, tuple):
        answer = _numbers_in(answer, 0, most, [most])
        if isinstance(answer, Finding):
            return answer
    elif kind is not np.ndarray and not _is_single(answer):
        return unread("array.type", got=kind.__name__)
    try:
        values = np.array(answer)
    except (ValueError, OverflowError):
        return unread("array.ragged")
    if values.dtype == object:
        try:
            values = values.astype(float)
        except (OverflowError, TypeError, ValueError):
            return unread("array.dtype", got="object")
    if values.dtype.kind not in "biuf":
        return unread("array.dtype", got=str(values.dtype))
    return values


def _numbers_in(items: Any, depth: int, most: int, left: list[int]) -> Any:
    """Return nested lists with sympy's numbers as Python's, or why they are no numbers.

    `left` counts the entries that may still be looked at.
    """
    if depth > DEEPEST_TYPED:
        return unread("array.deep", deepest=str(DEEPEST_TYPED))
    left[0] -= len(items)
    numbers = []
    for item in map(_without_objects, items if left[0] >= 0 else ()):
        if type(item) is np.ndarray:
            left[0] -= item.size
        elif type(item) in (list, tuple):
            item = _numbers_in(item, depth + 1, most, left)
            if isinstance(item, Finding):
                return item
        elif not _is_single(item):
            item = _from_text(item) if type(item) is str else number_from_sympy(item)
            if isinstance(item, Finding):
                return item
            if not _is_single(item):
                return unread("array.entry", got=type(item).__name__)
        numbers.append(item)
    return numbers if left[0] >= 0 else unread("array.large", most=str(most))


def _from_text(text: str) -> Any:
    """Return the value of an entry such as "1/8", or what is the matter with it."""
    try:
        return typed_entry(text, typed_number)
    except NotTyped as failure:
        return not_read(failure, text)


def _without_objects(item: Any) -> Any:
    """Return an array of objects as nested lists; anything else as it came."""
    return item.tolist() if type(item) is np.ndarray and item.dtype == object else item


def _is_single(answer: Any) -> bool:
    """Tell whether `answer` is one number of Python's or NumPy's, if perhaps a complex one."""
    return type(answer) in (*_NUMBERS, complex) or isinstance(answer, np.generic)
