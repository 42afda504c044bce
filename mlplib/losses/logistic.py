"""Binary cross-entropy, from logits and from probabilities, and its gradients.

Every output is a yes or no of its own, with target t = 1 or 0 (or a probability between them). From
logits everything is written in e = exp(−|z|), as the activations are, and nothing cancels.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray
from mlplib.functions.activations import decay
from mlplib.losses.reductions import (
    Reduction,
    divisor,
    fractions,
    matching,
    reduce_entries,
    without_nan,
)
from mlplib.pieces import pieces


def binary_cross_entropy_with_logits(
    logits: ArrayLike, targets: ArrayLike, *, reduction: Reduction = "mean"
) -> FloatArray:
    """Return −(t ln σ(z) + (1 − t) ln σ(−z)), reduced, from the logits z (S1-43 with ŷ = σ(z)).

    Computed as |z|·w + ln(1 + exp(−|z|)), where w, the *wrong* part of the target, is 1 − t for
    z ≥ 0 and t for z < 0. Nothing cancels: a confident right answer has a loss of exp(−|z|), not 0.

    Parameters
    ----------
    logits : array_like, any shape but empty; examples along axis 0
        Infinite logits give the limit.
    targets : array_like in [0, 1], the shape of `logits`
    reduction : {"mean", "batchmean", "sum", "none"}
        See `mlplib.losses.reductions`.

    Returns
    -------
    NumPy scalar, or for "none" an ndarray in the shape of `logits`

    Raises
    ------
    ValueError
        If the shapes differ, an array is empty or holds NaN, a target lies outside [0, 1], or the
        reduction is unknown.

    Examples
    --------
    >>> binary_cross_entropy_with_logits([-1000.0, 1000.0], [0.0, 0.5], reduction="none")
    array([  0., 500.])
    """
    logits = without_nan("logits", logits)
    targets = matching(fractions("targets", targets), logits, "logits")
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return reduced_losses(logits, targets, reduction)


def reduced_losses(logits: FloatArray, targets: FloatArray, reduction: Reduction) -> FloatArray:
    """Return the losses of logits and targets that are known to fit, reduced."""
    return reduce_entries(_by_pieces(_logistic_loss, logits, targets), reduction)


def _by_pieces(
    formula: Callable[[FloatArray, FloatArray], FloatArray], logits: FloatArray, targets: FloatArray
) -> FloatArray:
    """Return what a formula makes of logits and targets, entry by entry."""
    values = np.empty(logits.shape, logits.dtype)
    z, t, flat = logits.reshape(-1), targets.reshape(-1), values.reshape(-1)
    for some in pieces(z.size):
        flat[some] = formula(z[some], t[some])
    return values


def _logistic_loss(z: FloatArray, t: FloatArray) -> FloatArray:
    """Return |z|·w + ln(1 + exp(−|z|)) with w the wrong part of the target t."""
    wrong = np.abs(t - (z >= 0))
    loss: FloatArray = np.abs(z) * wrong
    if np.isinf(z).any():
        loss[wrong == 0] = 0  # ∞·0: a right answer costs nothing, however certain
    loss += np.log1p(decay(z))
    return loss


def binary_cross_entropy_with_logits_gradient(
    logits: ArrayLike, targets: ArrayLike, *, reduction: Reduction = "mean"
) -> FloatArray:
    """Return σ(z) − t divided as the reduction says.

    σ(z) − 1 would cancel for a confident right answer. With e and w as in the loss, the difference
    is ±(w − (1 − w)e) / (1 + e), positive for z ≥ 0: one term is 0 for every certain target.

    Parameters
    ----------
    logits, targets, reduction
        As for `binary_cross_entropy_with_logits`, errors included.

    Returns
    -------
    ndarray, the shape of `logits`

    Examples
    --------
    >>> binary_cross_entropy_with_logits_gradient([0.0, 50.0], [0.0, 1.0], reduction="sum")
    array([ 5.00000000e-01, -1.92874985e-22])
    """
    logits = without_nan("logits", logits)
    targets = matching(fractions("targets", targets), logits, "logits")
    with np.errstate(under="ignore"):
        return reduced_slopes(logits, targets, reduction)[()]


def reduced_slopes(logits: FloatArray, targets: FloatArray, reduction: Reduction) -> FloatArray:
    """Return the gradient of `reduced_losses`."""
    gradient = _by_pieces(_logistic_slope, logits, targets)
    gradient /= divisor(reduction, logits.shape)
    return gradient


def _logistic_slope(z: FloatArray, t: FloatArray) -> FloatArray:
    """Return σ(z) − t."""
    positive = z >= 0
    wrong = np.abs(t - positive)
    e = decay(z)
    size = (wrong - (1 - wrong) * e) / (1 + e)
    return np.where(positive, size, -size)


def binary_cross_entropy(
    probabilities: ArrayLike, targets: ArrayLike, *, reduction: Reduction = "mean"
) -> FloatArray:
    """Return −(t ln p + (1 − t) ln(1 − p)), reduced, from probabilities (S1-43, S0-04).

    A probability holds less than its logit: from 1 − 2⁻⁵⁴ on, p is rounded to 1 and the loss can
    only be 0 or ∞. Nothing is clipped here to hide that. Train from logits instead.

    Parameters
    ----------
    probabilities : array_like in [0, 1], any shape but empty; examples along axis 0
    targets : array_like in [0, 1], the shape of `probabilities`
        0·ln 0 counts as 0: a certain and right answer has loss 0, a certain and wrong one ∞.
    reduction : {"mean", "batchmean", "sum", "none"}
        See `mlplib.losses.reductions`; S0-04 is "batchmean", a sum over the classes.

    Returns
    -------
    NumPy scalar, or for "none" an ndarray in the shape of `probabilities`

    Raises
    ------
    ValueError
        If the shapes differ, an array is empty, an entry lies outside [0, 1], or the reduction is
        unknown.

    Examples
    --------
    >>> binary_cross_entropy([0.5, 0.0, 1.0], [1.0, 0.0, 0.0], reduction="none")
    array([0.69314718, 0.        ,        inf])
    """
    p = fractions("probabilities", probabilities)
    t = matching(fractions("targets", targets), p, "probabilities")
    with np.errstate(all="ignore"):
        hit = np.where(t > 0, t * np.log(p), 0)
        miss = np.where(t < 1, (1 - t) * np.log1p(-p), 0)
        return reduce_entries(0 - (hit + miss), reduction)


def binary_cross_entropy_gradient(
    probabilities: ArrayLike, targets: ArrayLike, *, reduction: Reduction = "mean"
) -> FloatArray:
    """Return (1 − t)/(1 − p) − t/p divided as the reduction says (S1-44, S0-12).

    Parameters
    ----------
    probabilities, targets, reduction
        As for `binary_cross_entropy`, errors included.

    Returns
    -------
    ndarray, the shape of `probabilities`
        Where the loss is ∞ the slope is ±∞.

    Examples
    --------
    >>> binary_cross_entropy_gradient([0.5, 0.0, 1.0], [1.0, 0.0, 0.0], reduction="sum")
    array([-2.,  1., inf])
    """
    p = fractions("probabilities", probabilities)
    t = matching(fractions("targets", targets), p, "probabilities")
    with np.errstate(all="ignore"):
        n = divisor(reduction, p.shape)
        hit = np.where(t > 0, t / (n * p), 0)
        miss = np.where(t < 1, (1 - t) / (n * (1 - p)), 0)
        gradient: FloatArray = miss - hit
        return gradient[()]
