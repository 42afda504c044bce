"""Numbers and arrays of every kind: what is read as numbers, and how soon."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy

from mlplib.checks import Practice, Status
from tests.mlplib.checks.demo import DEMO, asked


def check(question, answer):
    return Practice(DEMO, "en").check(question, answer)


RIGHT = [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize(
    "answer",
    [
        np.array([[Fraction(1), 2.0], [3, Decimal(4)]], dtype=object),
        [[Fraction(1), Decimal(2)], [np.int8(3), 4.0]],
        [np.array([Fraction(1), Fraction(2)]), np.array([3, 4], dtype=object)],
        np.array(RIGHT, dtype=object),
    ],
)
def test_arrays_of_fractions_are_numbers(answer):
    assert check("c", answer).status is Status.RIGHT


@pytest.mark.parametrize("answer", [Fraction(1, 4), Decimal("0.25"), np.array(Fraction(1, 4))])
def test_numbers_of_every_kind_are_numbers(answer):
    assert check("a", answer).status is Status.RIGHT


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        (np.array([[1, "blue"], [3, 4]], dtype=object), "array.text"),
        (np.array([[1, 2j], [3, 4]], dtype=object), "array.dtype"),
        (np.array([[1, 2], [3]], dtype=object), "array.ragged"),
        ([np.array([1, {}], dtype=object), [3, 4]], "array.entry"),
    ],
)
def test_arrays_of_other_objects_are_not(answer, note):
    assert check("c", answer).note == note


X = sympy.Symbol("x")


@pytest.mark.parametrize(
    ("expected", "answer", "status"),
    [
        (69.0675, 10 * sympy.log(999), Status.RIGHT),
        (np.sqrt(2) / 2, sympy.cos(sympy.pi / 4), Status.RIGHT),
        (np.e, sympy.E, Status.RIGHT),
        (np.e / 2, sympy.exp(1) / 2, Status.RIGHT),
        (0.5, sympy.Integral(X, (X, 0, 1)), Status.UNREAD),
        (0.5, X / 2, Status.UNREAD),
        (0.5, sympy.factorial(10**9, evaluate=False), Status.UNREAD),
        (0.5, sympy.Pow(10, sympy.Pow(10, 10, evaluate=False), evaluate=False), Status.UNREAD),
        (0.5, sympy.Add(*[X**k for k in range(2000)]), Status.UNREAD),
    ],
)
def test_formulas_of_numbers_are_numbers_and_sympy_computes_nothing(expected, answer, status):
    assert asked("a", expected=float(expected)).check("a", answer).status is status


@pytest.mark.parametrize(
    "answer",
    [
        [[sympy.Integer(1), sympy.Rational(4, 2)], [sympy.Float(3.0), 4]],
        np.array([[sympy.Rational(2, 2), sympy.sqrt(4)], [3, 2 * sympy.log(sympy.exp(2))]]),
        sympy.Matrix([[1, 2], [3, 4]]),
        [np.array([1.0, 2.0]), (3, sympy.sqrt(2) * sympy.sqrt(8))],
    ],
)
def test_arrays_of_sympy_numbers_are_numbers(answer):
    assert check("c", answer).status is Status.RIGHT


@pytest.mark.parametrize(
    "answer",
    [
        "1/2, " * 300,
        [0] * 10**7,
        [[0] * 1000] * 999,
        [np.broadcast_to(0.0, (10**6, 10**6))],
        np.broadcast_to(np.array(Fraction(1), dtype=object), (10**4, 10**4)),
        np.array([[0] * 1000] * 999).tolist(),
    ],
)
def test_large_arrays_are_not_walked_through(answer):
    assert check("c", answer).note == "array.large"
