"""`.venv` told on a project of one package and no dependency: made, moved, mended, and kept."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from book.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
# A build backend that needs nothing to be fetched: it links the folder it lies in.
BACKEND = """
import pathlib, zipfile

def build_editable(folder, settings=None, metadata=None):
    name = "mlplib-1-py3-none-any.whl"
    about = "Metadata-Version: 2.1\\nName: mlplib\\nVersion: 1\\n"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("mlplib.pth", str(pathlib.Path.cwd()) + "\\n")
        wheel.writestr("mlplib-1.dist-info/METADATA", about)
        wheel.writestr("mlplib-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr("mlplib-1.dist-info/RECORD", "")
    return name
"""
SYSTEM = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
UNKNOWN = "no-such-package==1 \\\n    --hash=sha256:" + 64 * "0" + "\n"


class Project:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.venv = Environment(folder / ".venv", folder)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "book.environment", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "PIP_NO_INDEX": "1"},
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout, done.stderr

    def origin(self) -> Path:
        """The folder that mlplib comes from, asked for somewhere else."""
        command = [self.venv.python, "-I", "-c", "import mlplib; print(mlplib.__file__)"]
        place = subprocess.check_output(command, cwd=self.folder.parent, text=True)
        return Path(place.strip()).parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("environments") / "made here"
    ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "extensions")
    shutil.copytree(ROOT / "book", folder / "book", ignore=ignored)
    (folder / "mlplib").mkdir()
    (folder / "mlplib/__init__.py").write_text("VALUE = 1\n")
    (folder / "backend.py").write_text(BACKEND)
    (folder / "pyproject.toml").write_text(SYSTEM)
    (folder / "requirements.lock").write_text("# nothing is needed\n")
    project = Project(folder)
    code, said, err = project.run()
    assert code == 0, err
    assert "Making .venv" in said
    assert "linked to this folder" in said
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """A copy of the project with its environment, as a reader might make one."""
    shutil.copytree(made.folder, tmp_path / "copied there", symlinks=True)
    return Project(tmp_path / "copied there")


def test_what_is_whole_is_left_alone_and_runs_what_it_is_told(made):
    before = made.venv.stamp.stat().st_mtime_ns
    assert made.run("-c", "import sys; print(sys.prefix)") == (0, f"{made.venv.folder}\n", "")
    assert made.venv.stamp.stat().st_mtime_ns == before
    assert made.run("-c", "raise SystemExit(3)")[0] == 3
    assert sorted(path.name for path in made.folder.glob(".venv*")) == [".venv", ".venv.lock"]


def test_its_scripts_name_the_folder_it_lies_in(made):
    texts = [path.read_text("utf-8", "replace") for path in made.venv.python.parent.glob("*")]
    assert any(str(made.venv.folder) in text for text in texts)
    assert not any(".venv.new" in text for text in texts)


def test_a_copied_environment_is_linked_to_its_new_folder(project, made):
    assert project.origin() == made.folder, "else there is nothing to mend"
    code, said, err = project.run()
    assert code == 0, err
    assert said == "This folder was moved or copied: linking .venv to it …\n"
    assert project.origin() == project.folder
    assert made.origin() == made.folder
    for path in project.venv.python.parent.glob("*"):
        assert str(made.folder) not in path.read_text("utf-8", "replace"), path.name
    assert project.run() == (0, "", "")


def test_a_copy_that_has_lost_its_original_is_linked_too(project, tmp_path):
    project.run()
    project.folder.rename(tmp_path / "moved")
    moved = Project(tmp_path / "moved")
    code, said, _ = moved.run()
    assert code == 0
    assert "linking .venv" in said
    assert moved.origin() == moved.folder


def test_a_failing_installation_leaves_the_working_environment(project):
    project.run()
    old = project.venv.lock.read_text()
    project.venv.lock.write_text(UNKNOWN)
    code, said, err = project.run()
    assert code == 1
    assert "no-such-package" in said
    assert "Is a package index within reach?" in err
    assert "The .venv of before is as it was" in err
    assert "Traceback" not in err
    assert project.origin() == project.folder
    assert not project.folder.joinpath(".venv.new").exists()
    project.venv.lock.write_text(old)
    assert project.run() == (0, "", "")


def test_a_changed_lock_exchanges_the_environment_for_a_new_one(project):
    (project.venv.folder / "old").touch()
    project.venv.lock.write_text("# nothing is needed still\n")
    code, said, err = project.run()
    assert code == 0, err
    assert "Making .venv" in said
    assert not (project.venv.folder / "old").exists()
    assert project.origin() == project.folder
    assert project.run() == (0, "", "")


def test_an_exchange_that_was_broken_off_is_taken_back(project):
    project.run()
    project.venv.folder.rename(project.folder / ".venv.old")
    code, said, _ = project.run()
    assert code == 0
    assert "Making" not in said
    assert project.origin() == project.folder


def test_lines_that_end_as_on_windows_are_the_same_lock(made):
    text = made.venv.lock.read_text()
    made.venv.lock.write_bytes(text.replace("\n", "\r\n").encode())
    assert made.run() == (0, "", "")
    made.venv.lock.write_text(text)


def test_a_broken_environment_is_made_anew_and_promises_nothing_meanwhile(project):
    project.venv.python.unlink()
    good = project.venv.lock.read_text()
    project.venv.lock.write_text(UNKNOWN)
    code, _, err = project.run()
    assert code == 1
    assert "Is a package index within reach?" in err
    assert "of before" not in err
    project.venv.lock.write_text(good)
    code, said, err = project.run()
    assert code == 0, err
    assert "Making .venv" in said
    assert project.origin() == project.folder
