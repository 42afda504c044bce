"""What the script in a page knows by name: functions, signs, and all that it may say."""

from __future__ import annotations

from typing import Any

from mlplib.checks.formulas import notation
from mlplib.checks.formulas.latex import LATEX
from mlplib.checks.formulas.numerals import NUMERALS
from mlplib.checks.keeping.record import ABOUT, KEPT, VERSION
from mlplib.checks.kinds import choice_letters, read_intervals
from mlplib.checks.outcome import Status
from mlplib.language import words

SAID = (
    *("answer", "number", "rational", "array", "fractions", "shape", "shapes", "formula"),
    *("derivation", "matrix", "choice", "order", "matching", "mended", "example", "intervals"),
    *("status", "hint", "answering", "bench", "graph"),
)
"""The tables of words of which the script says sentences."""


def exported_tables(language: str) -> dict[str, Any]:
    """Return the tables of the script, its words in `language`: all that JSON can hold."""
    said = words(language)
    return {
        "functions": notation.FUNCTIONS,
        "aliases": notation.ALIASES,
        "constants": sorted(notation.CONSTANTS),
        "invisible": notation.INVISIBLE,
        "wide": notation.WIDE,
        "characters": notation.CHARACTERS,
        "superscripts": notation.SUPERSCRIPTS,
        "subscripts": notation.SUBSCRIPTS,
        "symbols": {status.value: status.symbol for status in Status},
        "progress": {"about": ABOUT, "version": VERSION, "kept": list(KEPT)},
        "quotes": notation.QUOTES,
        "fractions": "".join(notation.FRACTIONS),
        "joining": notation.JOINING,
        "numerals": NUMERALS,
        "unsaid": notation.UNSAID,
        "latex": LATEX,
        "choices": {
            "nouns": choice_letters.NOUNS,
            "verbs": choice_letters.VERBS,
            "filling": sorted(choice_letters.FILLING),
            "articles": choice_letters.ARTICLES,
        },
        "sets": {
            "names": read_intervals.NAMES,
            "commands": read_intervals.COMMANDS,
            "infinities": read_intervals.INFINITIES,
        },
        "words": {key: said[key] for key in said if key.partition(".")[0] in SAID},
    }
