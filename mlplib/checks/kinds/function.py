"""Answers that are functions: called on probes and compared with an independent oracle."""

from __future__ import annotations

import inspect
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.code.advice import Advice, advice_for
from mlplib.checks.code.calling import Call, Probe, call, calls
from mlplib.checks.code.definition import Definition, definition_of
from mlplib.checks.code.names import forbidden_name, foreign_name
from mlplib.checks.code.returned import returned
from mlplib.checks.code.trial import Entry, Trial
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.tolerance import COMPUTED, SINGLE, Tolerance
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, almost, blank, error, right, unread, wrong
from mlplib.checks.quoting import failure_name, failure_text
from mlplib.numerals import number_text


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
        Global names and attributes, such as ``"sign"``, that the answer is to do without.
    only : tuple of str
        Where it is not empty, the only such names that the answer may use.
    """

    reference: Callable[..., Any]
    oracle: Callable[..., Any]
    probes: tuple[Probe, ...]
    tolerance: Tolerance = COMPUTED
    stable: bool = False
    keeps_dtype: bool = False
    forbidden: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

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
            return self._form_problem(got) or right()
        recognised = self._recognise([trial.call for trial in trials], known)
        return problem if recognised is None else wrong(f"misconception.{recognised.key}")

    def right_answer(self) -> Callable[..., Any]:
        """Return the reference function."""
        return self.reference

    def show(self) -> str:
        """Return the source of the reference function."""
        source = textwrap.dedent(inspect.getsource(self.reference)).rstrip()
        return "\n".join(f"    {line}" for line in source.split("\n"))

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield what the reference returns."""
        yield from returned(self.show())

    def _form_problem(self, answer: Definition) -> Finding | None:
        """Return which name keeps the answer from being built as asked for."""
        name = forbidden_name(answer, self.forbidden)
        if name is not None:
            return almost("function.forbidden", name=name)
        name = foreign_name(answer, self.only) if self.only else None
        if name is not None:
            return almost("function.only", name=name, allowed=", ".join(self.only))
        return None

    def _trials(self, answer: Definition) -> list[Trial]:
        """Call the answer with each probe, up to a result that is no numbers or far too large."""
        trials = []
        for probe, expected in zip(self.probes, self._truths, strict=True):
            most = 10 * max(expected.size, 10)
            called = call(answer.function, probe, most)
            trials.append(Trial(called, expected, self._tolerance(probe)))
            if isinstance(trials[-1].call.values, Finding) and not trials[-1].empty:
                break
        return trials

    def _first_problem(self, answer: Definition, trials: Sequence[Trial]) -> Finding | None:
        # An exception with advice explains what arguments of another shape came out as.
        advised = [(advice_for(answer, trial.call, self._allows), trial) for trial in trials]
        telling = sorted(advised, key=lambda pair: pair[0] is None)
        problems = (self._problem(answer, trial, advice) for advice, trial in telling)
        problem = next((p for p in problems if p is not None), None)
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
        if call.mutated is not None:
            argument = answer.argument(call.mutated)
            return wrong("function.mutates", call=shown, argument=argument)
        if trial.first_off is not None:
            return self._differing(answer, trial, trial.first_off)
        if self.keeps_dtype and _is_single(call.probe) and trial.values.dtype != np.float32:
            return wrong("function.dtype", call=shown, got=str(trial.values.dtype))
        if self.stable and call.warning:
            return wrong("function.warning", call=shown, warning=call.warning)
        return None

    def _differing(self, answer: Definition, trial: Trial, entry: Entry) -> Finding:
        return trial.differing(entry, self._argument_at(answer, trial, entry), self.stable)

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

    def _recognise(
        self, got: Sequence[Call], misconceptions: Sequence[Misconception]
    ) -> Misconception | None:
        """Return the wrong version that behaves like the student's function on every probe.

        Where several do, the nearest in value wins: it explains most.
        """
        best: tuple[float, Misconception] | None = None
        if len(got) < len(self.probes):
            return None
        for misconception in misconceptions:
            distances = [
                self._distance(theirs, mine)
                for theirs, mine in zip(got, calls(misconception.wrong, self.probes), strict=True)
            ]
            distance = max(distances)
            if np.isfinite(distance) and (best is None or distance < best[0]):
                best = distance, misconception
        return None if best is None else best[1]

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
    def _truths(self) -> list[NDArray[Any]]:
        return [self._truth(probe) for probe in self.probes]

    def _truth(self, probe: Probe) -> NDArray[Any]:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return np.asarray(self.oracle(*probe), dtype=np.float64)

    def _tolerance(self, probe: Probe) -> Tolerance:
        return SINGLE if _is_single(probe) else self.tolerance


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
