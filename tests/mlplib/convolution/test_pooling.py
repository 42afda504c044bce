"""Pooling against windows looked at one by one."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from mlplib import jacobian
from mlplib.convolution.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from mlplib.convolution.windows import output_size

pairs = st.integers(1, 3) | st.tuples(st.integers(1, 3), st.integers(1, 3))
side = st.integers(0, 1) | st.tuples(st.integers(0, 2), st.integers(0, 2))
layers = st.fixed_dictionaries(
    {
        "kernel": pairs,
        "stride": st.none() | pairs,
        "padding": st.integers(0, 1) | st.tuples(side, side),
        "dilation": st.integers(1, 2) | st.tuples(st.integers(1, 2), st.integers(1, 2)),
        "ceil_mode": st.booleans(),
    }
)


def both(value):
    return value if isinstance(value, tuple) else (value, value)


def looked_at(shape, kernel, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Return the rows and columns of the output, and for each the places its window looks at."""
    _, *size, _ = shape
    kernel, dilation, padding = both(kernel), both(dilation), both(padding)
    stride = kernel if stride is None else both(stride)
    axes = []
    for axis in range(2):
        numbers = dict(
            stride=stride[axis],
            padding=padding[axis],
            dilation=dilation[axis],
            ceil_mode=ceil_mode,
        )
        before = both(padding[axis])[0]
        taps = [j * dilation[axis] - before for j in range(kernel[axis])]
        starts = [o * stride[axis] for o in range(output_size(size[axis], kernel[axis], **numbers))]
        axes.append([[s + t for t in taps if 0 <= s + t < size[axis]] for s in starts])
    return [[[(i, j) for i in rows for j in cols] for cols in axes[1]] for rows in axes[0]]


@st.composite
def problems(draw):
    """Draw images of few different whole numbers, so that there are ties, and a layer that fits."""
    layer = draw(layers)
    shape = draw(
        st.tuples(st.integers(1, 2), st.integers(5, 7), st.integers(5, 7), st.integers(1, 2))
    )
    windows = looked_at(shape, **layer)
    assume(all(window for row in windows for window in row))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = rng.integers(-2, 3, shape)
    dy = rng.integers(-9, 10, (shape[0], len(windows), len(windows[0]), shape[3]))
    return x, dy, layer, windows


@given(problems())
def test_maxima_one_by_one(problem):
    x, dy, layer, windows = problem
    y, dx = max_pool2d(x, **layer), np.zeros(x.shape, int)
    assert y.shape == dy.shape
    for b, p, q, c in np.ndindex(y.shape):
        # The first of the greatest: Python's max keeps it.
        i, j = max(windows[p][q], key=lambda place: x[b, *place, c])
        assert y[b, p, q, c] == x[b, i, j, c]
        dx[b, i, j, c] += dy[b, p, q, c]
    np.testing.assert_array_equal(max_pool2d_backward(dy, x, **layer), dx)


@given(problems())
def test_means_one_by_one(problem):
    x, dy, layer, windows = problem
    y, dx = avg_pool2d(x, **layer), np.full(x.shape, Fraction(0))
    assert y.shape == dy.shape
    for b, p, q, c in np.ndindex(y.shape):
        window = windows[p][q]
        mean = Fraction(int(sum(x[b, i, j, c] for i, j in window)), len(window))
        assert y[b, p, q, c] == float(mean)
        for i, j in window:
            dx[b, i, j, c] += Fraction(int(dy[b, p, q, c]), len(window))
    np.testing.assert_allclose(
        avg_pool2d_backward(dy, x, **layer), dx.astype(float), rtol=1e-14, atol=1e-14
    )


LAYERS = [
    {"kernel": 2},
    {"kernel": 3, "stride": 2, "padding": 1},
    {"kernel": (2, 3), "stride": 1, "dilation": (2, 1)},
    {"kernel": 3, "stride": 2, "ceil_mode": True},
]


