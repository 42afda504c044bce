"""Circles joined by arrows: what networks and graphs are drawn of."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon

from mlplib.palette import BLUE, INK, PAPER, VERMILION, text_colour
from mlplib.viz.style import STYLES, Panel, house_style

Point = tuple[float, float]

RADIUS = 23.0  # points: a value such as −0.25 fits inside
MARGIN = 28.0  # from the centre of the outermost circle to the border


def sheet(width: float, height: float) -> tuple[Figure, Panel]:
    """Return a figure whose unit is the point, without axes to be seen."""
    with house_style():
        fig = Figure(figsize=(width / 72, height / 72), dpi=72)
        ax = Panel(fig, (0, 0, 1, 1))
        fig.add_axes(ax)
        ax.set(xlim=(0, width), ylim=(0, height))
        ax.set_axis_off()
    return fig, ax


def arrow(ax: Panel, begin: Point, end: Point, weight: float | None) -> None:
    """Draw an arrow between two circles; `weight`, from −1 to 1, gives colour and width."""
    a, b = np.array(begin), np.array(end)
    along = (b - a) / np.hypot(*(b - a))
    aside = np.array([-along[1], along[0]])
    thick = 1.2 if weight is None else 0.8 + 3.4 * abs(weight)
    colour = INK if weight is None else VERMILION if weight < 0 else BLUE
    dashes = STYLES[1] if weight is not None and weight < 0 else "-"
    tip = b - along * (RADIUS + 1.5)
    foot = tip - along * (5 + 1.3 * thick)
    tail = a + along * (RADIUS + 1.5)
    ax.plot(
        *zip(tail, foot, strict=True), color=colour, linewidth=thick, linestyle=dashes, zorder=1
    )
    half = aside * (2.5 + 0.8 * thick)
    ax.add_patch(Polygon([tip, foot + half, foot - half], facecolor=colour, edgecolor="none"))


def circle(ax: Panel, place: Point, words: str, size: float = 17) -> None:
    """Draw a circle with words in it."""
    ax.add_patch(Circle(place, RADIUS, facecolor="none", edgecolor=INK, linewidth=1.4, zorder=2))
    if words:
        ax.text(*place, words, ha="center", va="center_baseline", fontsize=size)


def on_edge(
    ax: Panel, begin: Point, end: Point, words: str, colour: str = INK, share: float = 0.34
) -> None:
    """Write on an edge, nearer to where it begins: there no two edges cross."""
    x, y = ((1 - share) * np.array(begin) + share * np.array(end)).tolist()
    patch = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    shade = INK if colour == INK else text_colour(colour)
    ax.text(
        x,
        y,
        words,
        ha="center",
        va="center_baseline",
        fontsize=13,
        color=shade,
        bbox=patch,
        zorder=3,
    )
