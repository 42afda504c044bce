"""A figure as it stands in a page: an inline SVG, with words for those who do not see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matplotlib.figure import Figure

from mlplib.language import say
from mlplib.viz.layout import fit
from mlplib.viz.svg import Drawing, read

_FILE_NAME = re.compile(r"\S+\.(?:png|svg|jpe?g|gif|webp|pdf)\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A drawing and the sentence that stands for it where it is not seen.

    Attributes
    ----------
    drawing : Drawing
        The picture in pieces.
    alt : str
        What is to be seen, in words.
    """

    drawing: Drawing
    alt: str

    @cached_property
    def svg(self) -> str:
        """The `<svg>` element: it takes the text colour of the page and its `--mlp-` colours."""
        return self.drawing.svg(self.alt)

    def __repr__(self) -> str:
        return say("picture.shown", alt=self.alt)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.svg, "text/plain": repr(self)}


def show(fig: Figure, *, alt: str) -> Picture:
    """Return the figure as a picture for the page.

    Parameters
    ----------
    fig : Figure
        From `figure`, or any other of matplotlib.
    alt : str
        What is to be seen, as a sentence.

    Returns
    -------
    Picture
        Shown by being the last value of a cell.

    Raises
    ------
    ValueError
        When `alt` is empty, a file name, or does not end like a sentence.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> fig, ax = figure()
    >>> _ = ax.plot([0, 1], [0, 1])
    >>> show(fig, alt="A straight line rises from 0 to 1.")
    Picture: A straight line rises from 0 to 1.
    """
    sentence("alt", alt)
    fit([fig])
    return Picture(read(fig), alt)


def sentence(name: str, text: str) -> str:
    """Return the text if it can stand for a picture.

    Raises
    ------
    ValueError
        When it is empty, a file name, or does not end like a sentence.

    Examples
    --------
    >>> sentence("alt", "sigmoid.png")
    Traceback (most recent call last):
    ValueError: alt must say in a sentence what is to be seen, not the file name 'sigmoid.png'.
    """
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{name} must say in a sentence what is to be seen, not {text!r}.")
    if _FILE_NAME.fullmatch(text.strip()):
        raise ValueError(
            f"{name} must say in a sentence what is to be seen, not the file name {text!r}."
        )
    if not text.rstrip().endswith((".", "!", "?", "…")):
        raise ValueError(f"{name} must be a sentence, which ends with a full stop, not {text!r}.")
    return text
