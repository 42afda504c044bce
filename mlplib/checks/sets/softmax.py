"""Exercises on "Softmax and cross-entropy": what is right, and what people really answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.formulas.domain import Domain, Form
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.derivation import Derivation
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.numbers import Array, Number
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.proof.differentiate import gradient, jacobian

SHIFT = Domain({"x": (-2, 2), "y": (-2, 2), "c": (-2, 2)})
TWO = Domain({"x": (-2, 2), "y": (-2, 2)})
SHARES = Domain(
    {"x": (-2, 2), "y": (-2, 2)},
    {"s": "exp(x)/(exp(x) + exp(y) + 1)", "t": "exp(y)/(exp(x) + exp(y) + 1)"},
)
BELIEF = Domain({"p": (0.1, 0.9), "t": (0, 1)})

NO_LOGARITHM = Form(symbols="p t")

FINISHED = (
    "softmax",
    "log_softmax",
    "softmax_jacobian",
    "logsumexp",
    "cross_entropy",
    "cross_entropy_gradient",
)
"""What the library has ready: the functions asked for are to be built without it."""


def textbook(x: Any) -> Any:
    """Return the softmax of one example as it stands in books: analytic, for the complex step."""
    return np.exp(x) / np.sum(np.exp(x))


def my_softmax(X: Any) -> Any:
    """Answer b."""
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def jacobian_from_shares(s: Any) -> Any:
    """Answer g."""
    return np.diag(s) - np.outer(s, s)


def my_logsumexp(X: Any) -> Any:
    """Answer j."""
    top = X.max(axis=1)
    return top + np.log(np.exp(X - top[:, None]).sum(axis=1))


def batch_loss(X: Any, c: Any) -> Any:
    """Answer k."""
    return np.mean(my_logsumexp(X) - X[np.arange(len(c)), c])


def batch_gradient(X: Any, c: Any) -> Any:
    """Answer m."""
    G = my_softmax(X)
    G[np.arange(len(c)), c] -= 1
    return G / len(c)


def weighted_gradient(s: Any, y: Any) -> Any:
    """Answer n."""
    return np.sum(y) * s - y


# The truth by another route


def true_softmax(X: Any) -> Any:
    """Return shares from odds, 1 / Σⱼ exp(xⱼ − xᵢ), one entry at a time; one against inf is 0."""
    with np.errstate(over="ignore"):
        return np.array([[1 / np.sum(np.exp(row - v)) for v in row] for row in X])


def true_jacobian(s: Any) -> Any:
    """Differentiate softmax at scores that give `s`, by the complex step."""
    return jacobian(textbook, np.log(s))


def true_logsumexp(X: Any) -> Any:
    """Fold the row with NumPy's logaddexp."""
    return np.logaddexp.reduce(X, axis=1)


def true_loss(X: Any, c: Any) -> Any:
    """Add up the surprise of each example, from logaddexp."""
    return sum(np.logaddexp.reduce(row) - row[k] for row, k in zip(X, c, strict=True)) / len(X)


def true_gradient(X: Any, c: Any) -> Any:
    """Differentiate the mean loss by the complex step; far out, where it overflows, from odds."""
    if np.ptp(X) > 100 or np.abs(X).max() > 100:
        return (true_softmax(X) - one_hot(c, X.shape[1])) / len(c)

    def loss(scores: Any) -> Any:
        terms = [np.log(np.exp(row).sum()) - row[k] for row, k in zip(scores, c, strict=True)]
        return sum(terms) / len(terms)

    return gradient(loss, X)


def true_weighted_gradient(s: Any, y: Any) -> Any:
    """Differentiate −Σ y ln S(x) at scores that give `s`, by the complex step."""
    return gradient(lambda x: -np.sum(y * np.log(textbook(x))), np.log(s))


# What the answers are tried on

