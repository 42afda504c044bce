"""Scores of many examples as columns, one row for each class, and their sums.

The formulas are printed for one example, whose K scores are a column. So the code turns the axis of
the classes to the front: `columns[k]` holds the score of class k for all examples, and "over the
classes" is always ``axis=0``. NumPy is also several times faster that way round when the classes
are few, because each step then runs down long rows. Long sums are taken in pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from mlplib.arguments import FloatArray
from mlplib.pieces import pieces

FEW_CLASSES = 64
"""Up to here, copying the scores class by class costs less than it saves."""

SHORT_SUM = 16
"""Up to here, adding one class after the other rounds about as little as adding in pairs."""


def class_columns(scores: FloatArray) -> FloatArray:
    """Return a copy of scores whose classes lie along axis 0, shape (K, ...), to be worked on."""
    return np.array(scores, order=_order(scores))


def room_for(columns: FloatArray) -> FloatArray:
    """Return an empty array that lies in memory as `class_columns` would lay these scores."""
    return np.empty_like(columns, order=_order(columns))


def parts(columns: FloatArray) -> Iterator[tuple[FloatArray, tuple[slice, ...]]]:
    """Yield as many columns at a time as fit the cache, not to be written to, and their place.

    Few classes are copied class by class, many are left as they lie.
    """
    if columns.ndim == 1:
        yield columns, (slice(None),)
        return
    few = len(columns) <= FEW_CLASSES
    width = columns.size // max(1, columns.shape[1])
    for some in pieces(columns.shape[1], width):
        part = columns[:, some]
        yield (np.array(part, order="C") if few else part), (slice(None), some)


def in_memory(columns: FloatArray) -> FloatArray:
    """Return a view of the entries as they lie in memory, if they leave no gaps there."""
    return columns.ravel(order="K")


def _order(columns: FloatArray) -> Literal["C", "K"]:
    return "C" if len(columns) <= FEW_CLASSES else "K"


def column_sums(columns: FloatArray) -> FloatArray:
    """Return the sum of every column, with a rounding error that hardly grows with its length.

    NumPy adds in pairs only along entries that are neighbours in memory. Elsewhere it adds one
    class after the other, and the error grows with their number; so one half is added to the other
    until few are left.
    """
    while len(columns) > SHORT_SUM and columns.strides[0] != columns.itemsize:
        half = len(columns) // 2
        folded = columns[:half] + columns[half : 2 * half]
        if len(columns) % 2:
            folded[0] += columns[-1]
        columns = folded
    total: FloatArray = np.add.reduce(columns)
    return total


def silent() -> np.errstate:
    """Silence what is no accident: exp underflows to 0 far below the maximum, inf meets inf."""
    return np.errstate(under="ignore", over="ignore", invalid="ignore")
