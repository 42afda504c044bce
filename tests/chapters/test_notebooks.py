"""The stored notebooks hold the cells of their sources, and the text that these print today.

The build has run every cell and kept what it printed, under the key of the code that printed it:
that must be what is stored. The two shortest notebooks are run once more by nbval (`testpaths` in
pyproject.toml), as files in their own folder; so is any other that is named, cell by cell:
`pytest chapters/notebooks/softmax.ipynb`.
"""

import re
from collections.abc import Callable
from configparser import RawConfigParser
from pathlib import Path

import jupytext
import nbformat
import pytest

from book.exercises import EXERCISE_ONLY
from book.extensions.cache_key import Keys
from book.extensions.outputs import Outputs
from book.notebooks import main, pair, read, sources, text_only

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(ROOT.glob("[cs]*/notebooks/*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if path.parts[-3] == "chapters"]
SANITIZE = RawConfigParser()
SANITIZE.read(Path(__file__).with_name("sanitize.cfg"), encoding="utf-8")
PHONE = 38  # letters in a printed line: 39 fit on a page 390 px wide


def test_sources_and_notebooks_are_in_step(capsys):
    stale = main(["--check"])
    assert not stale, capsys.readouterr().out


def test_a_notebook_out_of_step_is_named(monkeypatch, capsys):
    source = sources(["softmax"])[0]
    other = read(source)
    other.cells[-1].source += " "
    monkeypatch.setattr("book.notebooks.read", lambda path: other)
    assert main(["--check", "softmax"])
    assert "chapters/softmax.md" in capsys.readouterr().out


def test_the_links_of_the_notebooks_lead_to_files():
    links = 0
    for path in [*NOTEBOOKS, *ROOT.glob("exercises/*.ipynb")]:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                for link in re.findall(r"\]\(([^):]+)\)", cell.source):
                    assert (path.parent / link).exists(), f"{path.name}: {link}"
                    links += 1
    assert links > 5


def test_every_notebook_has_its_source():
    assert NOTEBOOKS
    for path in NOTEBOOKS:
        assert (path.parent.parent / f"{path.stem}.md").exists(), f"{path.name} has lost its source"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_reference_is_not_empty(path):
    """Where nothing is stored, there is nothing to compare."""
    code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    shown = [output for cell in code for output in cell.outputs]
    assert len(shown) >= len(code) / 2, "fewer than half of the cells have an output to compare"
    for output in shown:
        assert output.output_type != "error"
        if "data" in output:
            assert list(output.data) == ["text/plain"], "pictures are not stored"


Printed = Callable[[Path], list[tuple[str, list[str]]]]


@pytest.fixture(scope="module")
def printed_in_the_build(site) -> Printed:
    """The code cells of a source, each with the texts of its outputs."""
    keys, outputs = Keys(ROOT), Outputs(ROOT / "_build" / ".jupyter_cache")

    def printed(source):
        notebook = jupytext.read(source)
        key = keys.key(notebook, outputs.loaded(notebook))
        assert outputs.has(notebook, key), "The code has changed since it was run: `make book`."
        told = [
            EXERCISE_ONLY not in cell.metadata.get("tags", ())
            for cell in notebook.cells
            if cell.cell_type == "code"
        ]
        _, executed = outputs.cache.merge_match_into_notebook(notebook)
        return [cell for cell, kept in zip(texts(executed), told, strict=True) if kept]

    return printed


def texts(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell.source, [text_of(output) for output in cell.outputs]) for cell in code]


def text_of(output):
    """What an output says as text, without what differs from run to run: see sanitize.cfg."""
    output = text_only(output)
    text = output.text if "text" in output else output.data.get("text/plain", "")
    for section in SANITIZE.values():
        if "regex" in section:
            text = re.sub(section["regex"], section["replace"], text)
    return f"{output.output_type} {output.get('name', '')}\n{text}"


@pytest.mark.parametrize("source", sources([]), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_stored_is_what_the_build_printed(source, printed_in_the_build):
    stored = texts(nbformat.read(pair(source), as_version=4))
    for number, (now, then) in enumerate(
        zip(printed_in_the_build(source), stored, strict=True), start=1
    ):
        assert now == then, f"code cell {number}: if it is as it should be, `make notebooks`"


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_telephone_shows_printed_lines_to_their_end(path):
    """What lies beyond the edge of a printed line is easily missed, and often what matters."""
    lines = [
        line
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for line in printed(output, cell).splitlines()
    ]
    assert len(lines) > 5
    assert [line for line in lines if len(line) > PHONE] == []


def printed(output: nbformat.NotebookNode, cell: nbformat.NotebookNode) -> str:
    """Return what the page shows as text. Cells with hidden code show pictures and checks."""
    if output.output_type == "stream":
        return output.text
    return "" if "hide-input" in cell.metadata.get("tags", []) else output.data["text/plain"]