@pytest.mark.parametrize("layer", LAYERS)
def test_gradients_equal_the_complex_step_away_from_ties(layer):
    """Where no two entries are equal the maximum is linear nearby: it picks one entry."""
    rng = np.random.default_rng(5)
    x = rng.permutation(72).reshape(1, 6, 6, 2) + rng.normal(size=(1, 6, 6, 2)) / 8
    dy = rng.normal(size=max_pool2d(x, **layer).shape)
    windows = looked_at(x.shape, **layer)

    def largest(t):
        return np.array(
            [
                max((t[0, i, j, c] for i, j in window), key=lambda v: v.real)
                for row in windows
                for window in row
                for c in range(2)
            ]
        )

    def mean(t):
        return np.array(
            [
                sum(t[0, i, j, c] for i, j in window) / len(window)
                for row in windows
                for window in row
                for c in range(2)
            ]
        )

    for backward, definition in [(max_pool2d_backward, largest), (avg_pool2d_backward, mean)]:
        expected = np.tensordot(dy.ravel(), jacobian(definition, x), 1)
        got = backward(dy, x, **layer)
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-14)


def test_at_a_tie_the_first_entry_gets_everything():
    x, dy = np.ones((1, 2, 2, 1)), np.full((1, 1, 1, 1), 5.0)
    assert max_pool2d_backward(dy, x, 2)[0, :, :, 0].tolist() == [[5, 0], [0, 0]]
    x[0, 0, 0, 0] = 0
    # Above right comes before below left: row by row, not column by column.
    assert max_pool2d_backward(dy, x, 2)[0, :, :, 0].tolist() == [[0, 5], [0, 0]]


def test_padding_is_no_number():
    x = np.full((1, 2, 2, 1), -3.0)
    assert (max_pool2d(x, 2, padding=1) == -3).all()
    assert (avg_pool2d(x, 2, padding=1) == -3).all()
    assert max_pool2d_backward(np.ones((1, 2, 2, 1)), x, 2, padding=1).sum() == 4


def test_the_second_layer_of_document_004():
    x = np.random.default_rng(0).normal(size=(1, 64, 64, 32))
    y = max_pool2d(x, 2)
    assert y.shape == (1, 32, 32, 32)
    np.testing.assert_array_equal(y, x.reshape(1, 32, 2, 32, 2, 32).max((2, 4)))


@pytest.mark.parametrize("kernel", [1, 2])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_stays_and_arguments_are_not_shared(dtype, kernel):
    x = np.ones((1, 4, 4, 1), dtype)
    x.flags.writeable = False
    for forward, backward in [
        (max_pool2d, max_pool2d_backward),
        (avg_pool2d, avg_pool2d_backward),
    ]:
        y = forward(x, kernel)
        assert y.dtype == backward(y, x, kernel).dtype == dtype
        y += 1
        assert (x == 1).all()


@pytest.mark.parametrize(("dtype", "huge"), [(np.float64, 1.7e308), (np.float32, 3.4e38)])
@pytest.mark.parametrize("kernel", [1, 2, 3])
def test_a_mean_never_leaves_the_range_of_its_numbers(kernel, dtype, huge):
    x = np.full((1, 6, 6, 1), huge, dtype)
    np.testing.assert_array_equal(avg_pool2d(x, kernel), x[:, ::kernel, ::kernel])
    np.testing.assert_array_equal(avg_pool2d(np.negative(x), kernel), -x[:, ::kernel, ::kernel])
    x[0, :3, :3] = [[[0], [1], [0]]]
    np.testing.assert_allclose(avg_pool2d(x, 3)[0, 0, :, 0], [1 / 3, x[0, 0, 5, 0]], rtol=1e-6)


@pytest.mark.parametrize("backward", [max_pool2d_backward, avg_pool2d_backward])
def test_a_gradient_that_overflows_is_infinite_without_a_warning(backward):
    x, dy = np.zeros((1, 3, 3, 1)), np.full((1, 3, 3, 1), 1.7e308)
    x[0, 1, 1] = 1
    assert backward(dy, x, 3, stride=1, padding=1)[0, 1, 1, 0] == np.inf


