"""What is done survives a restart, another notebook, a broken file, a folder that is read-only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from book.exercises import main as make_exercises
from book.fingerprint import files
from mlplib.checks import practice
from mlplib.checks.keeping import store as stores
from mlplib.checks.keeping.record import Record, from_text
from mlplib.checks.keeping.store import NAME, Store
from mlplib.checks.outcome import Status
from tests.mlplib.checks.demo import DEMO
from tests.mlplib.checks.keeping.files import kept, restart

ROOT = Path(__file__).resolve().parents[4]
RIGHT = Record(Status.RIGHT)


def test_what_is_done_survives_a_restart(here):
    check, hint, _, _ = practice(DEMO)
    check("a", 0.25)
    check("b", "1/3")
    hint("a")
    restart()
    check, hint, _, progress = practice(DEMO)
    assert progress().text.startswith("1 right, 1 wrong, 11 not attempted.\nNext: b")
    assert hint("a").text.startswith("hint 2 of 3")


def test_running_the_first_cell_again_loses_nothing(here):
    practice(DEMO).check("a", 0.25)
    practice(DEMO).check("b", "3/4")
    assert practice(DEMO).progress().text.startswith("2 right")


def test_nothing_is_written_before_there_is_something_to_keep(here):
    check, _, _, progress = practice(DEMO)
    check("a", ...)
    progress()
    assert list(here.iterdir()) == []
    check("a", 0.3)
    assert [path.name for path in here.iterdir()] == [NAME]
    assert kept(here) == {"demo.a": Record(Status.WRONG)}


def test_progress_tells_where_it_is(here, tmp_path):
    assert (
        practice(DEMO)
        .progress()
        .text.endswith(
            "Your progress is kept in my-progress.json, in the folder of this notebook. "
            "It is a text file of your own."
        )
    )
    other = tmp_path / "there" / "mine.json"
    other.parent.mkdir()
    assert f"kept in {other}." in practice(DEMO, file=other).progress().text
    assert "kept in" not in practice(DEMO, file="off").progress().text


def test_the_environment_names_the_file(here, monkeypatch):
    monkeypatch.setenv("MLPLIB_PROGRESS", "mine.json")
    practice(DEMO).check("a", 0.25)
    assert [path.name for path in here.iterdir()] == ["mine.json"]


def test_found_and_copied_are_told_apart(here):
    check, _, solution, _ = practice(DEMO)
    check("a", 0.25)
    solution("a")
    solution("b")
    check("b", "3/4")
    solution("c")
    restart()
    rows = {row[0]: row[2] for row in practice(DEMO).progress().rows}
    assert rows["a"] == "✓ right"
    assert rows["b"] == "✓ right, after the solution was seen"
    assert rows["c"] == "○ not attempted, solution seen"
    assert "you found 1 by yourself; 1 came after the solution was seen." in repr(
        practice(DEMO).progress()
    )


def test_a_solution_seen_in_another_notebook_is_seen(here):
    first = practice(DEMO)
    other = Store(here / NAME)
    other.change("demo.a", Record.shown)
    first.check("a", 0.25)
    assert kept(here)["demo.a"] == Record(Status.RIGHT, seen=True)


def test_other_numbers_are_another_question(here):
    practice(DEMO, seed=4).check("j", 5)
    practice(DEMO, seed=4).check("a", 0.25)
    assert kept(here) == {"demo.a": RIGHT, "demo.j@4": RIGHT}
    assert practice(DEMO, seed=4).progress().text.startswith("2 right")
    assert practice(DEMO, seed=5).progress().text.startswith("1 right")
    assert practice(DEMO).progress().text.startswith("1 right")


def test_two_notebooks_that_are_open_at_once_know_what_the_other_did(here):
    one, other = Store(here / NAME), Store(here / NAME)
    one.change("demo.a", lambda r: r.answered(Status.RIGHT))
    other.change("demo.b", lambda r: r.answered(Status.RIGHT))
    one.refresh()
    assert one.records == other.records == {"demo.a": RIGHT, "demo.b": RIGHT}


def test_a_notebook_that_writes_while_another_one_does_waits_and_loses_nothing(here, monkeypatch):
    one, other = Store(here / NAME), Store(here / NAME)
    write = stores._write

    def interrupted(path, text):
        monkeypatch.setattr(stores, "_write", write)
        other.change("demo.b", lambda r: r.answered(Status.RIGHT))
        write(path, text)

    monkeypatch.setattr(stores, "_write", interrupted)
    one.change("demo.a", lambda r: r.answered(Status.RIGHT))
    assert [key for key, _ in other.troubles()] == ["kept.busy"]
    other.refresh()
    assert other.troubles() == []
    assert kept(here) == {"demo.a": RIGHT, "demo.b": RIGHT}


WRITER = """
import sys
from pathlib import Path
from mlplib.checks.keeping.store import Store
store = Store(Path("my-progress.json").absolute())
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    store.change(f"{sys.argv[1]}.{number}", lambda record: record.hinted(1))
store.refresh()
assert not store.troubles(), store.troubles()
"""


def test_two_kernels_that_write_at_once_lose_nothing(here):
    command = [sys.executable, "-c", WRITER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    kernels = [
        subprocess.Popen([*command, name], cwd=here, env=environment, **pipes) for name in "ab"
    ]
    for kernel in kernels:
        assert kernel.stdout.readline() == "ready\n"
    for kernel in kernels:
        kernel.stdin.write("go\n")
        kernel.stdin.flush()
    for kernel in kernels:
        kernel.communicate(timeout=30)
        assert kernel.returncode == 0
    assert len(kept(here)) == 80
    assert [path.name for path in here.iterdir()] == [NAME]


def test_a_file_that_an_editor_has_marked_is_read(here):
    practice(DEMO).check("a", 0.25)
    text = (here / NAME).read_text(encoding="utf-8")
    (here / NAME).write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    restart()
    assert practice(DEMO).progress().text.startswith("1 right")
    assert [path.name for path in here.iterdir()] == [NAME]


def test_all_sets_share_a_file_and_what_is_not_known_stays_in_it(here):
    practice(DEMO).check("a", 0.25)
    practice("softmax").check("h", "B")
    Store(here / NAME).change("of-another-book.a", lambda record: record.hinted(2))
    restart()
    practice("softmax").check("d", "A, C, E")
    assert list(kept(here)) == ["demo.a", "of-another-book.a", "softmax.d", "softmax.h"]


def test_an_update_of_the_book_never_touches_it(here):
    """It is no file of the repository, and what makes exercises anew passes it by."""
    assert "my-progress*.json*" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    (here / "solutions").mkdir()
    (here / "exercises").mkdir()
    source = ROOT / "solutions" / "forward.md"
    (here / "solutions" / "forward.md").write_bytes(source.read_bytes())
    (here / "exercises" / NAME).write_text("mine", encoding="utf-8")
    assert make_exercises(["--root", str(here)]) == 0
    assert make_exercises(["--root", str(here), "--check"]) == 0
    assert (here / "exercises" / "forward.ipynb").exists()
    assert (here / "exercises" / NAME).read_text(encoding="utf-8") == "mine"


def test_work_on_exercises_makes_no_built_book_stale(here):
    (here / "page.md").write_text("", encoding="utf-8")
    (here / NAME).write_text("mine", encoding="utf-8")
    assert [path.name for path in files(here)] == ["page.md"]


def test_a_link_to_the_file_stays_a_link(here):
    target = here / "elsewhere.json"
    try:
        (here / NAME).symlink_to(target)
    except OSError:
        pytest.skip("no links here")
    practice(DEMO).check("a", 0.25)
    assert (here / NAME).is_symlink()
    assert list(from_text(target.read_text(encoding="utf-8"))[0]) == ["demo.a"]
