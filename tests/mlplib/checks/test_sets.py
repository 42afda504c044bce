"""Every exercise set is sound, and the audit finds what is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlplib.checks import (
    Domain,
    ExerciseSet,
    Expression,
    Function,
    Misconception,
    Number,
    Practice,
)
from mlplib.checks.authoring.audit import faults, misconception_cases
from mlplib.checks.authoring.revealing import names_the_rest, reveals
from mlplib.checks.messages import set_text
from mlplib.checks.practice import known_sets, load
from tests.mlplib.checks.demo import DEMO

T = Domain({"x": (-2, 2)}, {"t": "tanh(x)"})
SETS = [DEMO, *map(load, known_sets())]
CASES = [
    pytest.param(
        exercises, exercise, known, answer, id=f"{exercises.name}.{exercise.id}-{known.key}"
    )
    for exercises in SETS
    for exercise, known, answer in misconception_cases(exercises)
]


@pytest.mark.parametrize("exercises", SETS, ids=lambda exercises: exercises.name)
def test_a_set_has_no_fault(exercises):
    assert faults(exercises) == []


@pytest.mark.parametrize(("exercises", "exercise", "known", "answer"), CASES)
def test_a_known_wrong_answer_is_told_by_name(exercises, exercise, known, answer):
    outcome = Practice(exercises, "en").check(exercise.id, answer)
    words = set_text(exercises.folder, exercises.name, "en").misconceptions[known.key]
    assert outcome.note == f"misconception.{known.key}"
    assert words.split("{")[0] in outcome.text


def test_the_demo_has_every_kind_with_known_wrong_answers():
    kinds = {type(exercise.kind).__name__ for exercise, _, _ in misconception_cases(DEMO)}
    assert kinds == {
        "Number", "Rational", "Array", "Shape", "Function", "Expression", "Derivation",
    }  # fmt: skip


def spoiled(id_: str, **changes: object) -> ExerciseSet:
    return replace(
        DEMO,
        exercises=tuple(replace(e, **changes) if e.id == id_ else e for e in DEMO.exercises),
    )


def exercise(id_: str):
    return next(e for e in DEMO.exercises if e.id == id_)


@pytest.mark.parametrize(
    ("id_", "wrong", "says"),
    [
        ("a", 0.25, "not recognised"),
        ("e", exercise("e").kind.reference, "not recognised"),
        ("f", "sigma(x) - s^2", "not recognised"),
        ("g", "exp(-x)/(1 + exp(-x))^2", "not recognised"),
    ],
)
def test_a_wrong_version_that_is_right_is_a_fault(id_, wrong, says):
    key = exercise(id_).misconceptions[0].key
    others = exercise(id_).misconceptions[1:]
    found = faults(spoiled(id_, misconceptions=(Misconception(key, wrong), *others)))
    assert [fault for fault in found if says in fault and key in fault]


def test_two_wrong_versions_that_are_the_same_are_a_fault():
    plus, none = exercise("e").misconceptions
    found = faults(spoiled("e", misconceptions=(plus, Misconception(none.key, plus.wrong))))
    assert len(found) == 1
    assert "no-chain is not recognised" in found[0]


def test_a_reference_that_is_wrong_is_a_fault():
    kind = replace(exercise("e").kind, reference=lambda x: x)
    assert any(
        "reference answer is not right" in fault for fault in faults(spoiled("e", kind=kind))
    )


def test_words_without_use_and_use_without_words_are_faults():
    found = faults(spoiled("a", misconceptions=(Misconception("unheard-of", 7.0),)))
    assert "misconception slope-at-one is unused" in found
    assert "misconception unheard-of is without words" in found


def test_a_set_without_words_is_a_fault(tmp_path):
    assert faults(replace(DEMO, folder=tmp_path)) == ["demo has no words in any language"]


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
    assert names_the_rest(text, exercise("i"), frozenset("AC")) is told
    assert not names_the_rest(text, exercise("h"), frozenset("AC"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "σ(0) is one half.",
            "The answer is 0.25.",
            "a: hint 2 contains the answer: The answer is 0.25.",
        ),
        (
            "1 − tanh is not 1 − tanh²: the square is missing.",
            "Write σ(x)(1 − σ(x)).",
            "f: tanh-linear is told the answer: Write σ(x)(1 − σ(x)).",
        ),
        (
            "You have taken the derivative at 1 instead of at 0.",
            "That is relu(x) − relu(−x).",
            "a: slope-at-one is told the answer to ['m']: That is relu(x) − relu(−x).",
        ),
    ],
)
def test_words_that_tell_an_answer_are_a_fault(tmp_path, old, new, fault):
    text = (DEMO.folder / "demo.en.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "demo.en.toml").write_text(text.replace(old, new), encoding="utf-8")
    assert faults(replace(DEMO, folder=tmp_path)) == [fault]


def test_words_that_name_the_letters_to_change_are_a_fault(tmp_path):
    text = (DEMO.folder / "demo.en.toml").read_text(encoding="utf-8")
    told = text.replace("[misconceptions]", '[misconceptions]\none-short = "B is missing."')
    (tmp_path / "demo.en.toml").write_text(told, encoding="utf-8")
    short = spoiled("i", misconceptions=(Misconception("one-short", frozenset("A")),))
    assert faults(replace(short, folder=tmp_path)) == [
        "i: one-short is told the answer: B is missing."
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Kink"', 'title = "Knick"', None),
        ('"Chain rule on 1/u.", ', "", "fr, g: another number of hints"),
        ("{n} + 1.", "n + 1.", "fr, j: other parameters in solution"),
        ("transposed = ", "transponiert = ", "misconception transposed is without words"),
        ('given = "What is {n} + 1?"', 'given = ""', "j: no notebook can state a variant"),
        ('options.C = { text = "softplus"', 'options.D = { text = "softplus"', "fr, i: another"),
        ('hints = ["Draw them."]', "hints = []", "i: hints, title, why and solution"),
        ("[k]", "[kk]", "words are for exercises"),
    ],
)
def test_a_second_language_agrees_with_the_first(tmp_path, old, new, says):
    text = (DEMO.folder / "demo.en.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "demo.en.toml").write_text(text, encoding="utf-8")
    (tmp_path / "demo.fr.toml").write_text(text.replace(old, new), encoding="utf-8")
    from mlplib.checks.authoring import audit

    found = audit.word_faults(replace(DEMO, folder=tmp_path))
    assert (found == []) if says is None else any(fault.startswith(says) for fault in found)


def test_a_number_drawn_anew_is_judged_anew():
    from mlplib.checks import practice

    drawn = practice(DEMO, seed=5)
    assert drawn.check("j", 6).status.name == "RIGHT"
    assert drawn.check("j", 4).status.name == "WRONG"
    assert "What is 5 + 1?" in drawn.question("j").text
    assert isinstance(exercise("j").kind, Number)
