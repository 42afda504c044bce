"""What students really answer: ``python -m mlplib.checks.collect NOTES.jsonl ...``.

Sums up the files in which notebooks have noted wrong answers, ``practice(..., notes="...")``: for
each question, what was said how often and to how many, most frequent first. A file counts as one
student. Lines that cannot be read are counted and named, and the others still count.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mlplib.checks.messages import set_text
from mlplib.checks.session import known_sets, load
from mlplib.language import language, say, words

WIDEST = 60
"""No more characters than these are shown of an answer."""

MOST = 5
"""So many of the lines that cannot be read are named; all are counted."""


@dataclass
class Tally:
    """What was noted in several files.

    Attributes
    ----------
    answers : mapping of (question, note) to Counter
        How often each answer was given.
    students : mapping of (question, note) to set of int
        The files it was given in, by number.
    broken : list of (file, line)
        Lines that are no notes.
    """

    answers: defaultdict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    students: defaultdict[tuple[str, str], set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )
    broken: list[tuple[str, int]] = field(default_factory=list)

    def add(self, number: int, file: str, lines: Iterable[bytes]) -> None:
        """Count the lines of one file."""
        for place, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            note = _note(line)
            if note is None:
                self.broken.append((file, place))
                continue
            question, key, answer = note
            self.answers[question, key][answer] += 1
            self.students[question, key].add(number)

    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """Return question, students, answers, what was said and the commonest answer."""
        order = sorted(
            self.answers,
            key=lambda pair: (-len(self.students[pair]), -self.answers[pair].total(), pair),
        )
        return [
            (
                question,
                str(len(self.students[question, key])),
                str(self.answers[question, key].total()),
                key,
                _short(min(self.answers[question, key].most_common(), key=_first)[0]),
            )
            for question, key in order
        ]


def collected(files: Sequence[Path]) -> Tally:
    """Return what was noted in `files`.

    Raises
    ------
    OSError
        If one cannot be read.
    """
    tally = Tally()
    for number, path in enumerate(files):
        with open(path, "rb") as lines:
            tally.add(number, str(path), lines)
    return tally


def table(tally: Tally) -> str:
    """Return the tally as text: a table, what stands behind its keys, and what was not read."""
    head = tuple(say(column) for column in _COLUMNS)
    rows = [head, *tally.rows()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head) - 1)]
    lines = ["  ".join([*map(str.ljust, row, widths), row[-1]]).rstrip() for row in rows]
    said = _said(tally.answers)
    if said:
        lines += ["", *said]
    if tally.broken:
        first = ", ".join(f"{file}:{line}" for file, line in tally.broken[:MOST])
        lines += ["", say("collect.broken", count=len(tally.broken), first=first)]
    return "\n".join(lines)


_COLUMNS = (
    "collect.question",
    "collect.students",
    "collect.answers",
    "collect.said",
    "collect.example",
)


def _note(line: bytes) -> tuple[str, str, str] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match entry:
        case {"version": 1, "question": str(question), "note": str(key), "answer": str(answer)}:
            return question, key, answer
    return None


def _said(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return the sentence of each key: the sets' own for misconceptions, else the engine's."""
    engine, found = words(language()), {}
    for question, key in pairs:
        name = question.partition(".")[0]
        table, _, slip = key.partition(".")
        known: Any = engine
        if table == "misconception" and name in known_sets():
            exercises = load(name)
            known = set_text(exercises.folder, name, language()).misconceptions
            found[key] = known.get(slip)
        elif key in engine:
            found[key] = engine[key]
    told = ((key, re.sub(r"{\w+}", "…", text)) for key, text in sorted(found.items()) if text)
    return [f"{key}: {' '.join(text.split())}" for key, text in told]


def _first(pair: tuple[str, int]) -> tuple[int, str]:
    answer, count = pair
    return -count, answer


def _short(answer: str) -> str:
    line = " ".join(answer.split())
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m mlplib.checks.collect", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="NOTES.jsonl")
    options = parser.parse_args(arguments)
    readable = [path for path in options.files if path.is_file()]
    for path in options.files:
        if path not in readable:
            print(say("collect.missing", file=path), file=sys.stderr)
    if readable:
        print(table(collected(readable)))
    return 0 if readable else 1


if __name__ == "__main__":
    sys.exit(main())
