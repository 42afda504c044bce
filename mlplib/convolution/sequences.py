"""Sequences of numbers, exact where they can be: what a convolution takes, and what not.

Floats and complex numbers are rounded. Integers and fractions are not: integers stay within 64
bits or are refused, where NumPy would wrap around without a word, and an object array of Python's
integers and fractions knows no bounds.
"""

from __future__ import annotations

from numbers import Rational
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import finite_array, plain_array

Numbers: TypeAlias = NDArray[Any]


def sequence(name: str, values: ArrayLike) -> Numbers:
    """Return a sequence of numbers of one kind, shape (n,) with n at least 1.

    Parameters
    ----------
    name : str
        What the caller calls this argument.
    values : array_like, shape (n,)

    Returns
    -------
    ndarray, shape (n,)
        float32, float64 (neither is searched for infinities or NaN), complex, int64, or an object
        array of integers and fractions.

    Raises
    ------
    ValueError
        If there is another number of axes, nothing, or something else; if a complex number is not
        finite; if an unsigned integer is too large for int64.

    Examples
    --------
    >>> sequence("x", np.array([200, 100], np.uint8))
    array([200, 100])
    """
    array: Numbers = values if type(values) is np.ndarray else plain_array(name, values)
    if array.dtype.char not in "fd":
        array = _other_numbers(name, array)
    if array.ndim != 1 or not array.size:
        raise ValueError(f"{name} must have shape (n,) with n at least 1, not {array.shape}.")
    return array


def _other_numbers(name: str, array: Numbers) -> Numbers:
    """Return integers as int64, fractions and complex numbers as they are, and nothing else."""
    kind = array.dtype.kind
    if kind == "O" and all(isinstance(number, Rational) for number in array.flat):
        return _without_bounds(array)
    if kind == "c":
        if not np.isfinite(array).all():
            raise ValueError(f"{name} must be finite, but holds infinities or NaN.")
        return array
    if kind not in "biu":
        raise ValueError(
            f"{name} must hold floats (of 32 or 64 bits), complex numbers, integers or fractions, "
            f"not {array.dtype}."
        )
    if kind == "u" and array.size and array.max() > np.iinfo(np.int64).max:
        raise ValueError(f"{name} must fit into 64 bits with a sign; give dtype=object instead.")
    return array.astype(np.int64)


def _without_bounds(array: Numbers) -> Numbers:
    """Return NumPy's integers in an object array as Python's, which no product wraps around."""
    if not any(isinstance(number, np.integer) for number in array.flat):
        return array
    plain = [int(number) if isinstance(number, np.integer) else number for number in array.flat]
    unbounded = np.empty(array.size, object)
    unbounded[:] = plain
    return unbounded.reshape(array.shape)


def require_finite(**sequences: Numbers) -> None:
    """Refuse floats that are infinite or NaN, by the name of their sequence."""
    for name, numbers in sequences.items():
        if numbers.dtype.kind == "f":
            finite_array(name, numbers)


def alike(x: Numbers, w: Numbers, names: str = "x and kernel") -> tuple[Numbers, Numbers]:
    """Bring two kinds of numbers together: fractions beside floats become floats.

    >>> from fractions import Fraction
    >>> alike(np.array([Fraction(1, 2)]), np.array([0.5]))
    (array([0.5]), array([0.5]))
    """
    exact = {x.dtype.kind, w.dtype.kind} <= {"i", "O"}
    kinds = [np.float64 if a.dtype == object and not exact else a.dtype for a in (x, w)]
    common = np.result_type(*kinds)
    try:
        return x.astype(common), w.astype(common)
    except OverflowError as error:
        raise ValueError(
            f"{names} must be small enough for {common}, as one of them holds floats; "
            "give fractions for numbers of any size."
        ) from error


def require_room(x: Numbers, w: Numbers, names: str = "x and kernel") -> None:
    """Refuse integers whose convolution might exceed 64 bits, where NumPy would wrap around."""
    largest = min(len(x), len(w))
    for array in (x, w):
        largest *= max(-int(array.min()), int(array.max()))
    if largest > np.iinfo(np.int64).max:
        raise ValueError(
            f"{names} must be small enough for 64 bits, but a sum might reach {largest}; "
            "give dtype=object for integers of any size."
        )
