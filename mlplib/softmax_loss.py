"""Cross-entropy of a softmax, from the scores (logits), and its gradient S − P.

Of one example whose class is y the loss is −ln S_y = ln Σ_k exp(z_k) − z_y (S1-34, S4-A2h). With
the largest score shifted to 0, and the exponential of y's own score, e_y, taken apart from the sum
of the *others*, it is

    loss = ln(1 + others + (e_y − 1)) − c_y        gradient at y: S_y − 1 = −others / (others + e_y)

For a confident right answer c_y = 0 and e_y = 1, and both are about `others`: 1e-40, not 0.

Softmax and cross-entropy are one function here because apart they lose that (S1-33). Each example
has one loss, so "mean" is the mean over the batch.
"""

import math
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray, real_array
from mlplib.labels import class_labels
from mlplib.pieces import pieces
from mlplib.probabilities import class_columns, scores, shift_to_maximum, silent, sum_of_others

__all__ = ["cross_entropy", "cross_entropy_and_gradient", "cross_entropy_gradient"]

Reduction: TypeAlias = Literal["mean", "sum", "none"]

ROUNDING = 1e-5
"""How far the sum of a row of true probabilities may be from 1: what float32 makes of it."""


def cross_entropy(
    logits: ArrayLike, labels: ArrayLike, *, reduction: Reduction = "mean"
) -> FloatArray:
    """Return −Σ_k p_k ln S(z)_k of every example, reduced (S3-11, S4-Q1m; S4-A2h for a class).

    Parameters
    ----------
    logits : array_like, shape (n, K), or (K,) for one example
        Scores, before any softmax. One score of +inf, or some of -inf, give the limit.
    labels : array_like
        Classes 0 … K − 1 as integers, shape (n,) or () for one example; or true probabilities
        with rows that sum to 1, the shape of `logits`, of which one-hot rows are a case.
    reduction : {"mean", "sum", "none"}
        The mean over the n examples (S4-A2i.1), the sum (S1-35), or a loss for each example.

    Returns
    -------
    NumPy scalar, or for "none" an ndarray of shape (n,)

    Raises
    ------
    ValueError
        If the batch is empty, the shapes do not belong together, a label is out of range, a row of
        probabilities is none, a row of scores holds NaN or has no softmax (several +inf, or
        nothing but -inf), or the reduction is unknown.

    Examples
    --------
    >>> cross_entropy([[0.0, 0.0], [0.0, 100.0]], [1, 1], reduction="none")
    array([6.93147181e-01, 3.72007598e-44])
    >>> cross_entropy([0.0, np.log(3)], [0.5, 0.5]).round(6)
    np.float64(0.836988)
    """
    z, truth = examples(logits, labels)
    losses = np.empty(len(z), z.dtype)
    with silent():
        for some in pieces(*z.shape):
            columns = class_columns(z[some].T)
            shift_to_maximum(columns)
            if truth.ndim == 1:
                losses[some] = class_losses(columns, truth[some])[0]
            else:
                losses[some] = mixture_losses(columns, truth[some].T)
    return reduce(losses, reduction)


def cross_entropy_gradient(
    logits: ArrayLike, labels: ArrayLike, *, reduction: Reduction = "mean"
) -> FloatArray:
    """Return ∂L/∂z = S(z) − P, divided by n for "mean" (S1-41, S3-12, S4-A2l.3).

    Parameters and errors are those of `cross_entropy`; the result has the shape of `logits`, and
    for "none" row i is the gradient of example i's own loss.

    >>> cross_entropy_gradient([[0.0, 0.0], [0.0, 100.0]], [0, 1], reduction="sum")
    array([[-5.00000000e-01,  5.00000000e-01],
           [ 3.72007598e-44, -3.72007598e-44]])
    """
    return cross_entropy_and_gradient(logits, labels, reduction=reduction)[1]


def cross_entropy_and_gradient(
    logits: ArrayLike, labels: ArrayLike, *, reduction: Reduction = "mean"
) -> tuple[FloatArray, FloatArray]:
    """Return `cross_entropy` and `cross_entropy_gradient` from the same exponentials.

    >>> loss, gradient = cross_entropy_and_gradient([[0.0, 0.0]], [1])
    >>> gradient
    array([[ 0.5, -0.5]])
    """
    z, truth = examples(logits, labels)
    columns = class_columns(z.T)
    with silent():
        shift_to_maximum(columns)
        count = len(z) if reduction == "mean" else 1
        if truth.ndim == 1:
            losses, gradient, others, own, at_label = class_losses(columns, truth)
            in_memory(gradient)[at_label] = -others
            gradient /= (others + own) * count
        else:
            losses = mixture_losses(columns, truth.T)
            gradient = np.exp(columns)
            gradient /= gradient.sum(axis=0)
            gradient -= truth.T
            gradient /= count
    slopes = gradient.T
    return reduce(losses, reduction), slopes[0] if np.ndim(logits) == 1 else slopes


