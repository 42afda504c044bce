"""One number per class, as bars with their values written beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from mlplib.numerals import true_minus
from mlplib.palette import BLUE, INK, VERMILION


def bars(
    ax: Axes,
    values: ArrayLike,
    names: Sequence[str],
    *,
    limits: tuple[float, float],
    digits: int = 2,
) -> None:
    """Draw a horizontal bar for each value, from 0: blue to the right, vermilion to the left.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    values : array_like, shape (n,)
    names : sequence of str
        One name for each bar, the first on top.
    limits : (float, float)
        Ends of the axis; leave room for the numbers.
    digits : int
        Decimals of the numbers.

    Raises
    ------
    ValueError
        When values and names differ in length.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> fig, ax = figure()
    >>> bars(ax, [0.8, -0.2], ["cat", "dog"], limits=(-1, 1))
    >>> [text.get_text() for text in ax.texts]
    ['0.80', '−0.20']
    """
    lengths = np.asarray(values, dtype=float)
    if lengths.shape != (len(names),):
        raise ValueError(f"values must have the shape ({len(names)},), not {lengths.shape}.")
    places = range(len(names))
    ax.barh(places, lengths, 0.6, color=[BLUE if v >= 0 else VERMILION for v in lengths])
    ax.axvline(0, color=INK, linewidth=0.8)
    for place, value in zip(places, lengths, strict=True):
        ax.annotate(
            true_minus(f"{value:z.{digits}f}"),  # z: what rounds to 0 has no sign
            (value, place),
            (5 if value >= 0 else -5, 0),
            textcoords="offset points",
            ha="left" if value >= 0 else "right",
            va="center_baseline",
            annotation_clip=False,
        )
    ax.set_yticks(places, names)
    ax.set(xlim=limits, ylim=(len(names) - 0.5, -0.5))
    ax.grid(visible=False)
