"""Transposed convolution against its definition, number by number, and as the adjoint of conv2d."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mlplib import (
    conv2d,
    conv_transpose2d,
    conv_transpose2d_backward,
    output_size,
    transposed_output_size,
)


@st.composite
def problems(draw):
    """Draw small images, kernels and a layer in which they fit, all of whole numbers."""
    stride = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    layer = {
        "stride": stride,
        "padding": ((draw(st.integers(0, 1)), draw(st.integers(0, 1))), draw(st.integers(0, 1))),
        "dilation": draw(st.tuples(st.integers(1, 2), st.integers(1, 2))),
        "groups": draw(st.integers(1, 2)),
        "output_padding": tuple(draw(st.integers(0, s - 1)) for s in stride),
    }
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    k_h, k_w, c, f = draw(st.tuples(*[st.integers(1, 3)] * 2, *[st.integers(1, 2)] * 2))
    x = rng.integers(-9, 10, (2, 3, 3, c * layer["groups"]))
    weight = rng.integers(-9, 10, (c * layer["groups"], k_h, k_w, f))
    return x, weight, layer


def laid_down(x, weight, stride, padding, dilation, groups, output_padding):
    """Lay a copy of the kernel for every number of x, in fractions, and cut the padding off."""
    (n, height, width, channels), (_, k_h, k_w, f) = x.shape, weight.shape
    (top, bottom), sides = padding
    large = [
        (size - 1) * s + d * (k - 1) + 1 + more
        for size, s, d, k, more in zip(
            (height, width), stride, dilation, (k_h, k_w), output_padding, strict=True
        )
    ]
    y = np.full((n, *large, f * groups), Fraction(0))
    per_group = channels // groups
    for b, p, q, c in np.ndindex(x.shape):
        for i, j, o in np.ndindex(k_h, k_w, f):
            place = (b, p * stride[0] + i * dilation[0], q * stride[1] + j * dilation[1])
            y[(*place, c // per_group * f + o)] += int(x[b, p, q, c]) * int(weight[c, i, j, o])
    return y[:, top : large[0] - bottom, sides : large[1] - sides]


def fits(x, weight, layer):
    """Whether the padding leaves something."""
    return 0 not in laid_down(x, weight, **layer).shape


@given(problems())
def test_every_number_lays_a_copy_of_the_kernel(problem):
    x, weight, layer = problem
    if not fits(x, weight, layer):
        with pytest.raises(ValueError, match="padding must leave an entry"):
            conv_transpose2d(x, weight, **layer)
        return
    expected = laid_down(x, weight, **layer)
    np.testing.assert_array_equal(conv_transpose2d(x, weight, **layer), expected.astype(float))


@settings(max_examples=40)
@given(problems(), st.integers(0, 2**32))
def test_it_is_the_transpose_of_the_convolution_and_so_are_its_gradients(problem, seed):
    x, weight, layer = problem
    if not fits(x, weight, layer):
        return
    rng = np.random.default_rng(seed)
    bias = rng.integers(-9, 10, weight.shape[3] * layer["groups"])
    y = conv_transpose2d(x, weight, bias, **layer)
    dy = rng.integers(-9, 10, y.shape)
    there = {key: value for key, value in layer.items() if key != "output_padding"}
    plain = conv_transpose2d(x, weight, **layer)
    back = conv2d(dy, weight, **there)
    assert back.shape == x.shape
    assert (plain * dy).sum() == (x * back).sum()

    def loss(x, weight, bias):
        return (conv_transpose2d(x, weight, bias, **layer) * dy).sum()

    gradients = conv_transpose2d_backward(dy, x, weight, **layer)
    for gradient, name in zip(gradients, ("x", "weight", "bias"), strict=True):
        given_ = {"x": x, "weight": weight, "bias": bias}
        for place in np.ndindex(gradient.shape):  # the loss is linear in each
            moved = given_[name].copy()
            moved[place] += 1
            assert loss(**given_ | {name: moved}) - loss(**given_) == gradient[place]


sizes = st.fixed_dictionaries(
    {
        "stride": st.integers(1, 4),
        "padding": st.integers(0, 3) | st.tuples(st.integers(0, 3), st.integers(0, 3)),
        "dilation": st.integers(1, 3),
    }
)


@given(st.integers(1, 9), st.integers(1, 5), sizes)
def test_as_many_sizes_lead_back_as_the_stride_has_steps(size, kernel, layer):
    def leads_back(large):
        try:
            return output_size(large, kernel, **layer) == size
        except ValueError:
            return False

    found = []
    for extra in range(layer["stride"]):
        try:
            large = transposed_output_size(size, kernel, **layer, output_padding=extra)
        except ValueError:
            continue
        found.append(large)
    assert found == [large for large in range(1, 60) if leads_back(large)]


def test_precision_and_bad_numbers():
    x, weight = np.ones((1, 2, 2, 4), np.float32), np.ones((4, 2, 2, 1), np.float32)
    assert conv_transpose2d(x, weight, np.ones(1, np.float32)).dtype == np.float32
    for changed, sentence in (
        ({"output_padding": 1}, "output_padding must be less than the stride, 1, not 1."),
        ({"output_padding": (0, 0, 0)}, "output_padding must be one number or a pair, not (0, 0,"),
        ({"padding": 2}, "padding must leave an entry of the 3 there are, not 4."),
        (
            {"padding": "same", "stride": 2},
            "padding must be numbers where the stride is more than 1",
        ),
        ({"groups": 3}, "groups must divide the 4 channels; 3 does not."),
        ({"bias": [1, 2]}, "bias must have shape (1,), one for a filter, not (2,)."),
    ):
        with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
            conv_transpose2d(x, weight, **changed)
    with pytest.raises(ValueError, match=r"^weight must have shape \(4, k_h, k_w, filters / "):
        conv_transpose2d(x, weight[:2])
    with pytest.raises(ValueError, match=r"^dy must have the shape of the output, \(1, 3, 3, 1\)"):
        conv_transpose2d_backward(x, x, weight)
