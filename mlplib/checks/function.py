"""Answers that are functions: called on probes and compared with an independent oracle."""

from __future__ import annotations

import inspect
import textwrap
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.building import forbidden_name, foreign_name
from mlplib.checks.calling import Call, Probe, argument_name, calls, failing_line
from mlplib.checks.closeness import COMPUTED, SINGLE, Tolerance
from mlplib.checks.exercise import Exercise, Misconception
from mlplib.checks.messages import ExerciseText
from mlplib.checks.numeric import entry_text, first
from mlplib.checks.outcome import Finding, almost, blank, error, right, unread, wrong
from mlplib.checks.wording import failure_name, failure_text, number_text, two_numbers, value_text


@dataclass(frozen=True)
class Function:
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

    def judge(self, answer: Any, exercise: Exercise, text: ExerciseText) -> Finding:
        """Callable, not empty, no exception, type, shape, finite, value, side effects, names."""
        if not callable(answer):
            return unread("function.type", got=type(answer).__name__)
        got = calls(answer, self.probes)
        if all(isinstance(c.failure, NotImplementedError) for c in got):
            return blank("function.blank")
        if all(c.failure is None and (c.result is None or c.result is ...) for c in got):
            return blank("function.nothing")
        # A condition that failed on an array explains what shorter arrays came out as.
        telling = sorted(got, key=lambda c: not _stands_in_condition(c.failure))
        problems = (self._problem(answer, c) for c in telling)
        problem = next((p for p in problems if p is not None), None)
        if problem is None:
            return self._form_problem(answer) or right()
        known = self._recognise(got, exercise.misconceptions)
        return problem if known is None else wrong(f"misconception.{known.key}")

    def right_answer(self) -> Callable[..., Any]:
        """Return the reference function."""
        return self.reference

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the wrong function itself."""
        return wrong

    def show(self) -> str:
        """Return the source of the reference function."""
        source = textwrap.dedent(inspect.getsource(self.reference)).rstrip()
        return "\n".join(f"    {line}" for line in source.split("\n"))

    def _form_problem(self, answer: Any) -> Finding | None:
        """Return which name keeps the answer from being built as asked for."""
        name = forbidden_name(answer, self.forbidden)
        if name is not None:
            return almost("function.forbidden", name=name)
        name = foreign_name(answer, self.only) if self.only else None
        if name is not None:
            return almost("function.only", name=name, allowed=", ".join(self.only))
        return None

    def _problem(self, answer: Any, call: Call) -> Finding | None:
        """Return the first thing that is wrong with one call."""
        shown = ", ".join(value_text(argument) for argument in call.probe)
        if call.failure is not None:
            failed = _failed(answer, call.failure, shown)
            return self._with_advice(failed, answer, call)
        if call.result is None or call.result is ...:
            return wrong("function.forgot", call=shown)
        if isinstance(call.values, Finding):
            return wrong("function.result", call=shown, got=type(call.result).__name__)
        if call.mutated is not None:
            argument = argument_name(answer, call.mutated)
            return wrong("function.mutates", call=shown, argument=argument)
        return self._value_problem(answer, call, shown) or (
            wrong("function.warning", call=shown, warning=call.warning)
            if self.stable and call.warning
            else None
        )

    def _with_advice(self, failed: Finding, answer: Any, call: Call) -> Finding:
        """Add what to do where an array stands in a condition."""
        arrays = [i for i, argument in enumerate(call.probe) if np.ndim(argument) > 0]
        if not arrays or not _stands_in_condition(call.failure):
            return failed
        advice = "function.truth_indicator" if "where" in self.forbidden else "function.truth"
        argument = argument_name(answer, arrays[0])
        return replace(
            failed, advice=advice, parameters={**failed.parameters, "argument": argument}
        )

    def _value_problem(self, answer: Any, call: Call, shown: str) -> Finding | None:
        expected, got = self._truth(call.probe), call.values
        assert isinstance(got, np.ndarray)
        if got.shape != expected.shape:
            return wrong(
                "function.shape", call=shown, got=str(got.shape), expected=str(expected.shape)
            )
        unusable = np.isfinite(expected) & ~np.isfinite(got)
        off = unusable if unusable.any() else ~self._tolerance(call.probe).accepts(expected, got)
        if off.any():
            where = first(off)
            at = _argument_at(answer, call.probe, where, got.shape)
            count, wanted = self._digits(call.probe, expected[where], got[where])
            if count:
                digits = {"call": shown, "count": str(count), "wanted": str(wanted)}
                if got.shape == ():
                    return wrong("function.digits", **digits)
                return wrong("function.entry_digits", entry=entry_text(where) + at, **digits)
            e, g = two_numbers(expected[where], got[where])
            if got.shape == ():
                return wrong("function.value", call=shown, got=g, expected=e)
            entry = entry_text(where) + at
            return wrong("function.entry", call=shown, entry=entry, got=g, expected=e)
        single = any(getattr(argument, "dtype", None) == np.float32 for argument in call.probe)
        if self.keeps_dtype and single and got.dtype != np.float32:
            return wrong("function.dtype", call=shown, got=str(got.dtype))
        return None

    def _digits(self, probe: Probe, expected: Any, got: Any) -> tuple[int, int]:
        """Return how many digits agree and how many must, where numbers would look the same.

        The first is 0 where a sentence about digits would say less than the two numbers.
        """
        relative = self._tolerance(probe).relative
        if not self.stable or not relative or number_text(expected) != number_text(got):
            return 0, 0
        wanted = round(-np.log10(relative))
        return min(int(-np.log10(abs(got / expected - 1))), wanted - 1), wanted

    def _recognise(
        self, got: Sequence[Call], misconceptions: Sequence[Misconception]
    ) -> Misconception | None:
        """Return the wrong version that behaves like the student's function on every probe.

        Where several do, the nearest in value wins: it explains most.
        """
        best: tuple[float, Misconception] | None = None
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

    def _truth(self, probe: Probe) -> NDArray[Any]:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return np.asarray(self.oracle(*probe), dtype=np.float64)

    def _tolerance(self, probe: Probe) -> Tolerance:
        single = any(getattr(argument, "dtype", None) == np.float32 for argument in probe)
        return SINGLE if single else self.tolerance


def _stands_in_condition(failure: BaseException | None) -> bool:
    """Tell whether NumPy refused an array where Python wants true or false."""
    return type(failure) is ValueError and "truth value of an array" in failure_text(failure)


def _failed(answer: Any, failure: BaseException, shown: str) -> Finding:
    line = failing_line(answer, failure)
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


def _argument_at(answer: Any, probe: Probe, where: tuple[int, ...], shape: tuple[int, ...]) -> str:
    """Return, in brackets, the entry of the one argument that an elementwise result belongs to."""
    if len(probe) == 1 and np.shape(probe[0]) == shape:
        return f" ({argument_name(answer, 0)} = {number_text(np.asarray(probe[0])[where])})"
    return ""
