"""Two independent derivatives, against each other and against derivatives known by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp

from mlplib import derivative, gradient, jacobian, sigmoid, softplus

METHODS = ["complex", "central"]
RTOL = {"complex": 1e-14, "central": 1e-8}

KNOWN = [
    (np.exp, np.exp),
    (np.sin, np.cos),
    (np.tanh, lambda x: 1 / np.cosh(x) ** 2),
    (lambda x: x**3 - 2 * x, lambda x: 3 * x**2 - 2),
    (lambda x: np.log(1 + x * x), lambda x: 2 * x / (1 + x * x)),
    (lambda x: 1 / (1 + np.exp(-x)), lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
    (np.ones_like, np.zeros_like),
]
points = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
    elements=st.floats(-3, 3),
)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("f", "prime"), KNOWN)
@given(x=points)
def test_derivative_of_known_functions(f, prime, method, x):
    slope = derivative(f, x, method=method)
    assert np.shape(slope) == x.shape
    assert slope.dtype == np.float64
    np.testing.assert_allclose(slope, prime(x), rtol=RTOL[method], atol=10 * RTOL[method])


@pytest.mark.parametrize("method", METHODS)
def test_scalars_give_scalars_and_integers_are_numbers(method):
    slope = derivative(lambda t: t * t, 3, method=method)
    assert type(slope) is np.float64
    assert slope == pytest.approx(6, rel=1e-9)


def test_float32_is_computed_in_float64():
    x = np.array([0.3], np.float32)
    assert derivative(np.exp, x)[0] == pytest.approx(np.exp(np.float64(x[0])), rel=1e-15)


def test_complex_step_keeps_its_digits_where_the_slope_is_tiny():
    slope = derivative(lambda t: 1 / (1 + np.exp(-t)), -400.0)
    assert slope == pytest.approx(np.exp(-400.0), rel=1e-13, abs=0)


def test_central_step_grows_with_x():
    """With a step fixed near 0, x ± h would both round to x."""
    x = np.array([1e12, -1e12])
    np.testing.assert_allclose(derivative(lambda t: t * t, x, method="central"), 2 * x, rtol=1e-9)


def test_central_divides_by_the_step_that_was_taken():
    """The slope of the identity is 1 to the last digit although x ± h are rounded."""
    x = np.random.default_rng(0).normal(scale=100, size=1000)
    np.testing.assert_array_equal(derivative(lambda t: t, x, method="central"), 1)


def test_central_differences_are_as_good_as_the_docstring_says():
    x = np.linspace(-3, 3, 61)
    assert np.abs(derivative(np.sin, x, method="central") - np.cos(x)).max() < 1e-9


@pytest.mark.parametrize("method", METHODS)
@given(
    A=hnp.arrays(np.float64, (3, 4), elements=st.floats(-2, 2)),
    x=hnp.arrays(np.float64, 4, elements=st.floats(-2, 2)),
)
def test_jacobian_of_a_map_and_gradient_of_a_form(A, x, method):
    close = {"rtol": RTOL[method], "atol": 100 * RTOL[method]}
    np.testing.assert_allclose(jacobian(lambda t: A @ t, x, method=method), A, **close)
    B = A.T @ A
    np.testing.assert_allclose(
        gradient(lambda t: t @ B @ t, x, method=method), (B + B.T) @ x, **close
    )


@pytest.mark.parametrize("method", METHODS)
def test_jacobian_has_the_shape_of_value_then_variable(method):
    rng = np.random.default_rng(3)
    A, X = rng.normal(size=(2, 5)), rng.normal(size=(5, 3))
    J = jacobian(lambda T: A @ np.sin(T), X, method=method)
    assert J.shape == (2, 3, 5, 3)
    expected = np.einsum("ik,kl,jl->ijkl", A, np.cos(X), np.eye(3))
    np.testing.assert_allclose(J, expected, rtol=RTOL[method], atol=RTOL[method])


@pytest.mark.parametrize("method", METHODS)
def test_jacobian_of_an_elementwise_map_is_diagonal(method):
    x = np.linspace(-2, 2, 5)
    J = jacobian(lambda t: t**2, x, method=method)
    np.testing.assert_allclose(J, np.diag(derivative(lambda t: t**2, x)), atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_nothing_to_differentiate_by(method):
    assert gradient(lambda t: (t * t).sum(), np.zeros((0, 3)), method=method).shape == (0, 3)
    assert jacobian(lambda t: t[:0], np.zeros(0), method=method).shape == (0, 0)
    assert jacobian(lambda t: t, 2.0, method=method).shape == ()


@pytest.mark.parametrize("method", METHODS)
def test_the_point_is_left_as_it_was(method):
    x = np.array([1.0, 2.0])

    def f(t):
        t *= 2
        return (t * t).sum()

    np.testing.assert_allclose(gradient(f, x, method=method), [8, 16], rtol=1e-9)
    np.testing.assert_array_equal(x, [1, 2])


DROPPERS = {
    "abs": np.abs,
    "real": np.real,
    "real by a cast": lambda t: np.asarray([complex(v).real for v in t]),
}


@pytest.mark.parametrize("f", DROPPERS.values(), ids=DROPPERS)
def test_a_dropped_imaginary_part_is_told(f):
    x = np.array([-1.0, 2.0])
    with pytest.raises(ValueError, match=r'dropped the imaginary part.*use method="central"'):
        derivative(f, x)
    with pytest.raises(ValueError, match=r'dropped the imaginary part.*use method="central"'):
        jacobian(f, x)


HALF_DROPPERS = {
    "stable softplus": lambda t: np.maximum(t, 0) + np.log1p(np.exp(-np.abs(t))),
    "t + abs": lambda t: t + np.abs(t),
    "real inside": lambda t: t * np.real(t),
    "conj": lambda t: t * np.conj(t),
}


@pytest.mark.parametrize("f", HALF_DROPPERS.values(), ids=HALF_DROPPERS)
def test_a_partly_dropped_imaginary_part_is_told(f):
    x = np.array([-1.0, 2.0, 0.5])
    for differentiate in (derivative, jacobian):
        with pytest.raises(ValueError, match=r'must be analytic.*use method="central"'):
            differentiate(f, x)
    with pytest.raises(ValueError, match=r"must be analytic"):
        gradient(lambda t: f(t).sum(), x)
    derivative(f, x, method="central")


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (np.log, 1e-5),  # a pole one step away
        (lambda t: 1e10 + 1e-5 * t, 1.0),  # the rise is lost in rounding
        (lambda t: np.sin(1e5 * t), 0.1),  # a tenth of a period in one step
        (lambda t: 1 / (1 + np.exp(-1e6 * t)), 1e-7),  # nearly a jump
        (lambda t: np.maximum(t, 0), 2e-5),  # a kink beside the step
        (np.sqrt, 1e-12),
        (np.log, 1e-7),  # a step to the left lies outside the domain
        (lambda t: 1 / t, 1e-6),
        (lambda t: (t + 1e6) - 1e6, np.linspace(-3, 3, 300)),  # rounded more than its value tells
        (lambda t: 1 / t**2, np.logspace(-9, -1, 200)),
        (np.tan, np.pi / 2 - np.logspace(-9, -1, 200)),
        (np.sin, np.linspace(1e6, 1e7, 300)),  # some steps are a whole wave long
        (lambda t: np.sin(3e6 * t), np.linspace(-3, 3, 300)),
        (lambda t: np.maximum(t, 0), 2e-6),  # a kink within the first step, not the second
        (lambda t: np.exp(-(t**2)), 40.0),
    ],
)
def test_hard_but_analytic_functions_raise_no_false_alarm(f, x):
    assert np.isfinite(derivative(f, x)).all()


@pytest.mark.parametrize(
    ("f", "x", "value"), [(np.log, -1.0, "nan"), (np.log, 0.0, "-inf"), (np.sqrt, -1.0, "nan")]
)
def test_where_f_has_no_value_it_has_no_derivative(f, x, value):
    """The complex functions have one: without the check log at −1 would rise by 3e+100."""
    with pytest.raises(ValueError, match=rf"^f\(x\) must be finite, but f\(x\) is {value}"):
        derivative(f, x)
    with pytest.raises(ValueError, match=rf"^f\(x\) must be finite, but f\(x\)\[1\] is {value}"):
        jacobian(f, [1.0, x])


def test_wrong_slopes_are_told_beside_a_bend_and_among_rounding():
    with pytest.raises(ValueError, match="must be analytic"):  # by 1e-2, the differences by 5e-6
        derivative(lambda t: np.exp(1e3 * t) + 10 * (t - np.real(t)), 0.0)
    with pytest.raises(ValueError, match="must be analytic"):  # constant, but for rounding
        derivative(lambda t: np.exp(t) * np.exp(-np.abs(t)), 2.0)


def test_wrong_slopes_that_cancel_in_the_sum_are_told():
    """Every entry moves by a step of its own, so one entry's error cannot hide another's."""
    with pytest.raises(ValueError, match="must be analytic"):
        gradient(lambda t: t[0] ** 2 + np.abs(t[1]) - np.abs(t[2]) + t.sum(), [1.0, 2.0, 2.0])


def test_the_complex_step_is_beneath_notice():
    """At a step of 2⁻⁴⁰ the term −h²f‴/6 would be 1e-13 of this slope."""
    assert derivative(lambda t: np.exp(1e6 * t), 0.0) == pytest.approx(1e6, rel=1e-15)


def test_a_kink_is_told():
    """NumPy orders complex numbers by their real parts: max(t, 0) is analytic off 0 alone."""
    relu_slopes = derivative(lambda t: np.maximum(t, 0), np.array([-1.0, 1.0]))
    np.testing.assert_array_equal(relu_slopes, [0, 1])
    with pytest.raises(ValueError, match=r"has a kink within 1e-7 of x"):
        derivative(lambda t: np.maximum(t, 0), 0.0)


@settings(max_examples=300)
@given(x=hnp.arrays(np.float64, 5, elements=st.floats(-700, 700)))
def test_no_false_alarm_on_the_definitions(x):
    derivative(lambda t: 1 / (1 + np.exp(-t)), x)
    derivative(lambda t: np.log(1 + np.exp(t)), x)
    gradient(lambda t: (t**2).sum() - np.cos(t).prod(), x)


def test_what_is_not_accepted():
    with pytest.raises(ValueError, match=r"^x must hold real numbers"):
        derivative(sigmoid, 1j)
    with pytest.raises(ValueError, match=r"^x must be finite, but x\[0\] is inf"):
        gradient(np.sum, [np.inf])
    with pytest.raises(ValueError, match=r'^method must be "complex" or "central", not "forward"'):
        derivative(np.exp, 1.0, method="forward")
    with pytest.raises(ValueError, match=r"^f must return the shape of x, \(3,\), not \(\)"):
        derivative(np.sum, np.zeros(3))
    with pytest.raises(ValueError, match=r"^f must return one number, not .* shape \(3,\)"):
        gradient(np.exp, np.zeros(3))
    with pytest.raises(ValueError, match=r'^f must take complex .* use method="central"\.$'):
        derivative(softplus, 1.0)  # mlplib's own functions are real; central takes them
    with pytest.raises(ValueError, match=r'^f must take complex .* use method="central"\.$'):
        derivative(lambda x: np.float64(math.exp(x)), 1.0)
    with pytest.raises(ValueError, match=r"^f must be a function, not \[1, 2, 4\]\.$"):
        gradient([1, 2, 4], 1.0)
    assert derivative(softplus, 0.0, method="central") == pytest.approx(0.5)


def test_the_gradient_of_one_number_is_one_number():
    assert isinstance(gradient(lambda x: x**2, 3.0), np.float64)
    assert isinstance(gradient(lambda x: x**2, 3.0, method="central"), np.float64)
    assert jacobian(lambda x: np.array([x, x**2]), 3.0).tolist() == [1, 6]


@pytest.mark.parametrize("method", ["complex", "central"])
def test_a_function_may_write_into_its_argument(method):
    def square(x):
        x *= x
        return x

    x = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(derivative(square, x, method=method), 2 * x, rtol=1e-9)
    np.testing.assert_allclose(jacobian(square, x, method=method), np.diag(2 * x), atol=1e-9)
    assert x.tolist() == [1, 2, 3]


@pytest.mark.parametrize("method", ["complex", "central"])
@pytest.mark.parametrize("route", [derivative, jacobian])
def test_a_function_with_two_values_at_one_point_has_no_slope(route, method):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"^f must give one and the same value at one point"):
        route(lambda x: x * rng.random(x.shape), np.ones(4), method=method)


def test_no_alarm_for_a_user_who_asked_for_every_one():
    with np.errstate(all="raise"):
        assert derivative(np.exp, -600.0) == pytest.approx(np.exp(-600.0), rel=1e-14)
        assert gradient(lambda x: (1e-200 * x**2).sum(), [1.0, 0.0]).tolist() == [2e-200, 0]