RNG = np.random.default_rng(5)
BATCHES = tuple(np.round(RNG.normal(size=shape), 2) for shape in [(1, 3), (2, 3), (4, 2), (3, 5)])
FAR = (
    np.array([[1000.0, 1001.0, 999.0]]),
    np.array([[-1000.0, -1000.0], [0.0, 1.0]]),
    np.array([[1e4, -1e4, 0.0], [3.0, 2.0, 1.0]]),
)
ROWS = tuple((X,) for X in (*BATCHES, *FAR))
LABELLED = tuple((X, RNG.integers(0, X.shape[1], len(X))) for X in BATCHES)
FAR_LABELLED = tuple((X, X.argmin(axis=1)) for X in FAR)
ONE_SHARE = tuple((textbook(np.round(RNG.normal(size=k), 1)),) for k in (2, 3, 3, 5))
WEIGHTED = tuple((s, np.round(RNG.uniform(0, 2, s.shape), 2)) for (s,) in ONE_SHARE)


def one_hot(c: Any, K: int) -> Any:
    """Return a row with a single 1 for each class."""
    return np.eye(K)[c]


def probability_of_truth(X: Any, c: Any) -> Any:
    """Return what each example gives to its true class."""
    return my_softmax(X)[np.arange(len(c)), c]


def in_every_row(X: Any, c: Any) -> Any:
    """Return the gradient of somebody who subtracts 1 in whole columns: G[:, c] -= 1."""
    G = my_softmax(X)
    G[:, c] -= 1
    return G / len(c)


def in_rows_of_classes(X: Any, c: Any) -> Any:
    """Return the gradient of somebody who takes the classes for rows: G[c] -= 1."""
    G = my_softmax(X)
    G[c] -= 1
    return G / len(c)


def literal_softmax(X: Any) -> Any:
    """Return the softmax of each row without a shift."""
    return np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)


def one_shift_softmax(X: Any) -> Any:
    """Return the softmax of each row, shifted by the largest score of the whole batch."""
    return literal_softmax(X - X.max())


def off_diagonal(s: Any) -> Any:
    """Return the products of different shares, and 0 on the diagonal."""
    return np.outer(s, s) - np.diag(s * s)


def bce_sum(X: Any, c: Any) -> Any:
    """Return the mean of binary cross-entropies summed over the classes."""
    p, y = my_softmax(X), one_hot(c, X.shape[1])
    with np.errstate(all="ignore"):
        terms = np.where(y == 1, -np.log(p), -np.log1p(-p))
    return terms.sum() / len(c)


