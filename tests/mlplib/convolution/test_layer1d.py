"""Convolution of sequences against the definition in fractions, and against the row of an image."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mlplib import conv1d, conv1d_backward, conv2d, conv2d_backward, convolve, output_size

layers = st.fixed_dictionaries(
    {
        "stride": st.integers(1, 3),
        "padding": st.integers(0, 3) | st.tuples(st.integers(0, 3), st.integers(0, 3)),
        "dilation": st.integers(1, 3),
    }
)
fractions = st.fractions(-9, 9, max_denominator=9)


def definition(x, w, stride, padding, dilation):
    """Every position, every kernel entry, one after the other."""
    before, after = padding if isinstance(padding, tuple) else (padding, padding)
    padded = [0] * before + list(x) + [0] * after
    span = dilation * (len(w) - 1) + 1
    starts = range(0, len(padded) - span + 1, stride)
    return [sum(w[j] * padded[t + j * dilation] for j in range(len(w))) for t in starts]


def objects(values):
    array = np.empty(len(values), object)
    array[:] = values
    return array


@given(st.lists(fractions, min_size=7, max_size=9), st.lists(fractions, min_size=1, max_size=3),
       layers)  # fmt: skip
def test_one_sequence_is_exact(x, w, layer):
    y = conv1d(objects(x), objects(w), **layer)
    expected = definition(x, w, **layer)
    assert y.tolist() == expected
    assert len(expected) == output_size(len(x), len(w), **layer)
    floats = conv1d(np.array(x, float), np.array(w, float), **layer)
    np.testing.assert_allclose(floats, np.array(expected, float), rtol=1e-12, atol=1e-12)


@settings(max_examples=50)
@given(st.lists(st.integers(-9, 9), min_size=7, max_size=9),
       st.lists(st.integers(-9, 9), min_size=1, max_size=3), layers, st.data())  # fmt: skip
def test_gradients_are_the_slopes_of_a_linear_loss(x, w, layer, data):
    y = definition(x, w, **layer)
    dy = data.draw(st.lists(st.integers(-9, 9), min_size=len(y), max_size=len(y)))

    def loss(x, w):
        return sum(a * b for a, b in zip(dy, definition(x, w, **layer), strict=True))

    gradients = conv1d_backward(dy, x, w, **layer)
    for i, slope in enumerate(gradients.x):
        moved = [*x[:i], x[i] + 1, *x[i + 1 :]]
        assert loss(moved, w) - loss(x, w) == slope
    for j, slope in enumerate(gradients.weight):
        moved = [*w[:j], w[j] + 1, *w[j + 1 :]]
        assert loss(x, moved) - loss(x, w) == slope
    assert gradients.bias == sum(dy)
    assert {g.dtype.kind for g in gradients} == {"i"}


@settings(max_examples=50)
@given(layers, st.integers(1, 3), st.integers(0, 2**32))
def test_a_batch_is_a_batch_of_images_with_one_row(layer, groups, seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(-9, 10, (2, 8, 2 * groups))
    weight, bias = rng.integers(-9, 10, (3 * groups, 3, 2)), rng.integers(-9, 10, 3 * groups)
    y = conv1d(x, weight, bias, groups=groups, **layer)
    flat = {
        "stride": (1, layer["stride"]),
        "padding": (0, layer["padding"]),
        "dilation": (1, layer["dilation"]),
        "groups": groups,
    }
    np.testing.assert_array_equal(y, conv2d(x[:, None], weight[:, None], bias, **flat)[:, 0])
    dy = rng.integers(-9, 10, y.shape)
    expected = conv2d_backward(dy[:, None], x[:, None], weight[:, None], **flat)
    gradients = conv1d_backward(dy, x, weight, groups=groups, **layer)
    np.testing.assert_array_equal(gradients.x, expected.x[:, 0])
    np.testing.assert_array_equal(gradients.weight, expected.weight[:, 0])
    np.testing.assert_array_equal(gradients.bias, expected.bias)


def test_kinds_of_numbers():
    assert conv1d([1, 2, 3], [1, 1]).dtype == np.int64
    assert conv1d(np.ones(3, np.float32), np.ones(2, np.float32)).dtype == np.float32
    assert conv1d([1j, 2], [1, 1]) == 2 + 1j
    exact = conv1d(objects([Fraction(1, 3), 1]), [1, 1], Fraction(1, 6))
    assert exact.tolist() == [Fraction(3, 2)]
    single = np.ones((1, 3, 2), np.float32)
    assert conv1d(single, single).dtype == np.float32
    gradients = conv1d_backward(np.ones((1, 1, 1), np.float32), single, single)
    assert {g.dtype for g in gradients} == {np.dtype(np.float32)}
    assert [g.tolist() for g in conv1d_backward([1.5], [1, 2], [3, 4])] == [[4.5, 6], [1.5, 3], 1.5]


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9), st.integers(1, 3), st.integers(1, 4))
def test_same_has_as_many_as_the_stride_leaves(x, stride, kernel):
    y = conv1d(x, [1] * kernel, stride=stride, padding="same")
    assert len(y) == -(-len(x) // stride)


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=9))
def test_without_stride_and_padding_it_is_the_valid_correlation(x):
    np.testing.assert_array_equal(conv1d(x, [1, 2, 3]), convolve(x, [3, 2, 1], "valid"))


@pytest.mark.parametrize(
    ("arguments", "layer", "sentence"),
    [
        (([1, 2], [1, 2, 3]), {}, "kernel must fit into the padded axis, but kernel 3 spans 3"),
        (([[1, 2]], [1]), {}, "x and weight must be a sequence and a kernel, (length,) and (k,)"),
        (([1, 2], [1]), {"groups": 2}, "x and weight must be a sequence and a kernel"),
        (([1.0, np.nan], [1.0]), {}, "x must be finite, but x[1] is nan."),
        (([2**62, 2**62], [2, 2]), {}, "x and weight must be small enough for 64 bits"),
        (([1, 2], [1], [1]), {}, "bias must have shape (), one number for a filter, not (1,)."),
        (
            (np.ones((1, 4, 3)), np.ones((2, 2, 2))),
            {},
            "weight must have shape (filters, k, 3)",
        ),
        ((np.ones((1, 4, 3)), np.ones((2, 2, 2))), {"groups": 2}, "groups must divide the 3 chan"),
        (([1, 2], [1]), {"stride": 0}, "stride must be an integer of at least 1, not 0."),
    ],
)
def test_what_does_not_fit(arguments, layer, sentence):
    with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
        conv1d(*arguments, **layer)


def test_an_upstream_of_another_shape():
    with pytest.raises(ValueError, match=r"^dy must have the shape of the output, \(2,\), not"):
        conv1d_backward([1, 2, 3], [1, 2, 3], [1, 2])
