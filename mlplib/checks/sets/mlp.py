"""Exercises on "From a blank page to a trained network": one chain, from the input back to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.authoring.probes import varied
from mlplib.checks.exercise import Exercise, ExerciseSet
from mlplib.checks.formulas.domain import Domain, Form
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.derivation import Derivation
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.matching import Matching
from mlplib.checks.kinds.mended import Mended
from mlplib.checks.kinds.numbers import Array, Number
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.checks.misconception import wrong
from mlplib.proof.differentiate import gradient

ROUNDED = Tolerance(1e-3, 6e-4)
"""Numbers of the chain, rounded to three places by whoever does it with a pencil."""

THREE_PLACES = Tolerance(0.0, 5.1e-4)
"""A number above 1, where the relative part of `ROUNDED` would let two places pass."""

TWO = Domain({"z1": (-2, 2), "z2": (-2, 2)})
SHARE = Domain({"z": (-2, 2)}, {"s": "sigma(z)"})
SIZES = Domain({"d": (2, 9), "h": (2, 9), "K": (2, 9)})
UNIT = Domain({"z": (-3, 3)})
ONE_UNIT = Domain({"v": (0.5, 2), "z": (-2, 2), "y": (-2, 2), "x": (0.5, 2)}, {"a": "softplus(z)"})

# The network of the chain. Its numbers are chosen so that all shares and slopes are short.
X = np.array([2.0, -1.0, 1.0])
W1, B1 = np.array([[1.0, 2.0, 0.0], [1.0, 0.0, -2.0]]), np.array([0.0, np.log(3)])
W2, B2 = np.array([[2.0, -1.0], [1.0, 0.0], [-2.0, 1.0]]), np.array([0.0, 0.0, np.log(7)])
Z1 = W1 @ X + B1
A = np.log(1 + np.exp(Z1))
Z2 = W2 @ A + B2
S = np.exp(Z2) / np.exp(Z2).sum()
D2 = S - np.array([0.0, 1.0, 0.0])
HEARD = W2.T @ D2
SLOPES = 1 / (1 + np.exp(-Z1))
D1 = HEARD * SLOPES


def risk(S: Any, c: Any) -> Any:
    """Answer i."""
    return -np.mean(np.log(S[np.arange(len(c)), c]))


def back(W: Any, delta: Any) -> Any:
    """Answer r."""
    return W.T @ delta


def first_gradient(X: Any, c: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Answer w."""
    Z1 = X @ W1.T + b1
    E = np.exp(np.log(1 + np.exp(Z1)) @ W2.T + b2)
    D2 = (E / E.sum(axis=1, keepdims=True) - np.eye(len(b2))[c]) / len(X)
    D1 = (D2 @ W2) / (1 + np.exp(-Z1))
    return D1.T @ X


# The truth by another route


def true_risk(S: Any, c: Any) -> Any:
    """Minus the logarithm of the probability of all labels together, for each example."""
    together = np.prod([row[k] for row, k in zip(S, c, strict=True)])
    return -np.log(together) / len(c)


def true_back(W: Any, delta: Any) -> Any:
    """Differentiate delta · (W a) with respect to a, by the complex step."""
    return gradient(lambda a: delta @ (W @ a), np.zeros(W.shape[1]))


