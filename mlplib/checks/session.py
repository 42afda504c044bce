"""The four verbs of an exercise notebook: `check`, `hint`, `solution`, `progress`."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from mlplib.checks import sets
from mlplib.checks.asking import MISSING, folded, id_in, what_is_missing
from mlplib.checks.exercise import Exercise, ExerciseSet
from mlplib.checks.keeping.notes import Notes
from mlplib.checks.keeping.store import Kept, Told, kept_at
from mlplib.checks.messages import ExerciseText, set_text
from mlplib.checks.outcome import Finding, Outcome, Status, blank, failed, unread
from mlplib.checks.panel import Panel
from mlplib.checks.progress import Progress
from mlplib.checks.quoting import failure_name, failure_text
from mlplib.language import language as spoken_language, words


def practice(
    name: str | ExerciseSet,
    *,
    language: str | None = None,
    seed: int | None = None,
    file: str | os.PathLike[str] | None = None,
    notes: str | os.PathLike[str] | None = None,
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
    file : path, optional
        Where your progress is kept; by default in the file that ``MLPLIB_PROGRESS`` names, else in
        ``my-progress.json`` in the working directory. "off" keeps nothing.
    notes : path, optional
        A file to which wrong answers are added, for a teacher who collects them with ``python -m
        mlplib.checks.collect``. By default nothing is noted.

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
    drawn = {}
    if seed is not None:
        drawn = {e.id: e.variant(seed) for e in exercises.exercises if e.variant}
        together = (drawn.get(exercise.id, exercise) for exercise in exercises.exercises)
        exercises = replace(exercises, exercises=tuple(together))
    return Practice(
        exercises,
        language or spoken_language(),
        kept_at(file),
        Notes(notes),
        dict.fromkeys(drawn, f"@{seed}"),
    )


def load(name: str) -> ExerciseSet:
    """Return the exercise set `name` of this package.

    Raises
    ------
    ValueError
        If no set has this name.
    """
    known = known_sets()
    if not isinstance(name, str) or folded(name) not in known:
        raise ValueError(f"name must be one of the exercise sets {known}, not {name!r}.")
    exercises = import_module(f"{sets.__name__}.{folded(name)}").SET
    assert isinstance(exercises, ExerciseSet)
    return exercises


def known_sets() -> list[str]:
    """Return the names of the exercise sets of this package."""
    return sorted(module.name for module in pkgutil.iter_modules(sets.__path__))


class Practice:
    """One student's work on one set.

    Parameters
    ----------
    exercises : ExerciseSet
        The questions.
    language : str
        Language of every sentence.
    kept : Kept, optional
        Remembers best outcomes and hints; by default while the kernel lives.
    notes : Notes, optional
        Where wrong answers are noted.
    drawn : mapping of str to str, optional
        What the records of questions with other numbers are told apart by.
    """

    def __init__(
        self,
        exercises: ExerciseSet,
        language: str,
        kept: Kept | None = None,
        notes: Notes | None = None,
        drawn: Mapping[str, str] | None = None,
    ) -> None:
        self._set = exercises
        self._engine = words(language)
        self._text = set_text(exercises.folder, exercises.name, language)
        self._exercises = {exercise.id: exercise for exercise in exercises.exercises}
        self._kept = kept or Kept()
        self._notes = notes or Notes(None)
        drawn = drawn or {}
        self._keys = {i: f"{exercises.name}.{i}{drawn.get(i, '')}" for i in self._exercises}
        self._told: list[Told] = []

    def __iter__(self) -> Iterator[Callable[..., Panel]]:
        yield from (self.check, self.hint, self.solution, self.progress)

    def check(
        self, question: Any = MISSING, answer: Any = MISSING, *more: Any, **named: Any
    ) -> Outcome:
        """Compare `answer` with what the question asks for; never raises.

        A function that never ends is ended by the notebook's stop button.
        """
        exercise = self._find(question)
        if exercise is None:
            return self._unknown("check", question, answer)
        if named:
            finding = unread("answer.named", names=", ".join(named), id=exercise.id)
        elif more:
            finding = unread("answer.several", count=str(1 + len(more)), id=exercise.id)
        elif answer is MISSING:
            finding = blank("answer.missing", id=exercise.id)
        else:
            finding = self._judge(exercise, answer)
        self._kept.change(self._keys[exercise.id], lambda r: r.answered(finding.status))
        outcome = Outcome(
            tone=finding.status.value,
            symbol=finding.status.symbol,
            heading=f"{exercise.id} · {self._engine[f'status.{finding.status.value}']}",
            text="\n".join([self._say(finding, exercise), *self._news()]),
            question=f"{self._set.name}.{exercise.id}",
            status=finding.status,
            note=finding.key,
        )
        self._notes.take(outcome, answer)
        return outcome

    def hint(self, question: Any = MISSING, step: Any = None) -> Panel:
        """Show the next hint of a question, or hint number `step`."""
        exercise = self._find(question)
        if exercise is None:
            return self._unknown("hint", question, step)
        hints = self._words(exercise).hints
        count, key = len(hints), self._keys[exercise.id]
        if step is not None and not (type(step) is int and 1 <= step <= count):
            return self._panel("hint", exercise, "hint.range", count=str(count))
        shown = min(self._kept.of(key).hints, count)  # there may have been more of them
        number = step or min(shown + 1, count)
        self._kept.change(key, lambda record: record.hinted(number))
        at_top = step is None and shown == count
        place = "hint.top" if at_top else "hint.last" if number == count else "hint.step"
        return self._panel(
            "hint",
            exercise,
            place,
            number=str(number),
            count=str(count),
            hint=_fill(hints[number - 1], exercise),
        )

    def solution(self, question: Any = MISSING) -> Panel:
        """Show the reference answer and how one gets there."""
        exercise = self._find(question)
        if exercise is None:
            return self._unknown("solution", question)
        self._kept.change(self._keys[exercise.id], lambda record: record.shown())
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

    def question(self, question: Any = MISSING) -> Panel:
        """Show what a question gives and asks."""
        exercise = self._find(question)
        if exercise is None:
            return self._unknown("question", question)
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
        """Show the best outcome of each question, which comes next, and where that is kept."""
        self._kept.refresh()
        where = self._kept.where()
        told = [*([where] if where else []), *self._kept.troubles()]
        records = {id_: self._kept.of(key) for id_, key in self._keys.items()}
        titles = {id_: self._words(e).title for id_, e in self._exercises.items()}
        kept = [self._engine[key].format(**parts) for key, parts in told]
        return Progress.of(self._text.title, records, titles, self._engine, kept)

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

    def _news(self) -> list[str]:
        """Return what has gone wrong with the file, each thing once."""
        news = [told for told in self._kept.troubles() if told not in self._told]
        self._told += news
        return [self._engine[key].format(**parts) for key, parts in news]

    def _find(self, question: Any) -> Exercise | None:
        found = id_in(question, self._set.name, self._exercises)
        return None if found is None else self._exercises[found]

    def _unknown(self, verb: str, question: Any, second: Any = MISSING) -> Outcome:
        unsolved = (i for i, k in self._keys.items() if self._kept.of(k).best is not Status.RIGHT)
        following = next(unsolved, next(iter(self._keys)))
        key, parts = what_is_missing(
            verb, question, second, self._set.name, self._exercises, following
        )
        text = self._engine[key].format(**parts)
        heading = self._engine["status.unknown"]
        unknown = Status.UNKNOWN
        return Outcome(unknown.value, unknown.symbol, heading, text, "", unknown, key)


def _fill(text: str, exercise: Exercise) -> str:
    return text.format(**exercise.parameters) if exercise.parameters else text
