"""The normal form of a formula: one text for all that differ only in what is no step.

Another order of terms or factors, + 0, · 1, / 1, brackets that change nothing, the place of
a minus in a product, numbers multiplied out, and e^x for exp(x) are no step. Nor is it one to add
what is taken off again, or to multiply by what is divided out: that is for `reduced_form`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from mlplib.checks.formulas.tree import Application, Comparison, Literal, Node, Operation, Symbol

_ZERO = Literal(Fraction(0))
_OTHER = {"*": "/", "/": "*"}


def normal_form(node: Node) -> str:
    """Return the text that formulas share which differ in nothing but their writing.

    Examples
    --------
    >>> from mlplib.checks.formulas.grammar import parse
    >>> [normal_form(parse(text, "xy")) for text in ("x*y - 1", "-1 + 2*y*x/2 + 0", "x*y + 1")]
    ['+*x*y-', '+*x*y-', '++*x*y']
    """
    return _sum(_lean(node), reduces=False)


def reduced_form(node: Node) -> str:
    """Return the normal form without terms that add up to 0 and factors that cancel.

    Examples
    --------
    >>> from mlplib.checks.formulas.grammar import parse
    >>> reduced_form(parse("x*y/x + 3 - 3", "xy")) == normal_form(parse("y", "xy"))
    True
    """
    return _sum(_lean(node), reduces=True)


def _lean(node: Node) -> Node:
    """Return `node` without + 0, · 1, / 1 and double minus, and with exp for powers of e."""
    match node:
        case Application(name, arguments):
            return Application(name, tuple(map(_lean, arguments)))
        case Comparison(sign, left, right):
            return Comparison(sign, _lean(left), _lean(right))
        case Operation(sign, left, right):
            return _lean_operation(sign, _lean(left), _lean(right))
    return node


def _lean_operation(sign: str, left: Node, right: Node) -> Node:
    match sign, left, right:
        case ("+" | "-", _, Literal(Fraction(numerator=0))):
            return left
        case ("*" | "/" | "^", _, Literal(Fraction(numerator=1, denominator=1))):
            return left
        case ("+", Literal(Fraction(numerator=0)), _):
            return right
        case ("*", Literal(Fraction(numerator=1, denominator=1)), _):
            return right
        case ("^", Symbol("e"), _):
            return Application("exp", (right,))
    return Operation(sign, left, right)


def _sum(node: Node, reduces: bool) -> str:
    terms = list(_terms(node, 1, reduces))
    if reduces:
        sums: dict[str, Fraction] = {}
        for number, body in terms:
            sums[body] = sums.get(body, Fraction(0)) + number
        terms = [(number, body) for body, number in sums.items() if number]
    return "".join(sorted(_term(number, body) for number, body in terms))


def _term(number: Fraction, body: str) -> str:
    size = "" if abs(number) == 1 else f"{abs(number)}"
    return ("-" if number < 0 else "+") + size + body


def _terms(node: Node, sign: int, reduces: bool) -> Iterator[tuple[Fraction, str]]:
    """Yield the terms of a sum, each as a number and what it is multiplied by."""
    match node:
        case Operation("+" | "-" as operation, left, right):
            if left != _ZERO:
                yield from _terms(left, sign, reduces)
            yield from _terms(right, sign if operation == "+" else -sign, reduces)
        case _:
            number, factors = Fraction(sign), []
            for way, factor in _factors(node, "*"):
                if isinstance(factor, Fraction):
                    number *= factor
                else:
                    factors.append(way + _atom(factor, reduces))
            yield number, "".join(sorted(_cancelled(factors) if reduces else factors))


def _cancelled(factors: list[str]) -> list[str]:
    """Return factors without those that stand above and below."""
    kept = Counter(factors)
    for factor in factors:
        below = f"/{factor[1:]}"
        if factor[0] == "*" and kept[below] and kept[factor]:
            kept[factor] -= 1
            kept[below] -= 1
    return list(kept.elements())


def _factors(node: Node, sign: str) -> Iterator[tuple[str, Node | Fraction]]:
    """Yield the factors of a product with * or / in front; numbers as they multiply."""
    match node:
        case Operation("*" | "/" as operation, left, right):
            yield from _factors(left, sign)
            yield from _factors(right, sign if operation == "*" else _OTHER[sign])
        case Operation("-", Literal(Fraction(numerator=0)), right):
            yield "*", Fraction(-1)
            yield from _factors(right, sign)
        case Literal(value) if value:
            yield "*", value if sign == "*" else 1 / value
        case _:
            yield sign, node


def _atom(node: Node | Fraction, reduces: bool) -> str:
    match node:
        case Literal(value):
            return str(value)
        case Symbol(name):
            return name
        case Application(name, arguments):
            return f"{name}({','.join(_sum(argument, reduces) for argument in arguments)})"
        case Comparison(sign, left, right):
            return f"{_sum(left, reduces)}{sign}{_sum(right, reduces)}"
        case Operation("^", base, power):
            return f"({_sum(base, reduces)})^({_sum(power, reduces)})"
        case Operation():
            return f"({_sum(node, reduces)})"
    return str(node)
