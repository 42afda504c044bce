"""Inputs to try a formula on: what to draw, from where, and which simple points lie among it.

Each function returns a recipe for `verify` and `refute`, and no array: an array of random numbers
comes from ``numpy.random.default_rng(0).uniform(…)``, one of evenly spaced numbers from
``numpy.linspace``.

An exact input is a number of Python's, int or `fractions.Fraction`, or an array of these, so that
arithmetic with it stays exact however large the numbers become.
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from fractions import Fraction
from numbers import Integral, Real
from typing import Any

import numpy as np

from mlplib.arguments import whole
from mlplib.language import say
from mlplib.proof.drawing import Shape, objects, simple_inputs, unwrapped, whole_numbers
from mlplib.proof.trials import Inputs

LARGEST_NUMBER = 2.0**1023  # the difference of two is a float as well
LARGEST_INTEGER = 2**63 - 1
LARGEST_RATIONAL = 2**48  # a float tells all numerators over 12 apart


def uniform(low: float, high: float, n: int = 200, shape: Shape = ()) -> Inputs:
    """Return inputs that are uniform in [low, high].

    An array comes from ``numpy.random.default_rng(0).uniform``; this is a recipe for `verify`.

    Parameters
    ----------
    low, high : float
        Finite, and low < high.
    n : int
        How many inputs.
    shape : tuple of int
        The shape of each; () for single numbers.

    Returns
    -------
    Inputs

    Raises
    ------
    ValueError
        If `n` is no positive integer, `shape` no tuple of integers, or `low` and `high` are no
        finite numbers with low < high.

    Examples
    --------
    >>> len(uniform(0, 1, n=7).draw(np.random.default_rng(0)))
    7
    """
    _require_numbers(n, shape)
    _require_interval(low, high, Real, LARGEST_NUMBER)
    return Inputs(
        _domain(shape, "inputs.uniform", low=f"{low:g}", high=f"{high:g}"),
        lambda rng: [unwrapped(rng.uniform(low, high, shape)) for _ in range(n)],
        simple_inputs(shape, np.float64, low, high),
    )


def normal(shape: Shape = (), n: int = 200) -> Inputs:
    """Return inputs from the standard normal distribution.

    An array comes from ``numpy.random.default_rng(0).standard_normal``; this is a recipe for
    `verify`.

    Parameters
    ----------
    shape : tuple of int
        The shape of each; () for single numbers.
    n : int
        How many inputs.

    Returns
    -------
    Inputs

    Raises
    ------
    ValueError
        If `n` is no positive integer, or `shape` no tuple of integers.

    Examples
    --------
    >>> normal((2, 3))
    Inputs('of shape (2, 3) from the standard normal')
    """
    _require_numbers(n, shape)
    return Inputs(
        _domain(shape, "inputs.normal"),
        lambda rng: [unwrapped(rng.standard_normal(shape)) for _ in range(n)],
        simple_inputs(shape, np.float64),
    )


def grid(low: float, high: float, n: int = 201) -> Inputs:
    """Return evenly spaced numbers from low to high, both included.

    An array comes from ``numpy.linspace``; this is a recipe for `verify`.

    Parameters
    ----------
    low, high : float
        Finite, and low < high.
    n : int
        How many inputs.

    Returns
    -------
    Inputs

    Raises
    ------
    ValueError
        As `uniform`.

    Examples
    --------
    >>> [float(x) for x in grid(0, 1, n=3).draw(np.random.default_rng(0))]
    [0.0, 0.5, 1.0]
    """
    _require_numbers(n)
    _require_interval(low, high, Real, LARGEST_NUMBER)
    return Inputs(
        _domain((), "inputs.grid", low=f"{low:g}", high=f"{high:g}"),
        lambda rng: list(np.linspace(low, high, n)),
        simple_inputs((), np.float64, low, high),
    )


def integers(low: int, high: int, n: int = 200, shape: Shape = ()) -> Inputs:
    """Return exact whole numbers from low to high, both included.

    An array comes from ``numpy.random.default_rng(0).integers``; this is a recipe for `verify`.

    Parameters
    ----------
    low, high : int
        low < high, both of at most 63 bits.
    n : int
        How many inputs.
    shape : tuple of int
        The shape of each; () for single numbers.

    Returns
    -------
    Inputs

    Raises
    ------
    ValueError
        As `uniform`; and if `low` or `high` is no integer.

    Examples
    --------
    >>> integers(-9, 9)
    Inputs('among the integers from -9 to 9')
    """
    _require_numbers(n, shape)
    _require_interval(low, high, Integral, LARGEST_INTEGER)
    return Inputs(
        _domain(shape, "inputs.integers", low=low, high=high),
        lambda rng: [whole_numbers(rng, low, high, shape) for _ in range(n)],
        simple_inputs(shape, int, low, high),
    )


def rationals(low: int, high: int, n: int = 200, shape: Shape = ()) -> Inputs:
    """Return exact fractions in [low, high] with denominators up to 12.

    Parameters
    ----------
    low, high : int
        low < high, both of at most 48 bits.
    n : int
        How many inputs.
    shape : tuple of int
        The shape of each; () for single numbers.

    Returns
    -------
    Inputs

    Raises
    ------
    ValueError
        As `integers`.

    Examples
    --------
    >>> rationals(0, 1, n=1).draw(np.random.default_rng(0))
    [Fraction(3, 11)]
    """
    _require_numbers(n, shape)
    _require_interval(low, high, Integral, LARGEST_RATIONAL)
    low, high = int(low), int(high)

    def one(rng: np.random.Generator) -> Any:
        below = whole_numbers(rng, 1, 12, shape)
        draws = rng.random(shape)
        if shape == ():
            return Fraction(low * below + int(draws * ((high - low) * below + 1)), below)
        above = [
            low * q + int(u * ((high - low) * q + 1))
            for q, u in zip(below.ravel(), draws.ravel(), strict=True)
        ]
        return objects(map(Fraction, above, below.ravel()), shape)

    return Inputs(
        _domain(shape, "inputs.rationals", low=low, high=high),
        lambda rng: [one(rng) for _ in range(n)],
        simple_inputs(shape, Fraction, low, high),
    )


# What the recipes ask of their arguments


def _require_numbers(n: int, shape: Shape = ()) -> None:
    whole("n", n)
    if not isinstance(shape, tuple):
        raise ValueError(f"shape must be a tuple of integers, such as (3,), not {shape!r}.")
    for axis, size in enumerate(shape):
        whole(f"shape[{axis}]", size, least=0)


def _require_interval(low: Any, high: Any, kind: type, largest: float) -> None:
    for name, value in (("low", low), ("high", high)):
        is_number = isinstance(value, kind) and not isinstance(value, bool)
        if not (is_number and -largest <= value <= largest):
            word = "an integer" if kind is Integral else "a number"
            raise ValueError(
                f"{name} must be {word} from {-largest:.0e} to {largest:.0e}, not {value!r}."
            )
    if not low < high:
        raise ValueError(f"low must be less than high, but low is {low} and high is {high}.")


def _domain(shape: Shape, key: str, **parts: object) -> str:
    """Return where inputs lie, in words."""
    rest = say(key, **parts)
    return say("inputs.shaped", shape=shape, rest=rest) if shape else rest
