"""Losses with their gradients, of batches whose like has been accepted before.

To look at the arguments of a loss takes as long as the loss of a small batch. The public functions
always look. `train` has given them all its examples before the first step, and asks here from then
on: the same formulas in arrays that are known to fit. Nothing is looked at, NumPy's error state is
the caller's to set, and where an output is not finite, the mean is not either, or ValueError says
so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.arguments import FloatArray
from mlplib.functions.labels import distributions
from mlplib.losses import cross_entropy, logistic, squared

Again = tuple[FloatArray, FloatArray]
"""The mean and its gradient."""


def cross_entropy_again(logits: FloatArray, labels: NDArray[Any]) -> Again:
    """Return `cross_entropy_and_gradient` of scores (n, K); rows of probabilities are looked at.

    >>> cross_entropy_again(np.zeros((1, 2)), np.array([1]))[1]
    array([[ 0.5, -0.5]])
    """
    classes = labels.ndim == 1
    truth = labels.astype(np.intp, copy=False) if classes else distributions(labels, logits.dtype)
    return cross_entropy.reduced_and_gradient(logits, truth, "mean")


def squared_error_again(outputs: FloatArray, targets: NDArray[Any]) -> Again:
    """Return `mse` and `mse_gradient`.

    >>> squared_error_again(np.array([[3.0]]), np.array([[1]]))
    (np.float64(4.0), array([[4.]]))
    """
    errors = outputs - targets.astype(outputs.dtype, copy=False)
    return squared.reduced_squares(errors, "mean"), squared.reduced_slopes(errors, "mean")


def logistic_again(logits: FloatArray, targets: NDArray[Any]) -> Again:
    """Return `binary_cross_entropy_with_logits` and its gradient.

    >>> logistic_again(np.zeros((1, 2)), np.array([[0, 1]]))[1]
    array([[ 0.25, -0.25]])
    """
    t = targets.astype(logits.dtype, copy=False)
    return logistic.reduced_losses(logits, t, "mean"), logistic.reduced_slopes(logits, t, "mean")
