"""Reading formulas: what is typed is what is meant, and a failure says where."""

from __future__ import annotations

import pytest

from mlplib.checks import Domain
from mlplib.checks.formulas.domain import names_in
from mlplib.checks.formulas.tokens import NotAFormula
from tests.mlplib.checks.formulas.written import X, same


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2x", "2*x"),
        ("٢x + ۲ + २", "2x + 4"),
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
        ("2½x", "(2+1/2)*x"),
        ("1¼", "1+1/4"),
        ("12½/3", "(12+1/2)/3"),
        ("x²½", "x^2/2"),
        ("x½ + ¾", "x/2 + 3/4"),
        ("« 1 - x^2 »", "1 - x^2"),
        ("“1 - x^2”", "1 - x^2"),
        ('"1 - x^2"', "1 - x^2"),
        ("`1 - x^2`", "1 - x^2"),
        ("$1 - x^2$", "1 - x^2"),
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


@pytest.mark.parametrize(
    ("together", "apart"),
    [
        ("kx", "k*x"),
        ("kx^2", "k*x^2"),
        ("xkx(1-s)", "x*k*x*(1 - s)"),
        ("xsigma(k)", "x*sigma(k)"),
        ("xσ(kx)", "x*sigma(k*x)"),
        ("xH(x)", "x*H(x)"),
        ("e^kx", "e^k*x"),
        ("ke^x", "k*e^x"),
    ],
)
def test_names_that_stand_together_are_a_product(together, apart):
    assert same(together, apart)
