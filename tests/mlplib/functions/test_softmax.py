"""Softmax, its logarithm, logsumexp and their Jacobians: what holds for every array of scores."""

import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from mlplib.functions.columns import FEW_CLASSES
from mlplib.functions.softmax import log_softmax, logsumexp, softmax
from mlplib.functions.softmax_jacobian import (
    log_softmax_jacobian,
    softmax_backward,
    softmax_jacobian,
)
from mlplib.pieces import ENTRIES
from mlplib.proof.differentiate import jacobian

FUNCTIONS = [softmax, log_softmax, logsumexp]


def scores(limit=700.0, dtype=np.float64):
    shapes = hnp.array_shapes(min_dims=1, max_dims=3, max_side=6)
    numbers = st.floats(-limit, limit, width=8 * dtype(0).itemsize)
    return hnp.arrays(dtype, shapes, elements=numbers)


@given(scores())
def test_probabilities_are_positive_and_sum_to_one(x):
    p = softmax(x)
    assert p.shape == x.shape
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-14)


@given(scores(), st.integers(-1000, 1000))
def test_moving_all_scores_together_changes_nothing(x, c):
    x = np.round(x)  # so that x + c is exact
    np.testing.assert_array_equal(softmax(x + c), softmax(x))  # S4-A1h
    np.testing.assert_allclose(logsumexp(x + c), logsumexp(x) + c, rtol=1e-14, atol=1e-12)


@given(scores())
def test_the_three_agree(x):
    np.testing.assert_allclose(log_softmax(x), x - logsumexp(x)[..., None], rtol=1e-12, atol=1e-12)
    with np.errstate(under="ignore"):
        np.testing.assert_allclose(np.exp(log_softmax(x)), softmax(x), rtol=1e-12, atol=1e-300)


@given(scores(), st.sampled_from([0, -1]))
def test_any_axis_may_hold_the_classes(x, axis):
    for function in (softmax, log_softmax):
        expected = np.moveaxis(function(np.moveaxis(x, axis, -1)), -1, axis)
        np.testing.assert_array_equal(function(x, axis=axis), expected)
    np.testing.assert_array_equal(logsumexp(x, axis=axis), logsumexp(np.moveaxis(x, axis, -1)))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("classes", [FEW_CLASSES, FEW_CLASSES + 1, 10])
