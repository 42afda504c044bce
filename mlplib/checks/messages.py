"""The words of an exercise set: one file for each language, beside the set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class OptionText:
    """One option of a choice: what it says, and what is said to those who choose it."""

    text: str
    feedback: str


@dataclass(frozen=True)
class ExerciseText:
    """The words of one exercise in one language.

    Attributes
    ----------
    title : str
        Name of the question.
    hints : tuple of str
        From gentle to nearly told.
    why : str
        Shown when the answer is right: why it matters.
    solution : str
        Shown with the reference answer: how one gets there.
    options : mapping of str to OptionText
        Options of a choice by letter; empty for other kinds.
    given : str
        What is given and what to return; "" where the notebook says it.
    """

    title: str
    hints: tuple[str, ...]
    why: str
    solution: str
    options: Mapping[str, OptionText] = field(default_factory=dict)
    given: str = ""


@dataclass(frozen=True)
class SetText:
    """The words of one exercise set in one language.

    Attributes
    ----------
    title : str
    misconceptions : mapping of str to str
        What to tell those who give a known wrong answer.
    exercises : mapping of str to ExerciseText
    """

    title: str
    misconceptions: Mapping[str, str]
    exercises: Mapping[str, ExerciseText]


def languages_of(folder: Path, name: str) -> list[str]:
    """Return the languages that `folder` has words in for the set `name`."""
    return sorted(path.name.split(".")[-2] for path in folder.glob(f"{name}.*.toml"))


@cache
def set_text(folder: Path, name: str, language: str) -> SetText:
    """Return the words of the set `name` in `language`.

    Raises
    ------
    ValueError
        If the set has no words in `language`, or an entry is missing or unknown.
    """
    path = folder / f"{name}.{language}.toml"
    known = languages_of(folder, name)
    if language not in known:
        raise ValueError(f"language must be one of {known}, not {language!r}.")
    import tomllib  # not before there are words to read: it costs as much as a kind of answer

    table = tomllib.loads(path.read_text(encoding="utf-8"))
    title, misconceptions = table.pop("title", ""), table.pop("misconceptions", {})
    return SetText(
        title, misconceptions, {id_: _exercise(path.name, id_, t) for id_, t in table.items()}
    )


def _exercise(file: str, id_: str, table: dict[str, Any]) -> ExerciseText:
    wanted, extra = {"title", "hints", "why", "solution"}, {"options", "given"}
    if not wanted <= set(table) <= wanted | extra:
        raise ValueError(
            f"{file}: table [{id_}] must have {sorted(wanted)} and may have {sorted(extra)}, "
            f"not {sorted(table)}."
        )
    options = {
        letter: OptionText(entry["text"], entry["feedback"])
        for letter, entry in table.pop("options", {}).items()
    }
    return ExerciseText(hints=tuple(table.pop("hints")), options=options, **table)
