"""One number per layer, as columns side by side."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from mlplib.palette import BLUE, VERMILION


def columns(ax: Axes, heights: ArrayLike, *, weak_below: float = 0.0) -> None:
    """Draw a column for each layer, counted from 1.

    Too low a column is hard to see: a hollow circle stands in its place, and a cross where there
    is nothing at all.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    heights : array_like, shape (n,)
        Numbers that are not negative, the first layer first.
    weak_below : float
        The height below which a column becomes a circle.

    Raises
    ------
    ValueError
        When `heights` is not a vector or has a negative entry.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> fig, ax = figure()
    >>> columns(ax, [0.25, 0.01, 0.0], weak_below=0.025)
    >>> len(ax.patches), [line.get_marker() for line in ax.lines]
    (1, ['o', 'x'])
    """
    values = np.asarray(heights, dtype=float)
    if values.ndim != 1 or not values.size:
        raise ValueError(f"heights must have the shape (n,), not {values.shape}.")
    if not np.all(values >= 0):
        raise ValueError(f"heights must have no entry below 0, not {values.min()}.")
    layers = np.arange(1, len(values) + 1)
    strong = (values > 0) & (values >= weak_below)
    ax.bar(layers[strong], values[strong], 0.6, color=BLUE)
    for layer, value in zip(layers[~strong], values[~strong], strict=True):
        (sign,) = ax.plot([layer], [value], "o" if value else "x", color=VERMILION, zorder=4)
        sign.set(markerfacecolor="none", markeredgewidth=2, clip_on=False)
