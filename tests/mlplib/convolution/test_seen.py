"""What an output sees, found out by asking the layers themselves: which entries move it."""

import re

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mlplib import CNN, Conv, Dense, Pool, TransposedConv, receptive_field, seen
from mlplib.convolution.passes import backward

number = st.integers(1, 2)
side = st.integers(0, 1)


def conv(kernel, stride, before, after, dilation):
    return Conv(1, (kernel, 1), (stride, 1), ((before, after), 0), (dilation, 1), bias=False)


def pool(kernel, stride, ceil_mode):
    return Pool((kernel, 1), (stride, 1), ceil_mode=ceil_mode, kind="mean")


def transposed(kernel, stride, before):
    return TransposedConv(1, (kernel, 1), (stride, 1), ((before, 0), 0), bias=False)


layer = (
    st.builds(conv, st.integers(1, 3), number, side, side, number)
    | st.builds(pool, number, number, st.booleans())
    | st.builds(transposed, st.integers(1, 3), number, side)
)


@settings(max_examples=80)
@given(st.lists(layer, min_size=1, max_size=3), st.data())
def test_an_output_sees_what_its_gradient_reaches(layers, data):
    try:
        network = CNN((11, 1, 1), layers, head="linear")
    except ValueError:
        return
    ones = {key: np.ones(size) for key, size in network.parameter_shapes.items()}
    y, cache = network.forward(ones, np.ones((1, 11, 1, 1)))
    row = data.draw(st.integers(0, y.shape[1] - 1))
    delta = np.zeros_like(y)
    delta[0, row] = 1
    for each, (kept, W) in zip(reversed(layers), reversed(cache), strict=True):
        delta = backward(each, delta, kept, W).A
    found = seen((11, 1, 1), layers, (row, 0))
    np.testing.assert_array_equal(found.rows, np.flatnonzero(delta.ravel()))


@given(st.lists(st.builds(conv, st.integers(1, 3), number, side, side, number), max_size=3),
       st.integers(0, 3))  # fmt: skip
def test_first_last_and_span_by_the_formula(layers, row):
    stride, padding = 1, 0
    for each in layers:
        window = each.windows()[0]
        padding += window.before * stride
        stride *= window.stride
    first, span = row * stride - padding, receptive_field(layers)[0]
    size = 60
    if first < 0 or first + span > size:
        return
    found = seen((size, 1, 1), layers, (row, 0))
    assert (found.first[0], found.last[0]) == (first, first + span - 1)


def test_same_padding_depends_on_the_size():
    layers = [Conv(1, 3, stride=2, padding="same")]
    assert seen((8, 9, 1), layers, (0, 0)).last == (2, 1)  # one zero, and it lies at the end


def test_what_is_no_place():
    for place, sentence in (
        ((3, 0), "place[0] must be less than 3, the size of the output, not 3."),
        ((-1, 0), "place[0] must be an integer of at least 0, not -1."),
        (3, "place must be (row, column), not 3."),
    ):
        with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
            seen((5, 5, 1), [Conv(1, 3)], place)
    with pytest.raises(ValueError, match=r"^layers must be Conv, Pool or TransposedConv, not Den"):
        seen((5, 5, 1), [Dense(3)], (0, 0))
