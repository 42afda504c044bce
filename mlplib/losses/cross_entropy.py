"""Cross-entropy of a softmax, from the scores (logits), and its gradient S − P.

Of one example whose class is y the loss is −ln S_y = ln Σ_k exp(z_k) − z_y (S1-34, S4-A2h). With
the largest score shifted to 0, and the exponential of y's own score, e_y, taken apart from the sum
of the *others*, it is

    loss = ln(1 + others + (e_y − 1)) − c_y        gradient at y: S_y − 1 = −others / (others + e_y)

For a confident right answer c_y = 0 and e_y = 1, and both are about `others`: 1e-40, not 0.

With true probabilities p_k instead of a class, and with e_k = exp(c_k), it is

    loss = Σ_k p_k (ln Σ_j e_j − c_k)        gradient at i: (e_i Σ_k p_k − p_i Σ_k e_k) / Σ_k e_k

and the gradient is S_i − p_i where the p_k sum to exactly 1. Both products hold p_i e_i, which
cancels. At y, now the likeliest class, it may hide all the rest of them, so there it is left out:
(e_y Σ_{k≠y} p_k − p_y · others) / (others + e_y). A one-hot row so gives what its class gives.

Softmax and cross-entropy are one function here because apart they lose these digits (S1-33). Each
example has one loss, so "mean" is the mean over the batch.
"""

from __future__ import annotations

import math
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray, plain_array
from mlplib.functions.columns import class_columns, column_sums, in_memory, parts, room_for, silent
from mlplib.functions.labels import class_labels, distributions
from mlplib.functions.softmax import exponentials, scores, shift_to_maximum
from mlplib.losses.weighted import counted, weigh
from mlplib.pieces import ENTRIES

ExampleReduction: TypeAlias = Literal["mean", "sum", "none"]

_Apart: TypeAlias = tuple[NDArray[np.intp], FloatArray, FloatArray, FloatArray, FloatArray]