SET = ExerciseSet(
    name="softmax",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="shares",
            source="S4-Q2c",
            kind=Array(np.array([1 / 8, 2 / 8, 5 / 8]), Tolerance(1e-4, 1e-6)),
            misconceptions=wrong(
                shares_of_scores=np.array([0, np.log(2), np.log(5)]) / np.log(10),
                shares_not_divided=np.array([1.0, 2.0, 5.0]),
                shares_index_exponent=np.array([1.0, 2.0, 5.0]) / np.exp([1, 2, 3]).sum(),
                shares_by_largest=np.array([1 / 5, 2 / 5, 1.0]),
                shares_of_rounded_scores=np.array([0.0, 0.3, 0.7]),
                shares_sorted=np.array([5 / 8, 2 / 8, 1 / 8]),
                shares_sum_wrong=np.array([1 / 8, 2 / 8, 4 / 8]),
                shares_zero_score=np.array([0, 2 / 7, 5 / 7]),
                shares_one_by_one=np.array([1 / 2, 2 / 3, 5 / 6]),
            ),
        ),
        Exercise(
            id="b",
            variable="my_softmax",
            source="S4-Q2c",
            kind=Function(my_softmax, true_softmax, ROWS, stable=True, forbidden=FINISHED),
            misconceptions=wrong(
                softmax_overflows=literal_softmax,
                softmax_wrong_axis=lambda X: (
                    np.exp(X - X.max(axis=0)) / np.exp(X - X.max(axis=0)).sum(axis=0)
                ),
                softmax_over_everything=lambda X: np.exp(X - X.max()) / np.exp(X - X.max()).sum(),
                softmax_over_everything_overflows=lambda X: np.exp(X) / np.exp(X).sum(),
                softmax_over_everything_shifted=lambda X: (
                    np.exp(X - X.max(axis=1, keepdims=True))
                    / np.exp(X - X.max(axis=1, keepdims=True)).sum()
                ),
                softmax_one_shift=one_shift_softmax,
                softmax_index_exponent=lambda X: (
                    np.exp(X) / np.exp(np.arange(1, X.shape[1] + 1)).sum()
                ),
                softmax_wrong_axis_overflows=lambda X: np.exp(X) / np.exp(X).sum(axis=0),
                softmax_wrong_axis_shifted=lambda X: (
                    np.exp(X - X.max(axis=1, keepdims=True))
                    / np.exp(X - X.max(axis=1, keepdims=True)).sum(axis=0)
                ),
                softmax_not_divided=lambda X: np.exp(X - X.max(axis=1, keepdims=True)),
                softmax_clipped=lambda X: my_softmax(np.clip(X, -500, 500)),
                softmax_shifted_by_mean=lambda X: (
                    np.exp(X - X.mean(axis=1, keepdims=True))
                    / np.exp(X - X.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
                ),
            ),
        ),
        Exercise(
            id="c",
            variable="shift_lines",
            source="S4-Q1h",
            kind=Derivation(
                (
                    "exp(x + c)/(exp(x + c) + exp(y + c))",
                    "exp(c)*exp(x)/(exp(c)*exp(x) + exp(c)*exp(y))",
                    "exp(c)*exp(x)/(exp(c)*(exp(x) + exp(y)))",
                    "exp(x)/(exp(x) + exp(y))",
                ),
                SHIFT,
                Form(functions="exp", symbols="x y"),
                minimum=3,
            ),
            misconceptions=wrong(
                shift_adds_exponentials="(exp(x) + exp(c))/(exp(x) + exp(c) + exp(y) + exp(c))",
                shift_out_of_one_term="exp(c)*exp(x)/(exp(c)*exp(x) + exp(y))",
                shift_factor_left="exp(c)*exp(x)/(exp(x) + exp(y))",
                shift_multiplies_exponents="exp(c*x)/(exp(c*x) + exp(c*y))",
                shift_sum_of_exponents="exp(x + c)/exp(x + y + 2*c)",
                shift_missing_brackets="exp(x)/exp(x) + exp(y)",
                shift_missing_brackets_early="exp(x + c)/exp(x + c) + exp(y + c)",
                shift_missing_brackets_spread="exp(c)*exp(x)/exp(c)*exp(x) + exp(c)*exp(y)",
                shift_missing_brackets_turned="exp(x)*exp(c)/exp(x)*exp(c) + exp(y)*exp(c)",
                shift_missing_brackets_outside="exp(c)*exp(x)/exp(c)*(exp(x) + exp(y))",
            ),
        ),
        Exercise(
            id="d",
            variable="factor",
            source="S4-Q1i",
            kind=Choice("ACE", multiple=True),
            misconceptions=wrong(factor_as_in_the_source=frozenset("ABCD")),
        ),
        Exercise(
            id="e",
            variable="sharpness",
            source="S4-Q1i",
            kind=Number(float(np.log(99)), Tolerance(0.0, 6e-4)),
            misconceptions=wrong(
                sharpness_of_one_score=float(np.log(99) / 2),
                sharpness_log_of_share=float(np.log(0.99)),
                sharpness_base_ten=float(np.log10(99)),
                sharpness_without_log=99.0,
                sharpness_hundred=float(np.log(100)),
            ),
        ),
        Exercise(
            id="f",
            variable="entry",
            source="S4-Q1j",
            kind=Expression("-s*t", SHARES, Form(symbols="s t")),
            misconceptions=wrong(
                entry_diagonal_only="0",
                entry_bracket="-t",
                entry_sign="s*t",
                entry_of_diagonal="s*(1 - s)",
                entry_delta_one="s*(1 - t)",
                entry_square="-s*s",
                entry_difference="s - t",
            ),
        ),
        Exercise(
            id="g",
            variable="jacobian_from_shares",
            source="S4-Q1k",
            kind=Function(
                jacobian_from_shares,
                true_jacobian,
                ONE_SHARE,
                Tolerance(1e-7, 1e-9),
                forbidden=FINISHED,
            ),
            misconceptions=wrong(
                jacobian_diagonal=lambda s: np.diag(s * (1 - s)),
                jacobian_bracket=lambda s: np.diag(s) - np.tile(s, (len(s), 1)),
                jacobian_plus_outer=lambda s: np.diag(s) + np.outer(s, s),
                jacobian_only_outer=lambda s: -np.outer(s, s),
                jacobian_only_products=lambda s: np.outer(s, s),
                jacobian_of_logarithm=lambda s: np.eye(len(s)) - np.tile(s, (len(s), 1)),
                jacobian_inner_product=lambda s: np.diag(s) - s @ s,
                jacobian_reversed=lambda s: np.outer(s, s) - np.diag(s),
                jacobian_bracket_columns=lambda s: np.diag(s) - s[:, None],
                jacobian_identity=lambda s: np.eye(len(s)) - np.outer(s, s),
                jacobian_delta_everywhere=lambda s: np.outer(s, 1 - s),
                jacobian_squares=lambda s: np.diag(s) - s * s,
                jacobian_is_a_vector=lambda s: s * (1 - s),
                jacobian_of_softmax_twice=lambda s: jacobian_from_shares(textbook(s)),
                jacobian_positive_beside=lambda s: np.diag(s * (1 - s)) + off_diagonal(s),
            ),
        ),
        Exercise(id="h", variable="unseen", source="S4-A1k.2", kind=Choice("B")),
        Exercise(
            id="i",
            variable="log_slope",
            source="S4-Q1l",
            kind=Number(2.0),
            misconceptions=wrong(
                log_slope_without_mean=3.0,
                log_slope_sum_not_mean=0.0,
                log_slope_of_mean=1.0,
                log_slope_sign=-2.0,
                log_slope_of_share=2 / 3,
            ),
        ),
        Exercise(
            id="j",
            variable="my_logsumexp",
            source="S4-A2h",
            kind=Function(
                my_logsumexp,
                true_logsumexp,
                ROWS,
                stable=True,
                forbidden=(*FINISHED, "logaddexp"),
            ),
            misconceptions=wrong(
                logsumexp_overflows=lambda X: np.log(np.exp(X).sum(axis=1)),
                logsumexp_forgets_top=lambda X: np.log(
                    np.exp(X - X.max(axis=1, keepdims=True)).sum(axis=1)
                ),
                logsumexp_without_logarithm=lambda X: np.exp(X).sum(axis=1),
                logsumexp_is_sum=lambda X: X.sum(axis=1),
                logsumexp_is_max=lambda X: X.max(axis=1),
                logsumexp_wrong_axis=lambda X: np.logaddexp.reduce(X, axis=0),
                logsumexp_of_everything=lambda X: np.logaddexp.reduce(X.ravel()),
                logsumexp_top_of_batch=lambda X: X.max() + np.log(np.exp(X - X.max()).sum(axis=1)),
                logsumexp_counts_top_twice=lambda X: (
                    X.max(axis=1) + np.log1p(np.exp(X - X.max(axis=1, keepdims=True)).sum(axis=1))
                ),
                logsumexp_mean=lambda X: true_logsumexp(X) - np.log(X.shape[1]),
                logsumexp_is_square=lambda X: (
                    X.max(axis=1, keepdims=True)
                    + np.log(np.exp(X - X.max(axis=1, keepdims=True)).sum(axis=1))
                ),
                logsumexp_is_column=lambda X: true_logsumexp(X)[:, None],
            ),
        ),
        Exercise(
            id="k",
            variable="batch_loss",
            source="S4-Q1m",
            kind=Function(
                batch_loss,
                true_loss,
                LABELLED + FAR_LABELLED,
                stable=True,
                forbidden=FINISHED,
            ),
            misconceptions=wrong(
                loss_without_logarithm=lambda X, c: -np.mean(probability_of_truth(X, c)),
                loss_is_summed=lambda X, c: true_loss(X, c) * len(c),
                loss_sign=lambda X, c: -true_loss(X, c),
                loss_per_class=lambda X, c: true_loss(X, c) / X.shape[1],
                loss_is_bce_sum=bce_sum,
                loss_from_probabilities=lambda X, c: -np.mean(np.log(probability_of_truth(X, c))),
                loss_overflows=lambda X, c: np.mean(
                    np.log(np.exp(X).sum(axis=1)) - X[np.arange(len(c)), c]
                ),
                loss_overflows_from_probabilities=lambda X, c: (
                    -np.mean(np.log(literal_softmax(X)[np.arange(len(c)), c]))
                ),
                loss_one_shift=lambda X, c: (
                    np.mean(np.log(np.exp(X - X.max()).sum(axis=1)) + X.max())
                    - np.mean(X[np.arange(len(c)), c])
                ),
                loss_one_hot=lambda X, c: (
                    -np.sum(one_hot(c, X.shape[1]) * np.log(my_softmax(X))) / len(c)
                ),
                loss_one_hot_overflows=lambda X, c: (
                    -np.sum(one_hot(c, X.shape[1]) * np.log(literal_softmax(X))) / len(c)
                ),
                loss_per_class_from_probabilities=lambda X, c: (
                    -np.mean(one_hot(c, X.shape[1]) * np.log(my_softmax(X)))
                ),
                loss_capped=lambda X, c: -np.mean(np.log(probability_of_truth(X, c) + 1e-12)),
                loss_capped_late=lambda X, c: -np.mean(np.log(probability_of_truth(X, c) + 1e-15)),
                loss_capped_early=lambda X, c: -np.mean(np.log(probability_of_truth(X, c) + 1e-8)),
                loss_of_all_pairs=lambda X, c: np.mean(true_logsumexp(X)[:, None] - X[:, c]),
                loss_numbered_from_one=lambda X, c: np.mean(
                    true_logsumexp(X) - X[np.arange(len(c)), c - 1]
                ),
                loss_forgets_score=lambda X, c: np.mean(true_logsumexp(X)),
                loss_of_each=lambda X, c: true_logsumexp(X) - X[np.arange(len(c)), c],
            ),
        ),
        Exercise(
            id="l",
            variable="gradient_lines",
            source="S3-12",
            kind=Derivation(
                (
                    "D(ln(exp(x) + exp(y)) - x, x)",
                    "D(ln(exp(x) + exp(y)), x) - 1",
                    "D(exp(x) + exp(y), x)/(exp(x) + exp(y)) - 1",
                    "exp(x)/(exp(x) + exp(y)) - 1",
                ),
                TWO,
                Form(functions="exp", symbols="x y"),
                minimum=3,
            ),
            misconceptions=wrong(
                gradient_keeps_logarithm="exp(x)/ln(exp(x) + exp(y)) - 1",
                gradient_without_inner="1/(exp(x) + exp(y)) - 1",
                gradient_sign="1 - exp(x)/(exp(x) + exp(y))",
                gradient_forgets_score="exp(x)/(exp(x) + exp(y))",
                gradient_of_both="(exp(x) + exp(y))/(exp(x) + exp(y)) - 1",
                gradient_score_stays="exp(x)/(exp(x) + exp(y)) - x",
                gradient_other_class="exp(y)/(exp(x) + exp(y)) - 1",
                gradient_missing_brackets="exp(x)/exp(x) + exp(y) - 1",
            ),
        ),
        Exercise(
            id="m",
            variable="batch_gradient",
            source="S4-Q1m",
            kind=Function(
                batch_gradient,
                true_gradient,
                LABELLED + FAR_LABELLED,
                stable=True,
                forbidden=FINISHED,
            ),
            misconceptions=wrong(
                batch_reversed=lambda X, c: (one_hot(c, X.shape[1]) - my_softmax(X)) / len(c),
                batch_without_mean=lambda X, c: my_softmax(X) - one_hot(c, X.shape[1]),
                batch_reversed_without_mean=lambda X, c: one_hot(c, X.shape[1]) - my_softmax(X),
                batch_without_target=lambda X, c: my_softmax(X) / len(c),
                batch_divides_by_classes=lambda X, c: (
                    (my_softmax(X) - one_hot(c, X.shape[1])) / X.shape[1]
                ),
                batch_diagonal_jacobian=lambda X, c: (
                    -one_hot(c, X.shape[1]) * (1 - my_softmax(X)) / len(c)
                ),
                batch_divides_by_entries=lambda X, c: (
                    (my_softmax(X) - one_hot(c, X.shape[1])) / X.size
                ),
                batch_in_every_row=in_every_row,
                batch_subtracts_labels=lambda X, c: (my_softmax(X) - c[:, None]) / len(c),
                batch_in_rows_of_classes=in_rows_of_classes,
                batch_numbered_from_one=lambda X, c: (
                    (my_softmax(X) - one_hot(c - 1, X.shape[1])) / len(c)
                ),
                batch_overflows=lambda X, c: (literal_softmax(X) - one_hot(c, X.shape[1])) / len(c),
                batch_overflows_without_mean=lambda X, c: (
                    literal_softmax(X) - one_hot(c, X.shape[1])
                ),
                batch_one_shift=lambda X, c: (
                    (one_shift_softmax(X) - one_hot(c, X.shape[1])) / len(c)
                ),
                batch_by_probability=lambda X, c: -one_hot(c, X.shape[1]) / my_softmax(X) / len(c),
            ),
        ),
        Exercise(
            id="n",
            variable="weighted_gradient",
            source="S4-A1m",
            kind=Function(weighted_gradient, true_weighted_gradient, WEIGHTED),
            misconceptions=wrong(
                weights_assumed_to_sum_to_one=lambda s, y: s - y,
                weights_by_probability=lambda s, y: -y / s,
                weights_reversed=lambda s, y: y - np.sum(y) * s,
                weights_diagonal_jacobian=lambda s, y: -y * (1 - s),
                weights_mean=lambda s, y: np.mean(y) * s - y,
                weights_normalised=lambda s, y: s - y / np.sum(y),
                weights_sum_outside=lambda s, y: np.sum(y) * (s - y),
                weights_counted=lambda s, y: len(y) * s - y,
                weights_added=lambda s, y: np.sum(y) * s + y,
                weights_without_target=lambda s, y: np.sum(y) * s,
                weights_without_logarithm=lambda s, y: -jacobian_from_shares(s) @ y,
            ),
        ),
        Exercise(id="o", variable="wrong_line", source="S4-A2l.1", kind=Choice("B")),
        Exercise(
            id="p",
            variable="first_share",
            source="S4-Q2d",
            kind=Expression("sigma(x - y)", TWO, Form(functions="sigma", required="sigma")),
            misconceptions=wrong(
                share_of_second="sigma(y - x)",
                share_of_score="sigma(x)",
                share_of_sum="sigma(x + y)",
                share_difference_outside="sigma(x) - sigma(y)",
                share_quotient="sigma(x)/(sigma(x) + sigma(y))",
            ),
        ),
        Exercise(
            id="q",
            variable="slope_by_p",
            source="S1-44",
            kind=Expression("(p - t)/(p*(1 - p))", BELIEF, NO_LOGARITHM),
            misconceptions=wrong(
                bce_slope_sign="(t - p)/(p*(1 - p))",
                bce_slope_inner="-t/p - (1 - t)/(1 - p)",
                bce_slope_first_term="-t/p",
                bce_slope_by_logit="p - t",
                bce_slope_without_target="-1/p + 1/(1 - p)",
                bce_slope_missing_brackets="(p - t)/p*(1 - p)",
                bce_slope_missing_brackets_apart="-t/p + (1 - t)/1 - p",
            ),
        ),
        Exercise(
            id="r",
            variable="slope_by_z",
            source="S4-Q2f",
            kind=Expression("p - t", BELIEF, NO_LOGARITHM),
            misconceptions=wrong(
                logit_slope_sign="t - p",
                logit_slope_not_multiplied="(p - t)/(p*(1 - p))",
                logit_slope_of_one="p - 1",
                logit_slope_of_zero="p",
                logit_slope_twice="(p - t)*p*(1 - p)",
            ),
        ),
        Exercise(
            id="s",
            variable="squared_slope",
            source="S4-Q2e",
            kind=Expression("2*(p - t)*p*(1 - p)", BELIEF, NO_LOGARITHM),
            misconceptions=wrong(
                squared_without_inner="2*(p - t)",
                squared_without_two="(p - t)*p*(1 - p)",
                squared_sign="2*(t - p)*p*(1 - p)",
                squared_like_entropy="p - t",
                squared_half_inner="2*(p - t)*p",
                squared_other_half="2*(p - t)*(1 - p)",
                squared_inner_plus="2*(p - t)*p*(1 + p)",
            ),
        ),
        Exercise(id="t", variable="argument", source="S4-A2g", kind=Choice("B")),
    ),
)
