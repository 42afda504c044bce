"""From claimed and measured slopes to the verdict, and to the one line that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from mlplib.arguments import FloatArray
from mlplib.language import say
from mlplib.proof.differentiate import Method

TOLERANCES: dict[Method | Literal["float32"], tuple[float, float, float]] = {
    "complex": (1e-12, 4e-15, float(np.finfo(np.float64).eps)),
    "central": (1e-7, 1e-9, 1e-9),
    "float32": (1e-5, 2e-6, float(np.finfo(np.float32).eps)),
}
"""For each method the error allowed: relative to the entry, to the largest entry, and to |f|.

Complex step: both sides are right to rounding. 1e-12 leaves room for sums of some thousand terms;
an entry that cancels to less than 4e-15 of the largest, or to eps·|f|, has no digits to compare.
Where what cancels is larger than that, as at an optimum, `mlplib.proof.rounding` measures it.
Central differences err by h²f‴/6 + eps·|f|/h, about 1e-10 of the larger of slopes and |f|; where
they dispute an entry because f bends more than that, as it may at a large parameter and so a large
step, `room_for_bends` allows for it. A gradient that is claimed in float32 is right to float32's
rounding, and no other is asked of it by either method."""


@dataclass(frozen=True)
class GradientCheck:
    """What came out; true in a condition if the gradient is right, as in ``assert check``.

    Attributes
    ----------
    holds : bool
        Whether every entry is near enough.
    entries : int
        How many partial derivatives were compared: all of them.
    method : {"complex", "central"}
        The route that the claim was compared with.
    worst : str
        The entry that is furthest off, such as ``W1[2, 0]``.
    claimed : float
        The gradient's value there.
    measured : float
        The other route's.
    allowed : float
        How far apart the two may be there.
    single : bool
        Whether a gradient was claimed in float32, and so allowed the rounding of float32.
    """

    holds: bool
    entries: int
    method: Method
    worst: str
    claimed: float
    measured: float
    allowed: float
    single: bool = False

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        """Say it in one line."""
        return say(
            "gradient.found_single" if self.single else "gradient.found",
            verdict=say("gradient.right" if self.holds else "gradient.wrong"),
            entries=self.entries,
            method=say("gradient.complex" if self.method == "complex" else "gradient.central"),
            worst=self.worst,
            claimed=f"{self.claimed:.16g}",
            measured=f"{self.measured:.16g}",
            apart=f"{abs(self.claimed - self.measured):.1e}",
            allowed=f"{self.allowed:.1e}",
        )


def allowances(
    claimed: Mapping[str, FloatArray],
    measured: Mapping[str, FloatArray],
    value: float,
    method: Method,
) -> dict[str, FloatArray]:
    """Return for every entry how far claim and measurement may lie apart."""
    largest = max(float(np.abs(slopes).max(initial=0)) for slopes in measured.values())

    def allowed(key: str) -> FloatArray:
        tolerances = TOLERANCES[method]
        if claimed[key].dtype == np.float32:
            tolerances = tuple(np.maximum(tolerances, TOLERANCES["float32"]).tolist())
        relative, to_largest, to_value = tolerances
        floor = to_largest * largest + to_value * abs(value)
        return np.asarray(relative * np.abs(measured[key]) + floor)

    return {key: allowed(key) for key in measured}


def disputed(
    claimed: Mapping[str, FloatArray],
    measured: Mapping[str, FloatArray],
    allowed: Mapping[str, FloatArray],
) -> list[tuple[str, tuple[int, ...]]]:
    """Return the entries that lie further apart than allowed, the furthest first."""
    off = _off(claimed, measured, allowed)
    places = [(key, tuple(map(int, place))) for key in off for place in np.argwhere(off[key] > 1)]
    return sorted(places, key=lambda entry: -float(off[entry[0]][entry[1]]))


def _off(
    claimed: Mapping[str, FloatArray],
    measured: Mapping[str, FloatArray],
    allowed: Mapping[str, FloatArray],
) -> dict[str, FloatArray]:
    """Return how many times what is allowed each entry is off."""
    # Where both are 0, nothing is allowed and nothing is off.
    with np.errstate(over="ignore"):
        return {
            key: np.abs(claimed[key] - slopes) / np.maximum(allowed[key], np.finfo(np.float64).tiny)
            for key, slopes in measured.items()
        }


def verdict(
    claimed: Mapping[str, FloatArray],
    measured: Mapping[str, FloatArray],
    allowed: Mapping[str, FloatArray],
    method: Method,
) -> GradientCheck:
    """Return the check, told by the entry that is furthest off."""
    off = _off(claimed, measured, allowed)
    key = max(off, key=lambda key: float(off[key].max(initial=-1)))
    place = np.unravel_index(int(off[key].argmax()), off[key].shape)
    return GradientCheck(
        holds=bool(off[key][place] <= 1),
        entries=sum(slopes.size for slopes in measured.values()),
        method=method,
        worst=named(key, place),
        claimed=float(claimed[key][place]),
        measured=float(measured[key][place]),
        allowed=float(allowed[key][place]),
        single=any(slopes.dtype == np.float32 for slopes in claimed.values()),
    )


def named(key: str, place: tuple[Any, ...]) -> str:
    """Return what to call an entry, such as ``W1[2, 0]``."""
    return f"{key}[{', '.join(map(str, place))}]" if place else key
