"""An exercise as data: what is asked, what is right, and which wrong answers are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mlplib.checks.kinds.answer import Answer
from mlplib.checks.misconception import Misconception as Misconception, wrong as wrong


@dataclass(frozen=True)
class Exercise:
    """One question.

    Attributes
    ----------
    id : str
        Short id within its set, ``"a"``.
    variable : str
        Name of the variable or function that the student fills in; every message names it.
    source : str
        The document and claim the question comes from; of a question that a chapter asks, the
        section.
    kind : Answer
        What sort of answer is expected, and what is right.
    misconceptions : tuple of Misconception
    parameters : mapping of str to str
        Values for braces in the exercise's texts (used by variants).
    variant : callable, optional
        ``variant(seed)`` returns the same exercise with other numbers.

    Raises
    ------
    ValueError
        If the id has a dot or a blank, the variable is no Python name, or two misconceptions
        have the same key.
    """

    id: str
    variable: str
    source: str
    kind: Answer[Any]
    misconceptions: tuple[Misconception, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    variant: Callable[[int], Exercise] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w-]+", self.id):
            raise ValueError(f"id must be letters, digits, - and _, not {self.id!r}.")
        if not self.variable.isidentifier():
            raise ValueError(f"variable must be a Python name, not {self.variable!r}.")
        keys = [misconception.key for misconception in self.misconceptions]
        if len(set(keys)) < len(keys):
            raise ValueError(
                f"misconceptions of exercise {self.id} must have different keys, not {keys}."
            )


@dataclass(frozen=True)
class ExerciseSet:
    """Exercises in the order in which they are asked.

    Attributes
    ----------
    name : str
        ``"activations"``.
    folder : Path
        Where the words are: one file ``<name>.<language>.toml`` for each language.
    exercises : tuple of Exercise
    notebook : bool
        Whether ``solutions/<name>.md`` asks the questions, and students have a notebook of them.
        Those of a set without one stand in the chapters.

    Raises
    ------
    ValueError
        If there is no exercise or two have the same id.
    """

    name: str
    folder: Path
    exercises: tuple[Exercise, ...]
    notebook: bool = True

    def __post_init__(self) -> None:
        ids = [exercise.id for exercise in self.exercises]
        if not ids or len(set(ids)) < len(ids):
            raise ValueError(f"exercises of set {self.name} must have different ids, not {ids}.")
