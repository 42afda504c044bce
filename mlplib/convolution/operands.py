"""What convolution takes on images, held to shape and finiteness, and its quiet arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import finite_array, plain_array
from mlplib.convolution.patches import Array, images


def batch(name: str, x: ArrayLike) -> Array:
    """Return a batch of images as an array, once it is known to be one."""
    return images(name, finite(name, x))


def finite(name: str, x: ArrayLike) -> Array:
    """Return `x` as an array of finite numbers: real, or complex for the complex step."""
    array: Array = plain_array(name, x)
    if array.dtype.kind != "c":
        return finite_array(name, array)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, but holds infinities or NaN.")
    return array


def biases(bias: ArrayLike, filters: int) -> Array:
    """Return one bias for each filter.

    >>> biases([0.5, 1.0], filters=3)
    Traceback (most recent call last):
        ...
    ValueError: bias must have shape (3,), one for a filter, not (2,).
    """
    b = finite("bias", bias)
    if b.shape != (filters,):
        raise ValueError(f"bias must have shape ({filters},), one for a filter, not {b.shape}.")
    return b


def matrices(weight: Array, groups: int) -> Array:
    """Return each group's kernels as the rows of a matrix: (group, first axis, the others)."""
    return weight.reshape(groups, len(weight) // groups, -1)


def silent() -> np.errstate:
    """Silence what is no accident: a sum may be too large, a product too small."""
    return np.errstate(over="ignore", under="ignore", invalid="ignore")
