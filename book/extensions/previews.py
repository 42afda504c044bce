"""What a link names is shown beside it: the formula of an equation, the meaning of a term.

The page carries what its links to other pages name, out of sight; previews.js shows it on hover
and focus. A formula of the page itself is taken from where it stands, a work from the link's title.
"""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxTranslator

from book.extensions.terms import GLOSSARY, entries, meaning


class Preview(nodes.General, nodes.Element):
    """What the link with the address `address` names."""


class Previews(nodes.General, nodes.Element):
    """All of them, hidden."""


def visit_preview(self: SphinxTranslator, node: Preview) -> None:
    self.body.append(f'<div data-for="{escape(node["address"])}">')


def visit_previews(self: SphinxTranslator, node: Previews) -> None:
    self.body.append('<div class="mlp-previews" hidden>')


def depart(self: SphinxTranslator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def formulas(env: BuildEnvironment) -> dict[str, str]:
    found: dict[str, str] = vars(env).setdefault("book_formulas", {})
    return found


def keep_formulas(app: Sphinx, doctree: nodes.document) -> None:
    for block in doctree.findall(nodes.math_block):
        if block.get("label"):
            formulas(app.env)[f"equation-{block['label']}"] = block.astext()


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    formulas(env).update(formulas(other))


def add_previews(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    meanings = entries(app.env)
    previews = Previews()
    addresses = {
        str(link["refuri"]) for link in doctree.findall(nodes.reference) if "refuri" in link
    }
    for address in sorted(addresses):
        page, _, anchor = address.partition("#")
        if not page or "://" in page:
            continue
        if anchor in formulas(app.env):
            tex = formulas(app.env)[anchor]
            block = nodes.math_block(tex, tex, nowrap=False, number=None, label=None)
            previews += Preview("", block, address=address)
        elif anchor in meanings and page == app.builder.get_relative_uri(docname, GLOSSARY):
            words = meaning(meanings[anchor])
            previews += Preview("", nodes.paragraph("", "", *words), address=address)
    if previews.children:
        doctree.next_node(nodes.section).append(previews)
        app.env.get_domain("math").data["has_equations"][docname] = True


def rewrite_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Every page is written anew when a formula or the glossary has changed: any may name them."""
    terms = {name: item.astext() for name, item in entries(env).items()}
    now = (dict(formulas(env)), terms)
    before = vars(env).get("book_previewed", now)
    vars(env)["book_previewed"] = now
    return [] if now == before else sorted(env.found_docs)


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("book.extensions.terms")
    app.add_node(Preview, html=(visit_preview, depart))
    app.add_node(Previews, html=(visit_previews, depart))
    app.add_js_file("previews.js", loading_method="defer")
    app.connect("doctree-read", keep_formulas)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", rewrite_pages, priority=950)
    app.connect("doctree-resolved", add_previews, priority=450)  # punctuation comes after
    return {"parallel_read_safe": True, "parallel_write_safe": True}
