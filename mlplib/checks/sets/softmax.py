"""Exercises on "Softmax and cross-entropy": what is right, and what people really answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.authoring.probes import varied
from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.formulas.domain import Domain, Form
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.derivation import Derivation
from mlplib.checks.kinds.example import Example
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.fractions import Fractions
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.intervals import Intervals
from mlplib.checks.kinds.numbers import Number
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.proof.differentiate import gradient, jacobian

SHIFT = Domain({"z1": (-2, 2), "z2": (-2, 2), "h": (-2, 2)})
TWO = Domain({"z1": (-2, 2), "z2": (-2, 2)})
SHARES = Domain(
    {"z1": (-2, 2), "z2": (-2, 2)},
    {"s": "exp(z1)/(exp(z1) + exp(z2) + 1)", "r": "exp(z2)/(exp(z1) + exp(z2) + 1)"},
)
BELIEF = Domain({"p": (0.1, 0.9), "t": (0, 1)})

NO_LOGARITHM = Form(symbols="p t")

FINISHED = ("softmax", "log_softmax", "logsumexp", "cross_entropy")
"""What libraries have ready: the functions asked for are to be built without it."""

FREE = ("one_hot", "indicator", "decision", "maxima")
"""What may be taken from this library."""


def textbook(z: Any) -> Any:
    """Return the softmax of one example as it stands in books: analytic, for the complex step."""
    return np.exp(z) / np.sum(np.exp(z))


EIGHTHS = np.array([1, 1, 2, 4]) / 8


def shifted(z: Any) -> Any:
    """Return the softmax of one example, whatever its scores."""
    return textbook(z - np.max(z))


def my_softmax(Z: Any) -> Any:
    """Answer c."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def jacobian_from_shares(s: Any) -> Any:
    """Answer g."""
    return np.diag(s) - np.outer(s, s)


def my_logsumexp(Z: Any) -> Any:
    """Answer j."""
    top = Z.max(axis=1)
    return top + np.log(np.exp(Z - top[:, None]).sum(axis=1))


def batch_loss(Z: Any, c: Any) -> Any:
    """Answer k."""
    return np.mean(my_logsumexp(Z) - Z[np.arange(len(c)), c])


def batch_gradient(Z: Any, c: Any) -> Any:
    """Answer m."""
    G = my_softmax(Z)
    G[np.arange(len(c)), c] -= 1
    return G / len(c)


def weighted_gradient(s: Any, y: Any) -> Any:
    """Answer n."""
    return np.sum(y) * s - y


# The truth by another route


def true_softmax(Z: Any) -> Any:
    """Return shares from odds, 1 / Σⱼ exp(zⱼ − zᵢ), one entry at a time; one against inf is 0."""
    with np.errstate(over="ignore"):
        return np.array([[1 / np.sum(np.exp(row - v)) for v in row] for row in Z])


def true_jacobian(s: Any) -> Any:
    """Differentiate softmax at scores that give `s`, by the complex step."""
    return jacobian(textbook, np.log(s))


def true_logsumexp(Z: Any) -> Any:
    """Fold the row with NumPy's logaddexp."""
    return np.logaddexp.reduce(Z, axis=1)


def true_loss(Z: Any, c: Any) -> Any:
    """Add up the surprise of each example, from logaddexp."""
    return sum(np.logaddexp.reduce(row) - row[k] for row, k in zip(Z, c, strict=True)) / len(Z)


def true_gradient(Z: Any, c: Any) -> Any:
    """Differentiate the mean loss by the complex step; far out, where it overflows, from odds."""
    if np.ptp(Z) > 100 or np.abs(Z).max() > 100:
        return (true_softmax(Z) - one_hot(c, Z.shape[1])) / len(c)

    def loss(scores: Any) -> Any:
        terms = [np.log(np.exp(row).sum()) - row[k] for row, k in zip(scores, c, strict=True)]
        return sum(terms) / len(terms)

    return gradient(loss, Z)


