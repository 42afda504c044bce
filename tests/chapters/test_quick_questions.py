"""Predict before you run: chapters ask the quick questions, each of them once, in their order."""

import re
from pathlib import Path

import pytest

from mlplib.checks import Choice
from mlplib.checks.session import load, practice
from tests.chapters.test_glossary import slug

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))
BLOCK = re.compile(r"^:::\{predict\} (\S+)\n(.*?)\n:::$", re.M | re.S)
CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
QUICK = {exercise.id: exercise for exercise in load("quick").exercises}
MOST_WORDS = 60


def text_of(name: str) -> str:
    return CELL.sub("", (ROOT / "chapters" / f"{name}.md").read_text(encoding="utf-8"))


def asked(name: str) -> list[str]:
    return [id_ for id_, _ in BLOCK.findall(text_of(name))]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_asks_its_questions_in_their_order(name):
    mine = [id_ for id_ in QUICK if id_.rpartition("-")[0] == name]
    assert asked(name) == mine == [f"{name}-{number + 1}" for number in range(len(mine))]


@pytest.mark.parametrize("name", CHAPTERS)
def test_there_are_three_at_least_and_most_are_not_to_be_chosen(name):
    kinds = [QUICK[id_].kind for id_ in asked(name)]
    assert len(kinds) >= 3
    assert sum(isinstance(kind, Choice) for kind in kinds) <= len(kinds) / 2


def test_no_question_is_left_over():
    assert sorted(id_ for name in CHAPTERS for id_ in asked(name)) == sorted(QUICK)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_question_is_short_and_stands_in_the_section_that_it_names(name):
    text = text_of(name)
    for found in BLOCK.finditer(text):
        titles = re.findall(r"^## (.*)$", text[: found.start()], flags=re.M)
        section = f"#{slug(titles[-1])}" if titles else ""
        assert QUICK[found[1]].source == f"chapters/{name}.md{section}"
        assert len(found[2].split()) <= MOST_WORDS
        assert found[2].rstrip().endswith(("?", ")", ".")), found[1]


@pytest.mark.parametrize("id_", QUICK)
def test_a_right_guess_is_told_what_it_means_and_a_known_wrong_one_why(id_):
    exercise = QUICK[id_]
    assert practice("quick").check(id_, exercise.kind.right_answer()).status.name == "RIGHT"
    assert len(exercise.misconceptions) >= 2 or isinstance(exercise.kind, Choice)


def test_a_guess_as_the_page_rounds_it_is_right():
    guesses = {
        "forward-6": (2.3, 2.30, 2.303),
        "backpropagation-1": (-2.184, -2.185, -2.18),
        "backpropagation-6": (11, 12, 13),
        "activations-2": (0.25, "1/4"),
        "softmax-1": (2.7, 2.72, 2.718),
        "softmax-2": (0.7, 0.705, 0.7054, 0.71),
        "softmax-3": (20, 20.1, 21, 0.705 / 0.035),
        "softmax-5": (-1, -0.999999),
        "softmax-7": (1.1, 1.0986),
        "mlp-1": (-0.8, -0.806, -0.81),
        "autoencoder-2": (0.69, 0.693, 0.7),
    }
    for id_, answers in guesses.items():
        for answer in answers:
            outcome = practice("quick").check(id_, answer)
            assert outcome.status.name == "RIGHT", (id_, answer, outcome)
