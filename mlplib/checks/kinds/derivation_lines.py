"""How a derivation may be laid out: a list or a text, numbered lines, chains of equals signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlplib.checks.blank import is_blank
from mlplib.checks.formulas.latex import without_latex
from mlplib.checks.formulas.notation import unquoted, visible
from mlplib.checks.outcome import Finding, unread
from mlplib.checks.quoting import LONGEST

MOST_LINES = 40
"""No more lines are read, nor members of chains."""

LONGEST_TEXT = 10_000

_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+(?![+*/^]|-\s)")
"""The number of a line, as in ``2. -ln(x)``; in ``2. - ln(x)`` it is a number to calculate with."""

_EQUALS = re.compile(r"(?<![<>=])==?(?!=)")
"""An equals sign that is not part of <= or >=."""


def lines_of(answer: Any) -> list[Any] | Finding:
    """Return the lines of a list or of a text, without empty ones, or what is the matter."""
    if isinstance(answer, str):
        if len(answer) > LONGEST_TEXT:
            return unread("derivation.long", most=str(MOST_LINES))
        answer = unquoted(answer).splitlines()
    if type(answer) is np.ndarray and answer.ndim == 1 and answer.size <= MOST_LINES:
        answer = answer.tolist()
    if type(answer) not in (list, tuple):
        return unread("derivation.type", got=type(answer).__name__)
    if len(answer) > MOST_LINES:
        return unread("derivation.long", most=str(MOST_LINES))
    return [line for line in answer if not is_blank(line)]


def members_of(line: Any) -> list[Any]:
    """Return the formulas that a line joins by equals signs; one at an end joins nothing.

    Examples
    --------
    >>> members_of("2. x + x = 2*x ="), members_of("= x")
    (['x + x ', ' 2*x '], [' x'])
    """
    if not isinstance(line, str) or len(line) > LONGEST_TEXT:
        return [line]
    parts = _EQUALS.split(unquoted(_NUMBER.sub("", visible(without_latex(line)))))
    return [part for part in parts if part.strip()] or [line]


def shown(formula: Any) -> str:
    """Return a formula as it is quoted, on one line, shortened where it is long."""
    text = " ".join(str(formula)[: 4 * LONGEST].split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def list_of_lines(variable: str, lines: Sequence[str]) -> str:
    """Return lines as a list that can be pasted."""
    inner = "".join(f'        "{line}",\n' for line in lines)
    return f"    {variable} = [\n{inner}    ]"
