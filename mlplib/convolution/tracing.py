"""A whole network's shapes in one table, from the input to the output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import prod
from typing import Any

from mlplib.convolution.shapes import Conv, Pool, Shape, conv_and_pool, receptive_field, three_sizes
from mlplib.language import say


@dataclass(frozen=True)
class Row:
    """What `trace` knows of the tensor that a layer puts out."""

    layer: Any
    """None for the input."""
    shape: tuple[int, ...]
    weights: int
    biases: int
    receptive_field: tuple[int, ...]
    """The span of the input's rows and columns that one entry sees; of all its numbers, if flat."""

    @property
    def values(self) -> int:
        """Numbers in the tensor."""
        return prod(self.shape)


@dataclass(frozen=True)
class Trace:
    """The shapes of a network from input to output. It displays itself as a table."""

    rows: tuple[Row, ...]
    """The input, then one row for each layer."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the output, (height, width, channels), or flat."""
        return self.rows[-1].shape

    @property
    def weights(self) -> int:
        """Of all layers together."""
        return sum(row.weights for row in self.rows)

    @property
    def biases(self) -> int:
        """Of all layers together."""
        return sum(row.biases for row in self.rows)

    def cells(self) -> list[tuple[str, ...]]:
        """Return the table's text, its head first."""
        head = (
            say("trace.layer"),
            say("trace.output"),
            say("trace.values"),
            say("trace.weights"),
            say("trace.biases"),
            say("trace.sees"),
        )
        return [head] + [
            (
                say("trace.input") if row.layer is None else _name(row.layer),
                "×".join(map(str, row.shape)),
                *(f"{n:,}".replace(",", " ") for n in (row.values, row.weights, row.biases)),
                "×".join(map(str, row.receptive_field)),
            )
            for row in self.rows
        ]

    def __repr__(self) -> str:
        """Return the table in plain text."""
        lines = self.cells()
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join([name.ljust(widths[0]), *map(str.rjust, numbers, widths[1:])])
            for name, *numbers in lines
        )

    def _repr_html_(self) -> str:
        head, *lines = [[escape(cell) for cell in line] for line in self.cells()]
        columns = "".join(f'<th scope="col">{cell}</th>' for cell in head)
        body = "".join(
            f'<tr><th scope="row">{name}</th>{"".join(map(_number, numbers))}</tr>'
            for name, *numbers in lines
        )
        rows = f"<thead><tr>{columns}</tr></thead><tbody>{body}</tbody>"
        # The classes of the book's own tables: what is too wide for a telephone scrolls.
        box = '<div class="pst-scrollable-table-container">'
        return f'{box}<table class="table">{rows}</table></div>'


def trace(shape: Shape, layers: Sequence[Conv | Pool]) -> Trace:
    """Follow the shape of a tensor through a network.

    (``numpy.trace``, the sum of a matrix's diagonal, is something else.)

    Parameters
    ----------
    shape : (int, int, int)
        The input's height, width and channels.
    layers : sequence of Conv and Pool

    Returns
    -------
    Trace

    Raises
    ------
    ValueError
        If `shape` is not three positive integers; if `layers` is no sequence of `Conv` and `Pool`;
        or if a layer does not fit its input, naming it.

    Examples
    --------
    The network of S4-D22:

    >>> layers = [Conv(32, 8, stride=2, padding=3), Pool(2), Conv(64, 3, padding=1, bias=False)]
    >>> network = trace((128, 128, 3), layers)
    >>> network
    layer                                  output   values  weights  biases   sees
    input                               128×128×3   49 152        0       0    1×1
    Conv(32, 8×8, stride 2, padding 3)   64×64×32  131 072    6 144      32    8×8
    Pool(2×2)                            32×32×32   32 768        0       0  10×10
    Conv(64, 3×3, padding 1, no bias)    32×32×64   65 536   18 432       0  18×18
    >>> network.shape, network.rows[-1].values, network.rows[-1].weights
    ((32, 32, 64), 65536, 18432)
    """
    current: Shape = three_sizes(shape)
    rows = [Row(None, current, 0, 0, (1, 1))]
    for number, layer in enumerate(conv_and_pool(layers), start=1):
        weights, seen = 0, receptive_field(layers[:number])
        try:
            weights = layer.weights(current[2])
            current = layer.output(current)
        except ValueError as error:
            raise ValueError(f"layers must fit: layer {number}, {layer}: {error}") from error
        rows.append(Row(layer, current, weights, layer.biases, seen))
    return Trace(tuple(rows))


def _number(cell: str) -> str:
    # The space between thousands must not break the number across two lines.
    return f"<td>{cell.replace(' ', '&#8239;')}</td>"


def _name(layer: Any) -> str:
    """Return what to call a layer: an activation by its name."""
    return str(getattr(layer, "name", None) or repr(layer))
