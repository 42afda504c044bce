"""Softmax and its logarithm: from scores (logits) to probabilities.

Three ideas. Softmax does not change when all scores move together (S4-A1h), so the largest is moved
to 0 and nothing overflows. Moving them rounds: c = x − max is off by up to half its last place,
which exp turns into a relative error of that size, hundreds of units in the last place far below
the maximum. What rounding took is itself a float (Knuth's TwoSum), and exp(c + lost) is
exp(c)(1 + lost). Last, ln Σ exp(c) is ln(1 + rest), where the 1 belongs to the largest score
itself: log1p keeps a rest of 1e-300, which 1 + rest would round away. This is why the loss of a
confident row is tiny here and not exactly 0.

How the scores lie in memory is told in `mlplib.functions.columns`: `columns[k]` holds the score of
class k for all examples, so "over the classes" is always ``axis=0``.

A probability is within 9 units in the last place however many the classes are, however far below
the maximum its score, and whichever axis holds them. float32 stays float32. An infinite score gives
the limit where there is one; a row with several scores of +inf, or with nothing but -inf, has none
and gives NaN. NaN gives NaN.
"""

from __future__ import annotations

import math
from operator import index
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, real_array, whole
from mlplib.functions.columns import column_sums, parts, room_for, silent

Axes: TypeAlias = int | tuple[int, ...] | None
"""One axis, several, or None for all."""

Lost: TypeAlias = tuple[Any, FloatArray]
"""Where in the columns, and what rounding took there."""

DEEP = -8.0
"""Down to here the rounding of x − max costs at most 4 units in the last place."""
FEW_SCORES = 2**10
"""Up to here, to look for the columns with such a score takes longer than to correct them all."""


def softmax(x: ArrayLike, axis: Axes = -1) -> FloatArray:
    """Return S(x)_i = exp(x_i) / Σ_j exp(x_j) along one axis (S0-02, S4-D09).

    Parameters
    ----------
    x : array_like, any shape, at least one entry along `axis`
        Scores, also called logits.
    axis : int, tuple of int or None
        The axis of the classes; every line along it is one example. Several axes, or None for all
        of them, hold the classes together.

    Returns
    -------
    ndarray, the shape of `x`
        Numbers from 0 to 1 that sum to 1 along `axis`. 0 stands for what is too small for a float.

    Raises
    ------
    ValueError
        If `x` is not real, `axis` is no integer or no axis of `x`, or there is no entry along it.

    Examples
    --------
    >>> softmax([1000.0, 1000.0 + np.log(3)]).round(12)
    array([0.25, 0.75])
    """
    columns, turned, axes = _class_axes(x, axis)
    probabilities = room_for(columns)
    with silent():
        for some, place in parts(columns):
            p = probabilities[place]
            _, lost = shift_to_maximum(some, out=p)
            exponentials(p, lost, out=p)
            p *= 1 / column_sums(p)  # half the price of a division of each
    return _turned_back(probabilities, turned, axes)


def log_softmax(x: ArrayLike, axis: Axes = -1) -> FloatArray:
    """Return ln S(x)_i = x_i − ln Σ_j exp(x_j) along one axis (S1-34, S4-A1l.1).

    Parameters
    ----------
    x : array_like, any shape, at least one entry along `axis`
    axis : int, tuple of int or None
        As in `softmax`.

    Returns
    -------
    ndarray, the shape of `x`
        Numbers ≤ 0. The largest is exactly 0 only if the others' probabilities underflow.

    Raises
    ------
    ValueError
        As `softmax`.

    Examples
    --------
    >>> log_softmax([0.0, 100.0])
    array([-1.00000000e+02, -3.72007598e-44])
    """
    columns, turned, axes = _class_axes(x, axis)
    logarithms = room_for(columns)
    with silent():
        for some, place in parts(columns):
            c = logarithms[place]
            _, lost = shift_to_maximum(some, out=c)
            c -= _log_totals(c, lost)
            if lost is not None:
                at, rest = lost
                c[at] += rest
    return _turned_back(logarithms, turned, axes)


def logsumexp(x: ArrayLike, axis: Axes = -1, *, keepdims: bool = False) -> FloatArray:
    """Return ln Σ_j exp(x_j) along one axis: the maximum, made smooth.

    Parameters
    ----------
    x : array_like, any shape, at least one entry along `axis`
    axis : int, tuple of int or None
        The axis to sum over, or several, or all.
    keepdims : bool
        Whether to keep what is summed over as axes of length 1, so that the result fits `x`.

    Returns
    -------
    ndarray, the shape of `x` without `axis`
        Near 0, where the exponentials sum to about 1, only the absolute error is small: the
        digits of the result are then not in the digits of `x`.

    Raises
    ------
    ValueError
        As `softmax`.

    Examples
    --------
    >>> (logsumexp([1000.0, 1000.0]) - 1000).round(9)
    np.float64(0.693147181)
    """
    columns, _, axes = _class_axes(x, axis)
    totals = np.empty(columns.shape[1:], columns.dtype)
    with silent():
        for some, place in parts(columns):
            c = room_for(some)
            top, lost = shift_to_maximum(some, out=c)
            log_total = top + _log_totals(c, lost)
            totals[place[1:]] = np.where(np.isinf(top), top, log_total)
    return np.expand_dims(totals, axes) if keepdims else totals[()]


