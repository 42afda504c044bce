"""In which simple way a wrong formula differs from the right one, at every point."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import combinations

from mlplib.checks.formulas.evaluation import relation
from mlplib.checks.formulas.points import Undefined, Values
from mlplib.checks.formulas.tree import Application, Comparison, Node, Operation, Symbol
from mlplib.checks.kinds.nearly import factor_text
from mlplib.checks.outcome import Finding, wrong

_WAYS: tuple[tuple[str, Callable[[Node, Node, Node], tuple[Node, Node]]], ...] = (
    ("formula.times", lambda got, expected, name: (got, Operation("*", expected, name))),
    ("formula.divided", lambda got, expected, name: (Operation("*", got, name), expected)),
)
"""Both sides of an equation that holds if a variable is too much, or missing, as a factor."""

_KEYS = {
    "factor": "formula.factor",
    "inverted": "formula.inverted",
    "shifted": "formula.shifted",
}


def near_formula(
    got: Node, expected: Node, values: Values, variables: Collection[str], names: Collection[str]
) -> Finding | None:
    """Return that `got` is `expected` times or plus a number, inverted, or with names exchanged.

    Or it is `expected` times one of the `names`, or divided by it.
    """
    try:
        pairs = values.pairs(got, expected)
    except Undefined:
        return None
    change = relation(pairs)
    if change is not None:
        kind, number = change
        if kind == "factor" and abs(number + 1) < 1e-9:
            return wrong("formula.negated")
        return wrong(_KEYS[kind], factor=factor_text(number))
    for first, second in combinations(variables, 2):
        other = _exchanged(expected, {first: second, second: first})
        try:
            if other != expected and values.difference(got, other) is None:
                return wrong("formula.exchanged", first=first, second=second)
        except Undefined:
            continue
    for name in names:
        for key, sides in _WAYS:
            try:
                if values.difference(*sides(got, expected, Symbol(name))) is None:
                    return wrong(key, name=name)
            except Undefined:
                continue
    return None


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
