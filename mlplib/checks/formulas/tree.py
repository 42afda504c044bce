"""Formulas as trees: the few kinds of node a student's formula is made of, never evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Literal:
    """A number, exactly as written."""

    value: Fraction


@dataclass(frozen=True)
class Symbol:
    """A variable, an abbreviation such as s, or a constant (e, pi)."""

    name: str


@dataclass(frozen=True)
class Operation:
    """One of ``+ - * / ^`` between two formulas."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Application:
    """A function of formulas: ``sigma(x)``; ``sigma'(x)`` has the name ``sigma'``."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Comparison:
    """``left sign right`` inside an indicator, sign one of ``< <= > >=``."""

    sign: str
    left: Node
    right: Node


Node = Literal | Symbol | Operation | Application | Comparison


def _children(node: Node) -> tuple[Node, ...]:
    """Return the formulas that `node` is made of."""
    match node:
        case Operation(_, left, right) | Comparison(_, left, right):
            return left, right
        case Application(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything inside it."""
    yield node
    for child in _children(node):
        yield from walk(child)


def is_constant(node: Node, constants: frozenset[str]) -> bool:
    """Tell whether `node` has no variable."""
    return all(not isinstance(n, Symbol) or n.name in constants for n in walk(node))