def cross_entropy(
    logits: ArrayLike,
    labels: ArrayLike,
    *,
    reduction: ExampleReduction = "mean",
    class_weights: ArrayLike | None = None,
    ignored: int | None = None,
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
    class_weights : array_like, shape (K,), optional
        How much each class counts; the mean is then a weighted one, divided by the sum of the
        examples' weights (`mlplib.losses.weighted`). For classes as labels only.
    ignored : int, optional
        A label that does not count at all, such as -100; likewise.

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
    if class_weights is not None or ignored is not None:
        return _weighted(logits, labels, reduction, class_weights, ignored)[0]
    z, truth = _examples(logits, labels)
    losses = np.empty(len(z), z.dtype)
    with silent():
        for columns, (_, some) in parts(z.T):
            c, apart = _taken_apart(columns, truth[some])
            losses[some] = _losses_of(c, truth[some], apart)
        return _reduce_examples(losses, reduction)


def cross_entropy_gradient(
    logits: ArrayLike,
    labels: ArrayLike,
    *,
    reduction: ExampleReduction = "mean",
    class_weights: ArrayLike | None = None,
    ignored: int | None = None,
) -> FloatArray:
    """Return ∂L/∂z = S(z) − P, divided by n for "mean" (S1-41, S3-12, S4-A2l.3).

    Parameters
    ----------
    logits, labels, reduction, class_weights, ignored
        As for `cross_entropy`, errors included.

    Returns
    -------
    ndarray, the shape of `logits`
        For "none" row i is the gradient of example i's own loss.

    Examples
    --------
    >>> cross_entropy_gradient([[0.0, 0.0], [0.0, 100.0]], [0, 1], reduction="sum")
    array([[-5.00000000e-01,  5.00000000e-01],
           [ 3.72007598e-44, -3.72007598e-44]])
    """
    return cross_entropy_and_gradient(
        logits, labels, reduction=reduction, class_weights=class_weights, ignored=ignored
    )[1]


def cross_entropy_and_gradient(
    logits: ArrayLike,
    labels: ArrayLike,
    *,
    reduction: ExampleReduction = "mean",
    class_weights: ArrayLike | None = None,
    ignored: int | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Return `cross_entropy` and `cross_entropy_gradient` from the same exponentials.

    Parameters
    ----------
    logits, labels, reduction, class_weights, ignored
        As for `cross_entropy`, errors included.

    Returns
    -------
    The NumPy scalars or ndarrays that these two return.

    Examples
    --------
    >>> loss, gradient = cross_entropy_and_gradient([[0.0, 0.0]], [1])
    >>> gradient
    array([[ 0.5, -0.5]])
    """
    if class_weights is not None or ignored is not None:
        return _weighted(logits, labels, reduction, class_weights, ignored)
    z, truth = _examples(logits, labels)
    with silent():
        losses, slopes = reduced_and_gradient(z, truth, reduction)
    return losses, slopes[0] if np.ndim(logits) == 1 else slopes


def reduced_and_gradient(
    z: FloatArray, truth: NDArray[Any], reduction: ExampleReduction
) -> tuple[FloatArray, FloatArray]:
    """Return the losses of scores (n, K), reduced, and their gradient."""
    count = len(z) if reduction == "mean" else 1
    if z.size <= ENTRIES:  # a single piece, as in most training steps: nothing to put together
        c, apart = _taken_apart(class_columns(z.T), truth)
        losses = _losses_of(c, truth, apart)
        slopes = _gradient_over(truth, apart, count).T
    else:
        losses, gradient = np.empty(len(z), z.dtype), room_for(z.T)
        for columns, place in parts(z.T):
            some = place[1]
            c, apart = _taken_apart(columns, truth[some])
            losses[some] = _losses_of(c, truth[some], apart)
            gradient[place] = _gradient_over(truth[some], apart, count)
        slopes = gradient.T
    return _reduce_examples(losses, reduction), slopes


def _weighted(
    logits: ArrayLike,
    labels: ArrayLike,
    reduction: ExampleReduction,
    class_weights: ArrayLike | None,
    ignored: int | None,
) -> tuple[FloatArray, FloatArray]:
    """Return the loss and the gradient in which classes have weights."""
    z = scores("logits", logits)
    truth, weights = counted(labels, z.shape[-1] if z.ndim else 0, class_weights, ignored)
    losses, slopes = cross_entropy_and_gradient(z, truth, reduction="none")
    if z.ndim == 1:
        losses = losses[0]
    return weigh(losses, slopes, weights, reduction)


# One class of each example apart from the others


def _taken_apart(columns: FloatArray, truth: NDArray[Any]) -> tuple[FloatArray, _Apart]:
    """Return the columns (K, n), shifted, and what their losses and gradients are made of.

    With y the true class or the likeliest, that is: where the scores of the y lie in memory, these
    scores c_y, their exponentials e_y, exp(c) with 0 at y, and the sums of these, `others`.
    """
    c = np.empty_like(columns)
    _, lost = shift_to_maximum(columns, out=c)
    e = exponentials(c, lost)
    at_class = _places(c, truth if truth.ndim == 1 else truth.argmax(axis=1))
    score, own = in_memory(c)[at_class], in_memory(e)[at_class]
    in_memory(e)[at_class] = 0
    return c, (at_class, score, own, e, column_sums(e))


def _losses_of(c: FloatArray, truth: NDArray[Any], apart: _Apart) -> FloatArray:
    """Return ln Σ_j e_j − c_y, or Σ_k p_k (ln Σ_j e_j − c_k), of every column, which it uses up."""
    _, score, own, _, others = apart
    log_total: FloatArray = np.log1p(others + (own - 1))
    if truth.ndim == 1:
        return log_total - score
    terms = np.subtract(log_total, c, out=c)
    terms *= truth.T
    terms[truth.T == 0] = 0  # a class that cannot occur costs nothing, even where its score is -inf
    return column_sums(terms)


def _gradient_over(truth: NDArray[Any], apart: _Apart, count: int) -> FloatArray:
    """Return the gradient of every column's loss, divided by `count`; it uses up `apart`."""
    at_class, _, own, gradient, others = apart
    total = others + own
    if truth.ndim == 1:
        in_memory(gradient)[at_class] = -others
    else:
        shares = np.empty_like(gradient)
        shares[:] = truth.T
        likeliest = in_memory(shares)[at_class]
        in_memory(shares)[at_class] = 0
        rest = column_sums(shares)
        gradient *= likeliest + rest
        gradient -= shares * total
        in_memory(gradient)[at_class] = own * rest - likeliest * others
    gradient /= total * count
    return gradient


def _places(columns: FloatArray, classes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where ``columns[classes[i], i]`` lies in memory: one index is found 4 × faster."""
    K, n = columns.shape
    by_rows = columns.flags.c_contiguous
    place = classes * n if by_rows else np.arange(0, K * n, K)
    place += np.arange(n) if by_rows else classes
    return place


def _reduce_examples(losses: FloatArray, reduction: ExampleReduction) -> FloatArray:
    """Return the losses of all examples as one number, or as they are for "none"."""
    total: FloatArray = np.add.reduce(losses)
    if math.isnan(total):
        raise ValueError(
            f"logits must have a softmax in every row, but row {np.isnan(losses).argmax()} holds "
            "NaN, several scores of +inf, or nothing but -inf."
        )
    n = len(losses)
    match reduction:
        case "mean":  # where the sum is too large, the mean need not be
            return total / n if math.isfinite(total) else np.add.reduce(losses / n)
        case "sum":
            return total
        case "none":
            return losses
    raise ValueError(f'reduction must be "mean", "sum" or "none", not {reduction!r}.')


# What the loss asks of its arguments


def _examples(logits: ArrayLike, labels: ArrayLike) -> tuple[FloatArray, NDArray[Any]]:
    """Return scores (n, K), and the truth as classes (n,) or as probabilities (n, K)."""
    z = scores("logits", logits)
    truth = plain_array("labels", labels)
    if z.ndim > 2:
        raise ValueError(f"logits must have the shape (n, K) or (K,), not {z.shape}.")
    if truth.shape != z.shape and truth.shape != z.shape[:-1]:
        raise ValueError(
            f"labels must have the shape {z.shape[:-1]} (classes) or {z.shape} (probabilities) "
            f"for logits of shape {z.shape}, not {truth.shape}."
        )
    if z.size == 0:
        raise ValueError(f"logits must hold at least one example, but its shape is {z.shape}.")
    if z.ndim == 1:
        z, truth = z[None], truth[None]
    if truth.ndim == 1:
        return z, class_labels(truth, z.shape[1])
    return z, distributions(truth, z.dtype)
