"""Formulas of one question: read them, compare them at seeded points, judge their form."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from mlplib.checks.formulas.grammar import parse
from mlplib.checks.formulas.misread import misread
from mlplib.checks.formulas.notation import CONSTANTS
from mlplib.checks.formulas.points import Evidence, Values
from mlplib.checks.formulas.reading import as_typed
from mlplib.checks.formulas.sympy_text import text_from_sympy
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.formulas.tree import Application, Node, Operation, Symbol, is_constant, walk
from mlplib.checks.outcome import Finding, almost, unread

Names: TypeAlias = str | Iterable[str]
"""Names with blanks between them, or a collection of names."""

POINTS = 6
"""Formulas are the same if they agree at so many seeded points."""


@dataclass(frozen=True, init=False)
class Form:
    """The form asked for: which functions and variables may stand in the answer.

    Each may be given as a text of names, ``"exp sigma"``, or as any collection of them.

    Attributes
    ----------
    functions : frozenset of str
        Names as in `notation.FUNCTIONS`; ``sigma'`` is not ``sigma``. A constant to a power that
        holds a variable counts as ``exp``.
    symbols : frozenset of str or None
        None allows every variable and abbreviation of the question.
    required : frozenset of str
        Functions, variables or abbreviations of which at least one must occur.

    Examples
    --------
    >>> Form(functions="exp", symbols="x y") == Form({"exp"}, {"x", "y"})
    True
    """

    functions: frozenset[str]
    symbols: frozenset[str] | None
    required: frozenset[str]

    def __init__(
        self, functions: Names = (), symbols: Names | None = None, required: Names = ()
    ) -> None:
        object.__setattr__(self, "functions", _names(functions))
        object.__setattr__(self, "symbols", None if symbols is None else _names(symbols))
        object.__setattr__(self, "required", _names(required))


@dataclass(frozen=True)
class Domain:
    """The variables of a question, where they live, and what abbreviations stand for.

    Attributes
    ----------
    intervals : mapping of str to (float, float)
        An open interval for each variable, without kinks and poles of the right answer.
    abbreviations : mapping of str to str
        Such as ``{"s": "sigma(x)"}``; each may use the ones before it. Where a function has the
        same name, as in ``{"H": "H(x)"}``, it is meant when a bracket follows.
    seed : int

    Examples
    --------
    >>> domain = Domain({"x": (-3, 3)}, {"s": "sigma(x)"})
    >>> domain.difference(domain.read("s(1-s)"), domain.read("e^-x/(1+e^-x)^2")) is None
    True
    """

    intervals: Mapping[str, tuple[float, float]]
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0

    def read(self, text: str) -> Node:
        """Return the tree of `text`.

        Raises
        ------
        NotAFormula
        """
        return parse(text, [*self.intervals, *self.abbreviations], self.abbreviations)

    def read_answer(self, answer: Any, known: Sequence[str]) -> Node | Finding:
        """Return the tree of a student's text or sympy expression, or what is the matter.

        The names `known` are listed where another one is used.
        """
        text = type(answer).__name__
        try:
            answer = text_from_sympy(answer)
            if not isinstance(answer, str):
                return unread("formula.type", got=text)
            text = str(answer)
            return self.read(text)
        except NotAFormula as problem:
            return misread(problem, text, known, self.abbreviations)

    def difference(self, left: Node, right: Node) -> Evidence | None:
        """Return the first point at which two formulas differ, None if they agree at all.

        Raises
        ------
        Undefined
            If one of them has no value at a point.
        """
        return self.values().difference(left, right)

    def values(self) -> Values:
        """Return an empty table for the values that the formulas of one answer have."""
        return Values(self.points, self._definitions)

    @cached_property
    def points(self) -> tuple[Mapping[str, float], ...]:
        """The seeded points, with few digits so that they read well."""
        draw = random.Random(self.seed)
        return tuple(
            {n: _between(draw, low, high) for n, (low, high) in self.intervals.items()}
            for _ in range(POINTS)
        )

    @cached_property
    def _definitions(self) -> Mapping[str, Node]:
        # An abbreviation may use those before it, so that none stands for itself.
        known, definitions = list(self.intervals), {}
        for name, text in self.abbreviations.items():
            definitions[name] = parse(text, known)
            known.append(name)
        return definitions

    def exported(self) -> dict[str, Any]:
        """Return what a page needs to compare formulas of this question."""
        return {"points": list(self.points), "abbreviations": dict(self.abbreviations)}

    def exported_form(self, form: Form) -> dict[str, Any]:
        """Return which names `form` allows, and of which it requires one."""
        return {"allowed": self.allowed(form), "required": sorted(form.required)}

    def allowed(self, form: Form) -> list[str]:
        """Return the functions, variables and abbreviations of `form`, each once."""
        own = {*self.intervals, *self.abbreviations}
        symbols = own if form.symbols is None else form.symbols
        return list(dict.fromkeys([*sorted(form.functions), *sorted(symbols)]))

    def form_problem(self, node: Node, form: Form, text: str = "") -> Finding | None:
        """Return what keeps `node` from having the form asked for, in the words of `text`."""
        allowed = self.allowed(form)
        used = names_in(node)
        extra = [as_typed(name, text) for name in used if name not in allowed]
        if extra:
            return almost("formula.form", extra=", ".join(extra), allowed=", ".join(allowed))
        if form.required and not form.required & set(used):
            return almost("formula.required", required=", ".join(sorted(form.required)))
        return None


def names_in(node: Node) -> list[str]:
    """Return functions and variables of a formula as written, each once, in order.

    Examples
    --------
    >>> names_in(parse("e^(-x)/(1 + sigma(x))", ["x"]))
    ['exp', 'x', 'sigma']
    """
    names: list[str] = []
    for part in walk(node):
        match part:
            case Application(name, _):
                names.append(name)
            case Operation("^", base, power) if is_constant(base, CONSTANTS) and not is_constant(
                power, CONSTANTS
            ):
                names.append("exp")
            case Symbol(name) if name not in CONSTANTS:
                names.append(name)
    return list(dict.fromkeys(names))


def _names(given: Names) -> frozenset[str]:
    return frozenset(given.split() if isinstance(given, str) else given)


def _between(draw: random.Random, low: float, high: float) -> float:
    return round(low + (high - low) * draw.uniform(0.02, 0.98), 3)
