"""What a reader meets who listens to the page, or holds it on paper.

A table's corner with nothing in it is no heading of its column, and an entry of the bibliography
is an item of a list: Sphinx gives it a role that ARIA has given up. The sentence of a caption that
says what to try speaks to those who can: it is left out in print.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from mlplib.language import say

EMPTY_HEADING = re.compile(r"<th\b[^>]*>\s*(?:<p>\s*</p>)?\s*</th>")
END = re.compile(r"[.?!](?=\s|$)")


def mark_invitations(app: Sphinx, doctree: nodes.document) -> None:
    for caption in doctree.findall(nodes.caption):
        before, invitation, after = split(list(caption.children))
        if invitation:
            caption.clear()
            caption += [*before, nodes.inline("", "", *invitation, classes=["mlp-try"]), *after]


def split(parts: list[nodes.Node]) -> tuple[list[nodes.Node], list[nodes.Node], list[nodes.Node]]:
    """The parts of a caption before the sentence that invites to try, of it, and after it."""
    invitation = re.compile(rf"(?:^|(?<=[.?!]\s)){re.escape(say('picture.try'))}")
    found: tuple[list[nodes.Node], list[nodes.Node], list[nodes.Node]] = ([], [], [])
    place = 0
    for part in parts:
        if not isinstance(part, nodes.Text):
            found[place].append(part)
            continue
        text = str(part)
        for there, border in ((0, invitation), (1, END)):
            if place == there and (seen := border.search(text)):
                cut = seen.start() if there == 0 else seen.end()
                found[place].append(nodes.Text(text[:cut]))
                text, place = text[cut:], place + 1
        found[place].append(nodes.Text(text))
    return found


def mend_roles(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if "body" in context:
        body = EMPTY_HEADING.sub("<td></td>", context["body"])
        context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", mark_invitations)
    app.connect("html-page-context", mend_roles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
