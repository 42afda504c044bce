"""How long a chapter takes, and each of its sections: counted, not guessed.

Words are read at 238 a minute, the mean of 190 studies of silent reading (Brysbaert, How many words
do we read per minute?, Journal of Memory and Language 109, 2019, 104047). What is not a word costs
what `SECONDS` says: time to look at it and to understand it, for a reader who follows the proofs.
What is folded is not counted, be it a check, code, or a proof: nobody has to read it. A section
with a label that begins with `side-road` is timed and left out of the total.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx

from book.extensions.folds import Fold
from mlplib.language import say

WORDS_PER_MINUTE = 238
SECONDS = {
    "formula in a line": 1,
    "displayed formula": 15,
    "figure": 30,
    "explorer": 60,
    "explorer that asks": 180,
    "line of code": 4,
    "line of output": 2,
}
COUNTED = "chapters/"
ATOMS = (nodes.math, nodes.math_block, nodes.literal_block, nodes.raw)
SIDE_ROAD = "side-road"
WORD = re.compile(r"\w[\w’'-]*")


@dataclass
class Minutes:
    total: float
    """Of the road, without its side roads."""
    sections: dict[str, float]
    """By the id of the section."""
    side_roads: dict[str, float]
    """Those of the sections that may be left out."""


def count(doctree: nodes.document) -> Minutes:
    page = next(doctree.findall(nodes.section))
    parts = {part["ids"][0]: minutes(part) for part in page.children if is_section(part)}
    before = sum(minutes(part) for part in page.children if not is_section(part))
    aside = {
        part["ids"][0]: parts[part["ids"][0]]
        for part in page.children
        if is_section(part) and any(name.startswith(SIDE_ROAD) for name in part["ids"])
    }
    return Minutes(before + sum(parts.values()) - sum(aside.values()), parts, aside)


def is_section(node: nodes.Node) -> bool:
    return isinstance(node, nodes.section)


def minutes(part: nodes.Node) -> float:
    return sum(cost(node) for node in read(part)) / 60


def read(node: nodes.Node) -> Iterator[nodes.Node]:
    """What a reader reads of a part of the page, in its order, without what is folded."""
    if is_folded(node):
        return
    yield node
    if not isinstance(node, ATOMS):
        for child in one_form(node):
            yield from read(child)


def is_folded(node: nodes.Node) -> bool:
    return isinstance(node, Fold) or (
        isinstance(node, nodes.container) and node.get("design_component") == "dropdown"
    )


def one_form(node: nodes.Node) -> Sequence[nodes.Node]:
    """The parts of a node; of an output in several forms, the one that the page shows."""
    forms = [part for part in node.children if isinstance(part, nodes.container)]
    return [part for part in forms if part.get("mime_type") == "text/html"] or node.children


def cost(node: nodes.Node) -> float:
    match node:
        case nodes.Text():
            return len(WORD.findall(node.astext())) * 60 / WORDS_PER_MINUTE
        case nodes.math():
            return SECONDS["formula in a line"]
        case nodes.math_block():
            return SECONDS["displayed formula"]
        case nodes.literal_block():
            lines = sum(1 for line in node.astext().splitlines() if line.strip())
            shown = "output" in node["classes"]
            return lines * SECONDS["line of output" if shown else "line of code"]
        case nodes.raw() if 'class="mlp-questions"' in node.astext():
            return SECONDS["explorer that asks"]
        case nodes.raw() if "mlp-explorer" in node.astext():
            return SECONDS["explorer"]
        case nodes.raw() if "<svg" in node.astext():
            return SECONDS["figure"]
        case nodes.image():
            return SECONDS["figure"]
    return 0


def count_page(app: Sphinx, doctree: nodes.document) -> None:
    if app.env.docname.startswith(COUNTED):
        app.env.metadata[app.env.docname]["minutes"] = count(doctree)


def show_minutes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    counted = app.env.metadata[docname].get("minutes")
    if counted is None:
        return
    page = next(doctree.findall(nodes.section))
    words = say("minutes.page", count=f"{counted.total:.0f}")
    if more := sum(counted.side_roads.values()):
        words = say("minutes.page_and_more", count=f"{counted.total:.0f}", more=f"{more:.0f}")
    page.insert(1, nodes.paragraph("", words, classes=["mlp-page-minutes"]))
    for section in doctree.findall(nodes.section):
        if (time := counted.sections.get(section["ids"][0])) is not None:
            shown = max(1, round(time))
            if section["ids"][0] in counted.side_roads:
                words = say("minutes.side_road", count=shown)
            else:
                words = say("minutes.section", count=shown)
            short = nodes.inline("", words, classes=["mlp-minutes"])
            section.next_node(nodes.title).append(short)


def setup(app: Sphinx) -> dict[str, bool]:
    # What stays folded has been folded by now.
    app.connect("doctree-read", count_page, priority=700)
    app.connect("doctree-resolved", show_minutes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
