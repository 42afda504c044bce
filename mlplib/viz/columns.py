"""One number per layer, as columns side by side."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from mlplib.viz.style import BLUE, VERMILION

__all__ = ["columns"]


def columns(ax: Axes, heights: ArrayLike, *, weak_below: float = 0.0) -> None:
    """Draw a column for each layer, counted from 1.

    A blue one is full; one that is too low is hollow and vermilion; a cross stands where there is
    nothing at all.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    heights : array_like, shape (n,)
        Numbers that are not negative, the first layer first.
    weak_below : float
        The height below which a column is hollow.

    Raises
    ------
    ValueError
        When `heights` is not a vector or has a negative entry.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> fig, ax = figure()
    >>> columns(ax, [0.25, 0.01, 0.0], weak_below=0.025)
    >>> [column.get_fill() for column in ax.patches]
    [True, False]
    """
    values = np.asarray(heights, dtype=float)
    if values.ndim != 1 or not values.size:
        raise ValueError(f"heights has the shape {values.shape}: expected (n,)")
    if not np.all(values >= 0):
        raise ValueError(f"heights has the entry {values.min()}: expected none below 0")
    layers = np.arange(1, len(values) + 1)
    off = values == 0
    weak = ~off & (values < weak_below)
    full = ~off & ~weak
    ax.bar(layers[full], values[full], 0.6, color=BLUE)
    ax.bar(layers[weak], values[weak], 0.6, fill=False, edgecolor=VERMILION, linewidth=1.6)
    ax.plot(layers[off], values[off], "x", color=VERMILION, mew=2, clip_on=False, zorder=4)
