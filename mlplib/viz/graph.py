"""Graphs of operations: what each gives, and what is charged to it on the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from mlplib.numerals import true_minus
from mlplib.palette import BLUE, VERMILION, text_colour
from mlplib.viz.circles import MARGIN, RADIUS, Point, arrow, circle, on_edge, sheet


def graph(
    nodes: Mapping[str, Point],
    edges: Sequence[tuple[str, str]],
    *,
    values: Mapping[str, float] | None = None,
    gradients: Mapping[str, float] | None = None,
    labels: Mapping[tuple[str, str], str] | None = None,
    width: float = 5.0,
    height: float = 3.2,
) -> Figure:
    """Draw a graph of operations, with what each gives (above) and is charged (below).

    Parameters
    ----------
    nodes : mapping of str to (float, float)
        What is written in each circle, and where it stands; any unit, the picture is fitted.
    edges : sequence of (str, str)
        From which circle to which.
    values : mapping of str to float, optional
        The value at a node, in blue above it.
    gradients : mapping of str to float, optional
        The derivative of the last node with respect to this one, in vermilion below it.
    labels : mapping of (str, str) to str, optional
        What is written on an edge, such as the weight it carries.
    width, height : float
        In inches.

    Returns
    -------
    Figure
        To be given to `show`.

    Raises
    ------
    ValueError
        When an edge, a value or a gradient names no node.

    Examples
    --------
    >>> fig = graph({"$x$": (0, 0), "$x^2$": (1, 0)}, [("$x$", "$x^2$")], values={"$x$": 3})
    >>> [text.get_text() for text in fig.axes[0].texts]
    ['$x$', '3', '$x^2$']
    """
    named = {
        "edges": {end for edge in edges for end in edge},
        "values": set(values or ()),
        "gradients": set(gradients or ()),
        "labels": {end for edge in labels or () for end in edge},
    }
    for argument, keys in named.items():
        if unknown := keys - nodes.keys():
            raise ValueError(f"{argument} must name nodes alone, not {sorted(unknown)}.")
    wide, high = width * 72, height * 72
    fig, ax = sheet(wide, high)
    xs, ys = np.array(list(nodes.values()), dtype=float).T
    across = _spread(xs, MARGIN, wide - MARGIN)
    upward = _spread(ys, MARGIN + 14, high - MARGIN - 14)
    places = dict(zip(nodes, zip(across, upward, strict=True), strict=True))
    for begin, end in edges:
        arrow(ax, places[begin], places[end], None)
    lines = [(places[begin], places[end]) for begin, end in edges]
    for (begin, end), words in (labels or {}).items():
        line = places[begin], places[end]
        share = 0.34 if any(_cross(line, other) for other in lines) else 0.5
        on_edge(ax, *line, words, share=share)
    for name, (x, y) in places.items():
        circle(ax, (x, y), name)
        for numbers, rise, along, colour in (
            (values, RADIUS + 3, "bottom", BLUE),
            (gradients, -RADIUS - 3, "top", VERMILION),
        ):
            if numbers and name in numbers:
                words = true_minus(f"{numbers[name]:.3g}")
                shade = text_colour(colour)
                ax.text(x, y + rise, words, ha="center", va=along, color=shade, fontsize=13)
    return fig


def _spread(values: np.ndarray, low: float, high: float) -> list[float]:
    """Map the values onto the room between low and high; a single one stands in the middle."""
    extent = float(np.ptp(values))
    if extent == 0:
        return [(low + high) / 2] * len(values)
    return [float(low + (high - low) * (v - values.min()) / extent) for v in values]


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Say whether two edges cross between their ends."""
    return all(
        _side(*line, begin) * _side(*line, end) < 0
        for line, (begin, end) in ((one, other), (other, one))
    )


def _side(begin: Point, end: Point, point: Point) -> float:
    """Return a number whose sign tells on which side of a line a point lies."""
    return (end[0] - begin[0]) * (point[1] - begin[1]) - (end[1] - begin[1]) * (point[0] - begin[0])
