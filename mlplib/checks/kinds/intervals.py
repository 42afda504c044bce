"""Answers that are sets of real numbers: intervals, open or closed, their unions, single points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mlplib.checks.formulas.notation import visible
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.read_intervals import (
    INFINITY,
    LONGEST,
    Piece,
    Unreadable,
    contains,
    end_text,
    set_of,
    set_text,
    text_of_sympy,
)
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.quoting import quoted


@dataclass(frozen=True)
class Intervals(Answer["tuple[Piece, ...]"]):
    """A set of real numbers as text: ``"(0, 1/4]"``, ``"(-inf, 0) U (0, inf)"``, ``"{-1, 1}"``.

    Attributes
    ----------
    expected : str
        The set, written in one of these ways.
    """

    expected: str

    def read(self, answer: Any, words: ExerciseText) -> tuple[Piece, ...] | Finding:
        """Type, brackets, ends."""
        text = text_of_sympy(answer)
        if not isinstance(text, str):
            return unread("intervals.type", got=type(answer).__name__)
        try:
            return set_of(visible(str(text)[: 2 * LONGEST]))
        except Unreadable as problem:
            return unread(problem.key, got=quoted(str(text)), **problem.words)

    def compare(self, got: tuple[Piece, ...], known: Sequence[Misconception]) -> Finding:
        """Value, misconception, a point in one set alone, an end that does or does not belong."""
        expected = set_of(self.expected)
        if got == expected:
            return right()
        for misconception in known:
            if got == set_of(misconception.wrong):
                return wrong(f"misconception.{misconception.key}", got=set_text(got))
        both = _ends(got) & _ends(expected)
        for point in _points(_ends(got) | _ends(expected)):
            mine, theirs = contains(got, point), contains(expected, point)
            if mine != theirs:
                key = "intervals.extra" if mine else "intervals.missing"
                key = "intervals.end" if point in both else key
                return wrong(key, got=set_text(got), point=end_text(point))
        raise AssertionError("sets that differ have a point that tells them apart")

    def right_answer(self) -> str:
        """Return the expected set."""
        return self.expected

    def exported(self) -> dict[str, Any]:
        """Return the set as text."""
        return {"expected": self.expected}

    def is_unmistakable(self) -> bool:
        """Tell that a text which holds the set with its brackets tells it."""
        return True

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield the set as it is typed, and as it is printed."""
        yield [self.expected]
        yield [set_text(set_of(self.expected))]


def _ends(pieces: Sequence[Piece]) -> set[Any]:
    ends = {end for piece in pieces for end in (piece.low, piece.high)}
    return ends - {INFINITY, -INFINITY}


def _points(ends: set[Any]) -> Iterator[Any]:
    """Yield points of which one at least tells two sets with these ends apart; ends come last."""
    if not ends:
        yield 0
        return
    rising = sorted(ends)
    yield from (low + (high - low) / 2 for low, high in pairwise(rising))
    yield rising[0] - 1
    yield rising[-1] + 1
    yield from rising
