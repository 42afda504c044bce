"""Questions with other numbers: over 200 seeds each is right, and knows its own slips by name.

The truth is computed here from the numbers that the question names, by another route.
"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from mlplib.checks import Status
from mlplib.checks.messages import set_text
from mlplib.checks.session import known_sets, load, practice
from tests.exercises.test_sizes import by_the_library, numbers_in

SEEDS = range(200)
VARIANTS = [
    pytest.param(name, exercise, id=f"{name}-{exercise.id}")
    for name in known_sets()
    for exercise in load(name).exercises
    if exercise.variant
]
LOWEST = {"notation-o": 8, "notation-p": 15}
"""How many different questions there are, where there are few."""


def number(text):
    return float(text.replace("−", "-"))


def nudged(steps, leaves):
    """The derivative of L with respect to x, by a step so small that fractions show it."""

    def loss(x):
        made = {**leaves, "x": x}
        for step in steps.split(", "):
            name, formula = step.split(" = ")
            made[name] = eval(formula.replace("·", "*"), {}, made)
        return made["L"]

    h = Fraction(1, 10**9)
    x = Fraction(leaves["x"])
    return float(round((loss(x + h) - loss(x - h)) / (2 * h)))


def truth(name, exercise):
    n = exercise.parameters
    match f"{name}-{exercise.id}":
        case "notation-o":
            return 1 + number(n["k"])
        case "notation-p":
            return number(n["n"]) * number(n["eta"])
        case "backpropagation-v" | "gradients-c" | "gradients-s":
            leaves = {leaf: int(number(n[leaf])) for leaf in ("x", "w")}
            return nudged(n.get("steps", "u = x·w, v = u + x, L = v·u"), leaves)
    assert name == "convolution"
    return by_the_library(exercise.id, numbers_in(n))


@pytest.mark.parametrize(("name", "exercise"), VARIANTS)
def test_key_and_slips_are_right_for_every_seed(name, exercise):
    words = set_text(load(name).folder, name, "en").exercises[exercise.id]
    for seed in SEEDS:
        drawn = exercise.variant(seed)
        assert (drawn.id, drawn.variable) == (exercise.id, exercise.variable)
        found = drawn.kind.judge(truth(name, drawn), drawn.misconceptions, words)
        assert found.status is Status.RIGHT, (seed, drawn.parameters)
        for slip in drawn.misconceptions:
            answer = drawn.kind.wrong_answer(slip.wrong)
            note = drawn.kind.judge(answer, drawn.misconceptions, words).key
            assert note == f"misconception.{slip.key}", (seed, drawn.parameters)


@pytest.mark.parametrize(("name", "exercise"), VARIANTS)
def test_the_same_seed_draws_the_same_and_others_differ(name, exercise):
    drawn = [tuple(exercise.variant(seed).parameters.items()) for seed in SEEDS]
    assert drawn[7] == tuple(exercise.variant(7).parameters.items())
    assert len(set(drawn)) >= LOWEST.get(f"{name}-{exercise.id}", 25)


@pytest.mark.parametrize(("name", "exercise"), VARIANTS)
def test_everything_that_is_said_of_a_variant_has_its_numbers(name, exercise):
    for seed in (1, 2, 3):
        verbs = practice(name, seed=seed)
        said = [verbs.question(exercise.id), verbs.solution(exercise.id), verbs.hint(exercise.id)]
        assert not any(re.search(r"{\w+}", panel.text) for panel in said)
        for value in exercise.variant(seed).parameters.values():
            if len(value) < 5:
                assert value in said[0].text
