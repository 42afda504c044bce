"""A labelled result carries a mark that leads to its check, and the check the result's number.

A displayed formula whose label begins with `eq-` claims to have been run. `verify` writes an
element with the id `check-<label>`. A label without a check, a check without a label, and a check
made twice are warnings, that is, errors of the build.
"""

import re
from collections import defaultdict
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
CHECK = re.compile(r'\bid="check-(eq-[^"]+)"')
VERIFIED = re.compile(
    r'(?P<short><details class="mlp-check" id="check-(?P<label>eq-[^"]+)">.*?</strong>)'
    r"(?P<between>.*?<p>)<code>(?P=label)</code>"
)


def labelled_results(doctree: nodes.document) -> list[nodes.math_block]:
    return [
        block
        for block in doctree.findall(nodes.math_block)
        if str(block.get("label") or "").startswith("eq-")
    ]


def compare_labels_with_checks(app: Sphinx, doctree: nodes.document) -> None:
    blocks = {block["label"]: block for block in labelled_results(doctree)}
    checks: dict[str, list[int]] = defaultdict(list)
    for output in doctree.findall(nodes.raw):
        if output.get("format") == "html":
            for label in CHECK.findall(output.astext()):
                checks[label].append((output.line or 1) - 1)  # the first line of the cell
    for label, block in blocks.items():
        if label not in checks:
            LOGGER.warning("%s labels a result that no cell verifies", label, location=block)
    for label, lines in checks.items():
        where = (app.env.docname, lines[-1])
        if label not in blocks:
            LOGGER.warning("%s is verified but labels no formula here", label, location=where)
        if len(lines) > 1:
            LOGGER.warning("%s is verified %d times", label, len(lines), location=where)


def add_marks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    for block in labelled_results(doctree):
        target = f"check-{block['label']}"
        mark = nodes.raw(
            "",
            f'<a class="mlp-checked-mark" href="#{escape(target)}"'
            ' title="Checked on this page: see the check"'
            ' aria-label="Checked on this page: see the check">✓</a>',
            format="html",
        )
        box = nodes.container(classes=["mlp-checked"])
        block.parent.replace(block, box)  # replace_self would give the box the id as well
        box += [block, mark]


def number_checks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the equation's number into its check: several checks may stand together."""
    numbers = app.env.toc_fignumbers.get(docname, {}).get("displaymath", {})

    def numbered(found: re.Match[str]) -> str:
        parts = numbers.get(f"equation-{found['label']}")
        if not parts:
            return found[0]
        number = ".".join(map(str, parts))
        link = f'<a href="#equation-{found["label"]}">({number})</a>'
        return f"{found['short']} {link}{found['between']}({number})"

    for output in doctree.findall(nodes.raw):
        if output.get("format") == "html" and VERIFIED.search(output.astext()):
            text = VERIFIED.sub(numbered, output.astext())
            output.children, output.rawsource = [], text
            output += nodes.Text(text)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", compare_labels_with_checks)
    app.connect("doctree-resolved", number_checks)
    app.connect("doctree-resolved", add_marks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
