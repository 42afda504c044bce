"""What a function is built of: names that a question forbids, and names that are all it allows."""

from __future__ import annotations

from types import FunctionType

import numpy as np
import pytest

import mlplib as heart
from mlplib.checks import Practice, Status
from mlplib.checks.code.definition import definition_of
from mlplib.checks.code.names import forbidden_name, foreign_name
from tests.mlplib.checks.demo import DEMO, asked, sigma


def check(question, answer):
    return Practice(DEMO, "en").check(question, answer)


def clipped_here(x):
    def inner(y):
        return np.clip(y, 0, None)

    return inner(x)


def imports(x):
    from numpy import clip

    return clip(x, 0, None)


def imported(x):
    return where(x > 0, x, 0 * x)  # noqa: F821


imported = FunctionType(imported.__code__, {"where": np.where})
relu = heart.relu
other_name = np.clip


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (clipped_here, "clip"),
        (imports, "clip"),
        (lambda x: [np.where(x > 0, x, 0 * x)][0], "where"),
        (lambda x: (lambda y: x.clip(0))(x) if np.ndim(x) else np.maximum(x, 0), "clip"),
        (lambda x: relu(x), "relu"),
        (lambda x: heart.relu(x), "relu"),
        (imported, "where"),
        (lambda x: other_name(x, 0, None), "clip"),
        (np.errstate(all="ignore")(lambda x: other_name(x, 0, None)), "clip"),
        (relu, "relu"),
        (heart.relu, "relu"),
        (lambda x: np.maximum(x, 0), None),
        (lambda x: (x + np.abs(x)) / 2 if x.dtype.kind == "f" else (x + abs(x)) // 2, None),
    ],
)
def test_what_is_forbidden_is_not_yet_the_form(function, name):
    def on_arrays(x):
        return function(np.asarray(x))

    assert forbidden_name(definition_of(function), ("clip", "relu", "where")) == name
    if name:
        outcome = check("l", function)
        assert outcome.note == "function.forbidden"
        assert outcome.status is Status.ALMOST
        assert f"built without {name}." in outcome.text
    else:
        assert check("l", on_arrays).status is Status.RIGHT


def by_indicators(x):
    from mlplib import indicator

    def above(y):
        return indicator(y > 0)

    both = [above(part) for part in (x, -x)]
    return both[0] - both[1]


step = heart.indicator


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (by_indicators, None),
        (lambda x: heart.indicator(x > 0) - step(x < 0), None),
        (lambda x: (x > 0) * 1.0 - (x < 0) * 1.0, None),
        (lambda x: np.tanh(x * 1e9), "tanh"),
        (lambda x: (x > 0).astype(float) - (x < 0).astype(float), "astype"),
        (lambda x: step(x > 0) - step(x < 0) + abs(0), "abs"),
        (lambda x: sigma(x), "exp"),
        (lambda x: (lambda y: np.select([y > 0, y < 0], [1.0, -1.0]))(x), "select"),
        (np.sign, "sign"),
    ],
)
def test_what_is_not_among_the_only_names_is_not_yet_the_form(function, name):
    assert foreign_name(definition_of(function), ("indicator",)) == name


def test_the_only_names_are_told():
    verbs = asked("l", forbidden=(), only=("maximum", "asarray"))
    assert verbs.check("l", lambda x: np.maximum(np.asarray(x), 0)).status is Status.RIGHT
    outcome = verbs.check("l", lambda x: np.clip(x, 0, None))
    assert outcome.status is Status.ALMOST
    assert "from maximum, asarray and arithmetic alone, without clip." in outcome.text


def test_what_is_forbidden_matters_only_where_the_values_are_right():
    assert check("l", lambda x: np.clip(x, 0, 1)).note == "function.value"
