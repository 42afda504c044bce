"""Whether a slope that central differences dispute is wrong, or the function bends too sharply.

Central differences at step h see a smooth f with an error of h²f‴/6. At a kink they see the mean of
two slopes, and where f turns within the step they see anything. Nine values across the step tell
these cases apart, so that the function is not blamed for a wrong slope, nor the slope for a kink.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mlplib.arguments import FloatArray, finite_array
from mlplib.proof.differentiate import CENTRAL_STEP


def room_for_bends(
    f: Callable[[Any], Any], x: FloatArray, place: Any, claimed: float, name: str
) -> float:
    """Return how far central differences may be off at x[place], by what a smaller step changes.

    Parameters
    ----------
    f : callable
        Array of the shape of `x` to one number.
    x : ndarray of float64, any shape
    place : tuple of int
        The entry in dispute.
    claimed : float
        The slope that is claimed there.
    name : str
        What the caller calls the entry, such as ``w[1]``.

    Returns
    -------
    float
        Twice the change of the slope from step h to h/2. For a smooth f the error is 4/3 of it.

    Raises
    ------
    ValueError
        If `f` is not finite within h, or the dispute may be its doing: a kink between whose two
        slopes the claim lies, or a slope that still changes by a hundredth from h to h/2.

    Examples
    --------
    >>> room_for_bends(lambda x: np.sin(x).sum(), np.array([1e3]), (0,), 0.56, "x[0]") < 1e-5
    True
    >>> room_for_bends(lambda x: np.abs(x).sum(), np.array([0.0]), (0,), 1.0, "x[0]")
    Traceback (most recent call last):
        ...
    ValueError: f has a kink within 6e-06 of x[0]: its slope is -1 to the left and 1 to the \
right, so no gradient can be compared there; move the parameters.
    """
    h = CENTRAL_STEP * max(1.0, abs(float(x[place])))
    values = np.empty(9)
    for k, step in enumerate(np.linspace(-h, h, values.size)):
        beside = x.copy()
        beside[place] += step
        values[k] = f(beside)
    finite_array(f"f within {h:.0e} of {name}", values)

    left, right = (values[1] - values[0]) / (h / 4), (values[-1] - values[-2]) / (h / 4)
    whole, half = (values[-1] - values[0]) / (2 * h), (values[-3] - values[2]) / h
    bends = np.abs(np.diff(values, 2))  # alike where f is smooth; one or two stand out at a kink
    between = abs(claimed - (left + right) / 2) <= 0.55 * abs(right - left)
    if bends.max() > 10 * np.median(bends) and between:
        raise ValueError(
            f"f has a kink within {h:.0e} of {name}: its slope is {left:.6g} to the left and "
            f"{right:.6g} to the right, so no gradient can be compared there; move the parameters."
        )
    change = abs(whole - half)
    rounding = 100 * np.finfo(np.float64).eps * float(np.abs(values).max()) / h
    unsettled = change > 0.01 * max(abs(whole), abs(half)) + rounding
    if unsettled and abs(claimed - whole) <= 100 * change:
        raise ValueError(
            f"f bends too sharply near {name} for central differences: its slope is {whole:.6g} at "
            f'a step of {h:.0e} and {half:.6g} at half of it; use method="complex" if f allows.'
        )
    return float(2 * change)
