"""Formulas of matrices, as text in the signs of NumPy: read by a grammar, valued on random ones.

Known are names with a shape, numbers, ``@``, ``*``, ``+``, ``-``, ``/``, ``**``, ``.T`` and a few
functions, nothing else: no text of a student's is ever given to Python to evaluate. Every array has
two axes; a vector is a column, of shape (n, 1), and a number is as good as a matrix of one entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mlplib.checks.formulas.matrix_parts import (
    FUNCTIONS as FUNCTIONS,
    ONE_ARGUMENT,
    Matrix as Matrix,
    NotAMatrix as NotAMatrix,
    Part,
    Value,
    applied,
    bare,
    entrywise,
    matrix,
    negative,
    number,
    power,
    product,
    transpose,
)
from mlplib.checks.formulas.notation import CHARACTERS, SUBSCRIPTS, unquoted

LONGEST = 300
DEEPEST = 30

Shapes = Mapping[str, tuple[int, int]]

_TOKEN = re.compile(
    r"\s*(?:(?P<transpose>\.transpose\(\)|[.^]T\b|\^t\b|ᵀ|\^?⊤|['′’])|(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"|(?:np\.)?(?P<name>[^\W\d]\w*?(?=ᵀ|\W|$))|(?P<sign>\*\*|[-+*/@^(),⊙∘⊗]))"
)
_DOT = re.compile(r"[·⋅](?=\s*(?:[^\W\d]|\())")
"""A dot between matrices is read as nothing: as the product that two of them make side by side."""

_SIGNS = str.maketrans(
    {sign: read for sign, read in CHARACTERS.items() if read in ("", " ", "-", "*", "/")}
    | {sign: read for sign, read in CHARACTERS.items() if 0xFF00 < ord(sign) < 0xFF5F}
    | {"²": "**2", "³": "**3", "δ": " delta ", **SUBSCRIPTS}
)


@dataclass(frozen=True)
class Formula:
    """A formula that has been read.

    Attributes
    ----------
    text : str
    names : frozenset of str
        The matrices and functions in it.
    value : callable
        From matrices by name to the value; raises `NotAMatrix` where shapes do not fit.
    normal : str
        The text that formulas share which differ in nothing but their writing.
    read : str
        The formula with a bracket wherever one decides.
    """

    text: str
    names: frozenset[str]
    value: Value
    normal: str
    read: str


def parse(text: str, shapes: Shapes) -> Formula:
    """Return the formula `text` in the matrices that `shapes` names.

    Raises
    ------
    NotAMatrix
        Where it cannot be read.

    Examples
    --------
    >>> product = parse("D.T @ A", {"D": (5, 2), "A": (5, 3)})
    >>> product.value({"D": np.ones((5, 2)), "A": np.ones((5, 3))})[0]
    array([5., 5., 5.])
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise NotAMatrix("matrix.long", longest=str(LONGEST))
    text = re.sub(r"\b(?:np\.)?trace(?=\()", "tr", unquoted(text).strip(), flags=re.ASCII)
    reader = _Reader(text, shapes)
    whole = reader.sum(0)
    if reader.word:
        raise NotAMatrix("matrix.unexpected", found=reader.word)
    return Formula(text, frozenset(reader.names), whole.value, whole.normal, bare(whole))


def drawn(
    shapes: Shapes, seed: int, computed: Mapping[str, str] | None = None
) -> dict[str, Matrix]:
    """Return a matrix for each name, no two entries alike and none near 0; I is the identity.

    They have few digits, since pages carry them. What is `computed` is not drawn: it has the value
    of its formula, in the matrices that are.
    """
    rng = np.random.default_rng(seed)
    matrices = {
        name: np.round(rng.choice([-1.0, 1.0], shape) * rng.uniform(0.3, 2.0, shape), 6)
        for name, shape in shapes.items()
    }
    if "I" in shapes:
        matrices["I"] = np.eye(*shapes["I"])
    for name, text in (computed or {}).items():
        matrices[name] = parse(text, shapes).value(matrices)
    return matrices


