"""Reading a student's numbers and arrays without running any code of theirs."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.outcome import Finding, unread
from mlplib.checks.wording import quoted

LARGEST = 1_000_000
"""Arrays and nested lists of more entries are not read: they may not fit into memory."""

_NUMBERS = (bool, int, float, Fraction, Decimal)


def read_number(answer: Any) -> float | Finding:
    """Return a single real number as a float, or what is the matter with `answer`.

    Accepted are Python and NumPy numbers, fractions, decimals, sympy numbers and arrays of shape
    ().
    """
    answer = from_sympy(answer)
    if isinstance(answer, np.ndarray | list | tuple):
        values = read_array(answer)
        if isinstance(values, Finding):
            return values
        if values.shape != ():
            return unread("number.shape", got=str(values.shape))
        return float(values)
    if isinstance(answer, str):
        key = "number.quotes" if _is_number(str(answer)) else "number.text"
        return unread(key, got=quoted(str(answer)))
    if type(answer) in (complex, np.complex64, np.complex128):
        return unread("array.dtype", got=type(answer).__name__)
    if type(answer) not in _NUMBERS and not isinstance(answer, np.number | np.bool):
        return unread("number.type", got=type(answer).__name__)
    try:
        return float(answer)
    except OverflowError:
        return unread("number.huge")


def read_array(answer: Any) -> NDArray[Any] | Finding:
    """Return `answer` as a real ndarray of its own, or what is the matter with it.

    Accepted are ndarrays, also of fractions, numbers, and nested lists or tuples of these.
    ``__array__`` of foreign objects is not called: it may be anything.
    """
    answer = from_sympy(answer)
    kind = type(answer)
    if isinstance(answer, np.matrix):
        return unread("array.matrix")
    if isinstance(answer, np.ma.MaskedArray):
        return unread("array.masked")
    if isinstance(answer, str):
        return unread("array.text", got=quoted(str(answer)))
    if kind in (list, tuple):
        problem = _problem_in(answer, depth=0, budget=[LARGEST])
        if problem is not None:
            return problem
        try:
            values = np.array(answer)
        except (ValueError, OverflowError):
            return unread("array.ragged")
    elif kind is np.ndarray and answer.size > LARGEST:
        return unread("array.large", most=str(LARGEST))
    elif kind is np.ndarray and answer.dtype == object:
        problem = _problem_among(answer)
        if problem is not None:
            return problem
        values = np.array(answer)
    elif kind is np.ndarray or kind in _NUMBERS or isinstance(answer, np.generic):
        values = np.array(answer)
    else:
        return unread("array.type", got=kind.__name__)
    if values.dtype == object:
        try:
            values = values.astype(float)
        except (OverflowError, TypeError, ValueError):
            return unread("array.dtype", got="object")
    if values.dtype.kind not in "biuf":
        return unread("array.dtype", got=str(values.dtype))
    return values


def from_sympy(answer: Any) -> Any:
    """Return a sympy number as a Fraction or float; anything else as it came."""
    sympy = sys.modules.get("sympy")
    if sympy is not None and isinstance(answer, sympy.Number):
        return Fraction(int(answer.p), int(answer.q)) if answer.is_Rational else float(answer)
    return answer


def _problem_in(items: Any, depth: int, budget: list[int]) -> Finding | None:
    """Return why a nested list is not numbers all the way down, if so."""
    if depth > 16:
        return unread("array.ragged")
    for item in items:
        budget[0] -= 1
        if budget[0] < 0:
            return unread("array.large", most=str(LARGEST))
        if type(item) in (list, tuple):
            problem = _problem_in(item, depth + 1, budget)
            if problem is not None:
                return problem
        elif type(item) is np.ndarray:
            budget[0] -= item.size
            problem = _problem_among(item) if item.dtype == object and budget[0] >= 0 else None
            if problem is not None:
                return problem
        elif type(item) not in (*_NUMBERS, complex) and not isinstance(item, np.generic):
            return unread("array.entry", got=type(item).__name__)
    return None


def _problem_among(items: NDArray[Any]) -> Finding | None:
    """Return why an array of objects is not an array of single numbers, if so."""
    for item in items.ravel().tolist():
        if type(item) in (list, tuple, np.ndarray):
            return unread("array.ragged")
        if type(item) not in (*_NUMBERS, complex) and not isinstance(item, np.generic):
            return unread("array.entry", got=type(item).__name__)
    return None


def _is_number(text: str) -> bool:
    try:
        float(text.replace("−", "-"))
    except ValueError:
        return False
    return True