def true_weighted_gradient(s: Any, y: Any) -> Any:
    """Differentiate −Σ y ln softmax(z) at scores that give `s`, by the complex step."""
    return gradient(lambda z: -np.sum(y * np.log(textbook(z))), np.log(s))


# What the answers are tried on

RNG = np.random.default_rng(5)
BATCHES = tuple(np.round(RNG.normal(size=shape), 2) for shape in [(1, 3), (2, 3), (4, 2), (3, 5)])
VARIED = varied([(BATCHES[2],)], free=[0])[1:]
FAR = (
    np.array([[1000.0, 1001.0, 999.0]]),
    np.array([[-1000.0, -1000.0], [0.0, 1.0]]),
    np.array([[1e4, -1e4, 0.0], [3.0, 2.0, 1.0]]),
)
ROWS = (*((Z,) for Z in BATCHES), *VARIED, *((Z,) for Z in FAR))
LABELLED = tuple((Z, RNG.integers(0, Z.shape[1], len(Z))) for Z in BATCHES)
FAR_LABELLED = (
    *((Z, np.array([1, 0, 0, 1])) for (Z,) in VARIED),
    *((Z, Z.argmin(axis=1)) for Z in FAR),
)
ONE_SHARE = tuple((textbook(np.round(RNG.normal(size=k), 1)),) for k in (2, 3, 3, 5))
WEIGHTED = tuple((s, np.round(RNG.uniform(0, 2, s.shape), 2)) for (s,) in ONE_SHARE)
EDGES = ((np.full(4, 0.25),), (np.array([1e-9, 0.3, 0.7 - 1e-9]),))
ONE_SHARE = (*ONE_SHARE, *EDGES)
WEIGHTED = (*varied(WEIGHTED, free=[1]), *((s, np.ones(len(s))) for (s,) in EDGES))


def one_hot(c: Any, K: int) -> Any:
    """Return a row with a single 1 for each class."""
    return np.eye(K)[c]


def probability_of_truth(Z: Any, c: Any) -> Any:
    """Return what each example gives to its true class."""
    return my_softmax(Z)[np.arange(len(c)), c]


def in_every_row(Z: Any, c: Any) -> Any:
    """Return the gradient of somebody who subtracts 1 in whole columns: G[:, c] -= 1."""
    G = my_softmax(Z)
    G[:, c] -= 1
    return G / len(c)


def in_rows_of_classes(Z: Any, c: Any) -> Any:
    """Return the gradient of somebody who takes the classes for rows: G[c] -= 1."""
    G = my_softmax(Z)
    G[c] -= 1
    return G / len(c)


def literal_softmax(Z: Any) -> Any:
    """Return the softmax of each row without a shift."""
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def one_shift_softmax(Z: Any) -> Any:
    """Return the softmax of each row, shifted by the largest score of the whole batch."""
    return literal_softmax(Z - Z.max())


def off_diagonal(s: Any) -> Any:
    """Return the products of different shares, and 0 on the diagonal."""
    return np.outer(s, s) - np.diag(s * s)


def bce_sum(Z: Any, c: Any) -> Any:
    """Return the mean of binary cross-entropies summed over the classes."""
    p, y = my_softmax(Z), one_hot(c, Z.shape[1])
    with np.errstate(all="ignore"):
        terms = np.where(y == 1, -np.log(p), -np.log1p(-p))
    return terms.sum() / len(c)


def bce_gradient(Z: Any, c: Any) -> Any:
    """Return the gradient of the mean of binary cross-entropies summed over the classes."""
    S, Y = my_softmax(Z), one_hot(c, Z.shape[1])
    with np.errstate(all="ignore"):
        slopes = np.where(Y == 1, -1 / S, 1 / (1 - S))
        rows = zip(S, slopes, strict=True)
        return np.array([jacobian_from_shares(s) @ slope for s, slope in rows]) / len(c)


