"""Formulas: what is read, what counts as equal, what has the form asked for."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import given, settings, strategies as st

from mlplib.checks import Domain, Form, Practice, Status
from mlplib.checks.formulas.domain import names_in
from mlplib.checks.formulas.evaluation import value
from mlplib.checks.formulas.grammar import parse
from mlplib.checks.formulas.tokens import NotAFormula
from tests.mlplib.checks.demo import DEMO

X = Domain({"x": (-3, 3), "k": (1, 2)}, {"s": "sigma(x)"})


def same(left: str, right: str) -> bool:
    return X.difference(X.read(left), X.read(right)) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2x", "2*x"),
        ("s(1-s)", "s*(1 - s)"),
        ("(1-s)(1+s)", "1 - s**2"),
        ("x²", "x^2"),
        ("e⁻ˣ", "exp(-x)"),
        ("e^-x", "exp(-x)"),
        ("σ(x)·(1−σ(x))", "sigma(x)*(1-sigma(x))"),
        ("sigmoid(k x)", "1/(1+exp(-k*x))"),
        ("tanh^2(x)", "tanh(x)**2"),
        ("1_{x>0}", "H(x)"),
        ("ind(x >= 0) - ind(x < 0)", "sign(x)"),
        ("𝟙(x>0) x", "relu(x)"),
        ("max(0, x)", "relu(x)"),
        ("ln(x²)", "log(x**2)"),
        ("-x^2", "0 - x*x"),
        ("2^-x", "1/2^x"),
        ("2^3^2", "512"),
        ("6/2x", "3*x"),
        ("½ x", "x/2"),
        ("σ'(x)", "s(1-s)"),
        ("sigma_prime(x)", "D(sigma(x), x)"),
        ("d/dx(softplus(x))", "sigma(x)"),
        ("softplus''(x)", "s(1-s)"),
        ("D(s, x)", "s - s^2"),
        ("diff(exp(k x), k)", "x exp(k x)"),
        ("tanh(x)", "2σ(2x) − 1"),
        ("1 - tanh(x)^2", "4exp(2x)/(exp(2x)+1)^2"),
        ("(cosh(x)-1)/(cosh(x)+sinh(x))", "(1-e^-x)^2/2"),
        ("softplus(x) - softplus(-x)", "x"),
        ("1e-3 x", "x/1000"),
        ("artanh(tanh(x))", "x"),
        ("|x|", "abs(x)"),
        ("2|x||k|x", "2 abs(x) abs(k) x"),
        ("softplus(-|x|)(|x|)", "ln(1+e^-|x|)*abs(x)"),
        ("||x - k| - |x||", "abs(abs(x - k) - abs(x))"),
        ("|(|x|)|^2", "x^2"),
        ("|x(|x| - 1)|", "abs(x (abs(x) - 1))"),
        ("s(1 - x)", "s*(1 - x)"),
        ("s(s)", "s^2"),
        ("s*(x)", "x s"),
        ("k(x)", "k*x"),
        ("s^2(1 - x)", "s*s*(1 - x)"),
        ("log1p(exp(x))", "softplus(x)"),
        ("expit(x)", "s"),
    ],
)
def test_what_is_typed_is_what_is_meant(typed, meant):
    assert same(typed, meant)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exp(-x)/(1+exp(-2x))", "s(1-s)"),
        ("s(1+s)", "s(1-s)"),
        ("0.333333333333333333333333", "1/3"),
        ("x + 1e-25", "x"),
        ("H(x)", "ind(x>1)"),
    ],
)
def test_what_differs_a_little_differs(left, right):
    assert not same(left, right)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("|x", 2),
        ("(|x)", 3),
        ("|x)", 2),
        (")", 0),
        ("x|", 2),
        ("s*(1-s", 6),
        ("s ? x", 2),
        ("σ(x)²+q", 6),
        ("2 + + * x", 6),
        ("", 0),
        ("sigma x", 6),
    ],
)
def test_a_failure_points_at_the_character(text, position):
    with pytest.raises(NotAFormula) as caught:
        X.read(text)
    assert caught.value.position == position


def test_a_variable_named_like_a_function_is_both():
    step = Domain({"x": (-3, 3)}, {"H": "H(x)"})
    assert step.difference(step.read("H x"), step.read("H(x) x")) is None
    assert names_in(step.read("H x")) == ["H", "x"]


FORMULAS = st.recursive(
    st.sampled_from(["x", "k", "s", "2", "0.5", "pi"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("{}({})".format, st.sampled_from(["sigma", "tanh", "softplus", "cos"]), inner),
        st.builds("tanh({})^2".format, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(a=FORMULAS, b=FORMULAS)
def test_a_formula_equals_itself_rewritten(a, b):
    assert same(f"{a} + {b}", f"{b} + {a}")
    assert same(f"({a})({b} + 1)", f"({a})*({b}) + ({a})")
    assert same(f"ln(exp(tanh({a})))", f"2σ(2({a})) − 1")
    assert same(f"D({a}, x) + D({b}, x)", f"D({b} + {a}, x)")


@settings(max_examples=60)
@given(a=FORMULAS, b=FORMULAS)
def test_a_formula_differs_from_itself_changed(a, b):
    assert not same(a, f"{a} + 1/10^12")
    assert not same(f"{a} + x", f"{a} - x")
    assert not same(f"({b})^2 + 1", f"(({b})^2 + 1)(1 + x/10^9)")


@settings(max_examples=60)
@given(formula=FORMULAS)
def test_values_agree_with_numpy(formula):
    names = {
        "x": 0.75, "k": 1.25, "s": 1 / (1 + np.exp(-0.75)), "pi": np.pi, "tanh": np.tanh,
        "cos": np.cos, "sigma": lambda x: 1 / (1 + np.exp(-x)),
        "softplus": lambda x: np.logaddexp(0, x),
    }  # fmt: skip
    expected = eval(formula.replace("^", "**"), names)
    node = parse(formula, ["x", "k", "s"])
    got = value(node, {"x": 0.75, "k": 1.25}, {"s": parse("sigma(x)", ["x"])})
    assert float(got) == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("typed", "extra"),
    [
        ("s(1-s)", None),
        ("σ(x)σ(-x)", None),
        ("x", None),
        ("σ'(x)", "sigma'"),
        ("e^-x/(1+e^-x)^2", "exp"),
        ("2^x", "exp"),
        ("D(sigma(x), x)", "D"),
        ("tanh(x) + ln(k)", "tanh, ln"),
    ],
)
def test_the_form_is_judged_on_the_formula_as_written(typed, extra):
    problem = X.form_problem(X.read(typed), Form(frozenset({"sigma"})))
    assert (problem.parameters["extra"] if problem else None) == extra


def test_symbols_and_required_names_are_part_of_the_form():
    only_s = Form(frozenset(), symbols=frozenset({"s"}), required=frozenset({"s"}))
    assert X.form_problem(X.read("s - s^2"), only_s) is None
    assert X.form_problem(X.read("s - s x"), only_s).parameters["extra"] == "x"
    assert X.form_problem(X.read("1"), only_s).key == "formula.required"


@pytest.mark.parametrize(
    "build",
    [
        lambda x: sympy.exp(-x) / (1 + sympy.exp(-x)) ** 2,
        lambda x: sympy.diff(1 / (1 + sympy.exp(-x)), x),
        lambda x: sympy.Function("sigma")(x) * (1 - sympy.Function("sigma")(x)),
        lambda x: sympy.Derivative(sympy.Function("sigma")(x), x),
        lambda x: (1 - sympy.tanh(x / 2) ** 2) / 4,
        lambda x: sympy.Abs(sympy.Heaviside(5 + x) / (2 + 2 * sympy.cosh(x))),
    ],
)
def test_sympy_expressions_are_read_too(build):
    outcome = Practice(DEMO, "en").check("f", build(sympy.Symbol("x")))
    assert outcome.status in (Status.RIGHT, Status.ALMOST)
