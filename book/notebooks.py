"""Make the notebooks that readers run and tests compare, from the MyST sources.

`python -m book.notebooks` executes `chapters/*.md` and `solutions/*.md` and writes each, with the
text of its outputs and nothing else, to `notebooks/` beside it: pictures would weigh a hundred
times as much, and change with every version of matplotlib. `--check` writes nothing; it tells which
notebooks hold other cells than their source. Names of pages limit the work.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

from book.equation_numbers import numbered
from book.exercises import EXERCISE_ONLY
from book.kernels import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("chapters", "solutions")
LINK = re.compile(r"\]\(([\w./-]+\.(?:md|ipynb))(?:#[\w-]+)?\)")
TARGET = re.compile(r"\[([^\]]+)\]\(#[\w-]+\)")
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def sources(names: list[str]) -> list[Path]:
    found = [path for folder in SOURCES for path in sorted((ROOT / folder).glob("*.md"))]
    found = [path for path in found if path.name != "README.md"]
    return [path for path in found if not names or path.stem in names]


def pair(source: Path) -> Path:
    return source.parent / "notebooks" / f"{source.stem}.ipynb"


def read(source: Path) -> nbformat.NotebookNode:
    """Read a source as a notebook for its own folder, with ids that tell the order of the cells."""
    notebook = jupytext.read(source)
    notebook.metadata = nbformat.NotebookNode(kernelspec=KERNEL)
    notebook.cells = [c for c in notebook.cells if EXERCISE_ONLY not in c.metadata.get("tags", ())]
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(lambda link: f"]({moved(link[1], source)})", cell.source)
            cell.source = TARGET.sub(r"\1", cell.source)  # pages have places to lead to
            cell.source = numbered(cell.source, ROOT)
        elif "hide-input" in cell.metadata.get("tags", ()):
            cell.metadata["jupyter"] = {"source_hidden": True}  # folded in JupyterLab as well
    return notebook


def moved(link: str, source: Path) -> str:
    """Return a link of a source as its notebook needs it: to notebooks, where there are any."""
    target = (source.parent / link).resolve()
    if target.suffix == ".md" and target.parent.name in SOURCES:
        target = pair(target)
    return os.path.relpath(target, pair(source).parent)


def execute(source: Path) -> None:
    notebook = read(source)
    folder = pair(source).parent
    client = NotebookClient(
        notebook,
        timeout=300,
        coalesce_streams=True,  # a busy machine hands over the same lines in other portions
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(stderr=subprocess.DEVNULL)  # cells have streams of their own
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [text_only(output) for output in cell.outputs]
    notebook.metadata = nbformat.NotebookNode(kernelspec=KERNEL)
    nbformat.write(notebook, pair(source))


def text_only(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    if "data" in output:
        output.data = {mime: value for mime, value in output.data.items() if mime == "text/plain"}
        output.metadata = {}
    return output


def cells(notebook: nbformat.NotebookNode) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [
        (
            cell.cell_type,
            cell.source,
            tuple(cell.metadata.get("tags", ())),
            cell.metadata.get("jupyter", {}).get("source_hidden", False),
        )
        for cell in notebook.cells
    ]


def in_step(source: Path) -> bool:
    """Whether the paired notebook holds the cells of its source and has been executed."""
    if not pair(source).exists():
        return False
    stored = nbformat.read(pair(source), as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    executed = all(cell.execution_count for cell in code)
    return executed and cells(stored) == cells(read(source))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="pages, such as activations; all by default")
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    options = parser.parse_args(arguments)
    pages = sources(options.names)
    if options.check:
        stale = [str(path.relative_to(ROOT)) for path in pages if not in_step(path)]
        if stale:
            print("Out of step with their notebooks (run `make notebooks`):", *stale, sep="\n  ")
        return len(stale) > 0
    os.environ.update(VARIABLES)
    for number, source in enumerate(pages, 1):
        print(f"[{number}/{len(pages)}] {source.relative_to(ROOT)}", flush=True)
        pair(source).parent.mkdir(exist_ok=True)
        execute(source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
