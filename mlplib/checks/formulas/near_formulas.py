"""In which simple way a wrong formula differs from the right one, at every point."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from mlplib.checks.formulas.points import AGREEMENT, Undefined, Values
from mlplib.checks.formulas.tree import Application, Comparison, Node, Operation, Symbol
from mlplib.checks.kinds.nearly import factor_text
from mlplib.checks.outcome import Finding, wrong


def near_formula(
    got: Node, expected: Node, values: Values, variables: Collection[str]
) -> Finding | None:
    """Return that `got` is `expected` times or plus a number, inverted, or with names exchanged."""
    try:
        pairs = values.pairs(got, expected)
    except Undefined:
        return None
    if all(e for _, e in pairs):
        factors = [g / e for g, e in pairs]
        if factors[0] and _alike(factors):
            negated = abs(factors[0] + 1) < 1e-9
            text = factor_text(float(factors[0]))
            return wrong("formula.negated") if negated else wrong("formula.factor", factor=text)
        if _alike([g * e for g, e in pairs]) and abs(pairs[0][0] * pairs[0][1] - 1) < 1e-9:
            return wrong("formula.inverted")
    shifts = [g - e for g, e in pairs]
    if _alike(shifts):
        return wrong("formula.shifted", factor=factor_text(float(shifts[0])))
    for first, second in combinations(variables, 2):
        other = _exchanged(expected, {first: second, second: first})
        try:
            if other != expected and values.difference(got, other) is None:
                return wrong("formula.exchanged", first=first, second=second)
        except Undefined:
            continue
    return None


def _alike(numbers: list) -> bool:  # type: ignore[type-arg]
    """Tell whether numbers of mpmath's are one and the same."""
    first = numbers[0]
    return all(abs(x - first) <= 10.0**-AGREEMENT * (1 + abs(first)) for x in numbers[1:])


def _exchanged(node: Node, names: Mapping[str, str]) -> Node:
    match node:
        case Symbol(name):
            return Symbol(names.get(name, name))
        case Operation(sign, left, right):
            return Operation(sign, _exchanged(left, names), _exchanged(right, names))
        case Comparison(sign, left, right):
            return Comparison(sign, _exchanged(left, names), _exchanged(right, names))
        case Application(name, arguments):
            return Application(name, tuple(_exchanged(a, names) for a in arguments))
    return node