@pytest.mark.parametrize("backward", [max_pool2d_backward, avg_pool2d_backward])
def test_the_gradient_has_the_precision_of_dy(backward):
    x, dy = np.ones((1, 2, 2, 1), np.float32), np.full((1, 1, 1, 1), 1e300)
    gradient = backward(dy, x, 2)
    assert gradient.dtype == np.float64
    assert gradient.sum() == 1e300


X = np.ones((2, 5, 5, 4))
WITH_A_NAN = np.where(np.arange(200).reshape(X.shape) == 199, np.nan, 1)


@pytest.mark.parametrize(
    ("x", "layer", "message"),
    [
        (X[0], {}, "x must have four axes and none of them empty, not shape (5, 5, 4)."),
        (X[:0], {}, "x must have four axes and none of them empty, not shape (0, 5, 5, 4)."),
        (X, {"stride": -1}, "stride must be an integer of at least 1, not -1."),
        (X, {"stride": 0}, "stride must be an integer of at least 1, not 0."),
        (X, {"kernel": 0}, "kernel must be an integer of at least 1, not 0."),
        (
            X,
            {"kernel": 6},
            "kernel must fit into the padded height, but kernel 6 spans 6 positions and the "
            "height has 5 (5 and no padding).",
        ),
        (
            X,
            {"padding": (0, 2)},
            "padding must leave every window an entry, but along the width of 5 kernel 2 with "
            "padding 2 + 2 has a window on padding alone.",
        ),
        (
            X,
            {"padding": ((0, 3), 0)},
            "padding must leave every window an entry, but along the height of 5 kernel 2 with "
            "padding 0 + 3 has a window on padding alone.",
        ),
        (WITH_A_NAN, {}, "x must be finite, but x[1, 4, 4, 3] is nan."),
        (
            X * 1j,
            {},
            "x must hold real numbers (float32, float64, integers or booleans), not complex128.",
        ),
    ],
)
@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_what_cannot_be_is_refused(pool, x, layer, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        pool(x, **{"kernel": 2, **layer})


@pytest.mark.parametrize("backward", [max_pool2d_backward, avg_pool2d_backward])
def test_a_gradient_of_another_shape_is_refused(backward):
    message = "dy must have the shape of the output, (2, 2, 2, 4), not (1, 2, 2, 4)."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        backward(np.ones((1, 2, 2, 4)), X, 2)
    with pytest.raises(ValueError, match=r"^dy must be finite"):
        backward(np.full((2, 2, 2, 4), np.inf), X, 2)


def test_a_window_that_is_larger_than_the_image():
    x = np.array([[1.0, 5.0], [3.0, 4.0]]).reshape(1, 2, 2, 1)
    assert max_pool2d(x, 3, ceil_mode=True).tolist() == [[[[5.0]]]]
    assert avg_pool2d(x, 3, ceil_mode=True).tolist() == [[[[3.25]]]]
    dy = np.ones((1, 1, 1, 1))
    dx = max_pool2d_backward(dy, x, 3, ceil_mode=True)
    assert dx[0, :, :, 0].tolist() == [[0, 1], [0, 0]]
    assert (avg_pool2d_backward(dy, x, 3, ceil_mode=True) == 0.25).all()


def test_same_padding_counts_only_what_is_there():
    x = np.arange(1.0, 26).reshape(1, 5, 5, 1)
    same = dict(stride=2, padding="same")
    assert avg_pool2d(np.ones_like(x), 2, **same).tolist() == np.ones((1, 3, 3, 1)).tolist()
    np.testing.assert_array_equal(
        max_pool2d(x, 2, **same), max_pool2d(x, 2, stride=2, padding=((0, 1), (0, 1)))
    )
