"""The table of a network with layers of every kind: shapes, parameters, what an entry sees."""

from __future__ import annotations

from collections.abc import Sequence

from mlplib.convolution.descriptions import AnyShape, Dense, Layer, Reshape, TransposedConv
from mlplib.convolution.seen import seen
from mlplib.convolution.shapes import Conv, Pool, receptive_field
from mlplib.convolution.tracing import Row, Trace
from mlplib.convolution.weights import biases, weight_count
from mlplib.functions.activations import Activation


def summary(shapes: Sequence[AnyShape], layers: Sequence[Layer]) -> Trace:
    """Return the table of a network whose shapes are known, the input's first.

    >>> summary([(4, 4, 1), (2, 2, 1), (3,)], [Pool(2), Dense(3)])
    layer      output  values  weights  biases  sees
    input       4×4×1      16        0       0   1×1
    Pool(2×2)   2×2×1       4        0       0   2×2
    Dense(3)        3       3       12       3   4×4
    """
    rows = [Row(None, shapes[0], 0, 0, tuple(1 for _ in shapes[0][:2]))]
    for number, layer in enumerate(layers, start=1):
        if isinstance(layer, Activation | Reshape):
            sees = rows[-1].receptive_field
        else:
            sees = _sees(shapes[0], layers[:number], shapes[number])
        weights = weight_count(layer, shapes[number - 1])
        rows.append(Row(layer, shapes[number], weights, biases(layer), sees))
    return Trace(tuple(rows))


def _sees(shape: AnyShape, layers: Sequence[Layer], output: AnyShape) -> tuple[int, ...]:
    """Return the span of rows and columns of the input that an entry inside the output sees.

    That is all of them behind a dense layer, and behind numbers that were put in another shape.
    """
    if any(isinstance(layer, Dense | Reshape) for layer in layers):
        return shape[:2]
    chain = [layer for layer in layers if isinstance(layer, Conv | Pool | TransposedConv)]
    plain = [layer for layer in chain if isinstance(layer, Conv | Pool)]
    if len(plain) == len(chain):
        return receptive_field(plain)
    height, width, channels = shape
    inside = (height, width, channels)
    down = (seen(inside, chain, (row, 0)).rows for row in range(output[0]))
    across = (seen(inside, chain, (0, column)).columns for column in range(output[1]))
    return tuple(
        max(int(entries[-1] - entries[0]) + 1 for entries in places if entries.size)
        for places in (down, across)
    )