# The three ideas


def shift_to_maximum(scores: FloatArray, out: FloatArray) -> tuple[FloatArray, Lost | None]:
    """Put x − max of every column into `out`; return the maxima, and what rounding took of `out`.

    The latter is looked for in columns with a score below `DEEP` alone, and is None where there is
    no such column. A column with one score of +inf is led to its limit: 0 there, -inf everywhere
    else. (`reduce` runs along axis 0 as `max(axis=0)` does, and costs half as much on a small
    batch.)
    """
    top: FloatArray = np.maximum.reduce(scores)
    np.subtract(scores, top, out=out)
    lowest = np.minimum.reduce(out, axis=None) if out.size else 0.0
    if lowest >= DEEP:
        return top, None
    if not math.isfinite(lowest):  # as it is wherever a score is infinite
        at_top = scores == top
        out[at_top & (at_top.sum(axis=0) == 1)] = 0
    if scores.size <= FEW_SCORES:
        return top, (..., _lost(scores, top, out))
    deep = np.minimum.reduce(out) < DEEP
    if scores.ndim != 2 or 4 * np.count_nonzero(deep) > deep.size:
        return top, (..., _lost(scores, top, out))
    at = (slice(None), np.flatnonzero(deep))
    return top, (at, _lost(scores[at], top[deep], out[at]))


def _lost(scores: FloatArray, top: FloatArray, c: FloatArray) -> FloatArray:
    """Return (x − max) − c exactly, c being x − max rounded: Knuth's TwoSum; 0 at infinities."""
    minus_top = c - scores
    lost = c - minus_top
    np.subtract(scores, lost, out=lost)
    minus_top += top
    lost -= minus_top
    if not math.isfinite(np.add.reduce(lost, axis=None)):
        lost[~np.isfinite(lost)] = 0
    return lost


def exponentials(c: FloatArray, lost: Lost | None, out: FloatArray | None = None) -> FloatArray:
    """Return exp(c + lost) = exp(c)(1 + lost)."""
    e: FloatArray = np.exp(c, out=out)
    if lost is not None:
        at, rest = lost
        e[at] += rest * e[at]
    return e


def _log_totals(c: FloatArray, lost: Lost | None) -> FloatArray:
    """Return ln Σ exp(c + lost) for columns whose largest entry is 0.

    Where the sum is 2 or more, its logarithm has all the digits. Elsewhere the 1 of the largest
    entry is never added.
    """
    e = exponentials(c, lost)
    totals = column_sums(e)
    logs: FloatArray = np.asarray(np.log(totals))
    near_1 = totals < 2
    if np.logical_or.reduce(near_1, axis=None):
        logs[near_1] = np.log1p(_sum_of_others(c[:, near_1], e[:, near_1]))
    return logs


def _sum_of_others(c: FloatArray, e: FloatArray) -> FloatArray:
    """Return Σ e − 1 for columns with e = 1 at their largest entry, never adding that 1."""
    others = (c < 0).astype(c.dtype)
    further_maxima = len(c) - 1 - np.add.reduce(others)
    others *= e
    rest: FloatArray = column_sums(others) + further_maxima
    return rest


# What these functions ask of their argument


def scores(name: str, x: ArrayLike, axis: int = -1) -> FloatArray:
    """Return `x` as real scores with at least one class along `axis`."""
    x = real_array(name, x)
    if type(axis) is not int:
        axis = whole("axis", axis, least=-x.ndim)
    if not -x.ndim <= axis < x.ndim:
        raise ValueError(f"{name} must have an axis {axis} of classes, but its shape is {x.shape}.")
    if x.shape[axis] == 0:
        raise ValueError(f"{name} must hold at least one class, but its shape is {x.shape}.")
    return x


def _class_axes(x: ArrayLike, axis: Axes) -> tuple[FloatArray, tuple[int, ...], tuple[int, ...]]:
    """Return the scores with all classes along axis 0, their shape before that, and the axes."""
    x = real_array("x", x)
    if axis is None:
        axis = tuple(range(x.ndim))
    several = axis if isinstance(axis, tuple) else (axis,)
    axes = []
    for one in several:
        x = scores("x", x, one)
        axes.append(index(one) % x.ndim)
    if len({*axes}) < len(axes):
        raise ValueError(f"axis must name each axis once, not {axis}.")
    front = tuple(axes)
    turned = np.moveaxis(x, front, range(len(front)))
    if len(front) == 1:
        return turned, turned.shape, front
    return turned.reshape(-1, *turned.shape[len(front) :]), turned.shape, front


def _turned_back(columns: FloatArray, shape: tuple[int, ...], axes: tuple[int, ...]) -> FloatArray:
    """Return results in the shape of `x`."""
    return np.moveaxis(columns.reshape(shape), range(len(axes)), axes)
