"""Formulas of matrices, derivations with them, and shapes by name: read, valued, told apart."""

import re
from pathlib import Path

import numpy as np
import pytest

from mlplib.checks import Exercise, ExerciseSet, MatrixDerivation, MatrixFormula, Practice, Shapes
from mlplib.checks.authoring.audit import faults
from mlplib.checks.formulas.matrices import NotAMatrix, drawn, parse
from mlplib.checks.misconception import wrong
from mlplib.language import words

BATCH = {"D": (5, 2), "A": (5, 3), "W": (2, 3), "V": (2, 3)}
SET = ExerciseSet(
    "matrices",
    Path(__file__).parent,
    (
        Exercise("a", "dW", "demo", MatrixFormula("D.T @ A", BATCH), wrong(turned_round="A.T @ D")),
        Exercise(
            "b",
            "lines",
            "demo",
            MatrixDerivation(
                ("tr(D.T @ A @ V.T)", "tr(V.T @ D.T @ A)", "tr((D.T @ A).T @ V)"),
                BATCH,
                "tr((…).T @ V)",
            ),
            wrong(moved_twice="tr(V.T @ V)"),
        ),
        Exercise(
            "c",
            "shapes",
            "demo",
            Shapes({"D": (5, 2), "b": (2,), "W": (2, 3)}),
            wrong(per_example={"b": (5, 2)}),
        ),
    ),
)
GIVEN = "tr(D.T @ A @ V.T)"


def note(question: str, answer: object) -> str:
    return Practice(SET, "en").check(question, answer).note


def test_the_set_is_sound():
    assert faults(SET) == []


@pytest.mark.parametrize(
    "answer",
    ["D.T @ A", "D.T@A", "(A.T @ D).T", "np.transpose", "D⊤ @ A", "2*D.T @ A/2", "(A⊤ @ D)⊤"],
)
def test_whatever_has_the_value_is_right(answer: str):
    expected = "matrix.name" if "np" in answer else "answer.right"
    assert note("a", answer) == expected


SEEN = {
    "matrix.type": ("a", 3),
    "matrix.long": ("a", "(" * 100 + "D"),
    "matrix.unexpected": ("a", "D.T @ @ A"),
    "matrix.sign": ("a", "D.T 2"),
    "matrix.ends": ("a", "(D.T @ A"),
    "matrix.power": ("a", "D ** A"),
    "matrix.name": ("a", "__import__"),
    "matrix.product": ("a", "D @ A"),
    "matrix.entrywise": ("a", "D.T * A"),
    "matrix.square": ("a", "tr(D)"),
    "matrix.column": ("a", "outer(D, A)"),
    "matrix.huge": ("a", "kron(kron(D, A), kron(D, A))"),
    "matrix.shape": ("a", "D @ W"),
    "matrix.negated": ("a", "-(D.T @ A)"),
    "matrix.factor": ("a", "3 * D.T @ A"),
    "matrix.value": ("a", "D.T @ A + W"),
    "matrix.step_shape": ("b", [GIVEN, "D.T @ A"]),
    "matrix.step": ("b", [GIVEN, "tr(V.T @ W)"]),
    "matrix.form": ("b", [GIVEN, "tr(V.T @ D.T @ A)"]),
    "matrix.short": ("b", [GIVEN, "tr((D.T @ A).T @ V)"]),
    "shapes.type": ("c", (5, 2)),
    "shapes.text": ("c", "five by two"),
    "shapes.names": ("c", {"D": (5, 2)}),
    "shapes.shape": ("c", {"D": 2.5, "b": (2,), "W": (2, 3)}),
    "shapes.axes": ("c", {"D": (5, 2), "b": (2, 1), "W": (2, 3)}),
    "shapes.turned": ("c", {"D": (2, 5), "b": (2,), "W": (2, 3)}),
    "shapes.value": ("c", {"D": (5, 3), "b": (2,), "W": (2, 3)}),
}


def test_each_message_has_an_example():
    told = {key for key in words("en") if key.split(".")[0] in ("matrix", "shapes")}
    assert set(SEEN) == told - {"matrix.transposed"}  # that is a named slip here


@pytest.mark.parametrize("key", SEEN)
def test_a_message_is_seen_when_it_should_be(key: str):
    question, answer = SEEN[key]
    outcome = Practice(SET, "en").check(question, answer)
    assert outcome.note == key
    assert "{" not in outcome.text.replace('{"W1": (2, 3)}', "")


def test_shapes_that_do_not_fit_are_named():
    said = Practice(SET, "en").check("a", "D @ A").text
    assert {"(5, 2)", "(5, 3)"} <= set(re.findall(r"\(.*?\)", said))


def test_the_first_wrong_line_is_named():
    lines = [GIVEN, "tr(V.T @ D.T @ A)", "tr(V.T @ W)", "tr((D.T @ A).T @ V)"]
    assert Practice(SET, "en").check("b", lines).text.startswith("Line 3 of lines")


def test_a_chain_on_one_line_and_lines_without_the_given_one_are_taken():
    assert note("b", "= tr(V.T @ D.T @ A) = tr((D.T @ A).T @ V)") == "answer.right"
    assert note("b", [GIVEN]) == note("b", "tr(D.T@A@V.T)") == "derivation.blank"


def test_the_form_cannot_be_reached_by_hiding_the_move():
    for last in ("tr((tr(D.T @ A @ V.T)).T @ V)", "tr((D.T @ A).T @ V + 0*W.T@W)"):
        assert note("b", [GIVEN, "tr(V.T @ D.T @ A)", last]) != "answer.right"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-A + A", lambda m: 0 * m["A"]),
        ("1 - A**2", lambda m: 1 - m["A"] ** 2),
        ("D @ W * tanh(A) - A/2", lambda m: (m["D"] @ m["W"]) * np.tanh(m["A"]) - m["A"] / 2),
        ("vec(W)", lambda m: m["W"].T.reshape(-1, 1)),
        ("W ⊗ D", lambda m: np.kron(m["W"], m["D"])),
        ("kron(W, D)", lambda m: np.kron(m["W"], m["D"])),
        ("diag(vec(W))", lambda m: np.diag(m["W"].ravel(order="F"))),
        ("tr(W @ V.T)", lambda m: np.array([[(m["W"] * m["V"]).sum()]])),
        ("exp(W) ⊙ V", lambda m: np.exp(m["W"]) * m["V"]),
    ],
)
def test_values_are_those_of_numpy(text: str, value):
    given = drawn(BATCH, 7)
    assert np.allclose(parse(text, BATCH).value(given), value(given))


@pytest.mark.parametrize("text", ["", "D 2", "1e5", "D.T.", "tr D", "-" * 200 + "D", "D[0]", "ä"])
def test_no_text_is_more_than_a_formula(text: str):
    with pytest.raises(NotAMatrix):
        parse(text, BATCH)


def test_a_wrong_formula_is_shown_as_it_was_read():
    text = Practice(SET, "en").check("a", "D.T @ A * 1 - W / 2").text
    assert text.endswith("It was read as\n    ((D.T @ A) * 1) - (W / 2)")
    assert "read as" not in Practice(SET, "en").check("a", "A.T @ D").text


def test_padding_and_brackets_make_no_new_line():
    for same in ("2*(D.T @ A)/2", "((D.T @ A))", "D.T.T.T @ A", "D.T @ A + W - W", "-(-D.T @ A)"):
        assert parse(same, BATCH).normal == parse("D.T @ A", BATCH).normal
    assert parse("D.T @ (A @ V.T)", BATCH).normal != parse("D.T @ A @ V.T", BATCH).normal
