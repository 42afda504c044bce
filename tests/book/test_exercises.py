"""Student notebooks come from reference notebooks, always the same, with nothing told."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest

from book.exercises import main, student_notebook
from book.markers import UnbalancedMarkers, without_solutions

HEADER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# Demo

```{code-cell} ipython3
from mlplib.checks import practice
from tests.mlplib.checks.demo import DEMO
check, hint, solution, progress = practice(DEMO)
```
"""

CELLS = {
    "a": "### BEGIN SOLUTION\nslope = 1 / 4\n### END SOLUTION",
    "b": "### BEGIN SOLUTION\nprobability = '3/4'\n### END SOLUTION",
    "e": (
        "def sigma_prime(x):\n"
        "    ### BEGIN SOLUTION\n"
        "    s = 1 / (1 + 2.718281828459045 ** -x)\n"
        "    return s * (1 - s)\n"
        "    ### END SOLUTION"
    ),
    "g": (
        "lines = [\n"
        '    "D(1/(1 + exp(-x)), x)",\n'
        "    ### BEGIN SOLUTION\n"
        '    "exp(-x)/(1 + exp(-x))^2",\n'
        '    "sigma(x)*(1 - sigma(x))",\n'
        "    ### END SOLUTION\n"
        "]"
    ),
}
VARIABLES = {"a": "slope", "b": "probability", "e": "sigma_prime", "g": "lines"}


def cell(source: str, tags: str = "") -> str:
    options = f":tags: [{tags}]\n\n" if tags else ""
    return f"\n```{{code-cell}} ipython3\n{options}{source}\n```\n"


SOURCE = (
    HEADER
    + "".join(cell(f"{source}\ncheck('{id_}', {VARIABLES[id_]})") for id_, source in CELLS.items())
    + cell("assert progress().rows\nprint('secret')", "solution-only")
    + cell("progress()", "keep-me")
)


def run(notebook: str) -> dict[str, object]:
    """Run the cells; return the outcome of each check and what progress says."""
    space: dict[str, object] = {}
    outcomes = {}
    for code in nbformat.reads(notebook, as_version=4).cells:
        if code.cell_type == "code":
            *body, last = code.source.split("\n")
            exec("\n".join(body), space)
            if last.startswith(("check(", "progress(")):
                outcomes[last] = eval(last, space)
            else:
                exec(last, space)
    return outcomes


def test_the_untouched_notebook_runs_and_nothing_is_attempted():
    outcomes = run(student_notebook(SOURCE, "demo"))
    checks = {call: o for call, o in outcomes.items() if call.startswith("check")}
    assert len(checks) == len(CELLS)
    assert {o.status.value for o in checks.values()} == {"not-attempted"}


def test_the_reference_notebook_passes():
    student = student_notebook(SOURCE.replace("### BEGIN SOLUTION", "#").replace(
        "### END SOLUTION", "#"), "demo")  # fmt: skip
    checks = [o for call, o in run(student).items() if call.startswith("check")]
    assert [o.status.value for o in checks] == ["right"] * len(CELLS)


def test_nothing_of_the_solution_is_left():
    text = student_notebook(SOURCE, "demo")
    for told in ("1 / 4", "'3/4'", "2.718", "exp(-x))^2", "secret", "SOLUTION", "jupytext"):
        assert told not in text


def test_a_cell_for_students_alone_is_shown_to_them():
    note = '\n+++ {"tags": ["exercise-only", "remove-cell"]}\n\nReplace each stub.\n\n+++\n'
    cells = nbformat.reads(student_notebook(SOURCE + note, "demo"), as_version=4).cells
    (shown,) = [c for c in cells if c.source == "Replace each stub."]
    assert shown.metadata == {}


def test_the_same_source_gives_the_same_bytes_and_fixed_ids():
    text = student_notebook(SOURCE, "demo")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert text == student_notebook(SOURCE, "demo")
    assert [c.id for c in notebook.cells] == [
        f"demo-{n:02d}" for n in range(1, len(notebook.cells) + 1)
    ]
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.cells[-1].metadata.tags == ["keep-me"]
    assert all(
        c.outputs == [] and c.execution_count is None for c in notebook.cells if "outputs" in c
    )


