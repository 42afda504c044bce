"""Records of questions: joined in any order, written as text that anyone can read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from mlplib.checks.keeping.record import (
    NewerProgress,
    NotProgress,
    Record,
    from_text,
    merged,
    to_text,
)
from mlplib.checks.outcome import Status

KEPT = [s for s in Status if s not in (Status.FAILED, Status.UNKNOWN)]
RECORDS = st.builds(Record, st.sampled_from(KEPT), st.integers(0, 9), st.booleans())
SEVERAL = st.dictionaries(st.text(max_size=8), RECORDS, max_size=4)
RIGHT, WRONG = Record(Status.RIGHT), Record(Status.WRONG)


@given(RECORDS, RECORDS, RECORDS)
def test_records_are_joined_in_any_order_and_as_often_as_one_likes(a, b, c):
    assert a.merged(b) == b.merged(a)
    assert a.merged(b).merged(c) == a.merged(b.merged(c))
    assert a.merged(a) == a
    assert a.merged(Record()) == a


def test_the_better_state_wins():
    copied = Record(Status.RIGHT, seen=True)
    assert RIGHT.merged(copied) == RIGHT
    assert copied.merged(WRONG) == copied
    assert RIGHT.merged(Record(Status.BLANK, 2, seen=True)) == Record(Status.RIGHT, 2)
    assert WRONG.merged(Record(Status.BLANK, seen=True)) == Record(Status.WRONG, seen=True)


@given(RECORDS, st.sampled_from(KEPT), st.integers(1, 9))
def test_nothing_that_happens_makes_a_record_worse(record, status, number):
    for later in (record.answered(status), record.hinted(number), record.shown()):
        assert later.merged(record) == later


def test_a_look_at_the_solution_counts_until_the_answer_is_right():
    assert WRONG.shown().answered(Status.RIGHT) == Record(Status.RIGHT, seen=True)
    assert RIGHT.shown() == RIGHT


@given(SEVERAL)
def test_what_is_written_is_read(records):
    kept = {key: record for key, record in records.items() if record != Record()}
    assert from_text(to_text(records)) == (kept, True)


def test_the_text_has_a_question_a_line_and_is_json():
    text = to_text({"softmax.b": Record(Status.ALMOST, 2, seen=True), "softmax.a": RIGHT})
    assert '\n    "softmax.b": {"best": "almost", "hints": 2, "seen": true}\n' in text
    document = json.loads(text)
    assert document["version"] == 1
    assert list(document["questions"]) == ["softmax.a", "softmax.b"]


@pytest.mark.parametrize(
    "text",
    ["", "no", "[]", "{}", '{"version": 1}', '{"version": true, "questions": {}}', "[" * 9999],
)
def test_another_text_is_not_one_of_these(text):
    with pytest.raises(NotProgress):
        from_text(text)


def test_what_a_newer_version_wrote_is_not_read():
    with pytest.raises(NewerProgress):
        from_text('{"version": 2, "questions": []}')


@pytest.mark.parametrize(
    "entry",
    [
        {"best": "great", "hints": 0, "seen": False},
        {"best": "failed", "hints": 0, "seen": False},
        {"best": "right", "hints": "2", "seen": False},
        {"best": "right", "hints": True, "seen": False},
        {"best": "right", "hints": -1, "seen": False},
        {"best": "right", "hints": 0, "seen": 1},
        {"best": "right"},
        ["right"],
    ],
)
def test_a_question_that_cannot_be_read_leaves_the_others(entry):
    document = json.loads(to_text({"a.a": RIGHT}))
    document["questions"]["a.b"] = entry
    assert from_text(json.dumps(document)) == ({"a.a": RIGHT}, False)


def test_many_are_joined_question_by_question():
    assert merged({"a": WRONG, "b": RIGHT}, {"a": RIGHT}, {}) == {"a": RIGHT, "b": RIGHT}
