"""A sentence that gives an answer away is found, in whatever signs it is written."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlplib.checks import Domain, Expression, Function
from mlplib.checks.authoring.revealing import reveals
from mlplib.checks.messages import set_text
from tests.mlplib.checks.demo import DEMO

T = Domain({"x": (-2, 2)}, {"t": "tanh(x)"})


def exercise(id_: str):
    return next(e for e in DEMO.exercises if e.id == id_)


@pytest.mark.parametrize(
    ("id_", "hint", "told"),
    [
        ("a", "It is 0.25.", True),
        ("a", "It is not 10.25.", False),
        ("a", "It is below 0.251.", False),
        ("b", "Try 3/4 .", True),
        ("b", "Think of 13/4.", False),
        ("d", "It is (5,3), of course.", True),
        ("f", "Look: σ(x)(1−σ(x))!", True),
        ("f", "Look: sigma(x) * (1-sigma(x))!", True),
        ("f", "Look: σ(x)(2−σ(x))!", False),
        ("b", "It is 3/4².", False),
        ("e", "return s*(1 - s)", True),
        ("g", "You end at σ(x)·(1 − σ(x)).", True),
        ("h", "Does it exist?", False),
        ("h", "Surely, it does not exist.", True),
    ],
)
def test_a_hint_that_tells_the_answer_is_found(id_, hint, told):
    words = set_text(DEMO.folder, DEMO.name, "en").exercises[id_]
    assert reveals(hint, exercise(id_), words) is told


def backward(a, v):
    return a * (1 - a) * v


def even(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Function(backward, backward, ()), "The slope is a(1 − a).", True),
        (Function(backward, backward, ()), "You return (1 − a)·v.", True),
        (Function(backward, backward, ()), "Your slope is a(1 + a).", False),
        (Function(backward, backward, ()), "The gradient v is multiplied by the slope.", False),
        (Function(even, even, ()), "It is np.exp(−x)/(1 + np.exp(−x))².", True),
        (Function(even, even, ()), "You return np.exp(−x)/(1 + np.exp(−x)).", False),
        (Expression("1 - t**2", T), "It is 1 − t², not (1 − t)².", True),
        (Expression("1 - t**2", T), "It is not (1 − t)².", False),
        (Expression("sigma(x)", T), "Sigma is steep.", False),
    ],
)
def test_what_tells_a_formula_or_a_function_is_found(kind, text, told):
    words = set_text(DEMO.folder, DEMO.name, "en").exercises["f"]
    assert reveals(text, replace(exercise("f"), kind=kind), words) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two of these fail.", False),
        ("Look at C again.", False),
        ("B is missing, and C does not hold.", True),
        ("BC is a word.", False),
    ],
)
def test_what_names_every_letter_to_change_is_found(text, told):
    assert exercise("i").kind.tells_the_rest(text, "AC") is told
    assert not exercise("h").kind.tells_the_rest(text, "AC")
    assert not exercise("a").kind.tells_the_rest(text, 1.0)
