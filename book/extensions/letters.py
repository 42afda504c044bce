"""The letters that several pictures of a page are drawn with are on the page once.

A picture brings the outline of every glyph that it writes. What more than one of them brings goes
to a sheet of letters at the head of the page, out of sight, and all pictures refer to that.
"""

import re
from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

OUTLINE = re.compile(r'<path id="(m[0-9a-f]{8}-\d+)" (d="[^"]*")/>')
NAME = re.compile(r"\bm[0-9a-f]{8}-\d+\b")
SHEET = (
    '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{}</defs></svg>'
)


def share(body: str) -> str:
    """Return a page's markup with each outline in it once, however many pictures need it."""
    outlines = dict(OUTLINE.findall(body))
    counts = Counter(outlines.values())
    first: dict[str, str] = {}
    names = {
        name: first.setdefault(drawn, name) for name, drawn in outlines.items() if counts[drawn] > 1
    }
    if not names:
        return body
    pictures = OUTLINE.sub(lambda found: "" if found[1] in names else found[0], body)
    pictures = NAME.sub(lambda found: names.get(found[0], found[0]), pictures)
    return SHEET.format("".join(f'<path id="{i}" {d}/>' for d, i in first.items())) + pictures


def share_letters(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if "body" in context:
        context["body"] = share(context["body"])


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", share_letters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
