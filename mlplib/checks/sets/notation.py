"""Exercises on "One network, five dialects": what is right, and what people really answer."""

from __future__ import annotations

from fractions import Fraction
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
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.numbers import Array, Number, Rational
from mlplib.checks.kinds.shape import Shape
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.proof.differentiate import gradient

MOVES = Domain({"x": (-2, 2), "y": (-2, 2), "h": (-1, 1), "k": (-1, 1)})
CHAIN = Domain({"v": (-2, 2), "w": (-2, 2), "x": (-2, 2), "y": (-2, 2)})


def batch_forward(A: Any, W: Any, b: Any) -> Any:
    """Answer h."""
    return A @ W.T + b


def weight_gradient(delta: Any, a: Any) -> Any:
    """Answer l."""
    return np.outer(delta, a)


def bias_gradient(D: Any) -> Any:
    """Answer m."""
    return D.sum(axis=0)


def to_book(G: Any, n: Any) -> Any:
    """Answer q."""
    return G.T / n


# The truth by another route


def true_forward(A: Any, W: Any, b: Any) -> Any:
    """Add up one neuron of one example at a time."""
    neurons = list(zip(W, b, strict=True))
    return [
        [sum(w * a for w, a in zip(row, example, strict=True)) + c for row, c in neurons]
        for example in A
    ]


def true_weight_gradient(delta: Any, a: Any) -> Any:
    """Differentiate δ · W a entry by entry, by the complex step."""
    return gradient(lambda W: delta @ (W @ a), np.zeros((len(delta), len(a))))


def true_bias_gradient(D: Any) -> Any:
    """Differentiate the sum of D * (Z + b), where b is added to every row."""
    return gradient(lambda b: np.sum(D * (np.ones((len(D), 1)) * b)), np.zeros(D.shape[1]))


def true_to_book(G: Any, n: Any) -> Any:
    """Fill the entries one at a time."""
    return [[G[i, j] / n for i in range(G.shape[0])] for j in range(G.shape[1])]


# What the answers are tried on

RNG = np.random.default_rng(3)


def _whole(*shape: int) -> Any:
    return RNG.integers(-5, 6, shape).astype(float)


LAYERS = varied(
    tuple((_whole(n, d), _whole(s, d), _whole(s)) for n, d, s in [(1, 2, 2), (3, 3, 3), (4, 3, 2)]),
    free=[0, 1, 2],
)
ERRORS = varied(tuple((_whole(s), _whole(d)) for s, d in [(2, 2), (3, 2), (2, 4)]), free=[0, 1])
DELTAS = varied(tuple((_whole(n, s),) for n, s in [(3, 3), (4, 2), (1, 2), (2, 5)]), free=[0])
GRADIENTS = varied(
    tuple((_whole(d, s), n) for d, s, n in [(2, 2, 4), (1, 4, 8), (3, 2, 5), (3, 2, 1)]), free=[0]
)


def _index_from_zero(seed: int) -> Exercise:
    k = int(np.random.default_rng(seed).integers(1, 9))
    return _counted(k)


def _counted(k: int) -> Exercise:
    return Exercise(
        id="o",
        variable="layer",
        source="X-05",
        kind=Number(expected=float(k + 1), tolerance=Tolerance(0.0, 1e-9)),
        misconceptions=wrong(index_kept=float(k), index_shifted_down=float(k - 1)),
        parameters={"k": str(k)},
        variant=_index_from_zero,
    )


def _rates(seed: int) -> Exercise:
    rng = np.random.default_rng(seed)
    return _rate(int(rng.choice([8, 16, 20, 50, 64])), float(rng.choice([0.001, 0.002, 0.004])))


def _rate(n: int, eta: float) -> Exercise:
    return Exercise(
        id="p",
        variable="rate",
        source="X-02",
        kind=Number(expected=n * eta, tolerance=Tolerance(1e-6, 0.0)),
        misconceptions=wrong(rate_kept=eta, rate_divided=eta / n),
        parameters={"n": str(n), "eta": f"{eta:g}"},
        variant=_rates,
    )


CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def equal_or_not(units: Any) -> Any:
    """Return what two ReLU units and an output, weights before bias, make of the four corners."""
    hidden = np.maximum(0, CORNERS @ units[:2, :2].T + units[:2, 2])
    return hidden @ units[2, :2] + units[2, 2]


