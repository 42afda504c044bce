"""Answers that are derivations: every line compared with the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from mlplib.checks.formulas.domain import Domain, Form, names_in
from mlplib.checks.formulas.evaluation import two_values
from mlplib.checks.formulas.normal import normal_form, reduced_form
from mlplib.checks.formulas.points import Undefined, Values
from mlplib.checks.formulas.tree import Node
from mlplib.checks.kinds.answer import Answer, alone
from mlplib.checks.kinds.derivation_lines import (
    MOST_LINES,
    lines_of,
    list_of_lines,
    members_of,
    shown,
)
from mlplib.checks.kinds.expression import Written, recognised
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, almost, blank, right, unread, wrong


@dataclass(frozen=True)
class Derivation(Answer["list[_Member]"]):
    """Lines of formulas that are all equal, from the given one to the form asked for.

    A line is a formula or a chain ``left = right``; its members count as lines of their own. The
    given line may be left out, or stand in another form. Lines that differ in no step, by their
    `normal_form`, are the same line; so are those that do arithmetic with the result, when
    every function of the given line has gone.

    Attributes
    ----------
    reference : tuple of str
        A right derivation; its first line is the given one.
    domain : Domain
    form : Form
        What the last line must look like.
    minimum : int
        Fewest different lines, where the steps are the lesson.
    """

    reference: tuple[str, ...]
    domain: Domain
    form: Form
    minimum: int = 2

    def read(self, answer: Any, words: ExerciseText) -> list[_Member] | Finding:
        """Type, syntax of each line."""
        lines = lines_of(answer)
        return lines if isinstance(lines, Finding) else self._members(lines)

    def compare(self, got: list[_Member], known: Sequence[Misconception]) -> Finding:
        """First line, each step, last form, number of lines."""
        if {self._same(member.node) for member in got} <= {self._same(self._given.node)}:
            return blank("derivation.blank", given=self.reference[0])
        values = self.domain.values()
        finding = self._first(got[0], known, values)
        if finding is not None:
            return finding
        members = [self._given, *got]
        for before, after in pairwise(members):
            finding = self._step(before, after, known, values)
            if finding is not None:
                return finding
        form = self.domain.form_problem(members[-1].node, self.form, members[-1].shown)
        if form is not None:
            return replace(form, line=members[-1].line)
        if not self._is_given(got[0].node) and self._is_end(got[0].node):
            return almost("derivation.end", given=f"    {self.reference[0]}")
        different = self._different(members)
        if different < self.minimum:
            return almost("derivation.short", count=str(different), minimum=str(self.minimum))
        return right()

    def right_answer(self) -> list[str]:
        """Return the reference derivation."""
        return list(self.reference)

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the given line and the wrong one after it."""
        return [self.reference[0], wrong]

    def show(self, variable: str) -> str:
        """Return the reference derivation as a list, a line each."""
        return list_of_lines(variable, self.reference)

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield the last line."""
        yield from alone(self.reference[-1])

    def exported(self) -> dict[str, Any]:
        """Return the given line, the points, and the form asked for."""
        return {
            "reference": self.reference[0],
            "domain": self.domain.exported(),
            "names": self._names,
            "form": self.domain.exported_form(self.form),
            "minimum": self.minimum,
        }

    @property
    def _names(self) -> list[str]:
        """The names that the question is answered with."""
        # What a step needs may be neither in the first line nor in the last.
        steps = (name for line in self.reference for name in names_in(self.domain.read(line)))
        return sorted({*self.domain.allowed(self.form), *steps})

    def _members(self, lines: list[Any]) -> list[_Member] | Finding:
        names = self._names
        members: list[_Member] = []
        for number, line in enumerate(lines, start=1):
            parts = members_of(line)
            if len(members) + len(parts) > MOST_LINES:
                return unread("derivation.long", most=str(MOST_LINES))
            for part in parts:
                node = self.domain.read_answer(part, names)
                if isinstance(node, Finding):
                    return replace(node, line=number)
                members.append(_Member(number, shown(part), node))
        return members

    @property
    def _given(self) -> _Member:
        return _Member(0, self.reference[0], self.domain.read(self.reference[0]))

    def _first(
        self, first: _Member, known: Sequence[Misconception], values: Values
    ) -> Finding | None:
        """Return that the first line is neither the given one nor equal to it."""
        given = self._given.node
        try:
            if values.difference(given, first.node) is None:
                return None
        except Undefined as problem:
            return replace(problem.finding(), line=first.line)
        functions = [set(names_in(n)) - set(self.domain.intervals) for n in (first.node, given)]
        finding = recognised(first.node, known, self.domain, values)
        if finding is not None and functions[0] != functions[1]:
            return replace(finding, line=first.line)
        # With the functions of the given line it is a copy of that, and no step has been taken.
        return wrong("derivation.first", got=first.shown, given=f"    {self.reference[0]}")

    def _is_end(self, node: Node) -> bool:
        """Tell whether a line has the form asked for, which the given one has not."""
        has_form = [not self.domain.form_problem(n, self.form) for n in (node, self._given.node)]
        return has_form == [True, False]

    def _is_given(self, node: Node) -> bool:
        return self._same(node) == self._same(self._given.node)

    def _different(self, members: Sequence[_Member]) -> int:
        """Return how many lines there are up to the first that is the last one already.

        A line that only adds or multiplies what cancels again is as good as the one before it.
        """
        last = self._end(members[-1].node)
        seen: list[str] = []
        for member in members:
            plain = self._same(member.node)
            if plain not in seen and reduced_form(member.node) not in seen:
                seen.append(plain)
            if self._end(member.node) == last:
                break
        return len(seen)

    def _end(self, node: Node) -> str:
        """Return what a line comes to, where it has the form asked for."""
        same = self._same(node)
        return same and reduced_form(node) if self._is_end(node) else same

    def _same(self, node: Node) -> str:
        """Return what all lines share that count as one."""
        functions = set(names_in(self._given.node)) - set(self.domain.intervals)
        if functions and set(names_in(node)) <= set(self.domain.intervals):
            return ""
        return normal_form(node)

    def _step(
        self, before: _Member, after: _Member, known: Sequence[Misconception], values: Values
    ) -> Finding | None:
        try:
            evidence = values.difference(before.node, after.node)
        except Undefined as problem:
            return replace(problem.finding(), line=after.line)
        if evidence is None:
            return None
        b, a = two_values(evidence.left, evidence.right)
        finding = recognised(after.node, known, self.domain, values)
        if finding is not None:
            return replace(Written(after.node, after.shown).shown(finding), line=after.line)
        step = wrong(
            "derivation.step",
            before=before.shown,
            after=after.shown,
            where=evidence.where,
            left=b,
            right=a,
        )
        return replace(Written(after.node, after.shown).shown(step), line=after.line)


@dataclass(frozen=True)
class _Member:
    """One member of the chain, with the number of the line it stands on."""

    line: int
    shown: str
    node: Node
