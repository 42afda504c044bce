"""A formula that has been run carries a tick, and the tick opens its check.

A displayed formula whose label begins with `eq-` claims to have been run. The cell that verified it
leaves the page; what it found, and its code, stand folded at the formula. A label without a check,
a check without a label, and a check made twice are warnings, that is, errors of the build.
"""

from collections import Counter

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from book.extensions.cells import Finding, compared, findings, first_line, is_folded, source
from book.extensions.folds import Fold
from book.extensions.language import sentence
from mlplib.language import say

LOGGER = logging.getLogger(__name__)


def labelled_results(doctree: nodes.document) -> dict[str, nodes.math_block]:
    return {
        block["label"]: block
        for block in doctree.findall(nodes.math_block)
        if str(block.get("label") or "").startswith("eq-")
    }


def move_checks_to_formulas(app: Sphinx, doctree: nodes.document) -> None:
    blocks = labelled_results(doctree)
    checks = [found for found in findings(doctree) if found.label.startswith("eq-")]
    compare_labels_with_checks(app.env.docname, blocks, checks)
    for found in checks:
        if found.label in blocks:
            code = source(found.cell).astext()
            found.facts |= compared(code, found.label)
            add_tick(blocks.pop(found.label), found)
    for found in checks:
        leave(found)


def compare_labels_with_checks(
    docname: str, blocks: dict[str, nodes.math_block], checks: list[Finding]
) -> None:
    times = Counter(found.label for found in checks)
    last = {found.label: (docname, first_line(found.cell)) for found in checks}
    for label, block in blocks.items():
        if label not in times:
            LOGGER.warning("%s labels a result that no cell verifies", label, location=block)
    for label, place in last.items():
        if label not in blocks:
            LOGGER.warning("%s is verified but labels no formula here", label, location=place)
        if times[label] > 1:
            LOGGER.warning("%s is verified %d times", label, times[label], location=place)


def add_tick(block: nodes.math_block, found: Finding) -> None:
    panel = nodes.container(classes=["mlp-check-panel"], ids=[f"check-{found.label}"])
    panel += facts_of_check(found.facts)
    panel += source(found.cell).deepcopy()
    tick = Fold("", panel, classes=["mlp-check"], mark="✓", summary="", equation=found.label)
    box = nodes.container(classes=["mlp-checked"])
    block.parent.replace(block, box)  # replace_self would give the box the id as well
    box += [block, tick]


def facts_of_check(facts: dict[str, str]) -> nodes.definition_list:
    """What was compared, on which inputs, how far apart it was, and how far it may be."""
    rows: list[tuple[str, list[nodes.Node]]] = []
    if {"claim", "against"} <= facts.keys():
        rows.append((say("tick.compared"), sides(facts)))
    rows.append((say("tick.inputs"), [nodes.Text(facts["inputs"])]))
    rows.append((say("tick.error"), [nodes.Text(facts["error"])]))
    rows.append((say("tick.allowed"), [nodes.Text(f"{facts['tolerance']}: {facts['because']}")]))
    return nodes.definition_list(
        "",
        *(
            nodes.definition_list_item(
                "", nodes.term("", name), nodes.definition("", nodes.paragraph("", "", *words))
            )
            for name, words in rows
        ),
        classes=["mlp-facts"],
    )


def sides(facts: dict[str, str]) -> list[nodes.Node]:
    """The two routes that were compared, as code."""
    return sentence("tick.sides", claim=code(facts["claim"]), against=code(facts["against"]))


def code(text: str) -> nodes.literal:
    return nodes.literal(text, text)


def leave(found: Finding) -> None:
    """Take a finding out of the text; where its code is to be read there, say that it held."""
    if not is_folded(found.cell):
        where = found.output.parent
        where.insert(where.index(found.output), held(found))
    found.take_away()


def held(found: Finding) -> nodes.paragraph:
    link = nodes.inline("", "", classes=["mlp-number"], equation=found.label)
    facts = found.facts
    words = sentence("tick.held", equation=link, inputs=facts["inputs"], error=facts["error"])
    return nodes.paragraph("", "", nodes.Text("✓ "), *words, classes=["mlp-held"])


def number_checks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(lambda node: "equation" in getattr(node, "attributes", ()))):
        number = equation_number(app, docname, node["equation"])
        if isinstance(node, Fold):
            node["summary"] = say("tick.summary", number=number)
        else:
            link = nodes.reference("", f"({number})", refid=f"equation-{node['equation']}")
            node += link


def equation_number(app: Sphinx, docname: str, label: str) -> str:
    numbers = app.env.toc_fignumbers.get(docname, {}).get("displaymath", {})
    parts = numbers.get(f"equation-{label}")
    if parts:
        return ".".join(map(str, parts))
    # A page without a number of its own numbers its formulas through. A check of a formula that is
    # not there has been told of by now, and must not hide what else there is to tell.
    known = app.env.get_domain("math").data["objects"]
    return str(known[label][1]) if label in known else "?"


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("book.extensions.folds")
    app.connect("doctree-read", move_checks_to_formulas, priority=400)
    app.connect("doctree-resolved", number_checks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
