"""Exercises on "Activation identities": what is right, and what people really answer."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.authoring.probes import around, real_line, varied
from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.formulas.domain import Domain, Form
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.derivation import Derivation
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.mended import Mended
from mlplib.checks.kinds.numbers import Array, Number, Rational
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.functions.activations import indicator, sigmoid
from mlplib.proof.differentiate import derivative

X = Domain({"x": (-3, 3)})
OF_SIGMOID = Domain({"z": (-3, 3)}, {"a": "sigma(z)"})
OF_TANH = Domain({"z": (-2, 2)}, {"a": "tanh(z)"})
FROM_OUTPUT = Form(symbols="a", required="a")

ONLY_SIGMA = Form(functions="sigma", required="sigma")


def textbook_sigmoid(x: Any) -> Any:
    """Return 1/(1 + e⁻ˣ) as it stands in books: analytic, as the complex step needs it."""
    return 1 / (1 + np.exp(-x))


def my_sign(x: Any) -> Any:
    """Answer p."""
    return indicator(x > 0) - indicator(x < 0)


def my_relu_prime(x: Any) -> Any:
    """Answer i."""
    return indicator(x > 0)


def sigmoid_backward(a: Any, v: Any) -> Any:
    """Answer l."""
    return a * (1 - a) * v


def relu_backward(a: Any, v: Any) -> Any:
    """Answer m."""
    return indicator(a > 0) * v


def my_softplus(x: Any) -> Any:
    """Answer n."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def my_sigmoid_prime(x: Any) -> Any:
    """Answer o."""
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


def true_sigmoid_backward(a: Any, v: Any) -> Any:
    """Differentiate σ at the input that gave `a`, by the complex step."""
    return derivative(textbook_sigmoid, np.log(a / (1 - a))) * v


def true_relu_backward(a: Any, v: Any) -> Any:
    """Let the gradient through where an input above 0 has given `a`, one entry at a time."""
    passed = [vi if ai > 0 else 0.0 for ai, vi in zip(np.ravel(a), np.ravel(v), strict=True)]
    return np.reshape(passed, np.shape(a))


def true_softplus(x: Any) -> Any:
    """NumPy's own logaddexp(0, x): slower, and by another route."""
    return np.logaddexp(0.0, x)


def true_sigmoid_prime(x: Any) -> Any:
    """1 / (2 + 2 cosh x), or e^−|x| where cosh overflows: there the two agree to all digits."""
    x = np.asarray(x, dtype=np.float64)
    near = np.clip(x, -700.0, 700.0)
    return np.where(np.abs(x) < 700, 1 / (2 + 2 * np.cosh(near)), np.exp(-np.abs(x)))


def layer_probes(values: Callable[[np.random.Generator, tuple[int, ...]], Any]) -> Any:
    """Return outputs and gradients of layers of several shapes, one example and batches."""
    rng = np.random.default_rng(4)
    shapes = [(1,), (3,), (4,), (2, 3), (5, 2)]
    return tuple((values(rng, s), np.round(rng.normal(size=s), 3)) for s in shapes)


EDGES = np.array([1e-9, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.999, 1 - 1e-9])
SIGMOID_LAYERS = (
    *varied(
        layer_probes(lambda rng, s: np.round(sigmoid(rng.uniform(-3, 3, s)), 4)),
        free=[1],
    ),
    (EDGES, np.ones(8)),
)
RELU_LAYERS = (
    *varied(
        layer_probes(
            lambda rng, s: np.where(rng.random(s) < 0.5, 0.0, np.round(rng.uniform(0, 3, s), 3))
        ),
        free=[1],
    ),
    (np.array([5e-324, 1e-9, 1e-3, 0.1, 0.3, 9.0, 50.0]), np.ones(7)),
)
REAL_LINE = (*(tuple(map(np.atleast_1d, probe)) for probe in real_line(integers=True)), *around())
SIZES = (
    *(0.0, 1.0, 2.5, 10.0, 15.0, 20.5, 22.0, 25.0, 28.0, 33.0, 36.0, 40.0, 300.0, 705.0, 800.0),
    *(1e-300, 1e-9, 1e-3, 0.1, 0.3, 0.6, 1.4, 1.9, 3.3, 4.1, 5.2, 6.3, 7.4, 8.6, 9.3, 12.0, 60.0),
)
HUGE = (1e200, 1.7e308)  # squares and doubles of these overflow
ALL_FLOATS = (
    *((np.array([sign * x]),) for x in (*SIZES, *HUGE) for sign in (1, -1)),
    (np.array([-1e4, -35.0, 0.0, 35.0, 1e4]),),
    (np.array([[-3.0, 3.0], [-50.0, 50.0]]),),
    *((np.random.default_rng(6).uniform(-40, 40, shape).round(2),) for shape in [(7,), (2, 2, 3)]),
)


