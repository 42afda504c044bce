"""How inputs are drawn, and which simple ones lie in a range."""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from collections.abc import Iterable
from itertools import chain
from typing import Any, TypeAlias

import numpy as np

Shape: TypeAlias = tuple[int, ...]


def unwrapped(x: Any) -> Any:
    """Return an array as it is, a lone number as a NumPy scalar (as array functions do)."""
    return np.asarray(x)[()]


def objects(values: Iterable[Any], shape: Shape) -> Any:
    """Return an array that holds the values as they are."""
    array = np.empty(shape, dtype=object)
    array.reshape(-1)[:] = list(values)
    return array


def whole_numbers(rng: np.random.Generator, low: int, high: int, shape: Shape) -> Any:
    """Return Python ints from low to high, both included: an array of them, or a lone one."""
    numbers = rng.integers(low, high, shape, endpoint=True)
    return int(numbers) if shape == () else objects(map(int, numbers.ravel()), shape)


def simple_inputs(shape: Shape, kind: Any, low: float = -np.inf, high: float = np.inf) -> Any:
    """Return 0, the first unit vector, ones, 1 2 3 … and their negatives, as far as in range."""
    if shape == ():
        whole = chain([0], *([k, -k] for k in range(1, 11)))
        return tuple(kind(k) for k in whole if low <= k <= high)
    size = int(np.prod(shape))
    rows = ([0] * size, [1] + [0] * (size - 1), [1] * size, [*range(1, size + 1)])
    signed = chain(*([row, [-k for k in row]] if any(row) else [row] for row in rows))
    inside = (row for row in signed if all(low <= k <= high for k in row))
    dtype = np.float64 if kind is np.float64 else object
    return tuple(objects(map(kind, row), shape).astype(dtype) for row in inside)
