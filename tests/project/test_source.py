"""The source keeps its own rules: ruff and mypy find nothing in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["mypy"]], ids=["ruff", "mypy --strict"]
)
def test_the_linters_find_nothing(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_extension_stands_in_the_table_and_in_the_settings():
    folder = ROOT / "book" / "extensions"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    table = re.findall(r"^\| ([\w, ]+?) +\|", folder.joinpath("__init__.py").read_text(), re.M)
    assert {name for entry in table[1:] for name in entry.split(", ")} == files
    listed = re.findall(r"- book\.extensions\.(\w+)", (ROOT / "_config.yml").read_text("utf-8"))
    assert set(listed) == {
        path.stem for path in folder.glob("*.py") if "def setup" in path.read_text("utf-8")
    }


def test_what_builds_the_book_is_in_short_files():
    for path in ROOT.glob("book/**/*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name
