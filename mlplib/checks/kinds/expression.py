"""Answers that are formulas: equivalence by points, the form asked for judged apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mlplib.checks.formulas.domain import Domain, Form, names_in
from mlplib.checks.formulas.evaluation import two_values
from mlplib.checks.formulas.near_formulas import near_formula
from mlplib.checks.formulas.notation import FUNCTIONS, visible
from mlplib.checks.formulas.points import Undefined, Values
from mlplib.checks.formulas.reading import LONGEST_READING, as_read, is_easily_misread
from mlplib.checks.formulas.tree import Node
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.typed import unnamed
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, almost, right, wrong


@dataclass(frozen=True)
class Written:
    """A formula that has been read, and how it was typed."""

    node: Node
    text: str

    def shown(self, finding: Finding) -> Finding:
        """Return a finding with the formula as it was read, where that is easily mistaken."""
        read = as_read(self.node)
        if not is_easily_misread(self.node, self.text) or len(read) > LONGEST_READING:
            return finding
        return replace(
            finding, advice="formula.read", parameters={**finding.parameters, "read": read}
        )


@dataclass(frozen=True)
class Expression(Answer[Written]):
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

    def read(self, answer: Any, words: ExerciseText) -> Written | Finding:
        """Type, syntax."""
        answer = unnamed(answer) if type(answer) is str else answer
        node = self.domain.read_answer(answer, self._names)
        return node if isinstance(node, Finding) else Written(node, visible(str(answer)))

    def compare(self, got: Written, known: Sequence[Misconception]) -> Finding:
        """Value, misconception, form; a wrong formula is shown as it was read."""
        values = self.domain.values()
        expected = self.domain.read(self.reference)
        try:
            evidence = values.difference(got.node, expected)
        except Undefined as problem:
            return got.shown(problem.finding())
        if evidence is None:
            form = self.form and self.domain.form_problem(got.node, self.form, got.text)
            if not form and "D" in names_in(got.node) and "D" not in names_in(expected):
                form = almost("formula.unworked")
            return form or right()
        finding = recognised(got.node, known, self.domain, values)
        variables = self.domain.intervals
        names = [*variables, *self.domain.abbreviations]
        finding = finding or near_formula(got.node, expected, values, variables, names)
        if finding is not None:
            return got.shown(finding)
        g, e = two_values(evidence.left, evidence.right)
        return got.shown(wrong("formula.value", where=evidence.where, got=g, expected=e))

    def right_answer(self) -> str:
        """Return the reference formula."""
        return self.reference

    def exported(self) -> dict[str, Any]:
        """Return the reference formula, the points, and the form asked for."""
        return {
            "reference": self.reference,
            "domain": self.domain.exported(),
            "names": self._names,
            "form": self.form and self.domain.exported_form(self.form),
        }

    @property
    def _names(self) -> list[str]:
        """The names that the question is answered with."""
        if self.form:
            return self.domain.allowed(self.form)
        return [*self.domain.intervals, *self.domain.abbreviations, *FUNCTIONS]

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
