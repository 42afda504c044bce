"""How large the weights of each kind of layer are, and how many terms they have a part in."""

from __future__ import annotations

from math import prod
from typing import Any

from mlplib.convolution.descriptions import AnyShape, Dense, Layer, Reshape, TransposedConv
from mlplib.convolution.shapes import Conv, Pool, three_sizes
from mlplib.functions.activations import Activation
from mlplib.functions.named import as_activation


def as_layer(layer: Any) -> Layer:
    """Return the layer itself, or the activation that is meant.

    >>> as_layer("tanh"), as_layer(Dense(2))
    (Activation('tanh'), Dense(2))
    """
    if isinstance(layer, Conv | TransposedConv | Pool | Dense | Reshape):
        return layer
    return as_activation(layer)


def output(layer: Layer, shape: AnyShape) -> AnyShape:
    """Return the shape of what a layer makes of one input.

    >>> output(as_layer("tanh"), (5,)), output(Conv(4, 3), (8, 8, 1))
    ((5,), (6, 6, 4))
    """
    match layer:
        case Activation():
            return shape
        case Conv() | Pool():
            return layer.output(three_sizes(shape))  # type: ignore[arg-type]
        case _:
            return layer.output(shape)


def weight_shape(layer: Layer, shape: AnyShape) -> AnyShape | None:
    """Return the shape of a layer's weights for inputs of some shape; None if it has none.

    >>> weight_shape(Conv(4, 3), (8, 8, 2)), weight_shape(Pool(2), (8, 8, 2))
    ((4, 3, 3, 2), None)
    """
    match layer:
        case Dense() | TransposedConv():
            return layer.weight_shape(shape)
        case Conv():
            down, across = layer.windows()
            return layer.filters, down.kernel, across.kernel, shape[2] // layer.groups
        case _:
            return None


def biases(layer: Layer) -> int:
    """Return how many biases a layer has."""
    return 0 if isinstance(layer, Activation | Reshape) else layer.biases


def inputs_and_outputs(layer: Layer, shape: AnyShape) -> tuple[float, float]:
    """Return how many terms a number of the result has, and in how many an input takes part.

    In a transposed convolution a stride s leaves one window in s at each place, along each axis;
    in a convolution an input lies in one window in s.

    >>> inputs_and_outputs(Conv(4, 3, stride=3), (9, 9, 2))
    (18.0, 4.0)
    >>> inputs_and_outputs(TransposedConv(2, 3, stride=3), (3, 3, 4))
    (4.0, 18.0)
    """
    there = weight_shape(layer, shape)
    if there is None:
        raise ValueError(f"layer must have weights, not be {layer!r}.")
    ahead, back = prod(there[1:]), there[0] * prod(there[1:-1])
    if isinstance(layer, Dense):
        return float(ahead), float(there[0])
    assert isinstance(layer, Conv | TransposedConv)
    down, across = layer.windows()
    skipped = down.stride * across.stride
    if isinstance(layer, Conv):
        return float(ahead), back / layer.groups / skipped
    return back / layer.groups / skipped, float(ahead)
