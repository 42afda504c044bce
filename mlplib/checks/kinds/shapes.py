"""Answers that are the shapes of several arrays, by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlplib.checks.formulas.notation import SUBSCRIPTS, unquoted, visible
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.shape import Shape
from mlplib.checks.kinds.typed import LONGEST_TYPED
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.quoting import quoted


@dataclass(frozen=True)
class Shapes(Answer["dict[str, tuple[int, ...]]"]):
    """The shape of each array of a question: ``{"W1": (7, 5), "b1": (7,)}``.

    Attributes
    ----------
    expected : mapping of str to tuple of int
    """

    expected: Mapping[str, tuple[int, ...]]

    def read(self, answer: Any, words: ExerciseText) -> dict[str, tuple[int, ...]] | Finding:
        """Type, names, each shape: a dictionary, or its text, with or without brackets."""
        if isinstance(answer, str):
            if len(answer) > LONGEST_TYPED:
                return unread("number.long", longest=str(LONGEST_TYPED))
            text, answer = str(answer), shapes_in(str(answer))
            if not answer:
                return unread("shapes.text", got=quoted(text))
        if type(answer) is not dict:
            return unread("shapes.type", got=type(answer).__name__)
        if set(answer) != set(self.expected):
            return unread("shapes.names", known=", ".join(self.expected))
        found: dict[str, tuple[int, ...]] = {}
        for name in self.expected:
            shape = Shape(self.expected[name]).read(answer[name], words)
            match shape:
                case Finding(key="shape.number", parameters={"got": size}) if size != "int":
                    shape = (int(size),)  # a size among shapes stands for one axis, as in NumPy
            if isinstance(shape, Finding):
                return unread("shapes.shape", name=name)
            found[name] = shape
        return found

    def compare(self, got: dict[str, tuple[int, ...]], known: Sequence[Misconception]) -> Finding:
        """Value, misconception, the first array whose shape is wrong, and in what."""
        if got == self.expected:
            return right()
        for misconception in known:
            if got == {**self.expected, **misconception.wrong}:
                return wrong(f"misconception.{misconception.key}")
        name = next(name for name, shape in self.expected.items() if got[name] != shape)
        mine, shape = got[name], self.expected[name]
        count = str(sum(got[other] == right_one for other, right_one in self.expected.items()))
        said = {"name": name, "got": str(mine), "count": count, "size": str(len(self.expected))}
        if len(mine) != len(shape):
            return wrong("shapes.axes", **said, axes=str(len(mine)))
        if mine == shape[::-1]:
            return wrong("shapes.turned", **said)
        return wrong("shapes.value", **said)

    def exported(self) -> dict[str, Any]:
        """Return the expected shapes by name."""
        return {"expected": self.exported_wrong(self.expected)}

    def exported_wrong(self, wrong: Any) -> dict[str, list[int]]:
        """Return the shapes that are wrong."""
        return {name: list(shape) for name, shape in wrong.items()}

    def right_answer(self) -> dict[str, tuple[int, ...]]:
        """Return the expected shapes."""
        return dict(self.expected)

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the right shapes, but for those that the misconception changes."""
        return {**self.expected, **wrong}

    def needles(self, words: ExerciseText) -> Iterator[list[str]]:
        """Yield all shapes: a text gives the answer away when it holds each of them."""
        yield [str(shape) for shape in self.expected.values()]


_NAME = re.compile(
    r"(?:^|[ \n,;{(])[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?(?:\.shape)?"
    r"(?:[ \n]*(?:=|:|->|→)|(?<!dict) ?(?=[(\[]))"
)
_SUBSCRIPTS = {ord(sign): digit for sign, digit in SUBSCRIPTS.items()}


def shapes_in(text: str) -> dict[str, str]:
    """Return the text that stands behind each name.

    Examples
    --------
    >>> shapes_in("{'W1': (2, 3), 'b1': (2,)}"), shapes_in("W₁ = 2×3; b₁ = (2,)")
    ({'W1': '(2, 3)', 'b1': '(2,)'}, {'W1': '2×3', 'b1': '(2,)'})
    """
    plain = visible(unquoted(text)).translate(_SUBSCRIPTS).strip()
    if plain[-1:] == "}" or plain[:5] == "dict(":
        plain = plain[:-1]
    _, *pieces = _NAME.split(plain)
    bodies = (body.strip(" \n;").rstrip(" \n,;") for body in pieces[1::2])
    return dict(zip(pieces[::2], bodies, strict=True))
