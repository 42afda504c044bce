"""What losses that compare entry by entry have in common: how entries become one number.

Such a loss is first one number for each entry; its `reduction` then says what is made of these
numbers:

=============  ==========================================  ================================
"mean"         the mean over all entries                   PyTorch's default; S4-A2e.1
"batchmean"    the sum over the entries of one example,    the loss of an example, averaged
               then the mean over the n examples           over the batch: S0-04, S4-Q2i
"sum"          the sum over all entries                    S1-02
"none"         nothing: one loss for each entry            S1-43
=============  ==========================================  ================================

The sources differ in nothing else so often (X-02). A gradient has the shape of the outputs and the
divisor of its reduction; that of "none" is the slope of each entry's own loss.

Outputs and targets have one and the same shape. A column (n, 1) against a row (n,) would be
broadcast to (n, n) by NumPy and would train, wrongly and without a word, so it is refused.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, real_array

Reduction: TypeAlias = Literal["mean", "batchmean", "sum", "none"]


def reduce_entries(losses: FloatArray, reduction: Reduction) -> FloatArray:
    """Return the losses of all entries as one number, or as they are for "none"."""
    n = divisor(reduction, losses.shape)
    if reduction == "none":
        return losses[()]
    total: FloatArray = losses.sum()
    if not np.isfinite(total):  # where the sum is too large, the mean need not be
        total, n = (losses / n).sum(), 1
    return total / n


def divisor(reduction: Reduction, shape: tuple[int, ...]) -> int:
    """Return the number by which the sum over all entries is divided."""
    match reduction:
        case "mean":
            return int(np.prod(shape))
        case "batchmean":
            return shape[0] if shape else 1
        case "sum" | "none":
            return 1
    raise ValueError(f'reduction must be "mean", "batchmean", "sum" or "none", not {reduction!r}.')


def matching(targets: FloatArray, outputs: FloatArray, name: str) -> FloatArray:
    """Return targets in the dtype of the outputs, which are called `name`, if the shapes agree."""
    if targets.shape != outputs.shape:
        raise ValueError(
            f"{name} and targets must have one and the same shape, "
            f"but {name} has {outputs.shape} and targets has {targets.shape}."
        )
    if outputs.size == 0:
        raise ValueError(
            f"{name} must hold at least one example, but its shape is {outputs.shape}."
        )
    with np.errstate(under="ignore"):
        return targets.astype(outputs.dtype, copy=False)


def without_nan(name: str, x: ArrayLike) -> FloatArray:
    """Return numbers, infinite ones included."""
    array = real_array(name, x)
    if np.isnan(array).any():
        raise ValueError(f"{name} must not hold NaN.")
    return array


def fractions(name: str, x: ArrayLike) -> FloatArray:
    """Return numbers from 0 to 1."""
    array = real_array(name, x)
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        outside = array[~((array >= 0) & (array <= 1))]
        raise ValueError(f"{name} must lie in [0, 1], but one entry is {outside[0]}.")
    return array
