"""Softmax and the losses against mpmath, in units in the last place.

Scores are multiples of 1/1024 below 4096, so that differences of scores are exact: what is measured
is the error of the formula alone. Two tests below measure what rounding the differences costs.
"""

import mpmath
import numpy as np
import pytest

from mlplib.functions.softmax import log_softmax, logsumexp, softmax
from mlplib.losses.cross_entropy import cross_entropy, cross_entropy_gradient
from mlplib.losses.logistic import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)

BUDGET = 4
PROMISE = 9
"""What `mlplib.functions.softmax` says of every probability."""
DTYPES = [np.float32, np.float64]


def ulps(computed, exact):
    """Return the largest distance of an array from exact results, in units of their last place."""
    info = np.finfo(computed.dtype)
    worst = 0.0
    for value, truth in zip(computed.ravel().tolist(), exact, strict=True):
        _, exponent = mpmath.frexp(truth)
        place = max(exponent - info.nmant - 1, info.minexp - info.nmant)
        worst = max(worst, float(abs(mpmath.mpf(value) - truth) / mpmath.ldexp(1, place)))
    return worst


def rows_of_scores(dtype):
    """Rows of a few scores: ordinary, wide, confident by every gap, far from 0, tied."""
    rng = np.random.default_rng(0)
    deepest = 100 if dtype is np.float32 else 740
    grids = [
        rng.normal(size=(40, 5)),
        30 * rng.normal(size=(40, 5)),
        1000 + rng.normal(size=(20, 5)),
        rng.integers(0, 2, (10, 5)).astype(float),
        *([[gap, 0.0, -1.5, 0.25, -gap]] for gap in np.linspace(1, deepest, 60)),
    ]
    return (np.round(np.concatenate(grids) * 1024) / 1024).astype(dtype)


def exact_parts(row):
    """Return exp(x_i) and their sum, with enough digits to subtract nearly equal ones."""
    exponentials = [mpmath.exp(mpmath.mpf(float(x))) for x in row]
    return exponentials, mpmath.fsum(exponentials)


@pytest.fixture(autouse=True)
def many_digits():
    with mpmath.workdps(700):
        yield


