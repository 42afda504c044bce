"""Answers that are derivations with matrices: every line compared with the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from mlplib.checks.formulas.matrices import FUNCTIONS, Formula, NotAMatrix, Shapes, drawn, parse
from mlplib.checks.kinds.answer import Answer, alone
from mlplib.checks.kinds.derivation_lines import MOST_LINES, lines_of, list_of_lines, members_of
from mlplib.checks.kinds.matrix import (
    DRAWS,
    exported_matrices,
    first_difference,
    read_formula,
    same,
    valued,
)
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, almost, blank, right, unread, wrong


@dataclass(frozen=True)
class MatrixDerivation(Answer["list[Formula]"]):
    """Lines of matrix formulas that are all equal, from the given one to one of a given form.

    Attributes
    ----------
    reference : tuple of str
        A right derivation; its first line is the given one, which may be left out.
    shapes : mapping of str to (int, int)
        The matrices that are given; a vector is a column, of shape (n, 1).
    form : str
        What the last line must look like, such as ``"tr((…).T @ V)"``. What stands for … holds no
        function, and no matrix that stands in the form.
    minimum : int
        Fewest different lines, where the steps are the lesson.
    """

    reference: tuple[str, ...]
    shapes: Shapes
    form: str
    minimum: int = 3

    def read(self, answer: Any, words: ExerciseText) -> list[Formula] | Finding:
        """Type, syntax of each line."""
        lines = lines_of(answer)
        if isinstance(lines, Finding):
            return lines
        formulas: list[Formula] = []
        for number, line in enumerate(lines, start=1):
            parts = members_of(line)
            if len(formulas) + len(parts) > MOST_LINES:
                return unread("derivation.long", most=str(MOST_LINES))
            for part in parts:
                formula = read_formula(part, self.shapes)
                if isinstance(formula, Finding):
                    return replace(formula, line=number)
                formulas.append(formula)
        return formulas

    def compare(self, got: list[Formula], known: Sequence[Misconception]) -> Finding:
        """First line, shapes and value of each step, form of the last, number of lines."""
        given = parse(self.reference[0], self.shapes)
        if {line.normal for line in got} <= {given.normal}:
            return blank("derivation.blank", given=given.text)
        for number, (before, after) in enumerate(pairwise([given, *got]), start=1):
            finding = self._step(before, after, known)
            if finding is not None:
                return replace(finding, line=number)
        if not self._has_form(got[-1]):
            return replace(almost("matrix.form", form=self.form), line=len(got))
        if got[0].normal != given.normal and self._has_form(got[0]):
            return almost("derivation.end", given=f"    {given.text}")
        different = self._different([given, *got])
        if different < self.minimum:
            return almost("matrix.short", count=str(different), minimum=str(self.minimum))
        return right()

    def right_answer(self) -> list[str]:
        """Return the reference derivation."""
        return list(self.reference)

    def exported(self) -> dict[str, Any]:
        """Return the reference, the form, and the matrices on which lines are compared."""
        return {
            "reference": list(self.reference),
            "form": self.form,
            "minimum": self.minimum,
            **exported_matrices(self.shapes),
        }

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the given line and the wrong one after it."""
        return [self.reference[0], wrong]

    def show(self, variable: str) -> str:
        """Return the reference derivation as a list, a line each."""
        return list_of_lines(variable, self.reference)

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield what stands inside the form in the last line."""
        inside = self._inside(parse(self.reference[-1], self.shapes))
        yield from alone(inside)
        yield from alone(inside.replace("@", " @ "))

    def _step(
        self, before: Formula, after: Formula, known: Sequence[Misconception]
    ) -> Finding | None:
        """Return what is wrong with a line, when the line before it is right."""
        draws = [drawn(self.shapes, seed) for seed in range(DRAWS)]
        try:
            pairs = [(valued(before, draw), valued(after, draw)) for draw in draws]
        except NotAMatrix as problem:
            return wrong(problem.key, **problem.parameters)
        if all(same(left, right) for left, right in pairs):
            return None
        for misconception in known:
            version = parse(misconception.wrong, self.shapes)
            if all(same(b, version.value(d)) for (_, b), d in zip(pairs, draws, strict=True)):
                return wrong(f"misconception.{misconception.key}")
        left, other = next(pair for pair in pairs if not same(*pair))
        if left.shape != other.shape:
            return wrong("matrix.step_shape", got=str(other.shape), expected=str(left.shape))
        entry, mine, next_one = first_difference(left, other)
        texts = {"before": before.text, "after": after.text}
        return wrong("matrix.step", **texts, entry=entry, left=mine, right=next_one)

    def _different(self, lines: Sequence[Formula]) -> int:
        """Return how many lines there are up to the first that is the last one already."""
        seen: list[str] = []
        for line in lines:
            seen += [] if line.normal in seen else [line.normal]
            if line.normal == lines[-1].normal:
                break
        return len(seen)

    def _inside(self, line: Formula) -> str:
        begin, end = "".join(self.form.split()).split("…")
        text = _bare(line)
        fits = text.startswith(begin) and text.endswith(end) and len(text) > len(begin + end)
        return text[len(begin) : len(text) - len(end)] if fits else ""

    def _has_form(self, line: Formula) -> bool:
        """Tell whether a line is the form, with a formula of the other matrices in it."""
        taken = parse(self.form.replace("…", "1"), self.shapes).names
        free = {name: shape for name, shape in self.shapes.items() if name not in taken}
        try:
            inside = parse(self._inside(line), free)
        except NotAMatrix:
            return False
        return not inside.names & set(FUNCTIONS)


def _bare(line: Formula) -> str:
    return "".join(line.text.split())
