"""What a reader would stumble over and Sphinx lets pass: each is a warning with page and line.

A page that nobody can reach; an image that those who do not see it cannot read; a cell that shows
the name of a Python object in place of a picture, or that complains.
"""

import re
import textwrap
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from book.extensions.cells import code_cells, first_line

LOGGER = logging.getLogger(__name__)
FOLDERS = ("chapters", "exercises", "solutions")
OBJECT = re.compile(r"<Figure size |<Axes|<matplotlib\.|<[\w.]+ object at 0x")


def find_pages_outside_the_contents(
    app: Sphinx, env: BuildEnvironment, docnames: list[str]
) -> None:
    root = Path(app.srcdir)
    for folder in FOLDERS:
        for path in sorted([*root.glob(f"{folder}/*.md"), *root.glob(f"{folder}/*.ipynb")]):
            name = path.relative_to(root)
            if path.stem != "README" and name.with_suffix("").as_posix() not in env.found_docs:
                LOGGER.warning("%s is not in _toc.yml: no page is made of it", name.as_posix())


def find_images_without_words(app: Sphinx, doctree: nodes.document) -> None:
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            sentence = "%s has no alternative text: say in a sentence what is to be seen"
            where = (app.env.docname, nearest_line(image))
            LOGGER.warning(sentence, Path(image["uri"]).name, location=where)


def nearest_line(node: nodes.Node | None) -> int:
    """The line of a node or, where it has none, of what it stands in."""
    while node is not None and not node.line:
        node = node.parent
    return node.line if node is not None and node.line else 0


def find_failings_of_cells(app: Sphinx, doctree: nodes.document) -> None:
    for cell in code_cells(doctree):
        where = (app.env.docname, first_line(cell))
        for text in cell.findall(nodes.literal_block):
            if "stderr" in text["classes"]:
                said = textwrap.indent(text.astext().strip(), "    ")
                LOGGER.warning("this cell complains:\n\n%s\n", said, location=where)
            elif is_result(text) and (found := OBJECT.search(text.astext())):
                value = text.astext().strip().partition("\n")[0]
                advice = "end it with show(fig, alt=…)" if "Figure" in found[0] else "end it"
                LOGGER.warning("this cell shows %s: %s", value, advice, location=where)


def is_result(text: nodes.literal_block) -> bool:
    """Whether it is the value of a cell, not its source and not what it prints."""
    return bool(text.parent.get("mime_type") == "text/plain")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("env-before-read-docs", find_pages_outside_the_contents)
    app.connect("doctree-read", find_images_without_words)
    app.connect("doctree-read", find_failings_of_cells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
