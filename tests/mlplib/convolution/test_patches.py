"""Images cut into windows and put together again."""

import re

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.convolution.patches import col2im, im2col, images, pad
from mlplib.convolution.windows import windows

pairs = st.integers(1, 3) | st.tuples(st.integers(1, 3), st.integers(1, 3))
side = st.integers(0, 2) | st.tuples(st.integers(0, 2), st.integers(0, 2))
frames = st.builds(
    lambda kernel, stride, padding, dilation: windows(
        kernel, stride=stride, padding=padding, dilation=dilation
    ),
    pairs,
    pairs,
    st.integers(0, 2) | st.tuples(side, side),
    pairs,
)
shapes = st.tuples(st.integers(1, 2), st.integers(7, 9), st.integers(7, 9), st.integers(1, 2))


@given(shapes, frames, st.integers(1, 2))
def test_every_window_is_a_row(shape, frame, groups):
    n, height, width, channels = shape
    channels *= groups
    x = np.arange(1.0, n * height * width * channels + 1).reshape(n, height, width, channels)
    down, across = frame
    around = ((0, 0), (down.before, down.after), (across.before, across.after), (0, 0))
    padded = np.pad(x, around)
    expected = [
        [
            padded[
                image,
                p * down.stride : p * down.stride + down.span : down.dilation,
                q * across.stride : q * across.stride + across.span : across.dilation,
                channel : channel + channels // groups,
            ].ravel()
            for image in range(n)
            for p in range(down.count(height))
            for q in range(across.count(width))
        ]
        for channel in range(0, channels, channels // groups)
    ]
    np.testing.assert_array_equal(im2col(x, frame, groups), expected)


@given(shapes, frames, st.integers(1, 2))
def test_putting_together_is_the_transpose_of_cutting(shape, frame, groups):
    """Σ im2col(x) · c = Σ x · col2im(c), in whole numbers."""
    shape = (*shape[:3], shape[3] * groups)
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 10, shape).astype(float)
    columns = im2col(x, frame, groups)
    c = rng.integers(-9, 10, columns.shape).astype(float)
    together = col2im(c, frame, shape)
    assert together.shape == shape
    assert (columns * c).sum() == (x * together).sum()


def test_padding_is_where_it_is_asked_for():
    x = np.arange(1.0, 5).reshape(1, 2, 2, 1)
    frame = windows(2, padding=((1, 0), (0, 2)))
    assert pad(x, frame, -1)[0, :, :, 0].tolist() == [[-1] * 4, [1, 2, -1, -1], [3, 4, -1, -1]]
    assert pad(x, windows(2)) is x


def test_what_is_no_batch_of_images_is_refused():
    for shape in [(4, 4, 1), (0, 4, 4, 1), (1, 4, 4, 0), (1, 1, 4, 4, 1)]:
        message = f"dy must have four axes and none of them empty, not shape {shape}."
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            images("dy", np.zeros(shape))
