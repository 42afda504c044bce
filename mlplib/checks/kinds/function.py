"""Answers that are functions: called on probes and compared with an independent oracle."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.code.advice import Advice, advice_for
from mlplib.checks.code.calling import Call, Probe, call
from mlplib.checks.code.definition import Definition, definition_of
from mlplib.checks.code.names import forbidden_name, foreign_name
from mlplib.checks.code.recognition import is_far, near_miss, recognise
from mlplib.checks.code.returned import returned
from mlplib.checks.code.source import pasted
from mlplib.checks.code.trial import Entry, Trial
from mlplib.checks.kinds.answer import Answer, indented
from mlplib.checks.kinds.tolerance import COMPUTED, SINGLE, Tolerance
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, Status, almost, blank, error, right, unread
from mlplib.checks.quoting import failure_name, failure_text
from mlplib.checks.reading import guarded
from mlplib.numerals import number_text

PATIENCE = 1.0
"""After so many seconds of calls the first thing wrong is enough."""


@dataclass(frozen=True)
class Function(Answer[Definition]):
    """A function of numbers or arrays.

    Attributes
    ----------
    reference : callable
        The right answer, as it stands in the solution.
    oracle : callable
        The truth by another route (complex step, analytic formula, mpmath), same arguments.
    probes : tuple of tuple
        Arguments to try, simple ones first: the first that differs is reported.
    tolerance : Tolerance
        For float64 input; where an argument is float32, `SINGLE` is used.
    stable : bool
        Whether a warning (overflow, division by zero) makes the answer wrong.
    keeps_dtype : bool
        Whether float32 input must give float32.
    forbidden : tuple of str
        Functions of libraries and methods, such as ``"sign"``, that the answer is to do without.
    only : tuple of str
        Where it is not empty, the only such names that the answer may use.
    library : tuple of str or None
        The only names of this library that the answer may use; None if all are free.
    others : mapping of str to callable
        What somebody would return who has taken another variable, by the name of that variable.
    """

    reference: Callable[..., Any]
    oracle: Callable[..., Any]
    probes: tuple[Probe, ...]
    tolerance: Tolerance = COMPUTED
    stable: bool = False
    keeps_dtype: bool = False
    forbidden: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    library: tuple[str, ...] | None = None
    others: Mapping[str, Callable[..., Any]] = field(default_factory=dict)

    def read(self, answer: Any, words: ExerciseText) -> Definition | Finding:
        """Callable."""
        if not callable(answer):
            return unread("function.type", got=type(answer).__name__)
        return definition_of(answer)

    def compare(self, got: Definition, known: Sequence[Misconception]) -> Finding:
        """Not empty, no exception, type, shape, finite, value, side effects, names."""
        trials = self._trials(got)
        if all(issubclass(type(trial.call.failure), NotImplementedError) for trial in trials):
            return blank("function.blank")
        if all(trial.call.failure is None and trial.empty for trial in trials):
            return blank("function.nothing")
        problem = self._first_problem(got, trials)
        if problem is None:
            return guarded(self._form_problem, got) or right()
        if len(trials) < len(self.tried):
            return problem
        recognised = self._recognised(trials, known, problem)
        if recognised is not None or problem.status is not Status.WRONG:
            return recognised or problem
        return self._near(got, trials) or problem

    def right_answer(self) -> Callable[..., Any]:
        """Return the reference function."""
        return self.reference

    def show(self, variable: str) -> str:
        """Return the reference function and its helpers, to be pasted."""
        return indented(pasted(self.reference))

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield what the reference returns."""
        yield from returned(pasted(self.reference))

    def _form_problem(self, answer: Definition) -> Finding | None:
        """Return which name keeps the answer from being built as asked for."""
        name = forbidden_name(answer, self.forbidden, self.library, self.reference)
        if name is not None:
            return almost("function.forbidden", name=name)
        name = foreign_name(answer, self.only) if self.only else None
        if name is not None:
            return almost("function.only", name=name, allowed=", ".join(self.only))
        return None

    def _trials(self, answer: Definition) -> list[Trial]:
        """Call the answer with each probe, up to a result that is no numbers or far too large.

        A slow function is called no more once something is wrong.
        """
        trials: list[Trial] = []
        started = time.monotonic()
        for probe, expected in zip(self.tried, self._truths, strict=True):
            most = 10 * max(expected.size, 10)
            called = call(answer.function, probe, most)
            trials.append(Trial(called, expected, self._tolerance(probe)))
            if isinstance(trials[-1].call.values, Finding) and not trials[-1].empty:
                break
            if time.monotonic() - started > PATIENCE and trials[-1].is_off:
                break
        return trials

    def _first_problem(self, answer: Definition, trials: Sequence[Trial]) -> Finding | None:
        # An exception with advice explains what arguments of another shape came out as.
        advised = [(advice_for(answer, trial.call, self._allows), trial) for trial in trials]
        telling = sorted(advised, key=lambda pair: pair[0] is None)
        found = (self._problem(answer, trial, advice) for advice, trial in telling)
        problems = [problem for problem in found if problem is not None]
        # What is wrong is told before what is right, but not yet as it should be.
        unlike = (problem for problem in problems if problem.status is not Status.ALMOST)
        problem = next(unlike, problems[0] if problems else None)
        if problem is None or problem.key not in ("function.digits", "function.entry_digits"):
            return problem
        # Where digits are lost, the simplest argument that loses most of them says most.
        sound = [trial for trial in trials if trial.call.failure is None and not trial.problem]
        errors = [(*trial.farthest_off, trial) for trial in sound]
        worst = max(error for error, _, _ in errors)
        entry, trial = next((entry, trial) for error, entry, trial in errors if error >= worst / 2)
        return self._differing(answer, trial, entry)

    def _problem(self, answer: Definition, trial: Trial, advice: Advice | None) -> Finding | None:
        """Return the first thing that is wrong with one call."""
        call, shown = trial.call, trial.shown
        if call.failure is not None:
            failed = _failed(answer, call.failure, shown)
            if advice is None:
                return failed
            key, words = advice
            return replace(failed, advice=key, parameters={**failed.parameters, **words})
        if trial.problem is not None:
            return trial.problem
        if trial.first_off is not None:
            return self._differing(answer, trial, trial.first_off)
        if call.mutated is not None:
            argument = answer.argument(call.mutated)
            return almost("function.mutates", call=shown, argument=argument)
        if self.keeps_dtype and _is_single(call.probe) and trial.values.dtype != np.float32:
            return almost("function.dtype", call=shown, got=str(trial.values.dtype))
        if self.stable and call.warning:
            return almost("function.warning", call=shown, warning=call.warning)
        return None

    def _differing(self, answer: Definition, trial: Trial, entry: Entry) -> Finding:
        finding = trial.differing(entry, self._argument_at(answer, trial, entry), self.stable)
        lost = trial.call.warning and not np.isfinite(trial.values[entry])
        if not lost:
            return finding
        parameters = {**finding.parameters, "warning": trial.call.warning}
        return replace(finding, advice="function.warned", parameters=parameters)

    def _argument_at(self, answer: Definition, trial: Trial, entry: Entry) -> str:
        """Return, in brackets, the argument of an entry that depends on no other one."""
        argument = np.asarray(trial.call.probe[0])
        if len(trial.call.probe) > 1 or argument.shape != trial.expected.shape or entry == ():
            return ""
        alone = self._truth((np.full_like(argument, argument[entry]),))
        if not np.array_equal(alone[entry], trial.expected[entry], equal_nan=True):
            return ""
        return f" ({answer.argument(0)} = {number_text(argument[entry])})"

    def _allows(self, name: str) -> bool:
        return name not in self.forbidden and (not self.only or name in self.only)

    def _recognised(
        self, trials: Sequence[Trial], known: Sequence[Misconception], problem: Finding
    ) -> Finding | None:
        """Return the known slip that the answer behaves like; right values stay "almost"."""
        match = recognise(trials, known, self._distance)
        if match is None:
            return None
        finding = Finding(problem.status, f"misconception.{match.misconception.key}", {})
        if problem.status is not Status.ALMOST:
            finding = replace(finding, status=Status.WRONG)
        if match.other is None:
            return finding
        shown = next(trial.shown for trial in trials if trial.call is match.other)
        return replace(finding, advice="function.far", parameters={"call": shown})

    def _near(self, answer: Definition, trials: Sequence[Trial]) -> Finding | None:
        if not all(isinstance(trial.call.values, np.ndarray) for trial in trials):
            return None
        others = [
            (name, [self._value(other, trial.call.probe) for trial in trials])
            for name, other in self.others.items()
        ]
        return near_miss(trials, answer.argument(0), others)

    def _distance(self, theirs: Call, mine: Call) -> float:
        """Return how far two calls with the same arguments are apart; inf if they differ."""
        if type(theirs.failure) is not type(mine.failure) or theirs.mutated != mine.mutated:
            return np.inf
        if self.stable and bool(theirs.warning) != bool(mine.warning):
            return np.inf
        a, b = theirs.values, mine.values
        if a is None and b is None:
            return 0.0
        if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)):
            return np.inf
        if self.keeps_dtype and a.dtype != b.dtype:
            return np.inf
        return self._tolerance(theirs.probe).distance(b, a)

    @cached_property
    def tried(self) -> tuple[Probe, ...]:
        """The probes, and each shape once more with other values: a result is not to be kept."""
        again: dict[Any, Probe] = {}
        for probe in self.probes:
            if not is_far(probe) and any(np.ndim(argument) > 0 for argument in probe):
                first, *others = probe
                again[tuple(map(np.shape, probe))] = (_turned(first), *others)
        return (*self.probes, *again.values())

    @cached_property
    def _truths(self) -> list[NDArray[Any]]:
        return [self._value(self.oracle, probe) for probe in self.tried]

    def _truth(self, probe: Probe) -> NDArray[Any]:
        return self._value(self.oracle, probe)

    def _value(self, function: Callable[..., Any], probe: Probe) -> NDArray[Any]:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return np.asarray(function(*probe), dtype=np.float64)

    def _tolerance(self, probe: Probe) -> Tolerance:
        return SINGLE if _is_single(probe) else self.tolerance


def _turned(argument: Any) -> Any:
    """Return an array from its last entry to its first; a number as it came."""
    return np.flip(argument).copy() if np.ndim(argument) else argument


def _is_single(probe: Probe) -> bool:
    return any(getattr(argument, "dtype", None) == np.float32 for argument in probe)


def _failed(answer: Definition, failure: BaseException, shown: str) -> Finding:
    line = answer.failing_line(failure)
    name, says = failure_name(failure), failure_text(failure)
    if line is None:
        return error("function.raises", failure=name, says=says, call=shown)
    number, source = line
    return error(
        "function.raises_line",
        failure=name,
        says=says,
        call=shown,
        line=str(number),
        source=source or "?",
    )
