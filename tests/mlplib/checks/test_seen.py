"""Each message of a check is seen: the answer that brings it about."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from mlplib.checks import Practice
from mlplib.language import words
from tests.mlplib.checks.demo import DEMO, sigma_prime

WORDS = words("en")


def mutating(x):
    s = 1 / (1 + np.exp(-x))
    if isinstance(x, np.ndarray):
        x[...] = 7
    return s * (1 - s)


def forgetful(x):
    if np.ndim(x) == 0:
        return sigma_prime(x)
    return None


def unfinished(x):
    raise NotImplementedError


def failing(x):
    return x + undefined_name  # noqa: F821


def warning(x):
    with np.errstate(invalid="ignore"):
        return np.where(x > 0, x + np.log1p(np.exp(-x)), np.log1p(np.exp(x)))


def stable(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def scale(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s) * (1 + 1e-3 * (np.abs(x) > 1.5))


class Unreadable:
    @property
    def __class__(self):
        raise RuntimeError("keep out")


GIVEN = "D(1/(1 + exp(-x)), x)"
BIG = np.broadcast_to(0.0, (10**6, 10**6))
SEEN = {
    "answer.right": ("a", 0.25),
    "answer.blank": ("a", ...),
    "answer.unreadable": ("a", Unreadable()),
    "answer.unknown": ("nowhere", 1),
    "answer.which": (7, 1),
    "answer.swapped": (7, "a"),
    "number.type": ("a", {}.keys()),
    "number.text": ("a", "a little"),
    "number.long": ("a", "0" * 3000),
    "number.beside": ("a", "2 1/4"),
    "number.commas": ("a", "1,250"),
    "number.grouped": ("a", (84, 0)),
    "number.pair": ("a", (0, 25)),
    "number.shape": ("a", [0.25]),
    "number.finite": ("a", np.nan),
    "number.huge": ("a", 10**400),
    "number.sign": ("a", -0.25),
    "number.factor": ("a", 0.5),
    "number.turned": ("a", 4),
    "number.percent": ("a", 25),
    "number.point": ("a", 2.5),
    "number.low": ("a", 0.2),
    "number.high": ("a", 0.3),
    "rational.value": ("b", Fraction(2, 3)),
    "rational.sign": ("b", "-3/4"),
    "rational.form": ("b", 0.75000001),
    "rational.text": ("b", "three parts of four"),
    "array.type": ("c", {1: 2}),
    "array.written": ("c", "[[1, 2], [3, 4]"),
    "array.text": ("c", [[1, 2], [3, "blue"]]),
    "array.beside": ("c", "1, 2 1/2; 3, 4"),
    "array.deep": ("c", "[" * 20 + "1" + "]" * 20),
    "array.entry": ("c", [[1, 2], [3, {}]]),
    "array.matrix": ("c", np.array([[1.0, 2.0], [3.0, 4.0]]).view(np.matrix)),
    "array.masked": ("c", np.ma.array([[1.0, 2.0], [3.0, 4.0]], mask=False)),
    "array.large": ("c", BIG),
    "array.ragged": ("c", [[1, 2], [3]]),
    "array.dtype": ("c", np.array([[1, 2], [3, 4j]])),
    "array.shape": ("c", [[1, 2, 3]]),
    "array.reshaped": ("c", [[1, 2, 3, 4]]),
    "array.signs": ("c", [[1, 2], [3, -4]]),
    "array.single": ("c", 3.0),
    "array.finite": ("c", [[1, 2], [np.inf, 4]]),
    "array.negated": ("c", [[-1, -2], [-3, -4]]),
    "array.factor": ("c", [[2, 4], [6, 8]]),
    "array.shifted": ("c", [[2, 3], [4, 5]]),
    "array.reversed": ("c", [[3, 4], [1, 2]]),
    "array.permuted": ("c", [[4, 1], [2, 3]]),
    "array.value": ("c", [[1, 2], [5, 4]]),
    "shape.type": ("d", 5.3),
    "shape.text": ("d", "five by three"),
    "shape.number": ("d", 5),
    "shape.entry": ("d", (5, 3.0)),
    "shape.axes": ("d", (5, 3, 2)),
    "shape.ones": ("d", (5, 3, 1)),
    "shape.counted": ("d", (15,)),
    "shape.value": ("d", (5, 4)),
    "function.type": ("e", 0.25),
    "function.blank": ("e", unfinished),
    "function.nothing": ("e", lambda x: None),
    "function.forgot": ("e", forgetful),
    "function.raises": ("e", np.linalg.inv),
    "function.raises_line": ("e", failing),
    "function.result": ("e", lambda x: "x"),
    "function.mutates": ("e", mutating),
    "function.array": ("e", lambda x: np.array(x, dtype=complex)),
    "function.large": ("e", lambda x: [0.25] * 10**6),
    "function.scalar": ("e", lambda x: np.zeros(3)),
    "function.shape": ("e", lambda x: scale(x)[:2] if np.ndim(x) else sigma_prime(x)),
    "function.value": ("e", lambda x: x),
    "function.entry": (
        "e",
        lambda x: scale(x) if np.ndim(x) else sigma_prime(x),
    ),
    "function.matrix": ("e", lambda x: np.atleast_2d(x).view(np.matrix)),
    "function.masked": ("e", lambda x: np.ma.masked_array(x, mask=False)),
    "function.negated": ("e", lambda x: -sigma_prime(x)),
    "function.factor": ("e", lambda x: 3 * sigma_prime(x)),
    "function.shifted": ("e", lambda x: sigma_prime(x) + 1),
    "function.digits": ("k", lambda x: stable(x) * (1 + 3e-7)),
    "function.entry_digits": ("k", lambda x: stable(x) * (1 + 3e-7 * (np.ndim(x) > 0))),
    "function.forbidden": ("l", lambda x: np.where(x > 0, x, np.zeros_like(x))),
    "function.dtype": ("l", lambda x: np.maximum(np.asarray(x, dtype=float), 0)),
    "function.warning": ("k", warning),
    "formula.type": ("f", 3),
    "formula.long": ("f", "x" * 3000),
    "formula.character": ("f", "s ? x"),
    "formula.equation": ("f", "1 - y = s(1-s)"),
    "formula.numbers": ("f", "s*1.0.5"),
    "formula.comma": ("f", "0,5*s"),
    "formula.negated": ("f", "-s(1-s)"),
    "formula.factor": ("f", "3s(1-s)"),
    "formula.inverted": ("f", "1/(s(1-s))"),
    "formula.shifted": ("f", "s(1-s) + 2"),
    "formula.times": ("f", "s(1-s)*x"),
    "formula.divided": ("f", "1 - s"),
    "formula.digits": ("f", "1" * 40),
    "formula.deep": ("f", "(" * 100 + "x" + ")" * 100),
    "formula.unexpected": ("f", "s * * x"),
    "formula.ends": ("f", "s*(1-s"),
    "formula.expected": ("f", "s*(x, s)"),
    "formula.name": ("m", "__import__('os')"),
    "formula.called": ("f", "__import__('os')"),
    "formula.product": ("f", "s(1-Hx)"),
    "formula.number": ("f", "s(x)(1-s(x))"),
    "formula.latex": ("f", r"\partial s"),
    "formula.brackets": ("f", "tanh x"),
    "formula.brackets_called": ("f", "sigma(1-sigma)"),
    "formula.argument": ("f", "sigma(x, x)"),
    "formula.arguments": ("f", "max(x)"),
    "formula.primes": ("f", "sigma'''(x)"),
    "formula.derivative": ("f", "D(sigma(x), 2)"),
    "formula.condition": ("f", "ind(x)"),
    "formula.undefined": ("f", "ln(-4 - x)"),
    "formula.huge": ("f", "10**10**10"),
    "formula.value": ("f", "s*(2-s)"),
    "formula.form": ("f", "exp(-x)/(1+exp(-x))^2"),
    "formula.required": ("m", "x"),
    "derivation.type": ("g", 7),
    "derivation.long": ("g", ["x"] * 50),
    "derivation.blank": ("g", [GIVEN, ...]),
    "derivation.first": ("g", ["sigma(x)", "s(1-s)"]),
    "derivation.step": ("g", [GIVEN, "2x"]),
    "derivation.end": ("g", ["sigma(x)*(1 - sigma(x))"]),
    "derivation.short": ("g", [GIVEN, "s(1-s)"]),
    "choice.type_one": ("h", 1),
    "choice.type_several": ("i", 1),
    "choice.many": ("h", list(range(200))),
    "choice.letter": ("h", "Q"),
    "choice.letters": ("i", "all but C"),
    "choice.one": ("h", ["A", "B"]),
    "choice.missing": ("i", "A"),
}
ADDED = {
    "answer.failed", "answer.missing", "answer.several", "answer.named", "choice.others",
    "derivation.line", "derivation.known", "formula.read", "function.booleans", "function.far",
    "function.keepdims", "function.product", "function.rows", "function.truth",
    "function.truth_indicator", "function.warned",
}  # fmt: skip
NOT_IN_DEMO = {"array.digits", "function.only", "number.digits"}
NOT_IN_DEMO |= {f"function.{way}" for way in ("transposed", "reversed", "permuted", "other")}
NOT_IN_DEMO |= {
    f"function.{of}_{way}" for of in ("rows", "columns") for way in ("times", "divided")
}
NOT_IN_DEMO |= {
    "array.transposed",
    "array.pairs",
    "formula.exchanged",
    "number.thousands",
    "shape.permuted",
    "formula.unworked",
    "rational.digits",
}  # test_near_misses.py and tests/exercises/test_unusual_answers.py see these
# tests/mlplib/checks/kinds/test_matrix.py sees each of [matrix] and [shapes], test_more.py those
# of the kinds that the demonstration does not have.
KINDS = {"answer", "number", "rational", "array", "shape", "function", "formula", "derivation"}
KINDS |= {"choice"}


def test_each_message_of_a_check_has_an_example():
    checked = {key for key in WORDS if key.split(".")[0] in KINDS}
    assert set(SEEN) == checked - ADDED - NOT_IN_DEMO


@pytest.mark.parametrize("key", SEEN)
def test_a_message_is_seen_when_it_should_be(key):
    question, answer = SEEN[key]
    outcome = Practice(DEMO, "en").check(question, answer)
    assert outcome.note == key
    assert "{" not in outcome.text
    variables = {exercise.id: exercise.variable for exercise in DEMO.exercises}
    if question in variables and key not in ("answer.right", "choice.missing"):
        assert variables[question] in outcome.text


def test_a_line_of_a_derivation_that_cannot_be_read_is_named():
    outcome = Practice(DEMO, "en").check("g", [GIVEN, "x +"])
    assert outcome.note == "formula.ends"
    assert outcome.text.startswith("Line 2 of lines ends too early")
    assert outcome.text.count("lines") == 1
