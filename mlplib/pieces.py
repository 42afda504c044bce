"""Long arrays in pieces that fit the processor's cache.

A formula of five NumPy operations walks through its arrays five times. Piece by piece it finds them
in the cache after the first walk, and its intermediate results take no fresh memory from the
system, which costs as much as the arithmetic. Up to one piece it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

ENTRIES = 2**16
"""Entries in a piece: half a MiB in float64, so that a formula's few arrays share the cache."""


def pieces(length: int, width: int = 1) -> Iterator[slice]:
    """Yield slices that cover ``range(length)``, each of about `ENTRIES` / `width` items.

    Parameters
    ----------
    length : int
        The number of items, for instance examples.
    width : int
        The number of array entries that belong to one item.

    Yields
    ------
    slice
        From the first item to the last, without a gap. One empty slice if there are none.

    Examples
    --------
    >>> list(pieces(5, width=2**15))
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    step = max(1, ENTRIES // max(1, width))
    for start in range(0, max(1, length), step):
        yield slice(start, min(start + step, length))
