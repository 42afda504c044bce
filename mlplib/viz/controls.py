"""What a reader moves: a slider for numbers, a row of buttons for names."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from mlplib.numerals import true_minus


def plain(value: Any) -> str:
    """Return a value as a reader writes it, with a true minus sign.

    Examples
    --------
    >>> plain(-0.50), plain(3), plain("ReLU")
    ('−0.5', '3', 'ReLU')
    """
    return value if isinstance(value, str) else true_minus(f"{value:g}")


@dataclass(frozen=True)
class Control:
    """One control: numbers lie on a slider, names stand side by side.

    Attributes
    ----------
    values : sequence
        Where it can stand, in this order. Strings are names.
    label : str
        What it is called; by default the name of the argument of `draw`.
    format : callable
        Turns a value into the text that is shown for it.

    Examples
    --------
    >>> Control([-1, 0, 1]).names, Control(["relu", "tanh"]).names
    (False, True)
    """

    values: Sequence[Any]
    label: str = ""
    format: Callable[[Any], str] = plain

    @property
    def texts(self) -> list[str]:
        """What is shown for each value."""
        return [self.format(value) for value in self.values]

    @property
    def names(self) -> bool:
        """Whether the values have no order that a slider could show."""
        return all(isinstance(value, str) for value in self.values)

    def html(self, name: str, label: str, start: int) -> str:
        """Return native inputs, the same for mouse, finger, keyboard and screen reader.

        Parameters
        ----------
        name : str
            An id for the page, which no other control has.
        label : str
            What the control is called.
        start : int
            The place of the value at which it stands.
        """
        return (self._buttons if self.names else self._slider)(name, escape(label), start)

    def _slider(self, name: str, label: str, start: int) -> str:
        texts = self.texts
        return (
            f'<div><label for="{name}">{label}</label>'
            f'<output for="{name}" aria-live="off">{escape(texts[start])}</output>'
            f'<input type="range" id="{name}" min="0" max="{len(texts) - 1}" step="1" '
            f'value="{start}" aria-valuetext="{escape(texts[start])}" autocomplete="off" '
            f'data-texts="{escape(json.dumps(texts, ensure_ascii=False))}"></div>'
        )

    def _buttons(self, name: str, label: str, start: int) -> str:
        buttons = (
            f'<label><input type="radio" name="{name}" value="{place}" autocomplete="off"'
            f"{' checked' * (place == start)}> {escape(text)}</label>"
            for place, text in enumerate(self.texts)
        )
        return f"<fieldset><legend>{label}</legend>{''.join(buttons)}</fieldset>"

    def widget(self, label: str, start: int, layout: Any) -> Any:
        """Return the ipywidget whose value is the place of the chosen value."""
        from ipywidgets import RadioButtons, SelectionSlider

        options: dict[str, Any] = {
            "options": [(text, place) for place, text in enumerate(self.texts)],
            "value": start,
            "description": label,
            "style": {"description_width": "initial"},
            "layout": layout,
        }
        if self.names:
            return RadioButtons(orientation="horizontal", **options)
        return SelectionSlider(continuous_update=True, **options)
