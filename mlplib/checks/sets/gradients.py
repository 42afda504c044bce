"""Exercises on "What the sweep costs": what is right, and what people really answer."""

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
from mlplib.checks.kinds.loss_gradient import LossGradient
from mlplib.checks.kinds.matrix_derivation import MatrixDerivation
from mlplib.checks.kinds.numbers import Array, Number
from mlplib.checks.kinds.order import Order
from mlplib.checks.kinds.shapes import Shapes
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.checks.misconception import wrong
from mlplib.numerals import true_minus
from mlplib.proof.differentiate import gradient

BY_HAND = Tolerance(1e-6, 1e-9)
"""Numbers by hand are exact here; what is allowed is the rounding of who uses a computer."""

STEP = Domain(intervals={"t": (0.5, 2), "h": (0.1, 0.5)})


def unit_gradient(w: Any, x: Any, y: Any) -> Any:
    """Answer p."""
    a = np.tanh(w @ x)
    return (a - y) * (1 - a**2) * x


def relative_error(a: Any, m: Any) -> Any:
    """Answer q."""
    largest = np.maximum(np.abs(a), np.abs(m))
    return np.abs(a - m) / np.where(largest == 0, 1, largest)


def shared_gradient(W: Any, X: Any, Y: Any) -> Any:
    """Answer w."""
    A = np.tanh(X @ W.T)
    B = np.tanh(A @ W.T)
    D2 = (B - Y) * (1 - B**2) / len(X)
    D1 = (D2 @ W) * (1 - A**2)
    return D2.T @ A + D1.T @ X


# The truth by another route: the complex step, and one entry at a time


def shared_loss(W: Any, X: Any, Y: Any) -> Any:
    """Return the loss of a network whose two layers are one matrix; w is held to its slopes."""
    return ((np.tanh(np.tanh(X @ W.T) @ W.T) - Y) ** 2).sum() / (2 * len(X))


def drawn_shared(rng: np.random.Generator) -> Any:
    """Return a matrix, inputs and targets; how many there are is drawn as well."""
    n, d = rng.integers(1, 5), rng.integers(1, 5)
    return {name: rng.normal(size=(rows, d)) for name, rows in (("W", d), ("X", n), ("Y", n))}


def signals(W: Any, X: Any, Y: Any, back: Any = None) -> Any:
    """Return the signals of the first and of the second use of W; `back` is a wrong way back."""
    A = np.tanh(X @ W.T)
    B = np.tanh(A @ W.T)
    last = (B - Y) * (1 - B**2) / len(X)
    return (last @ (W if back is None else back)) * (1 - A**2), last


def shared_from(back: Any, W: Any, X: Any, Y: Any) -> Any:
    """Return the gradient of somebody who goes back through `back` instead of W."""
    first, last = signals(W, X, Y, back)
    return last.T @ np.tanh(X @ W.T) + first.T @ X


def true_unit_gradient(w: Any, x: Any, y: Any) -> Any:
    """Differentiate the loss of the unit by the complex step."""
    return gradient(lambda v: (np.tanh(v @ x) - y) ** 2 / 2, w)


def true_relative_error(a: Any, m: Any) -> Any:
    """Divide the difference of each pair by the larger of the two sizes."""
    pairs = zip(np.ravel(a), np.ravel(m), strict=True)
    found = [abs(p - q) / max(abs(p), abs(q)) if p or q else 0.0 for p, q in pairs]
    return np.reshape(found, np.shape(a))


RNG = np.random.default_rng(29)


def _draw(*shape: int) -> Any:
    return np.round(RNG.normal(size=shape), 2)


UNITS = varied(
    tuple((_draw(d), _draw(d), y) for d, y in [(1, 0.5), (2, -1.0), (5, 2.0), (3, 0.25)]),
    free=[0, 1, 2],
)
CLAIMS = (
    (np.array([0.6, 1.0]), np.array([0.3, -1.0])),
    (np.array([0.0, 2.0, 0.0]), np.array([0.0, 3.0, 5.0])),
    (_draw(2, 3), _draw(2, 3)),
    (_draw(4), _draw(4)),
    (np.array([1e-9, 0.3, -50.0, 0.0]), np.array([2e-9, -0.31, -49.0, -0.0])),
    *varied([(_draw(3), _draw(3))], free=[0, 1]),
    (_draw(2, 2, 2), _draw(2, 2, 2)),
)


