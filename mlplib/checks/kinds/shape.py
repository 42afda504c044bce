"""Answers that are shapes of arrays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from mlplib.checks.formulas.latex import without_latex
from mlplib.checks.formulas.notation import unquoted, visible
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.typed import LONGEST_TYPED
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong
from mlplib.checks.quoting import quoted


@dataclass(frozen=True)
class Shape(Answer[tuple[int, ...]]):
    """The shape of an array: a tuple of whole numbers.

    Attributes
    ----------
    expected : tuple of int
    """

    expected: tuple[int, ...]

    def read(self, answer: Any, words: ExerciseText) -> tuple[int, ...] | Finding:
        """Type, entries: ``(2, 3)``, and texts such as "(2, 3)", "2 x 3", "2×3"."""
        if isinstance(answer, str):
            return shape_from_text(str(answer))
        return _read_shape(answer)

    def compare(self, got: tuple[int, ...], known: Sequence[Misconception]) -> Finding:
        """Value, misconception, number of axes, sizes; names the first wrong axis."""
        if got == self.expected:
            return right()
        for misconception in known:
            if got == tuple(misconception.wrong):
                return wrong(f"misconception.{misconception.key}")
        likeness = alike(got, self.expected)
        if likeness:
            return wrong(likeness, got=str(got))
        if len(got) != len(self.expected):
            return wrong("shape.axes", got=str(got), axes=str(len(got)))
        pairs = enumerate(zip(got, self.expected, strict=True))
        axis = next(i for i, (g, e) in pairs if g != e)
        return wrong("shape.value", got=str(got), axis=str(axis), size=str(got[axis]))

    def exported(self) -> dict[str, Any]:
        """Return the expected shape."""
        return {"expected": list(self.expected)}

    def exported_wrong(self, wrong: Any) -> list[int]:
        """Return the wrong shape."""
        return list(wrong)

    def right_answer(self) -> tuple[int, ...]:
        """Return the expected shape."""
        return self.expected


def alike(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    """Return the key of what a wrong shape has in common with the right one, "" if nothing.

    Examples
    --------
    >>> alike((3, 2), (2, 3)), alike((2, 1, 3), (2, 3)), alike((6,), (2, 3)), alike((2, 4), (2, 3))
    ('shape.permuted', 'shape.ones', 'shape.counted', '')
    """
    if sorted(got) == sorted(expected):
        return "shape.permuted"
    if [size for size in got if size != 1] == [size for size in expected if size != 1]:
        return "shape.ones"
    return "shape.counted" if got == (prod(expected),) else ""


_NAMED = re.compile(r"^(?:[^=]*=|[A-Za-z_][^:=(\[→]*?(?::|->|→|(?=[(\[])))[ \n]*")
_BETWEEN = re.compile(r"[ \n]*(?:[,;x×X✕*]|by|par|and|et|[ \n])[ \n]*")


def shape_from_text(text: str) -> tuple[int, ...] | Finding:
    """Return the shape that a text stands for, or what is the matter with it.

    Examples
    --------
    >>> [shape_from_text(text) for text in ("(2, 3)", "2 x 3", "[4,]", "X.shape = 2×3", "(5,)")]
    [(2, 3), (2, 3), (4,), (2, 3), (5,)]
    """
    if len(text) > LONGEST_TYPED:
        return unread("number.long", longest=str(LONGEST_TYPED))
    bare = _NAMED.sub("", visible(unquoted(without_latex(text))).replace("−", "-").strip())
    inner, list_like = bare.rstrip(" .;"), False
    for _ in range(3):
        if inner[:1] + inner[-1:] in ("()", "[]", "{}"):
            list_like |= inner[0] != "("
            inner = inner[1:-1].strip()
    alone = inner.rstrip(" ,")
    sizes = _BETWEEN.split(alone) if alone else []
    # In (2*3,) the sign is a product, in 2*3 it stands between two sizes.
    mixed = "," in inner and re.search(r"[x×X✕*]", alone)
    if mixed or not (bare and all(re.fullmatch(r"[-+]?[0-9]{1,15}", size) for size in sizes)):
        return unread("shape.text", got=quoted(text))
    if len(sizes) == 1 and not list_like and "," not in inner:
        return unread("shape.number", got=str(int(sizes[0])))
    return _read_shape(tuple(map(int, sizes)))


def _read_shape(answer: Any) -> tuple[int, ...] | Finding:
    if type(answer) is int:
        return unread("shape.number", got=str(answer) if abs(answer) < 10**15 else "int")
    if type(answer) is np.ndarray and answer.ndim == 1 and answer.dtype.kind in "iu":
        answer = answer.tolist()
    if type(answer) not in (tuple, list):
        return unread("shape.type", got=type(answer).__name__)
    if len(answer) > 32:
        return wrong("shape.axes", got="…", axes=str(len(answer)))
    for item in answer:
        if type(item) is not int and not isinstance(item, np.integer):
            return unread("shape.entry", got=type(item).__name__)
    return tuple(int(item) for item in answer)
