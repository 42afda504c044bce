"""The audit finds nothing in a sound set, and whatever is wrong in another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlplib.checks import ExerciseSet, Misconception, Number, practice
from mlplib.checks.authoring.audit import faults, misconception_cases, word_faults
from tests.mlplib.checks.demo import DEMO


def test_a_sound_set_has_no_fault():
    assert faults(DEMO) == []


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
    found = word_faults(replace(DEMO, folder=tmp_path))
    assert (found == []) if says is None else any(fault.startswith(says) for fault in found)


def test_a_number_drawn_anew_is_judged_anew():
    drawn = practice(DEMO, seed=5)
    assert drawn.check("j", 6).status.name == "RIGHT"
    assert drawn.check("j", 4).status.name == "WRONG"
    assert "What is 5 + 1?" in drawn.question("j").text
    assert isinstance(exercise("j").kind, Number)