# The graph with other numbers: u = x·w, v = u + x, L = v·u


def _drawn_graph(seed: int) -> Exercise:
    rng = np.random.default_rng(seed)
    return _graph(int(rng.integers(3, 8)), int(rng.integers(2, 7)))


def _graph(x: int, w: int) -> Exercise:
    u, v = x * w, x * w + x
    return Exercise(
        id="c",
        variable="dx",
        source="S3-02",
        kind=Number(float(w * (u + v) + u), BY_HAND),
        misconceptions=wrong(
            drill_one_use_of_x=float(w * (u + v)),
            drill_one_use_of_u=float(w * v + u),
            drill_loss=float(u * v),
            drill_stops_at_u=float(u + v),
            drill_overwritten=float(w * u),
        ),
        parameters={"x": str(x), "w": str(w)},
        variant=_drawn_graph,
    )


TWO_LAYERS = {"u": (3, 1), "W1": (4, 3), "s": (4, 1), "W2": (2, 4), "v": (2, 1)}


def _tape(graph: Graph) -> Exercise:
    """Ask for what a tape of four steps finds for x."""
    return Exercise(
        id="s",
        variable="taped",
        source="S3-02",
        kind=Number(float(graph.slope("x")), BY_HAND),
        misconceptions=wrong(**{f"tape_{slip}": float(got) for slip, got in graph.slips.items()}),
        parameters={"steps": graph.text, "told": graph.told}
        | {name: true_minus(str(value)) for name, value in graph.leaves.items()},
        variant=Drill(_tape, steps=4),
    )


