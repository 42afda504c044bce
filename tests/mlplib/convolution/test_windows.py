"""Windows along an axis against windows really laid out, one after the other."""

import re

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.convolution.windows import Window, output_size, windows

sizes = st.integers(1, 20)
kernels = st.integers(1, 6)
strides = st.integers(1, 5)
sides = st.tuples(st.integers(0, 4), st.integers(0, 4))
dilations = st.integers(1, 3)


def laid_out(size, kernel, stride, padding, dilation, ceil_mode):
    """Return the positions of every window's entries in the padded axis, by walking along it."""
    before, after = padding
    end = before + size + after
    found, start = [], 0
    while True:
        positions = [start + j * dilation for j in range(kernel)]
        if positions[-1] >= end:
            sticks_out = ceil_mode and positions[-1] - end + 1 < stride and start < before + size
            return [*found, positions] if sticks_out else found
        found.append(positions)
        start += stride


@given(sizes, kernels, strides, sides, dilations, st.booleans())
def test_counts_and_places_of_windows(size, kernel, stride, padding, dilation, ceil_mode):
    numbers = dict(stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)
    expected = laid_out(size, kernel, stride, padding, dilation, ceil_mode)
    if not expected:
        with pytest.raises(ValueError, match=r"^kernel must fit into the padded axis"):
            output_size(size, kernel, **numbers)
        return
    assert output_size(size, kernel, **numbers) == len(expected)

    window = Window.along("", kernel, **numbers)
    length = max(size + sum(padding), expected[-1][-1] + 1)
    assert window.padded(size) == length
    places = np.arange(length)
    taps = [places[window.tap(j, len(expected))] for j in range(kernel)]
    np.testing.assert_array_equal(np.transpose(taps), expected)
    real = [[padding[0] <= t < padding[0] + size for t in each] for each in expected]
    np.testing.assert_array_equal(window.entries(size), np.sum(real, axis=1))


def test_the_formula_of_document_004():
    for i, k, s, p in np.ndindex(40, 9, 4, 4):
        if i + 2 * p >= k and i and k and s:
            assert output_size(i, k, stride=s, padding=p) == np.floor((i + 2 * p - k) / s) + 1


def test_same_and_full_padding():
    for i in range(1, 12):
        for k in range(1, 8):
            assert output_size(i, k, padding=k - 1) == i + k - 1
            assert output_size(i, k, padding=((k - 1) // 2, k // 2)) == i


def test_one_side_is_not_both():
    assert output_size(5, 4, padding=(1, 2)) == output_size(5, 4, padding=(2, 1)) == 5
    assert output_size(5, 4, padding=1) == 4
    assert Window.along("", 4, padding=(1, 2)).before == 1


def test_ceil_adds_a_window_only_where_entries_would_be_left_out():
    assert output_size(6, 2, stride=2, ceil_mode=True) == 3
    assert output_size(7, 2, stride=2, ceil_mode=True) == 4
    # The fourth window would begin in the padding at the end.
    assert output_size(3, 2, stride=2, padding=(0, 2), ceil_mode=True) == 2
    assert output_size(4, 1, stride=3, padding=(0, 2), ceil_mode=True) == 2


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "expected"),
    [
        (2, 3, 3, 0, 1),  # the only window sticks out
        (1, 3, 3, 0, 1),
        (6, 1, 2, 0, 3),
        (8, 3, 4, 0, 2),
        (10, 3, 4, 0, 3),
        (5, 3, 3, 1, 2),
        (9, 4, 4, 2, 3),
        (5, 3, 2, (1, 2), 3),
        (3, 5, 4, (0, 1), 1),
    ],
)
def test_ceil_mode_as_pytorch_and_onnx_have_it(size, kernel, stride, padding, expected):
    assert output_size(size, kernel, stride, padding, ceil_mode=True) == expected


def test_a_window_that_sticks_out_by_its_stride_is_none():
    with pytest.raises(ValueError, match="^kernel must fit into the padded axis"):
        output_size(1, 4, stride=3, ceil_mode=True)


@given(sizes, kernels, strides, dilations)
def test_padding_same_leaves_one_position_for_each_stride(size, kernel, stride, dilation):
    """As TensorFlow defines it: ⌈i / s⌉ positions, the fewest zeros, an odd one at the end."""
    window = Window.along("", kernel, stride, "same", dilation)
    fitted = window.at(size)
    count = len(range(0, size, stride))
    assert window.count(size) == fitted.count(size) == count
    assert output_size(size, kernel, stride, "same", dilation) == count
    assert fitted.after - fitted.before in (0, 1)
    if fitted.before + fitted.after:
        assert (count - 1) * stride + window.span == size + fitted.before + fitted.after
    if stride == 1:
        assert fitted == window
        assert fitted.before + fitted.after == dilation * (kernel - 1)


def test_pairs_are_height_and_width():
    down, across = windows((2, 3), stride=(4, 5), padding=(6, (7, 8)), dilation=(9, 10))
    assert (down.axis, down.kernel, down.stride, down.dilation) == ("height", 2, 4, 9)
    assert (down.before, down.after) == (6, 6)
    assert (across.axis, across.kernel, across.stride, across.dilation) == ("width", 3, 5, 10)
    assert (across.before, across.after) == (7, 8)
    assert windows(2) == windows((2, 2), stride=(1, 1), padding=((0, 0), (0, 0)))


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (dict(size=0), "size must be an integer of at least 1, not 0."),
        (dict(size=2.0), "size must be an integer of at least 1, not 2.0."),
        (dict(kernel=0), "kernel must be an integer of at least 1, not 0."),
        (dict(kernel="3"), "kernel must be an integer of at least 1, not '3'."),
        (dict(stride=True), "stride must be an integer of at least 1, not True."),
        (dict(stride=0), "stride must be an integer of at least 1, not 0."),
        (dict(stride=-2), "stride must be an integer of at least 1, not -2."),
        (dict(padding=-1), "padding must be an integer of at least 0, not -1."),
        (dict(padding=(0, -1)), "padding must be an integer of at least 0, not -1."),
        (dict(padding="valid"), "padding must be numbers or \"same\", not 'valid'."),
        (dict(padding=(1, 2, 3)), "padding must be one number or a pair, not (1, 2, 3)."),
        (dict(dilation=0), "dilation must be an integer of at least 1, not 0."),
        (
            dict(size=4, kernel=5),
            "kernel must fit into the padded axis, but kernel 5 spans 5 positions and the axis "
            "has 4 (4 and no padding).",
        ),
        (
            dict(size=4, kernel=4, dilation=3, padding=(1, 2), ceil_mode=True),
            "kernel must fit into the padded axis, but kernel 4 with dilation 3 spans 10 positions "
            "and the axis has 7 (4 and padding 1 + 2).",
        ),
    ],
)
def test_what_cannot_be_is_refused(numbers, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        output_size(**{"size": 10, "kernel": 3, **numbers})


def test_numpys_integers_are_integers():
    assert output_size(np.int64(5), np.int32(3), stride=np.uint8(2), padding=np.array([1, 1])) == 3
    assert output_size(5, 2, padding=np.array(1)) == output_size(5, 2, padding=1)
    assert windows(np.array(2), stride=np.array(3)) == windows(2, stride=3)
