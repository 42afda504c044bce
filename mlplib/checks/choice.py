"""Answers that are chosen: one option or several, with something to say about each."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from mlplib.checks.exercise import Exercise
from mlplib.checks.messages import ExerciseText
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.wording import quoted

_LABEL = r"^\W*(?:the\s+)?(?:lines?|options?|answers?|letters?)\b\s*(?:is|are)?\s*[:=]?\s*"
"""What may stand before a letter."""


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
        chosen = self._letters(answer, text)
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
        return wrong("choice.missing")

    def right_answer(self) -> Any:
        """Return the right letter, or the set of right letters."""
        return set(self.correct) if self.multiple else "".join(self.correct)

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the wrong choice itself."""
        return wrong

    def show(self) -> str:
        """Return the right letters."""
        return f"    {', '.join(sorted(self.correct))}"

    def _letters(self, answer: Any, text: ExerciseText) -> frozenset[str] | Finding:
        if type(answer) not in (list, tuple, set, frozenset):
            answer = [answer]
        if len(answer) > 100:
            return unread("choice.many", count=str(len(answer)))
        letters: set[str] = set()
        for item in answer:
            if not isinstance(item, str):
                got = type(item).__name__
                return (
                    unread("choice.type_several", got=got)
                    if self.multiple
                    else unread("choice.type_one", got=got)
                )
            found = self._meant(str(item)[:1000], text)
            if found is None:
                return self._not_letters(str(item), list(text.options))
            letters |= found
        return frozenset(letters)

    def _meant(self, item: str, text: ExerciseText) -> set[str] | None:
        """Return the letters that `item` names, by their option's text or by themselves."""
        by_text = {_plain(option.text): letter for letter, option in text.options.items()}
        if _plain(item) in by_text:
            return {by_text[_plain(item)]}
        letters = _all_letters(item, text.options)
        if letters is None and not self.multiple:
            return _leading_letter(item, text.options)
        return letters

    def _not_letters(self, got: str, options: list[str]) -> Finding:
        known = ", ".join(options)
        if self.multiple:
            # The example is the same whatever is right: it must not tell.
            example = f"{options[0]}, {options[-1]}"
            return unread("choice.letters", got=quoted(got), known=known, example=example)
        return unread("choice.letter", got=quoted(got), known=known, example=options[0])


def _all_letters(item: str, options: Collection[str]) -> set[str] | None:
    """Return the letters of ``A, C``, ``a and c``, ``AC`` or ``lines A C``: nothing else in it."""
    by_letter = {letter.casefold(): letter for letter in options}
    bare = re.sub(_LABEL, "", item.casefold())
    pieces = [piece for piece in re.split(r"[\s,;&+.(){}\[\]'\"]+|\band\b", bare) if piece]
    found = [c for piece in pieces for c in ([piece] if piece in by_letter else piece)]
    return {by_letter[c] for c in found} if found and set(found) <= set(by_letter) else None


def _leading_letter(item: str, options: Collection[str]) -> set[str] | None:
    """Return the letter of ``line B is wrong`` or ``B, because …``, where no other is named."""
    letter = f"({'|'.join(map(re.escape, options))})"
    # A letter without a label may be a word, such as "A limit ...": something must set it apart.
    labelled = re.match(rf"{_LABEL}{letter}\b", item, re.IGNORECASE)
    alone = re.match(rf"\W*{letter}(?:\s*[).:,;–—-]|\s+(?:because|since)\b)", item, re.IGNORECASE)
    match = labelled or alone
    if match is None or re.search(rf"\b{letter}\b", item[match.end() :]):
        return None
    return {option for option in options if option.casefold() == match[1].casefold()}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .")
