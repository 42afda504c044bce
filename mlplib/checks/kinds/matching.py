"""Answers that match things: each numbered item with a letter."""

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
class Pairs:
    """What was matched, and what the question says of each item and each letter."""

    pairs: Mapping[str, str]
    about: Mapping[str, str]


@dataclass(frozen=True)
class Matching(Answer[Pairs]):
    """Every item of a question, ``1``, ``2``, …, with the one letter that fits it.

    Items and letters are the options of the question. Their feedback says what the item needs and
    what the letter gives: both together tell those who match them why they do not fit.
    A misconception is one pair or several, such as ``{"2": "B"}``.

    Attributes
    ----------
    expected : mapping of str to str
        Such as ``{"1": "C", "2": "A"}``; a letter may fit several items, or none.
    """

    expected: Mapping[str, str]

    def read(self, answer: Any, words: ExerciseText) -> Pairs | Finding:
        """Type, items, letters: ``"1C 2A"``, ``"CA"`` and ``{1: "C", 2: "A"}`` are the same."""
        signs: list[str] = []
        for part in _parts(answer):
            if not isinstance(part, str) and not (type(part) is int and 0 <= part <= 99):
                got = type(part).__name__
                return unread("matching.type", got=got, example=self._example(words))
            text = unjoined(visible(str(part)[:LONGEST]))
            signs += [sign for sign in text if sign.isalnum()]
        items, letters = list(self.expected), self._letters(words)
        if len(signs) == len(items) and set(signs) <= set(letters):
            signs = [sign for pair in zip(items, signs, strict=True) for sign in pair]
        couples = zip(signs[::2], signs[1::2], strict=False)
        pairs = dict((b, a) if b in items else (a, b) for a, b in couples)
        sound = len(signs) == 2 * len(items) and set(pairs) == set(items)
        if not sound or not set(pairs.values()) <= set(letters):
            return unread(
                "matching.pairs",
                got=quoted("".join(signs)),
                items=", ".join(items),
                letters=", ".join(letters),
                example=self._example(words),
            )
        return Pairs(pairs, {key: option.feedback for key, option in words.options.items()})

    def compare(self, got: Pairs, known: Sequence[Misconception]) -> Finding:
        """Value, misconception, the first pair that does not fit and why."""
        off = {
            item: got.pairs[item] for item, fit in self.expected.items() if got.pairs[item] != fit
        }
        if not off:
            return right()
        count = {"count": str(len(self.expected) - len(off)), "size": str(len(self.expected))}
        for misconception in known:
            if misconception.wrong.items() <= off.items():
                return wrong(f"misconception.{misconception.key}", **count)
        item, letter = next(iter(off.items()))
        reasons = {"needs": got.about[item], "gives": got.about[letter]}
        return wrong("matching.pair", item=item, letter=letter, **reasons, **count)

    def right_answer(self) -> str:
        """Return the pairs with blanks between them."""
        return " ".join(item + letter for item, letter in self.expected.items())

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the right pairs, but for those that the misconception matches otherwise."""
        return {**self.expected, **wrong}

    def exported(self) -> dict[str, Any]:
        """Return the right pairs."""
        return {"expected": dict(self.expected)}

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield all pairs together."""
        yield [item + letter for item, letter in self.expected.items()]

    def word_faults(self, words: ExerciseText) -> Iterator[str]:
        """Yield that items and letters are not those that have words, or say nothing."""
        if list(words.options)[: len(self.expected)] != list(self.expected):
            yield f"the options must begin with the items {list(self.expected)}"
        if not set(self.expected.values()) <= set(self._letters(words)):
            yield f"the letters {sorted(set(self.expected.values()))} must have words"
        if not all(o.text.strip() and o.feedback.strip() for o in words.options.values()):
            yield "every option needs a text and feedback"

    def _letters(self, words: ExerciseText) -> list[str]:
        return [key for key in words.options if key not in self.expected]

    def _example(self, words: ExerciseText) -> str:
        """Return how pairs are written: all with one letter, whatever is right."""
        return " ".join(item + self._letters(words)[0] for item in self.expected)


def _parts(answer: Any) -> list[Any]:
    """Return the keys and values of a dictionary, the members of lists in lists, or the answer."""
    if type(answer) is np.ndarray and answer.size <= LONGEST:
        answer = answer.tolist()
    if isinstance(answer, dict):
        return [part for pair in list(answer.items())[:LONGEST] for part in pair]
    if type(answer) in (list, tuple):
        short = answer[:LONGEST]
        pairs = all(type(item) in (list, tuple) and len(item) == 2 for item in short)
        return [part for item in short for part in item] if pairs else list(short)
    return [answer]
