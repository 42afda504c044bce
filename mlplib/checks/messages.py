"""The words of the checks, keyed, one file for each language; no sentence is mixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ENGINE = Path(__file__).parent / "messages"
"""Folder of the engine's own messages, ``<language>.toml``."""


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


def languages(folder: Path, name: str | None = None) -> list[str]:
    """Return the languages that `folder` has words in, for the set `name` or for the engine.

    Examples
    --------
    >>> languages(ENGINE)
    ['en']
    """
    pattern = "*.toml" if name is None else f"{name}.*.toml"
    return sorted(path.name.split(".")[-2] for path in folder.glob(pattern))


@cache
def engine_messages(language: str) -> Mapping[str, str]:
    """Return the engine's messages in `language`, keyed ``table.key``.

    Raises
    ------
    ValueError
        If the engine does not speak `language`.
    """
    tables = _read(ENGINE / f"{language}.toml", language, languages(ENGINE))
    return {
        f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()
    }


@cache
def set_text(folder: Path, name: str, language: str) -> SetText:
    """Return the words of the set `name` in `language`.

    Raises
    ------
    ValueError
        If the set has no words in `language`, or an entry is missing or unknown.
    """
    path = folder / f"{name}.{language}.toml"
    table = _read(path, language, languages(folder, name))
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


def _read(path: Path, language: str, known: list[str]) -> dict[str, Any]:
    if language not in known:
        raise ValueError(f"language must be one of {known}, not {language!r}.")
    import tomllib  # not before there are words to read: it costs as much as a kind of answer

    return tomllib.loads(path.read_text(encoding="utf-8"))
