"""Where progress cannot be kept there is a sentence, and nothing is lost."""

from __future__ import annotations

import json
import os
import time

import pytest

from mlplib.checks import practice
from mlplib.checks.keeping import store as stores
from mlplib.checks.keeping.store import NAME
from mlplib.checks.outcome import Status
from tests.mlplib.checks.demo import DEMO
from tests.mlplib.checks.keeping.files import kept, restart


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_is_broken_off_leaves_the_file_as_it_was(here, monkeypatch, step):
    check, *_ = practice(DEMO)
    check("a", 0.25)
    before = (here / NAME).read_bytes()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as now:
        now.setattr(stores.os, step, full)
        said = check("b", "3/4").text
    assert "my-progress.json could not be written (No space left on device)." in said
    assert (here / NAME).read_bytes() == before
    assert [path.name for path in here.iterdir()] == [NAME]
    assert "could not" not in check("c", [[1, 2], [3, 4]]).text
    assert list(kept(here)) == ["demo.a", "demo.b", "demo.c"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'["no progress"]'])
def test_a_broken_file_is_set_aside_with_a_sentence_and_not_lost(here, content):
    (here / NAME).write_bytes(content)
    check, _, _, progress = practice(DEMO)
    said = (
        "my-progress.json could not be read. It has been set aside as my-progress.broken-1.json, "
        "and nothing in it is lost; a new one is begun."
    )
    assert said in progress().text
    assert check("a", 0.25).text.endswith(said)
    assert "set aside" not in check("b", "3/4").text
    assert (here / "my-progress.broken-1.json").read_bytes() == content
    assert list(kept(here)) == ["demo.a", "demo.b"]
    restart()
    (here / NAME).write_bytes(content)
    practice(DEMO)
    assert (here / "my-progress.broken-2.json").read_bytes() == content


def test_a_file_broken_in_part_keeps_the_rest(here):
    practice(DEMO).check("a", 0.25)
    written = (here / NAME).read_text(encoding="utf-8")
    broken = written.replace("{\n    ", '{\n    "demo.b": {"best": "genius"},\n    ')
    (here / NAME).write_text(broken, encoding="utf-8")
    restart()
    text = practice(DEMO).progress().text
    assert text.startswith("1 right")
    assert "set aside as my-progress.broken-1.json; what could be read is kept." in text
    assert (here / "my-progress.broken-1.json").read_text(encoding="utf-8") == broken
    assert (here / NAME).read_text(encoding="utf-8") == written


def test_a_working_directory_that_is_gone_is_no_failure(here, monkeypatch):
    verbs = practice(DEMO)
    gone = here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    verbs.check("a", 0.25)
    assert f"kept in {here / NAME}." in verbs.progress().text


def test_a_file_of_a_newer_version_is_left_alone(here):
    newer = json.dumps({"version": 2, "questions": "in another form"})
    (here / NAME).write_text(newer, encoding="utf-8")
    check, _, _, progress = practice(DEMO)
    check("a", 0.25)
    assert "written by a newer version of this book and is left as it is" in progress().text
    assert progress().text.startswith("1 right")
    assert (here / NAME).read_text(encoding="utf-8") == newer


@pytest.mark.parametrize("folder", ["missing", "a-file", "forbidden"])
def test_where_nothing_can_be_written_there_is_a_sentence_and_no_failure(here, folder):
    if folder == "forbidden" and os.name == "posix" and os.geteuid() == 0:
        pytest.skip("nothing is forbidden to the superuser")
    place = here / folder
    if folder == "a-file":
        place.write_text("", encoding="utf-8")
    if folder == "forbidden":
        place.mkdir(mode=0o500)
    check, *_ = practice(DEMO, file=place / NAME)
    outcome = check("a", 0.25)
    assert outcome.status is Status.RIGHT
    assert "my-progress.json could not be written (" in outcome.text
    assert "could not be written" not in check("b", "3/4").text
    again = practice(DEMO, file=place / NAME)
    assert again.progress().text.startswith("2 right")
    assert "could not be written" in again.progress().text


def test_a_lock_that_somebody_forgot_holds_nobody_up(here):
    lock = here / f".{NAME}.lock"
    lock.write_text("", encoding="utf-8")
    check, *_ = practice(DEMO)
    start = time.monotonic()
    assert "Another notebook is writing my-progress.json." in check("a", 0.25).text
    assert time.monotonic() - start < 1
    os.utime(lock, (0, 0))
    check("b", "3/4")
    assert list(kept(here)) == ["demo.a", "demo.b"]
    assert not lock.exists()
