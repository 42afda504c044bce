"""Inputs to try a formula on: what to draw, from where, and which simple points lie among it."""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, product
from typing import Any, TypeAlias

import numpy as np

__all__ = ["Inputs", "Values", "combine", "grid", "integers", "normal", "rationals", "uniform"]

Shape: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Inputs:
    """A recipe for inputs. Nothing is drawn before a check asks, with a generator of its own.

    Examples
    --------
    >>> uniform(-6, 6, n=3, shape=(2,))
    Inputs('of shape (2,) in [-6, 6]')
    >>> [float(x) for x in uniform(-6, 6).simple[:5]]
    [0.0, 1.0, -1.0, 2.0, -2.0]
    """

    domain: str
    """Words for where the inputs lie; they follow "200 inputs"."""
    draw: Callable[[np.random.Generator], list[Any]] = field(repr=False)
    """Generator ↦ list of inputs."""
    simple: tuple[Any, ...] = field(default=(), repr=False)
    """Small whole-number inputs from the same domain, the simplest first."""

    def __repr__(self) -> str:
        """Say where the inputs lie."""
        return f"Inputs({self.domain!r})"


Values: TypeAlias = Inputs | Sequence[Any] | np.ndarray[Any, Any]


def uniform(low: float, high: float, n: int = 200, shape: Shape = ()) -> Inputs:
    """Return `n` inputs of the given shape, uniform in [low, high].

    Raises
    ------
    ValueError
        If `n` < 1, or not low < high.

    Examples
    --------
    >>> len(uniform(0, 1, n=7).draw(np.random.default_rng(0)))
    7
    """
    _require(n, low, high)
    return Inputs(
        f"{_of_shape(shape)}in [{low:g}, {high:g}]",
        lambda rng: [_unwrap(rng.uniform(low, high, shape)) for _ in range(n)],
        _simple(shape, np.float64, low, high),
    )


def normal(shape: Shape = (), n: int = 200) -> Inputs:
    """Return `n` inputs of the given shape, standard normal.

    Raises
    ------
    ValueError
        If `n` < 1.

    Examples
    --------
    >>> normal((2, 3))
    Inputs('of shape (2, 3) from the standard normal')
    """
    _require(n)
    return Inputs(
        f"{_of_shape(shape)}from the standard normal",
        lambda rng: [_unwrap(rng.standard_normal(shape)) for _ in range(n)],
        _simple(shape, np.float64),
    )


def grid(low: float, high: float, n: int = 201) -> Inputs:
    """Return `n` evenly spaced numbers from low to high, both included.

    Raises
    ------
    ValueError
        If `n` < 1, or not low < high.

    Examples
    --------
    >>> [float(x) for x in grid(0, 1, n=3).draw(np.random.default_rng(0))]
    [0.0, 0.5, 1.0]
    """
    _require(n, low, high)
    return Inputs(
        f"evenly spaced in [{low:g}, {high:g}]",
        lambda rng: list(np.linspace(low, high, n)),
        _simple((), np.float64, low, high),
    )


def integers(low: int, high: int, n: int = 200, shape: Shape = ()) -> Inputs:
    """Return `n` inputs of whole numbers from low to high, both included.

    A single number is a Python int and an array holds Python ints, so arithmetic is exact however
    large the numbers become.

    Raises
    ------
    ValueError
        If `n` < 1, or not low < high.

    Examples
    --------
    >>> integers(-9, 9)
    Inputs('among the integers from -9 to 9')
    """
    _require(n, low, high)
    return Inputs(
        f"{_of_shape(shape)}among the integers from {low} to {high}",
        lambda rng: [_whole(rng, low, high, shape) for _ in range(n)],
        _simple(shape, int, low, high),
    )


