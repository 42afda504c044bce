"""The Makefile and Git's settings: what they do on systems other than this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def make(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        ["make", "-n", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("user", [0, 1000])
def test_jupyterlab_starts_for_the_superuser_too(user, tmp_path):
    (tmp_path / "id").write_text(f"#!/bin/sh\necho {user}\n")
    (tmp_path / "id").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    said = make("lab", f"PYTHON={sys.executable}", PATH=path)
    assert "-m jupyterlab" in said
    assert ("--allow-root" in said) == (user == 0)


def test_every_command_runs_in_an_environment_that_is_whole():
    for goal in ("book", "test", "bench", "serve", "lab", "exercises", "notebooks", "lock"):
        lines = make(goal, f"PYTHON={sys.executable}").splitlines()
        commands = [line for line in lines if sys.executable in line]
        assert commands
        assert all(f"{sys.executable} -m book.environment -m " in line for line in commands)


def test_a_machine_without_python_is_told_what_it_lacks(tmp_path):
    for name in ("make", "id", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name))
    folder = tmp_path / "clone"
    folder.mkdir()
    shutil.copyfile(ROOT / "Makefile", folder / "Makefile")
    done = subprocess.run(
        ["make", "book"], cwd=folder, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "No Python 3.11 or newer was found. Install one, or name it: make PYTHON=" in done.stderr


def test_a_clone_on_windows_has_the_same_bytes(tmp_path):
    """Git turns line ends where it is told to; the lock and the scripts must keep theirs."""
    names = (".gitattributes", "requirements.lock", "binder/postBuild", "book/page.png")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)

    def git(*arguments: str) -> None:
        command = ["git", "-c", "core.autocrlf=true", "-c", "user.name=a", "-c", "user.email=b"]
        subprocess.run([*command, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "all")
    for name in names[1:]:
        (tmp_path / name).unlink()
    git("checkout", "--", ".")
    for name in names:
        assert (tmp_path / name).read_bytes() == (ROOT / name).read_bytes(), name
