"""What is said about a known wrong function is true of it: by rules, wherever a rule can tell."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pytest

from mlplib.checks.code.recognition import is_far
from mlplib.checks.kinds.function import Function
from mlplib.checks.messages import set_text
from mlplib.checks.session import known_sets, load, practice


def agrees(got, truth):
    return np.shape(got) == np.shape(truth) and np.allclose(got, truth, 1e-6, 1e-9, equal_nan=True)


def ordinary(probe):
    return not is_far(probe) and np.max(np.abs(np.asarray(probe[0], float)), initial=0) <= 5


def off_zero(probe):
    return (np.asarray(probe[0]) != 0).all()


RULES = [
    (r"^Right for (ordinary|small)", ordinary, agrees),
    (r"^Right wherever there is a derivative", off_zero, agrees),
    (
        r"with a minus in front|^The sign is turned round|one with its sign turned round",
        ordinary,
        lambda got, truth: agrees(got, -truth),
    ),
    (r"^That is the transpose", ordinary, lambda got, truth: agrees(np.transpose(got), truth)),
    (
        r"^The (result|order) is turned round",
        ordinary,
        lambda got, truth: agrees(np.asarray(got)[::-1], truth),
    ),
    (
        r"^You have differentiated the square without its half",
        ordinary,
        lambda got, truth: agrees(got, 2 * truth),
    ),
    (r"^All your entries are positive", ordinary, lambda got, truth: (np.asarray(got) > 0).all()),
    (r"^All your entries are negative", ordinary, lambda got, truth: (np.asarray(got) < 0).all()),
    (r"^Your (loss|risk) is negative", ordinary, lambda got, truth: got <= 0),
    (
        r"^Your function is \+1 on both sides of 0",
        off_zero,
        lambda got, truth: (np.asarray(got) == 1).all(),
    ),
]
"""What a sentence says, where, and what must then hold of the wrong value and the right one."""


def cases():
    for name in known_sets():
        told = set_text(load(name).folder, name, "en").misconceptions
        for exercise in load(name).exercises:
            for known in exercise.misconceptions if isinstance(exercise.kind, Function) else ():
                for rule, where, holds in RULES:
                    if re.search(rule, told[known.key]):
                        label = f"{name}-{exercise.id}-{known.key}"
                        yield pytest.param(exercise.kind, known.wrong, where, holds, id=label)


@pytest.mark.parametrize(("kind", "version", "where", "holds"), list(cases()))
def test_a_sentence_is_true_of_the_answer_that_it_is_said_to(kind, version, where, holds):
    tried = [probe for probe in kind.tried if where(probe)]
    assert tried
    for probe in tried:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            got, truth = version(*probe), np.asarray(kind.oracle(*probe), float)
        assert holds(got, truth), probe


def test_each_rule_is_used():
    told = [
        text
        for name in known_sets()
        for text in set_text(load(name).folder, name, "en").misconceptions.values()
    ]
    assert [rule for rule, _, _ in RULES if not any(re.search(rule, text) for text in told)] == []


def test_a_right_value_with_a_side_effect_is_almost_right():
    def in_place(a, v):
        v *= a * (1 - a)
        return v

    def warns(x):
        return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 1e9))))

    assert practice("activations").check("l", in_place).status.value == "almost"
    outcome = practice("activations").check("n", warns)
    assert (outcome.status.value, outcome.note) == ("almost", "function.warning")
