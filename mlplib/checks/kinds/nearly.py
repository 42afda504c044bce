"""Right values changed in one simple way: told where no known slip explains a wrong answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.numerals import number_text, true_minus

LEAST_VALUES = 2
"""One number alone is a multiple of every other one."""

LEAST_CHANGE = 1e-3
"""A smaller one is a matter of digits."""


_ORDERS: tuple[tuple[str, Callable[[Any], Any], int], ...] = (
    ("transposed", np.transpose, 2),
    ("reversed", lambda e: e[::-1], 1),
    ("reversed", lambda e: e[..., ::-1], 1),
)
"""What is done to an array, to how many axes at least."""


def nearly(pairs: Sequence[tuple[Any, Any]], tolerance: Tolerance) -> tuple[str, str] | None:
    """Return how all given values differ from the right ones, and by which number.

    Parameters
    ----------
    pairs : sequence of (array_like, array_like)
        Right values, and those that are given.
    tolerance : Tolerance

    Returns
    -------
    (str, str) or None
        ``negated``, ``factor``, ``shifted``, ``transposed``, ``reversed``, ``permuted``, ``signs``
        or ``reshaped``, and the number as text, where there is one.

    Examples
    --------
    >>> nearly([([1.0, 2.0], [2.0, 4.0]), ([3.0], [6.0])], Tolerance(1e-9, 0.0))
    ('factor', '2')
    """
    arrays = [(np.asarray(e, float), np.asarray(g, float)) for e, g in pairs]
    if any(e.size != g.size for e, g in arrays):
        return None
    if not all(np.isfinite(e).all() and np.isfinite(g).all() for e, g in arrays):
        return None
    if any(e.ndim != g.ndim for e, g in arrays):
        return _laid_out(arrays, tolerance)
    if all(e.shape == g.shape for e, g in arrays):
        with np.errstate(all="ignore"):
            number = _number(arrays, tolerance)
        if number is not None:
            return number
    for name, change, axes in _ORDERS:
        if all(e.ndim >= axes for e, _ in arrays):
            changed = [(change(e), g) for e, g in arrays]
            if all(tolerance.accepts_all(e, g) for e, g in changed):
                return name, ""
    in_order = [(np.sort(e, axis=None), np.sort(g, axis=None)) for e, g in arrays]
    alike = all(e.shape == g.shape and e.ndim for e, g in arrays)
    if alike and all(tolerance.accepts_all(e, g) for e, g in in_order):
        return "permuted", ""
    sizes = [(np.abs(e), np.abs(g)) for e, g in arrays]
    if alike and all(tolerance.accepts_all(e, g) for e, g in sizes):
        return "signs", ""
    return _laid_out(arrays, tolerance)


def _laid_out(arrays: Sequence[tuple[Any, Any]], tolerance: Tolerance) -> tuple[str, str] | None:
    """Return that all entries are right, one after the other, in another shape."""
    several = all(e.size >= LEAST_VALUES for e, _ in arrays)
    flat = [(np.ravel(e), np.ravel(g)) for e, g in arrays]
    same = several and all(tolerance.accepts_all(e, g) for e, g in flat)
    return ("reshaped", "") if same else None


def _number(arrays: Sequence[tuple[Any, Any]], tolerance: Tolerance) -> tuple[str, str] | None:
    expected = np.concatenate([np.ravel(e) for e, _ in arrays])
    got = np.concatenate([np.ravel(g) for _, g in arrays])
    if expected.size < LEAST_VALUES or not expected.any() or not got.any():
        return None
    largest = np.argmax(np.abs(expected))
    factor = got[largest] / expected[largest]
    if abs(factor - 1) > LEAST_CHANGE and tolerance.accepts_all(factor * expected, got):
        return ("negated", "") if abs(factor + 1) < 1e-6 else ("factor", factor_text(factor))
    shift = got[largest] - expected[largest]
    changed = abs(shift) > LEAST_CHANGE * np.max(np.abs(expected))
    if changed and np.ptp(expected) > 0 and tolerance.accepts_all(expected + shift, got):
        return "shifted", factor_text(shift)
    return None


def factor_text(factor: float) -> str:
    """Return a factor as a short fraction where it is one.

    Examples
    --------
    >>> factor_text(0.5), factor_text(-2.0), factor_text(0.1234)
    ('1/2', '−2', '0.1234')
    """
    short = Fraction(repr(float(factor))).limit_denominator(100)
    if abs(float(short) - factor) <= 1e-6 * abs(factor):
        return true_minus(str(short))
    return number_text(float(factor))
