"""Answers that find the first wrong line of a proof and mend it: the two are judged apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mlplib.checks.blank import is_blank
from mlplib.checks.formulas.notation import unquoted, visible
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.choice_letters import letters_in
from mlplib.checks.kinds.expression import Expression, Written
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, Status, almost, right, unread, wrong
from mlplib.checks.quoting import quoted

_BETWEEN = r"(?:\s*[:=,;)→]\s*|\s+[-–—]?\s*(?=[^\n]*[\d()*/^+]))"
"""What stands between a letter and a formula: a sign, or a blank where a formula follows."""

_QUOTE = "[\"'“”‘’]?"
_PAIR = re.compile(rf"^\s*[(\[{{](\s*{_QUOTE}\w{_QUOTE}\s*[,:].*)[)\]}}]\s*$", re.DOTALL)
"""A pair as Python writes it, in its brackets."""

_LINE = re.compile(rf"^\s*\(?{_QUOTE}((?:[^\W\d_]{{4,}}\s+)?\w){_QUOTE}{_BETWEEN}(?=\S)")
"""A letter, perhaps with what lines are called before it."""


@dataclass(frozen=True)
class Marked:
    """The letter of a line, and what is to stand there instead, as far as it could be read."""

    line: str
    formula: Written | Finding | None


@dataclass(frozen=True)
class Mended(Answer[Marked]):
    """The letter of the first wrong line, with what must stand there: ``("B", "exp(-z)")``.

    The lines are the options of the question; their feedback is told to those who mark another
    one. A misconception is a formula that people put in place of the wrong one.

    Attributes
    ----------
    line : str
        The first line that is wrong.
    formula : Expression
        What it must be.
    """

    line: str
    formula: Expression

    def read(self, answer: Any, words: ExerciseText) -> Marked | Finding:
        """Type, letter; the formula is looked at when the line is known."""
        line, formula = _apart(answer)
        options = {letter: option.text for letter, option in words.options.items()}
        if isinstance(formula, str) and formula.strip().upper() in options:
            line, formula = formula, line
        if not isinstance(line, str):
            return unread("mended.type", got=type(line).__name__)
        letters = letters_in(visible(line[:1000]), options, several=False)
        if letters is None or len(letters) != 1:
            return unread("mended.letter", got=quoted(line), known=", ".join(options))
        if isinstance(formula, str):
            formula = re.sub(r"^\s*=(?!=)", "", formula)  # as the line goes on
        read = None if formula is None else self.formula.read(formula, words)
        return Marked(letters.pop(), read)

    def compare(self, got: Marked, known: Sequence[Misconception]) -> Finding:
        """Line, then formula; whichever is right is told so."""
        verdict = got.formula
        if verdict is not None and not isinstance(verdict, Finding):
            verdict = self.formula.compare(verdict, known)
        if got.line != self.line:
            other = wrong(f"option.{got.line}")
            mended = verdict is not None and verdict.status is Status.RIGHT
            return replace(other, advice="mended.formula") if mended else other
        if verdict is None:
            return almost("mended.half", line=got.line)
        if verdict.status is Status.RIGHT:
            return right()
        parameters = {**verdict.parameters, "line": got.line}
        return replace(verdict, advice="mended.line", parameters=parameters)

    def right_answer(self) -> tuple[str, str]:
        """Return the letter and the formula."""
        return self.line, self.formula.reference

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the right letter with the wrong formula."""
        return self.line, wrong

    def exported(self) -> dict[str, Any]:
        """Return the line and what its formula is compared with."""
        return {"line": self.line, "formula": self.formula.exported()}

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield the formula."""
        yield [self.formula.reference]

    def is_unmistakable(self) -> bool:
        """Tell whether the formula has an operator."""
        return self.formula.is_unmistakable()

    def word_faults(self, words: ExerciseText) -> Iterator[str]:
        """Yield which lines lack words."""
        if self.line not in words.options or len(words.options) < 2:
            yield f"the line {self.line} and other ones must have words: {list(words.options)}"
        if not all(o.text.strip() and o.feedback.strip() for o in words.options.values()):
            yield "every option needs a text and feedback"


def _apart(answer: Any) -> tuple[Any, Any]:
    """Return the letter and the formula of ``("B", "x")``, ``{"B": "x"}`` or ``"B: x"``.

    The pair may be typed as well.

    Examples
    --------
    >>> _apart({"B": "x"}), _apart("line B: x = y"), _apart("B")
    (('B', 'x'), ('line B', 'x = y'), ('B', None))
    >>> _apart("(B, 2*x)"), _apart("ligne B: x")
    (('B', '2*x'), ('ligne B', 'x'))
    """
    if type(answer) is np.ndarray and answer.shape in ((1,), (2,)):
        answer = answer.tolist()
    if type(answer) is dict and len(answer) == 1:
        return next(iter(answer.items()))
    if type(answer) in (list, tuple) and len(answer) in (1, 2):
        line, formula = (*answer, None)[:2]
        return line, None if is_blank(formula) else formula
    if isinstance(answer, str):
        text = _PAIR.sub(r"\1", unquoted(str(answer)[:10_000]))
        found = _LINE.match(text)
        return (found[1], text[found.end() :]) if found else (text, None)
    return answer, None