def test_rows_do_not_see_each_other_whatever_the_layout(function, classes):
    """Neither the order in memory nor the pieces that fit the cache change a row."""
    rng = np.random.default_rng(0)
    x = 100 * rng.normal(size=(2 * ENTRIES // classes + 3, classes))
    x[::7] += 1e6
    whole = function(x)
    for row in (0, 1, 7, ENTRIES // classes, len(x) - 1):
        np.testing.assert_allclose(whole[row], function(x[row]), rtol=1e-14)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_stays_and_nothing_warns(function, dtype):
    info = np.finfo(dtype)
    x = np.array([[info.max, -info.max, 0], [info.tiny, 0, -info.max], [1e4, -1e4, 0]], dtype)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        result = function(x)
    assert result.dtype == dtype
    assert not np.isnan(result).any()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_argument_is_not_written_to(function):
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    function(x)
    np.testing.assert_array_equal(x, [[1.0, 2.0], [3.0, 4.0]])


def test_infinite_scores_give_the_limit_where_there_is_one():
    inf = np.inf
    np.testing.assert_array_equal(softmax([[inf, 0], [-inf, 0]]), [[1, 0], [0, 1]])
    np.testing.assert_array_equal(log_softmax([[inf, 0], [-inf, 0]]), [[0, -inf], [-inf, 0]])
    for limitless in ([inf, inf, 0], [-inf, -inf], [np.nan, 0]):
        assert np.isnan(softmax(limitless)).all()
    np.testing.assert_array_equal(logsumexp([[inf, inf], [-inf, -inf], [-inf, 1]]), [inf, -inf, 1])


def test_one_class_is_certain():
    np.testing.assert_array_equal(softmax([[5.0], [-np.inf]]), [[1.0], [1.0]])
    np.testing.assert_array_equal(log_softmax([[5.0]]), [[0.0]])
    np.testing.assert_array_equal(logsumexp([[5.0]]), [5.0])


def test_ties_share():
    np.testing.assert_array_equal(softmax([7.0, 7.0, 7.0, 7.0]), [0.25] * 4)
    np.testing.assert_allclose(log_softmax([7.0, 7.0]), -np.log(2), rtol=1e-15)


def test_no_rows_no_result():
    assert softmax(np.zeros((0, 3))).shape == (0, 3)
    assert logsumexp(np.zeros((0, 3))).shape == (0,)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("axis", [0.0, "0", True])
def test_an_axis_is_an_integer(function, axis):
    with pytest.raises(ValueError, match=f"axis must be an integer of at least -2, not {axis!r}"):
        function([[1.0, 2.0]], axis=axis)
    with pytest.raises(ValueError, match=r"x must have an axis -3 of classes.* \(1, 2\)"):
        function([[1.0, 2.0]], axis=-3)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_axis_may_be_a_numpy_integer(function):
    x = np.array([[1.0, 2.0]])
    np.testing.assert_array_equal(function(x, axis=np.int64(0)), function(x, axis=0))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        (np.zeros((3, 0)), r"x must hold at least one class, but its shape is \(3, 0\)"),
        (1.0, r"x must have an axis -1 of classes, but its shape is \(\)"),
        ([1j, 2], "x must hold real numbers"),
        (["a"], "x must hold real numbers"),
    ],
)
def test_what_is_no_score_is_refused(function, x, sentence):
    with pytest.raises(ValueError, match=sentence):
        function(x)


# Jacobians


@given(scores(limit=20.0))
def test_jacobians_are_the_derivatives(x):
    row = x.reshape(-1, x.shape[-1])[0]

    def analytic_softmax(z):
        return np.exp(z) / np.exp(z).sum()

    def analytic_log_softmax(z):
        return z - np.log(np.exp(z).sum())

    np.testing.assert_allclose(softmax_jacobian(row), jacobian(analytic_softmax, row), atol=1e-15)
    np.testing.assert_allclose(
        log_softmax_jacobian(row), jacobian(analytic_log_softmax, row), atol=1e-14
    )


@given(scores(limit=20.0), st.integers(0, 2**32))
def test_softmax_backward_is_the_jacobian_times_the_upstream_gradient(x, seed):
    upstream = np.random.default_rng(seed).normal(size=x.shape)
    s = softmax(x)
    expected = np.einsum("...ij,...j->...i", softmax_jacobian(x), upstream)
    np.testing.assert_allclose(softmax_backward(upstream, s), expected, atol=1e-14)


@pytest.mark.parametrize("function", [softmax_jacobian, log_softmax_jacobian])
@given(scores())
def test_rows_of_a_jacobian_sum_to_zero(function, x):
    with np.errstate(all="raise"):
        rows = function(x)
    size = np.abs(rows).sum(axis=-1)
    assert (np.abs(rows.sum(axis=-1)) <= 1e-15 * size).all()


def test_the_diagonals_keep_the_digits_of_rare_classes():
    rare = np.exp(-40.0)  # S_2; 1 + rare is 1
    entries = [[rare, -rare], [-rare, rare]]
    np.testing.assert_allclose(softmax_jacobian([0.0, -40.0]), entries, rtol=1e-15)
    entries = [[rare, -rare], [-1, 1]]
    np.testing.assert_allclose(log_softmax_jacobian([0.0, -40.0]), entries, rtol=1e-15)


def test_a_jacobian_of_nan_is_nan():
    for x in ([np.nan], [np.nan, 0.0]):
        assert np.isnan(softmax_jacobian(x)).all()
        assert np.isnan(log_softmax_jacobian(x)).all()


def test_softmax_backward_of_huge_gradients():
    np.testing.assert_array_equal(softmax_backward([-1.7e308, 1.7e308], [0.0, 1.0]), [0, 0])
    quarter = softmax_backward([-1e308, 1e308, 1.7e308], [0.25, 0.25, 0.5]) / 4
    expected = softmax_backward([-0.25e308, 0.25e308, 0.425e308], [0.25, 0.25, 0.5])
    np.testing.assert_allclose(quarter, expected, rtol=1e-15)


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_softmax_backward_needs_finite_numbers(number):
    with pytest.raises(ValueError, match=r"upstream must be finite, but upstream\[1\]"):
        softmax_backward([0.0, number], [0.5, 0.5])
    with pytest.raises(ValueError, match=r"s must be finite, but s\[0\]"):
        softmax_backward([0.0, 1.0], [number, 0.5])


def test_softmax_backward_needs_equal_shapes():
    with pytest.raises(ValueError, match=r"upstream must have the shape of s, \(2,\), not \(1, 2"):
        softmax_backward([[1.0, 2.0]], [0.5, 0.5])


@given(scores(), st.data())
def test_several_axes_hold_the_classes_together(x, data):
    axes = data.draw(st.lists(st.sampled_from(range(x.ndim)), min_size=1, unique=True))
    axes = tuple(axis - data.draw(st.sampled_from([0, x.ndim])) for axis in axes)
    total = np.logaddexp.reduce(x, axis=axes, keepdims=True)
    np.testing.assert_allclose(logsumexp(x, axes, keepdims=True), total, rtol=1e-13, atol=1e-13)
    assert logsumexp(x, axes).shape == np.sum(x, axis=axes).shape
    np.testing.assert_allclose(log_softmax(x, axes), x - total, rtol=1e-12, atol=1e-12)
    with np.errstate(under="ignore"):
        expected = np.exp(x - total)
    np.testing.assert_allclose(softmax(x, axes), expected, rtol=1e-12, atol=1e-300)


def test_no_axis_means_all_of_them():
    x = np.log(np.arange(1.0, 7)).reshape(2, 3)
    np.testing.assert_allclose(softmax(x, axis=None), np.arange(1, 7).reshape(2, 3) / 21)
    assert logsumexp(x, axis=None) == pytest.approx(np.log(21))
    assert logsumexp(x, axis=None, keepdims=True).shape == (1, 1)
    assert logsumexp(x, 0, keepdims=True).shape == (1, 3)
    assert softmax(3.0, axis=None) == 1


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_axis_is_named_once(function):
    with pytest.raises(ValueError, match=r"^axis must name each axis once, not \(0, -2\)\.$"):
        function(np.ones((2, 2)), axis=(0, -2))


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("classes", [10, FEW_CLASSES + 1])
def test_memory_of_a_long_batch(function, classes):
    """What is returned, and the pieces that are worked on."""
    x = np.random.default_rng(0).normal(size=(20 * ENTRIES // classes, classes))
    tracemalloc.start()
    function(x)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.4 * x.nbytes


def test_scores_are_no_probabilities():
    with pytest.raises(
        ValueError, match=r"^s must hold probabilities, .* one row is \[ 3\. -5\.\]"
    ):
        softmax_backward([1.0, 0.0], [3.0, -5.0])
    with pytest.raises(ValueError, match=r"give softmax\(scores\)\.$"):
        softmax_backward(np.ones((2, 2)), [[0.5, 0.5], [0.5, 0.6]])
