"""What is said beside an exception: where it happened, and what to do about it."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks import Practice, Status
from mlplib.checks.code.advice import _one_a_row
from tests.mlplib.checks.demo import DEMO, asked, sigma


def check(question, answer):
    return Practice(DEMO, "en").check(question, answer)


def test_the_failing_line_is_the_students_own():
    def sigma_prime(x):
        s = 1 / (1 + np.exp(-x))
        return s * np.linalg.norm(1 - s, ord="oops")

    outcome = check("e", sigma_prime)
    assert outcome.status is Status.ERROR
    assert "raised ValueError" in outcome.text
    assert "line 3 of sigma_prime" in outcome.text
    assert '    return s * np.linalg.norm(1 - s, ord="oops")' in outcome.text


def test_a_condition_on_an_array_gets_advice():
    def sigma_prime(t):
        return sigma(t) * (1 - sigma(t)) if t > -9 else 0.0

    outcome = check("e", sigma_prime)
    assert outcome.status is Status.ERROR
    assert outcome.text.endswith(
        "\nt is an array: use np.where, np.maximum or an indicator instead of if and max."
    )


def test_a_condition_that_failed_later_explains_an_earlier_shape():
    probes = tuple((np.atleast_1d(x),) for x in (-1.0, np.array([1.0, -1.0])))
    verbs = asked("l", probes=probes, forbidden=())
    assert "x is an array: use np.where" in verbs.check("l", lambda x: max(x, 0)).text
    assert verbs.check("l", lambda x: max(x[0], 0)).note == "function.shape"


def test_advice_names_nothing_that_is_forbidden():
    for verbs in (asked("l"), asked("l", forbidden=(), only=("indicator",))):
        outcome = verbs.check("l", lambda t: max(t, 0))
        assert outcome.text.endswith("\nt is an array: use an indicator instead of if and max.")
    elsewhere = check("l", lambda x: np.maximum(x, 0) if np.ndim(x) == 0 else x + "0")
    assert elsewhere.status is Status.ERROR
    assert "is an array" not in elsewhere.text


def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


BATCH = np.array([[0.5, 1.0, -1.0], [2.0, 0.0, 0.25]])
ROWS = asked("e", reference=softmax, oracle=softmax, probes=((BATCH[:1],), (BATCH,)))


@pytest.mark.parametrize(
    ("function", "advice"),
    [
        (lambda X: np.exp(X - X.max(axis=1)), "keepdims=True, or write m[:, None]."),
        (lambda X: X.max(axis=1) - X, "keepdims=True, or write m[:, None]."),
        (lambda X: X - np.zeros(4), None),
        (lambda X: np.exp(X - max(X)), "Python's max does not know rows: use X.max(axis=...)."),
        (lambda X: X - min(X), "Python's min does not know rows: use X.min(axis=...)."),
        (lambda X: np.exp(X - max(X, 0)), "or an indicator instead of if and max."),
        (lambda X: X(1 - X), "write a product with *, X*(...)."),
        (lambda X: (X > 0) - (X < 0), "make numbers of them first, with indicator(...)."),
        (lambda X: -(X > 0), "make numbers of them first, with indicator(...)."),
        (lambda X: X + "0", None),
    ],
)
def test_what_python_says_is_explained(function, advice):
    outcome = ROWS.check("e", function)
    assert outcome.status is Status.ERROR
    # The line above the advice is the student's own, here with the words that are expected.
    last = outcome.text.split("\n")[-1]
    assert last.endswith(advice) if advice else last.startswith("    ")


def test_a_product_without_its_sign_is_told_of_a_variable_of_ones_own():
    def sigma_prime(x):
        s = sigma(x)
        return s (1 - s)  # fmt: skip

    assert "write a product with *, s*(...)." in check("e", sigma_prime).text


def test_changing_the_argument_is_told_in_the_students_own_names():
    def relu(signal):
        if np.ndim(signal):
            signal[signal < 0] = 0
        return np.maximum(signal, 0)

    text = check("l", relu).text
    assert "Work on a copy: begin with signal = signal.copy()." in text


@pytest.mark.parametrize(
    ("shapes", "met"),
    [
        ("(2,3) (2,)", True),
        ("(2,) (2,3)", True),
        ("(3,3) (3,)", False),
        ("(2,3) (4,)", False),
        ("(2,3) (3,2)", False),
    ],
)
def test_one_number_a_row_is_told_from_one_a_column(shapes, met):
    assert _one_a_row(f"operands could not be broadcast together with shapes {shapes} ") is met