def near(values: Any, wanted: float) -> bool:
    """Tell whether numbers are what is wanted, to six digits."""
    return bool(np.all(np.abs(values - wanted) < 1e-6))


def squared(d: Any) -> Any:
    """Return the product with a matrix of ones, as if every neuron had every bias."""
    return np.ones((len(d), len(d))) @ d


SET = ExerciseSet(
    name="notation",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="z",
            source="S4-Q2a",
            kind=Rational(expected=Fraction(5, 4)),
            misconceptions=wrong(
                neuron_without_bias=Fraction(1),
                neuron_bias_subtracted=Fraction(3, 4),
                neuron_sign_lost=Fraction(13, 4),
                neuron_weights_swapped=Fraction(1, 4) + Fraction(12) - Fraction(1, 6),
                neuron_bias_multiplied=Fraction(1, 4),
                neuron_first_input_only=Fraction(9, 4),
                neuron_second_input_lost=Fraction(23, 12),
            ),
        ),
        Exercise(
            id="b",
            variable="z",
            source="S4-A2b.3",
            kind=Array(expected=np.array([5.0, -3.0])),
            misconceptions=wrong(
                layer_without_bias=np.array([4.0, -3.0]),
                layer_with_relu=np.array([5.0, 0.0]),
                layer_as_column=np.array([[5.0], [-3.0]]),
                layer_as_row=np.array([[5.0, -3.0]]),
                layer_sum_too_short=np.array([5.0, 1.0]),
                layer_not_added_up=np.array([[2.0, 2.0, 0.0], [-2.0, 3.0, -4.0]]),
                layer_input_sign_lost=np.array([5.0, 5.0]),
                layer_bias_subtracted=np.array([3.0, -3.0]),
                layer_bias_to_both=np.array([5.0, -2.0]),
            ),
        ),
        Exercise(
            id="c",
            variable="one",
            source="S3-04",
            kind=Array(expected=np.array([[3.0, 5.0]])),
            misconceptions=wrong(
                collapse_transposed_first=np.array([[5.0, -1.0]]),
                collapse_flat=np.array([3.0, 5.0]),
                collapse_as_column=np.array([[3.0], [5.0]]),
                collapse_elementwise=np.array([[3.0, 2.0], [0.0, -1.0]]),
                collapse_added=np.array([[4.0, 3.0], [3.0, 0.0]]),
                collapse_sign_lost=np.array([[3.0, 7.0]]),
                collapse_last_alone=np.array([[3.0, 1.0]]),
                collapse_first_alone=np.array([[1.0, 2.0], [0.0, -1.0]]),
            ),
        ),
        Exercise(
            id="d",
            variable="shape_of_weights",
            source="S2-09",
            kind=Shape(expected=(128, 784)),
            misconceptions=wrong(
                shape_transposed=(784, 128),
                shape_of_bias=(128,),
                shape_with_bias=(128, 785),
                shape_all_weights=(128 * 784,),
                shape_of_input=(784,),
                shape_unflattened=(128, 28, 28),
            ),
        ),
        Exercise(
            id="e",
            variable="shape_of_gradient",
            source="S1-14",
            kind=Shape(expected=(10, 50)),
            misconceptions=wrong(
                gradient_transposed=(50, 10),
                gradient_per_example=(32, 10, 50),
                gradient_as_jacobian=(32, 500),
                gradient_of_error=(32, 10),
                gradient_of_input=(32, 50),
                gradient_of_bias=(10,),
                gradient_with_bias=(10, 51),
            ),
        ),
        Exercise(
            id="f",
            variable="shape_of_difference",
            source="S0-36",
            kind=Shape(expected=(5, 5)),
            misconceptions=wrong(
                difference_is_column=(5, 1),
                difference_is_flat=(5,),
                difference_is_row=(1, 5),
                difference_of_axes=(5, 1, 5),
            ),
        ),
        Exercise(
            id="g",
            variable="lines",
            source="S0-07",
            kind=Choice("AC", multiple=True),
            misconceptions=wrong(
                lines_first_only=frozenset("A"),
                lines_without_transpose=frozenset("D"),
                lines_fitting_when_square=frozenset("ACD"),
            ),
        ),
        Exercise(
            id="h",
            variable="batch_forward",
            source="S4-A2b.2",
            kind=Function(reference=batch_forward, oracle=true_forward, probes=LAYERS, library=()),
            misconceptions=wrong(
                forward_without_transpose=lambda A, W, b: A @ W + b,
                forward_in_columns=lambda A, W, b: W @ A.T + b[:, None],
                forward_without_bias=lambda A, W, b: A @ W.T,
                forward_bias_as_column=lambda A, W, b: A @ W.T + b[:, None],
                forward_column_formula=lambda A, W, b: W @ A + b,
                forward_elementwise=lambda A, W, b: A * W + b,
                forward_bias_first=lambda A, W, b: (A + b) @ W.T,
                forward_with_relu=lambda A, W, b: np.maximum(0, A @ W.T + b),
                forward_bias_subtracted=lambda A, W, b: A @ W.T - b,
                forward_with_tanh=lambda A, W, b: np.tanh(A @ W.T + b),
            ),
        ),
        Exercise(
            id="i",
            variable="J",
            source="S4-Q1k",
            kind=Array(expected=np.array([[-1.0, 2.0], [1.0, 3.0], [0.0, -2.0]])),
            misconceptions=wrong(
                jacobian_transposed=np.array([[-1.0, 1.0, 0.0], [2.0, 3.0, -2.0]]),
                jacobian_columns_swapped=np.array([[2.0, -1.0], [3.0, 1.0], [-2.0, 0.0]]),
                jacobian_factors_swapped=np.array([[2.0, -1.0], [1.0, 3.0], [0.0, -2.0]]),
                jacobian_summed=np.array([1.0, 4.0, -2.0]),
                jacobian_at_swapped_point=np.array([[2.0, -1.0], [1.0, 3.0], [0.0, 4.0]]),
                jacobian_diagonal=np.array([[-1.0, 0.0], [0.0, 3.0], [0.0, 0.0]]),
                jacobian_is_value=np.array([-2.0, -1.0, 1.0]),
                jacobian_value_of_square=np.array([[-1.0, 2.0], [1.0, 3.0], [0.0, 1.0]]),
                jacobian_square_without_two=np.array([[-1.0, 2.0], [1.0, 3.0], [0.0, -1.0]]),
                jacobian_square_by_first=np.array([[-1.0, 2.0], [1.0, 3.0], [-2.0, 0.0]]),
            ),
        ),
        Exercise(
            id="j",
            variable="differential",
            source="S2-32",
            kind=Expression(
                reference="y*h + x*k",
                domain=MOVES,
                form=Form(symbols="x y h k"),
            ),
            misconceptions=wrong(
                differential_of_factors="h*k",
                differential_factors_kept="x*h + y*k",
                differential_exact="(x + h)*(y + k) - x*y",
                differential_without_move="x + y",
                differential_first_only="y*h",
                differential_second_only="x*k",
                differential_value="(x + h)*(y + k)",
                differential_of_sum="h + k",
                differential_minus="y*h - x*k",
                differential_point="x*y",
            ),
        ),
        Exercise(
            id="k",
            variable="layouts",
            source="S4-A2p.1",
            kind=Choice("ABE", multiple=True),
            misconceptions=wrong(layouts_mixed=frozenset("ABCE"), layouts_mixed_row=frozenset("D")),
        ),
        Exercise(
            id="l",
            variable="weight_gradient",
            source="S2-47",
            kind=Function(
                reference=weight_gradient,
                oracle=true_weight_gradient,
                probes=ERRORS,
                library=(),
            ),
            misconceptions=wrong(
                weights_transposed=lambda delta, a: np.outer(a, delta),
                weights_elementwise=lambda delta, a: delta * a,
                weights_inner=lambda delta, a: delta @ a,
                weights_error_in_rows=lambda delta, a: np.outer(delta, np.ones(len(a))),
                weights_activations_in_rows=lambda delta, a: np.outer(np.ones(len(delta)), a),
                weights_in_one_row=lambda delta, a: np.outer(delta, a).ravel(),
                weights_downhill=lambda delta, a: -np.outer(delta, a),
                weights_added=lambda delta, a: delta[:, None] + a,
            ),
        ),
        Exercise(
            id="m",
            variable="bias_gradient",
            source="S0-37",
            kind=Function(
                reference=bias_gradient,
                oracle=true_bias_gradient,
                probes=DELTAS,
                library=(),
            ),
            misconceptions=wrong(
                bias_wrong_axis=lambda D: D.sum(axis=1),
                bias_averaged=lambda D: D.mean(axis=0),
                bias_not_summed=lambda D: D,
                bias_summed_up=lambda D: D.sum(),
                bias_keeps_axis=lambda D: D.sum(axis=0, keepdims=True),
                bias_as_column=lambda D: D.sum(axis=0)[:, None],
                bias_by_ones=lambda D: squared(D.sum(axis=0)),
                bias_of_first=lambda D: D[0],
                bias_of_last=lambda D: D[-1],
            ),
        ),
        Exercise(
            id="n",
            variable="slope_lines",
            source="S4-Q2q",
            kind=Derivation(
                reference=(
                    "D((v*tanh(w*x) - y)^2/2, w)",
                    "(v*tanh(w*x) - y)*D(v*tanh(w*x) - y, w)",
                    "(v*tanh(w*x) - y)*v*(1 - tanh(w*x)^2)*D(w*x, w)",
                    "(v*tanh(w*x) - y)*v*(1 - tanh(w*x)^2)*x",
                ),
                domain=CHAIN,
                form=Form(functions="tanh", symbols="v w x y"),
                minimum=3,
            ),
            misconceptions=wrong(
                slope_without_input="(v*tanh(w*x) - y)*v*(1 - tanh(w*x)^2)",
                slope_without_activation="(v*tanh(w*x) - y)*v*x",
                slope_without_weight="(v*tanh(w*x) - y)*(1 - tanh(w*x)^2)*x",
                slope_stops_at_error="v*tanh(w*x) - y",
                slope_at_input="(v*tanh(w*x) - y)*v*(1 - tanh(x)^2)*x",
                slope_twice="2*(v*tanh(w*x) - y)*v*(1 - tanh(w*x)^2)*x",
                slope_by_other_weight="(v*tanh(w*x) - y)*tanh(w*x)",
                slope_by_input="(v*tanh(w*x) - y)*v*(1 - tanh(w*x)^2)*w",
                slope_error_reversed="(y - v*tanh(w*x))*v*(1 - tanh(w*x)^2)*x",
                slope_of_value="(v*tanh(w*x) - y)*v*tanh(w*x)*x",
                slope_without_square="(v*tanh(w*x) - y)*v*(1 - tanh(w*x))*x",
                slope_plus="(v*tanh(w*x) - y)*v*(1 + tanh(w*x)^2)*x",
            ),
        ),
        _counted(2),
        _rate(32, 0.01),
        Exercise(
            id="q",
            variable="to_book",
            source="X-01",
            kind=Function(reference=to_book, oracle=true_to_book, probes=GRADIENTS),
            misconceptions=wrong(
                translation_not_transposed=lambda G, n: G / n,
                translation_not_averaged=lambda G, n: G.T,
                translation_neither=lambda G, n: G,
                translation_multiplied=lambda G, n: G.T * n,
                translation_reshaped=lambda G, n: G.reshape(G.shape[::-1]) / n,
            ),
        ),
        Exercise(
            id="r",
            variable="units",
            source="S3-04",
            kind=Example(
                [[1, -1, 0], [-1, 1, 0], [-1, -1, 1]],
                {
                    "equal_not_both_off": lambda units: near(equal_or_not(units)[0], 1),
                    "equal_one_on": lambda units: near(equal_or_not(units)[1:3], 0),
                    "equal_not_both_on": lambda units: near(equal_or_not(units)[3], 1),
                },
                image=equal_or_not,
                script="equal_or_not",
            ),
            misconceptions=wrong(
                equal_not_both_off=[[1, -1, 0], [-1, 1, 0], [1, 1, 0]],
                equal_one_on=[[1, 1, 0], [1, 1, 0], [0, 0, 1]],
                equal_not_both_on=[[1, 1, 0], [1, 1, -1], [-1, 1, 1]],
            ),
        ),
    ),
)
