"""The words that code says: one file for each language, chosen once for everything.

What a reader meets of `verify`, of explorers, of checks and of pages is said by `say("table.key")`.
The sentences stand in ``words/<language>.toml``, the environment variable ``MLPLIB_LANGUAGE`` names
the language, and English is spoken where it does not. A new language is one more file with the same
keys. English stay exceptions, which a program may read; the names of Python's objects, as in
``Conv(32, 8×8)``; and what the build tells those who write the book, in their terminal.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
"""The folder with the words, ``<language>.toml``: tables of keys and sentences."""


def language() -> str:
    """Return the language that is spoken now.

    Raises
    ------
    ValueError
        If ``MLPLIB_LANGUAGE`` names one without words.
    """
    return spoken(os.environ.get("MLPLIB_LANGUAGE") or "en")


def languages() -> list[str]:
    """Return the languages there are words in.

    Examples
    --------
    >>> languages()
    ['en']
    """
    return sorted(path.stem for path in WORDS.glob("*.toml"))


def spoken(name: str) -> str:
    """Return `name`, if there are words in that language.

    Raises
    ------
    ValueError
        If there are none.
    """
    if name not in languages():
        raise ValueError(f"language must be one of {languages()}, not {name!r}.")
    return name


@cache
def words(name: str) -> Mapping[str, str]:
    """Return every sentence of a language, keyed ``table.key``.

    Raises
    ------
    ValueError
        If there are no words in that language.
    """
    import tomllib  # not before something is said: it costs as much as a module of this package

    path = WORDS / f"{spoken(name)}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()
    }


def say(key: str, **parts: object) -> str:
    """Return the sentence `key` in the language that is spoken now, its braces filled.

    Examples
    --------
    >>> say("number.finite", variable="m", got="nan")
    'm is nan, and the answer is a finite number.'
    """
    return words(language())[key].format(**parts)
