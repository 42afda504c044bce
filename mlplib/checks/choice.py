"""Answers that are chosen: one option or several, with something to say about each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mlplib.checks.exercise import Exercise
from mlplib.checks.messages import ExerciseText
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.wording import quoted


@dataclass(frozen=True)
class Choice:
    """One option, or a set of options, by letter or by the option's text.

    What the options say, and what is said to those who choose them, are words of the set
    (``[<id>.options.<letter>]``). Misconceptions are whole wrong answers, such as ``"B"`` or
    ``{"A", "B"}``, that deserve more than the words of their options.

    Attributes
    ----------
    correct : frozenset of str
        The letters that are right.
    multiple : bool
        Whether more than one may be chosen.
    """

    correct: frozenset[str]
    multiple: bool = False

    def judge(self, answer: Any, exercise: Exercise, text: ExerciseText) -> Finding:
        """Type, known options, number of options, misconception, the first wrong option."""
        chosen = _letters(answer, text)
        if isinstance(chosen, Finding):
            return chosen
        if not self.multiple and len(chosen) > 1:
            return wrong("choice.one", count=str(len(chosen)))
        if chosen == self.correct:
            return right()
        for misconception in exercise.misconceptions:
            if chosen == frozenset(misconception.wrong):
                return wrong(f"misconception.{misconception.key}")
        extra = sorted(chosen - self.correct)
        if extra:
            return wrong(f"option.{extra[0]}")
        return wrong("choice.missing", count=str(len(chosen)))

    def right_answer(self) -> Any:
        """Return the right letter, or the set of right letters."""
        return set(self.correct) if self.multiple else "".join(self.correct)

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the wrong choice itself."""
        return wrong

    def show(self) -> str:
        """Return the right letters."""
        return f"    {', '.join(sorted(self.correct))}"


def _letters(answer: Any, text: ExerciseText) -> frozenset[str] | Finding:
    if type(answer) not in (list, tuple, set, frozenset):
        answer = [answer]
    if len(answer) > 100:
        return unread("choice.many", count=str(len(answer)))
    letters: set[str] = set()
    for item in answer:
        if not isinstance(item, str):
            return unread("choice.type", got=type(item).__name__)
        found = _meant(str(item)[:1000], text)
        if found is None:
            return unread("choice.unknown", got=quoted(str(item)), known=", ".join(text.options))
        letters |= found
    return frozenset(letters)


def _meant(item: str, text: ExerciseText) -> set[str] | None:
    """Return the letters that `item` names: ``A``, ``a)``, ``A, C``, or an option's text."""
    by_text = {_plain(option.text): letter for letter, option in text.options.items()}
    if _plain(item) in by_text:
        return {by_text[_plain(item)]}
    by_letter = {letter.casefold(): letter for letter in text.options}
    pieces = [piece.strip(" ().").casefold() for piece in re.split(r"[,;]", item)]
    if all(piece in by_letter for piece in pieces):
        return {by_letter[piece] for piece in pieces}
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")
