"""The box in which a question is answered where it stands: a form, for each kind of answer.

Its parts are here in the order in which a reader meets them; what a script adds when it is sent
is in book/answers/page. Without scripts nothing can be judged: then the form is a sentence that
says so, and the hints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from mlplib.language import say

if TYPE_CHECKING:  # a book without exercises builds without the checks
    from mlplib.checks.exercise import Exercise
    from mlplib.checks.messages import ExerciseText

LINES = 3


@dataclass(frozen=True)
class Field:
    """How an answer of a kind is typed.

    Attributes
    ----------
    how : str
        Key of the words that say how it is written.
    keys : str
        Signs that a telephone's keyboard hides, set in a row of their own.
    lines : bool
        Whether it may take several lines.
    """

    how: str
    keys: str
    lines: bool = False


FORMULA = "σ ′ ^ √ ( ) /"
ARRAY = "[ ] , ; − /"
MATRIX = "@ . * ( ) ′"

FIELDS = {
    "Number": Field("box.number", "− / ^ ( )"),
    "Rational": Field("box.rational", "− / ^ ( )"),
    "Array": Field("box.array", ARRAY),
    "Fractions": Field("box.fractions", ARRAY),
    "Example": Field("box.array", ARRAY),
    "Shape": Field("box.shape", "( , )"),
    "Shapes": Field("box.shapes", "( , ) :", lines=True),
    "Expression": Field("box.formula", FORMULA),
    "Derivation": Field("box.formulas", FORMULA, lines=True),
    "MatrixFormula": Field("box.matrices", MATRIX),
    "MatrixDerivation": Field("box.matrix_formulas", MATRIX, lines=True),
    "Mended": Field("box.mended", FORMULA),
    "Intervals": Field("box.intervals", "[ ( , ) ] / −"),
    "Order": Field("box.order", ""),
    "Matching": Field("box.matching", ""),
}


ROWS = Field("box.rows", ARRAY, lines=True)


def field_of(kind: Any) -> Field:
    """Return how an answer is typed: arrays of one axis in a line, others in lines."""
    array: Any = getattr(kind, "expected", getattr(kind, "example", None))
    return ROWS if np.ndim(array) > 1 else FIELDS[type(kind).__name__]


def name_of(key: str) -> str:
    """Return the id of the field of a question: ``softmax.a`` is answered in answer-softmax-a."""
    return f"answer-{key.replace('.', '-')}"


def opened(key: str) -> str:
    """Return the beginning of a form."""
    return f'<form class="mlp-answer" data-exercise="{escape(key)}" novalidate>'


def typed(key: str, exercise: Exercise) -> str:
    """Return the field of an answer that is typed, with its label."""
    field, name = field_of(exercise.kind), name_of(key)
    how = f'<span class="mlp-how" id="{name}-how">{escape(say(field.how))}'
    if field.lines:
        how += f'<span class="mlp-sent"> {escape(say("box.lines"))}</span>'
    about = (
        f'id="{name}" name="answer" aria-describedby="{name}-how" data-keys="{escape(field.keys)}" '
        'autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"'
    )
    box = (
        f'<textarea {about} rows="{LINES}"></textarea>'
        if field.lines
        else f'<input {about} type="text" enterkeyhint="go">'
    )
    return (
        f'<p class="mlp-asked"><label for="{name}"><code>{escape(exercise.variable)} =</code>'
        f'</label> {how}</span></p><div class="mlp-typed">{box}{send()}</div>'
    )


def legend(exercise: Exercise) -> str:
    """Return what stands over the options of a choice."""
    how = say("box.several" if exercise.kind.multiple else "box.one")  # type: ignore[attr-defined]
    return (
        f'<legend class="mlp-asked"><code>{escape(exercise.variable)} =</code> '
        f'<span class="mlp-how">{escape(how)}</span></legend>'
    )


def option(key: str, exercise: Exercise, letter: str) -> str:
    """Return the circle or the square of an option; its label goes with it."""
    shape = "checkbox" if exercise.kind.multiple else "radio"  # type: ignore[attr-defined]
    return (
        f'<input type="{shape}" name="answer" value="{escape(letter)}" '
        f'id="{name_of(key)}-{escape(letter)}" autocomplete="off">'
    )


def chosen(key: str, exercise: Exercise, text: ExerciseText, listed: bool) -> str:
    """Return the options of a choice; what they say is left out where the page has `listed` it."""
    options = "".join(
        f"<label>{option(key, exercise, letter)} <strong>{escape(letter)}</strong>"
        + ("" if listed else f" <span>{escape(said.text)}</span>")
        + "</label>"
        for letter, said in text.options.items()
    )
    way = "mlp-letters" if listed else "mlp-options"
    return (
        f'<fieldset>{legend(exercise)}<div class="{way}">{options}</div></fieldset>'
        f'<div class="mlp-typed">{send()}</div>'
    )


def send() -> str:
    return f'<button type="submit">{escape(say("box.check"))}</button>'


def closed(text: ExerciseText, exercise: Exercise, hints: str) -> str:
    """Return the rest of a form: verdict, hints, solution, other numbers."""
    buttons = [("hint", "box.hint")] if text.hints else []
    buttons += [("solution", "box.solution")]
    buttons += [("other", "box.other")] if exercise.variant else []
    row = "".join(
        f'<button type="button" data-do="{do}">{escape(say(key))}</button>' for do, key in buttons
    )
    return (
        '<output aria-live="polite" data-status="blank"></output>'
        f'<p class="mlp-asides">{row}<span class="mlp-mark"></span></p>'
        '<div class="mlp-told" aria-live="polite"></div>'
        f"<noscript><p>{escape(say('box.unscripted'))}</p>{hints}</noscript></form>"
    )


def folded_hints(hints: Iterable[str], solution: str = "") -> str:
    """Return the hints of a question in a fold, and the way to its solution."""
    items = "".join(f"<li>{escape(hint)}</li>" for hint in hints)
    way = f'<p><a href="{solution}">{escape(say("exercise.solution"))}</a></p>' if solution else ""
    return (
        f'<details class="mlp-hints"><summary>{escape(say("exercise.hints"))}</summary>'
        f"<ol>{items}</ol>{way}</details>"
    )
