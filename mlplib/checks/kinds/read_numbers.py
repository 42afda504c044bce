"""Reading a student's numbers and arrays without running any code of theirs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.formulas.sympy_text import number_from_sympy
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.kinds.exact import NotAFraction, fraction_of, with_point
from mlplib.checks.outcome import Finding, unread
from mlplib.checks.quoting import quoted

LARGEST = 100_000
"""Arrays and nested lists of more entries are not read: to look at each takes time."""

_NUMBERS = (bool, int, float, Fraction, Decimal)


def read_number(answer: Any) -> float | Finding:
    """Return a single real number as a float, or what is the matter with `answer`.

    Accepted are Python and NumPy numbers, fractions, decimals, sympy numbers and arrays of shape
    ().
    """
    answer = number_from_sympy(answer)
    if type(answer) is tuple and [type(item) for item in answer] == [int, int]:
        written = f"{answer[0]}.{answer[1]}" if max(answer) < 10**15 else "4.5"
        return unread("number.pair", got=str(answer)[:40], written=written)
    if isinstance(answer, np.ndarray | list | tuple):
        values = read_array(answer)
        if isinstance(values, Finding):
            return values
        if values.shape != ():
            return unread("number.shape", got=str(values.shape))
        return float(values)
    if isinstance(answer, str):
        text = str(answer)
        if with_point(text):
            return unread("number.comma", got=quoted(text), written=with_point(text))
        key = "number.quotes" if _is_number(text) else "number.text"
        return unread(key, got=quoted(text))
    if type(answer) in (complex, np.complex64, np.complex128):
        return unread("array.dtype", got=type(answer).__name__)
    if type(answer) not in _NUMBERS and not isinstance(answer, np.number | np.bool):
        return unread("number.type", got=type(answer).__name__)
    try:
        return float(answer)
    except OverflowError:
        return unread("number.huge")


def read_array(answer: Any, most: int = LARGEST) -> NDArray[Any] | Finding:
    """Return `answer` as a real ndarray of its own, or what is the matter with it.

    Accepted are ndarrays, also of fractions, numbers, nested lists or tuples of these, or of texts
    such as "1/8", and sympy's matrices, arrays and numbers.
    ``__array__`` of foreign objects is not called: it may be anything.
    Answers of more than `most` entries are not read.
    """
    answer = number_from_sympy(answer)
    if isinstance(answer, np.matrix):
        return unread("array.matrix")
    if isinstance(answer, np.ma.MaskedArray):
        return unread("array.masked")
    if isinstance(answer, str):
        return unread("array.text", got=quoted(str(answer)))
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
    if depth > 16:
        return unread("array.ragged")
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
    """Return the value of an entry such as "1/8", a text as it came where it is no number."""
    if with_point(text):
        return unread("array.comma", got=quoted(text), written=with_point(text))
    try:
        return fraction_of(text) if len(text) < 40 else text
    except (NotAFormula, NotAFraction, ZeroDivisionError, OverflowError):
        return text


def _without_objects(item: Any) -> Any:
    """Return an array of objects as nested lists; anything else as it came."""
    return item.tolist() if type(item) is np.ndarray and item.dtype == object else item


def _is_single(answer: Any) -> bool:
    """Tell whether `answer` is one number of Python's or NumPy's, if perhaps a complex one."""
    return type(answer) in (*_NUMBERS, complex) or isinstance(answer, np.generic)


def _is_number(text: str) -> bool:
    """Tell whether a text is a number, or a sum or quotient of some, but for its quotes."""
    return not isinstance(_from_text(text.replace("−", "-")), str | Finding)
