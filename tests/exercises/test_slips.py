"""Slips planted into right functions: wrong in one place only, and every one is seen."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks.code.definition import typed_again
from mlplib.checks.kinds.function import Function
from mlplib.checks.session import known_sets, load, practice

REAL = {
    "activations": {"i": [0], "l": [1], "m": [1], "n": [0], "o": [0], "q": [0]},
    "autoencoder": {"o": [0, 1], "p": [0]},
    "backpropagation": {"q": [0, 1], "r": [0, 1, 2], "s": [0, 1, 2, 3, 4, 5]},
    "convolution": {"p": [0, 1], "q": [0, 1]},
    "forward": {"g": [0, 1, 2], "h": [0, 1, 2, 3, 4]},
    "gradients": {"p": [0, 1, 2], "q": [0, 1]},
    "mlp": {"i": [], "r": [0, 1], "w": [0, 2, 3, 4, 5]},
    "notation": {"h": [0, 1, 2], "l": [0, 1], "m": [0], "q": [0]},
    "softmax": {"c": [0], "g": [], "j": [0], "k": [0], "m": [0], "n": [1]},
}
"""Which arguments of a function may hold any real numbers."""

ANY_SHAPE = {("activations", "i"), ("activations", "q"), ("activations", "n"),
             ("activations", "o"), ("gradients", "q")}  # fmt: skip

EVERYWHERE = {
    "at 1e-9": lambda a: ((a != 0) & (np.abs(a) < 1e-8)).any(),
    "near 0.3": lambda a: ((np.abs(a) > 0.29) & (np.abs(a) < 0.31)).any(),
    "beyond 8": lambda a: (np.abs(a) > 8).any(),
    "all zero": lambda a: a.size > 0 and not a.any(),
    "all negative": lambda a: (a < 0).all(),
}
"""Where a slip stands, by what an argument holds."""

SHARES = {
    "a share of 1e-9": lambda s: (s < 1e-8).any(),
    "equal shares": lambda s: s.size > 1 and np.ptp(s) < 1e-12,
}
KINKS = {
    "from 5e-324 on": lambda a: ((a != 0) & (np.abs(a) < 1e-300)).any(),
    "at 0.001": lambda a: ((np.abs(a) > 5e-4) & (np.abs(a) < 5e-3)).any(),
    "at 0.1": lambda a: ((np.abs(a) > 0.09) & (np.abs(a) < 0.11)).any(),
}


def functions():
    for name in known_sets():
        for exercise in load(name).exercises:
            if isinstance(exercise.kind, Function):
                yield name, exercise


QUESTIONS = {(name, exercise.id): exercise.kind for name, exercise in functions()}


def test_every_function_question_is_here():
    assert {(name, id_) for name, ids in REAL.items() for id_ in ids} == set(QUESTIONS)


def off(result):
    """The same values, the first of them off by a third."""
    wrong = np.array(result, dtype=float)
    wrong[(0,) * wrong.ndim] += 1 / 3
    return wrong


def with_slip(reference, where):
    return lambda *given: off(reference(*given)) if where(given) else reference(*given)


def slips():
    for (name, id_), kind in QUESTIONS.items():
        for place in REAL[name][id_]:
            for where, holds in EVERYWHERE.items():
                yield (
                    name,
                    id_,
                    f"argument {place} {where}",
                    lambda given, p=place, h=holds: bool(h(np.asarray(given[p], dtype=float))),
                )
        edges = KINKS if (name, id_) in {("activations", "i"), ("activations", "q")} else {}
        edges = (
            SHARES if (name, id_) in {("softmax", "g"), ("softmax", "n"), ("mlp", "i")} else edges
        )
        for where, holds in edges.items():
            yield name, id_, where, lambda given, h=holds: bool(h(np.asarray(given[0])))
        if (name, id_) in ANY_SHAPE:
            yield name, id_, "in 3-D", lambda given: np.ndim(given[0]) == 3
        firsts = [np.asarray(probe[0]) for probe in kind.probes]
        for shape in sorted({first.shape for first in firsts}):
            yield name, id_, f"shape {shape}", lambda given, s=shape: np.shape(given[0]) == s


SLIPS = list(slips())


@pytest.mark.parametrize(
    ("name", "id_", "where"), [pytest.param(n, i, w, id=f"{n}-{i}-{t}") for n, i, t, w in SLIPS]
)
def test_a_slip_in_one_place_is_seen(name, id_, where):
    kind = QUESTIONS[name, id_]
    outcome = practice(name).check(id_, with_slip(kind.reference, where))
    assert outcome.status.value == "wrong", outcome


@pytest.mark.parametrize(("name", "id_"), QUESTIONS)
def test_a_result_that_is_kept_for_its_shape_is_seen(name, id_):
    kept = {}

    def cached(*given):
        key = tuple(map(np.shape, given))
        if key not in kept:
            kept[key] = QUESTIONS[name, id_].reference(*given)
        return kept[key]

    assert practice(name).check(id_, cached).status.value == "wrong"


@pytest.mark.parametrize(("name", "id_"), QUESTIONS)
def test_the_reference_agrees_with_the_oracle_wherever_it_is_tried(name, id_):
    answer = typed_again(QUESTIONS[name, id_].reference)
    assert practice(name).check(id_, answer).status.value == "right"