class _Reader:
    """Recursive descent; what it returns are functions of the matrices."""

    def __init__(self, text: str, shapes: Shapes) -> None:
        self._shapes = shapes
        self._tokens: list[tuple[str, str]] = []
        self.names: set[str] = set()
        position, text = 0, _DOT.sub(" ", text).translate(_SIGNS).strip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise NotAMatrix("matrix.unexpected", found=text[position:].strip()[0])
            kind = str(match.lastgroup)
            self._tokens.append((kind, match[kind]))
            position = match.end()

    @property
    def word(self) -> str:
        return self._tokens[0][1] if self._tokens else ""

    def _next(self, expected: str = "") -> tuple[str, str]:
        if not self._tokens:
            raise NotAMatrix("matrix.ends")
        if expected and self.word != expected:
            raise NotAMatrix("matrix.unexpected", found=self.word)
        return self._tokens.pop(0)

    def sum(self, depth: int) -> Part:
        if depth > DEEPEST:
            raise NotAMatrix("matrix.long", longest=str(LONGEST))
        value = self._product(depth)
        while self.word in ("+", "-"):
            value = entrywise(self._next()[1], value, self._product(depth))
        return value

    def _product(self, depth: int) -> Part:
        value = self._signed(depth)
        while self.word in ("*", "⊙", "∘", "/", "@", "⊗") or self._is_beside():
            sign = self._next()[1] if not self._is_beside() else "*" if "" in value.terms else "@"
            right = self._signed(depth)
            if sign == "@":
                value = product(value, right)
            elif sign == "⊗":
                value = applied("kron", [value, right])
            else:
                value = entrywise("*" if sign in "⊙∘" else sign, value, right)
        if self._tokens and self._tokens[0][0] == "number":
            raise NotAMatrix("matrix.sign", found=self.word)
        return value

    def _is_beside(self) -> bool:
        """Tell whether a matrix follows without a sign: in mathematics, a product of matrices."""
        return bool(self._tokens) and (self._tokens[0][0] == "name" or self.word == "(")

    def _signed(self, depth: int) -> Part:
        if self.word == "-":
            self._next()
            operand = self._signed(depth + 1) if depth < DEEPEST else self._power(depth)
            return negative(operand)
        return self._power(depth)

    def _power(self, depth: int) -> Part:
        value = self._transposed(depth)
        if self.word in ("**", "^"):
            self._next()
            kind, text = self._next()
            if kind != "number":
                raise NotAMatrix("matrix.power", found=text)
            return power(value, text)
        return value

    def _transposed(self, depth: int) -> Part:
        value = self._operand(depth)
        while self._tokens and self._tokens[0][0] == "transpose":
            self._next()
            value = transpose(value)
        return value

    def _operand(self, depth: int) -> Part:
        kind, text = self._next()
        if kind == "number":
            return number(text)
        if text == "(":
            value = self.sum(depth + 1)
            self._next(")")
            return value
        if kind != "name":
            raise NotAMatrix("matrix.unexpected", found=text)
        if self.word == "(" and text in ("dot", "matmul"):
            return product(*self._arguments(depth))
        if self.word == "(" and text == "transpose":
            return transpose(*self._arguments(depth, 1))
        if self.word == "(" and text == "multiply":
            return entrywise("*", *self._arguments(depth))
        if self.word == "(" and text in FUNCTIONS:
            return self._applied(text, depth)
        text = text if text in self._shapes else text.replace("_", "")
        if text not in self._shapes:
            raise NotAMatrix("matrix.name", found=text, known=", ".join(self._shapes))
        self.names.add(text)
        return matrix(text)

    def _applied(self, name: str, depth: int) -> Part:
        self.names.add(name)
        return applied(name, self._arguments(depth, 1 if name in ONE_ARGUMENT else 2))

    def _arguments(self, depth: int, count: int = 2) -> list[Part]:
        self._next("(")
        parts = [self.sum(depth + 1)]
        if count == 2:
            self._next(",")
            parts.append(self.sum(depth + 1))
        self._next(")")
        return parts
