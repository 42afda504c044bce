"""A pitfall and its refutation are one box: what people write, where it fails, what holds instead.

The cell that refutes a claim follows the box of its pitfall, and moves into it, set in mathematics;
its code folds at the bottom. A refutation without such a box gets one of its own.
"""

from docutils import nodes
from sphinx.application import Sphinx

from book.extensions.cells import findings, source
from book.extensions.folds import Fold
from book.extensions.language import sentence
from mlplib.language import say


def move_refutations_into_pitfalls(app: Sphinx, doctree: nodes.document) -> None:
    for found in list(findings(doctree)):
        if found.is_refutation:
            box = pitfall_before(found.cell)
            if box is None:
                box = nodes.admonition("", nodes.title("", say("slip.title")), classes=["warning"])
                found.cell.parent.insert(found.cell.parent.index(found.cell), box)
            box += evidence(found.facts)
            if found.take_away():
                name = say("fold.refutation")
                box += Fold("", source(found.cell), classes=["mlp-code"], summary=name)


def pitfall_before(cell: nodes.Element) -> nodes.Element | None:
    place = cell.parent.index(cell)
    before = cell.parent.children[place - 1] if place else None
    match before:
        case nodes.admonition() if "warning" in before["classes"]:
            return before
        case nodes.warning():
            return before
        case nodes.container(attributes={"design_component": "dropdown"}):
            return before
    return None


def evidence(facts: dict[str, str]) -> nodes.container:
    """The claim as it was written, with its counterexample; below it, what holds."""
    box = nodes.container(classes=["mlp-refuted"], ids=[f"check-{facts['label']}"])
    wrong, right = say("slip.wrong"), say("slip.right")
    box += verdict("mlp-slip", "✗", wrong, [tex(facts["statement"])], counterexample(facts))
    if "instead" in facts and "repaired" in facts:
        holds = sentence("slip.holds", inputs=facts["repaired"])
        box += verdict("mlp-repair", "✓", right, [tex(facts["instead"])], holds)
    elif "repaired" in facts:
        holds = sentence("slip.repaired", inputs=facts["repaired"])
        box += verdict("mlp-repair", "✓", right, holds)
    return box


def counterexample(facts: dict[str, str]) -> list[nodes.Node]:
    at, claimed, truth = (tex(facts[key]) for key in ("at", "claimed", "truth"))
    return sentence("slip.evidence", at=at, claimed=claimed, truth=truth)


def tex(formula: str) -> nodes.math:
    return nodes.math(formula, formula)


def verdict(name: str, mark: str, said: str, *lines: list[nodes.Node]) -> nodes.container:
    shown = nodes.raw(
        "",
        f'<span aria-hidden="true">{mark}</span><span class="visually-hidden">{said}</span> ',
        format="html",
    )
    first, *rest = (nodes.paragraph("", "", *line) for line in lines)
    first.insert(0, shown)
    first["classes"].append("mlp-formula")
    return nodes.container("", first, *rest, classes=[name])


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("book.extensions.folds")
    app.connect("doctree-read", move_refutations_into_pitfalls, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
