"""The appendix: every equation and how it was checked, every refuted claim, chapter by chapter.

A page says ```` ```{every-check} ````; its sections are the chapters of the table of contents.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.extensions.checked_equations import equation_number, sides
from book.extensions.kept_findings import LISTS, kept
from book.extensions.refutations import counterexample, tex
from book.extensions.tables import Cell, table, text
from mlplib.language import say


class ChecksOf(nodes.General, nodes.Element):
    """Stands for the tables of one chapter until all pages have been read."""


class EveryCheck(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][LISTS] = True
        return [self.section(name) for name in chapters(self.env.app)]

    def section(self, docname: str) -> nodes.section:
        source = Path(self.env.doc2path(docname)).read_text(encoding="utf-8")
        title = next(line for line in source.splitlines() if line.startswith("# "))
        words, _ = self.state.inline_text(title.removeprefix("# "), self.lineno)
        section = nodes.section("", nodes.title("", "", *words), ChecksOf(chapter=docname))
        section["names"] = [docname.replace("/", "-")]
        self.state.document.note_implicit_target(section, section)
        return section


def chapters(app: Sphinx) -> list[str]:
    names = [item.docname for item in app.config.external_site_map.values()]
    return [name.removesuffix(".md") for name in names if name.startswith("chapters/")]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(ChecksOf)):
        chapter = place["chapter"]
        found = kept(app.env).get(chapter, [])
        address = app.builder.get_relative_uri(docname, chapter) if chapter != docname else ""
        checks = [facts for facts in found if "error" in facts]
        claims = [facts for facts in found if "statement" in facts]
        tables = []
        if checks:
            rows = sorted(check_row(app, chapter, address, facts) for facts in checks)
            keys = "list.equation", "tick.compared", "tick.inputs", "tick.error", "tick.allowed"
            names = [say(key) for key in keys]
            tables.append(table(names, [row for _, row in rows], "mlp-every-check"))
        if claims:
            heads = [say(key) for key in ("list.slip", "list.counterexample", "list.instead")]
            slips = [claim_row(address, facts) for facts in claims]
            tables.append(table(heads, slips, "mlp-every-slip"))
        place.replace_self(tables)


def check_row(
    app: Sphinx, chapter: str, address: str, facts: dict[str, str]
) -> tuple[list[int], list[Cell]]:
    """One line of the table, and the number by which it is sorted."""
    label = facts["label"]
    number = equation_number(app, chapter, label)
    link = nodes.reference("", f"({number})", refuri=f"{address}#equation-{label}", internal=True)
    compared = sides(facts) if "claim" in facts else []
    allowed = text(f"{facts['tolerance']}: {facts['because']}")
    row = [[link], compared, text(facts["inputs"]), text(facts["error"]), allowed]
    return [int(part) for part in number.split(".")], row


def claim_row(address: str, facts: dict[str, str]) -> list[Cell]:
    place = f"{address}#check-{facts['label']}"
    link = nodes.reference("", facts["section"], refuri=place, internal=True)
    instead = text(tex(facts["instead"]), ", ") if "instead" in facts else []
    holds = text(say("list.on", inputs=facts["repaired"])) if "repaired" in facts else []
    return [
        text("✗ ", tex(facts["statement"]), " (", link, ")"),
        counterexample(facts),
        text("✓ ", *instead, *holds) if holds else [],
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("book.extensions.kept_findings")
    app.add_node(ChecksOf)
    app.add_directive("every-check", EveryCheck)
    app.connect("doctree-resolved", fill, priority=300)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
