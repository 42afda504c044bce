"""What each kind of layer does to a batch, forward and backward: two matches, line beside line.

`forward` returns the result and what `backward` will need: the slopes of an activation, the input
of any other layer. `backward` takes the gradient δ with respect to the result and returns those
with respect to the input, to W and to b; a layer without parameters has None for these.
"""

from __future__ import annotations

from typing import Any, NamedTuple, assert_never

from mlplib.arguments import FloatArray
from mlplib.convolution.conv2d import conv2d, conv2d_backward
from mlplib.convolution.descriptions import Dense, Layer, Reshape, TransposedConv
from mlplib.convolution.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from mlplib.convolution.shapes import Conv, Pool
from mlplib.convolution.transposed import conv_transpose2d, conv_transpose2d_backward
from mlplib.functions.activations import Activation
from mlplib.networks.layers import affine, linear_parameters_backward


class Gradients(NamedTuple):
    """With respect to a layer's input, weights and biases."""

    A: Any
    W: Any = None
    b: Any = None


def forward(layer: Layer, A: Any, W: Any = None, b: Any = None) -> tuple[Any, FloatArray]:
    """Return the layer's result for a batch, and what `backward` needs.

    >>> import numpy as np
    >>> result, kept = forward(Pool(2), np.arange(16.0).reshape(1, 4, 4, 1))
    >>> result[0, :, :, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """
    match layer:
        case Activation():
            return layer.value_and_slope(A)
        case Dense():
            return affine(A.reshape(len(A), -1), W, b), A
        case Conv():
            return conv2d(A, W, b, **_numbers(layer)), A
        case TransposedConv():
            return conv_transpose2d(A, W, b, **_numbers(layer)), A
        case Pool(kind="max"):
            return max_pool2d(A, **_numbers(layer)), A
        case Pool():
            return avg_pool2d(A, **_numbers(layer)), A
        case Reshape(shape=shape):
            return A.reshape(len(A), *shape), A
    assert_never(layer)


def backward(layer: Layer, delta: FloatArray, kept: FloatArray, W: Any = None) -> Gradients:
    """Return the gradients, from δ with respect to the result and from what `forward` kept.

    >>> import numpy as np
    >>> images = np.arange(16.0).reshape(1, 4, 4, 1)
    >>> backward(Pool(2), np.ones((1, 2, 2, 1)), images).A[0, :, :, 0]
    array([[0., 0., 0., 0.],
           [0., 1., 0., 1.],
           [0., 0., 0., 0.],
           [0., 1., 0., 1.]])
    """
    match layer:
        case Activation():
            return Gradients(delta * kept)
        case Dense():
            dW, db = linear_parameters_backward(delta, kept.reshape(len(kept), -1))
            return Gradients((delta @ W).reshape(kept.shape), dW, db)
        case Conv():
            return Gradients(*conv2d_backward(delta, kept, W, **_numbers(layer)))
        case TransposedConv():
            return Gradients(*conv_transpose2d_backward(delta, kept, W, **_numbers(layer)))
        case Pool(kind="max"):
            return Gradients(max_pool2d_backward(delta, kept, **_numbers(layer)))
        case Pool():
            return Gradients(avg_pool2d_backward(delta, kept, **_numbers(layer)))
        case Reshape():
            return Gradients(delta.reshape(kept.shape))
    assert_never(layer)


def _numbers(layer: Conv | TransposedConv | Pool) -> dict[str, Any]:
    """Return what the functions take by name, as the description has it."""
    names = ["stride", "padding", "dilation"]
    match layer:
        case Conv():
            names += ["groups"]
        case TransposedConv():
            names += ["groups", "output_padding"]
        case Pool():
            names += ["kernel", "ceil_mode"]
    return {name: getattr(layer, name) for name in names}
