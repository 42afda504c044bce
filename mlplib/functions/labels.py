"""From scores to classes and back: decisions, ties, and labels as one-hot vectors.

Classes are numbered 0 … K − 1, as NumPy indexes. The documents count from 1 (S1-29, S4-D11).
"""

from __future__ import annotations

from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray, plain_array, real_array, whole
from mlplib.functions.columns import silent
from mlplib.functions.softmax import scores

ROUNDING = 1e-5
"""How far the sum of a row of true probabilities may be from 1: what float32 makes of it."""


def decision(x: ArrayLike) -> NDArray[np.intp]:
    """Return the class with the largest score; among equals the one with the lowest number.

    Parameters
    ----------
    x : array_like, shape (..., K)
        Scores or probabilities. Softmax keeps the order, so both decide alike, but for scores so
        close together that their probabilities are rounded to the same number.

    Returns
    -------
    ndarray of int, shape (...)
        Classes 0 … K − 1.

    Raises
    ------
    ValueError
        As `softmax`; and if a score is NaN, which is neither larger nor smaller than another.

    Examples
    --------
    >>> decision([[1.0, 5.0, 5.0], [3.0, 2.0, 1.0]])
    array([1, 0])
    """
    x = _comparable_scores(x)
    return np.asarray(x.argmax(axis=-1))[()]


def maxima(x: ArrayLike) -> FloatArray:
    """Return 1 wherever x_i = max_j x_j and 0 elsewhere: *all* the winners (S0-03).

    Without ties this is ``one_hot(decision(x), K)``. With ties it holds several ones, and is then
    no single decision.

    Parameters
    ----------
    x : array_like, shape (..., K)

    Returns
    -------
    ndarray, shape (..., K)

    Raises
    ------
    ValueError
        As `decision`.

    Examples
    --------
    >>> maxima([[1.0, 5.0, 5.0], [3.0, 2.0, 1.0]])
    array([[0., 1., 1.],
           [1., 0., 0.]])
    """
    x = _comparable_scores(x)
    winners: FloatArray = (x == x.max(axis=-1, keepdims=True)).astype(x.dtype)
    return winners


def one_hot(labels: ArrayLike, classes: SupportsIndex) -> NDArray[np.float64]:
    """Return the vectors with a single 1 at each label's place (S1-29).

    Parameters
    ----------
    labels : array_like of int, any shape
        Classes 0 … classes − 1. The documents count from 1 (S1-29, S4-D11): subtract 1 first.
    classes : int
        The number of classes, K.

    Returns
    -------
    ndarray of float64, shape (*labels.shape, K)

    Raises
    ------
    ValueError
        If `labels` are ragged or masked, no integers or not all of them in range, or if `classes`
        is no integer or below 1.

    Examples
    --------
    >>> one_hot([2, 0], classes=3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    count = whole("classes", classes)
    places = class_labels(labels, count)
    vectors = np.zeros((*places.shape, count))
    np.put_along_axis(vectors, places[..., None], 1, axis=-1)
    return vectors


# What these functions ask of their arguments


def class_labels(labels: ArrayLike, classes: int) -> NDArray[np.intp]:
    """Return `labels` as class numbers, or say which of them is none."""
    array = plain_array("labels", labels)
    if array.dtype.kind not in "iu" and array.size:
        raise ValueError(f"labels must be integers (class numbers), not {array.dtype}.")
    numbers = array.astype(np.int64, copy=False)
    unsigned = numbers.view(np.uint64)  # a negative number turns into a huge one
    if array.size and np.maximum.reduce(unsigned, axis=None) >= classes:
        raise ValueError(
            f"labels must lie in 0 … {classes - 1} for {classes} classes, "
            f"but one of them is {array[unsigned >= classes][0]}."
        )
    return numbers.astype(np.intp, copy=False)


def distributions(labels: ArrayLike, dtype: np.dtype[np.floating]) -> NDArray[Any]:
    """Return rows of probabilities as they are, and one-hot rows as the classes they name."""
    p = real_array("labels", labels)
    row = no_distribution(p)
    if row is not None:
        raise ValueError(
            "labels, one row for each example, must be probabilities: none negative and each row "
            f"with sum 1; row {row} is {p[row]}."
        )
    if ((p == 0) | (p == 1)).all():
        return np.asarray(p.argmax(axis=1))
    with silent():
        return p.astype(dtype, copy=False)


def no_distribution(p: FloatArray) -> int | None:
    """Return the first row of p, shape (n, K), that is no distribution, or None if all are."""
    fractions = ((p >= 0) & (p <= 1)).all(axis=1)
    with silent():
        wrong = ~(fractions & (np.abs(p.sum(axis=1) - 1) <= ROUNDING))
    return int(wrong.argmax()) if wrong.any() else None


def _comparable_scores(x: ArrayLike) -> FloatArray:
    """Return `x` as scores without NaN."""
    x = scores("x", x)
    if np.isnan(x).any():
        raise ValueError("x must not hold NaN: a score that is no number cannot be compared.")
    return x
