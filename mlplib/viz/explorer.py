"""A picture that answers: frames drawn beforehand, stepped through with or without a kernel."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.resources import files
from itertools import chain, product
from typing import Any

from matplotlib.figure import Figure

from mlplib.language import say
from mlplib.numerals import true_minus
from mlplib.viz.controls import Control
from mlplib.viz.layout import fit
from mlplib.viz.picture import Picture, sentence
from mlplib.viz.svg import identifiers, read, refer

_WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Explorer:
    """A picture that answers to its controls; made by `explorer`.

    Attributes
    ----------
    draw, describe : callable
        From values to the figure, and to the sentence that says what is seen.
    label : str
        The name of the explorer.
    controls : mapping of str to Control
        In the order in which they stand.
    start : tuple of int
        At which of its values each control begins.
    """

    draw: Callable[..., Figure | Picture]
    describe: Callable[..., str]
    label: str
    controls: Mapping[str, Control]
    start: tuple[int, ...]

    @cached_property
    def pictures(self) -> list[Picture]:
        """The picture of every combination of values; the last control changes fastest."""
        names = list(self.controls)
        drawn, words = [], []
        for values in product(*(control.values for control in self.controls.values())):
            chosen = dict(zip(names, values, strict=True))
            drawn.append(self.draw(**chosen))
            words.append(sentence(f"describe({chosen})", self._reading(chosen)))
        fit([item for item in drawn if isinstance(item, Figure)])
        pictures = [
            Picture(item.drawing if isinstance(item, Picture) else read(item), text)
            for item, text in zip(drawn, words, strict=True)
        ]
        sizes = {(picture.drawing.width, picture.drawing.height) for picture in pictures}
        if len(sizes) > 1:
            raise ValueError(f"draw must return pictures of one size, not {sorted(sizes)}.")
        return pictures

    def _reading(self, chosen: Mapping[str, Any]) -> str:
        """Return the description with true minus signs, as the sliders write them."""
        return true_minus(self.describe(**chosen))

    def _place(self, indices: Iterable[int]) -> int:
        place = 0
        for index, control in zip(indices, self.controls.values(), strict=True):
            place = place * len(control.values) + index
        return place

    @cached_property
    def html(self) -> str:
        """The explorer as part of a page: no kernel, no library, nothing from elsewhere."""
        first = self.pictures[self._place(self.start)]
        shared = {k: v for picture in self.pictures for k, v in picture.drawing.shared.items()}
        every = [picture.drawing.parts for picture in self.pictures]
        parts = {part: place for place, part in enumerate(dict.fromkeys(chain(*every)))}
        frames = {frame: place for place, frame in enumerate(dict.fromkeys(every))}
        ids = identifiers(shared, "".join(parts) + "".join(p.alt for p in self.pictures))
        store = {
            "parts": [refer(part, ids) for part in parts],
            "frames": [[parts[part] for part in frame] for frame in frames],
            "states": [[frames[picture.drawing.parts], picture.alt] for picture in self.pictures],
            "name": _name(self.label, "{}"),
        }
        still = f"<defs>{''.join(shared.values())}</defs><g>{''.join(first.drawing.parts)}</g>"
        name = next(iter(ids.values())).partition("-")[0]
        return (
            f'<figure class="mlp-explorer" style="padding:0" '
            f'aria-label="{escape(self.label)}">'
            f"<style>{_resource('explorer.css')}</style>"
            f"{first.drawing.frame(_name(self.label, first.alt), refer(still, ids))}"
            f'<div class="mlp-controls">{self._inputs(name)}</div>'
            f'<p class="mlp-reading" aria-live="polite">{escape(first.alt)}</p>'
            f'<script type="application/json" class="mlp-frames">{_inside_script(store)}</script>'
            f"<script>{_resource('explorer.js')}</script></figure>"
        )

    def _inputs(self, name: str) -> str:
        return "".join(
            control.html(f"{name}-{key}", control.label or key, start)
            for (key, control), start in zip(self.controls.items(), self.start, strict=True)
        )

    def widget(self) -> Any:
        """Return the explorer as ipywidgets: the face it has beside a running kernel."""
        from ipywidgets import HTML, Layout, VBox

        wide = Layout(width="100%", max_width="30rem")
        controls = [
            control.widget(control.label or key, start, wide)
            for (key, control), start in zip(self.controls.items(), self.start, strict=True)
        ]
        view = HTML(layout=wide)

        def update(_: Any = None) -> None:
            picture = self.pictures[self._place(control.value for control in controls)]
            svg = picture.drawing.svg(_name(self.label, picture.alt))
            view.value = f"{svg}<p>{escape(picture.alt)}</p>"

        for control in controls:
            control.observe(update, names="value")
        update()
        return VBox([view, *controls])

    def __repr__(self) -> str:
        standing = ", ".join(
            f"{control.label or key} = {control.texts[place]}"
            for (key, control), place in zip(self.controls.items(), self.start, strict=True)
        )
        chosen = {
            key: control.values[place]
            for (key, control), place in zip(self.controls.items(), self.start, strict=True)
        }
        return say(
            "picture.explorer",
            label=self.label,
            standing=standing,
            reading=self._reading(chosen),
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self.html, "text/plain": repr(self)}
        if not os.environ.get("MLPLIB_STATIC"):
            try:
                bundle[_WIDGET] = self.widget()._repr_mimebundle_()[_WIDGET]
            except ImportError:
                return bundle
        return bundle


def explorer(
    draw: Callable[..., Figure | Picture],
    *,
    describe: Callable[..., str],
    label: str,
    start: Mapping[str, Any] | None = None,
    **controls: Sequence[Any] | Control,
) -> Explorer:
    """Return a picture that answers to at most three controls: sliders, or buttons for names.

    Every combination of values is drawn once, when the explorer is first shown. In a built page
    the frames are stepped through by the page itself; beside a kernel, by ipywidgets. Without
    scripts and on paper the picture of the start stays.

    Parameters
    ----------
    draw : callable
        `draw(**values)` returns the figure; all frames have the same size and, for the eye's
        sake, the same limits of the axes.
    describe : callable
        `describe(**values)` says in a sentence, with its numbers, what is seen: the text under
        the picture and its alternative.
    label : str
        The name of the explorer, without a full stop.
    start : mapping, optional
        The value at which a control begins, by name; by default its first.
    **controls : sequence or Control
        The values of each argument of `draw`.

    Returns
    -------
    Explorer
        Shown by being the last value of a cell.

    Raises
    ------
    ValueError
        When there are no controls or more than three, a control has fewer than two values, `start`
        names no control or not one of its values, or `label` is empty.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> def draw(k):
    ...     fig, ax = figure()
    ...     ax.plot([0, 1], [0, k])
    ...     return fig
    >>> explorer(draw, describe=lambda k: f"The slope is {k}.", label="A slope", k=[1, 2, 4])
    Explorer: A slope. At k = 1: The slope is 1.
    """
    if not isinstance(label, str) or not label.strip():
        raise ValueError(f"label must be the name of the explorer, not {label!r}.")
    if not 1 <= len(controls) <= 3:
        raise ValueError(f"controls must be one to three, not {len(controls)}.")
    sliders: dict[str, Control] = {}
    for name, given in controls.items():
        control = given if isinstance(given, Control) else Control(list(given))
        if len(control.values) < 2:
            raise ValueError(f"{name} must have two values or more, not {len(control.values)}.")
        sliders[name] = control
    wanted = dict(start or {})
    if unknown := wanted.keys() - sliders.keys():
        raise ValueError(f"start must name controls ({list(sliders)}), not {sorted(unknown)}.")
    places = []
    for name, control in sliders.items():
        values = list(control.values)
        if name in wanted and wanted[name] not in values:
            raise ValueError(f"start must have {name} in {values}, not {wanted[name]!r}.")
        places.append(values.index(wanted[name]) if name in wanted else 0)
    return Explorer(draw, describe, label, sliders, tuple(places))


def _name(label: str, reading: str) -> str:
    """Return what a screen reader says of the picture; explorer.js says it of the others."""
    return say("picture.named", label=label, reading=reading)


def _resource(name: str) -> str:
    return files("mlplib.viz").joinpath(name).read_text(encoding="utf-8")


def _inside_script(store: Any) -> str:
    """Return JSON that no part of can end, or comment out, the script element around it."""
    text = json.dumps(store, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("</", "<\\/").replace("<!--", "\\u003c!--").replace("<script", "\\u003cscript")
    )
