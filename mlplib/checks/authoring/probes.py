"""Inputs to try a function on: simple ones first, then seeded random, then saturated ones."""

from __future__ import annotations

import numpy as np

from mlplib.checks.code.calling import Probe

SATURATED = (20.0, -20.0, 40.0, -40.0, 800.0, -800.0)
"""Where exp, naive quotients and differences of nearly equal numbers lose their digits."""


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
