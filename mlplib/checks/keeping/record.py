"""How far a student has come with each question, and the text in which that is kept.

The text is JSON, because a script in a page reads and writes it as well as Python does::

    {
      "about": "…",
      "version": 1,
      "questions": {
        "softmax.a": {"best": "right", "hints": 2, "seen": false}
      }
    }

``questions``
    A key for each question that something has been done about: the set, a dot, the question's id.
    A question with other numbers has the seed behind an @, as in ``notation.o@7``.
``best``
    The best outcome so far: the value of a `Status`, from ``right`` to ``not-attempted``.
``hints``
    How many hints have been shown.
``seen``
    Whether the solution was shown before the answer was right.

Two such texts are joined question by question with `Record.merged`, in any order and as often as
one likes. Whoever changes what a field means counts ``version`` up; what a newer version has
written is not read, and never written over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mlplib.checks.outcome import Status

VERSION = 1

ABOUT = "How far you have come in the exercises of The Mathematics of Backpropagation"

KEPT = {s.value: s for s in Status if s not in (Status.FAILED, Status.UNKNOWN)}
"""What may be the best outcome of a question, by its value, best first."""


@dataclass(frozen=True)
class Record:
    """How far a student has come with one question.

    Attributes
    ----------
    best : Status
    hints : int
        How many hints have been shown.
    seen : bool
        Whether the solution was shown before the answer was right.
    """

    best: Status = Status.BLANK
    hints: int = 0
    seen: bool = False

    def answered(self, status: Status) -> Record:
        """Return the record after a check."""
        return replace(self, best=status.better(self.best))

    def hinted(self, number: int) -> Record:
        """Return the record after a hint."""
        return replace(self, hints=max(number, self.hints))

    def shown(self) -> Record:
        """Return the record after a look at the solution, which comes too late to be copied."""
        return self if self.best is Status.RIGHT else replace(self, seen=True)

    def merged(self, other: Record) -> Record:
        """Return what two notebooks, or two machines, know together: the better state.

        Right without the solution is better than right after it, and that is better than all else.

        Examples
        --------
        >>> Record(Status.RIGHT, seen=True).merged(Record(Status.WRONG, hints=1))
        Record(best=<Status.RIGHT: 'right'>, hints=1, seen=True)
        """
        right = [record for record in (self, other) if record.best is Status.RIGHT]
        return Record(
            best=self.best.better(other.best),
            hints=max(self.hints, other.hints),
            seen=all(record.seen for record in right) if right else self.seen or other.seen,
        )


Records = Mapping[str, Record]
"""The record of each question, by its key."""


class NotProgress(Exception):
    """A text that is not one of these, in no part of it."""


class NotAllProgress(NotProgress):
    """A text of which a part could be read."""


class NewerProgress(Exception):
    """A text that a newer version has written."""


def merged(*several: Records) -> dict[str, Record]:
    """Return all records together, the better state of each question.

    Examples
    --------
    >>> merged({"a.a": Record(hints=1)}, {"a.b": Record()}, {"a.a": Record(hints=3)})["a.a"].hints
    3
    """
    found: dict[str, Record] = {}
    for records in several:
        for key, record in records.items():
            found[key] = found.get(key, Record()).merged(record)
    return found


def to_text(records: Records) -> str:
    """Return the text in which `records` are kept, a question a line."""
    lines = [
        f"    {json.dumps(key, ensure_ascii=False)}: {json.dumps(_entry(record))}"
        for key, record in sorted(records.items())
        if record != Record()
    ]
    return (
        f'{{\n  "about": {json.dumps(ABOUT)},\n  "version": {VERSION},\n  "questions": {{\n'
        + ",\n".join(lines)
        + "\n  }\n}\n"
    )


def from_text(text: str) -> tuple[dict[str, Record], bool]:
    """Return the records of a text, and whether all of it could be read.

    Raises
    ------
    NotProgress
        If nothing of it could.
    NewerProgress
        If a newer version has written it.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise NotProgress from None
    if type(document) is not dict or type(document.get("version")) is not int:
        raise NotProgress
    if document["version"] > VERSION:
        raise NewerProgress
    entries = document.get("questions")
    if type(entries) is not dict:
        raise NotProgress
    records = {key: record for key, entry in entries.items() if (record := _record(entry))}
    return records, len(records) == len(entries)


def _entry(record: Record) -> dict[str, Any]:
    return {"best": record.best.value, "hints": record.hints, "seen": record.seen}


def _record(entry: Any) -> Record | None:
    match entry:
        case {"best": str(best), "hints": int(hints), "seen": bool(seen)} if (
            best in KEPT and type(hints) is int and 0 <= hints <= 99
        ):
            return Record(KEPT[best], hints, seen)
    return None
