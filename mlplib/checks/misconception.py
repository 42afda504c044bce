"""Wrong answers that are known: runnable, and each with something to say to those who give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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
