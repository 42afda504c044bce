"""A question with its words as JSON, for the script that judges answers in a page."""

from __future__ import annotations

from typing import Any

from mlplib.checks.exercise import Exercise
from mlplib.checks.messages import SetText


def exported(exercise: Exercise, text: SetText) -> dict[str, Any] | None:
    """Return what a page needs to ask a question and to judge its answers.

    Parameters
    ----------
    exercise : Exercise
    text : SetText
        The words of its set.

    Returns
    -------
    dict or None
        Made of texts, numbers, lists and dictionaries; None where the answer is a function, which
        only Python can judge.
    """
    answer = exercise.kind.exported()
    if answer is None:
        return None
    words = text.exercises[exercise.id]

    def filled(said: str) -> str:
        return said.format(**exercise.parameters) if exercise.parameters else said

    return {
        "id": exercise.id,
        "variable": exercise.variable,
        "kind": type(exercise.kind).__name__,
        "answer": answer,
        "known": [
            {"key": known.key, "wrong": exercise.kind.exported_wrong(known.wrong)}
            for known in exercise.misconceptions
        ],
        "shown": exercise.kind.show(exercise.variable),
        "words": {
            "title": words.title,
            "hints": [filled(hint) for hint in words.hints],
            "why": filled(words.why),
            "solution": filled(words.solution),
            "given": filled(words.given),
            "options": {
                key: {"text": option.text, "feedback": filled(option.feedback)}
                for key, option in words.options.items()
            },
            "misconceptions": {
                known.key: filled(text.misconceptions[known.key])
                for known in exercise.misconceptions
            },
        },
    }
