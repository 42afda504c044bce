"""Answers that are chosen: one option or several, with something to say about each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlplib.checks.blank import is_blank
from mlplib.checks.formulas.notation import visible
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.choice_letters import letters_in
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.quoting import quoted


@dataclass(frozen=True, init=False)
class Choice(Answer[frozenset[str]]):
    """One option, or a set of options, by letter or by the option's text.

    What the options say, and what is said to those who choose them, are words of the set
    (``[<id>.options.<letter>]``). Misconceptions are whole wrong answers, such as ``"B"`` or
    ``{"A", "B"}``, that deserve more than the words of their options.

    Attributes
    ----------
    correct : frozenset of str
        The letters that are right; ``Choice("ACE", multiple=True)`` is enough.
    multiple : bool
        Whether more than one may be chosen.
    """

    correct: frozenset[str]
    multiple: bool

    def __init__(self, correct: Iterable[str], multiple: bool = False) -> None:
        object.__setattr__(self, "correct", frozenset(correct))
        object.__setattr__(self, "multiple", multiple)

    def read(self, answer: Any, words: ExerciseText) -> frozenset[str] | Finding:
        """Type, known options."""
        if type(answer) is np.ndarray and answer.ndim == 1 and answer.size <= 100:
            answer = answer.tolist()
        several = type(answer) in (list, tuple, set, frozenset)
        if not several:
            answer = [answer]
        if len(answer) > 100:
            return unread("choice.many", count=str(len(answer)))
        options = {letter: option.text for letter, option in words.options.items()}
        letters: set[str] = set()
        for item in answer:
            if several and is_blank(item):
                continue
            if not isinstance(item, str):
                inside = type(item).__name__
                got = f"{type(answer).__name__} of {inside}" if several else inside
                return (
                    unread("choice.type_several", got=got)
                    if self.multiple
                    else unread("choice.type_one", got=got)
                )
            found = letters_in(visible(str(item)[:1000]), options, self.multiple)
            if found is None:
                return self._not_letters(str(item), list(options))
            letters |= found
        return frozenset(letters)

    def compare(self, got: frozenset[str], known: Sequence[Misconception]) -> Finding:
        """Return what is wrong: number of options, misconception, the first wrong option."""
        if not self.multiple and len(got) > 1:
            return wrong("choice.one", count=str(len(got)))
        if got == self.correct:
            return right()
        for misconception in known:
            if got == frozenset(misconception.wrong):
                return wrong(f"misconception.{misconception.key}")
        extra = sorted(got - self.correct)
        if not extra:
            return wrong("choice.missing")
        finding = wrong(f"option.{extra[0]}", count=str(len(extra) - 1))
        return finding if len(extra) == 1 else replace(finding, advice="choice.others")

    def right_answer(self) -> Any:
        """Return the right letter, or the set of right letters."""
        return set(self.correct) if self.multiple else "".join(self.correct)

    def show(self, variable: str) -> str:
        """Return the right letters as text."""
        return f'    {variable} = "{", ".join(sorted(self.correct))}"'

    def exported(self) -> dict[str, Any]:
        """Return the right letters."""
        return {"correct": sorted(self.correct), "multiple": self.multiple}

    def exported_wrong(self, wrong: Any) -> Any:
        """Return the wrong letters."""
        return sorted(wrong)

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield the texts of the right options."""
        yield [words.options[letter].text for letter in self.correct]

    def tells_the_rest(self, text: str, wrong: Any) -> bool:
        """Tell whether `text` names every letter that is to be added to those chosen or dropped."""
        rest = self.correct ^ frozenset(wrong)
        named = (re.search(rf"\b{re.escape(letter)}\b", text) for letter in rest)
        return self.multiple and all(named)

    def word_faults(self, words: ExerciseText) -> Iterator[str]:
        """Yield which options lack words, and whether as many are right as are asked for."""
        if not self.correct < set(words.options):
            yield f"right and wrong options must have words: {list(words.options)}"
        if not self.multiple and len(self.correct) != 1:
            yield "a single choice has one right option"
        if not all(o.text.strip() and o.feedback.strip() for o in words.options.values()):
            yield "every option needs a text and feedback"

    def _not_letters(self, got: str, options: list[str]) -> Finding:
        known = ", ".join(options)
        if self.multiple:
            # The example is the same whatever is right: it must not tell.
            example = f"{options[0]}, {options[-1]}"
            return unread("choice.letters", got=quoted(got), known=known, example=example)
        return unread("choice.letter", got=quoted(got), known=known, example=options[0])
