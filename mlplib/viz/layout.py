"""Room around the axes for what is written there: no more than is needed, nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from mlplib.viz.style import house_style

__all__ = ["fit"]

_AIR = 3.0  # points between the outermost letter and the border


def fit(figures: Sequence[Figure]) -> None:
    """Move the axes of all figures to the same place, so that every label of each has room.

    Figures of one explorer are fitted together: then nothing jumps from frame to frame.
    Axes that stand outside a grid of panels stay where they are.
    """
    needs = [_needs(fig) for fig in figures]
    if not all(needs):
        return
    left, right, bottom, top = np.max(needs, axis=0)
    for fig in figures:
        width, height = fig.get_size_inches() * 72
        rows, columns = np.max(list(_panels(fig).values()), axis=0)
        between, aside = bottom + top + 2 * _AIR, left + right + 2 * _AIR
        high = (height - bottom - top - 2 * _AIR - (rows - 1) * between) / rows
        wide = (width - left - right - 2 * _AIR - (columns - 1) * aside) / columns
        fig.subplots_adjust(
            left=(left + _AIR) / width,
            right=1 - (right + _AIR) / width,
            bottom=(bottom + _AIR) / height,
            top=1 - (top + _AIR) / height,
            hspace=between / high,
            wspace=aside / wide,
        )


def _panels(fig: Figure) -> dict[Axes, tuple[int, int]]:
    """Return the axes that stand in a grid, with the rows and columns of it."""
    places = {ax: ax.get_subplotspec() for ax in fig.axes}
    return {
        ax: (place.get_gridspec().nrows, place.get_gridspec().ncols)
        for ax, place in places.items()
        if place is not None
    }


def _needs(fig: Figure) -> tuple[float, ...]:
    """Return how many points stick out of the axes: left, right, below and above."""
    if not isinstance(fig.canvas, FigureCanvasSVG):
        FigureCanvasSVG(fig)
    points = 72 / fig.dpi
    found = []
    with house_style():
        for ax in _panels(fig):
            inner = ax.get_window_extent()
            outer = ax.get_tightbbox() or inner
            found.append(
                (inner.x0 - outer.x0, outer.x1 - inner.x1, inner.y0 - outer.y0, outer.y1 - inner.y1)
            )
    return tuple(float(value) * points for value in np.max(found, axis=0)) if found else ()
