"""Whether a sentence gives an answer away."""

from __future__ import annotations

import re

from mlplib.checks.exercise import Exercise
from mlplib.checks.formulas.notation import CHARACTERS, SUPERSCRIPTS
from mlplib.checks.messages import ExerciseText

_SIGNS = {**CHARACTERS, **dict(zip("[]{}", "[]{}", strict=True))}


def reveals(text: str, exercise: Exercise, words: ExerciseText) -> bool:
    """Tell whether `text` contains the answer of `exercise`, whatever its spacing and signs.

    What counts is for the kind of answer to say, in `Answer.needles`; a number or a formula counts
    where it stands alone.
    """
    compact = _compact(text)
    return any(
        all(_stands_in(_compact(needle), compact) for needle in needles)
        for needles in exercise.kind.needles(words)
    )


def _stands_in(needle: str, text: str) -> bool:
    """Tell whether `needle` stands in `text`, not as a part of a longer word or number."""
    before = r"(?<![\w.])" if needle[:1].isalnum() else ""
    after = r"(?!\w|\.\d|\^)" if needle[-1:].isalnum() else ""
    return re.search(before + re.escape(needle) + after, text) is not None


def _compact(text: str) -> str:
    """Return `text` in ASCII where it can be, with blanks left between words only."""
    raised = re.sub(f"[{''.join(SUPERSCRIPTS)}]+", _as_power, text)
    plain = "".join(_SIGNS.get(character, character) for character in raised)
    words = " ".join(plain.replace("**", "^").replace("*", " ").split())
    return re.sub(r" ?([^\w ]) ?", r"\1", words).casefold()


def _as_power(run: re.Match[str]) -> str:
    return "^" + "".join(SUPERSCRIPTS[character] for character in run[0])
