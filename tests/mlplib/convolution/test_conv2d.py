"""Convolution of images against six nested loops, in whole numbers."""

import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib import jacobian
from mlplib.convolution.conv1d import convolve
from mlplib.convolution.conv2d import conv2d, conv2d_backward

pairs = st.integers(1, 3) | st.tuples(st.integers(1, 3), st.integers(1, 3))
side = st.integers(0, 2) | st.tuples(st.integers(0, 2), st.integers(0, 2))
layers = st.fixed_dictionaries(
    {
        "stride": pairs,
        "padding": st.integers(0, 2) | st.tuples(side, side),
        "dilation": st.integers(1, 2) | st.tuples(st.integers(1, 2), st.integers(1, 2)),
        "groups": st.integers(1, 3),
    }
)


@st.composite
def problems(draw):
    """Draw images, filters and a layer in which they fit, all of small whole numbers."""
    layer = draw(layers)
    groups = layer["groups"]
    n, height, width = draw(st.tuples(st.integers(1, 2), st.integers(5, 7), st.integers(5, 7)))
    k_h, k_w, c, f = draw(st.tuples(*[st.integers(1, 3)] * 2, *[st.integers(1, 2)] * 2))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = rng.integers(-9, 10, (n, height, width, c * groups))
    weight = rng.integers(-9, 10, (f * groups, k_h, k_w, c))
    return x, weight, layer


def both(value):
    return value if isinstance(value, tuple) else (value, value)


def terms(x_shape, weight_shape, stride=1, padding=0, dilation=1, groups=1):
    """Yield, for every product in the definition, the places in y, x and weight it has to do with.

    Products with a zero of the padding are left out.
    """
    n, height, width, _ = x_shape
    filters, k_h, k_w, depth = weight_shape
    (top, bottom), (left, right) = map(both, both(padding))
    (s_h, s_w), (d_h, d_w) = both(stride), both(dilation)
    out_height = (height + top + bottom - d_h * (k_h - 1) - 1) // s_h + 1
    out_width = (width + left + right - d_w * (k_w - 1) - 1) // s_w + 1
    for b, p, q, f in np.ndindex(n, out_height, out_width, filters):
        group = f // (filters // groups)
        for i, j, c in np.ndindex(k_h, k_w, depth):
            row, col = p * s_h + i * d_h - top, q * s_w + j * d_w - left
            if 0 <= row < height and 0 <= col < width:
                yield (b, p, q, f), (b, row, col, group * depth + c), (f, i, j, c)


def defined(shape, x, weight, **layer):
    """The output of the definition, in Python's integers."""
    y = np.zeros(shape, object)
    for out, into, tap in terms(x.shape, weight.shape, **layer):
        y[out] += int(x[into]) * int(weight[tap])
    return y


@given(problems())
def test_exact_on_whole_numbers(problem):
    x, weight, layer = problem
    bias = np.arange(len(weight)) ** 2
    y = conv2d(x, weight, bias, **layer)
    assert y.dtype == np.float64
    np.testing.assert_array_equal(y, defined(y.shape, x, weight, **layer) + bias)
    np.testing.assert_array_equal(conv2d(x, weight, **layer), y - bias)


@given(problems())
def test_gradients_are_exact_on_whole_numbers(problem):
    """Each product x·w in an output y passes dy·w to its x and dy·x to its w."""
    x, weight, layer = problem
    y = conv2d(x, weight, **layer)
    dy = np.random.default_rng(1).integers(-9, 10, y.shape)
    dx, dweight = np.zeros(x.shape, object), np.zeros(weight.shape, object)
    for out, into, tap in terms(x.shape, weight.shape, **layer):
        dx[into] += int(dy[out]) * int(weight[tap])
        dweight[tap] += int(dy[out]) * int(x[into])
    gradients = conv2d_backward(dy, x, weight, **layer)
    np.testing.assert_array_equal(gradients.x, dx)
    np.testing.assert_array_equal(gradients.weight, dweight)
    np.testing.assert_array_equal(gradients.bias, dy.sum((0, 1, 2)))


