"""Exercises on the auto-encoder: what is right, and what people really answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.authoring.probes import varied
from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.formulas.domain import Domain
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.intervals import Intervals
from mlplib.checks.kinds.matrix import MatrixFormula
from mlplib.checks.kinds.mended import Mended
from mlplib.checks.kinds.numbers import Array, Number
from mlplib.checks.kinds.shapes import Shapes
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.proof.differentiate import gradient

BY_HAND = Tolerance(1e-4, 1e-9)
"""Numbers by hand, rounded to three decimals or more."""

POINTS = np.array([[3.0, 4.0], [-5.0, 0.0], [2.0, -4.0]])
"""Their mean is 0; the sums of squares are 40 along (2, 1) and 30 along (−1, 2)."""
DIRECTION = np.array([0.8, 0.6])
CODES = POINTS @ DIRECTION
ONE_NUMBER = Domain({"w": (1.2, 2), "x": (0.5, 2)})
LEFT = np.array([[1.0, 2.0], [3.0, 2.0], [-1.0, -1.0]])

FINISHED = ("AutoEncoder", "mse", "gradient")
"""What the package has ready: the functions asked for are to be built without it."""


def tied_gradient(W: Any, x: Any) -> Any:
    """Answer o."""
    h = W @ x
    delta = W.T @ h - x
    return np.outer(W @ delta, x) + np.outer(h, delta)


def shown_error(Z: Any, X: Any) -> Any:
    """Answer p."""
    shown = 1 / (1 + np.exp(-Z))
    return np.mean((shown - X) ** 2)


# The truth by another route


def true_tied_gradient(W: Any, x: Any) -> Any:
    """Differentiate the loss itself, by the complex step."""
    return gradient(lambda V: np.sum((V.T @ (V @ x) - x) ** 2) / 2, W)


def true_shown_error(Z: Any, X: Any) -> Any:
    """Go through the entries one by one, with σ(z) = (1 + tanh(z/2))/2."""
    pairs = [*zip(np.ravel(Z).tolist(), np.ravel(X).tolist(), strict=True)]
    return sum(((1 + np.tanh(z / 2)) / 2 - x) ** 2 for z, x in pairs) / len(pairs)


# What the answers are tried on

RNG = np.random.default_rng(42)
LAYERS = varied(
    tuple(
        (RNG.integers(-4, 5, (k, d)) / 2, RNG.integers(-3, 4, d).astype(float))
        for k, d in [(1, 2), (2, 3), (3, 5), (2, 2), (4, 4)]
    ),
    free=[0, 1],
)
PICTURES = varied(
    tuple(
        (RNG.integers(-6, 7, shape) / 2, RNG.integers(0, 17, shape) / 16)
        for shape in [(1, 2), (2, 3), (3, 5), (4, 2)]
    ),
    free=[0],
)


def _encoder_half(W: Any, x: Any) -> Any:
    return np.outer(W @ (W.T @ W @ x - x), x)


def _decoder_half(W: Any, x: Any) -> Any:
    return np.outer(W @ x, W.T @ W @ x - x)


SET = ExerciseSet(
    name="autoencoder",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="codes",
            source="S1-42",
            kind=Array(CODES, BY_HAND),
            misconceptions=wrong(
                codes_weights_exchanged=POINTS @ DIRECTION[::-1],
                codes_first_coordinate=POINTS[:, 0] * 0.8,
                codes_are_points=np.outer(CODES, DIRECTION),
                codes_are_lengths=np.sqrt(np.sum(POINTS**2, axis=1)),
                codes_without_signs=np.abs(POINTS) @ DIRECTION,
                codes_third_sign=np.array([4.8, -4.0, 4.0]),
                codes_second_coordinate=POINTS[:, 1] * 0.6,
            ),
        ),
        Exercise(
            id="b",
            variable="back",
            source="S1-42",
            kind=Array(CODES[0] * DIRECTION, BY_HAND),
            misconceptions=wrong(
                back_divided=CODES[0] / DIRECTION,
                back_only_code=np.full(2, CODES[0]),
                back_only_direction=DIRECTION,
                back_is_what_is_lost=CODES[0] * DIRECTION - POINTS[0],
                back_entry_by_entry=POINTS[0] * DIRECTION,
                back_is_the_point=POINTS[0],
            ),
        ),
        Exercise(
            id="c",
            variable="lost",
            source="S1-42",
            kind=Number(70 - float(CODES @ CODES), BY_HAND),
            misconceptions=wrong(
                lost_is_kept=float(CODES @ CODES),
                lost_is_everything=70.0,
                lost_mean_of_entries=(70 - float(CODES @ CODES)) / 6,
                lost_mean_of_points=(70 - float(CODES @ CODES)) / 3,
                lost_is_a_length=float(np.sqrt(70 - CODES @ CODES)),
                lost_of_first=1.96,
            ),
        ),
        Exercise(
            id="d",
            variable="error",
            source="S1-42",
            kind=Number(float(np.mean(LEFT**2)), BY_HAND),
            misconceptions=wrong(
                error_is_variance=float(np.var(LEFT)),
                error_is_sum=float(np.sum(LEFT**2)),
                error_per_example=float(np.sum(LEFT**2)) / 3,
                error_is_root=float(np.sqrt(np.mean(LEFT**2))),
                error_is_absolute=float(np.mean(np.abs(LEFT))),
                error_per_coordinate=10.0,
                error_mean_length=float(np.mean(np.sqrt(np.sum(LEFT**2, axis=1)))),
                error_of_mean=1.0,
            ),
        ),
        Exercise(
            id="e",
            variable="losses",
            source="S1-42",
            kind=Choice("ACD", multiple=True),
            misconceptions=wrong(
                losses_floor_forgotten=frozenset("ABCD"), losses_mean_forgotten=frozenset("AC")
            ),
        ),
        Exercise(
            id="f",
            variable="decoder_half",
            source="S1-42",
            kind=Array(np.array([-2.0, 3.0]), BY_HAND),
            misconceptions=wrong(
                decoder_sign=np.array([2.0, -3.0]),
                decoder_without_half=np.array([-4.0, 6.0]),
                decoder_times_input=np.array([-6.0, -3.0]),
                decoder_times_weight=np.array([-2.0, 6.0]),
            ),
        ),
        Exercise(
            id="g",
            variable="encoder_half",
            source="S1-42",
            kind=Array(np.array([12.0, -4.0]), BY_HAND),
            misconceptions=wrong(
                encoder_times_weight=np.array([4.0, 8.0]),
                encoder_one_way=np.array([18.0, -6.0]),
                encoder_other_way=np.array([-6.0, 2.0]),
                encoder_times_code=np.array([4.0, 4.0]),
                encoder_is_decoder=np.array([-2.0, 3.0]),
                encoder_entry_by_entry=np.array([-6.0, -3.0]),
            ),
        ),
        Exercise(
            id="h",
            variable="tied",
            source="S1-42",
            kind=Array(np.array([10.0, -1.0]), BY_HAND),
            misconceptions=wrong(
                tied_encoder_only=np.array([12.0, -4.0]),
                tied_decoder_only=np.array([-2.0, 3.0]),
                tied_mean=np.array([5.0, -0.5]),
                tied_difference=np.array([14.0, -7.0]),
                tied_product=np.array([-24.0, -12.0]),
                tied_encoder_doubled=np.array([22.0, -5.0]),
                tied_decoder_doubled=np.array([8.0, 2.0]),
            ),
        ),
        Exercise(
            id="s",
            variable="mended",
            source="S1-42",
            kind=Mended("B", Expression("(w^2*x - x)*2*w*x", ONE_NUMBER)),
            misconceptions=wrong(
                slip_unchanged="(w^2*x - x)*w*x",
                slip_without_input="(w^2*x - x)*2*w",
                slip_constant_kept="(w^2*x - x)*(2*w*x - 1)",
                slip_without_half="2*(w^2*x - x)*2*w*x",
                slip_error_alone="w^2*x - x",
                slip_slope_alone="2*w*x",
                slip_square_kept="(w^2*x - x)*w^2*x",
                slip_without_weight="(w^2*x - x)*2*x",
            ),
        ),
        Exercise(
            id="i",
            variable="dW",
            source="S1-42",
            kind=MatrixFormula(
                "W @ D.T @ X + H.T @ D",
                {"D": (6, 5), "W": (2, 5), "X": (6, 5), "H": (6, 2)},
                computed={"H": "X @ W.T"},
            ),
            misconceptions=wrong(
                batch_encoder_only="W @ D.T @ X",
                batch_decoder_only="H.T @ D",
                batch_difference="W @ D.T @ X - H.T @ D",
                batch_mean="(W @ D.T @ X + H.T @ D)/2",
                batch_not_turned="D.T @ H",
                batch_turned="X.T @ D @ W.T + D.T @ H",
                batch_encoder_doubled="2*W @ D.T @ X + H.T @ D",
                batch_decoder_doubled="W @ D.T @ X + 2*H.T @ D",
                batch_encoder_twice="2*W @ D.T @ X",
                batch_decoder_twice="2*H.T @ D",
                batch_divided="W @ D.T @ X/6 + H.T @ D/6",
            ),
        ),
        Exercise(
            id="j",
            variable="least",
            source="S1-42",
            kind=Number(30.0, BY_HAND),
            misconceptions=wrong(
                least_is_kept=40.0,
                least_is_everything=70.0,
                least_first_coordinate=32.0,
                least_second_coordinate=38.0,
                least_of_old_direction=70 - float(CODES @ CODES),
                least_is_difference=10.0,
                least_is_a_length=float(np.sqrt(30)),
            ),
        ),
        Exercise(
            id="k",
            variable="slope",
            source="S1-42",
            kind=Number(0.5, BY_HAND),
            misconceptions=wrong(
                slope_turned=2.0,
                slope_worst=-2.0,
                slope_of_old_direction=0.75,
                slope_sign=-0.5,
                slope_is_angle=float(np.degrees(np.arctan(0.5))),
                slope_of_the_diagonal=1.0,
                slope_is_radians=float(np.arctan(0.5)),
                slope_is_second_entry=float(1 / np.sqrt(5)),
                slope_is_first_entry=float(2 / np.sqrt(5)),
                slope_of_regression=4 / 38,
            ),
        ),
        Exercise(
            id="r",
            variable="kept",
            source="S1-42",
            kind=Intervals("[30, 40]"),
            misconceptions=wrong(
                kept_without_ends="(30, 40)",
                kept_without_best="[30, 40)",
                kept_without_worst="(30, 40]",
                kept_down_to_nothing="[0, 40]",
                kept_everything="[0, 70]",
                kept_up_to_all="[30, 70]",
                kept_along_axes="[32, 38]",
            ),
        ),
        Exercise(
            id="l",
            variable="shapes",
            source="S1-42",
            kind=Shapes({"H": (20, 8), "V1": (32, 8), "V2": (64, 32), "X_hat": (20, 64)}),
            misconceptions=wrong(
                shapes_decoder_transposed={"V1": (8, 32), "V2": (32, 64)},
                shapes_decoder_from_the_end={"V1": (64, 32), "V2": (32, 8)},
                shapes_examples_in_columns={"H": (8, 20), "X_hat": (64, 20)},
                shapes_code_unused={"H": (20, 32)},
                shapes_of_encoder={"V1": (32, 64), "V2": (8, 32)},
                shapes_of_one_example={"H": (8,), "X_hat": (64,)},
                shapes_jump={"V2": (64, 8)},
            ),
        ),
        Exercise(
            id="m",
            variable="wide",
            source="S1-42",
            kind=Choice("D"),
        ),
        Exercise(
            id="n",
            variable="factor",
            source="S1-42",
            kind=Number(0.6, BY_HAND),
            misconceptions=wrong(
                factor_is_ratio=1.5,
                factor_of_the_noise=0.4,
                factor_copies=1.0,
                factor_of_spreads=float(np.sqrt(3) / (np.sqrt(3) + np.sqrt(2))),
                factor_is_root=float(np.sqrt(0.6)),
                factor_ratio_turned=2 / 3,
                factor_squared=0.36,
            ),
        ),
        Exercise(
            id="o",
            variable="tied_gradient",
            source="S1-42",
            kind=Function(tied_gradient, true_tied_gradient, LAYERS, forbidden=FINISHED),
            misconceptions=wrong(
                function_encoder_only=_encoder_half,
                function_decoder_only=_decoder_half,
                function_mean=lambda W, x: tied_gradient(W, x) / 2,
                function_difference=lambda W, x: _encoder_half(W, x) - _decoder_half(W, x),
                function_upwards=lambda W, x: -tied_gradient(W, x),
                function_turned=lambda W, x: tied_gradient(W, x).T,
                function_without_half=lambda W, x: 2 * tied_gradient(W, x),
                function_encoder_doubled=lambda W, x: tied_gradient(W, x) + _encoder_half(W, x),
                function_decoder_doubled=lambda W, x: tied_gradient(W, x) + _decoder_half(W, x),
                function_encoder_twice=lambda W, x: 2 * _encoder_half(W, x),
                function_decoder_twice=lambda W, x: 2 * _decoder_half(W, x),
            ),
        ),
        Exercise(
            id="p",
            variable="shown_error",
            source="S1-42",
            kind=Function(shown_error, true_shown_error, PICTURES, forbidden=FINISHED),
            misconceptions=wrong(
                shown_before_the_sigmoid=lambda Z, X: np.mean((Z - X) ** 2),
                shown_variance=lambda Z, X: np.var(1 / (1 + np.exp(-Z)) - X),
                shown_both=lambda Z, X: np.mean((1 / (1 + np.exp(-Z)) - 1 / (1 + np.exp(-X))) ** 2),
                shown_sum=lambda Z, X: np.sum((1 / (1 + np.exp(-Z)) - X) ** 2),
                shown_per_example=lambda Z, X: np.sum((1 / (1 + np.exp(-Z)) - X) ** 2) / len(X),
                shown_root=lambda Z, X: np.sqrt(shown_error(Z, X)),
                shown_absolute=lambda Z, X: np.mean(np.abs(1 / (1 + np.exp(-Z)) - X)),
                shown_by_tanh=lambda Z, X: np.mean((np.tanh(Z) - X) ** 2),
                shown_by_relu=lambda Z, X: np.mean((np.maximum(Z, 0) - X) ** 2),
                shown_mean_first=lambda Z, X: np.mean(1 / (1 + np.exp(-Z)) - X) ** 2,
                shown_cross_entropy=lambda Z, X: np.mean(np.log(1 + np.exp(Z)) - X * Z),
            ),
        ),
        Exercise(
            id="q",
            variable="promises",
            source="S1-42",
            kind=Choice("AE", multiple=True),
            misconceptions=wrong(
                promises_generates=frozenset("ACE"),
                promises_axes=frozenset("ABE"),
                promises_one_map=frozenset("A"),
            ),
        ),
    ),
)
