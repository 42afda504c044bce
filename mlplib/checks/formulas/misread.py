"""Saying where and why a text is no formula, in the words of the question it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mlplib.checks.formulas.notation import ALIASES
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.outcome import Finding, Status


def misread(
    problem: NotAFormula, text: str, known: Sequence[str], abbreviations: Mapping[str, str]
) -> Finding:
    """Return the finding that `text` is no formula.

    Parameters
    ----------
    problem : NotAFormula
    text : str
        As typed.
    known : sequence of str
        The names that the question is answered with.
    abbreviations : mapping of str to str
        A single one is recalled to those who write another name, or its function without brackets.
    """
    key, position, words = problem.key, problem.position, {**problem.parameters}
    equals = re.search(r"[^<>=]=(?!=)", text[position : position + 80])
    if equals and key in ("formula.character", "formula.name"):
        # Of ∂B/∂z = p − t the left side is no formula, and need not be one.
        key, position, words = "formula.equation", position + equals.start() + 1, {"character": "="}
    if len(abbreviations) == 1:
        ((name, meaning),) = abbreviations.items()
        function = ALIASES.get(words.get("found", ""), words.get("found", ""))
        if key == "formula.name":
            key, words = "formula.called", {**words, "name": name, "meaning": meaning}
        elif key == "formula.brackets" and meaning.startswith(f"{function}("):
            key, words = "formula.brackets_called", {**words, "name": name, "meaning": meaning}
    written = _with_point(text, position)
    if words.get("found") == "," and written:
        key, words = "formula.comma", {"written": written}
    words |= {
        "known": ", ".join(known),
        "column": str(position + 1),
        "place": _pointed(text, position),
    }
    return Finding(Status.UNREAD, key, words)


def _with_point(text: str, position: int) -> str:
    """Return the number around a decimal comma as it is to be written, "" where there is none."""
    before, after = (
        re.search(r"[0-9]+$", text[max(0, position - 30) : position]),
        re.match(r",([0-9]+)", text[position:]),
    )
    return f"{before[0]}.{after[1]}" if before and after else ""


def _pointed(text: str, position: int) -> str:
    """Return the line of `text` around `position`, with an arrow under the character."""
    start = max(0, position - 40)
    part = "".join(c if c.isprintable() else " " for c in text[start : position + 30])
    lead = "…" if start else ""
    return f"    {lead}{part}\n    {' ' * (len(lead) + position - start)}↑"
