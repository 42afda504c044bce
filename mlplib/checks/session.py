"""The four verbs of an exercise notebook: `check`, `hint`, `solution`, `progress`."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from mlplib.checks import sets
from mlplib.checks.exercise import Exercise, ExerciseSet
from mlplib.checks.messages import ExerciseText, set_text
from mlplib.checks.outcome import Finding, Outcome, Status, failed
from mlplib.checks.panel import Panel
from mlplib.checks.progress import Progress
from mlplib.checks.quoting import failure_name, failure_text
from mlplib.language import language as spoken_language, words


def practice(
    name: str | ExerciseSet, *, language: str | None = None, seed: int | None = None
) -> Practice:
    """Open an exercise set for practice.

    Parameters
    ----------
    name : str or ExerciseSet
        ``"activations"``, or a set of your own.
    language : str
        Language of every sentence; by default the one that ``MLPLIB_LANGUAGE`` names.
    seed : int, optional
        Draws other numbers for the exercises that have variants.

    Returns
    -------
    Practice
        Unpacks into ``check, hint, solution, progress``.

    Raises
    ------
    ValueError
        If no set has this name, or the set or the engine lacks the language.
    """
    exercises = name if isinstance(name, ExerciseSet) else load(name)
    if seed is not None:
        drawn = (e.variant(seed) if e.variant else e for e in exercises.exercises)
        exercises = replace(exercises, exercises=tuple(drawn))
    return Practice(exercises, language or spoken_language())


def load(name: str) -> ExerciseSet:
    """Return the exercise set `name` of this package.

    Raises
    ------
    ValueError
        If no set has this name.
    """
    known = known_sets()
    if name not in known:
        raise ValueError(f"name must be one of the exercise sets {known}, not {name!r}.")
    exercises = import_module(f"{sets.__name__}.{name}").SET
    assert isinstance(exercises, ExerciseSet)
    return exercises


def known_sets() -> list[str]:
    """Return the names of the exercise sets of this package."""
    return sorted(module.name for module in pkgutil.iter_modules(sets.__path__))


class Practice:
    """One student's work on one set; remembers best outcomes and hints while the kernel lives.

    Parameters
    ----------
    exercises : ExerciseSet
        The questions.
    language : str
        Language of every sentence.
    """

    def __init__(self, exercises: ExerciseSet, language: str) -> None:
        self._set = exercises
        self._engine = words(language)
        self._text = set_text(exercises.folder, exercises.name, language)
        self._exercises = {exercise.id: exercise for exercise in exercises.exercises}
        self._status = dict.fromkeys(self._exercises, Status.BLANK)
        self._hints = dict.fromkeys(self._exercises, 0)

    def __iter__(self) -> Iterator[Callable[..., Panel]]:
        yield from (self.check, self.hint, self.solution, self.progress)

    def check(self, question: Any, answer: Any = None) -> Outcome:
        """Compare `answer` with what the question asks for; never raises.

        A function that never ends is ended by the notebook's stop button.
        """
        exercise = self._find(question)
        if exercise is None:
            return self._unknown(question)
        finding = self._judge(exercise, answer)
        self._status[exercise.id] = finding.status.better(self._status[exercise.id])
        return Outcome(
            tone=finding.status.value,
            symbol=finding.status.symbol,
            heading=f"{exercise.id} · {self._engine[f'status.{finding.status.value}']}",
            text=self._say(finding, exercise),
            question=f"{self._set.name}.{exercise.id}",
            status=finding.status,
            note=finding.key,
        )

    def hint(self, question: Any, step: Any = None) -> Panel:
        """Show the next hint of a question, or hint number `step`."""
        exercise = self._find(question)
        if exercise is None:
            return self._unknown(question)
        hints = self._words(exercise).hints
        count = len(hints)
        if step is not None and not (type(step) is int and 1 <= step <= count):
            return self._panel("hint", exercise, "hint.range", count=str(count))
        at_top = step is None and self._hints[exercise.id] == count
        number = step or min(self._hints[exercise.id] + 1, count)
        self._hints[exercise.id] = max(number, self._hints[exercise.id])
        key = "hint.top" if at_top else "hint.last" if number == count else "hint.step"
        return self._panel(
            "hint",
            exercise,
            key,
            number=str(number),
            count=str(count),
            hint=_fill(hints[number - 1], exercise),
        )

    def solution(self, question: Any) -> Panel:
        """Show the reference answer and how one gets there."""
        exercise = self._find(question)
        if exercise is None:
            return self._unknown(question)
        words = self._words(exercise)
        return self._panel(
            "solution",
            exercise,
            "solution.text",
            title=words.title,
            reference=exercise.kind.show(exercise.variable),
            solution=_fill(words.solution, exercise),
            why=_fill(words.why, exercise),
        )

    def question(self, question: Any) -> Panel:
        """Show what a question gives and asks."""
        exercise = self._find(question)
        if exercise is None:
            return self._unknown(question)
        words = self._words(exercise)
        options = "".join(f"\n    {k}  {option.text}" for k, option in words.options.items())
        return self._panel(
            "question",
            exercise,
            "question.text",
            title=words.title,
            given=_fill(words.given, exercise) + options,
            source=exercise.source,
        )

    def progress(self) -> Progress:
        """Show the best outcome of each question, and which question comes next."""
        titles = {id_: self._words(e).title for id_, e in self._exercises.items()}
        return Progress.of(self._text.title, self._status, titles, self._engine)

    def _judge(self, exercise: Exercise, answer: Any) -> Finding:
        try:
            return exercise.kind.judge(answer, exercise.misconceptions, self._words(exercise))
        except Exception as failure:
            # What an answer raises when it is read has been caught where it is read. This is a
            # mistake of ours: a sentence for the student, a traceback for whoever tests us.
            if "PYTEST_CURRENT_TEST" in os.environ:
                raise
            return failed(
                "answer.failed", failure=failure_name(failure), says=failure_text(failure)
            )

    def _say(self, finding: Finding, exercise: Exercise) -> str:
        said = self._reason(finding, exercise)
        return (
            f"{said}\n{self._filled(finding.advice, finding, exercise)}" if finding.advice else said
        )

    def _reason(self, finding: Finding, exercise: Exercise) -> str:
        table, _, key = finding.key.partition(".")
        if table == "misconception":
            text, line = _fill(self._text.misconceptions[key], exercise), finding.line
            known = self._engine["derivation.known"]
            return text if line is None else known.format(line=line, text=text)
        if table == "option":
            return f"{key}: {_fill(self._words(exercise).options[key].feedback, exercise)}"
        return self._filled(finding.key, finding, exercise)

    def _filled(self, key: str, finding: Finding, exercise: Exercise) -> str:
        """Return a message of the engine with its braces filled."""
        variable, why = exercise.variable, _fill(self._words(exercise).why, exercise)
        if finding.line is not None:
            line = self._engine["derivation.line"]
            variable = line.format(line=finding.line, variable=variable)
        return self._engine[key].format(variable=variable, why=why, **finding.parameters)

    def _panel(self, tone: str, exercise: Exercise, key: str, **parameters: str) -> Panel:
        heading = f"{exercise.id} · {self._engine[f'panel.{tone}']}"
        return Panel(tone, "→", heading, self._engine[key].format(**parameters))

    def _words(self, exercise: Exercise) -> ExerciseText:
        return self._text.exercises[exercise.id]

    def _find(self, question: Any) -> Exercise | None:
        if type(question) is not str:
            return None
        return self._exercises.get(question.removeprefix(f"{self._set.name}."))

    def _unknown(self, question: Any) -> Outcome:
        known = ", ".join(self._exercises)
        name = repr(str(question)[:40]) if type(question) is str else type(question).__name__
        text = self._engine["answer.unknown"].format(name=name, set=self._set.name, known=known)
        heading = self._engine["status.unknown"]
        unknown = Status.UNKNOWN
        return Outcome(unknown.value, unknown.symbol, heading, text, "", unknown, "answer.unknown")


def _fill(text: str, exercise: Exercise) -> str:
    return text.format(**exercise.parameters) if exercise.parameters else text