def class_losses(
    columns: FloatArray, classes: NDArray[np.intp]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, NDArray[np.intp]]:
    """Return the losses of shifted columns (K, n), and what the gradient is made of.

    That is: exp(columns) with 0 at the label, the sum of each of these columns (the others), the
    exponentials of the labels' own scores, and the places of the labels in memory.
    """
    at_label = places(columns, classes)
    score: FloatArray = in_memory(columns)[at_label]
    own: FloatArray = np.exp(score)
    exponentials: FloatArray = np.exp(columns)
    in_memory(exponentials)[at_label] = 0
    others: FloatArray = np.add.reduce(exponentials)
    losses: FloatArray = np.log1p(others + (own - 1)) - score
    return losses, exponentials, others, own, at_label


def places(columns: FloatArray, classes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where ``columns[classes[i], i]`` lies in memory: one index is found 4 × faster."""
    down, along = (stride // columns.itemsize for stride in columns.strides)
    return classes * down + np.arange(0, len(classes) * along, along)


def in_memory(columns: FloatArray) -> FloatArray:
    """Return a view of the entries as they lie in memory; `class_columns` left no gaps."""
    return columns.ravel(order="K")


def mixture_losses(columns: FloatArray, truth: NDArray[Any]) -> FloatArray:
    """Return −Σ_k p_k ln S_k of shifted columns (K, n) and true probabilities (K, n)."""
    logs = columns - np.log1p(sum_of_others(columns))
    # A class that cannot occur costs nothing, even where its score is -inf.
    losses: FloatArray = -np.where(truth > 0, truth * logs, 0).sum(axis=0)
    return losses


def reduce(losses: FloatArray, reduction: Reduction) -> FloatArray:
    """Return the losses of all examples as one number, or as they are for "none"."""
    total: FloatArray = np.add.reduce(losses)
    if math.isnan(total):
        raise ValueError(
            f"logits must have a softmax in every row, but row {np.isnan(losses).argmax()} holds "
            "NaN, several scores of +inf, or nothing but -inf."
        )
    match reduction:
        case "mean":
            return total / len(losses)
        case "sum":
            return total
        case "none":
            return losses
    raise ValueError(f'reduction must be "mean", "sum" or "none", not {reduction!r}.')


# What the loss asks of its arguments


def examples(logits: ArrayLike, labels: ArrayLike) -> tuple[FloatArray, NDArray[Any]]:
    """Return scores (n, K), and the truth as classes (n,) or as probabilities (n, K)."""
    z = scores("logits", logits)
    truth = np.asarray(labels)
    if z.ndim > 2:
        raise ValueError(f"logits must have the shape (n, K) or (K,), not {z.shape}.")
    if truth.shape != z.shape and truth.shape != z.shape[:-1]:
        raise ValueError(
            f"logits of shape {z.shape} need labels of shape {z.shape[:-1]} (classes) "
            f"or {z.shape} (probabilities), but labels has {truth.shape}."
        )
    if z.size == 0:
        raise ValueError(f"logits must hold at least one example, but its shape is {z.shape}.")
    if z.ndim == 1:
        z, truth = z[None], truth[None]
    if truth.ndim == 1:
        return z, class_labels(truth, z.shape[1])
    return z, distributions(truth, z.dtype)


def distributions(labels: ArrayLike, dtype: np.dtype[np.floating]) -> NDArray[Any]:
    """Return rows of probabilities as they are, and one-hot rows as the classes they name."""
    p = real_array("labels", labels)
    inside = ((p >= 0) & (p <= 1)).all(axis=1)
    with silent():
        wrong = ~(inside & (np.abs(p.sum(axis=1) - 1) <= ROUNDING))
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(
            "labels, one row for each example, must be probabilities: none negative and each row "
            f"with sum 1; row {row} is {p[row]}."
        )
    if ((p == 0) | (p == 1)).all():
        return np.asarray(p.argmax(axis=1))
    return p.astype(dtype, copy=False)
