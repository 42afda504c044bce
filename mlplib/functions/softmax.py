"""Softmax and its logarithm: from scores (logits) to probabilities.

Two ideas. Softmax does not change when all scores move together (S4-A1h), so the largest is moved
to 0 and nothing overflows. And ln Σ exp(c) is ln(1 + rest), where the 1 belongs to that largest
score itself: log1p keeps a rest of 1e-300, which 1 + rest would round away. This is why the loss of
a confident row is tiny here and not exactly 0.

How the scores lie in memory is told in `mlplib.functions.columns`: `columns[k]` holds the score of
class k for all examples, so "over the classes" is always ``axis=0``.

A probability is within 8 units in the last place however many the classes are and whichever axis
holds them. float32 stays float32. An infinite score gives the limit where there is one; a row with
several scores of +inf, or with nothing but -inf, has none and gives NaN. NaN gives NaN.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, real_array, whole
from mlplib.functions.columns import class_columns, column_sums, parts, silent


def softmax(x: ArrayLike, axis: int = -1) -> FloatArray:
    """Return S(x)_i = exp(x_i) / Σ_j exp(x_j) along one axis (S0-02, S4-D09).

    Parameters
    ----------
    x : array_like, any shape, at least one entry along `axis`
        Scores, also called logits.
    axis : int
        The axis of the classes; every line along it is one example.

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
    x = scores("x", x, axis)
    columns = class_columns(np.moveaxis(x, axis, 0))
    with silent():
        for part in parts(columns):
            shift_to_maximum(part)
            np.exp(part, out=part)
            part /= column_sums(part)
    return np.moveaxis(columns, 0, axis)


def log_softmax(x: ArrayLike, axis: int = -1) -> FloatArray:
    """Return ln S(x)_i = x_i − ln Σ_j exp(x_j) along one axis (S1-34, S4-A1l.1).

    Parameters
    ----------
    x : array_like, any shape, at least one entry along `axis`
    axis : int
        The axis of the classes.

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
    x = scores("x", x, axis)
    columns = class_columns(np.moveaxis(x, axis, 0))
    with silent():
        for part in parts(columns):
            shift_to_maximum(part)
            part -= np.log1p(_sum_of_others(part))
    return np.moveaxis(columns, 0, axis)


def logsumexp(x: ArrayLike, axis: int = -1) -> FloatArray:
    """Return ln Σ_j exp(x_j) along one axis: the maximum, made smooth.

    Parameters
    ----------
    x : array_like, any shape, at least one entry along `axis`
    axis : int
        The axis to sum over.

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
    x = scores("x", x, axis)
    with silent():
        columns = class_columns(np.moveaxis(x, axis, 0))
        top = shift_to_maximum(columns)
        total: FloatArray = np.where(np.isinf(top), top, top + np.log1p(_sum_of_others(columns)))
    return total[()]


# The two ideas


def shift_to_maximum(columns: FloatArray) -> FloatArray:
    """Subtract from every column its largest entry, in place, and return the largest entries.

    A column with one score of +inf is led to its limit: 0 there, -inf everywhere else. (`reduce`
    runs along axis 0 as `max(axis=0)` does, and costs half as much on a small batch.)
    """
    top: FloatArray = np.maximum.reduce(columns)
    sole = None
    if not math.isfinite(np.add.reduce(top, axis=None)):  # the sum sees every infinity
        at_top = columns == top
        sole = at_top & (at_top.sum(axis=0) == 1)
    columns -= top
    if sole is not None:
        columns[sole] = 0
    return top


def _sum_of_others(columns: FloatArray) -> FloatArray:
    """Return Σ exp(c) − 1 for columns whose largest entry is 0, without ever adding that 1."""
    others = (columns < 0).astype(columns.dtype)
    further_maxima = len(columns) - 1 - np.add.reduce(others)
    np.multiply(others, np.exp(columns), out=others)
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
