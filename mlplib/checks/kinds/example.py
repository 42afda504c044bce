"""Answers that are an example: any array with the properties asked for is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.likeness import entry_text, first
from mlplib.checks.kinds.numbers import exported_numbers
from mlplib.checks.kinds.read_numbers import array_from_text, read_array
from mlplib.checks.messages import ExerciseText
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, right, wrong
from mlplib.numerals import number_text

Property = Callable[[NDArray[Any]], bool]


@dataclass(frozen=True)
class Example(Answer[NDArray[Any]]):
    """An array of a given shape that has every property of a list.

    Each property bears the key of a misconception of the exercise: its sentence is told to those
    whose array is the first not to have it, and its wrong version is an array that has not.

    Attributes
    ----------
    example : array_like
        One that is right.
    properties : mapping of str to callable
        From finite float64 arrays of that shape to whether the property holds, simple ones first.
    image : callable, optional
        What becomes of the array, one number or a few: shown to those whose array is wrong.
    script : str
        Name of the same image and properties in the script of the pages, "" where it has none.
    """

    example: Any
    properties: Mapping[str, Property]
    image: Callable[[NDArray[Any]], Any] | None = None
    script: str = ""

    def read(self, answer: Any, words: ExerciseText) -> NDArray[Any] | Finding:
        """Type, size, entries."""
        if isinstance(answer, str):
            return array_from_text(str(answer), np.ndim(self.example))
        return read_array(answer)

    def compare(self, got: NDArray[Any], known: Sequence[Misconception]) -> Finding:
        """Shape, finite, the first property that does not hold."""
        expected = np.shape(self.example)
        if got.shape != expected:
            return wrong("array.shape", got=str(got.shape), expected=str(expected))
        if not np.isfinite(got).all():
            entry = first(~np.isfinite(got))
            return wrong("array.finite", entry=entry_text(entry), got=number_text(got[entry]))
        values = got.astype(np.float64)
        with np.errstate(all="ignore"):
            failing = (key for key, holds in self.properties.items() if not holds(values))
            missing = next(failing, None)
            if missing is None:
                return right()
            finding = wrong(f"misconception.{missing}")
            if self.image is None:
                return finding
            image = np.asarray(self.image(values), dtype=np.float64)
        shown = ", ".join(map(number_text, image.flat))
        shown = f"[{shown}]" if image.ndim else shown
        return replace(finding, advice="example.image", parameters={"image": shown})

    def exported(self) -> dict[str, Any] | None:
        """Return the example, the keys of the properties, and what the script calls them."""
        if not self.script:
            return None
        keys = list(self.properties)
        return {
            "example": exported_numbers(self.example),
            "properties": keys,
            "script": self.script,
        }

    def exported_wrong(self, wrong: Any) -> Any:
        """Return an array that lacks a property."""
        return exported_numbers(wrong)

    def right_answer(self) -> NDArray[Any]:
        """Return the example."""
        return np.array(self.example)

    def show(self, variable: str) -> str:
        """Return the example, which is one of many."""
        before, values = f"    {variable} = np.array(", np.asarray(self.example)
        return f"{before}{np.array2string(values, separator=', ', precision=9, prefix=before)})"
