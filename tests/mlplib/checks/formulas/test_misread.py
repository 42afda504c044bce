"""Texts that are no formula: what is said about them, in the words of the question."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy

from mlplib.checks import Domain, ExerciseSet, Expression, Form, Practice, Status
from mlplib.checks.formulas.sympy_text import text_from_sympy
from mlplib.checks.formulas.tokens import NotAFormula
from tests.mlplib.checks.demo import DEMO


def test_the_arrow_stands_under_the_character():
    text = Practice(DEMO, "en").check("f", "σ(x)·(1−τ(x))").text
    formula, arrow = text.split("\n")[1:3]
    assert formula[arrow.index("↑")] == "τ"


@pytest.mark.parametrize(("left", "right"), ["«»", "“”", '""', "``", "$$"])
def test_within_quotation_marks_the_arrow_stands_under_the_character(left, right):
    text = Practice(DEMO, "en").check("f", f"{left} σ(x)·(1−τ(x)) {right}").text
    formula, arrow = text.split("\n")[1:3]
    assert formula[arrow.index("↑")] == "τ"
    assert Practice(DEMO, "en").check("f", f"{left} s(1-s) {right}").status is Status.RIGHT


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1/(1+np.square(-x))", "np.square at place 6 is not known here"),
        ("math.hypot(1, math.exp(x))", "math.hypot at place 1 is not known here"),
        (r"\partial s", "this LaTeX is not known here. Write plain text, such as a/b"),
        (r"\frac{1}{4}\,\mu", "this LaTeX is not known here"),
        ("Hx", "write H*x for the product"),
        ("xHs(1-s)", "write x*H*s for the product"),
        ("s(x)(1 - s(x))", "s stands for the number sigma(x): write s, not s(x)"),
        ("1 - s( x )^2", "write s, not s(x)"),
        ("1 - s^2(x)", "write s, not s(x)"),
        ("1 - s²(x)", "write s, not s(x)"),
        ("1 - s**2 (x)", "write s, not s(x)"),
        ("a(1-a)", "a at place 1 is not known here; the value sigma(x) is called s."),
        ("a(1-a)", "Known names: sigma, s, x. Write"),
        ("σ(1-σ)", "the value sigma(x) is called s here"),
        ("sigmoid*(1-sigmoid)", "the value sigma(x) is called s here"),
        ("tanh (", "ends too early"),
        ("tanh x", "in brackets at place 6.\n"),
        ("sigma(x, 1)", "sigma at place 1 takes one argument, not 2."),
        ("max(x)", "max at place 1 takes two arguments, separated by a comma, not 1."),
        ("D(x)", "is written D(formula, variable)"),
        ("D(x, x, x)", "is written D(formula, variable)"),
        ("sigma'''(x)", "too many primes"),
        ("max'(x, 1)", "too many primes"),
    ],
)
def test_what_is_not_read_is_told_how_to_write(typed, says):
    outcome = Practice(DEMO, "en").check("f", typed)
    assert outcome.status is Status.UNREAD
    assert says in outcome.text


def test_a_sympy_expression_of_many_parts_is_not_written_out():
    x = sympy.Symbol("x")
    with pytest.raises(NotAFormula):
        text_from_sympy(sympy.Add(*[x**k for k in range(300)]))
    outcome = Practice(DEMO, "en").check("f", sympy.Add(*[x**k for k in range(300)]))
    assert outcome.text.startswith("derivative is too long to be read as a formula")


def test_only_names_of_the_question_are_listed():
    verbs = Practice(DEMO, "en")
    assert "Known names: relu, x. Write" in verbs.check("m", "relu(y)").text
    derivation = verbs.check("g", ["D(1/(1 + exp(-x)), x)", "y"])
    assert "Known names: D, exp, s, sigma, x. Write" in derivation.text


def test_each_name_of_the_form_is_listed_once():
    step = Domain({"x": (-3, 3)}, {"H": "H(x)"})
    form = Form(frozenset({"H"}), frozenset({"x", "H"}))
    assert step.form_problem(step.read("relu(x)"), form).parameters["allowed"] == "H, x"
    assert step.allowed(Form(frozenset({"ind"}))) == ["ind", "H", "x"]


def test_without_a_form_every_function_is_listed():
    kind = Expression("x", Domain({"x": (-3, 3)}))
    exercise = replace(DEMO.exercises[5], kind=kind, misconceptions=())
    outcome = Practice(ExerciseSet("demo", DEMO.folder, (exercise,)), "en").check("f", "q")
    assert "Known names: x, exp, ln, sqrt, abs, sign," in outcome.text