def rationals(low: int, high: int, n: int = 200, shape: Shape = ()) -> Inputs:
    """Return `n` inputs of fractions in [low, high] with denominators up to 12, for exact checks.

    A single number is a `fractions.Fraction`, and an array holds them.

    Raises
    ------
    ValueError
        If `n` < 1, or not low < high.

    Examples
    --------
    >>> rationals(0, 1, n=1).draw(np.random.default_rng(0))
    [Fraction(3, 11)]
    """
    _require(n, low, high)

    def one(rng: np.random.Generator) -> Any:
        below = _whole(rng, 1, 12, shape)
        draws = rng.random(shape)
        if shape == ():
            return Fraction(low * below + int(draws * ((high - low) * below + 1)), below)
        above = [
            low * q + int(u * ((high - low) * q + 1))
            for q, u in zip(below.ravel(), draws.ravel(), strict=True)
        ]
        return _objects(map(Fraction, above, below.ravel()), shape)

    return Inputs(
        f"{_of_shape(shape)}among the fractions in [{low}, {high}]",
        lambda rng: [one(rng) for _ in range(n)],
        _simple(shape, Fraction, low, high),
    )


def combine(inputs: Values | tuple[Values, ...], label: str) -> tuple[str, list[Any], list[Any]]:
    """Return the domain in words, the given argument tuples and the simple ones.

    Parameters
    ----------
    inputs : Inputs, list or array of inputs, or a tuple of these with one for each argument
    label : str
        Seeds the draws: the same label draws the same inputs every time, and every argument and
        every other label draws others.

    Returns
    -------
    domain : str
    given : list of tuple, one tuple of arguments for each input
    simple : list of tuple, the simplest first

    Raises
    ------
    ValueError
        If there is no input, or the arguments do not have equally many.
    """
    each = inputs if isinstance(inputs, tuple) else (inputs,)
    columns: list[list[Any]] = []
    for position, values in enumerate(each):
        rng = np.random.default_rng([position, *label.encode()])
        columns.append(values.draw(rng) if isinstance(values, Inputs) else list(values))
    counts = [len(column) for column in columns]
    if not counts or min(counts) == 0:
        raise ValueError(f"inputs must hold at least one input, but their numbers are {counts}.")
    if len(set(counts)) > 1:
        raise ValueError(f"inputs must hold equally many for each argument, not {counts}.")
    given = list(zip(*columns, strict=True))
    simple = [v.simple if isinstance(v, Inputs) else () for v in each]
    indexed = product(*(enumerate(values) for values in simple))
    ordered = sorted(indexed, key=lambda pairs: sum(index for index, _ in pairs))
    domain = "; ".join(v.domain if isinstance(v, Inputs) else "as listed" for v in each)
    return domain, given, [tuple(value for _, value in pairs) for pairs in ordered]


def _require(n: int, low: float = 0, high: float = 1) -> None:
    if n < 1:
        raise ValueError(f"n must be at least 1, not {n}.")
    if not low < high:
        raise ValueError(f"low must be less than high, but low is {low} and high is {high}.")


def _of_shape(shape: Shape) -> str:
    return f"of shape {shape} " if shape else ""


def _unwrap(x: Any) -> Any:
    """Return an array as it is, a lone number as a NumPy scalar (as array functions do)."""
    return np.asarray(x)[()]


def _objects(values: Iterable[Any], shape: Shape) -> Any:
    array = np.empty(shape, dtype=object)
    array.reshape(-1)[:] = list(values)
    return array


def _whole(rng: np.random.Generator, low: int, high: int, shape: Shape) -> Any:
    numbers = rng.integers(low, high, shape, endpoint=True)
    return int(numbers) if shape == () else _objects(map(int, numbers.ravel()), shape)


def _simple(shape: Shape, kind: Any, low: float = -np.inf, high: float = np.inf) -> Any:
    """Return 0, the first unit vector, ones, 1 2 3 … and their negatives, as far as in range."""
    if shape == ():
        whole = chain([0], *([k, -k] for k in range(1, 11)))
        return tuple(kind(k) for k in whole if low <= k <= high)
    size = int(np.prod(shape))
    rows = ([0] * size, [1] + [0] * (size - 1), [1] * size, [*range(1, size + 1)])
    signed = chain(*([row, [-k for k in row]] if any(row) else [row] for row in rows))
    inside = (row for row in signed if all(low <= k <= high for k in row))
    dtype = np.float64 if kind is np.float64 else object
    return tuple(_objects(map(kind, row), shape).astype(dtype) for row in inside)
