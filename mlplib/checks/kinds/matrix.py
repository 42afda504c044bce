"""Answers that are formulas of matrices: their value on random ones, and the shapes on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from mlplib.checks.formulas.matrices import Formula, Matrix, NotAMatrix, Shapes, drawn, parse
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.likeness import entry_text
from mlplib.checks.kinds.nearly import nearly
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.checks.kinds.typed import unnamed
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.numerals import number_text

DRAWS = 3
"""On so many sets of random matrices two formulas are compared."""

ROUNDING = 1e-12
"""A smaller number is what rounding left of 0."""

_KEYS = {
    "negated": "matrix.negated",
    "factor": "matrix.factor",
    "transposed": "matrix.transposed",
}


@dataclass(frozen=True)
class MatrixFormula(Answer[Formula]):
    """One formula of matrices, as text: ``"D.T @ A"``.

    Every way of writing it is right that has the same value; ``*`` is entry by entry.

    Attributes
    ----------
    expected : str
    shapes : mapping of str to (int, int)
        The matrices that are given; a vector is a column, of shape (n, 1).
    computed : mapping of str to str
        Those of them that the question computes from others, such as ``{"H": "X @ W.T"}``: what
        says one through the other is as right.
    """

    expected: str
    shapes: Shapes
    computed: Mapping[str, str] = field(default_factory=dict)

    def read(self, answer: Any, words: ExerciseText) -> Formula | Finding:
        """Type, syntax, names."""
        named = isinstance(answer, str)
        return read_formula(unnamed(str(answer)) if named else answer, self.shapes)

    def compare(self, got: Formula, known: Sequence[Misconception]) -> Finding:
        """Shapes on the way, value, misconception, shape of the result, first wrong entry."""
        draws = [drawn(self.shapes, seed, self.computed) for seed in range(DRAWS)]
        expected = parse(self.expected, self.shapes)
        try:
            values = [valued(got, draw) for draw in draws]
        except NotAMatrix as problem:
            return as_it_was_read(wrong(problem.key, **problem.parameters), got)
        truths = [expected.value(draw) for draw in draws]
        if all(map(same, values, truths)):
            return right()
        for misconception in known:
            version = parse(misconception.wrong, self.shapes)
            if all(same(v, version.value(d)) for v, d in zip(values, draws, strict=True)):
                return as_it_was_read(wrong(f"misconception.{misconception.key}"), got)
        change = nearly(list(zip(truths, values, strict=True)), Tolerance(1e-9, 1e-9))
        if change is not None and change[0] in _KEYS:
            return as_it_was_read(wrong(_KEYS[change[0]], factor=change[1]), got)
        value, truth = next((v, t) for v, t in zip(values, truths, strict=True) if not same(v, t))
        if value.shape != truth.shape:
            shapes = {"got": str(value.shape), "expected": str(truth.shape)}
            return as_it_was_read(wrong("matrix.shape", **shapes), got)
        entry, mine, other = first_difference(value, truth)
        return as_it_was_read(wrong("matrix.value", entry=entry, got=mine, expected=other), got)

    def right_answer(self) -> str:
        """Return the expected formula."""
        return self.expected

    def exported(self) -> dict[str, Any]:
        """Return the formula, and the matrices on which it is compared with others."""
        return {"expected": self.expected, **exported_matrices(self.shapes, self.computed)}

    def is_unmistakable(self) -> bool:
        """Tell whether a matrix product is in it, which stands in no text by accident."""
        return "@" in self.expected


def as_it_was_read(finding: Finding, formula: Formula) -> Finding:
    """Return a finding with the formula as it was read, where its signs are of several kinds."""
    signs = [sign for sign in ("@", "*", "/", "+", "-", "**") if f" {sign} " in formula.read]
    if len(signs) < 2 and "/" not in formula.read and "**" not in formula.read:
        return finding
    return replace(
        finding, advice="formula.read", parameters={**finding.parameters, "read": formula.read}
    )


def read_formula(answer: Any, shapes: Shapes) -> Formula | Finding:
    """Return the formula that an answer is, or why it is none."""
    if not isinstance(answer, str):
        return unread("matrix.type", got=type(answer).__name__)
    try:
        return parse(str(answer), shapes)
    except NotAMatrix as problem:
        return unread(problem.key, **problem.parameters)


def exported_matrices(shapes: Shapes, computed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return shapes and random matrices as lists."""
    draws = [drawn(shapes, seed, computed) for seed in range(DRAWS)]
    return {
        "shapes": {name: list(shape) for name, shape in shapes.items()},
        "draws": [{name: m.tolist() for name, m in draw.items()} for draw in draws],
    }


def valued(formula: Formula, draw: dict[str, Matrix]) -> Matrix:
    """Return the value of a formula; what has no finite one is no matrix."""
    with np.errstate(all="ignore"):
        value = formula.value(draw)
    if not np.isfinite(value).all():
        raise NotAMatrix("matrix.huge")
    return value


def same(left: Matrix, right: Matrix) -> bool:
    """Tell whether two matrices are equal, up to rounding."""
    return left.shape == right.shape and np.allclose(left, right, rtol=1e-9, atol=1e-9)


def first_difference(left: Matrix, right: Matrix) -> tuple[str, str, str]:
    """Return the first entry in which two matrices of one shape differ, and both numbers."""
    i, j = np.argwhere(~np.isclose(left, right, rtol=1e-9, atol=1e-9))[0]
    numbers = [0.0 if abs(m[i, j]) < ROUNDING else m[i, j] for m in (left, right)]
    return entry_text((int(i), int(j))), number_text(numbers[0]), number_text(numbers[1])
