"""A term that is used away from the chapter that defines it leads to the glossary.

Once in a section, as a quiet link; not where it is defined, in titles, in code or in other links.
Words that mean something else in everyday English are left alone, and so is the subject of the
book: an author who means the term writes {term}`margin`.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx_design.dropdown import dropdown_title

from mlplib.language import say

GLOSSARY = "glossary"
SUBJECT = {"backpropagation", "forward pass"}
EVERYDAY = {"sign", "margin", "loss", "scores", "odds", "step", "batch", "layer", "unit", "code"}
UNTOUCHED = (
    nodes.title,
    dropdown_title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.strong,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.table,
    nodes.caption,
    nodes.term,
)


def entries(env: BuildEnvironment) -> dict[str, nodes.definition_list_item]:
    """The items of the glossary, by the id of their term."""
    if GLOSSARY not in env.all_docs:
        return {}
    return {
        term["ids"][0]: item
        for item in env.get_doctree(GLOSSARY).findall(nodes.definition_list_item)
        for term in item.findall(nodes.term)
        if term["ids"]
    }


def home(item: nodes.definition_list_item) -> str:
    """The page that an entry names last: there the term is defined."""
    links = [
        link.get("reftarget", "") for link in item.findall() if "reftarget" in attributes(link)
    ]
    return links[-1] if links else ""


def attributes(node: nodes.Node) -> dict[str, object]:
    return getattr(node, "attributes", {})


def meaning(item: nodes.definition_list_item) -> list[nodes.Node]:
    """What an entry says of its term, up to the word for it in another language."""
    found: list[nodes.Node] = []
    for node in item.next_node(nodes.paragraph).children:
        before, cut, _ = node.astext().partition(say("outline.other_language"))
        if cut:
            return [*found, nodes.Text(before.rstrip())]
        found.append(plain(node))
    return found


def plain(node: nodes.Node) -> nodes.Node:
    """A copy without links."""
    is_link = isinstance(node, nodes.reference) or "reftarget" in attributes(node)
    return nodes.Text(node.astext()) if is_link else node.deepcopy()


def link_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if not docname.startswith("chapters/"):
        return
    names = {
        item.next_node(nodes.term).astext().strip(): anchor
        for anchor, item in entries(app.env).items()
        if home(item) != docname
    }
    left_alone = EVERYDAY | SUBJECT
    names = {name: anchor for name, anchor in names.items() if name not in left_alone}
    if not names:
        return
    longest_first = sorted(names, key=len, reverse=True)
    words = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})(?:e?s)?\b", re.I)
    by_lower = {name.lower(): anchor for name, anchor in names.items()}
    address = app.builder.get_relative_uri(docname, GLOSSARY)
    for section in doctree.findall(nodes.section):
        seen = {
            str(link["refuri"]).partition("#")[2]
            for link in section.findall(nodes.reference)
            if str(link.get("refuri", "")).startswith(f"{address}#")
        }
        for text in list(prose(section)):
            link_in(text, words, by_lower, address, seen)


def prose(node: nodes.Element) -> Iterator[nodes.Text]:
    """The running text of a section itself, without that of the sections inside it."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child
        elif not isinstance(child, (*UNTOUCHED, nodes.section)) and "hide" not in attributes(child):
            yield from prose(child)


def link_in(
    text: nodes.Text, words: re.Pattern[str], anchors: dict[str, str], address: str, seen: set[str]
) -> None:
    parts: list[nodes.Node] = []
    end = 0
    for found in words.finditer(text.astext()):
        anchor = anchors[found[1].lower()]
        if anchor not in seen:
            seen.add(anchor)
            link = nodes.reference("", found[0], refuri=f"{address}#{anchor}", internal=True)
            link["classes"].append("mlp-term")
            parts += [nodes.Text(text.astext()[end : found.start()]), link]
            end = found.end()
    if parts:
        text.parent.replace(text, [*parts, nodes.Text(text.astext()[end:])])


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-resolved", link_terms, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
