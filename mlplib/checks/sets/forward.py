"""Exercises on "The forward pass": what is right, and what people really answer."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.authoring.probes import varied
from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.formulas.domain import Domain
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.matching import Matching
from mlplib.checks.kinds.numbers import Array, Number, Rational
from mlplib.checks.kinds.shape import Shape
from mlplib.checks.kinds.tolerance import Tolerance

BY_HAND = Tolerance(1e-6, 1e-9)
"""Numbers by hand are exact here; what is allowed is the rounding of who uses a computer."""

WIDTHS = Domain(intervals={"d": (2, 9), "s": (2, 9)})

# The network that is done by hand: 2 inputs, 2 hidden units with ReLU, 1 output
X = np.array([2.0, -1.0])
W1, B1 = np.array([[0.5, 1.0], [-1.0, 1.0]]), np.array([1.0, 0.0])
W2, B2, TARGET = np.array([[2.0, 3.0]]), np.array([0.5]), 1.0


def layer(A: Any, W: Any, b: Any) -> Any:
    """Answer g."""
    return np.tanh(A @ W.T + b)


def forward(x: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Answer h."""
    return W2 @ np.tanh(W1 @ x + b1) + b2


# The truth by another route: one unit at a time, with sums


def true_layer(A: Any, W: Any, b: Any) -> Any:
    """Compute each unit of each example from its own sum."""
    return np.array(
        [[np.tanh(sum(w * v for w, v in zip(W[i], a, strict=True)) + b[i]) for i in range(len(W))]
         for a in A]
    )  # fmt: skip


