"""Make the student notebooks from the reference notebooks: ``python -m book.exercises``.

``solutions/<set>.md`` is the only source; ``exercises/<set>.ipynb`` is what students open. With
``--check`` nothing is written, and the exit code is 1 if a student notebook is not what its source
makes of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from book.markers import UnbalancedMarkers, has_markers, without_solutions

SOLUTION_ONLY = "solution-only"
"""Cells with this tag are for the reference notebook alone."""
EXERCISE_ONLY = "exercise-only"
"""Cells with this tag are for the student notebook alone."""

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_LANGUAGE = {"name": "python"}


def student_notebook(source: str, name: str) -> str:
    """Return the text of the student notebook of the reference notebook `source`.

    The same source gives the same bytes: cells have fixed ids, there are no outputs.

    Parameters
    ----------
    source : str
        A MyST Markdown notebook.
    name : str
        Name of the set, which begins every cell id.

    Raises
    ------
    ValueError
        If solution markers do not pair in a cell, or stand in a Markdown cell; names the cell.
    """
    notebook = jupytext.reads(source, fmt="md:myst")
    cells: list[Any] = []
    for number, cell in enumerate(notebook.cells, start=1):
        if SOLUTION_ONLY in cell.metadata.get("tags", []):
            continue
        try:
            cells.append(_student_cell(cell, f"{name}-{len(cells) + 1:02d}"))
        except UnbalancedMarkers as problem:
            raise ValueError(f"cell {number} of {name}: {problem}") from problem
    notebook.cells = cells
    notebook.metadata.clear()
    notebook.metadata.update({"kernelspec": _KERNEL, "language_info": _LANGUAGE})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return text.rstrip("\n") + "\n"


def _student_cell(cell: Any, id_: str) -> Any:
    """Return `cell` without solutions and outputs, with a fixed id."""
    if cell.cell_type == "code":
        cell.source = without_solutions(cell.source)
        cell.outputs, cell.execution_count = [], None
    elif has_markers(cell.source):
        raise UnbalancedMarkers("solution markers belong into code cells")
    if EXERCISE_ONLY in cell.metadata.get("tags", []):
        del cell.metadata["tags"]  # others hide the cell in the reference notebook
    cell.id = id_
    return cell


def generated(root: Path) -> dict[Path, str]:
    """Return what each student notebook under `root` must contain.

    Raises
    ------
    ValueError
        If there is no source, or one cannot be made into a student notebook.
    """
    sources = sorted((root / "solutions").glob("*.md"))
    if not sources:
        raise ValueError("there is no solutions/*.md to make exercises from")
    return {
        root / "exercises" / f"{path.stem}.ipynb": student_notebook(
            path.read_text(encoding="utf-8"), path.stem
        )
        for path in sources
    }


def out_of_sync(root: Path) -> list[str]:
    """Return a sentence for each student notebook that its source would make otherwise."""
    expected = generated(root)
    sentences = [
        f"{path.relative_to(root)} is {'not up to date' if path.exists() else 'missing'}"
        for path, text in expected.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    orphans = set((root / "exercises").glob("*.ipynb")) - set(expected)
    return sentences + [f"{path.relative_to(root)} has no source" for path in sorted(orphans)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the student notebooks of a project; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m book.exercises", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of sync")
    parser.add_argument("--root", type=Path, default=Path(), help="folder of the project")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            sentences = out_of_sync(options.root)
            for sentence in sentences:
                print(sentence, file=sys.stderr)
            if sentences:
                print("Run python -m book.exercises.", file=sys.stderr)
            return 1 if sentences else 0
        for path, text in generated(options.root).items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
            print(f"wrote {path.relative_to(options.root)}")
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
