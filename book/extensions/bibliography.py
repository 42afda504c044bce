"""Citations by author and year, in round brackets; a list of works that names no codes.

Addresses and arXiv numbers in an entry become links, whichever field they stand in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import register_plugin as register_format
from pybtex.richtext import Tag, Text
from pybtex.style.formatting.unsrt import Style as Unsorted
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import Node, names, sentence
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from mlplib.language import say

ADDRESS = re.compile(r"https?://[^\s,;>)]*[^\s,;>).]|arXiv:\d{4}\.\d{4,5}")


def round_brackets() -> BracketStyle:
    return BracketStyle(left="(", right=")")


def persons() -> PersonStyle:
    others = Text(" ", Tag("em", say("citation.others")))
    return PersonStyle(sep2=say("citation.two"), last_sep=say("citation.last"), other=others)


@dataclass
class AuthorYear(AuthorYearReferenceStyle):
    bracket_textual: BracketStyle = field(default_factory=round_brackets)
    bracket_parenthetical: BracketStyle = field(default_factory=round_brackets)
    bracket_author: BracketStyle = field(default_factory=round_brackets)
    bracket_label: BracketStyle = field(default_factory=round_brackets)
    bracket_year: BracketStyle = field(default_factory=round_brackets)
    person: PersonStyle = field(default_factory=persons)


class NoLabels(BaseLabelStyle):
    def format_labels(self, sorted_entries: list[Entry]) -> Iterator[str]:
        return (entry.key for entry in sorted_entries)


class Works(Unsorted):
    default_label_style = NoLabels
    default_sorting_style = "author_year_title"

    def format_names(self, role: str, as_sentence: bool = True) -> Node:
        two, last = say("citation.two"), say("citation.last")
        listed = names(role, sep=", ", sep2=two, last_sep=last)
        return sentence[listed] if as_sentence else listed


def set_works(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for work in doctree.findall(nodes.citation):
        for label in list(work.findall(nodes.label)):
            work.remove(label)
        for part in list(work.findall(nodes.TextElement)):
            if not isinstance(part, nodes.reference):
                part[:] = [
                    child
                    for words in part.children
                    for child in (with_links(words) if isinstance(words, nodes.Text) else [words])
                ]


def with_links(text: str) -> Iterator[nodes.Node]:
    end = 0
    for found in ADDRESS.finditer(text):
        yield nodes.Text(text[end : found.start()])
        number = found[0].removeprefix("arXiv:")
        address = found[0] if number == found[0] else f"https://arxiv.org/abs/{number}"
        yield nodes.reference("", found[0], refuri=address)
        end = found.end()
    yield nodes.Text(text[end:])


def setup(app: Sphinx) -> dict[str, bool]:
    register_plugin("sphinxcontrib.bibtex.style.referencing", "book", AuthorYear)
    register_format("pybtex.style.formatting", "book", Works)
    app.connect("doctree-resolved", set_works)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