def true_forward(x: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Go through both layers unit by unit."""
    a = true_layer(x[None, :], W1, b1)[0]
    return np.array([sum(w * v for w, v in zip(row, a, strict=True)) for row in W2]) + b2


# What the answers are tried on

RNG = np.random.default_rng(11)


def _draw(*shape: int) -> Any:
    return np.round(RNG.normal(size=shape), 2)


LAYERS = varied(
    tuple(
        (_draw(n, d), _draw(s, d), _draw(s))
        for n, d, s in [(1, 2, 3), (2, 3, 2), (3, 2, 3), (4, 1, 2)]
    ),
    free=[0, 1, 2],
)
NETWORKS = varied(
    tuple(
        (_draw(d), _draw(s, d), _draw(s), _draw(k, s), _draw(k))
        for d, s, k in [(2, 2, 1), (2, 2, 2), (3, 4, 2), (1, 3, 5)]
    ),
    free=[0, 1, 2, 3, 4],
)


SET = ExerciseSet(
    name="forward",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="z_hidden",
            source="S4-Q2a",
            kind=Array(W1 @ X + B1, BY_HAND),
            misconceptions=wrong(
                hidden_without_bias=W1 @ X,
                hidden_transposed=W1.T @ X + B1,
                hidden_bias_subtracted=W1 @ X - B1,
                hidden_sign_of_input=W1 @ np.abs(X) + B1,
                hidden_already_bent=np.maximum(0, W1 @ X + B1),
                hidden_not_added=(W1 * X) + B1[:, None],
                hidden_bias_to_both=np.array([1.0, -2.0]),
                hidden_biases_swapped=np.array([0.0, -2.0]),
                hidden_sign_in_second=np.array([1.0, -1.0]),
            ),
        ),
        Exercise(
            id="b",
            variable="a_hidden",
            source="S0-07",
            kind=Array(np.maximum(0, W1 @ X + B1), BY_HAND),
            misconceptions=wrong(
                bent_not_at_all=W1 @ X + B1,
                bent_to_absolute=np.abs(W1 @ X + B1),
                bent_the_other_way=np.minimum(0, W1 @ X + B1),
                bent_of_minus=np.array([0.0, 3.0]),
            ),
        ),
        Exercise(
            id="c",
            variable="loss",
            source="S2-20",
            kind=Number(1.125, BY_HAND),
            misconceptions=wrong(
                loss_without_half=2.25,
                loss_of_dead_unit=28.125,
                loss_is_prediction=2.5,
                loss_is_error=1.5,
                loss_without_last_bias=0.5 * (2.0 - 1.0) ** 2 * 1.0,
                loss_half_of_error=0.75,
                loss_without_target=3.125,
                loss_target_added=6.125,
            ),
        ),
        Exercise(
            id="d",
            variable="shape_W2",
            source="S4-Q2a",
            kind=Shape((3, 7)),
            misconceptions=wrong(
                weights_transposed=(7, 3),
                weights_from_input=(3, 5),
                weights_with_bias=(3, 8),
                weights_of_layer_one=(7, 5),
                weights_of_bias=(3,),
                weights_of_batch=(20, 3),
            ),
        ),
        Exercise(
            id="e",
            variable="shape_Z1",
            source="X-01",
            kind=Shape((20, 7)),
            misconceptions=wrong(
                batch_in_columns=(7, 20),
                batch_of_inputs=(20, 5),
                batch_of_one=(7,),
                batch_of_outputs=(20, 3),
                batch_of_weights=(7, 5),
            ),
        ),
        Exercise(
            id="f",
            variable="shape_b2",
            source="S2-14",
            kind=Shape((3,)),
            misconceptions=wrong(
                bias_as_column=(3, 1),
                bias_as_row=(1, 3),
                bias_for_each_example=(20, 3),
                bias_of_hidden=(7,),
                bias_for_layer=(1,),
                bias_of_weights=(3, 7),
            ),
        ),
        Exercise(
            id="g",
            variable="layer",
            source="S2-26",
            kind=Function(layer, true_layer, LAYERS),
            misconceptions=wrong(
                layer_without_bend=lambda A, W, b: A @ W.T + b,
                layer_without_bias=lambda A, W, b: np.tanh(A @ W.T),
                layer_bent_first=lambda A, W, b: np.tanh(A) @ W.T + b,
                layer_bias_outside=lambda A, W, b: np.tanh(A @ W.T) + b,
                layer_in_columns=lambda A, W, b: np.tanh(W @ A.T + b[:, None]),
                layer_with_relu=lambda A, W, b: np.maximum(0, A @ W.T + b),
                layer_with_sigmoid=lambda A, W, b: 1 / (1 + np.exp(-(A @ W.T + b))),
                layer_bias_subtracted=lambda A, W, b: np.tanh(A @ W.T - b),
            ),
        ),
        Exercise(
            id="h",
            variable="forward",
            source="S2-26",
            kind=Function(forward, true_forward, NETWORKS),
            misconceptions=wrong(
                forward_bent_to_the_end=lambda x, W1, b1, W2, b2: np.tanh(
                    forward(x, W1, b1, W2, b2)
                ),
                forward_never_bent=lambda x, W1, b1, W2, b2: W2 @ (W1 @ x + b1) + b2,
                forward_without_biases=lambda x, W1, b1, W2, b2: W2 @ np.tanh(W1 @ x),
                forward_without_last_bias=lambda x, W1, b1, W2, b2: W2 @ np.tanh(W1 @ x + b1),
                forward_bent_first=lambda x, W1, b1, W2, b2: (
                    W2 @ np.tanh(W1 @ np.tanh(x) + b1) + b2
                ),
                forward_with_relu=lambda x, W1, b1, W2, b2: W2 @ np.maximum(0, W1 @ x + b1) + b2,
                forward_with_sigmoid=lambda x, W1, b1, W2, b2: (
                    W2 @ (1 / (1 + np.exp(-(W1 @ x + b1)))) + b2
                ),
                forward_stops_early=lambda x, W1, b1, W2, b2: np.tanh(W1 @ x + b1),
                forward_bias_outside=lambda x, W1, b1, W2, b2: W2 @ (np.tanh(W1 @ x) + b1) + b2,
            ),
        ),
        Exercise(
            id="i",
            variable="parameters",
            source="S4-Q2i",
            kind=Number(4245.0, BY_HAND),
            misconceptions=wrong(
                parameters_without_biases=4200.0,
                parameters_are_units=145.0,
                parameters_bias_per_weight=8400.0,
                parameters_bias_of_input=4345.0,
                parameters_one_bias_a_layer=4202.0,
                parameters_jump=100.0 * 5 + 5,
                parameters_of_first_layer=4040.0,
                parameters_hidden_biases=4240.0,
                parameters_output_biases=4205.0,
                parameters_multiplied=20_000.0,
            ),
        ),
        Exercise(
            id="j",
            variable="multiplications",
            source="S4-Q2i",
            kind=Number(84_000.0, BY_HAND),
            misconceptions=wrong(
                work_of_one_example=4200.0,
                work_with_biases=84_900.0,
                work_of_sizes_multiplied=20.0 * 100 * 40 * 5,
                work_of_units=20.0 * 145,
                work_of_first_layer=80_000.0,
                work_of_last_layer=4000.0,
            ),
        ),
        Exercise(
            id="k",
            variable="kept",
            source="S2-28",
            kind=Number(3700.0, BY_HAND),
            misconceptions=wrong(
                kept_for_one=185.0,
                kept_hidden_once=2900.0,
                kept_hidden_alone=1600.0,
                kept_products_alone=2800.0,
                kept_activations_alone=900.0,
                kept_weights=84_000.0,
                kept_without_outputs=3600.0,
                kept_without_inputs=1700.0,
            ),
        ),
        Exercise(
            id="l",
            variable="unchanged",
            source="S0-03",
            kind=Choice("ACD", multiple=True),
            misconceptions=wrong(
                unchanged_by_square=frozenset("ABCD"),
                unchanged_by_sign=frozenset("ACDE"),
            ),
        ),
        Exercise(
            id="m",
            variable="decided",
            source="S0-03",
            kind=Array(np.array([0.0, 1.0, 0.0, 0.0]), BY_HAND),
            misconceptions=wrong(
                decided_twice=np.array([0.0, 1.0, 0.0, 1.0]),
                decided_last=np.array([0.0, 0.0, 0.0, 1.0]),
                decided_halves=np.array([0.0, 0.5, 0.0, 0.5]),
                decided_index=np.array(1.0),
                decided_least=np.array([0.0, 0.0, 1.0, 0.0]),
                decided_not=np.array([1.0, 4.0, 0.0, 4.0]),
            ),
        ),
        Exercise(
            id="n",
            variable="copies",
            source="S2-28",
            kind=Choice("C"),
        ),
        Exercise(
            id="o",
            variable="variance",
            source="S4-Q2a",
            kind=Expression(reference="2/d", domain=WIDTHS),
            misconceptions=wrong(
                variance_of_glorot="2/(d + s)",
                variance_of_tanh="1/d",
                variance_of_the_way_back="2/s",
                variance_is_spread="sqrt(2/d)",
                variance_grows="d/2",
                variance_halved="1/(2*d)",
                variance_of_root="1/sqrt(d)",
                variance_of_all_units="1/s",
            ),
        ),
        Exercise(
            id="p",
            variable="left",
            source="S4-Q2a",
            kind=Rational(Fraction(1, 1024)),
            misconceptions=wrong(
                left_of_root=Fraction(1, 32),
                left_after_nine=Fraction(1, 512),
                left_of_one_layer=Fraction(1, 2),
                left_added=Fraction(5),
                left_divided=Fraction(1, 20),
                left_of_one_weight=Fraction(1, 200) ** 10,
                left_after_eleven=Fraction(1, 2048),
                left_squared=Fraction(1, 1024**2),
            ),
        ),
        Exercise(
            id="q",
            variable="chance",
            source="S4-Q2g",
            kind=Number(float(np.log(1000)), Tolerance(0.0, 6e-3)),
            misconceptions=wrong(
                chance_base_ten=3.0,
                chance_base_two=float(np.log2(1000)),
                chance_of_share=0.001,
                chance_of_error=0.999,
                chance_sign=-float(np.log(1000)),
                chance_of_ten=float(np.log(10)),
            ),
        ),
        Exercise(
            id="r",
            variable="outputs",
            source="S0-09",
            kind=Matching({"1": "A", "2": "B", "3": "C", "4": "D"}),
            misconceptions=wrong(
                outputs_share_one={"4": "B"},
                outputs_always_one={"3": "E"},
                outputs_never_below_zero={"1": "F"},
                outputs_do_not_share={"2": "D"},
            ),
        ),
    ),
)