@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_and_its_logarithm(dtype):
    for row in rows_of_scores(dtype):
        exponentials, total = exact_parts(row)
        probabilities = [e / total for e in exponentials]
        assert ulps(softmax(row), probabilities) <= BUDGET
        assert ulps(log_softmax(row), [mpmath.log(p) for p in probabilities]) <= BUDGET


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("classes", [16, 64, 65, 1000, 20_001])
@pytest.mark.parametrize("axis", [0, 1])
def test_softmax_of_many_classes_wherever_they_lie_in_memory(dtype, classes, axis):
    scores = np.random.default_rng(0).normal(size=(max(4, 4000 // classes), classes))
    x = np.moveaxis((np.round(scores * 1024) / 1024).astype(dtype), 1, axis)
    x = np.ascontiguousarray(x)
    exponentials = np.exp(x.astype(np.longdouble))
    exact = exponentials / exponentials.sum(axis=axis, keepdims=True)
    errors = np.abs(softmax(x, axis=axis) - exact) / np.spacing(exact.astype(dtype))
    assert errors.max() <= 2 * BUDGET


@pytest.mark.parametrize("dtype", DTYPES)
def test_cross_entropy_and_its_gradient_for_every_label(dtype):
    for row in rows_of_scores(dtype):
        exponentials, total = exact_parts(row)
        for label, own in enumerate(exponentials):
            loss = cross_entropy(row, label)
            assert ulps(loss, [mpmath.log(total / own)]) <= BUDGET
            slopes = [(e - total * (i == label)) / total for i, e in enumerate(exponentials)]
            assert ulps(cross_entropy_gradient(row, label), slopes) <= BUDGET


NEARLY_CERTAIN = [
    ([0.0, -60.0], [1.0, 0.0]),
    ([0.0, -50.0, -51.0], [1 - 2e-17, 1e-17, 1e-17]),
    ([0.0, -30.0, 2.0], [1.0, 1e-20, 0.0]),
    ([-30.0, 0.0, 0.25], [0.0, 1e-20, 1.0]),
]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("row", "truth"), NEARLY_CERTAIN)
def test_nearly_certain_probabilities_beside_others(dtype, row, truth):
    K = len(row)
    batch = np.array([row, [0.0] * K], dtype)
    truths = np.array([truth, [1 / K] * K], dtype)
    exponentials, total = exact_parts(batch[0])
    p = [mpmath.mpf(float(share)) for share in truths[0]]
    loss = mpmath.fsum(q * mpmath.log(total / e) for q, e in zip(p, exponentials, strict=True))
    assert ulps(cross_entropy(batch, truths, reduction="none")[:1], [loss]) <= BUDGET
    likeliest = int(np.argmax(truths[0]))
    slope = mpmath.fsum(p) * exponentials[likeliest] / total - p[likeliest]
    computed = cross_entropy_gradient(batch, truths, reduction="none")[0, likeliest]
    assert ulps(computed, [slope]) <= BUDGET


@pytest.mark.parametrize("dtype", DTYPES)
def test_logsumexp_away_from_zero(dtype):
    for row in rows_of_scores(dtype):
        exact = mpmath.log(exact_parts(row)[1])
        if abs(exact) > 1:
            assert ulps(logsumexp(row), [exact]) <= BUDGET


@pytest.mark.parametrize(("dtype", "gap"), [(np.float32, 100.0), (np.float64, 740.0)])
def test_a_confident_row_has_a_loss_and_a_slope(dtype, gap):
    row = np.array([gap, 0.0], dtype)
    assert 0 < cross_entropy(row, 0) < 1e-40
    assert -1e-40 < cross_entropy_gradient(row, 0)[0] < 0
    assert -1e-40 < log_softmax(row)[0] < 0


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("many", [False, True], ids=["alone", "among shallow rows"])
def test_what_rounding_takes_of_the_shift_is_put_back(dtype, many):
    """x − max is rounded by up to |x − max|/2 units in the last place of its exponential.

    In one array with many rows of another kind, only the deep ones are mended.
    """
    rng = np.random.default_rng(1)
    deep = 80 if dtype is np.float32 else 600
    rows = [[0.7, -34.0, 0.1]]
    rows += [[0.3, -rng.uniform(1, deep), rng.uniform(0, 2)] for _ in range(60)]
    rows += [*(deep / 5 * rng.normal(size=(40, 3)))]
    rows = np.array(rows, dtype)
    batch = np.concatenate([rows, rng.normal(size=(500 * many, 3)).astype(dtype)])
    shares, logs = softmax(batch), log_softmax(batch)
    losses = [cross_entropy(batch, [k] * len(batch), reduction="none") for k in range(3)]
    for i, row in enumerate(rows):
        exponentials, total = exact_parts(row)
        logarithms = [mpmath.log(e / total) for e in exponentials]
        assert ulps(shares[i], [e / total for e in exponentials]) <= PROMISE
        assert ulps(logs[i], logarithms) <= PROMISE
        for k, logarithm in enumerate(logarithms):
            assert ulps(losses[k][i : i + 1], [-logarithm]) <= PROMISE


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_rounding_of_a_shallow_shift_stays_within_the_promise(dtype):
    rng = np.random.default_rng(2)
    for row in np.column_stack([rng.uniform(0, 3, 200), -rng.uniform(2, 5, 200)]).astype(dtype):
        exponentials, total = exact_parts(row)
        assert ulps(softmax(row), [e / total for e in exponentials]) <= PROMISE


LOGITS = np.concatenate([np.linspace(-40, 40, 81), [-740.0, -600.0, -90.0, 90.0, 600.0, 740.0]])


@pytest.mark.parametrize("dtype", DTYPES)
def test_binary_cross_entropy_with_logits(dtype):
    for target in (0.0, 0.25, 0.5, 1.0):
        for z in LOGITS.astype(dtype):
            x = mpmath.mpf(float(z))
            exact = target * mpmath.log1p(mpmath.exp(-x)) + (1 - target) * mpmath.log1p(
                mpmath.exp(x)
            )
            assert ulps(binary_cross_entropy_with_logits([z], [dtype(target)]), [exact]) <= BUDGET
            slope = (1 - target) / (1 + mpmath.exp(-x)) - target / (1 + mpmath.exp(x))
            computed = binary_cross_entropy_with_logits_gradient(np.array([z]), [target])
            if target in (0.0, 1.0):
                assert ulps(computed, [slope]) <= BUDGET
            else:  # the two terms are of one size, and only they are right to the last place
                np.testing.assert_allclose(computed, float(slope), atol=2 * np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", DTYPES)
def test_binary_cross_entropy_from_probabilities(dtype):
    info = np.finfo(dtype)
    near_0 = [info.tiny, 1e-20, 1e-3, 0.25, 0.5]
    near_1 = [0.75, 1 - 1e-3, 1 - info.epsneg]
    for p in np.array(near_0 + near_1, dtype):
        x = mpmath.mpf(float(p))
        for target, exact, slope in (
            (1.0, -mpmath.log(x), -1 / x),
            (0.0, -mpmath.log1p(-x), 1 / (1 - x)),
        ):
            assert ulps(binary_cross_entropy(np.array([p]), [target]), [exact]) <= BUDGET
            gradient = binary_cross_entropy_gradient(np.array([p]), [target])
            assert ulps(gradient, [slope]) <= BUDGET
