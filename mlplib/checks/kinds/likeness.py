"""In what a wrong number resembles the right one, or a wrong one that is known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.kinds.tolerance import TYPED, Tolerance
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, wrong


def first(condition: Any) -> tuple[int, ...]:
    """Return the index of the first true entry."""
    return tuple(int(i) for i in np.argwhere(condition)[0])


def entry_text(entry: tuple[int, ...]) -> str:
    """Return an index as it is typed.

    Examples
    --------
    >>> entry_text((1, 2)), entry_text(())
    ('[1, 2]', '[()]')
    """
    return f"[{', '.join(map(str, entry)) or '()'}]"


def nearest(tolerance: Tolerance, got: Any, known: Sequence[Misconception]) -> Finding | None:
    """Return the misconception whose wrong value is nearest to `got`, within tolerance."""
    matches = [m for m in known if tolerance.accepts_all(m.wrong, got)]
    if not matches:
        return None
    best = min(matches, key=lambda m: tolerance.distance(m.wrong, got))
    return wrong(f"misconception.{best.key}")


def joined(got: NDArray[Any], expected: NDArray[Any]) -> NDArray[Any] | None:
    """Return the decimals of somebody who types 0,5 for 0.5, which makes two numbers of each."""
    whole = got.dtype.kind in "iu" and got.ndim == 1 and got.size == 2 * expected.size
    if not whole or (got[1::2] < 0).any():
        return None
    return np.array([float(f"{a}.{b}") for a, b in got.reshape(-1, 2)])


def is_multiple(expected: float, factor: float, got: float) -> bool:
    """Tell whether `got` is the right number times `factor`, as exactly as people type."""
    return bool(expected) and TYPED.accepts_all(expected * factor, got)


def direction(expected: float, got: float) -> str:
    """Return the key of what can be told about a wrong number without telling the right one."""
    likeness = 1e-3 * abs(expected)
    if abs(got + expected) <= likeness < abs(got):
        return "number.sign"
    if any(abs(got * factor - expected) <= likeness < abs(got) for factor in (10.0, 0.1)):
        return "number.point"
    if is_rounded(expected, got):
        return "number.digits"
    return "number.low" if got < expected else "number.high"


def is_rounded(expected: float, got: float) -> bool:
    """Tell whether `got` is `expected`, rounded or cut off where its own decimals end.

    Examples
    --------
    >>> [is_rounded(4.5951, got) for got in (4.6, 4.59, 4.58, 5.0)]
    [True, True, False, False]
    """
    if not np.isfinite([got, expected]).all():
        return False
    # As decimals, exactly: 2 − 1.999 is less than 0.001 for floats.
    typed, wanted = Decimal(repr(float(got))), Decimal(repr(float(expected)))
    exponent = typed.normalize().as_tuple().exponent
    unit = Fraction(10) ** min(int(exponent), 0)
    gap = abs(Fraction(wanted) - Fraction(typed))
    cut = gap < unit and abs(got) < abs(expected)
    return (gap <= unit / 2 or cut) and float(gap) < 0.02 * abs(expected)


def roundings(expected: Any, got: Any) -> NDArray[np.bool]:
    """Tell, entry by entry of the same shape, whether `got` is `expected` or a rounding of it."""
    pairs = zip(np.ravel(expected), np.ravel(got), strict=True)
    found = [TYPED.accepts_all(e, g) or is_rounded(float(e), float(g)) for e, g in pairs]
    return np.array(found, dtype=bool).reshape(np.shape(expected))


def rounded_slip(got: Any, known: Sequence[Misconception]) -> Finding | None:
    """Return the misconception of which `got` is a rounding, with a decimal point somewhere.

    A whole number or a single digit may be anything: 3 is not told to be the rounding of 3.01.
    """
    values = np.asarray(got, dtype=np.float64)
    if not np.isfinite(values).all():
        return None
    for misconception in known:
        version = np.asarray(misconception.wrong, dtype=np.float64)
        if version.shape != values.shape or not np.isfinite(version).all():
            continue
        exact = TYPED.accepts(version, values)
        rounds = roundings(version, values) & _have_decimals(values)
        if (exact | rounds).all():
            return wrong(f"misconception.{misconception.key}")
    return None


def _have_decimals(values: NDArray[np.float64]) -> NDArray[np.bool]:
    """Tell which numbers have two digits at least, some of them behind the point."""
    digits = [len(Decimal(repr(float(v))).normalize().as_tuple().digits) for v in values.flat]
    found = (values % 1 != 0) & (np.reshape(digits, values.shape) > 1)
    return np.asarray(found, dtype=bool)


def relative(expected: float, got: float) -> tuple[str, str] | None:
    """Return that `got` is twice or half of `expected`, 1 divided by it, or its percentage.

    Returns
    -------
    (str, str) or None
        The key of the sentence, and the factor that it names.
    """
    for factor, text in ((2.0, "2"), (0.5, "1/2")):
        if is_multiple(expected, factor, got):
            return "number.factor", text
    if abs(expected) not in (0.0, 1.0) and TYPED.accepts_all(1 / expected, got):
        return "number.turned", ""
    if abs(expected) <= 1 and is_multiple(expected, 100.0, got):
        return "number.percent", ""
    return None
