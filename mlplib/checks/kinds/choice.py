"""Answers that are chosen: one option or several, with something to say about each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mlplib.checks.exercise import Exercise
from mlplib.checks.kinds.choice_letters import letters_in
from mlplib.checks.messages import ExerciseText
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.quoting import quoted


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
        if not extra:
            return wrong("choice.missing")
        finding = wrong(f"option.{extra[0]}", count=str(len(extra) - 1))
        return finding if len(extra) == 1 else replace(finding, advice="choice.others")

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
        options = {letter: option.text for letter, option in text.options.items()}
        letters: set[str] = set()
        for item in answer:
            if not isinstance(item, str):
                got = type(item).__name__
                return (
                    unread("choice.type_several", got=got)
                    if self.multiple
                    else unread("choice.type_one", got=got)
                )
            found = letters_in(str(item)[:1000], options, self.multiple)
            if found is None:
                return self._not_letters(str(item), list(options))
            letters |= found
        return frozenset(letters)

    def _not_letters(self, got: str, options: list[str]) -> Finding:
        known = ", ".join(options)
        if self.multiple:
            # The example is the same whatever is right: it must not tell.
            example = f"{options[0]}, {options[-1]}"
            return unread("choice.letters", got=quoted(got), known=known, example=example)
        return unread("choice.letter", got=quoted(got), known=known, example=options[0])
