"""Answers that put things in order: the steps of a proof, by their letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlplib.checks.formulas.notation import unjoined, visible
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.quoting import LONGEST, quoted


@dataclass(frozen=True)
class Letters:
    """Letters in the order given, and what the question says of each option."""

    letters: str
    about: Mapping[str, str]


@dataclass(frozen=True)
class Order(Answer[Letters]):
    """The options of a question in the order that is right, each once.

    Options that are not among the expected ones are distractors: to leave them out is part of the
    answer. The feedback of an option says what it needs before it can stand, or why it stands
    nowhere; it is told to those who put it where the order breaks first.

    Attributes
    ----------
    expected : str
        Their letters, such as ``"CAB"``.
    """

    expected: str

    def read(self, answer: Any, words: ExerciseText) -> Letters | Finding:
        """Type, letters: ``"C, A, B"``, ``"cab"`` and ``["C", "A", "B"]`` are the same."""
        if type(answer) is np.ndarray and answer.ndim == 1 and answer.size <= LONGEST:
            answer = answer.tolist()
        items = answer[:LONGEST] if type(answer) in (list, tuple) else [answer]
        for item in items:
            if not isinstance(item, str):
                return unread("order.type", got=type(item).__name__)
        text = visible(" ".join(str(item)[:LONGEST] for item in items))
        letters = "".join(sign for sign in unjoined(text) if sign.isalpha())
        known = ", ".join(sorted(words.options))
        if not letters or not set(letters) <= set(words.options) or _repeats(letters):
            return unread("order.letters", got=quoted(text), known=known)
        if len(words.options) == len(self.expected) != len(letters):
            return unread("order.all", got=quoted(text), known=known)
        return Letters(letters, {key: option.feedback for key, option in words.options.items()})

    def compare(self, got: Letters, known: Sequence[Misconception]) -> Finding:
        """Value, misconception, the first letter that is out of place and why."""
        letters = got.letters
        if letters == self.expected:
            return right()
        for misconception in known:
            if letters == misconception.wrong:
                return wrong(f"misconception.{misconception.key}")
        if self.expected.startswith(letters):
            return wrong("order.short", last=letters[-1])
        expected = self.expected.ljust(len(letters))
        place = next(i for i, letter in enumerate(letters) if letter != expected[i])
        letter = letters[place]
        key = "order.place" if letter in self.expected else "order.stranger"
        return wrong(key, letter=letter, place=str(place + 1), about=got.about[letter])

    def right_answer(self) -> str:
        """Return the letters with blanks between them."""
        return " ".join(self.expected)

    def exported(self) -> dict[str, Any]:
        """Return the right order."""
        return {"expected": self.expected}

    def word_faults(self, words: ExerciseText) -> Iterator[str]:
        """Yield that letters have no words, or say nothing."""
        if not set(self.expected) <= set(words.options):
            yield f"the options must hold the letters of {self.expected}, not {list(words.options)}"
        if not all(o.text.strip() and o.feedback.strip() for o in words.options.values()):
            yield "every option needs a text and feedback"


def _repeats(letters: str) -> bool:
    return len(set(letters)) < len(letters)
