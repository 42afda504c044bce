"""What counts as an array of numbers or as an integer, and what is said of the rest."""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

import math
from operator import index
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

FloatArray: TypeAlias = NDArray[np.floating]


def plain_array(name: str, x: ArrayLike) -> NDArray[Any]:
    """Return `x` as an array of any kind, with every entry of it in plain sight.

    Parameters
    ----------
    name : str
        What the caller calls this argument; it opens the error's sentence.
    x : array_like, any shape

    Returns
    -------
    ndarray, the shape of `x`

    Raises
    ------
    ValueError
        If `x` is ragged, or a masked array with masked entries: NumPy would take them for numbers.

    Examples
    --------
    >>> plain_array("labels", [[0], [1, 2]])
    Traceback (most recent call last):
        ...
    ValueError: labels must be an array with rows of equal length.
    """
    subclass = isinstance(x, np.ndarray) and type(x) is not np.ndarray
    if subclass and np.ma.is_masked(x):  # asked of no other, as numpy.ma is slow to load
        raise ValueError(f"{name} must have no masked entries; fill them or leave them out.")
    try:
        return np.asarray(x)
    except ValueError as error:
        raise ValueError(f"{name} must be an array with rows of equal length.") from error


def real_array(name: str, x: ArrayLike) -> FloatArray:
    """Return `x` as an array of real numbers; float32 stays float32, ints and bools become float64.

    Parameters
    ----------
    name : str
        What the caller calls this argument.
    x : array_like, any shape
        Real numbers.

    Returns
    -------
    ndarray of float32 or float64, the shape of `x`
        The caller's own array where nothing had to change, so never write into it.

    Raises
    ------
    ValueError
        As `plain_array`; and if `x` holds complex numbers, strings or objects. Half precision and
        long double are refused too: every accuracy stated in this package is for the other two.

    Examples
    --------
    >>> real_array("x", [1, 2])
    array([1., 2.])
    >>> real_array("x", [1 + 2j])
    Traceback (most recent call last):
        ...
    ValueError: x must hold real numbers (float32, float64, integers or booleans), not complex128.
    """
    array = x if type(x) is np.ndarray else plain_array(name, x)
    if array.dtype.type is np.float32 or array.dtype.type is np.float64:
        return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    raise ValueError(
        f"{name} must hold real numbers (float32, float64, integers or booleans), "
        f"not {array.dtype}."
    )


def finite_array(name: str, x: ArrayLike, dtype: DTypeLike | None = None) -> FloatArray:
    """Return `x` as `real_array` does, and refuse infinities and NaN.

    Parameters
    ----------
    name : str
        What the caller calls this argument.
    x : array_like, any shape
        Finite real numbers.
    dtype : float32 or float64, optional
        The precision to bring `x` to, in which it has to be finite as well.

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
    >>> finite_array("x", [0, 1e39], np.float32)
    Traceback (most recent call last):
        ...
    ValueError: x must be finite in float32, but x[1] is 1e+39.
    """
    given = array = real_array(name, x)
    if dtype is not None and given.dtype != dtype:
        with np.errstate(over="ignore", under="ignore"):
            array = given.astype(dtype)
    finite = np.isfinite(array)
    if not np.logical_and.reduce(finite, axis=None):  # as finite.all(), at half its price
        where = np.unravel_index(int(np.argmin(finite)), array.shape)
        place = f"{name}[{', '.join(str(int(i)) for i in where)}]" if where else name
        within = f" in {array.dtype}" if np.isfinite(given[where]) else ""
        raise ValueError(f"{name} must be finite{within}, but {place} is {given[where]}.")
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


def within(value: float, least: float, below: float = math.inf) -> bool:
    """Return whether `value` is one number from `least` up to `below`, which is left out.

    >>> within(0.5, 0, 1), within(1, 0, 1), within("a", 0)
    (True, False, False)
    """
    try:
        return bool(least <= value < below)
    except (TypeError, ValueError):  # no number, or an array of several
        return False


def generator(name: str, rng: Any) -> np.random.Generator:
    """Return `rng` itself, once it is known to be a generator of random numbers.

    >>> generator("rng", 42)
    Traceback (most recent call last):
        ...
    ValueError: rng must be a numpy.random.Generator, such as numpy.random.default_rng(0), not 42.
    """
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy.random.Generator, such as numpy.random.default_rng(0), "
            f"not {rng!r}."
        )
    return rng
