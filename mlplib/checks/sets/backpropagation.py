"""Exercises on "Backpropagation, derived": what is right, and what people really answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.authoring.graphs import Drill, Graph, drawn_graph
from mlplib.checks.authoring.probes import varied
from mlplib.checks.exercise import Exercise, ExerciseSet
from mlplib.checks.formulas.domain import Domain
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.matrix import MatrixFormula
from mlplib.checks.kinds.matrix_derivation import MatrixDerivation
from mlplib.checks.kinds.numbers import Array, Number
from mlplib.checks.kinds.order import Order
from mlplib.checks.kinds.shape import Shape
from mlplib.checks.kinds.shapes import Shapes
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.checks.misconception import wrong
from mlplib.numerals import true_minus
from mlplib.proof.differentiate import gradient

BY_HAND = Tolerance(1e-6, 1e-9)
"""Numbers by hand are exact here; what is allowed is the rounding of who uses a computer."""

TIME = Domain(intervals={"t": (0.5, 2)})
PRODUCT = Domain(intervals={"x": (0.5, 2), "y": (-2, -0.5), "u": (0.5, 1.5), "v": (-1.5, -0.5)})
UNIT = Domain(intervals={"w": (-2, 2), "x": (0.5, 2), "b": (-1, 1)})

# The network that is done by hand. Its activation is z ↦ z², with the slope 2z.
X, TARGET = np.array([2.0, 1.0]), 3.0
W1, W2 = np.array([[1.0, -1.0], [-2.0, 2.0]]), np.array([[3.0, -0.5]])
Z = W1 @ X
A = Z**2
DY = (W2 @ A)[0] - TARGET
DA = W2[0] * DY
DZ = DA * 2 * Z


def weight_gradient(D: Any, A: Any) -> Any:
    """Answer q."""
    return D.T @ A


def hidden_signal(D2: Any, W2: Any, Z1: Any) -> Any:
    """Answer r."""
    return (D2 @ W2) * (1 - np.tanh(Z1) ** 2)


def first_gradient(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Answer s."""
    A = np.tanh(X @ W1.T + b1)
    D2 = (A @ W2.T + b2 - Y) / len(X)
    D1 = (D2 @ W2) * (1 - A**2)
    return D1.T @ X


# The truth by another route: one example and one unit at a time, or the complex step


def true_weight_gradient(D: Any, A: Any) -> Any:
    """Add up what each example asks of each weight."""
    return np.array(
        [[sum(d[i] * a[j] for d, a in zip(D, A, strict=True)) for j in range(A.shape[1])]
         for i in range(D.shape[1])]
    )  # fmt: skip


def true_hidden_signal(D2: Any, W2: Any, Z1: Any) -> Any:
    """Differentiate the sum of D2 times the next layer, with respect to Z1."""
    return gradient(lambda z: np.sum(D2 * (np.tanh(z) @ W2.T)), Z1)


