"""What `solution` shows can be pasted into a fresh notebook and passes its own check there."""

import re
from pathlib import Path

import jupytext
import pytest

from mlplib.checks.formulas.notation import CHARACTERS, SUBSCRIPTS, SUPERSCRIPTS
from mlplib.checks.messages import set_text
from mlplib.checks.session import known_sets, load, practice

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = [(name, exercise.id) for name in known_sets() for exercise in load(name).exercises]


def opening(name):
    """The first cell of a student's notebook: what is imported there, and the verbs."""
    if not load(name).notebook:
        return f"from mlplib.checks import practice\ncheck, *others = practice({name!r})"
    notebook = jupytext.read(ROOT / f"exercises/{name}.ipynb")
    return next(cell.source for cell in notebook.cells if cell.cell_type == "code")


def pasted(text):
    """The lines of a panel that are code."""
    return "\n".join(line[4:] for line in text.split("\n") if line.startswith("    "))


@pytest.mark.parametrize(("name", "id_"), QUESTIONS)
def test_a_shown_solution_runs_where_it_is_pasted(name, id_):
    exercise = next(exercise for exercise in load(name).exercises if exercise.id == id_)
    notebook = {"__name__": "__main__"}
    exec(opening(name), notebook)
    exec(pasted(practice(name).solution(id_).text), notebook)
    outcome = notebook["check"](id_, notebook[exercise.variable])
    assert outcome.status.value == "right", outcome


@pytest.mark.parametrize("seed", range(4))
def test_so_does_that_of_a_variant(seed):
    for name in known_sets():
        for exercise in load(name).exercises:
            if exercise.variant is None:
                continue
            other = practice(name, seed=seed)
            notebook = {}
            exec(opening(name), notebook)
            exec(pasted(other.solution(exercise.id).text), notebook)
            outcome = other.check(exercise.id, notebook[exercise.variable])
            assert outcome.status.value == "right", outcome


RAISED = re.compile(r"[^\W\d_]?[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᴬ-ᵪⁱⁿʰʲʳʷˣʸˡˢ₀-₉]+")


@pytest.mark.parametrize("name", known_sets())
def test_superscripts_and_subscripts_of_our_own_words_can_be_typed(name):
    """What hints and messages write, a student copies."""
    exercises = load(name)
    words = set_text(exercises.folder, name, "en")
    told = [*words.misconceptions.values()]
    for text in words.exercises.values():
        told += [*text.hints, text.why, text.solution]
    strange = {
        sign
        for text in told
        for run in RAISED.findall(text)
        for sign in run[1:]
        if sign not in {**CHARACTERS, **SUPERSCRIPTS, **SUBSCRIPTS}
    }
    assert strange - set("ᵀᵢⱼₖ") == set()  # a transpose, and indices, which no answer has
