"""Wrong answers are noted for a teacher where that is asked for, without names."""

from __future__ import annotations

import json

import numpy as np
import pytest

from mlplib.checks import practice
from mlplib.checks.keeping.notes import LONGEST, answer_text
from tests.mlplib.checks.demo import DEMO
from tests.mlplib.checks.test_robustness import HOSTILE


def noted(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_nothing_is_noted_unless_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    practice(DEMO).check("a", 0.3)
    assert list(tmp_path.iterdir()) == []


def test_wrong_answers_are_noted_and_no_others(tmp_path):
    file = tmp_path / "wrong-answers.jsonl"
    check, *_ = practice(DEMO, notes=file)
    for answer in (0.25, ..., 0.19661193324148185, 0.3):
        check("a", answer)
    check("f", "exp(-x)/(1+exp(-x))^2")
    check("nowhere", 7)
    assert [list(note) for note in noted(file)] == [
        ["version", "question", "status", "note", "answer"]
    ] * 3
    assert [(n["question"], n["note"], n["answer"]) for n in noted(file)] == [
        ("demo.a", "misconception.slope-at-one", "0.19661193324148185"),
        ("demo.a", "number.high", "0.3"),
        ("demo.f", "formula.form", "exp(-x)/(1+exp(-x))^2"),
    ]


def test_a_cell_that_is_run_again_is_one_answer(tmp_path):
    file = tmp_path / "notes.jsonl"
    for _ in range(2):
        check, *_ = practice(DEMO, notes=file)
        check("a", 0.3)
        check("a", 0.3)
    assert len(noted(file)) == 2


def test_a_function_is_noted_by_its_source_and_what_is_long_is_cut(tmp_path):
    file = tmp_path / "notes.jsonl"
    check, *_ = practice(DEMO, notes=file)

    def slope(x):
        return x + 1

    check("e", slope)
    assert noted(file)[0]["answer"] == "def slope(x):\n    return x + 1"
    assert len(answer_text("x" * 10**6)) == len(answer_text([1] * 10**4)) == LONGEST
    assert answer_text(np.zeros((400, 400))) == "ndarray of shape (400, 400)"


@pytest.mark.parametrize("name", HOSTILE)
def test_any_answer_can_be_noted(tmp_path, name):
    file = tmp_path / "notes.jsonl"
    check, *_ = practice(DEMO, notes=file)
    check("a", HOSTILE[name])
    (note,) = noted(file)
    assert len(note["answer"]) <= LONGEST


def test_a_file_that_cannot_be_written_is_not_the_students_business(tmp_path):
    check, *_ = practice(DEMO, notes=tmp_path / "missing" / "notes.jsonl")
    assert check("a", 0.3).text == practice(DEMO).check("a", 0.3).text
