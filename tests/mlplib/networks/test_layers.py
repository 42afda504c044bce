"""Each layer: forward against loops, backward against the complex step with a random cotangent."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.functions.activations import ACTIVATIONS
from mlplib.networks.layers import (
    activation_backward,
    activation_forward,
    linear_backward,
    linear_forward,
)
from mlplib.proof.differentiate import gradient

SIDES = st.integers(1, 5)


def linear_problem(n, d, s, seed):
    rng = np.random.default_rng(seed)
    return (rng.normal(size=shape) for shape in ((n, d), (s, d), s, (n, s)))


@given(SIDES, SIDES, SIDES, st.integers(0, 2**32))
def test_linear_forward_is_the_sum_it_stands_for(n, d, s, seed):
    A, W, b, _ = linear_problem(n, d, s, seed)
    Z, _ = linear_forward(A, W, b)
    for i in range(n):
        for j in range(s):
            total = b[j] + sum(W[j, k] * A[i, k] for k in range(d))
            assert Z[i, j] == pytest.approx(total, rel=1e-12, abs=1e-12)


@given(SIDES, SIDES, SIDES, st.integers(0, 2**32))
def test_linear_backward(n, d, s, seed):
    A, W, b, upstream = linear_problem(n, d, s, seed)
    _, cache = linear_forward(A, W, b)
    dA, dW, db = linear_backward(upstream, cache)
    close = {"rtol": 1e-12, "atol": 1e-14}
    np.testing.assert_allclose(dA, gradient(lambda a: (upstream * (a @ W.T)).sum(), A), **close)
    np.testing.assert_allclose(dW, gradient(lambda w: (upstream * (A @ w.T)).sum(), W), **close)
    np.testing.assert_allclose(db, gradient(lambda c: (upstream * c).sum(), b), **close)


@pytest.mark.parametrize("g", ACTIVATIONS.values(), ids=str)
@given(st.integers(0, 2**32))
def test_activation_layer(g, seed):
    rng = np.random.default_rng(seed)
    Z, upstream = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    A, cache = activation_forward(Z, g)
    np.testing.assert_array_equal(A, g(Z))
    np.testing.assert_array_equal(activation_backward(upstream, cache), upstream * g.prime(Z))


def test_layers_keep_float32():
    A, W, b = (np.ones(shape, np.float32) for shape in ((2, 3), (4, 3), 4))
    Z, cache = linear_forward(A, W, b)
    H, slopes = activation_forward(Z, ACTIVATIONS["softplus"])
    results = [Z, H, slopes, activation_backward(H, slopes), *linear_backward(Z, cache)]
    assert {result.dtype for result in results} == {np.dtype(np.float32)}


def test_an_overflow_is_infinite_without_a_warning():
    big = np.full((1, 2), 1e308)
    Z, cache = linear_forward(big, big, [0.0])
    np.testing.assert_array_equal(Z, np.inf)
    assert all(np.isinf(result).all() for result in linear_backward([[10.0]], cache)[:2])
    np.testing.assert_array_equal(activation_backward(big, big), np.inf)


def test_layers_leave_their_arguments_alone():
    A, W, b, upstream = linear_problem(2, 3, 4, seed=0)
    copies = [x.copy() for x in (A, W, b, upstream)]
    Z, cache = linear_forward(A, W, b)
    kept = Z.copy()
    linear_backward(upstream, cache)
    activation_forward(Z, ACTIVATIONS["relu"])
    for after, before in zip((A, W, b, upstream, Z), (*copies, kept), strict=True):
        np.testing.assert_array_equal(after, before)


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        (((2, 3), (4, 5), 4), r"with the same d, not \(2, 3\) and \(4, 5\)\.$"),
        ((3, (4, 3), 4), r"with the same d, not \(3,\) and \(4, 3\)\.$"),
        (((2, 3), (4, 3), 3), r"b must have one entry for each row of W, \(4,\), not \(3,\)"),
        (((2, 3), (4, 3), (1, 4)), r"not \(1, 4\)"),
    ],
)
def test_shapes_that_do_not_belong_together(shapes, sentence):
    with pytest.raises(ValueError, match=sentence):
        linear_forward(*(np.zeros(shape) for shape in shapes))


def test_a_gradient_has_the_shape_of_its_result():
    _, cache = linear_forward(np.zeros((2, 3)), np.zeros((4, 3)), np.zeros(4))
    with pytest.raises(ValueError, match=r"upstream must have .* \(2, 4\), not \(2, 1\)"):
        linear_backward(np.zeros((2, 1)), cache)
    with pytest.raises(ValueError, match=r"upstream must have .* \(2, 4\), not \(4,\)"):
        activation_backward(np.zeros(4), np.zeros((2, 4)))
