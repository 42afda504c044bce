"""What stays on one line: a formula and the punctuation after it, and a dimension such as 1-D.

Browsers may break a line on either side of a typeset formula, so that a full stop can end up alone
at the start of the next line, and they break at a hyphen, so that a title can end in "1-" and "D".
A span that does not break holds the two together. The letters stay as they are: contents, sidebar
and search read "1-D" as everybody types it.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

DIMENSION = re.compile(r"\b(\d-D)\b")
AFTER = re.compile(r"[.,;:!?)\]…]+")


def hold_together(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    for formula in list(doctree.findall(nodes.math)):
        text = formula.next_node(descend=False, siblings=True)
        found = AFTER.match(text.astext()) if isinstance(text, nodes.Text) else None
        if found is None:
            continue
        sentence, place = formula.parent, formula.parent.index(formula)
        held = nodes.inline("", "", formula, nodes.Text(found[0]), classes=["mlp-unbroken"])
        sentence[place : place + 2] = [held, nodes.Text(text.astext()[found.end() :])]


class UnbrokenDimensions(SphinxTransform):
    """Hold "1-D" together in titles and text, before titles are collected for the contents."""

    default_priority = 900

    def apply(self) -> None:
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, nodes.TextElement) and not is_verbatim(text.parent):
                pieces = DIMENSION.split(text.astext())
                if len(pieces) > 1:
                    text.parent.replace(text, list(held_together(pieces)))


def is_verbatim(element: nodes.Element) -> bool:
    return isinstance(element, nodes.FixedTextElement | nodes.literal | nodes.math | nodes.raw)


def held_together(pieces: list[str]) -> Iterator[nodes.Node]:
    """Text and dimensions take turns in `pieces`."""
    for place, piece in enumerate(pieces):
        if place % 2:
            yield nodes.inline("", piece, classes=["mlp-unbroken"])
        elif piece:
            yield nodes.Text(piece)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_transform(UnbrokenDimensions)
    app.connect("doctree-resolved", hold_together)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