def true_first_gradient(X: Any, c: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Differentiate the risk by the complex step, one example after the other."""
    return gradient(lambda w: risk_of_network(X, c, w, b1, W2, b2), W1)


def risk_of_network(X: Any, c: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Return the mean loss, one example after the other."""
    total = 0.0
    for x, k in zip(X, c, strict=True):
        z = W2 @ np.log(1 + np.exp(W1 @ x + b1)) + b2
        total = total + np.log(np.exp(z).sum()) - z[k]
    return total / len(X)


OTHERS = {
    "b1": lambda X, c, W1, b1, W2, b2: gradient(lambda v: risk_of_network(X, c, W1, v, W2, b2), b1),
    "W2": lambda X, c, W1, b1, W2, b2: gradient(lambda v: risk_of_network(X, c, W1, b1, v, b2), W2),
    "b2": lambda X, c, W1, b1, W2, b2: gradient(lambda v: risk_of_network(X, c, W1, b1, W2, v), b2),
}
"""The gradients that are not asked for."""


# What the answers are tried on

RNG = np.random.default_rng(31)


def _draw(*shape: int) -> Any:
    return np.round(RNG.normal(size=shape), 2)


SHARE_SIZES = [(1, 2), (2, 3), (3, 3), (5, 4)]
SHARES = (
    *((RNG.dirichlet(2 * np.ones(K), n), RNG.integers(0, K, n)) for n, K in SHARE_SIZES),
    (np.array([[1e-9, 1 - 1e-9], [0.3, 0.7], [0.5, 0.5]]), np.array([0, 0, 1])),
    (np.full((2, 4), 0.25), np.array([3, 0])),
)
SIGNALS = varied(
    tuple((_draw(k, s), _draw(k)) for k, s in [(2, 3), (3, 3), (1, 2), (3, 2)]), free=[0, 1]
)
NETWORKS = varied(
    tuple(
        (_draw(n, d), RNG.integers(0, K, n), _draw(s, d), _draw(s), _draw(K, s), _draw(K))
        for n, d, s, K in [(1, 2, 3, 2), (2, 3, 2, 4), (4, 2, 3, 3), (3, 4, 2, 2)]
    ),
    free=[0, 2, 3, 4, 5],
)


def _first(
    X: Any,
    c: Any,
    W1: Any,
    b1: Any,
    W2: Any,
    b2: Any,
    *,
    slope: Any,
    target: float = 1.0,
    axis: int = 1,
) -> Any:
    """Return the gradient of somebody who takes another slope or axis, or forgets the target."""
    Z1 = X @ W1.T + b1
    E = np.exp(np.log(1 + np.exp(Z1)) @ W2.T + b2)
    D2 = (E / E.sum(axis=axis, keepdims=True) - target * np.eye(len(b2))[c]) / len(X)
    return ((D2 @ W2) * slope(Z1)).T @ X


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


SET = ExerciseSet(
    name="mlp",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="a",
            source="S4-Q2a",
            kind=Array(A, ROUNDED),
            misconceptions=wrong(
                hidden_not_bent=Z1,
                hidden_without_bias=np.log(1 + np.exp(W1 @ X)),
                hidden_sigmoid=SLOPES,
                hidden_base_ten=A / np.log(10),
                hidden_kept_above=np.array([np.log(2), np.log(3)]),
                hidden_exponentials=np.array([1.0, 3.0]),
                hidden_without_logarithm=np.array([2.0, 4.0]),
            ),
        ),
        Exercise(
            id="b",
            variable="scores",
            source="S4-Q2b",
            kind=Array(Z2, ROUNDED),
            misconceptions=wrong(
                scores_before_the_bend=W2 @ Z1 + B2,
                scores_without_bias=W2 @ A,
                scores_bent=np.log(1 + np.exp(Z2)),
                scores_first_unit=W2[:, 0] * A[0] + B2,
                scores_second_unit=np.array([0.0, A[1], np.log(7)]),
                scores_signs_lost=np.abs(W2) @ A + B2,
            ),
        ),
        Exercise(
            id="c",
            variable="shares",
            source="S4-Q2c",
            kind=Array(S, ROUNDED),
            misconceptions=wrong(
                shares_not_divided=np.exp(Z2),
                shares_of_scores=Z2 / Z2.sum(),
                shares_one_by_one=_sigmoid(Z2),
                shares_index_exponent=np.exp(Z2) / np.exp([1, 2, 3]).sum(),
                shares_zero_score=np.array([0, 2 / 9, 7 / 9]),
            ),
        ),
        Exercise(
            id="d",
            variable="second_share",
            source="S4-Q2d",
            kind=Expression("sigma(z2 - z1)", TWO, Form(functions="sigma")),
            misconceptions=wrong(
                second_is_first="sigma(z1 - z2)",
                second_of_one_score="sigma(z2)",
                second_of_sum="sigma(z1 + z2)",
                second_difference_outside="sigma(z2) - sigma(z1)",
                second_normalised="sigma(z2)/(sigma(z1) + sigma(z2))",
                second_of_first_score="sigma(z1)",
                second_rest="1 - sigma(z1)",
                second_of_quotient="sigma(z2/z1)",
            ),
        ),
        Exercise(
            id="e",
            variable="slope_squared",
            source="S4-Q2e",
            kind=Expression("-2*s*(1 - s)^2", SHARE, Form(symbols="s")),
            misconceptions=wrong(
                squared_of_share="-2*(1 - s)",
                squared_one_term="-s*(1 - s)^2",
                squared_summed="-4*s*(1 - s)^2",
                squared_sign="2*s*(1 - s)^2",
                squared_jacobian_only="s*(1 - s)",
                squared_as_cross_entropy="s - 1",
                squared_factor_lost="-2*s*(1 - s)",
                squared_without_share="-2*(1 - s)^2",
                squared_loss="(s - 1)^2",
                squared_cancelled="0",
            ),
        ),
        Exercise(
            id="f",
            variable="slope_logarithm",
            source="S4-Q2f",
            kind=Expression("s - 1", SHARE, Form(symbols="s")),
            misconceptions=wrong(
                logarithm_of_share="-1/s",
                logarithm_sign="1 - s",
                logarithm_without_target="s",
                logarithm_jacobian_only="s*(1 - s)",
                logarithm_other_share="-s",
                logarithm_without_outer="-s*(1 - s)",
                logarithm_half_jacobian="-(1 - s)/s",
                logarithm_loss="-ln(s)",
            ),
        ),
        Exercise(id="g", variable="reason", source="S4-Q2g", kind=Choice("B")),
        Exercise(
            id="h",
            variable="loss",
            source="S4-Q2h",
            kind=Number(float(np.log(5)), THREE_PLACES),
            misconceptions=wrong(
                loss_of_largest=float(-np.log(0.7)),
                loss_sign=float(-np.log(5)),
                loss_base_ten=float(np.log10(5)),
                loss_counted_from_zero=float(np.log(10)),
                loss_is_what_is_missing=0.8,
                loss_log_of_sum_of_scores=float(np.log(Z2.sum()) - Z2[1]),
                loss_is_share=0.2,
                loss_without_logarithm=5.0,
                loss_base_two=float(np.log2(5)),
                loss_of_the_rest=float(-np.log(0.8)),
                loss_at_chance=float(np.log(3)),
            ),
        ),
        Exercise(
            id="i",
            variable="risk",
            source="S4-Q2i",
            kind=Function(risk, true_risk, SHARES, Tolerance(1e-7, 1e-9)),
            misconceptions=wrong(
                risk_two_signs=lambda S, c: np.mean(np.log(S[np.arange(len(c)), c])),
                risk_index_of_example=lambda S, c: (
                    -np.mean(np.log(S[np.arange(len(c)), np.arange(len(c))]))
                ),
                risk_summed=lambda S, c: risk(S, c) * len(c),
                risk_mean_twice=lambda S, c: risk(S, c) / len(c),
                risk_log_of_mean=lambda S, c: -np.log(np.mean(S[np.arange(len(c)), c])),
                risk_of_every_share=lambda S, c: -np.mean(np.log(S)),
                risk_over_entries=lambda S, c: risk(S, c) / S.shape[1],
                risk_counted_from_one=lambda S, c: -np.mean(np.log(S[np.arange(len(c)), c - 1])),
                risk_of_pairs=lambda S, c: -np.mean(np.log(S[:, c])),
                risk_without_logarithm=lambda S, c: -np.mean(S[np.arange(len(c)), c]),
                risk_is_what_is_missing=lambda S, c: 1 - np.mean(S[np.arange(len(c)), c]),
                risk_of_the_rest=lambda S, c: -np.mean(np.log(1 - S[np.arange(len(c)), c])),
                risk_of_decision=lambda S, c: -np.mean(np.log(S.max(axis=1))),
                risk_is_error_rate=lambda S, c: np.mean(S.argmax(axis=1) != c),
            ),
        ),
        Exercise(
            id="j",
            variable="count",
            source="S4-Q2i",
            kind=Expression("h*d + h + K*h + K", SIZES),
            misconceptions=wrong(
                count_without_biases="h*d + K*h",
                count_one_bias_a_layer="h*d + 1 + K*h + 1",
                count_biases_of_inputs="h*d + d + K*h + h",
                count_units="d + h + K",
                count_skips_the_layer="h*d + h + K*d + K",
                count_product="h*d*K",
                count_without_output_biases="h*d + h + K*h",
                count_without_hidden_biases="h*d + K*h + K",
                count_extra_layer="h*d + h + h^2 + h + K*h + K",
            ),
        ),
        Exercise(
            id="k",
            variable="stepped",
            source="S4-Q2j",
            kind=Number(0.3, ROUNDED),
            misconceptions=wrong(
                step_of_sum=-0.1,
                step_uphill=0.7,
                step_without_rate=-1.5,
                step_of_first=0.1,
                step_of_last=0.2,
                step_alone=-0.2,
                step_is_slope=2.0,
                step_of_second=0.6,
                step_signs_lost=0.5 - 0.8 / 3,
            ),
        ),
        Exercise(
            id="l",
            variable="decayed",
            source="S4-Q2k",
            kind=Number(0.295, Tolerance(0.0, 1e-4)),
            misconceptions=wrong(
                decay_without_two=0.2975,
                decay_grows=0.305,
                decay_of_penalty=0.3 - 0.1 * 0.05 * 0.25,
                decay_without_rate=0.25,
                decay_after_the_step=0.297,
                decay_forgotten=0.3,
                decay_alone=0.495,
            ),
        ),
        Exercise(
            id="m",
            variable="signal_lines",
            source="S4-Q2l",
            kind=Derivation(
                (
                    "D(ln(exp(z1) + exp(z2)) - z2, z1)",
                    "D(ln(exp(z1) + exp(z2)), z1)",
                    "D(exp(z1) + exp(z2), z1)/(exp(z1) + exp(z2))",
                    "exp(z1)/(exp(z1) + exp(z2))",
                ),
                TWO,
                Form(functions="exp", symbols="z1 z2"),
                minimum=3,
            ),
            misconceptions=wrong(
                signal_keeps_logarithm="exp(z1)/ln(exp(z1) + exp(z2))",
                signal_without_inner="1/(exp(z1) + exp(z2))",
                signal_of_the_truth="exp(z1)/(exp(z1) + exp(z2)) - 1",
                signal_of_both="(exp(z1) + exp(z2))/(exp(z1) + exp(z2))",
                signal_of_other_class="exp(z2)/(exp(z1) + exp(z2))",
                signal_score_stays="exp(z1)/(exp(z1) + exp(z2)) - z2",
                signal_missing_brackets="exp(z1)/exp(z1) + exp(z2)",
            ),
        ),
        Exercise(
            id="n",
            variable="entry",
            source="S4-Q2m",
            kind=Number(float(D2[2] * A[1]), ROUNDED),
            misconceptions=wrong(
                entry_other_unit=float(D2[2] * A[0]),
                entry_other_class=float(D2[1] * A[1]),
                entry_before_the_bend=float(D2[2] * Z1[1]),
                entry_of_bias=float(D2[2]),
                entry_without_signal=float(A[1]),
                entry_is_weight=float(W2[2, 1]),
                entry_of_share_of_truth=float((D2[2] - 1) * A[1]),
                entry_first_class=float(D2[0] * A[1]),
                entry_indices_swapped=float(D2[1] * A[0]),
            ),
        ),
        Exercise(
            id="o",
            variable="dW2",
            source="S4-Q2n",
            kind=Array(np.outer(D2, A), ROUNDED),
            misconceptions=wrong(
                last_transposed=np.outer(A, D2),
                last_every_row_alike=np.zeros((3, 2)),
                last_sign=-np.outer(D2, A),
                last_before_the_bend=np.outer(D2, Z1),
                last_without_signal=np.tile(A, (3, 1)),
                last_without_target=np.outer(S, A),
                last_times_weights=D2[:, None] * W2,
                last_is_signal=np.tile(D2[:, None], (1, 2)),
            ),
        ),
        Exercise(
            id="p",
            variable="nonzero",
            source="S4-A2m.3",
            kind=Number(6.0),
            misconceptions=wrong(
                nonzero_everywhere=18.0,
                nonzero_counts_zeros=12.0,
                nonzero_of_one_score=2.0,
                nonzero_of_biases=3.0,
                nonzero_one_column=9.0,
            ),
        ),
        Exercise(
            id="q",
            variable="heard_by_first",
            source="S4-Q2o",
            kind=Number(float(HEARD[0]), ROUNDED),
            misconceptions=wrong(
                heard_along_a_row=float(W2[0] @ D2[:2]),
                heard_from_last=float(W2[2, 0] * D2[2]),
                heard_from_truth=float(W2[1, 0] * D2[1]),
                heard_of_shares=float(W2[:, 0] @ S),
                heard_by_second=float(HEARD[1]),
                heard_as_mean=float(HEARD[0] / 3),
                heard_sign_lost=float(np.abs(W2[:, 0]) @ D2),
                heard_from_first=float(W2[0, 0] * D2[0]),
            ),
        ),
        Exercise(
            id="r",
            variable="back",
            source="S4-Q2p",
            kind=Function(back, true_back, SIGNALS),
            misconceptions=wrong(
                back_not_transposed=lambda W, delta: W @ delta,
                back_not_summed=lambda W, delta: W * delta[:, None],
                back_as_mean=lambda W, delta: W.T @ delta / len(delta),
                back_without_signal=lambda W, delta: W.sum(axis=0),
                back_not_summed_turned=lambda W, delta: W.T * delta,
                back_from_first=lambda W, delta: W[0] * delta[0],
                back_from_last=lambda W, delta: W[-1] * delta[-1],
            ),
        ),
        Exercise(
            id="s",
            variable="slope_lines",
            source="S4-Q2q",
            kind=Derivation(
                (
                    "D(ln(1 + exp(z)), z)",
                    "D(1 + exp(z), z)/(1 + exp(z))",
                    "exp(z)/(1 + exp(z))",
                    "1/(1 + exp(-z))",
                    "sigma(z)",
                ),
                UNIT,
                Form(functions="sigma", symbols="z"),
                minimum=3,
            ),
            misconceptions=wrong(
                slope_without_inner="1/(1 + exp(z))",
                slope_keeps_logarithm="exp(z)/ln(1 + exp(z))",
                slope_of_sigmoid="sigma(z)*(1 - sigma(z))",
                slope_without_outer="exp(z)",
                slope_with_one="(1 + exp(z))/(1 + exp(z))",
            ),
        ),
        Exercise(
            id="t",
            variable="d1",
            source="S4-Q2r",
            kind=Array(D1, ROUNDED),
            misconceptions=wrong(
                bend_forgotten=HEARD,
                bend_at_activation=HEARD * _sigmoid(A),
                bend_without_bias=HEARD * _sigmoid(W1 @ X),
                bend_of_sigmoid=HEARD * SLOPES * (1 - SLOPES),
                bend_of_relu=HEARD * (Z1 > 0),
                bend_is_value=HEARD * A,
                bend_alone=SLOPES,
                bend_mirrored=HEARD * (1 - SLOPES),
            ),
        ),
        Exercise(
            id="z",
            variable="mended",
            source="S4-Q2p",
            kind=Mended("C", Expression("(v*a - y)*v*sigma(z)*x", ONE_UNIT)),
            misconceptions=wrong(
                slip_unchanged="(v*a - y)*v*sigma(a)*x",
                slip_value_for_slope="(v*a - y)*v*a*x",
                slip_slope_of_sigmoid="(v*a - y)*v*sigma(z)*(1 - sigma(z))*x",
                slip_without_input="(v*a - y)*v*sigma(z)",
                slip_without_weight="(v*a - y)*sigma(z)*x",
                slip_without_slope="(v*a - y)*v*x",
                slip_error_reversed="(y - v*a)*v*sigma(z)*x",
                slip_slope_alone="sigma(z)",
                slip_argument_for_slope="(v*a - y)*v*z*x",
                slip_without_error="v*sigma(z)*x",
            ),
        ),
        Exercise(
            id="u",
            variable="dW1",
            source="S4-Q2r",
            kind=Array(np.outer(D1, X), ROUNDED),
            misconceptions=wrong(
                first_transposed=np.outer(X, D1),
                first_not_bent=np.outer(HEARD, X),
                first_sign=-np.outer(D1, X),
                first_without_signal=np.tile(X, (2, 1)),
                first_times_weights=D1[:, None] * W1,
                first_without_input=np.tile(D1[:, None], (1, 3)),
            ),
        ),
        Exercise(
            id="v",
            variable="dx",
            source="S4-Q2l",
            kind=Array(W1.T @ D1, ROUNDED),
            misconceptions=wrong(
                input_not_bent=W1.T @ HEARD,
                input_from_first=W1[0] * D1[0],
                input_from_second=W1[1] * D1[1],
                input_sign=-W1.T @ D1,
                input_summed_gradient=np.outer(D1, X).sum(axis=0),
            ),
        ),
        Exercise(
            id="w",
            variable="first_gradient",
            source="S4-Q2l",
            kind=Function(first_gradient, true_first_gradient, NETWORKS, others=OTHERS),
            misconceptions=wrong(
                batch_without_mean=lambda X, c, W1, b1, W2, b2: (
                    first_gradient(X, c, W1, b1, W2, b2) * len(X)
                ),
                batch_mean_twice=lambda X, c, W1, b1, W2, b2: (
                    first_gradient(X, c, W1, b1, W2, b2) / len(X)
                ),
                batch_without_slope=lambda *given: _first(*given, slope=np.ones_like),
                batch_slope_at_activation=lambda *given: _first(
                    *given, slope=lambda z: _sigmoid(np.log(1 + np.exp(z)))
                ),
                batch_slope_of_relu=lambda *given: _first(*given, slope=lambda z: z > 0),
                batch_slope_of_sigmoid=lambda *given: _first(
                    *given, slope=lambda z: _sigmoid(z) * _sigmoid(-z)
                ),
                batch_without_target=lambda *given: _first(*given, slope=_sigmoid, target=0.0),
                batch_wrong_axis=lambda *given: _first(*given, slope=_sigmoid, axis=0),
                batch_transposed=lambda X, c, W1, b1, W2, b2: (
                    first_gradient(X, c, W1, b1, W2, b2).T
                ),
                batch_sign=lambda X, c, W1, b1, W2, b2: -first_gradient(X, c, W1, b1, W2, b2),
                batch_value_for_slope=lambda *given: _first(
                    *given, slope=lambda z: np.log(1 + np.exp(z))
                ),
                batch_mirrored=lambda *given: _first(*given, slope=lambda z: _sigmoid(-z)),
                batch_slope_of_tanh=lambda *given: _first(
                    *given, slope=lambda z: 1 - np.tanh(z) ** 2
                ),
                batch_argument_for_slope=lambda *given: _first(*given, slope=lambda z: z),
            ),
        ),
        Exercise(id="x", variable="diagnosis", source="S4-Q2i", kind=Choice("D")),
        Exercise(
            id="y",
            variable="illnesses",
            source="S4-Q2i",
            kind=Matching({"1": "C", "2": "B", "3": "D", "4": "E"}),
            misconceptions=wrong(
                signs_axis={"2": "A"},
                signs_rate_before_a_step={"2": "F"},
                signs_rate_in_gradient={"1": "F"},
                signs_axis_later={"4": "A"},
            ),
        ),
    ),
)
