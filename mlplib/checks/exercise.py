"""An exercise as data: what is asked, what is right, and which wrong answers are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from mlplib.checks.messages import ExerciseText
from mlplib.checks.outcome import Finding


class Kind(Protocol):
    """The kind of an answer: number, array, function, expression, …"""

    def judge(self, answer: Any, exercise: Exercise, text: ExerciseText) -> Finding:
        """Return what is to be said about `answer`."""

    def right_answer(self) -> Any:
        """Return an answer that is right, as a student could give it."""

    def wrong_answer(self, wrong: Any) -> Any:
        """Return the answer of a student who holds the misconception `wrong`."""

    def show(self) -> str:
        """Return the right answer as text for the solution."""


@dataclass(frozen=True)
class Misconception:
    """A wrong answer that students really give, runnable, with the key of what to tell them.

    Attributes
    ----------
    key : str
        Key in the table ``[misconceptions]`` of the set's texts; unique within an exercise.
    wrong : object
        The wrong version, of the exercise's kind: a number, an array, a shape, a function of the
        same arguments, an expression, one wrong line of a derivation, a set of letters.
    """

    key: str
    wrong: Any


def wrong(**versions: Any) -> tuple[Misconception, ...]:
    """Return a misconception for each keyword: its key, and the wrong version.

    Examples
    --------
    >>> wrong(slope_plus="s*(1 + s)")
    (Misconception(key='slope_plus', wrong='s*(1 + s)'),)
    """
    return tuple(Misconception(key, version) for key, version in versions.items())


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
        The document and claim the question comes from.
    kind : Kind
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
    kind: Kind
    misconceptions: tuple[Misconception, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    variant: Callable[[int], Exercise] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w-]+", self.id):
            raise ValueError(f"id must be letters, digits, - and _; got {self.id!r}")
        if not self.variable.isidentifier():
            raise ValueError(f"variable must be a Python name; got {self.variable!r}")
        keys = [misconception.key for misconception in self.misconceptions]
        if len(set(keys)) < len(keys):
            raise ValueError(
                f"misconceptions of exercise {self.id} must have different keys: {keys}"
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

    Raises
    ------
    ValueError
        If there is no exercise or two have the same id.
    """

    name: str
    folder: Path
    exercises: tuple[Exercise, ...]

    def __post_init__(self) -> None:
        ids = [exercise.id for exercise in self.exercises]
        if not ids or len(set(ids)) < len(ids):
            raise ValueError(f"set {self.name} needs exercises with different ids; got {ids}")
