"""What is read only when asked for is folded: the check of a formula, the code of a figure.

The code of a picture stands under it, not before it, and is called what it is. A fold is a
<details>: it opens by mouse, finger and keyboard, and without a script.
"""

from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxTranslator

from book.extensions.cells import code_cells, is_folded, outputs
from mlplib.language import say


class Fold(nodes.General, nodes.Element):
    """A box that opens.

    `summary` is what is seen of it, `unseen` what a screen reader adds to that; a `mark` is seen
    in their place.
    """


def visit_fold(self: SphinxTranslator, node: Fold) -> None:
    self.body.append(self.starttag(node, "details"))
    said = node["summary"] + node.get("unseen", "")
    if mark := node.get("mark"):
        self.body.append(
            f'<summary title="{escape(said)}"><span aria-hidden="true">{escape(mark)}</span>'
            f'<span class="visually-hidden">{escape(said)}</span></summary>\n'
        )
        return
    unseen = node.get("unseen")
    rest = f'<span class="visually-hidden">{escape(unseen)}</span>' if unseen else ""
    self.body.append(f"<summary>{escape(node['summary'])}{rest}</summary>\n")


def depart_fold(self: SphinxTranslator, node: Fold) -> None:
    self.body.append("</details>\n")


def visit_hidden_cell(self: SphinxTranslator, node: HideCodeCellNode) -> None:
    """Write what myst-nb writes, but let the button be called what is seen on it."""
    self.body.append(f'<details class="hide {" ".join(node["classes"])}">\n')
    self.body.append(f"<summary>{escape(node['prompt_show'])}</summary>\n")


def fold_code_under_outputs(app: Sphinx, doctree: nodes.document) -> None:
    for cell in filter(is_folded, code_cells(doctree)):
        del cell["hide_mode"]
        code = cell.children[0]
        cell.remove(code)
        cell += Fold("", code, classes=["mlp-code"], **named(cell))


def named(cell: nodes.Element) -> dict[str, str]:
    """How the fold of a cell's code is called, and the figure whose number tells it from others."""
    shown = outputs(cell)
    figure = next((f for output in shown for f in output.findall(nodes.figure)), None)
    html = "".join(raw.astext() for output in shown for raw in output.findall(nodes.raw))
    if 'class="mlp-explorer"' in html:
        key = "fold.explorer"
    elif figure is not None or "<svg" in html or any(cell.findall(nodes.image)):
        key = "fold.figure"
    else:
        key = "fold.output" if shown else "fold.code"
    return {"summary": say(key), "figure": figure["ids"][0] if figure is not None else ""}


def number_figures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    numbers = app.env.toc_fignumbers.get(docname, {}).get("figure", {})
    for fold in doctree.findall(Fold):
        if number := numbers.get(fold.get("figure")):
            fold["unseen"] = say("fold.numbered", number=".".join(map(str, number)))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(Fold, html=(visit_fold, depart_fold))
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_fold))
    # Checks and refutations have left the page by now, with their cells.
    app.connect("doctree-read", fold_code_under_outputs, priority=600)
    app.connect("doctree-resolved", number_figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
