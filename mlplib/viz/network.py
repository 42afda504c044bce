"""Layers of circles: what flows forward through a network, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from mlplib.language import say
from mlplib.numerals import true_minus
from mlplib.palette import BLUE, VERMILION
from mlplib.viz.circles import MARGIN, RADIUS, Point, arrow, circle, on_edge, sheet
from mlplib.viz.style import Panel

_STEP = 54.0  # from one row to the next
_MOST = 8  # circles in a layer that a telephone can show


def network(
    layers: Sequence[int],
    *,
    weights: Sequence[ArrayLike] | None = None,
    weight_gradients: Sequence[ArrayLike] | None = None,
    values: Sequence[ArrayLike] | None = None,
    gradients: Sequence[ArrayLike] | None = None,
    names: Sequence[Sequence[str]] | None = None,
    numbered: bool = False,
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
    numbered : bool
        Whether each weight, and each derivative by a weight, stands on its edge as a number.
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
        raise ValueError(
            f"layers must be two sizes or more, from 1 to {_MOST}, not {list(layers)}."
        )
    forward = _Sweep(layers, weights, values, names, "weights", "values")
    if gradients is None and weight_gradients is None:
        sweeps = [forward]
    else:
        back = _Sweep(layers, weight_gradients, gradients, names, "weight_gradients", "gradients")
        sweeps = [forward, back]
    row = _STEP + (12 if names is not None and values is not None else 0)
    said = 24.0 if len(sweeps) > 1 else 0.0
    high = row * max(layers) + said
    fig, ax = sheet(width * 72, high * len(sweeps))
    for place, sweep in enumerate(sweeps):
        middle = high * (len(sweeps) - place) - said - row * max(layers) / 2
        columns = np.linspace(MARGIN, width * 72 - MARGIN, len(layers))
        places = [
            [
                (float(x), middle + row * ((size - 1) / 2 - i) - (row - _STEP) / 2)
                for i in range(size)
            ]
            for x, size in zip(columns, layers, strict=True)
        ]
        if said:
            words = say("picture.backward" if place else "picture.forward")
            across = float(columns[-1]) + RADIUS if place else float(columns[0]) - RADIUS
            top = high * (len(sweeps) - place) - 6
            ax.text(across, top, words, va="top", ha="right" if place else "left", style="italic")
        sweep.draw(ax, places, back=bool(place), numbered=numbered)
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
                f"names must have layers of {list(layers)}, not {[len(layer) for layer in names]}."
            )
        self.names = names

    def draw(self, ax: Panel, places: list[list[Point]], *, back: bool, numbered: bool) -> None:
        """Paint the edges, then the circles and what is written in and above them."""
        largest = max((float(np.abs(w).max()) for w in self.weights or []), default=0.0) or 1.0
        for index, (left, right) in enumerate(pairwise(places)):
            for i, end in enumerate(right):
                for j, begin in enumerate(left):
                    weight = self.weights[index][i, j] / largest if self.weights else None
                    arrow(ax, *((end, begin) if back else (begin, end)), weight)
                    if numbered and self.weights:
                        weight = self.weights[index][i, j]
                        words = true_minus(f"{weight:.3g}")
                        on_edge(ax, begin, end, words, VERMILION if weight < 0 else BLUE)
        for index, layer in enumerate(places):
            for i, place in enumerate(layer):
                name = self.names[index][i] if self.names else ""
                if self.values:
                    circle(ax, place, _written(self.values[index][i]), size=12)
                    above = (place[0], place[1] + RADIUS + 2)
                    if name:
                        ax.text(*above, name, ha="center", va="bottom", fontsize=15)
                else:
                    circle(ax, place, name)


def _written(value: float) -> str:
    return true_minus(f"{value:.2f}")


def _arrays(
    name: str, given: Sequence[ArrayLike] | None, shapes: Sequence[tuple[int, ...]]
) -> list[np.ndarray] | None:
    if given is None:
        return None
    arrays = [np.asarray(item, dtype=float) for item in given]
    if [array.shape for array in arrays] != list(shapes):
        came = [array.shape for array in arrays]
        raise ValueError(f"{name} must have the shapes {list(shapes)}, not {came}.")
    return arrays