SET = ExerciseSet(
    name="gradients",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="values",
            source="S3-04",
            kind=Array(np.array([-2.0, 1.0, -2.0]), BY_HAND),
            misconceptions=wrong(
                tape_added=np.array([1.0, 4.0, 4.0]),
                tape_all_multiplied=np.array([-2.0, -6.0, 12.0]),
                tape_sign_lost=np.array([2.0, 5.0, 10.0]),
                tape_bias_subtracted=np.array([-2.0, -5.0, 10.0]),
                tape_last_added=np.array([-2.0, 1.0, -1.0]),
            ),
        ),
        Exercise(
            id="b",
            variable="grads",
            source="S3-05",
            kind=Array(np.array([1.0, -2.0, -2.0]), BY_HAND),
            misconceptions=wrong(
                grads_first_use=np.array([-1.0, 2.0, -2.0]),
                grads_overwritten=np.array([2.0, -4.0, -2.0]),
                grads_swapped=np.array([-2.0, 1.0, -2.0]),
                grads_bias_of_other=np.array([1.0, -2.0, 1.0]),
                grads_bias_through_product=np.array([1.0, -2.0, -1.0]),
            ),
        ),
        _graph(3, 2),
        Exercise(
            id="d",
            variable="order",
            source="S3-03",
            kind=Order("BDEAC"),
            misconceptions=wrong(order_forward="CAEDB", order_u_too_early="BDAEC"),
        ),
        Exercise(
            id="e",
            variable="forward",
            source="S1-14",
            kind=Number(1200.0, BY_HAND),
            misconceptions=wrong(
                forward_one_example=300.0,
                forward_with_biases=1300.0,
                forward_units=140.0,
                forward_first_layer=800.0,
                forward_last_layer=400.0,
                forward_multiplied=4000.0,
            ),
        ),
        Exercise(
            id="f",
            variable="back",
            source="S1-14",
            kind=Number(1680.0, BY_HAND),
            misconceptions=wrong(
                back_to_the_inputs=2480.0,
                back_without_slopes=1600.0,
                back_weights_alone=1200.0,
                back_twice_forward=2400.0,
                back_one_example=420.0,
                back_without_first=880.0,
                back_one_product_short=1280.0,
            ),
        ),
        Exercise(id="g", variable="mode", source="S3-03", kind=Choice("B")),
        Exercise(
            id="h",
            variable="sweeps",
            source="S3-03",
            kind=Number(195.0, BY_HAND),
            misconceptions=wrong(
                sweeps_reverse=1.0,
                sweeps_inputs=20.0,
                sweeps_outputs=3.0,
                sweeps_without_biases=184.0,
                sweeps_of_units=31.0,
                sweeps_of_jacobian=60.0,
                sweeps_hidden_biases=192.0,
                sweeps_output_biases=187.0,
                sweeps_first_layer=168.0,
                sweeps_first_weights=160.0,
                sweeps_multiplied=480.0,
            ),
        ),
        Exercise(
            id="i",
            variable="held",
            source="S2-28",
            kind=Number(23.0, BY_HAND),
            misconceptions=wrong(
                held_checkpoint_twice=24.0,
                held_checkpoints_alone=12.0,
                held_everything=144.0,
                held_one_more=13.0,
                held_all_and_kept=156.0,
            ),
        ),
        Exercise(
            id="j",
            variable="central",
            source="X-03",
            kind=Number(3.01, BY_HAND),
            misconceptions=wrong(
                central_exact=3.0,
                central_one_sided=3.31,
                central_undivided=0.602,
                central_by_h=6.02,
                central_backward=2.71,
                central_value=1.331,
            ),
        ),
        Exercise(
            id="k",
            variable="error",
            source="X-03",
            kind=Expression(reference="10*t^2*h^2 + h^4", domain=STEP),
            misconceptions=wrong(
                error_leading_only="10*t^2*h^2",
                error_whole_quotient="5*t^4 + 10*t^2*h^2 + h^4",
                error_one_sided="10*t^3*h + 10*t^2*h^2 + 5*t*h^3 + h^4",
                error_not_divided="60*t^2*h^2 + 120*h^4",
                error_true_slope="5*t^4",
                error_last_only="h^4",
                error_of_one_side="5*(t + h)^4 - 5*t^4",
            ),
        ),
        Exercise(id="l", variable="best_step", source="X-03", kind=Choice("C")),
        Exercise(
            id="m",
            variable="missing",
            source="S1-04",
            kind=Number(5.0, BY_HAND),
            misconceptions=wrong(
                relative_done=0.2,
                relative_added=1.8,
                relative_reciprocal=1.25,
                relative_to_sum=9.0,
                relative_difference=4.0,
                relative_itself=0.8,
            ),
        ),
        Exercise(
            id="n",
            variable="summed",
            source="X-02",
            kind=Number(0.875, BY_HAND),
            misconceptions=wrong(
                summed_to_measured=7.0,
                summed_share=0.125,
                summed_factor=8.0,
                summed_to_both=7 / 9,
            ),
        ),
        Exercise(id="o", variable="slip", source="S4-A2p.2", kind=Choice("D")),
        Exercise(
            id="p",
            variable="unit_gradient",
            source="S1-24",
            kind=Function(unit_gradient, true_unit_gradient, UNITS),
            misconceptions=wrong(
                unit_without_slope=lambda w, x, y: (np.tanh(w @ x) - y) * x,
                unit_slope_at_a=lambda w, x, y: (
                    (np.tanh(w @ x) - y) * (1 - np.tanh(np.tanh(w @ x)) ** 2) * x
                ),
                unit_doubled=lambda w, x, y: 2 * unit_gradient(w, x, y),
                unit_sign=lambda w, x, y: -unit_gradient(w, x, y),
                unit_without_input=lambda w, x, y: (
                    (np.tanh(w @ x) - y) * (1 - np.tanh(w @ x) ** 2) * np.ones_like(x)
                ),
                unit_with_weight=lambda w, x, y: (
                    (np.tanh(w @ x) - y) * (1 - np.tanh(w @ x) ** 2) * w
                ),
                unit_without_square=lambda w, x, y: (np.tanh(w @ x) - y) * (1 - np.tanh(w @ x)) * x,
                unit_plus=lambda w, x, y: (np.tanh(w @ x) - y) * (1 + np.tanh(w @ x) ** 2) * x,
                unit_value_for_slope=lambda w, x, y: (np.tanh(w @ x) - y) * np.tanh(w @ x) * x,
                unit_slope_from_z=lambda w, x, y: (np.tanh(w @ x) - y) * (1 - (w @ x) ** 2) * x,
                unit_without_error=lambda w, x, y: (1 - np.tanh(w @ x) ** 2) * x,
                unit_error_before_the_bend=lambda w, x, y: (
                    (w @ x - y) * (1 - np.tanh(w @ x) ** 2) * x
                ),
                unit_is_loss=lambda w, x, y: (np.tanh(w @ x) - y) ** 2 / 2,
            ),
        ),
        Exercise(
            id="q",
            variable="relative_error",
            source="X-02",
            kind=Function(relative_error, true_relative_error, CLAIMS, stable=True),
            misconceptions=wrong(
                error_absolute=lambda a, m: np.abs(a - m),
                error_signed_size=lambda a, m: (
                    np.abs(a - m) / np.where((a == 0) & (m == 0), 1, np.maximum(a, m))
                ),
                error_of_the_sum=lambda a, m: (
                    np.abs(a - m) / np.where((a == 0) & (m == 0), 1, np.abs(a) + np.abs(m))
                ),
                error_of_vectors=lambda a, m: (
                    np.linalg.norm(a - m) / (np.linalg.norm(a) + np.linalg.norm(m))
                ),
                error_zero_by_zero=lambda a, m: np.abs(a - m) / np.maximum(np.abs(a), np.abs(m)),
                error_by_measured=lambda a, m: np.abs(a - m) / np.abs(m),
                error_by_claimed=lambda a, m: np.abs(a - m) / np.abs(a),
                error_by_smaller=lambda a, m: np.abs(a - m) / np.minimum(np.abs(a), np.abs(m)),
                error_keeps_sign=lambda a, m: (
                    (a - m) / np.where((a == 0) & (m == 0), 1, np.maximum(np.abs(a), np.abs(m)))
                ),
                error_of_the_mean=lambda a, m: (
                    2 * np.abs(a - m) / np.where((a == 0) & (m == 0), 1, np.abs(a) + np.abs(m))
                ),
                error_of_largest_entry=lambda a, m: (
                    np.abs(a - m) / max(np.max(np.abs(a)), np.max(np.abs(m)))
                ),
            ),
        ),
        Exercise(id="r", variable="unseen", source="S0-09", kind=Choice("C")),
        _tape(drawn_graph(9, steps=4)),
        Exercise(
            id="t",
            variable="brackets",
            source="S3-03",
            kind=MatrixDerivation(
                (
                    "v.T @ (W2 @ (s * (W1 @ u)))",
                    "(W2.T @ v).T @ (s * (W1 @ u))",
                    "(s * (W2.T @ v)).T @ (W1 @ u)",
                    "(W1.T @ (s * (W2.T @ v))).T @ u",
                ),
                TWO_LAYERS,
                form="(…).T @ u",
            ),
            misconceptions=wrong(
                brackets_without_slope="(W2.T @ v).T @ (W1 @ u)",
                brackets_slope_twice="(s * (W2.T @ v)).T @ (s * (W1 @ u))",
            ),
        ),
        Exercise(
            id="u",
            variable="shapes",
            source="S3-03",
            kind=Shapes({"J": (10, 64), "u": (64,), "Ju": (10,), "v": (10,), "vJ": (64,)}),
            misconceptions=wrong(
                shapes_modes_exchanged={"u": (10,), "Ju": (64,), "v": (64,), "vJ": (10,)},
                shapes_jacobian_turned={"J": (64, 10)},
                shapes_reverse_stays={"vJ": (10,)},
                shapes_combination_of_inputs={"v": (64,)},
                shapes_results_exchanged={"Ju": (64,), "vJ": (10,)},
                shapes_columns={"u": (64, 1), "Ju": (10, 1), "v": (10, 1), "vJ": (64, 1)},
            ),
        ),
        Exercise(id="v", variable="hidden", source="S0-19", kind=Choice("A")),
        Exercise(
            id="w",
            variable="shared_gradient",
            source="S3-04",
            kind=LossGradient(shared_gradient, shared_loss, drawn_shared, ("W",)),
            misconceptions=wrong(
                shared_last_use_alone=lambda W, X, Y: signals(W, X, Y)[1].T @ np.tanh(X @ W.T),
                shared_first_use_alone=lambda W, X, Y: signals(W, X, Y)[0].T @ X,
                shared_sum_for_mean=lambda W, X, Y: len(X) * shared_gradient(W, X, Y),
                shared_transposed=lambda W, X, Y: shared_gradient(W, X, Y).T,
                shared_uphill=lambda W, X, Y: -shared_gradient(W, X, Y),
                shared_wrong_way_back=lambda W, X, Y: shared_from(W.T, W, X, Y),
                shared_back_without_weights=lambda W, X, Y: shared_from(np.eye(len(W)), W, X, Y),
            ),
        ),
    ),
)
