"""Which question is meant: ids forgive case and blanks, and what is missing gets a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MISSING: Any = type("Missing", (), {"__repr__": lambda self: "nothing"})()
"""Stands for an argument that was not given: None is an answer like any other."""

WRITTEN = {
    "check": 'check("{id}", answer)',
    "hint": 'hint("{id}")',
    "solution": 'solution("{id}")',
    "question": 'question("{id}")',
}
"""How a verb is called."""


def folded(name: str) -> str:
    """Return an id as it is compared.

    Examples
    --------
    >>> folded(" B "), folded("Softmax . a"), folded("a)")
    ('b', 'softmax.a', 'a')
    """
    return "".join(str.split(name)).casefold().strip(".):\"'")


def id_in(asked: Any, name: str, known: Iterable[str]) -> str | None:
    """Return which of the ids `known` of the set `name` is asked for, None where none is."""
    if type(asked) is not str or len(asked) > 100:
        return None
    bare = folded(asked).removeprefix(f"{folded(name)}.")
    return next((id_ for id_ in known if folded(id_) == bare), None)


def what_is_missing(
    verb: str, asked: Any, second: Any, name: str, known: Mapping[str, Any], following: str
) -> tuple[str, dict[str, str]]:
    """Return the key of what to say where no question is named, and what fills its braces.

    Parameters
    ----------
    verb : str
        "check", "hint", …
    asked, second : object
        The two arguments, `MISSING` where they were not given.
    name : str
        The set.
    known : mapping
        Its questions, by id.
    following : str
        The question that comes next, for an example.
    """
    turned = id_in(second, name, known)
    written = WRITTEN[verb].format(id=turned or following)
    words = {"known": ", ".join(known), "set": name, "written": written}
    if turned is not None:
        return "answer.swapped", words
    if type(asked) is str:
        return "answer.unknown", {**words, "name": repr(asked[:40])}
    return "answer.which", words
