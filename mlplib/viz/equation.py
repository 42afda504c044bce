"""An equation between arrays: each drawn in its shape, cell by cell, with signs between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from mlplib.numerals import true_minus
from mlplib.palette import BLUE, INK, VERMILION
from mlplib.viz.style import Panel, house_style

Part: TypeAlias = str | tuple[str, ArrayLike]

_CELL = (36.0, 26.0)  # points: a number of three digits and its sign fit inside
_SIGN = 8.0  # a letter of a sign is so wide, and leaves as much room on both sides
_NAME = 23.0  # from the name's foot to the array
_SHAPE = 20.0  # from the array to the foot of its shape
_GAP = 12.0  # between rows of the picture


def equation(*rows: Sequence[Part], width: float = 5.0, height: float | None = None) -> Figure:
    """Draw rows of arrays and signs, each array as a grid of its numbers over its shape.

    Positive numbers are on blue, negative ones on vermilion. An array with one axis, which is
    neither a row nor a column, lies flat in a dashed frame. All arrays are narrowed alike where a
    row would not fit.

    Parameters
    ----------
    *rows : sequences of str or (str, array_like)
        From left to right: a sign or a word, or an array with the name that stands above it
        (`$…$` for formulas, "" for none). Arrays have at most two axes.
    width : float
        Of the figure, in inches.
    height : float, optional
        Of the figure, in inches, for frames that are to have one size; by default what it takes.

    Returns
    -------
    Figure
        To be given to `show`.

    Raises
    ------
    ValueError
        When there is nothing to draw or an array has more than two axes.

    Examples
    --------
    >>> fig = equation([("$W$", [[2, 1], [-1, 3]]), "@", ("$x$", [1, 2]), "=", ("$z$", [4, 5])])
    >>> [text.get_text() for text in fig.axes[0].texts][:6]
    ['$W$', '2', '1', '−1', '3', '(2, 2)']
    """
    drawn = [[_read(part) for part in row] for row in rows]
    if not drawn or not all(drawn):
        raise ValueError("rows must each hold a part or more, and one of them is empty.")
    shrink = min(_fitting(row, width * 72 - 4) for row in drawn)
    highs = [max(_high(part) for part in row) for row in drawn]
    needed = sum(highs) + _GAP * (len(highs) - 1) + 4
    total = needed if height is None else height * 72
    with house_style():
        fig = Figure(figsize=(width, total / 72), dpi=72)
        ax = Panel(fig, (0, 0, 1, 1))
        fig.add_axes(ax)
        ax.set(xlim=(0, width * 72), ylim=(0, total))
        ax.set_axis_off()
    top = total - (total - needed) / 2 - 2
    for row, high in zip(drawn, highs, strict=True):
        wides = [_wide(part) * (1.0 if isinstance(part, str) else shrink) for part in row]
        x = (width * 72 - sum(wides)) / 2
        for part, wide in zip(row, wides, strict=True):
            _draw(ax, part, x + wide / 2, top - high / 2, shrink)
            x += wide
        top -= high + _GAP
    return fig


def _read(part: Part) -> str | tuple[str, np.ndarray]:
    if isinstance(part, str):
        return part
    name, values = part[0], np.asarray(part[1], dtype=float)
    if values.ndim > 2:
        raise ValueError(f"{name} must have at most two axes, not the shape {values.shape}.")
    return name, values


def _fitting(row: Sequence[str | tuple[str, np.ndarray]], room: float) -> float:
    """Return how far the arrays of a row must be narrowed; signs keep their room."""
    signs = sum(_wide(part) for part in row if isinstance(part, str))
    arrays = sum(_wide(part) for part in row if not isinstance(part, str))
    return min(1.0, (room - signs) / arrays) if arrays else 1.0


def _wide(part: str | tuple[str, np.ndarray]) -> float:
    if isinstance(part, str):
        return _SIGN * (len(re.sub(r"\\[a-zA-Z]+|[$^]", "", part)) + 2)
    _, columns = np.atleast_2d(part[1]).shape
    return max(_CELL[0] * float(columns), 7.5 * len(str(part[1].shape))) + 4


def _high(part: str | tuple[str, np.ndarray]) -> float:
    if isinstance(part, str):
        return 24.0
    return _CELL[1] * len(np.atleast_2d(part[1])) + 2 * _NAME


def _draw(
    ax: Panel, part: str | tuple[str, np.ndarray], centre: float, middle: float, shrink: float
) -> None:
    if isinstance(part, str):
        ax.text(centre, middle, part, ha="center", va="center_baseline", fontsize=15)
        return
    name, values = part
    entries = np.atleast_2d(values)
    height, columns = entries.shape
    wide, high = shrink * _CELL[0], _CELL[1]
    left, top = centre - wide * columns / 2, middle + high * height / 2
    if name:
        ax.text(centre, top + 6, name, ha="center", va="baseline")
    largest = float(np.abs(entries).max(initial=0.0)) or 1.0
    for (i, j), entry in np.ndenumerate(entries):
        corner = (left + wide * j, top - high * (i + 1))
        shade = {
            "facecolor": BLUE if entry >= 0 else VERMILION,
            "alpha": 0.45 * abs(entry) / largest,
        }
        ax.add_patch(Rectangle(corner, wide, high, linewidth=0, **shade))
        at = (corner[0] + wide / 2, corner[1] + high / 2)
        words = true_minus(f"{entry:z.4g}")
        ax.text(*at, words, ha="center", va="center_baseline", fontsize=14 if shrink > 0.8 else 13)
    frame = Rectangle(
        (left, top - high * height),
        wide * columns,
        high * height,
        facecolor="none",
        edgecolor=INK,
        linewidth=1.2,
        linestyle="--" if values.ndim == 1 else "-",
    )
    ax.add_patch(frame)
    foot = top - high * height - _SHAPE + 4
    ax.text(centre, foot, str(values.shape), ha="center", va="baseline", fontsize=13, alpha=0.75)
