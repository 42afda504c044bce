"""Answers that are formulas: equivalence by points, the form asked for judged apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mlplib.checks.formulas.domain import Domain, Form
from mlplib.checks.formulas.evaluation import two_values
from mlplib.checks.formulas.notation import FUNCTIONS
from mlplib.checks.formulas.points import Undefined, Values
from mlplib.checks.formulas.tree import Node
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, wrong


@dataclass(frozen=True)
class Expression(Answer[Node]):
    """One formula, as text or as a sympy expression.

    Attributes
    ----------
    reference : str
        A right answer in the form asked for.
    domain : Domain
    form : Form or None
        None accepts every form.
    """

    reference: str
    domain: Domain
    form: Form | None = None

    def read(self, answer: Any, words: ExerciseText) -> Node | Finding:
        """Type, syntax."""
        everything = [*self.domain.intervals, *self.domain.abbreviations, *FUNCTIONS]
        names = self.domain.allowed(self.form) if self.form else everything
        return self.domain.read_answer(answer, names)

    def compare(self, got: Node, known: Sequence[Misconception]) -> Finding:
        """Value, misconception, form."""
        values = self.domain.values()
        try:
            evidence = values.difference(got, self.domain.read(self.reference))
        except Undefined as problem:
            return problem.finding()
        if evidence is None:
            form = self.domain.form_problem(got, self.form) if self.form else None
            return form or right()
        misconception = recognised(got, known, self.domain, values)
        if misconception is not None:
            return misconception
        g, e = two_values(evidence.left, evidence.right)
        return wrong("formula.value", where=evidence.where, got=g, expected=e)

    def right_answer(self) -> str:
        """Return the reference formula."""
        return self.reference

    def is_unmistakable(self) -> bool:
        """Tell whether the answer is a formula with an operator."""
        return any(sign in self.reference for sign in "+-*/^")


def recognised(
    got: Node, known: Sequence[Misconception], domain: Domain, values: Values
) -> Finding | None:
    """Return the misconception whose formula agrees with `got` at every point."""
    for misconception in known:
        try:
            if values.difference(got, domain.read(misconception.wrong)) is None:
                return wrong(f"misconception.{misconception.key}")
        except Undefined:
            continue
    return None
