"""A matrix as a field of coloured squares, each with its number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from mlplib.numerals import true_minus
from mlplib.palette import BLUE, INK, VERMILION


def matrix(
    ax: Axes,
    values: ArrayLike,
    *,
    largest: float | None = None,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    digits: int = 2,
) -> None:
    """Paint a matrix: blue squares are positive, vermilion and hatched ones negative.

    The stronger the colour, the larger the entry. Row 0 is on top, as in a formula.

    Parameters
    ----------
    ax : Axes
        Where to draw; its ticks are replaced by the names.
    values : array_like, shape (m, n)
    largest : float, optional
        The absolute value that gets the full colour; by default that of the largest entry. Give it
        to make several matrices comparable, as in the frames of an explorer.
    rows, columns : sequences of str
        Names of the rows and of the columns.
    digits : int
        Decimals of the numbers.

    Raises
    ------
    ValueError
        When `values` is not a matrix or there are not as many names as rows and columns.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> fig, ax = figure()
    >>> matrix(ax, [[0.25, -0.25], [-0.25, 0.25]])
    >>> [text.get_text() for text in ax.texts]
    ['0.25', '−0.25', '−0.25', '0.25']
    """
    entries = np.asarray(values, dtype=float)
    if entries.ndim != 2 or not entries.size:
        raise ValueError(f"values must have the shape (m, n), not {entries.shape}.")
    height, width = entries.shape
    for name, words, size in (("rows", rows, height), ("columns", columns, width)):
        if words and len(words) != size:
            raise ValueError(f"{name} must be {size} names, not {len(words)}.")
    scale = largest or float(np.abs(entries).max()) or 1.0
    for (i, j), entry in np.ndenumerate(entries):
        ax.add_patch(
            Rectangle(
                (j - 0.5, i - 0.5),
                1,
                1,
                facecolor=BLUE if entry >= 0 else VERMILION,
                alpha=0.6 * min(1.0, abs(entry) / scale),
                linewidth=0,
            )
        )
        text = true_minus(f"{entry:z.{digits}f}")  # z: what rounds to 0 has no sign
        ax.text(j, i, text, ha="center", va="center", color=INK)
    ax.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5), aspect="equal")
    ax.set_xticks(range(width) if columns else [], columns or None)
    ax.set_yticks(range(height) if rows else [], rows or None)
    ax.tick_params(length=0)
    ax.xaxis.tick_top()
    ax.grid(visible=False)
    for side in ax.spines.values():
        side.set_visible(False)
