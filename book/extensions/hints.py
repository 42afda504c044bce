"""Under every question of an exercise page: its hints, folded, and the way to its solution.

A reader without a kernel cannot call `hint` and `solution`; the words are the same, those of the
exercise set.
"""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from mlplib.language import language, say

CHECK = re.compile(r'^check\("(\w+)"', re.MULTILINE)


def add_hints(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    folder, _, name = docname.partition("/")
    if folder != "exercises" or app.builder.format != "html":
        return
    # A book without exercises builds without the checks.
    from mlplib.checks.messages import set_text
    from mlplib.checks.session import load

    words = set_text(load(name).folder, name, language()).exercises
    for code in list(doctree.findall(nodes.literal_block)):
        found = CHECK.search(code.astext())
        if found is None:
            continue
        code.parent.parent["classes"].append("mlp-elsewhere")  # the cell: it is answered elsewhere
        where = say("exercise.elsewhere")
        code.parent.insert(0, nodes.paragraph("", where, classes=["mlp-where"]))
        section = enclosing(code, nodes.section)
        hints = "".join(f"<li>{escape(hint)}</li>" for hint in words[found[1]].hints)
        solution = f"../solutions/{name}.html#{section['ids'][0]}"
        section += nodes.raw(
            "",
            f'<details class="mlp-hints"><summary>{escape(say("exercise.hints"))}</summary>'
            f'<ol>{hints}</ol><p><a href="{solution}">{escape(say("exercise.solution"))}</a></p>'
            "</details>",
            format="html",
        )


def enclosing(node: nodes.Node, kind: type[nodes.Element]) -> nodes.Element:
    while not isinstance(node, kind):
        node = node.parent
    return node


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-resolved", add_hints)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
