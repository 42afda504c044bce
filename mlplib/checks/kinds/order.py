"""Answers that put things in order: the steps of a proof, by their letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mlplib.checks.formulas.notation import visible
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.quoting import quoted

LONGEST = 1000
"""No more of an answer is looked at."""


@dataclass(frozen=True)
class Order(Answer[str]):
    """Every option of a question once, in the order that is right.

    Attributes
    ----------
    expected : str
        Their letters, such as ``"CAB"``.
    """

    expected: str

    def read(self, answer: Any, words: ExerciseText) -> str | Finding:
        """Type, letters: ``"C, A, B"``, ``"cab"`` and ``["C", "A", "B"]`` are the same."""
        items = answer if type(answer) in (list, tuple) else [answer]
        for item in items:
            if not isinstance(item, str):
                return unread("order.type", got=type(item).__name__)
        text = visible(" ".join(item[:LONGEST] for item in items[:LONGEST])[:LONGEST])
        letters = "".join(character for character in text.upper() if character.isalnum())
        if sorted(letters) != sorted(self.expected):
            known = ", ".join(sorted(self.expected))
            return unread("order.letters", got=quoted(text), known=known)
        return letters

    def compare(self, got: str, known: Sequence[Misconception]) -> Finding:
        """Value, misconception, the first letter that is out of place."""
        if got == self.expected:
            return right()
        for misconception in known:
            if got == misconception.wrong:
                return wrong(f"misconception.{misconception.key}")
        place = next(i for i, letter in enumerate(got) if letter != self.expected[i])
        return wrong("order.place", letter=got[place], place=str(place + 1))

    def right_answer(self) -> str:
        """Return the letters with blanks between them."""
        return " ".join(self.expected)

    def word_faults(self, words: ExerciseText) -> Iterator[str]:
        """Yield that options and letters are not the same."""
        if sorted(words.options) != sorted(self.expected):
            yield f"the options must be the letters of {self.expected}, not {list(words.options)}"
