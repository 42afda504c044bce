"""Right values changed in one simple way: a sentence says in which, and it is true."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks import Array, Domain, Expression, Function, MatrixFormula, Number
from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.kinds.nearly import nearly
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.checks.session import Practice, practice
from tests.mlplib.checks.demo import DEMO, asked

RNG = np.random.default_rng(3)
BATCHES = tuple((RNG.normal(size=shape),) for shape in [(1, 3), (2, 3), (4, 2), (3, 3)])


def scaled(Z):
    return Z - Z.mean(axis=1, keepdims=True) + 0.1


def asked_for(kind, misconceptions=()):
    """Return a check of one question of this kind."""
    exercise = Exercise("c", "answer", "demo", kind, misconceptions)
    checks = Practice(ExerciseSet("demo", DEMO.folder, (exercise,)), "en")
    return lambda answer: checks.check("c", answer)


ROWS = asked_for(
    Function(scaled, scaled, BATCHES, others={"b": lambda Z: Z.sum(axis=0), "W": lambda Z: Z**2})
)


@pytest.mark.parametrize(
    ("answer", "note", "says"),
    [
        (lambda Z: -scaled(Z), "function.negated", "with the opposite sign"),
        (lambda Z: scaled(Z) / 2, "function.factor", "times 1/2, on every input"),
        (lambda Z: scaled(Z) * len(Z), "function.rows_times", "times the length of Z"),
        (lambda Z: scaled(Z) / len(Z), "function.rows_divided", "divided by the length of Z"),
        (lambda A: scaled(A) * A.shape[1], "function.columns_times", "number of columns of A"),
        (lambda A: scaled(A) / A.shape[1], "function.columns_divided", "number of columns of A"),
        (lambda Z: scaled(Z) + 1, "function.shifted", "plus 1, on every input"),
        (lambda Z: scaled(Z).T, "function.transposed", "the transpose"),
        (lambda Z: scaled(Z)[:, ::-1], "function.reversed", "in reverse order"),
        (lambda Z: np.sort(scaled(Z)), "function.permuted", "in another order"),
        (lambda Z: Z.sum(axis=0), "function.other", "with respect to b"),
        (lambda Z: Z * Z, "function.other", "with respect to W"),
        (lambda Z: scaled(Z) * (2 if len(Z) > 1 else 1), "function.entry", "expected"),
    ],
)
def test_a_function_is_told_how_its_values_are_changed(answer, note, says):
    outcome = ROWS(answer)
    assert outcome.note == note
    assert says in outcome.text


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        ([[1.0, 4.0], [2.0, 5.0], [3.0, 7.0]], "array.transposed"),
        ([[7, 5, 3], [4, 2, 1]], "array.permuted"),
        ([[1, 2, 3.5], [4, 5, 7]], "array.value"),
    ],
)
def test_an_array_is_told_how_its_entries_are_changed(answer, note):
    assert asked_for(Array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]))(answer).note == note


def test_a_formula_is_told_how_it_differs():
    check = asked_for(Expression("(p - t)/p", Domain({"p": (0.1, 0.9), "t": (0.1, 0.9)})))
    assert check("(t - p)/t").note == "formula.exchanged"
    assert "with p and t exchanged" in check("(t - p)/t").text
    assert check("p/(p - t)").note == "formula.inverted"
    assert check("p*(p - t)").note == "formula.value"


def test_a_derivative_is_to_be_worked_out_where_no_form_is_asked_for():
    check = asked_for(Expression("5*t^4", Domain({"t": (0.2, 2)})))
    assert check("D(t^5, t)").note == "formula.unworked"
    assert check("D(t^4, t)").note != "formula.unworked"
    assert check("5*t^4").status.value == "right"


def test_one_differentiates_with_respect_to_an_abbreviation():
    domain = Domain({"z": (-2, 2)}, {"a": "tanh(z)"})
    left, right = domain.read("D(a - a^3/3, a)"), domain.read("1 - a^2")
    assert domain.difference(left, right) is None
    assert domain.difference(domain.read("D(a, z)"), right) is None


def test_a_matrix_is_told_to_be_the_transpose():
    check = asked_for(MatrixFormula("D.T @ A", {"D": (5, 2), "A": (5, 3)}))
    assert check("A.T @ D").note == "matrix.transposed"


def test_one_number_alone_is_a_multiple_of_every_other():
    assert asked_for(Number(3.0))(9.0).note == "number.high"
    assert nearly([([3.0], [9.0])], Tolerance(1e-9, 0.0)) is None
    assert nearly([([3.0, np.inf], [6.0, np.inf])], Tolerance(1e-9, 0.0)) is None


def test_a_fraction_is_told_its_sign_and_that_it_was_rounded():
    check = practice("activations").check
    assert check("c", 9.5e-7).note == "rational.digits"
    assert check("c", -(0.25**10)).note == "rational.sign"


def test_a_named_slip_comes_first():
    known = wrong(overflow=lambda Z: -scaled(Z))
    assert asked_for(Function(scaled, scaled, BATCHES), known)(lambda Z: -scaled(Z)).note == (
        "misconception.overflow"
    )


def literal(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (lambda Z, c: -np.mean(literal(Z)[np.arange(len(c)), c]), "loss_without_logarithm"),
        (lambda Z, c: np.mean(np.log(literal(Z)[np.arange(len(c)), c])), "loss_sign"),
        (lambda Z, c: -np.mean(np.log(literal(literal(Z))[np.arange(len(c)), c])),
         "loss_of_softmax_twice"),
    ],
)  # fmt: skip
def test_a_slip_without_the_shift_is_named_and_large_scores_are_mentioned(answer, slip):
    outcome = practice("softmax").check("k", answer)
    assert outcome.note == f"misconception.{slip}"
    assert "Besides, something else happens at large arguments" in outcome.text


def test_what_only_goes_wrong_far_out_is_no_slip_of_ordinary_inputs():
    outcome = practice("softmax").check("k", lambda Z, c: np.mean(
        np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(c)), c]))  # fmt: skip
    assert outcome.note == "misconception.loss_overflows"
    assert "Besides" not in outcome.text


def test_an_infinite_value_is_told_with_the_warning():
    outcome = asked("k").check("k", lambda x: np.log(1 + np.exp(x)))
    assert outcome.note == "function.value"
    assert "On the way NumPy warns: overflow encountered in exp." in outcome.text


@pytest.mark.parametrize(
    ("question", "answer", "read"),
    [
        ("q", "-t/p + 1-t/(1-p)", "(−t/p) + 1 − (t/(1 − p))"),
        ("q", "(p-t)/p(1-p)", "((p − t)/p)·(1 − p)"),
        ("s", "2*(p-t)*p*1-p", "2·(p − t)·p·1 − p"),
        ("s", "2(p-t)^2", "2·((p − t)^2)"),
        ("r", "p t", "p·t"),
        ("r", "p + t", None),
    ],
)
def test_a_wrong_formula_is_shown_as_it_was_read(question, answer, read):
    text = practice("softmax").check(question, answer).text
    assert ("It was read as" in text) == (read is not None)
    assert read is None or text.endswith(f"\n    {read}")