@pytest.mark.parametrize(
    "layer",
    [
        {},
        {"stride": 2, "padding": 1},
        {"stride": (1, 2), "padding": ((0, 1), (2, 0)), "dilation": (2, 1)},
        {"padding": 1, "groups": 2},
    ],
)
def test_gradients_equal_the_complex_step(layer):
    rng = np.random.default_rng(3)
    x, bias = rng.normal(size=(2, 5, 4, 2)), rng.normal(size=4)
    weight = rng.normal(size=(4, 3, 2, 2 // layer.get("groups", 1)))
    dy = rng.normal(size=conv2d(x, weight, bias, **layer).shape)

    gradients = conv2d_backward(dy, x, weight, **layer)
    for gradient, at, y in [
        (gradients.x, x, lambda t: conv2d(t, weight, bias, **layer)),
        (gradients.weight, weight, lambda t: conv2d(x, t, bias, **layer)),
        (gradients.bias, bias, lambda t: conv2d(x, weight, t, **layer)),
    ]:
        expected = np.tensordot(dy, jacobian(y, at), 4)
        assert gradient.shape == at.shape
        np.testing.assert_allclose(gradient, expected, rtol=1e-12, atol=1e-13)


def test_one_row_is_the_one_dimensional_convolution_without_a_flip():
    rng = np.random.default_rng(0)
    x, w = rng.integers(-9, 10, 9), rng.integers(-9, 10, 4)
    row, kernel = x.reshape(1, 1, 9, 1), w.reshape(1, 1, 4, 1)
    for mode, padding in [("valid", 0), ("full", (0, 3)), ("same", (0, (2, 1)))]:
        y = conv2d(row, kernel, padding=padding)
        np.testing.assert_array_equal(y[0, 0, :, 0], convolve(x, w, mode, flip=False))
        flipped = conv2d(row, kernel[:, :, ::-1], padding=padding)
        np.testing.assert_array_equal(flipped[0, 0, :, 0], convolve(x, w, mode))


def test_as_many_groups_as_channels_filter_each_channel_alone():
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, (1, 5, 5, 3)), rng.integers(-9, 10, (3, 2, 2, 1))
    y = conv2d(x, weight, groups=3)
    for c in range(3):
        alone = conv2d(x[..., c : c + 1], weight[c : c + 1])
        np.testing.assert_array_equal(y[..., c : c + 1], alone)


def test_the_first_layer_of_document_004():
    rng = np.random.default_rng(0)
    x, weight = rng.integers(0, 256, (1, 128, 128, 3)), rng.integers(-9, 10, (32, 8, 8, 3))
    y = conv2d(x, weight, stride=2, padding=3)
    assert y.shape == (1, 64, 64, 32)
    corner = x[0, :5, :5].reshape(25, 3)
    assert y[0, 0, 0, 7] == (corner * weight[7, 3:, 3:].reshape(25, 3)).sum()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_stays(dtype):
    x, weight, bias = np.ones((1, 4, 4, 1), dtype), np.ones((1, 2, 2, 1), dtype), np.ones(1, dtype)
    y = conv2d(x, weight, bias, padding=1)
    assert y.dtype == dtype
    assert all(g.dtype == dtype for g in conv2d_backward(y, x, weight, padding=1))
    assert conv2d(x, weight, [1.0]).dtype == np.float64


def test_arguments_are_not_written_to():
    rng = np.random.default_rng(0)
    x, weight, bias = rng.normal(size=(1, 4, 4, 1)), rng.normal(size=(1, 1, 1, 1)), np.ones(1)
    for array in (x, weight, bias):
        array.flags.writeable = False
    y = conv2d(x, weight, bias)
    y += 1
    conv2d_backward(y, x, weight).x[...] = 0


@given(problems())
def test_strides_in_memory_do_not_matter(problem):
    x, weight, layer = problem
    turned = x.astype(float).transpose(3, 2, 1, 0).copy().transpose(3, 2, 1, 0)
    np.testing.assert_array_equal(conv2d(turned, weight, **layer), conv2d(x, weight, **layer))


def test_an_overflow_is_infinite_without_a_warning():
    x, weight = np.full((1, 3, 3, 1), 1e308), np.full((1, 2, 2, 1), 1e308)
    y = conv2d(x, weight, [1.0])
    np.testing.assert_array_equal(y, np.full((1, 2, 2, 1), np.inf))
    gradients = conv2d_backward(np.full(y.shape, 1e308), x, weight)
    assert all(np.isinf(gradient).all() for gradient in gradients)


def test_zero_dimensional_arrays_are_numbers():
    np.testing.assert_array_equal(conv2d(X, W, stride=np.array(2)), conv2d(X, W, stride=2))


X, W = np.ones((2, 5, 5, 4)), np.ones((6, 3, 3, 4))


@pytest.mark.parametrize(
    ("arguments", "layer", "message"),
    [
        ((X[0], W), {}, "x must have four axes and none of them empty, not shape (5, 5, 4)."),
        ((X[:0], W), {}, "x must have four axes and none of them empty, not shape (0, 5, 5, 4)."),
        ((X, W[0]), {}, "weight must have four axes and none of them empty, not shape (3, 3, 4)."),
        (
            (X, W[..., :3]),
            {},
            "weight must have shape (filters, k_h, k_w, 4) for 4 channels in 1 groups, "
            "not (6, 3, 3, 3).",
        ),
        (
            (X, W),
            {"groups": 2},
            "weight must have shape (filters, k_h, k_w, 2) for 4 channels in 2 groups, "
            "not (6, 3, 3, 4).",
        ),
        (
            (X, W),
            {"groups": 3},
            "groups must divide the 4 channels and the 6 filters; 3 does not.",
        ),
        (
            (X, W[..., :1]),
            {"groups": 4},
            "groups must divide the 4 channels and the 6 filters; 4 does not.",
        ),
        ((X, W), {"groups": True}, "groups must be an integer of at least 1, not True."),
        ((X, W), {"groups": 0}, "groups must be an integer of at least 1, not 0."),
        ((X, W), {"stride": -1}, "stride must be an integer of at least 1, not -1."),
        ((X, W), {"stride": (1, 0)}, "stride must be an integer of at least 1, not 0."),
        ((X, W), {"padding": -1}, "padding must be an integer of at least 0, not -1."),
        (
            (X, W),
            {"dilation": (1, 3)},
            "kernel must fit into the padded width, but kernel 3 with dilation 3 spans 7 positions "
            "and the width has 5 (5 and no padding).",
        ),
        ((X, W, np.ones(5)), {}, "bias must have shape (6,), one for a filter, not (5,)."),
        ((X * np.nan, W), {}, "x must be finite, but x[0, 0, 0, 0] is nan."),
        ((X, W * np.inf), {}, "weight must be finite, but weight[0, 0, 0, 0] is inf."),
        ((X, W, np.full(6, np.nan)), {}, "bias must be finite, but bias[0] is nan."),
        ((X + complex(0, np.inf), W), {}, "x must be finite, but holds infinities or NaN."),
    ],
)
def test_what_cannot_be_is_refused(arguments, layer, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        conv2d(*arguments, **layer)


def test_ragged_images_are_refused():
    with pytest.raises(ValueError, match=r"^x must be an array with rows of equal length"):
        conv2d([[[[1.0]], [[1.0], [2.0]]]], W)
    for numbers in (X, X * 1j):
        with pytest.raises(ValueError, match=r"^x must have no masked entries"):
            conv2d(np.ma.array(numbers, mask=X == 1), W)


def test_a_gradient_of_another_shape_is_refused():
    message = "dy must have the shape of the output, (2, 3, 3, 6), not (2, 3, 3, 1)."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        conv2d_backward(np.ones((2, 3, 3, 1)), X, W)
    with pytest.raises(ValueError, match=r"^dy must be finite"):
        conv2d_backward(np.full((2, 3, 3, 6), np.nan), X, W)


def test_many_images_are_worked_on_a_few_at_a_time():
    """All windows of all images would take 9 × the batch."""
    x, weight = np.ones((64, 24, 24, 8)), np.ones((4, 3, 3, 8))
    y = conv2d(x, weight)
    for work in (lambda: conv2d(x, weight), lambda: conv2d_backward(y, x, weight)):
        tracemalloc.start()
        work()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 2.5 * x.nbytes


@pytest.mark.parametrize("groups", [1, 2])
def test_pieces_change_nothing(groups, monkeypatch):
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 10, (7, 6, 5, 4)).astype(float)
    weight = rng.integers(-9, 10, (2, 3, 2, 4 // groups)).astype(float)
    bias = np.array([1.0, 2.0])
    layer = dict(stride=(2, 1), padding=(1, (0, 1)), groups=groups)
    whole = conv2d(x, weight, bias, **layer)
    dy = rng.integers(-9, 10, whole.shape).astype(float)
    gradients = conv2d_backward(dy, x, weight, **layer)
    monkeypatch.setattr("mlplib.pieces.ENTRIES", 1000)  # two or three images at a time
    np.testing.assert_array_equal(conv2d(x, weight, bias, **layer), whole)
    for ours, theirs in zip(conv2d_backward(dy, x, weight, **layer), gradients, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_same_padding_of_a_layer_with_a_stride():
    x, weight = np.arange(36.0).reshape(1, 6, 6, 1), np.ones((1, 3, 3, 1))
    same = conv2d(x, weight, stride=2, padding="same")
    np.testing.assert_array_equal(same, conv2d(x, weight, stride=2, padding=((0, 1), (0, 1))))
    dx = conv2d_backward(np.ones(same.shape), x, weight, stride=2, padding="same").x
    np.testing.assert_array_equal(
        dx, conv2d_backward(np.ones(same.shape), x, weight, stride=2, padding=((0, 1), (0, 1))).x
    )


def test_numbers_of_a_layer_stand_in_the_order_of_pytorch():
    x, weight, bias = np.ones((1, 9, 9, 2)), np.ones((2, 3, 3, 1)), np.ones(2)
    named = conv2d(x, weight, bias, stride=2, padding=1, dilation=2, groups=2)
    np.testing.assert_array_equal(conv2d(x, weight, bias, 2, 1, 2, 2), named)


def test_filters_in_the_order_of_pytorch_are_told_the_way():
    with pytest.raises(ValueError, match=r"weight\.transpose\(0, 2, 3, 1\)\.$"):
        conv2d(np.ones((1, 9, 9, 3)), np.ones((4, 3, 5, 5)))


def test_no_alarm_for_a_user_who_asked_for_every_one():
    tiny = np.full((1, 3, 3, 1), 1e-200)
    with np.errstate(all="raise"):
        assert (conv2d(tiny, tiny) == 0).all()
        assert (conv2d_backward(np.full((1, 1, 1, 1), 1e-200), tiny, tiny).weight == 0).all()
