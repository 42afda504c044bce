"""Inputs to try a function on: simple ones first, then seeded random, then saturated ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlplib.checks.code.calling import Probe

SATURATED = (20.0, -20.0, 40.0, -40.0, 800.0, -800.0)
"""Where exp, naive quotients and differences of nearly equal numbers lose their digits."""


AROUND_ZERO = (5e-324, 1e-300, 1e-9, 1e-3, 0.1, 0.3)
"""How far from a kink at 0 a function is tried."""

SIZES = (1e-9, 0.3, 9.0)
"""How large the entries of an argument are made in turn: a slip may hide where they are."""


def varied(probes: Sequence[Probe], free: Sequence[int]) -> tuple[Probe, ...]:
    """Return probes, and the last one with tiny, small, large, equal, negative entries and zeros.

    Parameters
    ----------
    probes : sequence of tuple
    free : sequence of int
        Which arguments are arrays or numbers that may have any real values.

    Examples
    --------
    >>> varied([(np.array([1.0, -2.0]),)], [0])[3][0]
    array([ 4.5, -9. ])
    """
    last = probes[-1]
    changed: list[Probe] = [
        _with(last, {place: _sized(last[place], size)}) for place in free for size in SIZES
    ]
    given = {place: np.asarray(last[place], dtype=float) for place in free}
    changed.append(_with(last, {place: np.zeros_like(a) for place, a in given.items()}))
    changed.append(_with(last, {place: np.ones_like(a) for place, a in given.items()}))
    changed.append(_with(last, {place: -np.abs(a) - 0.5 for place, a in given.items()}))
    return (*probes, *changed)


def _with(probe: Probe, values: dict[int, Any]) -> Probe:
    """Return a probe with other values at these places, numbers as floats."""
    return tuple(
        argument if place not in values else _as_given(values[place])
        for place, argument in enumerate(probe)
    )


def _as_given(value: Any) -> Any:
    return float(value) if np.ndim(value) == 0 else np.asarray(value)


def _sized(argument: Any, size: float) -> Any:
    """Return `argument` times a number, so that its largest entry has this size."""
    values = np.asarray(argument, dtype=float)
    largest = float(np.max(np.abs(values)))
    return values / largest * size if largest else np.full_like(values, size)


def around(kink: float = 0.0) -> tuple[Probe, ...]:
    """Return arrays with entries on both sides of a kink, as near as floats come, and of 3 axes.

    Examples
    --------
    >>> [probe[0].shape for probe in around()]
    [(12,), (2, 2, 3), (3,)]
    """
    sides = np.array([kink + sign * step for step in AROUND_ZERO for sign in (1, -1)])
    return (sides,), (sides[::-1].reshape(2, 2, 3).copy(),), (np.array([8.5, -9.0, 50.0]),)


def real_line(
    *,
    seed: int = 0,
    avoid: tuple[float, ...] = (),
    saturated: tuple[float, ...] = SATURATED,
    scalars: bool = True,
    integers: bool = False,
    single: bool = False,
) -> tuple[Probe, ...]:
    """Return arguments for a function of one real variable, elementwise over arrays.

    Parameters
    ----------
    seed : int
    avoid : tuple of float
        Kinks and jumps; no random point comes nearer to one than 0.01, and none is chosen itself.
    saturated : tuple of float
        Large arguments, at the end.
    scalars : bool
        Whether floats are tried too, not arrays only.
    integers, single : bool
        Also try an integer array and a float32 array.

    Returns
    -------
    tuple of 1-tuples
        Floats, then arrays of shapes (5,) and (2, 3).
    """
    rng = np.random.default_rng(seed)
    kinks = np.array(avoid)

    def draw(shape: tuple[int, ...]) -> np.ndarray:
        values = np.round(rng.uniform(-4.0, 4.0, shape), 3)
        for kink in kinks:
            values = np.where(np.abs(values - kink) < 0.01, kink + 0.5, values)
        return np.asarray(values)

    simple = [x for x in (0.0, 1.0, -1.0, 0.5, -2.0) if x not in avoid]
    arguments: list[object] = []
    if scalars:
        arguments += [*simple, *(float(v) for v in draw((3,)))]
    arguments += [np.array(simple), draw((5,)), draw((2, 3))]
    if integers:
        arguments.append(np.array([k for k in (-3, -1, 0, 1, 2) if float(k) not in avoid]))
    if single:
        arguments.append(draw((4,)).astype(np.float32))
    if scalars:
        arguments += list(saturated)
    if saturated:
        arguments.append(np.array(saturated))
    return tuple((argument,) for argument in arguments)
