"""The plainest loss: squared error, entry by entry, reduced as `mlplib.losses.reductions` says."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, finite_array
from mlplib.losses.reductions import Reduction, divisor, matching, reduce_entries


def mse(outputs: ArrayLike, targets: ArrayLike, *, reduction: Reduction = "mean") -> FloatArray:
    """Return the squared error (ŷ − y)², reduced.

    "mean" is (1/nd)·Σ(ŷ − y)² over n examples with d outputs each (S4-A2e.1), "batchmean" is
    (1/n)·Σ‖ŷ − y‖², and "sum" is Σ‖ŷ − y‖² (S1-02). S1-01 calls the last one MSE, but nothing is
    averaged in it.

    Parameters
    ----------
    outputs : array_like of finite numbers, any shape but empty; examples along axis 0
    targets : array_like of finite numbers, the shape of `outputs`
    reduction : {"mean", "batchmean", "sum", "none"}
        See `mlplib.losses.reductions`.

    Returns
    -------
    NumPy scalar, or for "none" an ndarray in the shape of `outputs`

    Raises
    ------
    ValueError
        If the shapes differ, an array is empty or not finite, a target is too large for float32
        outputs, or the reduction is unknown.

    Examples
    --------
    >>> mse([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 6.0]])
    np.float64(1.0)
    >>> mse([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 6.0]], reduction="batchmean")
    np.float64(2.0)
    """
    outputs = finite_array("outputs", outputs)
    targets = matching(finite_array("targets", targets, outputs.dtype), outputs, "outputs")
    with np.errstate(over="ignore", under="ignore"):
        return reduced_squares(outputs - targets, reduction)


def mse_gradient(
    outputs: ArrayLike, targets: ArrayLike, *, reduction: Reduction = "mean"
) -> FloatArray:
    """Return ∂mse/∂ŷ = 2(ŷ − y) divided as the reduction says (S1-04).

    Parameters
    ----------
    outputs, targets, reduction
        As for `mse`, errors included.

    Returns
    -------
    ndarray, the shape of `outputs`

    Examples
    --------
    >>> mse_gradient([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 6.0]])
    array([[ 0.,  0.],
           [ 0., -1.]])
    """
    outputs = finite_array("outputs", outputs)
    targets = matching(finite_array("targets", targets, outputs.dtype), outputs, "outputs")
    with np.errstate(over="ignore", under="ignore"):
        return reduced_slopes(outputs - targets, reduction)


def reduced_squares(errors: FloatArray, reduction: Reduction) -> FloatArray:
    """Return (ŷ − y)², reduced, given ŷ − y."""
    return reduce_entries(errors**2, reduction)


def reduced_slopes(errors: FloatArray, reduction: Reduction) -> FloatArray:
    """Return 2(ŷ − y), divided as the reduction says, given ŷ − y."""
    return errors / (divisor(reduction, errors.shape) / 2)
