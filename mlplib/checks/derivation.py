"""Answers that are derivations: every line compared with the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from mlplib.checks.attempt import is_blank
from mlplib.checks.evaluation import two_values
from mlplib.checks.exercise import Exercise
from mlplib.checks.expression import recognised
from mlplib.checks.formula import Domain, Form, Undefined, names_in
from mlplib.checks.messages import ExerciseText
from mlplib.checks.outcome import Finding, almost, blank, right, unread, wrong
from mlplib.checks.tree import Node
from mlplib.checks.wording import LONGEST

MOST_LINES = 40


@dataclass(frozen=True)
class Derivation:
    """Lines of formulas that are all equal, from the given one to the form asked for.

    A line is a formula or a chain ``left = right``; its members count as lines of their own.

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

    def judge(self, answer: Any, exercise: Exercise, text: ExerciseText) -> Finding:
        """Type, syntax of each line, first line, each step, number of lines, last form."""
        lines = _lines(answer)
        if isinstance(lines, Finding):
            return lines
        if len(lines) == 1 and isinstance(lines[0], str) and lines[0] == self.reference[0]:
            return blank("derivation.blank", given=self.reference[0])
        members = self._read(lines)
        if isinstance(members, Finding):
            return members
        if members[0].node != self.domain.read(self.reference[0]):
            return wrong("derivation.first", got=members[0].shown, given=f"    {self.reference[0]}")
        for before, after in pairwise(members):
            finding = self._step(before, after, exercise)
            if finding is not None:
                return finding
        form = self.domain.form_problem(members[-1].node, self.form)
        if form is not None:
            return form
        different = len({member.node for member in members})
        if different < self.minimum:
            return almost("derivation.short", count=str(different), minimum=str(self.minimum))
        return right()

    def right_answer(self) -> list[str]:
        """Return the reference derivation."""
        return list(self.reference)

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the given line and the wrong one after it."""
        return [self.reference[0], wrong]

    def show(self) -> str:
        """Return the lines of the reference derivation."""
        return "\n".join(f"    {line}" for line in self.reference)

    def _read(self, lines: list[Any]) -> list[_Member] | Finding:
        # What a step needs may be neither in the first line nor in the last.
        steps = (name for line in self.reference for name in names_in(self.domain.read(line)))
        known = sorted({*self.domain.allowed(self.form), *steps})
        members = []
        for number, line in enumerate(lines, start=1):
            # An equals sign that is not part of <= or >= joins the members of a chain.
            parts = re.split(r"(?<![<>=])=(?!=)", line) if isinstance(line, str) else [line]
            for part in parts[1:] if len(parts) > 1 and not parts[0].strip() else parts:
                node = self.domain.read_answer(part, known)
                if isinstance(node, Finding):
                    return replace(node, line=number)
                members.append(_Member(number, _shown(part), node))
        return members

    def _step(self, before: _Member, after: _Member, exercise: Exercise) -> Finding | None:
        try:
            evidence = self.domain.difference(before.node, after.node)
        except Undefined as problem:
            return replace(problem.finding(), line=after.line)
        if evidence is None:
            return None
        b, a = two_values(evidence.left, evidence.right)
        known = recognised(after.node, exercise, self.domain)
        if known is not None:
            return replace(known, line=after.line)
        step = wrong(
            "derivation.step",
            before=before.shown,
            after=after.shown,
            where=evidence.where,
            left=b,
            right=a,
        )
        return replace(step, line=after.line)


@dataclass(frozen=True)
class _Member:
    """One member of the chain, with the number of the line it stands on."""

    line: int
    shown: str
    node: Node


def _lines(answer: Any) -> list[Any] | Finding:
    if isinstance(answer, str):
        answer = answer[:10_000].splitlines()
    if type(answer) not in (list, tuple):
        return unread("derivation.type", got=type(answer).__name__)
    if len(answer) > MOST_LINES:
        return unread("derivation.long", most=str(MOST_LINES))
    return [line for line in answer if not is_blank(line)]


def _shown(part: Any) -> str:
    text = " ".join(str(part)[: 4 * LONGEST].split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
