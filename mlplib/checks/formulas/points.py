"""Formulas at the points of their question: where they differ, and in which numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlplib.checks.formulas.evaluation import Budget, NoValue, value
from mlplib.checks.formulas.tree import Node, Symbol, walk
from mlplib.checks.outcome import Finding, wrong
from mlplib.numerals import number_text

AGREEMENT = 30
"""Formulas are the same if they agree to so many digits at every point."""


@dataclass(frozen=True)
class Evidence:
    """Two values that differ, and the point where they do, as it is written in a sentence."""

    where: str
    left: Any
    right: Any


class Undefined(NoValue):
    """A formula without a value at the point `where`."""

    def __init__(self, key: str, where: str) -> None:
        super().__init__(key)
        self.where = where

    def finding(self) -> Finding:
        """Return the finding that says so."""
        return wrong(self.key, where=self.where)


class Values:
    """The values that the formulas of one answer have at the points of a question.

    Each is computed once, and all of them together take no more steps than one budget allows.

    Parameters
    ----------
    points : sequence of mapping of str to float
    abbreviations : mapping of str to Node
    """

    def __init__(
        self, points: tuple[Mapping[str, float], ...], abbreviations: Mapping[str, Node]
    ) -> None:
        self._points = points
        self._abbreviations = abbreviations
        self._budget = Budget()
        self._known: dict[tuple[Node, int], Any] = {}

    def difference(self, left: Node, right: Node) -> Evidence | None:
        """Return the first point at which two formulas differ, None if they agree at all.

        Raises
        ------
        Undefined
            If one of them has no value at a point.
        """
        for number in range(len(self._points)):
            a, b = self._at(number, left), self._at(number, right)
            if abs(a - b) > 10.0**-AGREEMENT * (1 + abs(a) + abs(b)):
                return Evidence(self._where(number, left, right), a, b)
        return None

    def pairs(self, left: Node, right: Node) -> list[tuple[Any, Any]]:
        """Return the values of two formulas at each point.

        Raises
        ------
        Undefined
            If one of them has no value at a point.
        """
        numbers = range(len(self._points))
        return [(self._at(number, left), self._at(number, right)) for number in numbers]

    def _at(self, number: int, node: Node) -> Any:
        key = node, number
        if key not in self._known:
            try:
                self._known[key] = value(
                    node, self._points[number], self._abbreviations, self._budget
                )
            except NoValue as problem:
                raise Undefined(problem.key, self._where(number, node)) from problem
        return self._known[key]

    def _where(self, number: int, *nodes: Node) -> str:
        """Return a point in the variables and abbreviations that the formulas are written with."""
        point = self._points[number]
        used = {part.name for node in nodes for part in walk(node) if isinstance(part, Symbol)}
        shown = {name: x for name, x in point.items() if name in used}
        for name, meaning in self._abbreviations.items():
            if name in used:
                shown[name] = value(meaning, point, self._abbreviations)
        return _point_text(shown or point)


def _point_text(point: Mapping[str, Any]) -> str:
    """Return a point as it is written in a sentence.

    Examples
    --------
    >>> _point_text({"x": 0.5, "k": 2})
    'x = 0.5, k = 2'
    """
    return ", ".join(f"{name} = {number_text(v)}" for name, v in point.items())
