"""Whatever comes in, a function answers or refuses with a ValueError that names an argument."""

import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp

import mlplib

DTYPES = st.sampled_from([np.float16, np.float32, np.float64, np.int8, np.int64, np.uint8, np.bool_,
                          np.complex128, "U1", object])  # fmt: skip
SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)


@st.composite
def anything(draw):
    dtype, shape = np.dtype(draw(DTYPES)), draw(SHAPES)
    if dtype.kind == "O":
        return np.full(shape, None)
    elements = None
    if dtype.kind == "f":
        elements = st.sampled_from([0.0, 1.0, 0.5, -1.0, 3.0, np.inf, -np.inf, np.nan, 6e4])
    elif dtype.kind in "iu":
        elements = st.integers(0, 3) if dtype.kind == "u" else st.integers(-1, 3)
    return draw(hnp.arrays(dtype, shape, elements=elements))


TWO = {
    "cross_entropy": ("logits", "labels"),
    "cross_entropy_gradient": ("logits", "labels"),
    "mse": ("outputs", "targets"),
    "mse_gradient": ("outputs", "targets"),
    "binary_cross_entropy": ("probabilities", "targets"),
    "binary_cross_entropy_gradient": ("probabilities", "targets"),
    "binary_cross_entropy_with_logits": ("logits", "targets"),
    "binary_cross_entropy_with_logits_gradient": ("logits", "targets"),
    "softmax_backward": ("upstream", "s"),
    "conv1d": ("x", "weight", "kernel"),
    "conv_transpose2d": ("x", "weight"),
}
ONE = ("softmax", "log_softmax", "logsumexp", "softmax_jacobian", "log_softmax_jacobian",
       "decision", "maxima")  # fmt: skip


def answers_or_refuses(function, names, *arguments):
    refusal = None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            function(*arguments)
        except ValueError as error:
            refusal = str(error)
    assert refusal is None or re.match(rf"({'|'.join(names)})\b", refusal), refusal


@pytest.mark.parametrize("name", TWO)
@settings(max_examples=300)
@given(first=anything(), second=anything())
def test_functions_of_two_arrays(name, first, second):
    answers_or_refuses(getattr(mlplib, name), TWO[name], first, second)


@pytest.mark.parametrize("name", TWO)
@given(data=st.data(), shape=SHAPES)
def test_functions_of_two_arrays_of_one_shape(name, data, shape):
    numbers = st.sampled_from([0.0, 1.0, 0.5, 0.25, -1.0, 1e308, np.inf, -np.inf, np.nan, 5e-324])
    first, second = (data.draw(hnp.arrays(np.float64, shape, elements=numbers)) for _ in "12")
    answers_or_refuses(getattr(mlplib, name), TWO[name], first, second)


@pytest.mark.parametrize("name", ONE)
@given(anything())
def test_functions_of_one_array(name, x):
    answers_or_refuses(getattr(mlplib, name), ["x"], x)


@pytest.mark.parametrize("head", ["softmax", "linear", "sigmoid"])
@given(X=anything(), targets=anything())
def test_networks(head, X, targets):
    network = mlplib.MLP([2, 3, 2], "softplus", head)
    parameters = network.initialise(np.random.default_rng(0))
    names = ["X", "logits", "labels", "outputs", "targets"]
    answers_or_refuses(network.loss_and_gradients, names, parameters, X, targets)
