"""What must hold of every exercise set; the tests run this over each of them.

A known wrong answer is a test: the wrong versions are run and must be recognised by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Any

from mlplib.checks.authoring.revealing import reveals
from mlplib.checks.code.definition import typed_again
from mlplib.checks.exercise import Exercise, ExerciseSet, Misconception
from mlplib.checks.messages import ExerciseText, SetText, languages_of, set_text
from mlplib.checks.outcome import Status
from mlplib.checks.session import Practice
from mlplib.language import languages


def misconception_cases(
    exercises: ExerciseSet,
) -> list[tuple[Exercise, Misconception, Any]]:
    """Return each misconception with its exercise and the answer of a student who holds it."""
    return [
        (exercise, misconception, exercise.kind.wrong_answer(misconception.wrong))
        for exercise in exercises.exercises
        for misconception in exercise.misconceptions
    ]


def faults(exercises: ExerciseSet) -> list[str]:
    """Return in sentences whatever is wrong with a set; the list of a sound set is empty.

    The reference answers must pass; untouched questions must be not attempted; each wrong version
    must be wrong and be recognised as itself, not as another; neither a hint but the last nor what
    is said to a wrong version may contain the answer; the words must be complete, without
    leftovers, and agree in every language.
    """
    spoken = languages_of(exercises.folder, exercises.name)
    unheard = [language for language in spoken if language not in languages()]
    return (
        word_faults(exercises)
        or [f"the engine has no words in {language}" for language in unheard]
        or [fault for language in spoken for fault in _behaviour_faults(exercises, language)]
    )


def word_faults(exercises: ExerciseSet) -> list[str]:
    """Return in sentences what is missing, left over or at odds in the words of a set."""
    spoken = languages_of(exercises.folder, exercises.name)
    if not spoken:
        return [f"{exercises.name} has no words in any language"]
    texts = [set_text(exercises.folder, exercises.name, language) for language in spoken]
    found = [fault for text in texts for fault in _word_faults(exercises, text)]
    for language, text in zip(spoken[1:], texts[1:], strict=True):
        found += _disagreements(language, texts[0], text)
    return found


def _behaviour_faults(exercises: ExerciseSet, language: str) -> Iterator[str]:
    practice = Practice(exercises, language)
    text = set_text(exercises.folder, exercises.name, language)
    for exercise in exercises.exercises:
        untouched = practice.check(exercise.id, ...)
        if untouched.status is not Status.BLANK:
            yield f"{exercise.id}: untouched it is not blank: {untouched}"
        reference = practice.check(exercise.id, typed_again(exercise.kind.right_answer()))
        if reference.status is not Status.RIGHT:
            yield f"{exercise.id}: the reference answer is not right: {reference}"
    for exercise, misconception, answer in misconception_cases(exercises):
        outcome = practice.check(exercise.id, answer)
        if outcome.note != f"misconception.{misconception.key}":
            yield f"{exercise.id}: {misconception.key} is not recognised: {outcome}"
    yield from _told_too_early(exercises, text)


def _told_too_early(exercises: ExerciseSet, text: SetText) -> Iterator[str]:
    """Yield hints and messages that give an answer away, and messages that give a later one."""
    for place, exercise in enumerate(exercises.exercises):
        words = text.exercises[exercise.id]
        for number, hint in enumerate(words.hints[:-1], start=1):
            if reveals(hint, exercise, words):
                yield f"{exercise.id}: hint {number} contains the answer: {hint}"
        for misconception in exercise.misconceptions:
            said = text.misconceptions[misconception.key]
            kind = exercise.kind
            if reveals(said, exercise, words) or kind.tells_the_rest(said, misconception.wrong):
                yield f"{exercise.id}: {misconception.key} is told the answer: {said}"
            told = [
                later.id
                for later in exercises.exercises[place + 1 :]
                if later.kind.is_unmistakable() and reveals(said, later, text.exercises[later.id])
            ]
            if told:
                yield f"{exercise.id}: {misconception.key} is told the answer to {told}: {said}"


def _word_faults(exercises: ExerciseSet, text: SetText) -> Iterator[str]:
    ids = [exercise.id for exercise in exercises.exercises]
    if ids != list(text.exercises):
        yield f"words are for exercises {list(text.exercises)}, the set has {ids}"
        return
    if not text.title.strip():
        yield "the set has no title"
    keys = {m.key for e in exercises.exercises for m in e.misconceptions}
    for key in sorted(keys ^ set(text.misconceptions)):
        what = "unused" if key in text.misconceptions else "without words"
        yield f"misconception {key} is {what}"
    for exercise in exercises.exercises:
        yield from _exercise_word_faults(exercise, text.exercises[exercise.id])


def _exercise_word_faults(exercise: Exercise, words: ExerciseText) -> Iterator[str]:
    spoken = [words.title, words.why, words.solution, *words.hints]
    if not words.hints or not all(part.strip() for part in spoken):
        yield f"{exercise.id}: hints, title, why and solution must all say something"
    if exercise.variant and not words.given.strip():
        yield f"{exercise.id}: no notebook can state a variant, so its words must: given is missing"
    for fault in exercise.kind.word_faults(words):
        yield f"{exercise.id}: {fault}"
    for part in [*spoken, words.given] if exercise.parameters else []:
        if not _fields(part) <= set(exercise.parameters):
            yield f"{exercise.id}: unknown parameters in {part!r}"


def _disagreements(language: str, first: SetText, other: SetText) -> Iterator[str]:
    if list(first.exercises) != list(other.exercises):
        yield f"{language}: other exercises or another order"
    if set(first.misconceptions) != set(other.misconceptions):
        yield f"{language}: other misconceptions"
    for id_, mine in first.exercises.items():
        theirs = other.exercises.get(id_, mine)
        if len(mine.hints) != len(theirs.hints) or list(mine.options) != list(theirs.options):
            yield f"{language}, {id_}: another number of hints, or other options"
        for part in ("title", "given", "why", "solution"):
            if _fields(getattr(mine, part)) != _fields(getattr(theirs, part)):
                yield f"{language}, {id_}: other parameters in {part}"


def _fields(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:
        # Braces of mathematics, such as 1_{x>0}: the text takes no parameters.
        return set()