SET = ExerciseSet(
    name="softmax",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="shares",
            source="S4-Q2c",
            kind=Fractions(["1/8", "1/4", "5/8"]),
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
                shares_zero_numerator=["0", "1/4", "5/8"],
            ),
        ),
        Exercise(
            id="b",
            variable="shift_lines",
            source="S4-Q1h",
            kind=Derivation(
                (
                    "exp(z1 + h)/(exp(z1 + h) + exp(z2 + h))",
                    "exp(h)*exp(z1)/(exp(h)*exp(z1) + exp(h)*exp(z2))",
                    "exp(h)*exp(z1)/(exp(h)*(exp(z1) + exp(z2)))",
                    "exp(z1)/(exp(z1) + exp(z2))",
                ),
                SHIFT,
                Form(functions="exp", symbols="z1 z2"),
                minimum=3,
            ),
            misconceptions=wrong(
                shift_adds_exponentials="(exp(z1) + exp(h))/(exp(z1) + exp(h) + exp(z2) + exp(h))",
                shift_out_of_one_term="exp(h)*exp(z1)/(exp(h)*exp(z1) + exp(z2))",
                shift_factor_left="exp(h)*exp(z1)/(exp(z1) + exp(z2))",
                shift_multiplies_exponents="exp(h*z1)/(exp(h*z1) + exp(h*z2))",
                shift_sum_of_exponents="exp(z1 + h)/exp(z1 + z2 + 2*h)",
                shift_missing_brackets="exp(z1)/exp(z1) + exp(z2)",
                shift_missing_brackets_early="exp(z1 + h)/exp(z1 + h) + exp(z2 + h)",
                shift_missing_brackets_spread="exp(h)*exp(z1)/exp(h)*exp(z1) + exp(h)*exp(z2)",
                shift_missing_brackets_turned="exp(z1)*exp(h)/exp(z1)*exp(h) + exp(z2)*exp(h)",
                shift_missing_brackets_outside="exp(h)*exp(z1)/exp(h)*(exp(z1) + exp(z2))",
            ),
        ),
        Exercise(
            id="c",
            variable="my_softmax",
            source="S4-Q2c",
            kind=Function(
                my_softmax, true_softmax, ROWS, stable=True, forbidden=FINISHED, library=FREE
            ),
            misconceptions=wrong(
                softmax_overflows=literal_softmax,
                softmax_wrong_axis=lambda Z: (
                    np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)
                ),
                softmax_over_everything=lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(),
                softmax_over_everything_overflows=lambda Z: np.exp(Z) / np.exp(Z).sum(),
                softmax_over_everything_shifted=lambda Z: (
                    np.exp(Z - Z.max(axis=1, keepdims=True))
                    / np.exp(Z - Z.max(axis=1, keepdims=True)).sum()
                ),
                softmax_one_shift=one_shift_softmax,
                softmax_index_exponent=lambda Z: (
                    np.exp(Z) / np.exp(np.arange(1, Z.shape[1] + 1)).sum()
                ),
                softmax_index_from_zero=lambda Z: np.exp(Z) / np.exp(np.arange(Z.shape[1])).sum(),
                softmax_wrong_axis_overflows=lambda Z: np.exp(Z) / np.exp(Z).sum(axis=0),
                softmax_wrong_axis_shifted=lambda Z: (
                    np.exp(Z - Z.max(axis=1, keepdims=True))
                    / np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=0)
                ),
                softmax_not_divided=lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)),
                softmax_clipped=lambda Z: my_softmax(np.clip(Z, -500, 500)),
                softmax_shifted_by_mean=lambda Z: (
                    np.exp(Z - Z.mean(axis=1, keepdims=True))
                    / np.exp(Z - Z.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
                ),
                softmax_without_exponential=lambda Z: Z / Z.sum(axis=1, keepdims=True),
                softmax_one_by_one=lambda Z: 1 / (1 + np.exp(-Z)),
                softmax_is_largest=lambda Z: np.where(Z.max(axis=1, keepdims=True) == Z, 1.0, 0.0),
                softmax_is_logarithm=lambda Z: Z - true_logsumexp(Z)[:, None],
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
            kind=Expression("-s*r", SHARES, Form(symbols="s r")),
            misconceptions=wrong(
                entry_diagonal_only="0",
                entry_bracket="-r",
                entry_own_share="-s",
                entry_sign="s*r",
                entry_of_diagonal="s*(1 - s)",
                entry_delta_one="s*(1 - r)",
                entry_square="-s*s",
                entry_difference="s - r",
                entry_negative_diagonal="-s*(1 - s)",
                entry_square_of_other="-r*r",
                entry_of_other_diagonal="r*(1 - r)",
                entry_with_own_share="-s*(1 - r)",
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
                library=FREE,
            ),
            misconceptions=wrong(
                jacobian_diagonal=lambda s: np.diag(s * (1 - s)),
                jacobian_bracket=lambda s: np.diag(s) - np.tile(s, (len(s), 1)),
                jacobian_plus_outer=lambda s: np.diag(s) + np.outer(s, s),
                jacobian_only_outer=lambda s: -np.outer(s, s),
                jacobian_only_products=lambda s: np.outer(s, s),
                jacobian_of_logarithm=lambda s: np.eye(len(s)) - np.tile(s, (len(s), 1)),
                jacobian_inner_product=lambda s: np.diag(s) - s @ s,
                jacobian_rest_reversed=lambda s: -np.outer(s, 1 - s),
                jacobian_reversed=lambda s: np.outer(s, s) - np.diag(s),
                jacobian_bracket_columns=lambda s: np.diag(s) - s[:, None],
                jacobian_identity=lambda s: np.eye(len(s)) - np.outer(s, s),
                jacobian_delta_everywhere=lambda s: np.outer(s, 1 - s),
                jacobian_squares=lambda s: np.diag(s) - s * s,
                jacobian_is_a_vector=lambda s: s * (1 - s),
                jacobian_of_softmax_twice=lambda s: jacobian_from_shares(textbook(s)),
                jacobian_positive_beside=lambda s: np.diag(s * (1 - s)) + off_diagonal(s),
                jacobian_subtracted_twice=lambda s: np.diag(s * (1 - s)) - np.outer(s, s),
                jacobian_diagonal_of_squares=lambda s: np.diag(s**2) - np.outer(s, s),
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
                log_slope_to_third=4.0,
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
                library=FREE,
            ),
            misconceptions=wrong(
                logsumexp_overflows=lambda Z: np.log(np.exp(Z).sum(axis=1)),
                logsumexp_forgets_top=lambda Z: np.log(
                    np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)
                ),
                logsumexp_without_logarithm=lambda Z: np.exp(Z).sum(axis=1),
                logsumexp_is_sum=lambda Z: Z.sum(axis=1),
                logsumexp_is_max=lambda Z: Z.max(axis=1),
                logsumexp_wrong_axis=lambda Z: np.logaddexp.reduce(Z, axis=0),
                logsumexp_of_everything=lambda Z: np.logaddexp.reduce(Z.ravel()),
                logsumexp_top_of_batch=lambda Z: Z.max() + np.log(np.exp(Z - Z.max()).sum(axis=1)),
                logsumexp_counts_top_twice=lambda Z: (
                    Z.max(axis=1) + np.log1p(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
                ),
                logsumexp_mean=lambda Z: true_logsumexp(Z) - np.log(Z.shape[1]),
                logsumexp_is_square=lambda Z: (
                    Z.max(axis=1, keepdims=True)
                    + np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
                ),
                logsumexp_is_column=lambda Z: true_logsumexp(Z)[:, None],
                logsumexp_sum_of_batch=lambda Z: (
                    Z.max(axis=1) + np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum())
                ),
                logsumexp_top_subtracted=lambda Z: true_logsumexp(Z) - 2 * Z.max(axis=1),
                logsumexp_top_without_logarithm=lambda Z: (
                    Z.max(axis=1) + np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)
                ),
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
                library=FREE,
            ),
            misconceptions=wrong(
                loss_without_logarithm=lambda Z, c: -np.mean(probability_of_truth(Z, c)),
                loss_is_summed=lambda Z, c: true_loss(Z, c) * len(c),
                loss_sign=lambda Z, c: -true_loss(Z, c),
                loss_per_class=lambda Z, c: true_loss(Z, c) / Z.shape[1],
                loss_is_bce_sum=bce_sum,
                loss_is_bce_mean=lambda Z, c: bce_sum(Z, c) / Z.shape[1],
                loss_by_number_of_classes=lambda Z, c: true_loss(Z, c) * len(c) / Z.shape[1],
                loss_of_softmax_twice=lambda Z, c: (
                    -np.mean(np.log(probability_of_truth(my_softmax(Z), c)))
                ),
                loss_of_wrong_pairs=lambda Z, c: true_loss(Z, np.arange(len(c)) % Z.shape[1]),
                loss_from_probabilities=lambda Z, c: -np.mean(np.log(probability_of_truth(Z, c))),
                loss_overflows=lambda Z, c: np.mean(
                    np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(c)), c]
                ),
                loss_overflows_from_probabilities=lambda Z, c: (
                    -np.mean(np.log(literal_softmax(Z)[np.arange(len(c)), c]))
                ),
                loss_one_shift=lambda Z, c: (
                    np.mean(np.log(np.exp(Z - Z.max()).sum(axis=1)) + Z.max())
                    - np.mean(Z[np.arange(len(c)), c])
                ),
                loss_one_hot=lambda Z, c: (
                    -np.sum(one_hot(c, Z.shape[1]) * np.log(my_softmax(Z))) / len(c)
                ),
                loss_one_hot_overflows=lambda Z, c: (
                    -np.sum(one_hot(c, Z.shape[1]) * np.log(literal_softmax(Z))) / len(c)
                ),
                loss_per_class_from_probabilities=lambda Z, c: (
                    -np.mean(one_hot(c, Z.shape[1]) * np.log(my_softmax(Z)))
                ),
                loss_capped=lambda Z, c: -np.mean(np.log(probability_of_truth(Z, c) + 1e-12)),
                loss_capped_earlier=lambda Z, c: (
                    -np.mean(np.log(probability_of_truth(Z, c) + 1e-10))
                ),
                loss_clipped=lambda Z, c: (
                    -np.mean(np.log(np.clip(probability_of_truth(Z, c), 1e-7, 1)))
                ),
                loss_capped_late=lambda Z, c: -np.mean(np.log(probability_of_truth(Z, c) + 1e-15)),
                loss_capped_early=lambda Z, c: -np.mean(np.log(probability_of_truth(Z, c) + 1e-8)),
                loss_of_all_pairs=lambda Z, c: np.mean(true_logsumexp(Z)[:, None] - Z[:, c]),
                loss_numbered_from_one=lambda Z, c: np.mean(
                    true_logsumexp(Z) - Z[np.arange(len(c)), c - 1]
                ),
                loss_forgets_score=lambda Z, c: np.mean(true_logsumexp(Z)),
                loss_of_each=lambda Z, c: true_logsumexp(Z) - Z[np.arange(len(c)), c],
                loss_of_first_class=lambda Z, c: np.mean(true_logsumexp(Z) - Z[:, 0]),
                loss_of_decision=lambda Z, c: np.mean(true_logsumexp(Z) - Z.max(axis=1)),
                loss_is_what_is_missing=lambda Z, c: np.mean(1 - probability_of_truth(Z, c)),
            ),
        ),
        Exercise(
            id="l",
            variable="gradient_lines",
            source="S3-12",
            kind=Derivation(
                (
                    "D(ln(exp(z1) + exp(z2)) - z1, z1)",
                    "D(ln(exp(z1) + exp(z2)), z1) - 1",
                    "D(exp(z1) + exp(z2), z1)/(exp(z1) + exp(z2)) - 1",
                    "exp(z1)/(exp(z1) + exp(z2)) - 1",
                ),
                TWO,
                Form(functions="exp", symbols="z1 z2"),
                minimum=3,
            ),
            misconceptions=wrong(
                gradient_keeps_logarithm="exp(z1)/ln(exp(z1) + exp(z2)) - 1",
                gradient_without_inner="1/(exp(z1) + exp(z2)) - 1",
                gradient_sign="1 - exp(z1)/(exp(z1) + exp(z2))",
                gradient_forgets_score="exp(z1)/(exp(z1) + exp(z2))",
                gradient_of_both="(exp(z1) + exp(z2))/(exp(z1) + exp(z2)) - 1",
                gradient_score_stays="exp(z1)/(exp(z1) + exp(z2)) - z1",
                gradient_other_class="exp(z2)/(exp(z1) + exp(z2)) - 1",
                gradient_missing_brackets="exp(z1)/exp(z1) + exp(z2) - 1",
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
                library=FREE,
            ),
            misconceptions=wrong(
                batch_reversed=lambda Z, c: (one_hot(c, Z.shape[1]) - my_softmax(Z)) / len(c),
                batch_without_mean=lambda Z, c: my_softmax(Z) - one_hot(c, Z.shape[1]),
                batch_reversed_without_mean=lambda Z, c: one_hot(c, Z.shape[1]) - my_softmax(Z),
                batch_without_target=lambda Z, c: my_softmax(Z) / len(c),
                batch_divides_by_classes=lambda Z, c: (
                    (my_softmax(Z) - one_hot(c, Z.shape[1])) / Z.shape[1]
                ),
                batch_diagonal_jacobian=lambda Z, c: (
                    -one_hot(c, Z.shape[1]) * (1 - my_softmax(Z)) / len(c)
                ),
                batch_divides_by_entries=lambda Z, c: (
                    (my_softmax(Z) - one_hot(c, Z.shape[1])) / Z.size
                ),
                batch_in_every_row=in_every_row,
                batch_subtracts_labels=lambda Z, c: (my_softmax(Z) - c[:, None]) / len(c),
                batch_in_rows_of_classes=in_rows_of_classes,
                batch_numbered_from_one=lambda Z, c: (
                    (my_softmax(Z) - one_hot(c - 1, Z.shape[1])) / len(c)
                ),
                batch_overflows=lambda Z, c: (literal_softmax(Z) - one_hot(c, Z.shape[1])) / len(c),
                batch_overflows_without_mean=lambda Z, c: (
                    literal_softmax(Z) - one_hot(c, Z.shape[1])
                ),
                batch_of_bce=bce_gradient,
                batch_by_logarithm=lambda Z, c: (
                    (np.exp(Z) / true_logsumexp(Z)[:, None] - one_hot(c, Z.shape[1])) / len(c)
                ),
                batch_of_softmax_twice=lambda Z, c: (
                    (my_softmax(my_softmax(Z)) - one_hot(c, Z.shape[1])) / len(c)
                ),
                batch_softmax_of_columns=lambda Z, c: (
                    (my_softmax(Z.T).T - one_hot(c, Z.shape[1])) / len(c)
                ),
                batch_one_shift=lambda Z, c: (
                    (one_shift_softmax(Z) - one_hot(c, Z.shape[1])) / len(c)
                ),
                batch_by_probability=lambda Z, c: -one_hot(c, Z.shape[1]) / my_softmax(Z) / len(c),
                batch_of_jacobian_diagonal=lambda Z, c: (
                    my_softmax(Z) * (1 - my_softmax(Z)) / len(c)
                ),
                batch_without_shares=lambda Z, c: -one_hot(c, Z.shape[1]) / len(c),
            ),
        ),
        Exercise(
            id="n",
            variable="weighted_gradient",
            source="S4-A1m",
            kind=Function(
                weighted_gradient,
                true_weighted_gradient,
                WEIGHTED,
                forbidden=FINISHED,
                library=FREE,
            ),
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
                weights_jacobian_alone=lambda s, y: jacobian_from_shares(s) @ y,
                weights_without_logarithm=lambda s, y: -jacobian_from_shares(s) @ y,
                weights_turned_round=lambda s, y: y - s,
                weights_is_loss=lambda s, y: -y * np.log(s),
                weights_sum_at_target=lambda s, y: s - np.sum(y) * y,
            ),
        ),
        Exercise(id="o", variable="wrong_line", source="S4-A2l.1", kind=Choice("B")),
        Exercise(
            id="p",
            variable="greatest_loss",
            source="S0-23",
            kind=Number(float(np.log(np.e + 9)), Tolerance(0.0, 1e-2)),
            misconceptions=wrong(
                greatest_of_scores=np.inf,
                greatest_is_least=float(np.log(1 + 9 / np.e)),
                greatest_at_chance=float(np.log(10)),
                greatest_without_truth=float(np.log(np.e + 8)),
                greatest_counts_one_more=float(np.log(np.e + 10)),
                greatest_of_shares=1.0,
                greatest_without_logarithm=float(np.e + 9),
                greatest_without_winner=float(np.log(9)),
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
                bce_slope_signs_lost="t/p + (1 - t)/(1 - p)",
                bce_slope_left_half="(p - t)/p",
                bce_slope_right_half="(p - t)/(1 - p)",
                bce_slope_multiplied="(p - t)*p*(1 - p)",
                bce_slope_weight_lost="-t/p + 1/(1 - p)",
                bce_slope_exchanged="(1 - t)/p - t/(1 - p)",
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
                logit_first_term="-t*(1 - p)",
                logit_second_term="(1 - t)*p",
                logit_sign_of_first="t*(1 - p) + (1 - t)*p",
                logit_sigmoid_alone="p*(1 - p)",
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
                squared_not_differentiated="(p - t)^2*p*(1 - p)",
                squared_without_error="2*p*(1 - p)",
                squared_slope_at_target="2*(p - t)*t*(1 - t)",
                squared_divided="2*(p - t)/(p*(1 - p))",
                squared_without_target="2*p*p*(1 - p)",
                squared_error_for_slope="2*(p - t)^2",
            ),
        ),
        Exercise(id="t", variable="argument", source="S4-A2g", kind=Choice("B")),
        Exercise(
            id="u",
            variable="scores",
            source="S4-Q1h",
            kind=Example(
                np.log([1, 1, 2, 4]) + 1,
                {
                    "example_other_shares": lambda z: np.allclose(shifted(z), EIGHTHS, 1e-6),
                    "example_not_positive": lambda z: z.min() > 0,
                },
                image=shifted,
                script="same_shares",
            ),
            misconceptions=wrong(
                example_other_shares=[1.0, 1.0, 2.0, 4.0],
                example_not_positive=np.log(EIGHTHS),
            ),
        ),
        Exercise(
            id="v",
            variable="slopes",
            source="S4-Q1k",
            kind=Intervals("(0, 1/4]"),
            misconceptions=wrong(
                slopes_of_zero="[0, 1/4]",
                slopes_never_largest="(0, 1/4)",
                slopes_of_share="(0, 1)",
                slopes_of_both_entries="[-1/4, 1/4]",
                slopes_of_one_factor="(0, 1/2]",
            ),
        ),
    ),
)
