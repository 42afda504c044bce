"""A question with its words as JSON, for the script that judges answers in a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mlplib.checks.authoring.graphs import Drill
from mlplib.checks.exercise import Exercise, ExerciseSet
from mlplib.checks.messages import SetText, set_text

MOST_DRAWN = 12
"""With so many other numbers a page can ask a question that is drawn."""


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


def exported_set(exercises: ExerciseSet, language: str) -> list[dict[str, Any]]:
    """Return the questions of a set that a page can judge, in their order.

    A question whose numbers can be drawn has the field ``drawn``: for each of the seeds 1, 2, …
    what differs, as pairs of a path and a value. One that is a drill has ``drill``: how long its
    graphs are, and the words that are to be filled for each.
    """
    text = set_text(exercises.folder, exercises.name, language)
    questions: list[dict[str, Any]] = []
    for exercise in exercises.exercises:
        question = exported(exercise, text)
        if question is None:
            continue
        if exercise.variant is not None:
            seeds = range(1, MOST_DRAWN + 1)
            others = [exported(exercise.variant(seed), text) for seed in seeds]
            changes = [list(_changes(question, other, [])) for other in others]
            question["drawn"] = [
                [*change, [["seed"], seed]]
                for seed, change in zip(seeds, changes, strict=True)
                if change and change not in changes[: seed - 1]
            ]
        if isinstance(exercise.variant, Drill):
            words = text.exercises[exercise.id]
            blank = {"given": words.given, "solution": words.solution}
            question["drill"] = {"steps": exercise.variant.steps, **blank}
        questions.append(question)
    return questions


def _changes(left: Any, right: Any, path: list[Any]) -> Iterator[list[Any]]:
    """Yield where and how `right` differs from `left`: dictionaries with the same keys by key."""
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        for key in left:
            yield from _changes(left[key], right[key], [*path, key])
    elif left != right:
        yield [path, right]
