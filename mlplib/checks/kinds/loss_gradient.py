"""Answers that are a gradient in code: held to the complex step of its loss, on random shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.code.calling import Call, call
from mlplib.checks.code.definition import Definition, definition_of
from mlplib.checks.code.names import forbidden_name
from mlplib.checks.code.returned import returned
from mlplib.checks.code.source import pasted
from mlplib.checks.kinds.answer import Answer, indented
from mlplib.checks.kinds.likeness import entry_text, first
from mlplib.checks.kinds.read_numbers import read_array
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, almost, blank, error, right, unread, wrong
from mlplib.checks.quoting import failure_name, failure_text
from mlplib.checks.reading import guarded
from mlplib.numerals import number_text, two_numbers
from mlplib.proof.differentiate import gradient
from mlplib.proof.gradient_check import check_gradient

Drawn = Mapping[str, NDArray[Any]]
"""The arguments of a loss, by name and in order."""


@dataclass(frozen=True)
class LossGradient(Answer[Definition]):
    """A function that returns the gradient of a loss with respect to some of its arguments.

    No answer is stored: `mlplib.check_gradient` compares every entry with the complex step of the
    loss, at arguments whose values and shapes are drawn.

    Attributes
    ----------
    reference : callable
        A right answer, as it stands in the solution.
    loss : callable
        Takes the arguments in order, also complex ones, and returns one number.
    draw : callable
        From a random generator to the arguments, by name.
    by : tuple of str
        Names of the arguments whose gradients are asked for: one array, or a tuple in this order.
    library : tuple of str
        The only names of this library that the answer may use: it differentiates by itself.
    draws : int
    """

    reference: Callable[..., Any]
    loss: Callable[..., Any]
    draw: Callable[[np.random.Generator], Drawn]
    by: tuple[str, ...]
    library: tuple[str, ...] = ()
    draws: int = 8

    def read(self, answer: Any, words: ExerciseText) -> Definition | Finding:
        """Callable."""
        if not callable(answer):
            return unread("function.type", got=type(answer).__name__)
        return definition_of(answer)

    def compare(self, got: Definition, known: Sequence[Misconception]) -> Finding:
        """Not empty, no exception, side effects, number and shapes, every entry, names."""
        tried = [self._tried(got.function, drawn) for drawn in self._all]
        problems = (self._problem(got, *pair) for pair in zip(tried, self._all, strict=True))
        problem = next((p for p in problems if p is not None), None)
        if problem is None:
            name = forbidden_name(got, (), self.library, self.reference)
            return right() if name is None else almost("function.forbidden", name=name)
        claims = [self._claimed(one, drawn) for one, drawn in zip(tried, self._all, strict=True)]
        if any(isinstance(claim, Finding) for claim in claims):
            return problem
        found = [claim for claim in claims if not isinstance(claim, Finding)]
        for misconception in known:
            if all(map(self._alike, found, self._claims(misconception.wrong))):
                return wrong(f"misconception.{misconception.key}")
        factor = self._factor(found) if problem.key == "loss_gradient.entry" else None
        return problem if factor is None else wrong("loss_gradient.factor", factor=factor)

    def right_answer(self) -> Callable[..., Any]:
        """Return the reference function."""
        return self.reference

    def show(self, variable: str) -> str:
        """Return the reference function and its helpers, to be pasted."""
        return indented(pasted(self.reference))

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield what the reference returns."""
        yield from returned(pasted(self.reference))

    @property
    def _all(self) -> list[Drawn]:
        return [self.draw(np.random.default_rng(seed)) for seed in range(self.draws)]

    def _tried(self, function: Callable[..., Any], drawn: Drawn) -> Call:
        return call(function, tuple(drawn.values()))

    def _problem(self, answer: Definition, tried: Call, drawn: Drawn) -> Finding | None:
        """Return what is wrong with one call."""
        shown = ", ".join(f"{name} of shape {np.shape(value)}" for name, value in drawn.items())
        if tried.failure is not None:
            return _failed(answer, tried.failure, shown)
        if tried.result is None or tried.result is ...:
            return blank("function.nothing")
        if tried.mutated is not None:
            argument = answer.argument(tried.mutated)
            return wrong("function.mutates", call=shown, argument=argument)
        claimed = self._claimed(tried, drawn)
        if isinstance(claimed, Finding):
            return claimed
        for name, slopes in claimed.items():
            said = {"call": shown, "name": name}
            if not np.isfinite(slopes).all():
                entry = first(~np.isfinite(slopes))
                got = number_text(slopes[entry])
                return wrong("loss_gradient.finite", **said, entry=entry_text(entry), got=got)
        fixed = {name: value for name, value in drawn.items() if name not in claimed}
        parameters = {name: drawn[name] for name in claimed}

        def loss(p: Mapping[str, Any]) -> Any:
            return self.loss(*({**fixed, **p}[name] for name in drawn))

        check = check_gradient(loss, claimed, parameters)
        if check.holds:
            return None
        name, _, entry_ = check.worst.partition("[")
        g, e = two_numbers(check.claimed, check.measured)
        said = {"call": shown, "name": name, "entry": f"[{entry_}" if entry_ else ""}
        return wrong("loss_gradient.entry", **said, got=g, expected=e)

    def _claimed(self, tried: Call, drawn: Drawn) -> dict[str, NDArray[Any]] | Finding:
        """Return the gradients that came back, by name, or what is the matter with them."""
        result: Any = tried.result
        if type(result) is dict and set(result) == set(self.by):
            parts = [result[name] for name in self.by]
        elif len(self.by) == 1:
            parts = [result]
        else:
            parts = list(result) if type(result) in (tuple, list) else [result]
        if len(parts) != len(self.by):
            names = ", ".join(self.by)
            return wrong("loss_gradient.count", count=str(len(self.by)), names=names)
        claimed = {}
        for name, part in zip(self.by, parts, strict=True):
            values, expected = guarded(read_array, part), np.shape(drawn[name])
            if isinstance(values, Finding):
                return wrong("loss_gradient.type", name=name, got=type(part).__name__)
            if values.shape != expected:
                said = {"name": name, "got": str(values.shape), "expected": str(expected)}
                turned = len(expected) > 1 and values.shape == expected[::-1]
                return wrong("loss_gradient.turned" if turned else "loss_gradient.shape", **said)
            claimed[name] = values
        return claimed

    def _claims(self, function: Callable[..., Any]) -> list[Any]:
        return [self._claimed(self._tried(function, drawn), drawn) for drawn in self._all]

    @staticmethod
    def _alike(mine: dict[str, NDArray[Any]], theirs: Any) -> bool:
        return not isinstance(theirs, Finding) and all(
            np.allclose(values, theirs[name], rtol=1e-7, atol=1e-12, equal_nan=True)
            for name, values in mine.items()
        )

    def _factor(self, claims: Sequence[dict[str, NDArray[Any]]]) -> str | None:
        """Return by what number the gradient is multiplied, if by the same one everywhere."""
        mine, true = [], []
        for claim, drawn in zip(claims, self._all, strict=True):
            for name, values in claim.items():
                mine.append(values.ravel())
                true.append(self._slopes(drawn, name).ravel())
        a, b = np.concatenate(mine), np.concatenate(true)
        factor = float(a @ b / (b @ b))
        alike = np.allclose(a, factor * b, rtol=1e-7, atol=1e-12) and abs(factor) > 1e-6
        return number_text(round(factor, 9)) if alike else None

    def _slopes(self, drawn: Drawn, name: str) -> NDArray[Any]:
        def loss(value: Any) -> Any:
            return self.loss(*({**drawn, name: value}.values()))

        return gradient(loss, drawn[name])


def _failed(answer: Definition, failure: BaseException, shown: str) -> Finding:
    if isinstance(failure, NotImplementedError):
        return blank("function.blank")
    line = answer.failing_line(failure)
    said = {"failure": failure_name(failure), "says": failure_text(failure), "call": shown}
    if line is None:
        return error("function.raises", **said)
    number, source = line
    return error("function.raises_line", **said, line=str(number), source=source or "?")
