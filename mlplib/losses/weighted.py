"""Classes that count more than others, and labels that do not count at all.

With a weight w_k for each class, the mean over examples becomes a weighted one,

    Σ_i w_{y_i} ℓ_i / Σ_i w_{y_i}

so that a class with w_k = 2 counts as if each of its examples were there twice. An ignored label
has weight 0: a place where nobody knows the answer, such as the padding after a short text.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray, finite_array, plain_array


def counted(
    labels: ArrayLike, classes: int, class_weights: ArrayLike | None, ignored: int | None
) -> tuple[NDArray[Any], FloatArray]:
    """Return labels without ignored ones, for which 0 stands, and the weight of each example.

    Parameters
    ----------
    labels : array_like of int, shape (n,) or ()
    classes : int
        K.
    class_weights : array_like, shape (K,), optional
        All 1 unless given.
    ignored : int, optional
        The label that does not count; it need not be a class.

    Returns
    -------
    labels : ndarray of int
    weights : ndarray, the shape of `labels`

    Raises
    ------
    ValueError
        If labels are no integers, or weights not K finite numbers ≥ 0.

    Examples
    --------
    >>> counted([1, -100, 0], 2, [1.0, 3.0], ignored=-100)
    (array([1, 0, 0]), array([3., 0., 1.]))
    """
    truth = plain_array("labels", labels)
    if truth.dtype.kind not in "iu" or truth.ndim > 1:
        raise ValueError(
            "labels must be classes, one integer for each example, where classes have weights or "
            f"one is ignored, not {truth.dtype} of shape {truth.shape}."
        )
    passed_over = np.zeros(truth.shape, np.bool_) if ignored is None else truth == ignored
    truth = np.where(passed_over, 0, truth)
    if class_weights is None:
        return truth, np.where(passed_over, 0.0, 1.0)
    weights = finite_array("class_weights", class_weights)
    if weights.shape != (classes,) or (weights < 0).any():
        raise ValueError(
            f"class_weights must be {classes} numbers ≥ 0, one for each class, not {weights}."
        )
    known = (truth >= 0) & (truth < classes)  # the loss says what is wrong with the others
    return truth, np.where(passed_over, 0.0, weights[np.where(known, truth, 0)])


def weigh(
    losses: FloatArray, slopes: FloatArray, weights: FloatArray, reduction: str
) -> tuple[FloatArray, FloatArray]:
    """Return the losses of examples, weighted and reduced, and the gradient of that.

    Parameters
    ----------
    losses : ndarray, shape (n,)
    slopes : ndarray, shape (n, K)
        Row i is the gradient of example i's own loss.
    weights : ndarray, shape (n,)
    reduction : {"mean", "sum", "none"}
        "mean" divides by the sum of the weights. Where that is 0, nothing counts, and the loss and
        its gradient are 0: a batch without a label makes no step.

    Returns
    -------
    loss : NumPy scalar, or ndarray, shape (n,)
    gradient : ndarray, shape (n, K)

    Raises
    ------
    ValueError
        If `reduction` is none of these.

    Examples
    --------
    >>> weigh(np.array([1.0, 5.0]), np.ones((2, 1)), np.array([3.0, 1.0]), "mean")
    (np.float64(2.0), array([[0.75],
           [0.25]]))
    """
    w = weights.astype(losses.dtype)
    if reduction == "mean":
        w = w / (w.sum() or 1)
    elif reduction not in ("sum", "none"):
        raise ValueError(f'reduction must be "mean", "sum" or "none", not {reduction!r}.')
    with np.errstate(under="ignore"):
        each, gradient = losses * w, slopes * w[..., None] + 0.0  # no −0 where nothing counts
        return (each if reduction == "none" else each.sum()), gradient
