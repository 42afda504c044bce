"""Choices: how they may be written, and what is said about them."""

from __future__ import annotations

import pytest

from mlplib.checks import Practice, Status
from tests.mlplib.checks.demo import DEMO, asked


def check(question, answer):
    return Practice(DEMO, "en").check(question, answer)


ONE = [
    "A", "a", " a) ", "(A)", "It does not exist.", ["A"], {"A"}, "line A", "Option a", "answer: A",
    "The answer is A", "A It does not exist", "**A** It does not exist.",
    "A is wrong", "(A) it does not exist",
    "A because the slopes differ", "A: the slopes differ",
    "a, since it jumps", "Option A, a jump",
]  # fmt: skip


@pytest.mark.parametrize("answer", ONE)
def test_a_choice_is_taken_however_it_is_written(answer):
    assert check("h", answer).status is Status.RIGHT


SEVERAL = [
    "A, B", "b;a", {"A", "B"}, ("tanh", "σ"), ["A", "B", "A"], "AB", "ba", "A B", "A and B", "a,b",
    "A & B", "(A), (B)", '["A", "B"]', "Options A and B", "lines: A, B.",
    "A/B", "A, B are true", "A and B hold.", "A | B", ["option A", "b)"],
]  # fmt: skip


@pytest.mark.parametrize("answer", SEVERAL)
def test_several_choices_too(answer):
    assert check("i", answer).status is Status.RIGHT


@pytest.mark.parametrize(("answer", "option"), [("B", "B"), ("It is 1/2", "C")])
def test_a_wrong_option_has_words_of_its_own(answer, option):
    assert check("h", answer).note == f"option.{option}"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("h", "Q"),
        ("h", "A limit does not exist"),
        ("h", "Both"),
        ("h", "option A or B"),
        ("h", "A, not B"),
        ("h", "line D"),
        ("h", "A is not a derivative"),
        ("h", "A It is 0."),
        ("h", "A is right, B is wrong"),
        ("i", "A is wrong"),
        ("i", "A, B are false"),
        ("i", "all but C"),
        ("i", "not C"),
        ("i", "ABX"),
        ("i", "A because it is odd"),
        ("i", "and"),
    ],
)
def test_what_names_no_option_is_told_how_to(question, answer):
    outcome = check(question, answer)
    assert outcome.status is Status.UNREAD
    assert "of A, B, C" in outcome.text
    assert ("separated by commas" in outcome.text) is (question == "i")


def test_letters_run_together_are_several_in_a_single_choice_too():
    assert check("h", "AB").note == "choice.one"


def test_several_wrong_options_are_counted_and_one_is_explained():
    verbs = asked("i", correct=frozenset("C"))
    assert verbs.check("i", "A, C").text == "A: Yes."
    outcome = verbs.check("i", "A, B")
    assert outcome.note == "option.A"
    assert outcome.text == "A: Yes.\nNot true among your other letters: 1."


def test_options_as_they_are_printed_may_be_several():
    assert check("i", ["A σ", "**B** tanh"]).status is Status.RIGHT
