"""What is done on two machines is joined; what many students answered is summed up."""

from __future__ import annotations

import json

import pytest

from mlplib.checks import collect, merge, practice
from mlplib.checks.keeping.record import Record, from_text, to_text
from mlplib.checks.outcome import Status
from tests.mlplib.checks.demo import DEMO


def write(path, **records):
    path.write_text(to_text({f"demo.{k}": r for k, r in records.items()}), encoding="utf-8")
    return str(path)


def test_two_files_are_joined_into_the_first(tmp_path, capsys):
    mine, other = tmp_path / "mine.json", tmp_path / "other.json"
    arguments = [
        write(mine, a=Record(Status.RIGHT), b=Record(Status.WRONG, 2)),
        write(other, b=Record(Status.RIGHT), c=Record(Status.BLANK, 1)),
    ]
    before = other.read_bytes()
    for _ in range(2):
        assert merge.main(arguments) == 0
        assert from_text(mine.read_text(encoding="utf-8"))[0] == {
            "demo.a": Record(Status.RIGHT),
            "demo.b": Record(Status.RIGHT, 2),
            "demo.c": Record(Status.BLANK, 1),
        }
        assert capsys.readouterr().out == f"{mine} holds 3 questions now, 2 of them right.\n"
    assert other.read_bytes() == before


def test_the_first_file_need_not_exist(tmp_path):
    new = tmp_path / "new.json"
    assert merge.main([str(new), write(tmp_path / "other.json", a=Record(Status.RIGHT))]) == 0
    assert practice(DEMO, file=new).progress().text.startswith("1 right")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is no file of progress"),
        ('{"version": 1, "questions": {"a.b": 3}}', "is no file of progress"),
        ('{"version": 2}', "was written by a newer version"),
        (None, "cannot be read: "),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_cannot_be_read_in_full_leaves_all_files_as_they_were(
    tmp_path, capsys, content, says, place
):
    files = [tmp_path / "mine.json", tmp_path / "other.json"]
    for path in files:
        write(path, a=Record(Status.RIGHT))
    if content is None:
        files[place].unlink()
        files[place].mkdir()
    else:
        files[place].write_text(content, encoding="utf-8")
    left = files[1 - place].read_bytes()
    assert merge.main([str(path) for path in files]) == 1
    said = capsys.readouterr().err
    assert f"{files[place]} {says}" in said
    assert "Nothing was written" in said
    assert files[1 - place].read_bytes() == left
    assert sorted(tmp_path.iterdir()) == sorted(files)


def noted(path, *answers):
    check, *_ = practice("softmax", notes=path)
    for question, answer in answers:
        check(question, answer)
    return str(path)


def test_many_files_are_summed_up_by_what_was_said(tmp_path, capsys):
    files = [
        noted(tmp_path / "1", ("a", [1, 2, 5]), ("a", ["one"]), ("h", "A"), ("a", [1, 2, 5])),
        noted(tmp_path / "2", ("a", [1.0, 2.0, 5.0])),
        noted(tmp_path / "3", ("q", "p")),
    ]
    assert collect.main(files) == 0
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(lines[0].split()) == "question files answers what was said most frequent answer"
    assert lines[1].split()[:4] == ["softmax.a", "2", "3", "misconception.shares_not_divided"]
    assert lines[1].endswith("  [1, 2, 5]")
    assert {line.split()[0] for line in lines[2:5]} == {"softmax.a", "softmax.h", "softmax.q"}
    assert "{" not in "".join(lines)
    slip = "misconception.shares_not_divided: "
    (told,) = [line for line in lines if line.startswith(slip)]
    assert told.removeprefix(slip) in repr(practice("softmax").check("a", [1, 2, 5]))


def test_broken_lines_are_counted_and_named_and_the_others_count(tmp_path, capsys):
    path = tmp_path / "notes.jsonl"
    noted(path, ("a", [1, 2, 5]))
    with open(path, "ab") as file:
        file.write(b"\n{\n\xff\xfe\n[]\n" + json.dumps({"version": 2}).encode() + b"\n")
    noted(path, ("h", "A"))
    assert collect.main([str(path), str(tmp_path / "missing")]) == 0
    said = capsys.readouterr()
    assert f"Lines that could not be read: 4, the first at {path}:3, {path}:4, {path}:5" in said.out
    assert "softmax.a" in said.out
    assert "softmax.h" in said.out
    assert said.err == f"{tmp_path / 'missing'} is not there.\n"


def test_without_any_file_there_is_no_table(tmp_path, capsys):
    assert collect.main([str(tmp_path / "missing")]) == 1
    assert capsys.readouterr().out == ""
