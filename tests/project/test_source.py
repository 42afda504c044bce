"""The source keeps its own rules: of style, of types, of direction, of what is told."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


LINTERS = {
    "ruff": ["-m", "ruff", "check", "."],
    "mypy --strict": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import *; lint_imports_command()", "--no-cache"],
}


@pytest.mark.parametrize("command", LINTERS.values(), ids=LINTERS)
def test_the_linters_find_nothing(command):
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


LONG = {"mlplib/functions/activations.py"}
"""One idea, one table: every activation beside its slope. Exercise sets are data."""


def test_a_file_fits_in_a_few_screens():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("mlplib", "book")
        for path in (ROOT / folder).rglob("*.py")
        if path.parent.name != "sets"
    }
    assert len(lengths) > 100
    assert {name for name, lines in lengths.items() if lines > 300} == LONG


def test_no_file_is_called_after_nothing():
    names = {path.stem for path in (ROOT / "mlplib").rglob("*")}
    assert names.isdisjoint({"util", "utils", "helper", "helpers", "common", "misc", "tools"})


def test_what_is_refused_is_told_in_one_dialect():
    """`x` must be …, not …: what is wanted first, what came last, a sentence with its full stop."""
    told = 0
    for path in (ROOT / "mlplib").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)):
                continue
            if ast.unparse(node.exc.func) != "ValueError" or not node.exc.args:
                continue
            parts = (p for p in ast.walk(node.exc.args[0]) if isinstance(p, ast.Constant))
            words = "".join(str(part.value) for part in parts)
            if "must" in words:
                told += 1
            assert not re.search(r": expected|; got|, got ", words), f"{path}: {words}"
    assert told > 80


FACES = {"mlplib", "mlplib.viz", "mlplib.checks"}
"""What chapters, solutions and exercises may import from, so that modules are free to move."""


def imported_from(source: str) -> set[str]:
    """The modules of mlplib that the Python lines of a page import."""
    named = re.findall(r"^\s*(?:>>> )?(?:from|import)\s+(mlplib[\w.]*)", source, re.MULTILINE)
    return set(named)


def pages() -> dict[str, str]:
    """Every page and notebook, as its source."""
    found = {}
    for folder in (".", "chapters", "solutions", "exercises"):
        for path in (ROOT / folder).glob("*.md"):
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        for path in (ROOT / folder).rglob("*.ipynb") if folder != "." else ():
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
            found[path.relative_to(ROOT).as_posix()] = "\n".join(code)
    return found


def test_pages_import_from_the_three_faces_alone():
    """index.md, the chapters, the solutions, the exercises and their notebooks."""
    used = {name: imported_from(source) for name, source in pages().items()}
    assert {"chapters/activations.md", "exercises/softmax.ipynb"} <= {n for n in used if used[n]}
    assert {name: modules - FACES for name, modules in used.items() if modules - FACES} == {}


def test_every_extension_stands_in_the_table_and_in_the_settings():
    folder = ROOT / "book" / "extensions"
    table = folder.joinpath("__init__.py").read_text(encoding="utf-8")
    named = re.findall(r"^\| ([a-z_, ]+?) +\|", table, re.MULTILINE)[1:]
    files = {path.stem for path in folder.glob("*.py")}
    folders = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert {name for names in named for name in names.split(", ")} | {"__init__"} == files | folders
    listed = re.findall(r"- book\.extensions\.(\w+)", (ROOT / "_config.yml").read_text("utf-8"))
    assert listed
    assert set(listed) <= files | folders
