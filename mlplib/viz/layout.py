"""Room around the axes for what is written there: no more than is needed, nothing cut off."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure

from mlplib.viz.style import house_style

_AIR = 3.0  # points between the outermost letter and the border
_BEFORE = {"left": 0.12, "right": 0.96, "bottom": 0.17, "top": 0.9}  # where measuring begins


def fit(figures: Sequence[Figure]) -> None:
    """Move the axes of all figures to the same place, so that every label of each has room.

    Figures of one explorer are fitted together: then nothing jumps from frame to frame.
    Figures with axes outside a grid of panels stay as they are.
    """
    # One for all figures: it remembers the formulas it has measured. Matplotlib does not type it.
    ruler = RendererSVG(1, 1, io.StringIO())  # type: ignore[no-untyped-call]
    grids = [grid for fig in figures if (grid := _overhang(fig, ruler)) is not None]
    if not grids or len({grid.shape for grid in grids}) > 1:
        return
    left, right, below, above = np.max(grids, axis=0)
    rows, columns = left.shape
    for fig in figures:
        width, height = fig.get_size_inches() * 72
        start, end = left[:, 0].max() + _AIR, right[:, -1].max() + _AIR
        foot, head = below[-1].max() + _AIR, above[0].max() + _AIR
        aside = (right[:, :-1] + left[:, 1:]).max(initial=0) + 3 * _AIR
        between = (below[:-1] + above[1:]).max(initial=0) + 3 * _AIR
        fig.subplots_adjust(
            left=start / width,
            right=1 - end / width,
            bottom=foot / height,
            top=1 - head / height,
            wspace=aside * columns / (width - start - end - (columns - 1) * aside),
            hspace=between * rows / (height - foot - head - (rows - 1) * between),
        )


def _overhang(fig: Figure, ruler: RendererSVG) -> np.ndarray | None:
    """Return how many points stick out of each panel: left, right, below, above x rows x columns.

    None for a figure without panels, or with other axes beside them.
    """
    places = [(ax, ax.get_subplotspec()) for ax in fig.axes]
    grids = {(s.get_gridspec().nrows, s.get_gridspec().ncols) if s else None for _, s in places}
    shape = grids.pop() if len(grids) == 1 else None
    if shape is None:
        return None
    found = np.zeros((4, *shape))
    with house_style():
        fig.subplots_adjust(**_BEFORE)
        for ax, place in places:
            if place is None:
                continue
            inner = ax.get_window_extent(ruler)
            outer = ax.get_tightbbox(ruler) or inner
            sides = (
                inner.x0 - outer.x0,
                outer.x1 - inner.x1,
                inner.y0 - outer.y0,
                outer.y1 - inner.y1,
            )
            for side, rows, columns in zip(
                range(4),
                (place.rowspan,) * 2 + (place.rowspan[-1:], place.rowspan[:1]),
                (place.colspan[:1], place.colspan[-1:]) + (place.colspan,) * 2,
                strict=True,
            ):
                cell = np.ix_(list(rows), list(columns))
                found[side][cell] = np.maximum(found[side][cell], sides[side])
    return found * 72 / fig.dpi
