"""Losses: their gradients, reductions, limits, and the sentences with which they refuse."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from hypothesis.extra import numpy as hnp

from mlplib.functions.labels import ROUNDING, one_hot
from mlplib.losses.cross_entropy import (
    cross_entropy,
    cross_entropy_and_gradient,
    cross_entropy_gradient,
)
from mlplib.losses.logistic import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)
from mlplib.losses.squared import mse, mse_gradient
from mlplib.pieces import ENTRIES
from mlplib.proof.differentiate import gradient

# name: loss, gradient, and the loss of one entry in analytic form
ENTRYWISE = {
    "mse": (mse, mse_gradient, lambda y, t: (y - t) ** 2),
    "logits": (
        binary_cross_entropy_with_logits,
        binary_cross_entropy_with_logits_gradient,
        lambda z, t: np.log(1 + np.exp(z)) - t * z,
    ),
    "probabilities": (
        binary_cross_entropy,
        binary_cross_entropy_gradient,
        lambda p, t: -(t * np.log(p) + (1 - t) * np.log(1 - p)),
    ),
}
SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)


@pytest.mark.parametrize("name", ENTRYWISE)
@given(data=st.data())
def test_entrywise_losses_and_gradients(name, data):
    loss, slope, formula = ENTRYWISE[name]
    shape = data.draw(SHAPES)
    unit = hnp.arrays(np.float64, shape, elements=st.floats(0.01, 0.99))
    outputs, targets = data.draw(unit), data.draw(unit)
    if name != "probabilities":
        outputs = 20 * outputs - 10
    each = formula(outputs, targets)
    n, entries = shape[0], outputs.size
    for reduction, total in {
        "mean": each.sum() / entries,
        "batchmean": each.sum() / n,
        "sum": each.sum(),
        "none": each,
    }.items():
        value = loss(outputs, targets, reduction=reduction)
        np.testing.assert_allclose(value, total, rtol=1e-12, atol=1e-12)
        divisor = {"mean": entries, "batchmean": n}.get(reduction, 1)

        def objective(x, divisor=divisor):
            return formula(x, targets).sum() / divisor

        np.testing.assert_allclose(
            slope(outputs, targets, reduction=reduction),
            gradient(objective, outputs),
            rtol=1e-12,
            atol=1e-14,
        )


@pytest.mark.parametrize("name", ENTRYWISE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_of_the_outputs_stays(name, dtype):
    loss, slope, _ = ENTRYWISE[name]
    outputs = np.array([[0.25, 0.5]], dtype)
    for targets in ([[0, 1]], np.array([[0.0, 1.0]])):
        assert loss(outputs, targets).dtype == dtype
        assert loss(outputs, targets, reduction="none").dtype == dtype
        assert slope(outputs, targets).dtype == dtype


@pytest.mark.parametrize("name", ENTRYWISE)
def test_one_number_is_a_batch_of_one(name):
    for function in ENTRYWISE[name][:2]:
        for reduction in ("mean", "batchmean", "sum", "none"):
            value = function(0.25, 0.75, reduction=reduction)
            assert value == function([0.25], [0.75], reduction="sum")
            assert np.shape(value) == ()


@pytest.mark.parametrize("name", ENTRYWISE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_is_raised_by_tiny_and_huge_entries(name, dtype):
    info = np.finfo(dtype)
    tiny = np.array([info.smallest_subnormal, info.tiny, 0.5], dtype)
    huge = np.array([info.max, -info.max, info.max / 2], dtype)
    with np.errstate(all="raise"):
        for function in ENTRYWISE[name][:2]:
            assert not np.isnan(function(tiny, tiny[::-1])).any()
            assert not np.isnan(function(tiny, 0 * tiny)).any()
            if name != "probabilities":
                assert not np.isnan(function(huge, tiny)).any()


def test_nothing_is_raised_by_probabilities_too_small_for_float32():
    with np.errstate(all="raise"):
        loss = cross_entropy(np.float32([[0, 1]]), [[1 - 1e-20, 1e-60]])
    np.testing.assert_allclose(loss, np.log1p(np.e), rtol=1e-6)


def test_a_mean_exists_where_the_sum_is_too_large():
    with np.errstate(all="raise"):
        for dtype in (np.float32, np.float64):
            top = np.finfo(dtype).max
            z = np.array([top, top, top / 2, top / 2], dtype)
            mean = np.float64(0.75) * top
            loss = binary_cross_entropy_with_logits(z, np.zeros(4))
            np.testing.assert_allclose(loss, dtype(mean), rtol=1e-6)
            rows = np.stack([z, np.zeros_like(z)], axis=1)
            np.testing.assert_allclose(cross_entropy(rows, [1] * 4), dtype(mean), rtol=1e-6)
            assert cross_entropy_and_gradient(rows, [1] * 4)[0] == cross_entropy(rows, [1] * 4)
            root = np.sqrt(dtype(0.75) * top)
            loss = mse(np.array([root, root], dtype), np.zeros(2))
            np.testing.assert_allclose(loss, dtype(mean), rtol=1e-6)
            assert cross_entropy(rows, [1] * 4, reduction="sum") == np.inf


def test_slopes_exist_where_twice_the_error_is_too_large():
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(mse_gradient([1e308, 0.0], [0.0, 0.0]), [1e308, 0])
        p = np.array([4e-309, 0.5])
        slopes = binary_cross_entropy_gradient(p, [1.0, 1.0])
        np.testing.assert_allclose(slopes, [-1.25e308, -1], rtol=1e-15)


@pytest.mark.parametrize("function", [mse, mse_gradient])
def test_a_target_must_fit_the_precision_of_the_outputs(function):
    with pytest.raises(
        ValueError, match=r"targets must be finite in float32, but targets\[1\] is 1e\+39"
    ):
        function(np.float32([1, 1]), [1.0, 1e39])


@pytest.mark.parametrize("name", ENTRYWISE)
def test_a_column_against_a_row_is_refused(name):
    column, row = np.full((3, 1), 0.5), np.full(3, 0.5)
    for function in ENTRYWISE[name][:2]:
        with pytest.raises(ValueError, match=r"has \(3, 1\) and targets has \(3,\)"):
            function(column, row)


@pytest.mark.parametrize("name", ENTRYWISE)
def test_entrywise_losses_refuse_what_they_cannot_use(name):
    for function in ENTRYWISE[name][:2]:
        with pytest.raises(ValueError, match=r"at least one example, but its shape is \(0, 2\)"):
            function(np.zeros((0, 2)), np.zeros((0, 2)))
        with pytest.raises(ValueError, match=r"reduction must be .*, not 'median'"):
            function([0.5], [0.5], reduction="median")
        with pytest.raises(ValueError, match=r"NaN|nan"):
            function([np.nan], [0.5])
        with pytest.raises(ValueError, match=r"targets must .*nan"):
            function([0.5], [np.nan])


@pytest.mark.parametrize("name", ["logits", "probabilities"])
@pytest.mark.parametrize("target", [-0.1, 1.1, np.inf])
def test_binary_targets_lie_between_0_and_1(name, target):
    for function in ENTRYWISE[name][:2]:
        with pytest.raises(ValueError, match=rf"targets must lie in \[0, 1\].* is {target}"):
            function([0.5], [target])


def test_probabilities_lie_between_0_and_1():
    with pytest.raises(ValueError, match=r"probabilities must lie in \[0, 1\].* is 1.5"):
        binary_cross_entropy([0.5, 1.5], [0.0, 1.0])


def test_certain_answers():
    inf, loss, slope = np.inf, binary_cross_entropy, binary_cross_entropy_gradient
    p, t = [0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]
    np.testing.assert_array_equal(loss(p, t, reduction="none"), [0, inf, inf, 0])
    np.testing.assert_array_equal(slope(p, t, reduction="none"), [1, -inf, inf, -1])
    z = [-inf, -inf, inf, inf]
    loss, slope = binary_cross_entropy_with_logits, binary_cross_entropy_with_logits_gradient
    np.testing.assert_array_equal(loss(z, t, reduction="none"), [0, inf, inf, 0])
    np.testing.assert_array_equal(slope(z, t, reduction="none"), [0, -1, 1, 0])


def test_logit_zero_is_smooth():
    """Early versions of PyTorch were wrong here, because |z| has no slope at 0."""
    for zero in (0.0, -0.0):
        slopes = binary_cross_entropy_with_logits_gradient([zero] * 3, [0, 0.25, 1])
        np.testing.assert_array_equal(3 * slopes, [0.5, 0.25, -0.5])


def test_a_long_array_is_the_sum_of_its_pieces():
    rng = np.random.default_rng(0)
    z, t = rng.normal(size=2 * ENTRIES + 5), rng.random(2 * ENTRIES + 5)
    expected = np.logaddexp(0, z) - t * z
    losses = binary_cross_entropy_with_logits(z, t, reduction="none")
    np.testing.assert_allclose(losses, expected, rtol=1e-13)
    logits, labels = z[: 2 * ENTRIES].reshape(-1, 4), rng.integers(0, 4, ENTRIES // 2)
    expected = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(ENTRIES // 2), labels]
    losses = cross_entropy(logits, labels, reduction="none")
    np.testing.assert_allclose(losses, expected, rtol=1e-12)
    losses = cross_entropy(logits, 0.1875 + 0.25 * one_hot(labels, 4), reduction="none")
    level = np.log(np.exp(logits).sum(axis=1)) - 0.75 * logits.mean(axis=1)
    own = logits[np.arange(ENTRIES // 2), labels]
    np.testing.assert_allclose(losses, level - 0.25 * own, rtol=1e-12)


# Cross-entropy


@st.composite
def classification(draw):
    n, K = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    logits = draw(hnp.arrays(np.float64, (n, K), elements=st.floats(-30, 30)))
    labels = draw(hnp.arrays(np.int64, n, elements=st.integers(0, K - 1)))
    return logits, labels


def analytic_cross_entropy(z, p):
    shifted = z - z.real.max(axis=1, keepdims=True)
    return (p * (np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted)).sum()


@given(classification())
def test_cross_entropy_and_gradient_of_labels(problem):
    logits, labels = problem
    n, K = logits.shape
    p = one_hot(labels, K)
    for reduction, divisor in {"mean": n, "sum": 1}.items():
        loss, slopes = cross_entropy_and_gradient(logits, labels, reduction=reduction)
        np.testing.assert_allclose(
            loss, analytic_cross_entropy(logits, p) / divisor, rtol=1e-12, atol=1e-12
        )
        expected = gradient(lambda z: analytic_cross_entropy(z, p), logits) / divisor
        np.testing.assert_allclose(slopes, expected, rtol=1e-12, atol=1e-14)
        assert loss == cross_entropy(logits, labels, reduction=reduction)
    each = cross_entropy(logits, labels, reduction="none")
    np.testing.assert_allclose(each.sum(), cross_entropy(logits, labels, reduction="sum"))
    np.testing.assert_array_equal(
        cross_entropy_gradient(logits, labels, reduction="none"),
        cross_entropy_gradient(logits, labels, reduction="sum"),
    )


@given(classification(), st.sampled_from([np.float64, np.float32, np.int64, np.bool_]))
def test_one_hot_rows_are_labels(problem, dtype):
    logits, labels = problem
    rows = one_hot(labels, logits.shape[1]).astype(dtype)
    assert cross_entropy(logits, rows) == cross_entropy(logits, labels)
    np.testing.assert_array_equal(
        cross_entropy_gradient(logits, rows), cross_entropy_gradient(logits, labels)
    )


@given(classification(), st.integers(0, 2**32))
def test_soft_targets(problem, seed):
    logits, _ = problem
    n, K = logits.shape
    assume(K > 1)
    p = np.random.default_rng(seed).dirichlet(np.ones(K), size=n)
    loss, slopes = cross_entropy_and_gradient(logits, p, reduction="sum")
    np.testing.assert_allclose(loss, analytic_cross_entropy(logits, p), rtol=1e-12)
    expected = gradient(lambda z: analytic_cross_entropy(z, p), logits)
    np.testing.assert_allclose(slopes, expected, rtol=1e-12, atol=1e-14)


@given(classification(), st.integers(0, 2**32))
def test_one_hot_rows_do_not_see_soft_ones(problem, seed):
    logits, labels = problem
    n, K = logits.shape
    assume(K > 1)
    p = np.concatenate([one_hot(labels, K), np.random.default_rng(seed).dirichlet([1] * K, 1)])
    losses, slopes = cross_entropy_and_gradient(
        np.concatenate([logits, logits[:1]]), p, reduction="none"
    )
    expected = cross_entropy_and_gradient(logits, labels, reduction="none")
    np.testing.assert_array_equal(losses[:n], expected[0])
    np.testing.assert_array_equal(slopes[:n], expected[1])
    np.testing.assert_allclose(losses[n:], analytic_cross_entropy(logits[:1], p[n:]), rtol=1e-12)


@pytest.mark.parametrize("factor", [1 - 0.9 * ROUNDING, 1 + 0.9 * ROUNDING])
def test_the_gradient_is_that_of_the_loss_where_probabilities_are_rounded(factor):
    logits, p = np.array([[0.5, -1.0, 2.0]]), factor * np.array([[0.25, 0.25, 0.5]])
    loss, slopes = cross_entropy_and_gradient(logits, p)
    np.testing.assert_allclose(loss, analytic_cross_entropy(logits, p), rtol=1e-14)
    expected = gradient(lambda z: analytic_cross_entropy(z, p), logits)
    np.testing.assert_allclose(slopes, expected, rtol=1e-13)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("classes", [3, 100])
def test_logits_and_probabilities_may_lie_in_memory_as_they_like(order, classes):
    rng = np.random.default_rng(0)
    logits, p = rng.normal(size=(7, classes)), rng.dirichlet(np.ones(classes), 7)
    expected = cross_entropy_and_gradient(logits, p)
    for z, truth in ((np.array(logits, order=order), p), (logits, np.array(p, order=order))):
        loss, slopes = cross_entropy_and_gradient(z, truth)
        np.testing.assert_allclose(loss, expected[0], rtol=1e-14)
        np.testing.assert_allclose(slopes, expected[1], rtol=1e-12, atol=1e-17)


@given(classification())
def test_one_example_may_come_without_a_batch(problem):
    logits, labels = problem
    alone = cross_entropy(logits[0], labels[0])
    assert alone == cross_entropy(logits[:1], labels[:1])
    slope = cross_entropy_gradient(logits[0], labels[0])
    assert slope.shape == logits[0].shape
    np.testing.assert_array_equal(slope, cross_entropy_gradient(logits[:1], labels[:1])[0])


def test_an_untrained_classifier_loses_the_logarithm_of_the_number_of_classes():
    assert cross_entropy(np.zeros((5, 10)), np.arange(5)) == pytest.approx(np.log(10), rel=1e-15)


def test_cross_entropy_at_infinity():
    inf = np.inf
    logits = [[inf, 0.0], [-inf, 0.0], [-inf, 0.0]]
    loss, slopes = cross_entropy_and_gradient(logits, [0, 1, 0], reduction="none")
    np.testing.assert_array_equal(loss, [0, 0, inf])
    np.testing.assert_array_equal(slopes, [[0, 0], [0, 0], [-1, 1]])
    impossible = cross_entropy([[-inf, 0.0, 0.0]], [[0.0, 0.5, 0.5]])
    assert impossible == pytest.approx(np.log(2))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("labels", [[0, 1], [[1, 0], [0, 1]], [[0.5, 0.5], [0.25, 0.75]]])
def test_precision_of_the_logits_stays(dtype, labels):
    loss, slopes = cross_entropy_and_gradient(np.zeros((2, 2), dtype), labels)
    assert loss.dtype == slopes.dtype == cross_entropy(np.zeros((2, 2), dtype), labels).dtype
    assert loss.dtype == dtype


@pytest.mark.parametrize("function", [cross_entropy, cross_entropy_gradient])
@pytest.mark.parametrize(
    ("logits", "labels", "sentence"),
    [
        (
            np.zeros((3, 2)),
            np.zeros((3, 1), int),
            r"^labels must .*\(3,\) .* of shape \(3, 2\), not \(3, 1",
        ),
        (np.zeros((3, 2)), np.zeros((1, 3), int), r"not \(1, 3\)\.$"),
        (np.zeros((3, 2)), [0, 1], r"not \(2,\)\.$"),
        (np.zeros((3, 2)), [0, 1, 2], r"labels must lie in 0 … 1 for 2 classes.* is 2"),
        (np.zeros((3, 2)), [0, -1, 0], r"labels must lie in 0 … 1 for 2 classes.* is -1"),
        (np.zeros((1, 2)), [0.0], "labels must be integers"),
        (np.zeros((1, 2)), [[0.7, 0.7]], r"labels, one row.*row 0 is \[0.7 0.7\]"),
        (np.zeros((1, 2)), [[1.5, -0.5]], "labels, one row"),
        (np.zeros((1, 2)), [[0.5, 0.5 + 1.1 * ROUNDING]], "labels, one row"),
        (np.zeros((1, 2)), [[0.5, 0.50002]], "labels, one row"),
        (np.zeros((2, 2)), np.ma.array([0, 1], mask=[0, 1]), "labels must have no masked entries"),
        (np.zeros((2, 2)), [[0], [1, 2]], "labels must be an array with rows of equal length"),
        (np.zeros((1, 2)), [[np.nan, 1.0]], "labels, one row"),
        (np.zeros((0, 2)), np.zeros(0, int), r"at least one example, but its shape is \(0, 2\)"),
        (np.zeros((2, 0)), np.zeros(2, int), r"at least one class, but its shape is \(2, 0\)"),
        (np.zeros((1, 2, 2)), [[0, 0]], r"logits must have the shape \(n, K\)"),
        ([[0.0, 0.0], [np.nan, 0.0]], [0, 0], "softmax in every row, but row 1 holds NaN"),
        ([[np.inf, np.inf]], [0], "several scores of"),
        ([[-np.inf, -np.inf]], [0], "nothing but -inf"),
    ],
)
def test_cross_entropy_refuses_in_words(function, logits, labels, sentence):
    with pytest.raises(ValueError, match=sentence):
        function(logits, labels)


def test_cross_entropy_knows_three_reductions():
    with pytest.raises(ValueError, match='reduction must be "mean", "sum" or "none", not'):
        cross_entropy([[0.0]], [0], reduction="batchmean")