SET = ExerciseSet(
    name="activations",
    folder=Path(__file__).parent,
    exercises=(
        Exercise(
            id="a",
            variable="slope",
            source="S4-Q1e",
            kind=Expression("a*(1 - a)", OF_SIGMOID, FROM_OUTPUT),
            misconceptions=wrong(
                sigma_plus="a*(1 + a)",
                sigma_minus_sign="-a*(1 - a)",
                sigma_minus_sign_after="-a*(1 + a)",
                sigma_one_factor="1 - a",
                sigma_squared="1 - a^2",
                sigma_is_itself="a",
                sigma_missing_brackets="a*1 - a",
                sigma_product_of_values="a*a",
                sigma_at_wrong_point="sigma(a)*(1 - sigma(a))",
                sigma_odds="a/(1 - a)",
                sigma_largest="1/4",
            ),
        ),
        Exercise(
            id="b",
            variable="mended",
            source="S1-27",
            kind=Mended(
                "B",
                Expression(
                    "exp(-z)/(1 + exp(-z))^2", Domain({"z": (-2, 2)}), Form(functions="exp sigma")
                ),
            ),
            misconceptions=wrong(
                mended_unchanged="-exp(-z)/(1 + exp(-z))^2",
                mended_inner_derivative="exp(z)/(1 + exp(-z))^2",
                mended_square_lost="exp(-z)/(1 + exp(-z))",
                mended_numerator_alone="exp(-z)",
                mended_numerator_lost="1/(1 + exp(-z))^2",
            ),
        ),
        Exercise(
            id="c",
            variable="largest_part",
            source="S1-27",
            kind=Rational(Fraction(1, 4) ** 10),
            misconceptions=wrong(
                product_as_sum=Fraction(10, 4),
                product_as_division=Fraction(1, 40),
                product_of_values=Fraction(1, 2) ** 10,
                product_one_short=Fraction(1, 4) ** 9,
                product_one_more=Fraction(1, 4) ** 11,
                product_one_layer=Fraction(1, 4),
                product_upside_down=Fraction(4) ** 10,
                product_exchanged=Fraction(1, 10) ** 4,
                product_times_layers=10 * Fraction(1, 4) ** 10,
            ),
        ),
        Exercise(
            id="d",
            variable="tanh_by_sigma",
            source="S4-D02",
            kind=Expression("2*sigma(2*x) - 1", X, ONLY_SIGMA),
            misconceptions=wrong(
                tanh_not_squeezed="2*sigma(x) - 1",
                tanh_not_shifted="2*sigma(2*x)",
                tanh_not_stretched="sigma(2*x)",
                tanh_squeezed_wrong_way="2*sigma(x/2) - 1",
                tanh_shifted_by_half="sigma(2*x) - 1/2",
                tanh_negated="1 - 2*sigma(2*x)",
                tanh_shifted_up="2*sigma(2*x) + 1",
                tanh_only_shifted="sigma(2*x) - 1",
                tanh_stretched_twice="2*sigma(4*x) - 1",
            ),
        ),
        Exercise(
            id="e",
            variable="tanh_slope",
            source="S1-23",
            kind=Expression("1 - a**2", OF_TANH, FROM_OUTPUT),
            misconceptions=wrong(
                tanh_without_square="1 - a",
                tanh_like_sigma="a*(1 - a)",
                tanh_like_stretched_sigma="4*a*(1 - a)",
                tanh_sign="a**2 - 1",
                tanh_plus="1 + a**2",
                tanh_at_wrong_point="1 - tanh(a)**2",
                tanh_square_outside="(1 - a)**2",
                tanh_doubled="1 - 2*a",
                tanh_like_arctan="1/(1 + a**2)",
                tanh_square_alone="a**2",
            ),
        ),
        Exercise(
            id="f",
            variable="log_sigmoid_lines",
            source="S4-Q1f",
            kind=Derivation(
                (
                    "ln(1/(1 + exp(-x)))",
                    "ln(1) - ln(1 + exp(-x))",
                    "-ln(1 + exp(-x))",
                    "-softplus(-x)",
                ),
                X,
                Form(functions="softplus", required="softplus"),
                minimum=3,
            ),
            misconceptions=wrong(
                log_keeps_sign="ln(1 + exp(-x))",
                log_inner_sign="-ln(1 + exp(x))",
                log_of_a_sum="-(ln(1) + ln(exp(-x)))",
                log_quotient_of_zero="ln(1)/ln(1 + exp(-x))",
                log_not_inverted="1/ln(1 + exp(-x))",
            ),
        ),
        Exercise(
            id="g",
            variable="difference_lines",
            source="S4-Q1g",
            kind=Derivation(
                (
                    "softplus(x) - softplus(-x)",
                    "ln(1 + exp(x)) - ln(1 + exp(-x))",
                    "ln((1 + exp(x))/(1 + exp(-x)))",
                    "ln(exp(x)*(exp(-x) + 1)/(1 + exp(-x)))",
                    "ln(exp(x))",
                    "x",
                ),
                X,
                Form(symbols="x"),
                minimum=4,
            ),
            misconceptions=wrong(
                log_quotient_of_logs="ln(1 + exp(x))/ln(1 + exp(-x))",
                log_of_a_product="ln(exp(x))*ln(exp(-x) + 1) - ln(1 + exp(-x))",
                difference_inner_sign="ln(1 + exp(-x)) - ln(1 + exp(x))",
                difference_product="ln((1 + exp(x))*(1 + exp(-x)))",
                difference_not_inverted="exp(x)",
                difference_of_sums="ln(1) + ln(exp(x)) - ln(1) - ln(exp(-x))",
            ),
        ),
        Exercise(
            id="h",
            variable="softplus_slope",
            source="S4-Q1g",
            kind=Expression("sigma(x)", X, ONLY_SIGMA),
            misconceptions=wrong(
                softplus_slope_mirrored="sigma(-x)",
                softplus_slope_sign="-sigma(-x)",
                softplus_slope_of_sigma="sigma(x)*(1 - sigma(x))",
                softplus_slope_negative="-sigma(x)",
                softplus_itself="softplus(x)",
            ),
        ),
        Exercise(
            id="i",
            variable="my_relu_prime",
            source="S4-Q1b",
            kind=Function(
                my_relu_prime,
                lambda x: np.heaviside(x, 0.0),
                REAL_LINE,
                forbidden=("relu_prime", "ACTIVATIONS"),
            ),
            misconceptions=wrong(
                relu_prime_one_at_zero=lambda x: indicator(x >= 0),
                relu_prime_half_at_zero=lambda x: np.heaviside(x, 0.5),
                relu_itself=lambda x: np.maximum(x, 0.0),
                relu_prime_always_one=lambda x: np.ones_like(np.asarray(x, dtype=float)),
                relu_prime_is_sign=lambda x: np.sign(x),
                relu_prime_reversed=lambda x: indicator(x < 0),
                relu_prime_leaky=lambda x: np.where(x > 0, 1.0, 0.01),
            ),
        ),
        Exercise(id="j", variable="reason", source="S4-A1b.2", kind=Choice("B")),
        Exercise(
            id="k",
            variable="jacobian_at_z",
            source="S4-A1e.2",
            kind=Array(np.diag([1 / 4, 3 / 16, 3 / 16]), Tolerance(1e-4, 1e-6)),
            misconceptions=wrong(
                jacobian_as_vector=np.array([1 / 4, 3 / 16, 3 / 16]),
                jacobian_of_values=np.diag([1 / 2, 3 / 4, 1 / 4]),
                jacobian_of_softmax=np.diag([1 / 2, 3 / 4, 1 / 4])
                - np.outer([1 / 2, 3 / 4, 1 / 4], [1 / 2, 3 / 4, 1 / 4]),
                jacobian_full_rows=np.tile([1 / 4, 3 / 16, 3 / 16], (3, 1)),
                jacobian_full_columns=np.tile([[1 / 4], [3 / 16], [3 / 16]], (1, 3)),
                jacobian_at_wrong_point=np.diag(
                    [sigmoid(s) * (1 - sigmoid(s)) for s in (1 / 2, 3 / 4, 1 / 4)]
                ),
                jacobian_odd_slope=np.diag([1 / 4, 3 / 16, -3 / 16]),
                jacobian_plus=np.diag([3 / 4, 21 / 16, 5 / 16]),
                jacobian_squares=np.diag([1 / 4, 9 / 16, 1 / 16]),
                jacobian_all_largest=np.diag([1 / 4, 1 / 4, 1 / 4]),
                jacobian_of_thirds=np.diag([1 / 4, 2 / 9, 2 / 9]),
                jacobian_flat_at_zero=np.diag([0.0, 3 / 16, 3 / 16]),
            ),
        ),
        Exercise(
            id="l",
            variable="sigmoid_backward",
            source="S1-26",
            kind=Function(sigmoid_backward, true_sigmoid_backward, SIGMOID_LAYERS),
            misconceptions=wrong(
                slope_at_wrong_point=lambda a, v: sigmoid(a) * (1 - sigmoid(a)) * v,
                backward_plus=lambda a, v: a * (1 + a) * v,
                backward_without_gradient=lambda a, v: a * (1 - a),
                backward_value_for_slope=lambda a, v: a * v,
                backward_tanh_slope=lambda a, v: (1 - a**2) * v,
                backward_passed_on=lambda a, v: v,
                backward_flipped=lambda a, v: -a * (1 - a) * v,
                backward_matrix=lambda a, v: (a * (1 - a)) @ v,
                backward_builds_matrix=lambda a, v: np.diag(a * (1 - a)) @ v,
                backward_divides=lambda a, v: v / (a * (1 - a)),
                backward_slope_mixed=lambda a, v: v * a * (1 - v),
                backward_slope_of_gradient=lambda a, v: v * (1 - v),
                backward_factor_missing=lambda a, v: (1 - a) * v,
                backward_added=lambda a, v: a * (1 - a) + v,
                backward_through_value=lambda a, v: sigmoid(a) * v,
            ),
        ),
        Exercise(
            id="m",
            variable="relu_backward",
            source="S0-14",
            kind=Function(relu_backward, true_relu_backward, RELU_LAYERS),
            misconceptions=wrong(
                mask_always_true=lambda a, v: indicator(a >= 0) * v,
                mask_on_gradient=lambda a, v: np.maximum(v, 0),
                mask_by_value=lambda a, v: a * v,
                mask_without_gradient=lambda a, v: indicator(a > 0),
                mask_inverted=lambda a, v: indicator(a <= 0) * v,
                mask_half=lambda a, v: np.heaviside(a, 0.5) * v,
                mask_is_layer=lambda a, v: np.maximum(a, 0),
            ),
        ),
        Exercise(
            id="n",
            variable="my_softplus",
            source="S4-D03",
            kind=Function(
                my_softplus,
                true_softplus,
                ALL_FLOATS,
                Tolerance(1e-14, 0.0),
                stable=True,
                forbidden=("logaddexp",),
                library=("indicator", "relu", "relu_prime"),
            ),
            misconceptions=wrong(
                softplus_literal=lambda x: np.log(1 + np.exp(x)),
                softplus_log1p_only=lambda x: np.log1p(np.exp(x)),
                softplus_loses_small=lambda x: np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x))),
                softplus_is_relu=lambda x: np.maximum(x, 0) + np.exp(-np.abs(x)),
                softplus_forgets_relu=lambda x: np.log1p(np.exp(-np.abs(x))),
                softplus_without_absolute=lambda x: np.maximum(x, 0) + np.log1p(np.exp(-x)),
                softplus_positive_exponent=lambda x: np.maximum(x, 0) + np.log1p(np.exp(np.abs(x))),
                overflows_in_both_branches=lambda x: np.where(
                    x > 0, x + np.log1p(np.exp(-x)), np.log1p(np.exp(x))
                ),
            ),
        ),
        Exercise(
            id="o",
            variable="my_sigmoid_prime",
            source="S4-A1e.1",
            kind=Function(
                my_sigmoid_prime,
                true_sigmoid_prime,
                ALL_FLOATS,
                Tolerance(1e-13, 0.0),
                stable=True,
                forbidden=("sigmoid_prime", "ACTIVATIONS"),
            ),
            misconceptions=wrong(
                slope_cancels=lambda x: sigmoid(x) * (1 - sigmoid(x)),
                slope_cancels_and_overflows=lambda x: (
                    textbook_sigmoid(x) * (1 - textbook_sigmoid(x))
                ),
                slope_cancels_on_both_sides=lambda x: (
                    textbook_sigmoid(np.abs(x)) * (1 - textbook_sigmoid(np.abs(x)))
                ),
                slope_cancels_in_tanh=lambda x: (1 - np.tanh(x / 2) ** 2) / 4,
                slope_overflows=lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2,
                slope_overflows_on_the_right=lambda x: np.exp(x) / (1 + np.exp(x)) ** 2,
                overflows_in_both_branches=lambda x: np.where(
                    x >= 0, np.exp(-x) / (1 + np.exp(-x)) ** 2, np.exp(x) / (1 + np.exp(x)) ** 2
                ),
                slope_is_value=lambda x: sigmoid(x),
                slope_not_squared=lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))),
            ),
        ),
        Exercise(id="p", variable="alive_count", source="S4-D07", kind=Choice("D")),
        Exercise(
            id="q",
            variable="my_sign",
            source="S4-Q1a",
            kind=Function(my_sign, np.sign, REAL_LINE, only=("indicator",)),
            misconceptions=wrong(
                sign_one_at_zero=lambda x: indicator(x >= 0) - indicator(x < 0),
                sign_minus_one_at_zero=lambda x: indicator(x > 0) - indicator(x <= 0),
                sign_is_a_sum=lambda x: indicator(x > 0) + indicator(x < 0),
                sign_reversed=lambda x: indicator(x < 0) - indicator(x > 0),
                sign_is_a_step=lambda x: indicator(x > 0),
                sign_is_relu=lambda x: indicator(x > 0) * x,
            ),
        ),
        Exercise(id="r", variable="bounds", source="S4-A1c.2", kind=Choice("C")),
        Exercise(
            id="s",
            variable="steepness",
            source="S4-Q1d",
            kind=Number(float(np.log(999) / 0.1), Tolerance(0.0, 6e-4)),
            misconceptions=wrong(
                steepness_from_bound=float(np.log(1000) / 0.1),
                steepness_times_distance=float(np.log(999) * 0.1),
                steepness_forgets_distance=float(np.log(999)),
                steepness_in_powers_of_ten=float(np.log10(999) / 0.1),
            ),
        ),
        Exercise(
            id="t",
            variable="senses",
            source="S4-Q1d",
            kind=Choice("ABDE", multiple=True),
        ),
    ),
)
