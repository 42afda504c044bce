"""Formulas at points: the names and digits that evidence needs, and what takes too long."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks import Domain, Practice
from mlplib.checks.formulas.points import Undefined
from tests.mlplib.checks.demo import DEMO

X = Domain({"x": (-3, 3), "k": (1, 2)}, {"s": "sigma(x)"})


def same(left: str, right: str) -> bool:
    return X.difference(X.read(left), X.read(right)) is None


@pytest.mark.parametrize(
    "text",
    [
        "10^10^10",
        "x^(10^300000)",
        "exp(exp(exp(exp(exp(x + 9)))))",
        "cos(10^9)",
        "D(" * 4 + "sigma(x)" + ", x)" * 4,
        "softplus''(x) + D(D(D(D(x s, x), x), x), x)",
    ],
)
def test_what_would_take_too_long_is_answered_at_once(text):
    with pytest.raises(Undefined) as caught:
        X.difference(X.read(text), X.read("x"))
    assert caught.value.key == "formula.huge"


def test_three_derivatives_inside_each_other_are_computed():
    assert same("D(D(D(sigma(x), x), x), x)", "D(sigma''(x), x)")
    assert same("D(D(x^5, x), x)", "20x^3")


def test_a_formula_without_a_value_says_where():
    with pytest.raises(Undefined) as caught:
        X.difference(X.read("1/(x-x)"), X.read("x"))
    assert "has no real value at x = " in caught.value.finding().key.replace(
        "formula.undefined", "has no real value at x = "
    )


def test_evidence_has_as_many_digits_as_it_takes():
    text = Practice(DEMO, "en").check("f", "s(1-s) + 1e-20*x").text.split("\n")[0]
    yours, expected = text.split(" yours is ")[1].rstrip(".").split(", expected ")
    assert yours != expected


def test_what_rounding_leaves_of_nothing_is_told_as_0():
    assert " yours is 0, expected " in Practice(DEMO, "en").check("f", "cos(pi/2)").text


@pytest.mark.parametrize("answer", ["10^400*s*(1 - s)", "s*(1 - s)/10^400", "s*(1 - s) + 10^400"])
def test_a_number_that_no_float_holds_is_told_as_a_value(answer):
    assert Practice(DEMO, "en").check("f", answer).note == "formula.value"


@pytest.mark.parametrize(
    ("left", "right", "names"),
    [
        ("s(1+s)", "s(1-s)", ["s"]),
        ("x*s", "s", ["x", "s"]),
        ("x", "k*x", ["x", "k"]),
        ("1", "2", ["x", "k"]),
    ],
)
def test_a_point_is_told_in_the_names_that_the_formulas_use(left, right, names):
    told = X.difference(X.read(left), X.read(right)).where
    assert [part.split(" = ")[0] for part in told.split(", ")] == names


def test_the_value_of_an_abbreviation_is_told():
    with pytest.raises(Undefined) as caught:
        X.difference(X.read("1/(s - s)"), X.read("s"))
    at = float(caught.value.where.removeprefix("s = "))
    assert any(at == pytest.approx(1 / (1 + np.exp(-p["x"])), rel=1e-5) for p in X.points)