def true_first_gradient(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Differentiate the mean loss by the complex step."""
    return gradient(lambda w: mean_loss(X, Y, w, b1, W2, b2), W1)


def mean_loss(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Return half the mean squared error of the batch."""
    return ((np.tanh(X @ W1.T + b1) @ W2.T + b2 - Y) ** 2).sum() / (2 * len(X))


OTHERS = {
    "b1": lambda X, Y, W1, b1, W2, b2: gradient(lambda v: mean_loss(X, Y, W1, v, W2, b2), b1),
    "W2": lambda X, Y, W1, b1, W2, b2: gradient(lambda v: mean_loss(X, Y, W1, b1, v, b2), W2),
    "b2": lambda X, Y, W1, b1, W2, b2: gradient(lambda v: mean_loss(X, Y, W1, b1, W2, v), b2),
    "X": lambda X, Y, W1, b1, W2, b2: gradient(lambda v: mean_loss(v, Y, W1, b1, W2, b2), X),
}
"""The gradients that are not asked for."""


RNG = np.random.default_rng(23)


def _draw(*shape: int) -> Any:
    return np.round(RNG.normal(size=shape), 2)


PAIRS = varied(
    tuple((_draw(n, s), _draw(n, d)) for n, s, d in [(1, 2, 3), (2, 2, 2), (3, 2, 4), (5, 1, 2)]),
    free=[0, 1],
)
SIGNALS = varied(
    tuple(
        (_draw(n, k), _draw(k, s), _draw(n, s))
        for n, s, k in [(1, 2, 1), (2, 2, 2), (3, 4, 2), (2, 1, 3)]
    ),
    free=[0, 1, 2],
)
NETWORKS = varied(
    tuple(
        (_draw(n, d), _draw(n, k), _draw(s, d), _draw(s), _draw(k, s), _draw(k))
        for n, d, s, k in [(1, 2, 2, 1), (2, 2, 2, 2), (4, 3, 2, 2), (3, 1, 4, 1)]
    ),
    free=range(6),
)


def with_slope_of_activation(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Return the gradient of somebody who applies tanh′ to the activation."""
    A = np.tanh(X @ W1.T + b1)
    D2 = (A @ W2.T + b2 - Y) / len(X)
    return ((D2 @ W2) * (1 - np.tanh(A) ** 2)).T @ X


def first_by(
    X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any, *, slope: Any = None, target: float = 1.0
) -> Any:
    """Return the gradient of somebody who takes another slope, or forgets the targets."""
    Z = X @ W1.T + b1
    D2 = (np.tanh(Z) @ W2.T + b2 - target * Y) / len(X)
    slopes = 1 - np.tanh(Z) ** 2 if slope is None else slope(Z)
    return ((D2 @ W2) * slopes).T @ X


def without_slope(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    """Return the gradient of somebody who forgets the slope of the hidden layer."""
    A = np.tanh(X @ W1.T + b1)
    return (((A @ W2.T + b2 - Y) / len(X)) @ W2).T @ X


# Matrices of a batch of five examples: the last layer, the hidden layer, the inputs
BATCH = {"X": (5, 3), "A1": (5, 4), "W2": (2, 4), "D2": (5, 2)}
LAYER = {"D": (5, 2), "A": (5, 3), "V": (2, 3)}
UNROLLED = {"a": (3, 1), "delta": (2, 1), "I": (2, 2)}


def _drill(graph: Graph) -> Exercise:
    """Ask for the derivative with respect to x on a small graph."""
    return Exercise(
        id="v",
        variable="dx",
        source="S3-02",
        kind=Number(float(graph.slope("x")), BY_HAND),
        misconceptions=wrong(**{f"graph_{slip}": float(got) for slip, got in graph.slips.items()}),
        parameters={"steps": graph.text, "told": graph.told}
        | {name: true_minus(str(value)) for name, value in graph.leaves.items()},
        variant=Drill(_drill),
    )


SET = ExerciseSet(
    name="backpropagation",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="dy",
            source="S2-34",
            kind=Number(DY, BY_HAND),
            misconceptions=wrong(
                output_sign=-DY,
                output_doubled=2 * DY,
                output_is_prediction=DY + TARGET,
                output_with_relu=0.0,
            ),
        ),
        Exercise(
            id="b",
            variable="dW2",
            source="S0-16",
            kind=Array(DY * A[None, :], BY_HAND),
            misconceptions=wrong(
                last_weights_instead=DY * W2,
                last_before_the_bend=DY * Z[None, :],
                last_as_column=DY * A[:, None],
                last_from_the_input=DY * X[None, :],
                last_without_signal=A[None, :],
            ),
        ),
        Exercise(
            id="c",
            variable="da",
            source="S0-15",
            kind=Array(DA, BY_HAND),
            misconceptions=wrong(
                back_activations=DY * A, back_without_signal=W2[0], back_already_bent=DZ
            ),
        ),
        Exercise(
            id="d",
            variable="dz",
            source="S2-37",
            kind=Array(DZ, BY_HAND),
            misconceptions=wrong(
                slope_at_activation=DA * 2 * A,
                slope_forgotten=DA,
                slope_is_value=DA * A,
                slope_alone=2 * Z,
                slope_at_signal=DA * 2 * DA,
                slope_sign_lost=DA * 2 * np.abs(Z),
                slope_without_argument=DA * 2,
            ),
        ),
        Exercise(
            id="e",
            variable="dx",
            source="S0-29",
            kind=Array(W1.T @ DZ, BY_HAND),
            misconceptions=wrong(
                fork_last_way=W1[-1] * DZ[-1],
                fork_first_way=W1[0] * DZ[0],
                fork_not_transposed=W1 @ DZ,
                fork_before_the_bend=W1.T @ DA,
                fork_signs_lost=np.abs(W1).T @ DZ,
            ),
        ),
        Exercise(
            id="f",
            variable="slope",
            source="S3-02",
            kind=Expression(reference="5*t^4", domain=TIME),
            misconceptions=wrong(
                ways_first_only="2*t*t^3",
                ways_second_only="3*t^2*t^2",
                ways_multiplied="6*t^3",
                ways_without_other_factor="2*t + 3*t^2",
                ways_exponents_multiplied="6*t^5",
                ways_value="t^5",
                ways_derived_twice="20*t^3",
            ),
        ),
        Exercise(
            id="g",
            variable="shape_D1",
            source="X-01",
            kind=Shape((20, 7)),
            misconceptions=wrong(
                signal_in_columns=(7, 20),
                signal_of_weights=(7, 5),
                signal_of_output=(20, 3),
                signal_of_inputs=(20, 5),
                signal_of_one=(7,),
            ),
        ),
        Exercise(
            id="h",
            variable="shape_dW1",
            source="S1-14",
            kind=Shape((7, 5)),
            misconceptions=wrong(
                gradient_transposed=(5, 7),
                gradient_per_example=(20, 7, 5),
                gradient_unrolled=(20, 35),
                gradient_of_signal=(20, 7),
                gradient_of_bias=(7,),
                gradient_of_second=(3, 7),
                gradient_of_inputs=(20, 5),
            ),
        ),
        Exercise(id="i", variable="product", source="S1-18", kind=Choice("B")),
        Exercise(
            id="j",
            variable="steps",
            source="S0-27",
            kind=Order("CAEBD"),
            misconceptions=wrong(sum_before_its_reason="CEABD"),
        ),
        Exercise(id="k", variable="first_wrong", source="S0-31", kind=Choice("B")),
        Exercise(
            id="l",
            variable="moved",
            source="S2-40",
            kind=Number(6.0, BY_HAND),
            misconceptions=wrong(
                moved_at_direction=0.375,
                moved_not_linear=2.5**3 - 2**3,
                moved_without_direction=12.0,
                moved_value=4.0,
                moved_base_value=8.0,
                moved_new_value=15.625,
                moved_with_value=14.0,
                moved_by_point=24.0,
                moved_without_square=3.0,
                moved_without_three=2.0,
            ),
        ),
        Exercise(
            id="m",
            variable="of_product",
            source="S2-38",
            kind=Expression(reference="x*v + y*u", domain=PRODUCT),
            misconceptions=wrong(
                product_of_moves="u*v",
                product_crossed="x*u + y*v",
                product_with_second_order="x*v + y*u + u*v",
                product_one_factor="y*u",
                product_other_factor="x*v",
                product_new_value="(x + u)*(y + v)",
                product_minus="y*u - x*v",
                product_of_sum="u + v",
                product_point="x*y",
            ),
        ),
        Exercise(
            id="n",
            variable="of_unit",
            source="S4-A1g.1",
            kind=Expression(reference="x*sigma(w*x + b)", domain=UNIT),
            misconceptions=wrong(
                unit_without_input="sigma(w*x + b)",
                unit_with_weight="w*sigma(w*x + b)",
                unit_slope_of_sigmoid="x*sigma(w*x + b)*(1 - sigma(w*x + b))",
                unit_not_differentiated="x*softplus(w*x + b)",
                unit_without_bias="x*sigma(w*x)",
                unit_derived_too_often="sigma(w*x + b)*(1 - sigma(w*x + b))",
                unit_mirrored="x*(1 - sigma(w*x + b))",
                unit_itself="softplus(w*x + b)",
                unit_without_outer="x*exp(w*x + b)",
                unit_with_both="w*x*sigma(w*x + b)",
            ),
        ),
        Exercise(
            id="o",
            variable="unrolled",
            source="S3-18",
            kind=Array(np.array([1.0, 3.0, 2.0, 4.0]), BY_HAND),
            misconceptions=wrong(unrolled_rows=np.array([1.0, 2.0, 3.0, 4.0])),
        ),
        Exercise(
            id="p",
            variable="J",
            source="S1-09",
            kind=Array(np.kron([[5.0, 7.0]], np.eye(2)), BY_HAND),
            misconceptions=wrong(
                jacobian_of_rows=np.kron(np.eye(2), [[5.0, 7.0]]),
                jacobian_transposed=np.kron([[5.0], [7.0]], np.eye(2)),
                jacobian_full=np.tile([5.0, 7.0], (2, 2)),
                jacobian_without_inputs=np.kron([[1.0, 1.0]], np.eye(2)),
            ),
        ),
        Exercise(
            id="q",
            variable="weight_gradient",
            source="S0-16",
            kind=Function(weight_gradient, true_weight_gradient, PAIRS),
            misconceptions=wrong(
                weights_transposed=lambda D, A: A.T @ D,
                weights_as_mean=lambda D, A: D.T @ A / len(D),
                weights_of_first_example=lambda D, A: np.outer(D[0], A[0]),
                weights_of_last_example=lambda D, A: np.outer(D[-1], A[-1]),
                weights_of_sums=lambda D, A: np.outer(D.sum(axis=0), A.sum(axis=0)),
            ),
        ),
        Exercise(
            id="r",
            variable="hidden_signal",
            source="S0-14",
            kind=Function(hidden_signal, true_hidden_signal, SIGNALS),
            misconceptions=wrong(
                signal_without_slope=lambda D2, W2, Z1: D2 @ W2,
                signal_value_for_slope=lambda D2, W2, Z1: (D2 @ W2) * np.tanh(Z1),
                signal_slope_from_z=lambda D2, W2, Z1: (D2 @ W2) * (1 - Z1**2),
                signal_slope_twice=lambda D2, W2, Z1: (D2 @ W2) * (1 - np.tanh(np.tanh(Z1)) ** 2),
                signal_without_square=lambda D2, W2, Z1: (D2 @ W2) * (1 - np.tanh(Z1)),
                signal_plus=lambda D2, W2, Z1: (D2 @ W2) * (1 + np.tanh(Z1) ** 2),
                signal_of_relu=lambda D2, W2, Z1: (D2 @ W2) * (Z1 > 0),
                signal_of_sigmoid=lambda D2, W2, Z1: (
                    (D2 @ W2) * np.exp(-Z1) / (1 + np.exp(-Z1)) ** 2
                ),
                signal_slope_alone=lambda D2, W2, Z1: 1 - np.tanh(Z1) ** 2,
            ),
        ),
        Exercise(
            id="s",
            variable="first_gradient",
            source="S0-33",
            kind=Function(first_gradient, true_first_gradient, NETWORKS, others=OTHERS),
            misconceptions=wrong(
                first_without_mean=lambda X, Y, W1, b1, W2, b2: (
                    first_gradient(X, Y, W1, b1, W2, b2) * len(X)
                ),
                first_without_half=lambda X, Y, W1, b1, W2, b2: (
                    2 * first_gradient(X, Y, W1, b1, W2, b2)
                ),
                first_sign=lambda X, Y, W1, b1, W2, b2: -first_gradient(X, Y, W1, b1, W2, b2),
                first_without_slope=without_slope,
                first_slope_of_activation=with_slope_of_activation,
                first_transposed=lambda X, Y, W1, b1, W2, b2: (
                    first_gradient(X, Y, W1, b1, W2, b2).T
                ),
                first_without_square=lambda *given: first_by(
                    *given, slope=lambda Z: 1 - np.tanh(Z)
                ),
                first_value_for_slope=lambda *given: first_by(*given, slope=np.tanh),
                first_slope_from_z=lambda *given: first_by(*given, slope=lambda Z: 1 - Z**2),
                first_slope_of_relu=lambda *given: first_by(*given, slope=lambda Z: Z > 0),
                first_without_target=lambda *given: first_by(*given, target=0),
            ),
        ),
        Exercise(
            id="t",
            variable="shared",
            source="S3-02",
            kind=Number(24.0, BY_HAND),
            misconceptions=wrong(
                shared_one_use=12.0,
                shared_both_multiplied=144.0,
                shared_ways_multiplied=72.0,
                shared_to_output=2.0,
            ),
        ),
        Exercise(
            id="u",
            variable="db",
            source="S0-37",
            kind=Array(np.array([3.0, 3.0]), BY_HAND),
            misconceptions=wrong(
                bias_mean=np.array([1.0, 1.0]),
                bias_other_axis=np.array([-1.0, 3.0, 4.0]),
                bias_not_summed=np.array([[1.0, -2.0], [3.0, 0.0], [-1.0, 5.0]]),
                bias_everything=np.array(6.0),
                bias_of_last=np.array([-1.0, 5.0]),
                bias_of_first=np.array([1.0, -2.0]),
                bias_without_signs=np.array([5.0, 7.0]),
            ),
        ),
        _drill(drawn_graph(1)),
        Exercise(
            id="w",
            variable="shapes",
            source="S2-30",
            kind=Shapes({"D2": (20, 3), "dW2": (3, 7), "db2": (3,), "D1": (20, 7), "dW1": (7, 5)}),
            misconceptions=wrong(
                shapes_bias_unsummed={"db2": (20, 3)},
                shapes_weights_turned={"dW2": (7, 3), "dW1": (5, 7)},
                shapes_signals_in_columns={"D2": (3, 20), "D1": (7, 20)},
                shapes_bias_column={"db2": (3, 1)},
                shapes_bias_row={"db2": (1, 3)},
                shapes_bias_over_units={"db2": (20,)},
                shapes_bias_of_hidden={"db2": (7,)},
                shapes_per_example={"dW2": (20, 3, 7), "dW1": (20, 7, 5)},
                shapes_of_one_example={"D2": (3,), "D1": (7,)},
                shapes_signal_of_inputs={"D1": (20, 5)},
            ),
        ),
        Exercise(
            id="x",
            variable="in_one_line",
            source="S4-A2p.2",
            kind=MatrixFormula("((D2 @ W2) * (1 - A1**2)).T @ X", BATCH),
            misconceptions=wrong(
                line_without_slope="(D2 @ W2).T @ X",
                line_slope_at_a="((D2 @ W2) * (1 - tanh(A1)**2)).T @ X",
                line_value_for_slope="((D2 @ W2) * A1).T @ X",
                line_slope_without_square="((D2 @ W2) * (1 - A1)).T @ X",
                line_slope_of_sigmoid="((D2 @ W2) * A1 * (1 - A1)).T @ X",
                line_transposed="X.T @ ((D2 @ W2) * (1 - A1**2))",
                line_mean_again="((D2 @ W2) * (1 - A1**2)).T @ X / 5",
                line_plus="((D2 @ W2) * (1 + A1**2)).T @ X",
                line_without_signal="(1 - A1**2).T @ X",
                line_stops_at_signal="(D2 @ W2) * (1 - A1**2)",
                line_times_activation="((D2 @ W2) * (1 - A1**2)).T @ A1",
            ),
        ),
        Exercise(
            id="y",
            variable="lines",
            source="S2-46",
            kind=MatrixDerivation(
                ("tr(D.T @ (A @ V.T))", "tr(V.T @ D.T @ A)", "tr((D.T @ A).T @ V)"),
                LAYER,
                form="tr((…).T @ V)",
            ),
            misconceptions=wrong(trace_counted_twice="2*tr(V.T @ D.T @ A)"),
        ),
        Exercise(
            id="z",
            variable="unrolling",
            source="S3-18",
            kind=MatrixDerivation(
                ("kron(a, I) @ delta", "vec(I @ delta @ a.T)", "vec(delta @ a.T)"),
                UNROLLED,
                form="vec(…)",
            ),
            misconceptions=wrong(kron_turned="vec(a @ delta.T)"),
        ),
    ),
)
