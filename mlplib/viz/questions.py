"""A picture that asks: the reader predicts the next number, and hears why it is right or wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from matplotlib.figure import Figure

from mlplib.language import say
from mlplib.numerals import true_minus
from mlplib.viz.controls import Control
from mlplib.viz.explorer import Explorer, explorer
from mlplib.viz.layout import fit
from mlplib.viz.picture import Picture
from mlplib.viz.svg import read


@dataclass(frozen=True)
class Question:
    """One number to predict, and what is said to each choice.

    Attributes
    ----------
    ask : str
        The question.
    right : float
        The number that is right.
    why : str
        The reason, said to who finds it.
    wrong : mapping of float to str
        The other numbers on offer, each with the mistake that leads to it.

    Examples
    --------
    >>> question = Question("What is 2 · 3?", 6, "2 + 2 + 2.", {5: "That is 2 + 3."})
    >>> question.offered, question.told(5)
    ([5, 6], 'What is 2 · 3? You say 5. Not so: That is 2 + 3.')
    """

    ask: str
    right: float
    why: str
    wrong: Mapping[float, str]

    @property
    def offered(self) -> list[float]:
        """All numbers from which the reader chooses, in their order on the line."""
        return sorted([self.right, *self.wrong])

    def told(self, chosen: float | None) -> str:
        """Return what is said when that number has been chosen, or none."""
        if chosen is None:
            return self.ask
        key = "picture.right" if chosen == self.right else "picture.wrong"
        reason = self.why if chosen == self.right else self.wrong[chosen]
        return say(key, question=self.ask, number=number(chosen), reason=reason)


def number(value: float) -> str:
    """Return a number as it stands on a button.

    Examples
    --------
    >>> number(-0.92588), number(2.0)
    ('−0.926', '2')
    """
    return true_minus(f"{value:.3g}")


def predict(
    draw: Callable[[int], Figure | Picture], questions: Sequence[Question], *, label: str
) -> Explorer:
    """Return a picture that asks for one number after the other, and judges each prediction.

    It works as every explorer does, with a kernel and without, by finger and by keyboard.

    Parameters
    ----------
    draw : callable
        `draw(known)` returns the picture when the first `known` questions have been answered.
    questions : sequence of Question
        In the order in which they are asked, all with equally many numbers on offer.
    label : str
        The name of the explorer, without a full stop.

    Returns
    -------
    Explorer

    Raises
    ------
    ValueError
        When there are fewer than two questions, a question offers fewer than two numbers or
        another count than the first, or two numbers look alike.

    Examples
    --------
    >>> from mlplib.viz import graph
    >>> def draw(known):
    ...     values = dict(zip("ab", (2, 6)[: known + 1]))
    ...     return graph({"a": (0, 0), "b": (1, 0)}, [("a", "b")], values=values)
    >>> asked = [
    ...     Question("Three times 2?", 6, "2 + 2 + 2.", {5: "That is 3 + 2."}),
    ...     Question("And its half?", 3, "6/2.", {12: "That is twice."}),
    ... ]
    >>> predict(draw, asked, label="Products")
    Explorer: Products. At question = 1 of 2: Three times 2?
    """
    if len(questions) < 2:
        raise ValueError(f"questions must be two or more, not {len(questions)}.")
    count = len(questions[0].offered)
    for question in questions:
        texts = [number(value) for value in question.offered]
        if len(texts) != count or count < 2:
            raise ValueError(f"questions must offer equally many numbers, not {texts}.")
        if len(set(texts)) < count:
            raise ValueError(f"questions must offer numbers that look different, not {texts}.")
    drawn = [draw(known) for known in range(len(questions) + 1)]
    fit([item for item in drawn if isinstance(item, Figure)])
    pictures = [item if isinstance(item, Picture) else Picture(read(item), label) for item in drawn]

    def picture(question: tuple[int, float | None]) -> Picture:
        place, chosen = question
        return pictures[place + (chosen == questions[place].right)]

    def told(question: tuple[int, float | None]) -> str:
        place, chosen = question
        return questions[place].told(chosen)

    control = _Asked(
        [(place, v) for place, q in enumerate(questions) for v in (None, *q.offered)],
        say("picture.question"),
        lambda value: _turn(value[0], len(questions)),
        tuple(questions),
    )
    return explorer(picture, describe=told, label=label, question=control)


def _turn(place: int, count: int) -> str:
    return say("picture.turn", place=str(place + 1), count=str(count))


@dataclass(frozen=True)
class _Asked(Control):
    """The control of `predict`: a row of buttons that changes with the question."""

    questions: tuple[Question, ...] = ()

    def html(self, name: str, label: str, start: int) -> str:
        """Return native buttons: one for each number, and two that lead on and back."""
        offered = [[number(value) for value in q.offered] for q in self.questions]
        turns = [_turn(place, len(self.questions)) for place in range(len(self.questions))]
        asked = {
            "choices": offered,
            "right": [q.offered.index(q.right) for q in self.questions],
            "turns": turns,
            "score": say("picture.score", found="{}"),
        }
        choices = "".join(
            f'<button type="button" aria-pressed="false">{escape(text)}</button>'
            for text in offered[0]
        )
        return (
            f'<div class="mlp-questions" data-asked="'
            f'{escape(json.dumps(asked, ensure_ascii=False))}">'
            f'<div role="group" aria-label="{escape(say("picture.prediction"))}">{choices}</div>'
            f'<div><button type="button">{escape(say("picture.back"))}</button>'
            f'<output aria-live="off">{escape(turns[0])}</output>'
            f'<button type="button">{escape(say("picture.next"))}</button></div></div>'
        )

    def widget(self, label: str, start: int, layout: Any) -> Any:
        """Return the same buttons as ipywidgets; the value is the place in `values`."""
        from ipywidgets import Button, HBox, Label, VBox
        from traitlets import Int

        size = 1 + len(self.questions[0].offered)
        choices = [Button() for _ in range(size - 1)]
        back, turn, on = (
            Button(description=say("picture.back")),
            Label(),
            Button(description=say("picture.next")),
        )
        asked = VBox([HBox(choices), HBox([back, turn, on])], layout=layout)
        asked.add_traits(value=Int(0))

        def go(to: int) -> None:
            asked.value = min(max(to, 0), len(self.values) - 1)
            place = asked.value // size
            turn.value = _turn(place, len(self.questions))
            for button, value in zip(choices, self.questions[place].offered, strict=True):
                button.description = number(value)

        for offset, button in enumerate(choices, start=1):
            button.on_click(lambda _, offset=offset: go(asked.value // size * size + offset))
        back.on_click(lambda _: go((asked.value // size - 1) * size))
        on.on_click(lambda _: go(min(asked.value // size + 1, len(self.questions) - 1) * size))
        go(start)
        return asked
