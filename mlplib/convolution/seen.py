"""Which entries of the input an output sees: its receptive field, and where that lies.

A window at position p looks at entries p·s + j·d − b of the axis below, j = 0 … k − 1, where b is
the padding before the first. Followed down a chain of layers, an output p sees entries from

    first = p·S − B        to        last = first + r − 1

with S = Π_l s_l, the *stride* of the chain, B = Σ_l b_l s_1 ⋯ s_{l−1}, its padding, and r its
`receptive_field`. Two outputs side by side see pieces S apart. What of it lies outside the image is
padding, and between first and last a dilation or a stride may leave entries out: `seen` keeps
the entries themselves. (Araujo, Norris and Sim, *Computing receptive fields of convolutional neural
networks*, Distill, 2019, derive first, last and r.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlplib.arguments import whole
from mlplib.convolution.descriptions import TransposedConv
from mlplib.convolution.shapes import Conv, Pool, Shape, three_sizes
from mlplib.convolution.windows import Window


@dataclass(frozen=True)
class Seen:
    """The rows and the columns of the input that an output sees, in increasing order.

    Attributes
    ----------
    rows, columns : ndarray of int
        Counted from 0. An entry of the input is seen if its row and its column are among them;
        both are empty if the output sees nothing but padding.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    @property
    def first(self) -> tuple[int, int]:
        """The row and the column that are seen first, at the top left."""
        return int(self.rows[0]), int(self.columns[0])

    @property
    def last(self) -> tuple[int, int]:
        """The row and the column that are seen last, at the bottom right."""
        return int(self.rows[-1]), int(self.columns[-1])


def seen(
    shape: Shape, layers: Sequence[Conv | Pool | TransposedConv], place: tuple[int, int]
) -> Seen:
    """Return what of the input one entry of the last output sees.

    Parameters
    ----------
    shape : (int, int, int)
        The input's height, width and channels.
    layers : sequence of Conv, Pool and TransposedConv
        From the input on.
    place : (int, int)
        Row and column of the output's entry, counted from 0.

    Returns
    -------
    Seen

    Raises
    ------
    ValueError
        If a layer is none of these or does not fit its input, or if the output has no such place.

    Examples
    --------
    The corner of S4-D22's last output sees less of the image than the 18 × 18 inside:

    >>> layers = [Conv(32, 8, stride=2, padding=3), Pool(2), Conv(64, 3, padding=1)]
    >>> corner, inside = seen((128, 128, 3), layers, (0, 0)), seen((128, 128, 3), layers, (5, 5))
    >>> corner.first, corner.last
    ((0, 0), (10, 10))
    >>> inside.first, inside.last
    ((13, 13), (30, 30))
    >>> seen((1, 9, 1), [Conv(1, (1, 3), dilation=2)], (0, 1)).columns
    array([1, 3, 5])
    """
    shapes: list[tuple[int, ...]] = [three_sizes(shape)]
    for layer in layers:
        if not isinstance(layer, Conv | Pool | TransposedConv):
            raise ValueError(f"layers must be Conv, Pool or TransposedConv, not {layer!r}.")
        shapes.append(layer.output(three_sizes(shapes[-1])))  # type: ignore[arg-type]
    if not isinstance(place, Sequence | np.ndarray) or len(place) != 2:
        raise ValueError(f"place must be (row, column), not {place!r}.")
    fields = []
    for axis, position in enumerate(place):
        if whole(f"place[{axis}]", position, least=0) >= shapes[-1][axis]:
            raise ValueError(
                f"place[{axis}] must be less than {shapes[-1][axis]}, the size of the output, "
                f"not {position}."
            )
        entries = np.array([position])
        for layer, below in zip(reversed(layers), reversed(shapes[:-1]), strict=True):
            entries = _below(layer, layer.windows()[axis], entries, below[axis])
        fields.append(entries)
    return Seen(*fields)


def _below(
    layer: Conv | Pool | TransposedConv, window: Window, entries: NDArray[np.intp], size: int
) -> NDArray[np.intp]:
    """Return the entries of the axis below from which these were made, padding left out."""
    steps = window.dilation * np.arange(window.kernel) - window.at(size).before
    if isinstance(layer, TransposedConv):  # upside down: entry o has come from each i with
        places = entries[:, None] - steps  # i·s + j·d − b = o
        found = places[places % window.stride == 0] // window.stride
    else:
        found = (entries[:, None] * window.stride + steps).ravel()
    return np.unique(found[(found >= 0) & (found < size)])
