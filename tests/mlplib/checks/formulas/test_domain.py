"""Formulas of a question: what counts as equal, what has the form asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from mlplib.checks import Form
from tests.mlplib.checks.formulas.written import FORMULAS, X, same


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


def test_names_may_be_given_as_a_text_or_as_a_collection():
    assert Form(functions="exp ln", symbols="x", required="exp") == Form(
        frozenset({"exp", "ln"}), ["x"], {"exp"}
    )
    assert Form().functions == frozenset()
    assert Form().symbols is None, "every variable is allowed"
    assert Form(symbols="").symbols == frozenset(), "none is"
