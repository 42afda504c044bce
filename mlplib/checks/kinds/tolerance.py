"""When two numbers count as the same: a mixed tolerance, infinities and NaN equal to themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import isclose as _isclose  # a notebook may put another one in its place
from numpy.typing import NDArray


@dataclass(frozen=True)
class Tolerance:
    """Accept ``|got - expected| <= absolute + relative * |expected|``.

    Attributes
    ----------
    relative, absolute : float

    Examples
    --------
    >>> Tolerance(1e-6, 0.0).accepts([1.0, np.inf], [1.0 + 1e-9, np.inf])
    array([ True,  True])
    """

    relative: float
    absolute: float

    def accepts(self, expected: Any, got: Any) -> NDArray[np.bool]:
        """Return, entry by entry, whether `got` is near enough to `expected` (same shapes)."""
        with np.errstate(all="ignore"):
            e, g = np.asarray(expected, dtype=np.float64), np.asarray(got, dtype=np.float64)
            return np.asarray(_isclose(g, e, self.relative, self.absolute, equal_nan=True))

    def accepts_all(self, expected: Any, got: Any) -> bool:
        """Tell whether shapes agree and every entry is near enough."""
        return np.shape(expected) == np.shape(got) and bool(self.accepts(expected, got).all())

    def exported(self) -> dict[str, float]:
        """Return both for a page."""
        return {"relative": self.relative, "absolute": self.absolute}

    def distance(self, expected: Any, got: Any) -> float:
        """Return the largest difference of finite entries, inf where `accepts_all` does not hold.

        Examples
        --------
        >>> Tolerance(0.0, 0.5).distance([1.0, np.inf], [1.25, np.inf])
        0.25
        """
        if not self.accepts_all(expected, got):
            return np.inf
        e, g = np.asarray(expected, dtype=np.float64), np.asarray(got, dtype=np.float64)
        finite = np.isfinite(e)
        return float(np.max(np.abs(g[finite] - e[finite]), initial=0.0))


TYPED = Tolerance(1e-4, 1e-9)
"""For a number that a person rounds and types."""

COMPUTED = Tolerance(1e-7, 1e-12)
"""For what float64 code returns."""

SINGLE = Tolerance(1e-5, 1e-9)
"""For what code returns on float32 input."""
