"""The normal form of a formula: one text for all that differ only in what is no step.

Another order of terms or factors, + 0, · 1, / 1, brackets that change nothing, the place of
a minus in a product, and e^x for exp(x) are no step.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mlplib.checks.formulas.tree import Application, Comparison, Literal, Node, Operation, Symbol

_ZERO, _ONE = Literal(Fraction(0)), Literal(Fraction(1))
_OTHER = {"+": "-", "-": "+", "*": "/", "/": "*"}


def normal_form(node: Node) -> str:
    """Return the text that formulas share which differ in nothing but their writing.

    Examples
    --------
    >>> from mlplib.checks.formulas.grammar import parse
    >>> [normal_form(parse(text, "xy")) for text in ("x*y - 1", "-1 + y*x/1 + 0", "x*y + 1")]
    ['+*x*y-', '+*x*y-', '++*x*y']
    """
    return _sum(_lean(node))


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


def _sum(node: Node) -> str:
    return "".join(sorted(_terms(node, "+")))


def _terms(node: Node, sign: str) -> Iterator[str]:
    """Yield the terms of a sum, each with its sign in front."""
    match node:
        case Operation("+" | "-" as operation, left, right):
            if left != _ZERO:
                yield from _terms(left, sign)
            yield from _terms(right, sign if operation == "+" else _OTHER[sign])
        case _:
            factors = sorted(_factors(node, "*"))
            odd = factors.count("-") % 2
            yield (_OTHER[sign] if odd else sign) + "".join(f for f in factors if f != "-")


def _factors(node: Node, sign: str) -> Iterator[str]:
    """Yield the factors of a product with * or / in front, and "-" for each minus among them."""
    match node:
        case Operation("*" | "/" as operation, left, right):
            yield from _factors(left, sign)
            yield from _factors(right, sign if operation == "*" else _OTHER[sign])
        case Operation("-", Literal(Fraction(numerator=0)), right):
            yield "-"
            yield from _factors(right, sign)
        case Literal(Fraction(numerator=1, denominator=1)):
            return
        case _:
            yield sign + _atom(node)


def _atom(node: Node) -> str:
    match node:
        case Literal(value):
            return str(value)
        case Symbol(name):
            return name
        case Application(name, arguments):
            return f"{name}({','.join(map(_sum, arguments))})"
        case Comparison(sign, left, right):
            return f"{_sum(left)}{sign}{_sum(right)}"
        case Operation("^", base, power):
            return f"({_sum(base)})^({_sum(power)})"
    return f"({_sum(node)})"
