"""Answers that are shapes of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlplib.checks.kinds.answer import Answer
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, unread, wrong


@dataclass(frozen=True)
class Shape(Answer[tuple[int, ...]]):
    """The shape of an array: a tuple of whole numbers.

    Attributes
    ----------
    expected : tuple of int
    """

    expected: tuple[int, ...]

    def read(self, answer: Any, words: ExerciseText) -> tuple[int, ...] | Finding:
        """Type, entries."""
        return _read_shape(answer)

    def compare(self, got: tuple[int, ...], known: Sequence[Misconception]) -> Finding:
        """Value, misconception, number of axes, sizes; names the first wrong axis."""
        if got == self.expected:
            return right()
        for misconception in known:
            if got == tuple(misconception.wrong):
                return wrong(f"misconception.{misconception.key}")
        if len(got) != len(self.expected):
            return wrong("shape.axes", got=str(got), axes=str(len(got)))
        pairs = enumerate(zip(got, self.expected, strict=True))
        axis = next(i for i, (g, e) in pairs if g != e)
        return wrong("shape.value", got=str(got), axis=str(axis), size=str(got[axis]))

    def right_answer(self) -> tuple[int, ...]:
        """Return the expected shape."""
        return self.expected


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