@pytest.mark.parametrize(
    ("source", "stub"),
    [
        ("    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", "    ?"),
        ("### BEGIN SOLUTION\na = 1\nb = a\n### END SOLUTION", "b = ?"),
        ("### BEGIN SOLUTION\nb: int = 1\n### END SOLUTION", "b = ?"),
        ("### BEGIN SOLUTION\na, b = 1, 2\n### END SOLUTION", "?"),
        ("#BEGIN SOLUTION\n#END SOLUTION", "?"),
        ("a = 1  # the BEGIN SOLUTION marker\n", "a = 1  # the BEGIN SOLUTION marker\n"),
    ],
)
def test_a_region_becomes_a_stub(source, stub):
    assert without_solutions(source) == stub.replace("?", "...  # your answer here")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "line 2 begins"),
        ("x = 1\n### END SOLUTION", "line 2 ends a solution that has not begun"),
        ("### BEGIN SOLUTION\nx = 1", "begins and does not end"),
    ],
)
def test_markers_that_do_not_pair_are_refused_with_the_cell(source, says):
    with pytest.raises(UnbalancedMarkers, match=says):
        without_solutions(source)
    with pytest.raises(ValueError, match=rf"cell 3 of demo: .*{says}"):
        student_notebook(HEADER + cell(source), "demo")


@pytest.mark.parametrize(
    "line",
    [
        "### BEGIN SOLUTIONS",
        "### BEGIN\u00a0SOLUTION",
        "###  BEGIN  SOLUTION",
        "### BEGIN_SOLUTION",
        "###\u00a0BEGIN SOLUTION",
        "### begin-solution",
        "### BEGIN SOLUTION: the slope",
        "x = 42  # SOLUTION",
        "### BEGIN HIDDEN TESTS",
        "### END TESTS",
    ],
)
def test_a_line_that_nearly_is_a_marker_is_refused(line):
    """Taken as a comment it would leave the answer in the student's notebook."""
    with pytest.raises(UnbalancedMarkers, match="must be a marker"):
        without_solutions(f"{line}\nslope = 0.25\n{line.replace('BEGIN', 'END')}")


def test_markers_in_text_are_refused():
    with pytest.raises(ValueError, match="cell 3 of demo: solution markers belong into code"):
        student_notebook(HEADER + "\n### BEGIN SOLUTION\n\nIt is 1/4.\n", "demo")


@pytest.fixture
def project(tmp_path):
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "demo.md").write_text(SOURCE, encoding="utf-8")
    assert main(["--root", str(tmp_path)]) == 0
    return tmp_path


def test_what_was_generated_is_in_sync(project, capsys):
    assert main(["--root", str(project), "--check"]) == 0
    before = (project / "exercises" / "demo.ipynb").read_bytes()
    assert main(["--root", str(project)]) == 0
    assert (project / "exercises" / "demo.ipynb").read_bytes() == before
    assert "wrote exercises/demo.ipynb" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda p: (p / "exercises/demo.ipynb").unlink(), "exercises/demo.ipynb is missing"),
        (
            lambda p: (p / "exercises/demo.ipynb").write_text("{}"),
            "exercises/demo.ipynb is not up to date",
        ),
        (
            lambda p: (p / "solutions/demo.md").write_text(SOURCE + "\nMore.\n", encoding="utf-8"),
            "exercises/demo.ipynb is not up to date",
        ),
        (
            lambda p: (p / "exercises/old.ipynb").write_text("{}"),
            "exercises/old.ipynb has no source",
        ),
        (lambda p: (p / "solutions/demo.md").unlink(), "there is no solutions/*.md"),
        (
            lambda p: (p / "solutions/demo.md").write_text(HEADER + cell("# END SOLUTION")),
            "cell 3 of demo: line 1 ends a solution",
        ),
    ],
)
def test_a_check_names_what_is_out_of_sync_and_writes_nothing(project, capsys, spoil, says):
    spoil(project)
    before = {path: path.read_bytes() for path in project.rglob("*.*") if path.is_file()}
    assert main(["--root", str(project), "--check"]) == 1
    assert says in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in project.rglob("*.*") if path.is_file()}


def test_the_command_runs_by_its_name(project):
    command = [sys.executable, "-m", "book.exercises", "--check", "--root", str(project)]
    assert subprocess.run(command, check=False).returncode == 0
