"""A formula in a line of text and the punctuation after it stay on one line.

Browsers may break a line on either side of a typeset formula, so that a full stop can end up alone
at the start of the next line. A span that does not break holds the two together.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

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


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-resolved", hold_together)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
