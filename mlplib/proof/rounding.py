"""How far a slope may be off by rounding alone, where the terms that it is made of cancel.

At an optimum the exact gradient is 0, and what is computed is the rounding of terms that are not.
Their size is in neither the slopes nor f. It shows where the same slope is computed again in ways
that mean the same but round differently: with a step of another length off the real line, and with
every parameter moved by a few units in its last place. A right way of computing errs by about what
such a move does (it is right for data a little beside, as numerical analysts say), so a claim that
is nearer than some of these moves cannot be told from a right one.

A jump is no rounding: a slope that leaps at the smallest move, and no more at a larger one, stands
beside a kink, and the moves say nothing there.
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from mlplib.arguments import FloatArray

SlopeAt: TypeAlias = Callable[[dict[str, FloatArray], float], float]
"""Parameters, and a factor for the length of the step off the real line, to a slope."""

SAMPLES = 4
MARGIN = 16.0
"""How many times the largest move of the slope is allowed: so few samples may miss the worst."""
FURTHER = 16.0
"""How many times as far the parameters are moved to tell a jump from rounding."""


def room_for_rounding(slope_at: SlopeAt, theta: Mapping[str, FloatArray], eps: float) -> float:
    """Return how far a slope by complex step may be off by rounding.

    Parameters
    ----------
    slope_at : callable
        (parameters, factor) ↦ the slope, with a step `factor` times as long as usual.
    theta : mapping of str to ndarray of float64
        Where it is asked for.
    eps : float
        The rounding to allow for: that of the precision in which the claim was computed.

    Returns
    -------
    float

    Examples
    --------
    >>> def slope_at(theta, factor):  # of Σ (w − y)²/2 for y = 0.1, 0.2, 0.3
    ...     return float(sum(theta["w"] - y for y in (0.1, 0.2, 0.3)))
    >>> 1e-16 < room_for_rounding(slope_at, {"w": np.array(0.2)}, 2.2e-16) < 1e-13
    True
    """
    here = slope_at(dict(theta), 1.0)

    def largest(size: float) -> float:
        rng = np.random.default_rng(0)  # the same directions for every size
        moved = (
            slope_at(_moved(theta, size, rng), 1 + float(rng.random())) for _ in range(SAMPLES)
        )
        return max(abs(slope - here) for slope in moved)

    still = largest(0.0)
    near, far = largest(2 * eps), largest(2 * eps * FURTHER)
    jumps = near > FURTHER * still and far < FURTHER / 4 * near
    # Moves show the rounding of a claim in float64; one in float32 rounds so much more.
    steps = still * eps / np.finfo(np.float64).eps
    return MARGIN * (steps if jumps else max(steps, near))


def room_for_roundoff(slope_at: SlopeAt, theta: Mapping[str, FloatArray], eps: float) -> float:
    """Return how far a slope by central differences may be off by rounding, as the moves show it.

    Arguments as for `room_for_rounding`. Where f bends, the moves are as nothing to its own step.
    """
    rng = np.random.default_rng(0)
    here = slope_at(dict(theta), 1.0)
    moved = (slope_at(_moved(theta, 2 * eps, rng), 1.0) for _ in range(2 * SAMPLES))
    return 2 * max(abs(slope - here) for slope in moved)


def _moved(
    theta: Mapping[str, FloatArray], size: float, rng: np.random.Generator
) -> dict[str, FloatArray]:
    """Return the parameters, each moved by up to `size` of itself or of the largest of its kind."""
    if size == 0:
        return dict(theta)
    return {
        key: np.asarray(
            value + size * np.abs(value).max(initial=0) * rng.uniform(-1, 1, value.shape)
        )
        for key, value in theta.items()
    }
