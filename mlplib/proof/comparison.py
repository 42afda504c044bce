"""Two formulas held against each other, input by input."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from mlplib.numerals import show
from mlplib.proof.findings import Unit, VerificationError, Verified, name_inputs

Formula: TypeAlias = Callable[..., Any]


def hold(
    label: str,
    claim: Formula,
    against: Formula,
    tried: list[Any],
    domain: str,
    bound: float,
    unit: Unit,
    why: str,
    this: str = "the claim",
    other: str = "the other side",
) -> Verified:
    """Return the finding, if the two formulas agree on every input tried."""
    largest: Any = 0.0
    worst = tried[0]
    size_of_this = size_of_other = 0.0
    for arguments in tried:
        left = finite(label, this, claim, arguments)
        right = finite(label, other, against, arguments)
        if left.shape != right.shape:
            raise VerificationError(
                f"{label} compares different shapes at {name_inputs(claim, arguments)}: "
                f"{this} has {left.shape}, {other} {right.shape}."
            )
        off = distance(left, right, unit)
        if off > largest:
            largest, worst = off, arguments
        size_of_this = max(size_of_this, np.max(np.abs(left)))
        size_of_other = max(size_of_other, np.max(np.abs(right)))
    if largest > bound:
        raise VerificationError(
            f"{label} does not hold: at {name_inputs(claim, worst)} {this} gives "
            f"{show(numbers(label, this, called(claim, worst)))}, "
            f"{other} {show(numbers(label, other, called(against, worst)))}; "
            f"the {'' if unit == 'exact' else unit + ' '}error {float(largest):.4g} "
            f"is above the tolerance {bound:.4g}."
        )
    # Where one side is exactly 0 throughout, that is what the formula says: the other is rounding.
    if unit == "absolute" and size_of_this and 0 < size_of_other <= bound:
        raise VerificationError(
            f"{label} compares nothing: {other} is at most {float(size_of_other):.4g}, so 0 would "
            f'pass the tolerance {bound:.4g} as well; use unit="relative".'
        )
    return Verified(label, len(tried), domain, float(largest), bound, unit, why)


def called(formula: Formula, arguments: tuple[Any, ...]) -> Any:
    """Return what the formula gives for copies of its arguments: it may write into them.

    >>> import numpy as np
    >>> x = np.array([1.0, 2.0])
    >>> float(called(lambda v: np.cumsum(v, out=v)[-1], (x,))), x
    (3.0, array([1., 2.]))
    """
    return formula(*map(_copied, arguments))


def _copied(value: Any) -> Any:
    """Return the value with its own arrays, those in lists, tuples and dictionaries included."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(map(_copied, value))
    if type(value) is dict:
        return {key: _copied(entry) for key, entry in value.items()}
    return value


def numbers(label: str, side: str, value: Any) -> Any:
    """Return an array of floats, or of Python's exact numbers where the value is exact."""
    array = np.asarray(value)
    if array.dtype.kind == "f":
        return array.astype(np.float64)
    if array.dtype.kind in "biu":
        return array.astype(object)
    if array.dtype.kind == "O" and all(isinstance(v, int | Fraction) for v in array.flat):
        return array
    raise VerificationError(f"{label} compares real numbers, but {side} returned {array.dtype}.")


def is_finite(array: Any) -> bool:
    """Return whether all numbers are finite; exact ones always are."""
    return array.dtype == object or bool(np.isfinite(array).all())


def finite(label: str, side: str, formula: Formula, arguments: tuple[Any, ...]) -> Any:
    """Return what the formula gives, if that is at least one number and all are finite."""
    array = numbers(label, side, called(formula, arguments))
    if array.size == 0:
        raise VerificationError(f"{label} compares nothing: {side} is empty.")
    if not is_finite(array):
        raise VerificationError(
            f"{label} compares finite numbers, but at {name_inputs(formula, arguments)} "
            f"{side} is {show(array)}."
        )
    return array


def distance(left: Any, right: Any, unit: Unit) -> Any:
    """Return how far two arrays of one shape lie apart at most, exactly where both are exact."""
    difference = np.max(np.abs(left - right))
    if unit != "relative" or difference == 0:
        return difference
    size = np.max(np.abs(right))
    return difference / size if size else np.inf
