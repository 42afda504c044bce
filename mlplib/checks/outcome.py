"""What a check finds: one of a few statuses, and the key of the sentence that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from mlplib.checks.panel import Panel


class Status(Enum):
    """The possible results of a check, best first; the value is the CSS class after ``mlp-``."""

    RIGHT = "right"
    ALMOST = "almost"
    WRONG = "wrong"
    ERROR = "error"
    UNREAD = "unread"
    BLANK = "not-attempted"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def symbol(self) -> str:
        """The sign that stands beside the word, so that colour is never alone."""
        return _SYMBOLS[self]

    def better(self, other: Status) -> Status:
        """Return the better of two results.

        Examples
        --------
        >>> Status.WRONG.better(Status.RIGHT)
        <Status.RIGHT: 'right'>
        """
        return min(self, other, key=list(Status).index)


_SYMBOLS = {
    Status.RIGHT: "✓",
    Status.ALMOST: "≈",
    Status.WRONG: "✗",
    Status.ERROR: "!",
    Status.UNREAD: "?",
    Status.BLANK: "○",
    Status.FAILED: "!",
    Status.UNKNOWN: "?",
}


@dataclass(frozen=True)
class Finding:
    """A result before it is put into words.

    Attributes
    ----------
    status : Status
    key : str
        Key of the message. ``misconception.<key>`` and ``option.<letter>`` are words of the
        exercise set, all others are words of the engine.
    parameters : mapping of str to str
        What fills the braces of the message.
    line : int or None
        Line of a derivation that the message speaks of.
    advice : str
        Key of a sentence to add, or "".
    """

    status: Status
    key: str
    parameters: Mapping[str, str]
    line: int | None = None
    advice: str = ""


@dataclass(frozen=True, repr=False)
class Outcome(Panel):
    """What `check` returns: a panel that also tells a program what it says.

    Attributes
    ----------
    question : str
        Full id of the question, ``"activations.a"``.
    status : Status
    note : str
        Key of the message, the same in every language.
    """

    question: str
    status: Status
    note: str


def right() -> Finding:
    """Return the finding that nothing is wrong."""
    return Finding(Status.RIGHT, "answer.right", {})


def wrong(key: str, **parameters: str) -> Finding:
    """Return the finding that the answer is wrong, for the reason named by `key`."""
    return Finding(Status.WRONG, key, parameters)


def almost(key: str, **parameters: str) -> Finding:
    """Return the finding that the value is right and the form asked for is not reached."""
    return Finding(Status.ALMOST, key, parameters)


def unread(key: str, **parameters: str) -> Finding:
    """Return the finding that the answer is not written so that it can be compared at all."""
    return Finding(Status.UNREAD, key, parameters)


def blank(key: str, **parameters: str) -> Finding:
    """Return the finding that there is nothing to check yet."""
    return Finding(Status.BLANK, key, parameters)


def error(key: str, **parameters: str) -> Finding:
    """Return the finding that the student's code failed by itself."""
    return Finding(Status.ERROR, key, parameters)


def failed(key: str, **parameters: str) -> Finding:
    """Return the finding that the check itself failed, which says nothing about the answer."""
    return Finding(Status.FAILED, key, parameters)
