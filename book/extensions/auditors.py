"""The page for auditors: which claims of the documents the book covers, where, and what it found.

What a chapter covers is told in `chapters/sources/<chapter>.toml`. A page says

    ```{claims}
    000: what document 000 is
    ```

and gets a section for each document. What a cell refutes is linked from its claim.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from book.extensions.checked_equations import equation_number
from book.extensions.kept_findings import LISTS, kept
from book.extensions.tables import Cell, table, text
from mlplib.language import say

LOGGER = logging.getLogger(__name__)
VERDICTS = {
    "right": "audit.right",
    "wrong": "audit.wrong",
    "incomplete": "audit.incomplete",
    "convention": "audit.convention",
    "question": "audit.question",
}


class ClaimsOf(nodes.General, nodes.Element):
    """Stands for the table of one document until all pages have been read."""


class Claims(SphinxDirective):
    has_content = True

    def run(self) -> list[nodes.Node]:
        folder = Path(self.env.srcdir) / "chapters" / "sources"
        for path in (folder, *folder.glob("*.toml")):
            self.env.note_dependency(str(path))
        self.env.metadata[self.env.docname][LISTS] = True
        return [self.section(*line.split(": ", 1)) for line in self.content]

    def section(self, document: str, title: str) -> nodes.section:
        heading = say("audit.document", number=document, title=title)
        words, _ = self.state.inline_text(heading, self.lineno)
        section = nodes.section("", nodes.title("", "", *words), ClaimsOf(document=document))
        section["names"] = [f"document-{document}"]
        self.state.document.note_implicit_target(section, section)
        return section


def covered(root: Path) -> list[dict[str, Any]]:
    """All claims that chapters cover, each with the page of its chapter."""
    return [
        claim | {"page": f"chapters/{path.stem}"}
        for path in sorted((root / "chapters" / "sources").glob("*.toml"))
        for claim in tomllib.loads(path.read_text(encoding="utf-8")).get("claims", [])
    ]


def ids_of(document: str, claim: dict[str, Any]) -> list[str]:
    """The claims of one document among those that are treated together; X is said by several."""
    if document not in claim["documents"]:
        return []
    prefixes = (f"S{int(document)}-", "X-")
    return sorted((name for name in claim["ids"] if name.startswith(prefixes)), key=in_order)


def in_order(name: str) -> list[tuple[int, str]]:
    """S4-A1c.10 comes after S4-A1c.2."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    refuted = {
        facts["label"]: (page, facts)
        for page, found in kept(app.env).items()
        for facts in found
        if "statement" in facts
    }
    claims = covered(Path(app.srcdir))
    for place in list(doctree.findall(ClaimsOf)):
        document = place["document"]
        rows = [
            (ids, row(app, docname, claim, ids, refuted))
            for claim in claims
            if (ids := ids_of(document, claim))
        ]
        rows.sort(key=lambda one: in_order(one[0][0]))
        heads = ("audit.claim", "audit.where", "audit.verdict", "audit.done")
        names = [say(key) for key in heads]
        cells = [cells for _, cells in rows]
        none = nodes.paragraph("", say("audit.none"))
        place.replace_self(table(names, cells, "mlp-claims") if cells else none)


def row(
    app: Sphinx,
    docname: str,
    claim: dict[str, Any],
    ids: list[str],
    refuted: dict[str, tuple[str, dict[str, str]]],
) -> list[Cell]:
    named: list[nodes.Node] = []
    for name in ids:
        named += [nodes.Text(", ")] if named else []
        if name in refuted:
            address = f"{app.builder.get_relative_uri(docname, refuted[name][0])}#check-{name}"
            named.append(nodes.reference("", name, refuri=address, internal=True))
        else:
            named.append(nodes.Text(name))
    note = claim.get("note", "")
    return [named, [link(app, docname, claim)], text(say(VERDICTS[claim["verdict"]])), text(note)]


def link(app: Sphinx, docname: str, claim: dict[str, Any]) -> nodes.Node:
    """The way to a labelled formula, a figure, or a section by the anchor of its heading."""
    page, where = claim["page"], claim["where"]
    equations = app.env.get_domain("math").data["objects"]
    figures = app.env.toc_fignumbers.get(page, {}).get("figure", {})
    slugs = app.env.metadata[page].get("myst_slugs", {})
    if where in equations and equations[where][0] == page:
        name, anchor = f"({equation_number(app, page, where)})", f"equation-{where}"
    elif where in figures:
        number = ".".join(map(str, figures[where]))
        name, anchor = say("audit.figure", number=number), where
    elif where in slugs:
        _, anchor, name = slugs[where]
    else:
        LOGGER.warning(
            "chapters/sources: %s names %s, which is no formula, figure or section of %s",
            ", ".join(claim["ids"]),
            where,
            page,
            location=docname,
            once=True,
        )
        return nodes.Text(where)
    address = f"{app.builder.get_relative_uri(docname, page)}#{anchor}"
    return nodes.reference("", name, refuri=address, internal=True)


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("book.extensions.kept_findings")
    app.add_node(ClaimsOf)
    app.add_directive("claims", Claims)
    app.connect("doctree-resolved", fill, priority=300)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
