"""The stored notebooks are those of the sources; nbval runs them and compares their text."""

import re
from pathlib import Path

import nbformat
import pytest

from book.notebooks import main, read, sources

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(ROOT.glob("[cs]*/notebooks/*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if path.parts[-3] == "chapters"]
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
    """Nbval passes a cell without execution count and compares nothing where nothing is stored."""
    code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    shown = [output for cell in code for output in cell.outputs]
    assert len(shown) >= len(code) / 2, "fewer than half of the cells have an output to compare"
    for output in shown:
        assert output.output_type != "error"
        if "data" in output:
            assert list(output.data) == ["text/plain"], "pictures are not stored"


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
