"""What counts as an array of real numbers or as an integer, and the sentence for what does not."""

from operator import index
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["FloatArray", "finite_array", "real_array", "whole"]

FloatArray: TypeAlias = NDArray[np.floating]


def real_array(name: str, x: ArrayLike) -> FloatArray:
    """Return `x` as an array of real numbers; float32 stays float32, ints and bools become float64.

    Parameters
    ----------
    name : str
        What the caller calls this argument; it opens the error's sentence.
    x : array_like, any shape
        Real numbers.

    Returns
    -------
    ndarray of float32 or float64, the shape of `x`
        The caller's own array where nothing had to change, so never write into it.

    Raises
    ------
    ValueError
        If `x` is ragged, or holds complex numbers, strings or objects. Half precision and long
        double are refused too: every accuracy stated in this package is for the other two.

    Examples
    --------
    >>> real_array("x", [1, 2])
    array([1., 2.])
    >>> real_array("x", [1 + 2j])
    Traceback (most recent call last):
        ...
    ValueError: x must hold real numbers (float32, float64, integers or booleans), not complex128.
    """
    try:
        array = np.asarray(x)
    except ValueError as error:
        raise ValueError(f"{name} must be an array with rows of equal length: {error}") from error
    if array.dtype.type is np.float32 or array.dtype.type is np.float64:
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    raise ValueError(
        f"{name} must hold real numbers (float32, float64, integers or booleans), "
        f"not {array.dtype}."
    )


def finite_array(name: str, x: ArrayLike) -> FloatArray:
    """Return `x` as `real_array` does, and refuse infinities and NaN.

    Parameters
    ----------
    name : str
        What the caller calls this argument.
    x : array_like, any shape
        Finite real numbers.

    Returns
    -------
    ndarray of float32 or float64, the shape of `x`

    Raises
    ------
    ValueError
        As `real_array`; and if an entry is not finite, with its value and its place.

    Examples
    --------
    >>> finite_array("x", [0, float("nan")])
    Traceback (most recent call last):
        ...
    ValueError: x must be finite, but x[1] is nan.
    """
    array = real_array(name, x)
    finite = np.isfinite(array)
    if not np.logical_and.reduce(finite, axis=None):  # as finite.all(), at half its price
        where = np.unravel_index(int(np.argmin(finite)), array.shape)
        place = f"{name}[{', '.join(str(int(i)) for i in where)}]" if where else name
        raise ValueError(f"{name} must be finite, but {place} is {array[where]}.")
    return array


def whole(name: str, value: Any, least: int = 1) -> int:
    """Return `value` as an int.

    Parameters
    ----------
    name : str
        What the caller calls this argument.
    value : int, or what stands for one, such as a NumPy integer
        No bool: ``True`` for 1 is far more often a slip than a number.
    least : int
        The smallest that is allowed.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If `value` is no integer, or below `least`.

    Examples
    --------
    >>> whole("stride", np.int64(2))
    2
    >>> whole("stride", -1)
    Traceback (most recent call last):
        ...
    ValueError: stride must be an integer of at least 1, not -1.
    """
    try:
        number = least - 1 if isinstance(value, bool) else index(value)
    except TypeError:
        number = least - 1
    if number < least:
        raise ValueError(f"{name} must be an integer of at least {least}, not {value!r}.")
    return number
