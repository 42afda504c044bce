"""The outline of the book as readers meet it: in the sidebar, and on the landing page.

The theme gives the chevron of a chapter no name, and Sphinx numbers the page of exercises below a
chapter like one more section of it, beside the chapter's own section of that number. And
`{contents-of-the-book}` stands for a list of the chapters, each with the question it opens with and
its exercises, made from `_toc.yml` and the chapters themselves.
"""

import re
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from mlplib.language import say

CHAPTERS, EXERCISES = "chapters/", "exercises/"
SECTION_NUMBER = re.compile(r'<span class="section-number">[^<]*</span>')
NUMBER = re.compile(r"\d[\d.]*\s+")
QUESTION = re.compile(r".*?\?(?=\s|$)", re.S)


def finish_sidebar(sidebar: str) -> str:
    """Name each chevron after its chapter, and leave what lies below a chapter without a number."""
    soup = BeautifulSoup(sidebar, "html.parser")
    for summary in soup.select("li.has-children > details > summary"):
        entry = summary.find_parent("li")
        link = entry.find("a") if entry else None
        summary["aria-label"] = say("outline.pages", chapter=link.get_text() if link else "")
    for link in soup.select("li.toctree-l2 > a"):
        link.string = NUMBER.sub("", link.get_text(), count=1)
    return str(soup)


def finish_page(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    outline = context["generate_toctree_html"]

    def generate_toctree_html(kind: str, **options: Any) -> Any:
        made = outline(kind, **options)
        return finish_sidebar(str(made)) if kind == "sidebar" else made

    context["generate_toctree_html"] = generate_toctree_html
    if pagename.startswith(EXERCISES):
        context["body"] = SECTION_NUMBER.sub("", context["body"], count=1)
        context["title"] = SECTION_NUMBER.sub("", context["title"])
    for neighbour in filter(None, (context.get("prev"), context.get("next"))):
        if EXERCISES in neighbour["link"]:
            neighbour["title"] = SECTION_NUMBER.sub("", neighbour["title"])


def opening_question(document: nodes.document) -> str:
    """Return what a chapter opens with, up to the first question mark."""
    if told := document.settings.env.metadata[document.settings.env.docname].get("question"):
        return str(told)
    for paragraph in document.findall(nodes.paragraph):
        if question := QUESTION.match(paragraph.astext()):
            return " ".join(question[0].split())
    return ""


def note_chapter(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the question of a chapter, and how many exercises a page of them holds."""
    docname = app.env.docname
    if docname.startswith(CHAPTERS):
        app.env.metadata[docname]["book_question"] = opening_question(doctree)
    if docname.startswith(EXERCISES):
        parts = [part for title in doctree.children for part in title.children]
        asked = [s for part in parts for s in part.children if isinstance(s, nodes.section)]
        app.env.metadata[docname]["book_exercises"] = len(asked)


class contents(nodes.General, nodes.Element):
    """Where the list of the chapters will stand, once all are read."""


class ContentsOfTheBook(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname]["book_contents"] = True
        return [contents()]


def chapters(env: BuildEnvironment) -> list[tuple[str, str, str, str, tuple[str, int] | None]]:
    """For each chapter: page, number, title, question; page and number of its exercises."""
    found = []
    for page in env.toctree_includes.get(env.config.root_doc, []):
        if not page.startswith(CHAPTERS):
            continue
        number = ".".join(map(str, env.toc_secnumbers.get(page, {}).get("", ())))
        below = env.toctree_includes.get(page, [])
        practice = next((child for child in below if child.startswith(EXERCISES)), None)
        found.append(
            (
                page,
                number,
                env.titles[page].astext(),
                str(env.metadata[page].get("book_question", "")),
                (practice, int(env.metadata[practice].get("book_exercises", 0)))
                if practice
                else None,
            )
        )
    return found


def set_contents(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(contents)):
        listing = nodes.enumerated_list(classes=["mlp-contents"])
        for page, number, title, question, practice in chapters(app.env):
            link = refer(app, docname, page, title)
            item = nodes.list_item("", line(number, "mlp-number"), nodes.paragraph("", "", link))
            if practice:
                words = say("outline.exercises", count=practice[1])
                item += line("", "mlp-practice", refer(app, docname, practice[0], words))
            item += line(question, "mlp-question")
            listing += item
        place.replace_self(listing)


def line(words: str, name: str, *inner: nodes.Node) -> nodes.paragraph:
    return nodes.paragraph(words, words, *inner, classes=[name])


def refer(app: Sphinx, docname: str, page: str, words: str) -> nodes.reference:
    return make_refnode(app.builder, docname, page, "", nodes.Text(words))


def rewrite_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the list anew when a chapter asks another question."""
    now = chapters(env)
    before = vars(env).get("book_outline_shown", now)
    vars(env)["book_outline_shown"] = now
    listing = [name for name, facts in env.metadata.items() if facts.get("book_contents")]
    return [] if before == now else listing


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(contents)
    app.add_directive("contents-of-the-book", ContentsOfTheBook)
    app.connect("doctree-read", note_chapter, priority=900)
    app.connect("env-updated", rewrite_contents, priority=900)
    app.connect("doctree-resolved", set_contents)
    app.connect("html-page-context", finish_page, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
