"""What every kind of answer is asked for; a new kind is a class that says the rest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from mlplib.checks.blank import is_blank
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, blank
from mlplib.checks.reading import guarded

Read = TypeVar("Read")
"""What an answer is once it has been read: a float, an array, a tree, …"""


class Answer(ABC, Generic[Read]):
    """A kind of answer: number, array, function, expression and others.

    An answer is judged in two steps. `read` turns what the student left in the variable, which may
    be anything at all, into something of ours; whatever is raised on the way is the answer's doing.
    `compare` sees only that; whatever is raised there is a mistake of this package.
    """

    @abstractmethod
    def read(self, answer: Any, words: ExerciseText) -> Read | Finding:
        """Return `answer` in a form that can be compared, or what is the matter with it."""

    @abstractmethod
    def compare(self, got: Read, known: Sequence[Misconception]) -> Finding:
        """Return what is to be said about an answer that has been read.

        Parameters
        ----------
        got : what `read` returns
        known : sequence of Misconception
            The wrong answers that have a message of their own.
        """

    @abstractmethod
    def right_answer(self) -> Any:
        """Return an answer that is right, as a student could give it."""

    def judge(self, answer: Any, known: Sequence[Misconception], words: ExerciseText) -> Finding:
        """Return what is to be said about `answer`, whatever it is.

        Parameters
        ----------
        answer : object
            What the student left in the variable.
        known : sequence of Misconception
            The wrong answers that have a message of their own.
        words : ExerciseText
            The words of the question; a choice reads its options there.
        """
        if is_blank(answer):
            return blank("answer.blank")
        got = guarded(self.read, answer, words)
        return got if isinstance(got, Finding) else self.compare(got, known)

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the answer of a student who holds the misconception `wrong`."""
        return wrong

    def show(self, variable: str) -> str:
        """Return the right answer as a line of code that can be pasted, for the solution."""
        return f"    {variable} = {self.right_answer()!r}"

    def exported(self) -> dict[str, Any] | None:
        """Return what a page needs to judge answers of this kind, None where only Python can.

        Made of texts, numbers, lists and dictionaries; the script finds it in ``this``.
        """
        return None

    def exported_wrong(self, wrong: Any) -> Any:
        """Return the wrong version of a misconception, made of the same."""
        return wrong

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield what must stand in a text together to give the answer away."""
        yield from alone(str(self.right_answer()).removesuffix(".0"))

    def is_unmistakable(self) -> bool:
        """Tell whether a text with the answer in it tells it even where it speaks of another one.

        A number may stand in any text by accident, a formula with an operator may not.
        """
        return False

    def tells_the_rest(self, text: str, wrong: Any) -> bool:
        """Tell whether `text` tells those who answered `wrong` what to change, in so many words."""
        return False

    def word_faults(self, words: ExerciseText) -> Iterator[str]:
        """Yield in sentences what is missing or left over in the words of a question."""
        if words.options:
            yield "only a choice has options"


def indented(text: str) -> str:
    """Return lines as evidence: with four blanks in front."""
    return "\n".join(f"    {line}" for line in text.split("\n"))


def alone(needle: str) -> Iterator[list[str]]:
    """Yield an answer, unless it is one that every sentence about the question holds."""
    if needle not in ("0", "1") and not needle.isidentifier():
        yield [needle]
