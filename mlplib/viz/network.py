"""Layers of circles, and graphs of operations: what flows forward and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from numpy.typing import ArrayLike

from mlplib.numerals import true_minus
from mlplib.viz.style import BLUE, INK, PAPER, STYLES, VERMILION, Panel, house_style, text_colour

Point = tuple[float, float]

_RADIUS = 23.0  # points: a value such as −0.25 fits inside
_STEP = 54.0  # from one row to the next
_EDGE = 28.0  # from the centre of the outermost circle to the border
_MOST = 8  # circles in a layer that a telephone can show


def network(
    layers: Sequence[int],
    *,
    weights: Sequence[ArrayLike] | None = None,
    values: Sequence[ArrayLike] | None = None,
    gradients: Sequence[ArrayLike] | None = None,
    weight_gradients: Sequence[ArrayLike] | None = None,
    names: Sequence[Sequence[str]] | None = None,
    width: float = 5.0,
) -> Figure:
    """Draw a multilayer perceptron, and under it, where gradients are given, its way back.

    An edge is blue and drawn through where its weight is positive, vermilion and dashed where it
    is negative, and the wider the larger. The way back is drawn alike, with the derivatives of
    the loss in place of the values and of the weights.

    Parameters
    ----------
    layers : sequence of int
        How many circles each layer has, from the inputs on; at most eight.
    weights, weight_gradients : sequence of array_like, shapes (layers[l + 1], layers[l])
        One matrix between each layer and the next.
    values, gradients : sequence of array_like, shapes (layers[l],)
        One number per circle, written inside it with two decimals.
    names : sequence of sequences of str
        One name per circle, above it, or inside where there are no values; `$…$` for formulas.
    width : float
        Of the figure, in inches; its height follows from the layers.

    Returns
    -------
    Figure
        To be given to `show`.

    Raises
    ------
    ValueError
        When a size, a shape or a number of layers does not agree with `layers`.

    Examples
    --------
    >>> fig = network([2, 1], weights=[[[1.0, -2.0]]], values=[[0.5, 1.0], [-1.5]])
    >>> [text.get_text() for text in fig.axes[0].texts]
    ['0.50', '1.00', '−1.50']
    """
    if len(layers) < 2 or not all(1 <= size <= _MOST for size in layers):
        raise ValueError(f"layers is {list(layers)}: expected two or more sizes from 1 to {_MOST}")
    forward = _Sweep(layers, weights, values, names, "weights", "values")
    if gradients is None and weight_gradients is None:
        sweeps = [forward]
    else:
        back = _Sweep(layers, weight_gradients, gradients, names, "weight_gradients", "gradients")
        sweeps = [forward, back]
    row = _STEP + (12 if names is not None and values is not None else 0)
    said = 24.0 if len(sweeps) > 1 else 0.0
    high = row * max(layers) + said
    fig, ax = _sheet(width * 72, high * len(sweeps))
    for place, sweep in enumerate(sweeps):
        middle = high * (len(sweeps) - place) - said - row * max(layers) / 2
        columns = np.linspace(_EDGE, width * 72 - _EDGE, len(layers))
        places = [
            [
                (float(x), middle + row * ((size - 1) / 2 - i) - (row - _STEP) / 2)
                for i in range(size)
            ]
            for x, size in zip(columns, layers, strict=True)
        ]
        if said:
            words = "← backward" if place else "forward →"
            across = float(columns[-1]) + _RADIUS if place else float(columns[0]) - _RADIUS
            top = high * (len(sweeps) - place) - 6
            ax.text(across, top, words, va="top", ha="right" if place else "left", style="italic")
        sweep.draw(ax, places, back=bool(place))
    return fig


class _Sweep:
    """One passage through the layers, forward or backward."""

    def __init__(
        self,
        layers: Sequence[int],
        weights: Sequence[ArrayLike] | None,
        values: Sequence[ArrayLike] | None,
        names: Sequence[Sequence[str]] | None,
        weights_name: str,
        values_name: str,
    ) -> None:
        shapes = list(zip(layers[1:], layers[:-1], strict=True))
        self.weights = _arrays(weights_name, weights, shapes)
        self.values = _arrays(values_name, values, [(size,) for size in layers])
        if names is not None and [len(layer) for layer in names] != list(layers):
            raise ValueError(
                f"names has layers of {[len(layer) for layer in names]}: expected {list(layers)}"
            )
        self.names = names

    def draw(self, ax: Panel, places: list[list[Point]], *, back: bool) -> None:
        """Paint the edges, then the circles and what is written in and above them."""
        largest = max((float(np.abs(w).max()) for w in self.weights or []), default=0.0) or 1.0
        for index, (left, right) in enumerate(pairwise(places)):
            for i, end in enumerate(right):
                for j, begin in enumerate(left):
                    weight = self.weights[index][i, j] / largest if self.weights else None
                    _edge(ax, *((end, begin) if back else (begin, end)), weight)
        for index, layer in enumerate(places):
            for i, place in enumerate(layer):
                name = self.names[index][i] if self.names else ""
                if self.values:
                    _circle(ax, place, _written(self.values[index][i]), size=12)
                    above = (place[0], place[1] + _RADIUS + 2)
                    if name:
                        ax.text(*above, name, ha="center", va="bottom", fontsize=15)
                else:
                    _circle(ax, place, name)


def graph(
    nodes: Mapping[str, Point],
    edges: Sequence[tuple[str, str]],
    *,
    values: Mapping[str, float] | None = None,
    gradients: Mapping[str, float] | None = None,
    labels: Mapping[tuple[str, str], str] | None = None,
    size: float = 17,
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
        The derivative of the last node by this one, in vermilion below it.
    labels : mapping of (str, str) to str, optional
        What is written on an edge, such as the weight it carries.
    size : float
        Of the letters in the circles, in points.
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
            raise ValueError(f"{argument} names {sorted(unknown)}: expected names in nodes")
    wide, high = width * 72, height * 72
    fig, ax = _sheet(wide, high)
    xs, ys = np.array(list(nodes.values()), dtype=float).T
    across = _spread(xs, _EDGE, wide - _EDGE)
    upward = _spread(ys, _EDGE + 14, high - _EDGE - 14)
    places = dict(zip(nodes, zip(across, upward, strict=True), strict=True))
    for begin, end in edges:
        _edge(ax, places[begin], places[end], None)
    for (begin, end), words in (labels or {}).items():
        _on_edge(ax, places[begin], places[end], words)
    for name, (x, y) in places.items():
        _circle(ax, (x, y), name, size)
        for numbers, rise, along, colour in (
            (values, _RADIUS + 3, "bottom", BLUE),
            (gradients, -_RADIUS - 3, "top", VERMILION),
        ):
            if numbers and name in numbers:
                words = true_minus(f"{numbers[name]:.3g}")
                shade = text_colour(colour)
                ax.text(x, y + rise, words, ha="center", va=along, color=shade, fontsize=13)
    return fig


def _sheet(width: float, height: float) -> tuple[Figure, Panel]:
    """Return a figure whose unit is the point, without axes to be seen."""
    with house_style():
        fig = Figure(figsize=(width / 72, height / 72), dpi=72)
        ax = Panel(fig, (0, 0, 1, 1))
        fig.add_axes(ax)
        ax.set(xlim=(0, width), ylim=(0, height))
        ax.set_axis_off()
    return fig, ax


def _edge(ax: Panel, begin: Point, end: Point, weight: float | None) -> None:
    """Draw an arrow between two circles; `weight`, from −1 to 1, gives colour and width."""
    a, b = np.array(begin), np.array(end)
    along = (b - a) / np.hypot(*(b - a))
    aside = np.array([-along[1], along[0]])
    thick = 1.2 if weight is None else 0.8 + 3.4 * abs(weight)
    colour = INK if weight is None else VERMILION if weight < 0 else BLUE
    dashes = STYLES[1] if weight is not None and weight < 0 else "-"
    tip = b - along * (_RADIUS + 1.5)
    foot = tip - along * (5 + 1.3 * thick)
    tail = a + along * (_RADIUS + 1.5)
    ax.plot(
        *zip(tail, foot, strict=True), color=colour, linewidth=thick, linestyle=dashes, zorder=1
    )
    half = aside * (2.5 + 0.8 * thick)
    ax.add_patch(Polygon([tip, foot + half, foot - half], facecolor=colour, edgecolor="none"))


def _on_edge(ax: Panel, begin: Point, end: Point, words: str) -> None:
    """Write on an edge, nearer to where it begins: there no two edges cross."""
    x, y = (0.65 * np.array(begin) + 0.35 * np.array(end)).tolist()
    patch = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
    ax.text(x, y, words, ha="center", va="center_baseline", fontsize=13, bbox=patch, zorder=3)


def _circle(ax: Panel, place: Point, words: str, size: float = 17) -> None:
    ax.add_patch(Circle(place, _RADIUS, facecolor="none", edgecolor=INK, linewidth=1.4, zorder=2))
    if words:
        ax.text(*place, words, ha="center", va="center_baseline", fontsize=size)


def _written(value: float) -> str:
    return true_minus(f"{value:.2f}")


def _spread(values: np.ndarray, low: float, high: float) -> list[float]:
    """Map the values onto the room between low and high; a single one stands in the middle."""
    extent = float(np.ptp(values))
    if extent == 0:
        return [(low + high) / 2] * len(values)
    return [float(low + (high - low) * (v - values.min()) / extent) for v in values]


def _arrays(
    name: str, given: Sequence[ArrayLike] | None, shapes: Sequence[tuple[int, ...]]
) -> list[np.ndarray] | None:
    if given is None:
        return None
    arrays = [np.asarray(item, dtype=float) for item in given]
    if [array.shape for array in arrays] != list(shapes):
        came = [array.shape for array in arrays]
        raise ValueError(f"{name} has the shapes {came}: expected {list(shapes)}")
    return arrays
