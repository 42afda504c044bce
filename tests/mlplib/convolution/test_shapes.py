"""Layers as descriptions, against the layers themselves."""

import re

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.convolution.conv2d import conv2d, conv2d_backward
from mlplib.convolution.pooling import avg_pool2d, max_pool2d
from mlplib.convolution.shapes import Conv, Pool, receptive_field

pairs = st.integers(1, 3) | st.tuples(st.integers(1, 3), st.integers(1, 3))
side = st.integers(0, 2) | st.tuples(st.integers(0, 2), st.integers(0, 2))
numbers = st.fixed_dictionaries(
    {
        "kernel": pairs,
        "stride": pairs,
        "padding": st.integers(0, 2) | st.tuples(side, side),
        "dilation": pairs,
    }
)


@given(
    st.integers(7, 9), st.integers(7, 9), st.integers(1, 3), st.integers(1, 2), st.data(), numbers
)
def test_conv_describes_conv2d(height, width, groups, filters, data, layer):
    channels, filters = groups * data.draw(st.integers(1, 2)), groups * filters
    description = Conv(filters, **layer, groups=groups)
    down, across = description.windows()
    x = np.ones((2, height, width, channels))
    weight = np.ones((filters, down.kernel, across.kernel, channels // groups))
    layer.pop("kernel")
    y = conv2d(x, weight, np.zeros(filters), **layer, groups=groups)
    assert description.output((height, width, channels)) == y.shape[1:]
    assert description.weights(channels) == weight.size
    assert description.parameters(channels) == weight.size + filters


@given(st.integers(5, 9), st.integers(5, 9), numbers, st.booleans())
def test_pool_describes_pooling(height, width, layer, ceil_mode):
    """The padding may leave a window nothing to see: then both refuse, with one sentence."""
    description = Pool(**layer, ceil_mode=ceil_mode)
    x = np.ones((2, height, width, 3))
    try:
        y = max_pool2d(x, **layer, ceil_mode=ceil_mode)
    except ValueError as error:
        with pytest.raises(ValueError, match=f"^{re.escape(str(error))}$"):
            description.output((height, width, 3))
        return
    assert description.output((height, width, 3)) == y.shape[1:]
    assert description.weights(3) == description.biases == 0


def seen(layers, size):
    """Return how many rows and columns reach the middle of the last output, by going backward."""
    shapes, x = [], np.zeros((1, size, size, 1))
    for layer in layers:
        shapes.append(x.shape)
        x = np.zeros((1, *layer.output(x.shape[1:])))
    x[0, x.shape[1] // 2, x.shape[2] // 2] = 1
    for layer, shape in zip(reversed(layers), reversed(shapes), strict=True):
        down, across = layer.windows()
        x = conv2d_backward(
            x,
            np.zeros(shape),
            np.ones((1, down.kernel, across.kernel, 1)),
            stride=(down.stride, across.stride),
            dilation=(down.dilation, across.dilation),
        ).x
    reached = np.argwhere(x[0, :, :, 0])
    return tuple(int(span) for span in reached.max(0) - reached.min(0) + 1)


window = st.fixed_dictionaries({"kernel": pairs, "stride": pairs})
conv = st.builds(lambda numbers, d: Conv(1, **numbers, dilation=d), window, pairs)
pool = st.builds(lambda numbers: Pool(**numbers), window)


@given(st.lists(conv | pool, min_size=1, max_size=3))
def test_the_receptive_field_is_what_a_gradient_reaches(layers):
    # Windows of the last layer, were it to stand alone, must not touch the border: take ample room.
    assert receptive_field(layers) == seen(layers, 160)


def test_the_receptive_field_of_nothing_is_one_pixel():
    assert receptive_field([]) == (1, 1)


def test_repr_says_what_is_unusual_and_no_more():
    assert repr(Conv(4, (2, 3))) == "Conv(4, 2×3)"
    assert repr(Conv(4, 3, (1, 2), (1, (0, 2)), 2, groups=2, bias=False)) == (
        "Conv(4, 3×3, stride 1×2, padding 1×(0, 2), dilation 2, groups 2, no bias)"
    )
    assert repr(Conv(4, 4, padding=((1, 2), (1, 2)))) == "Conv(4, 4×4, padding (1, 2))"
    assert repr(Pool(2)) == repr(Pool(2, 2)) == "Pool(2×2)"
    assert repr(Pool(3, 2, padding=1, ceil_mode=True)) == (
        "Pool(3×3, stride 2, padding 1, ceil_mode)"
    )


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Conv(0, 3), "filters must be an integer of at least 1, not 0."),
        (lambda: Conv(4, -3), "kernel must be an integer of at least 1, not -3."),
        (lambda: Conv(4, 3, stride=0), "stride must be an integer of at least 1, not 0."),
        (lambda: Conv(4, 3, groups=3), "groups must divide the 4 filters; 3 do not."),
        (lambda: Conv(4, 3, groups=0), "groups must be an integer of at least 1, not 0."),
        (
            lambda: Conv(4, 3, groups=2).output((9, 9, 3)),
            "groups must divide the 3 channels; 2 do not.",
        ),
        (lambda: Conv(4, 3).weights(0), "channels must be an integer of at least 1, not 0."),
        (lambda: Conv(True, 3), "filters must be an integer of at least 1, not True."),
        (
            lambda: Conv(3, 3).output((8, 8)),
            "shape must be (height, width, channels), not (8, 8).",
        ),
        (lambda: Pool(3).output(8), "shape must be (height, width, channels), not 8."),
        (lambda: receptive_field([7]), "layers must be Conv or Pool, but layer 1 is 7."),
        (
            lambda: receptive_field(Pool(2)),
            "layers must be a sequence of Conv and Pool, not Pool(2×2).",
        ),
        (lambda: Pool(2, stride=-1), "stride must be an integer of at least 1, not -1."),
        (
            lambda: Pool(3).output((2, 9, 1)),
            "kernel must fit into the padded height, but kernel 3 spans 3 positions and the "
            "height has 2 (2 and no padding).",
        ),
    ],
)
def test_what_cannot_be_is_refused(build, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        build()


def test_mean_and_maximum_have_one_shape():
    x = np.ones((1, 7, 6, 2))
    assert avg_pool2d(x, 3, stride=2, ceil_mode=True).shape[1:] == Pool(
        3, stride=2, ceil_mode=True
    ).output((7, 6, 2))
