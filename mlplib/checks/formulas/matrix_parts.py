"""Pieces of matrix formulas: what they are worth, and a text that all ways of writing share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_ENTRIES = 10_000

Matrix = NDArray[np.float64]
Value = Callable[[Mapping[str, Matrix]], Matrix]

ONE_ARGUMENT: dict[str, Callable[[Matrix], Any]] = {
    "tr": np.trace,
    "vec": lambda a: a.reshape(-1, 1, order="F"),
    "diag": lambda a: np.diag(a[:, 0]),
    "tanh": np.tanh,
    "exp": np.exp,
}
TWO_ARGUMENTS: dict[str, Callable[[Matrix, Matrix], Any]] = {
    "kron": np.kron,
    "outer": lambda a, b: a @ b.T,
}
FUNCTIONS = (*ONE_ARGUMENT, *TWO_ARGUMENTS)


class NotAMatrix(Exception):
    """A text without a value: which sentence of the table ``[matrix]`` says why."""

    def __init__(self, key: str, **parameters: str) -> None:
        super().__init__(key)
        self.key = key
        self.parameters = parameters


@dataclass(frozen=True)
class Part:
    """A piece of a formula.

    Attributes
    ----------
    value : callable
        From matrices by name to the value; raises `NotAMatrix` where shapes do not fit.
    terms : mapping of str to Fraction
        What is added up, and how often; the text of a number is "".
    read : str
        The piece with a bracket wherever one decides.
    """

    value: Value
    terms: Mapping[str, Fraction]
    read: str

    @property
    def normal(self) -> str:
        """The text that formulas share which differ in nothing but their writing."""
        terms = (f"{number}·{body}" if number != 1 else body for body, number in self.terms.items())
        return "+".join(sorted(terms))

    @property
    def single(self) -> tuple[str, Fraction]:
        """The piece as a number and what it is multiplied by."""
        if len(self.terms) == 1:
            return next(iter(self.terms.items()))
        return f"({self.normal})", Fraction(1)


def number(text: str) -> Part:
    """Return a number, a matrix of one entry."""
    return Part(lambda given: np.array([[float(text)]]), {"": Fraction(text)}, text)


def matrix(name: str) -> Part:
    """Return a matrix that is given."""
    return Part(lambda given: given[name], {name: Fraction(1)}, name)


def negative(part: Part) -> Part:
    """Return minus a piece."""
    terms = {body: -times for body, times in part.terms.items()}
    return Part(lambda given: -part.value(given), terms, f"(−{part.read})")


def power(part: Part, exponent: str) -> Part:
    """Return a piece with each entry raised to a number."""
    raised = float(exponent)
    body = {f"({part.normal})**{exponent}": Fraction(1)}
    return Part(lambda given: part.value(given) ** raised, body, f"({part.read}**{exponent})")


def transpose(part: Part) -> Part:
    """Return the transpose of a piece."""
    body, times = part.single
    turned = body.removesuffix(".T") if body.endswith(".T") else f"{body}.T"
    return Part(lambda given: part.value(given).T, {turned: times}, f"{part.read}.T")


def product(left: Part, right: Part) -> Part:
    """Return a matrix product."""

    def value(given: Mapping[str, Matrix]) -> Matrix:
        a, b = left.value(given), right.value(given)
        if a.shape[1] != b.shape[0]:
            raise NotAMatrix("matrix.product", left=str(a.shape), right=str(b.shape))
        if a.shape[0] * b.shape[1] > MOST_ENTRIES:
            raise NotAMatrix("matrix.huge")
        return a @ b

    (a, m), (b, n) = left.single, right.single
    return Part(value, {f"({a}@{b})": m * n}, f"({left.read} @ {right.read})")


def entrywise(sign: str, left: Part, right: Part) -> Part:
    """Return what one of + - * / makes of two pieces, entry by entry."""
    act = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}[sign]

    def value(given: Mapping[str, Matrix]) -> Matrix:
        a, b = left.value(given), right.value(given)
        if a.shape != b.shape and 1 not in (a.size, b.size):
            raise NotAMatrix("matrix.entrywise", sign=sign, left=str(a.shape), right=str(b.shape))
        return np.asarray(act(a, b))

    terms = _added(sign, left, right) if sign in "+-" else _times(sign, left, right)
    return Part(value, terms, f"({left.read} {sign} {right.read})")


def _added(sign: str, left: Part, right: Part) -> dict[str, Fraction]:
    terms = dict(left.terms)
    for body, times in right.terms.items():
        terms[body] = terms.get(body, Fraction(0)) + (times if sign == "+" else -times)
    return {body: times for body, times in terms.items() if times} or {"": Fraction(0)}


def _times(sign: str, left: Part, right: Part) -> dict[str, Fraction]:
    (a, m), (b, n) = left.single, right.single
    if sign == "/":
        times = m / n if n else Fraction(0)
        return {a if not b else f"({a}/{b})": times}
    if not a or not b:
        return {a + b: m * n}
    first, second = sorted((a, b))
    return {f"({first}*{second})": m * n}


def applied(name: str, arguments: list[Part]) -> Part:
    """Return a function of one or two pieces."""
    body = f"{name}({','.join(part.normal for part in arguments)})"
    value = _one(name, *arguments) if name in ONE_ARGUMENT else _two(name, *arguments)
    return Part(value, {body: Fraction(1)}, f"{name}({', '.join(map(bare, arguments))})")


def bare(part: Part) -> str:
    """Return what stands inside the outer brackets of a piece."""
    return part.read[1:-1] if part.read.startswith("(") and part.read.endswith(")") else part.read


def _one(name: str, inner: Part) -> Value:
    def value(given: Mapping[str, Matrix]) -> Matrix:
        a = inner.value(given)
        if name == "tr" and a.shape[0] != a.shape[1]:
            raise NotAMatrix("matrix.square", shape=str(a.shape))
        if name == "diag" and a.shape[1] != 1:
            raise NotAMatrix("matrix.column", name=name, shape=str(a.shape))
        if name == "diag" and a.size**2 > MOST_ENTRIES:
            raise NotAMatrix("matrix.huge")
        return np.atleast_2d(ONE_ARGUMENT[name](a))

    return value


def _two(name: str, left: Part, right: Part) -> Value:
    def value(given: Mapping[str, Matrix]) -> Matrix:
        a, b = left.value(given), right.value(given)
        for part in (a, b):
            if name == "outer" and part.shape[1] != 1:
                raise NotAMatrix("matrix.column", name=name, shape=str(part.shape))
        if a.size * b.size > MOST_ENTRIES:
            raise NotAMatrix("matrix.huge")
        return np.asarray(TWO_ARGUMENTS[name](a, b))

    return value
