"""Every exercise set is sound, and its notebooks behave: solutions right, exercises untouched."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import mlplib.checks
from book.exercises import main
from mlplib.checks import Answer, Example
from mlplib.checks.authoring.audit import faults
from mlplib.checks.messages import set_text
from mlplib.checks.session import known_sets, load

ROOT = Path(__file__).resolve().parents[2]
SETS = known_sets()
NOTEBOOKS = [name for name in SETS if load(name).notebook]


def check_lines(notebook):
    """The text of every check's outcome, in order."""
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    texts = ["".join(o.get("data", {}).get("text/plain", "")) for o in outputs]
    return [text for text in texts if re.match(r"\S+ \w+ · ", text)]


def test_there_is_a_set_for_every_solution_notebook():
    assert sorted(path.stem for path in ROOT.glob("solutions/*.md")) == NOTEBOOKS != []
    assert sorted(set(SETS) - set(NOTEBOOKS)) == ["quick"]  # the chapters ask these


@pytest.mark.parametrize("name", SETS)
def test_the_set_is_sound(name):
    """References pass, wrong versions are recognised by name, hints do not tell, words agree."""
    assert faults(load(name)) == []


def test_every_kind_of_answer_is_asked_for():
    offered = (getattr(mlplib.checks, name) for name in mlplib.checks.__all__)
    kinds = {kind for kind in offered if isinstance(kind, type) and issubclass(kind, Answer)}
    assert {type(e.kind) for name in SETS for e in load(name).exercises} == kinds - {Answer}


@pytest.mark.parametrize("name", SETS)
def test_every_property_of_an_example_has_a_sentence_and_an_array_without_it(name):
    for exercise in load(name).exercises:
        if isinstance(exercise.kind, Example):
            keys = [misconception.key for misconception in exercise.misconceptions]
            assert set(exercise.kind.properties) <= set(keys), exercise.id


@pytest.mark.parametrize("name", SETS)
def test_wrong_answers_to_one_question_are_told_different_things(name):
    exercises = load(name)
    told = set_text(exercises.folder, name, "en").misconceptions
    for exercise in exercises.exercises:
        said = [told[misconception.key] for misconception in exercise.misconceptions]
        assert len(set(said)) == len(said), exercise.id


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_untouched_notebook_runs_and_attempts_nothing(name):
    notebook = nbformat.read(ROOT / f"exercises/{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120).execute()
    lines = check_lines(notebook)
    assert len(lines) >= len(load(name).exercises)
    questions = [line for line in lines if " · progress" not in line]
    assert len(questions) == len(load(name).exercises)
    assert [line for line in questions if "not attempted" not in line] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_solution_notebook_is_right_throughout(name):
    notebook = nbformat.read(ROOT / f"solutions/notebooks/{name}.ipynb", as_version=4)
    questions = [line for line in check_lines(notebook) if " · progress" not in line]
    assert len(questions) == len(load(name).exercises)
    assert [line for line in questions if not line.startswith("✓")] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_student_notebook_holds_no_solution(name):
    student = (ROOT / f"exercises/{name}.ipynb").read_text(encoding="utf-8")
    source = (ROOT / f"solutions/{name}.md").read_text(encoding="utf-8")
    cut = re.findall(r"### BEGIN SOLUTION\n(.*?)\s*### END SOLUTION", source, flags=re.DOTALL)
    assert len(cut) == len(load(name).exercises)
    kept = {line.strip() for line in student.splitlines()}
    for region in cut:
        for line in region.splitlines():
            answer = line.strip()
            assert not any(answer in other for other in kept if len(answer) > 4), answer


def test_exercises_are_in_step_with_solutions(capsys):
    assert main(["--root", str(ROOT), "--check"]) == 0, capsys.readouterr().err
