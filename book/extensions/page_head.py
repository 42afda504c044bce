"""What a page says of itself, in its head and at its foot.

A search engine shows the description, a messenger the card: both come from the page's first
paragraph. The edition at the foot is that of CITATION.cff, so that a build tomorrow gives the same
bytes as one today.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

UNSAID = "\0"  # a work that is a key still; a formula that is no line of letters
LONGEST = 200  # letters: those who show a description cut off what is beyond
END = re.compile(r"[.?!](?=\s)")
COMMAND = re.compile(r"\\(?:mathbf|mathrm|operatorname|[,;!])|[{}]")


def description(document: nodes.document) -> str:
    """Return the first paragraph of the text, or those of its sentences that can be shown."""
    for paragraph in document.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            text = " ".join("".join(map(plain, paragraph.findall(nodes.Text))).split())
            room = text.partition(UNSAID)[0]
            if room == text and len(text) <= LONGEST:
                return text
            ends = [end.end() for end in END.finditer(f"{room} ", 0, LONGEST)]
            return text[: ends[-1]] if ends else room[:LONGEST].rpartition(" ")[0] + " …"
    return ""


def plain(text: nodes.Text) -> str:
    link = text.parent.parent
    if isinstance(link, pending_xref) and link["refdomain"] == "cite":
        return UNSAID
    words = COMMAND.sub("", text) if isinstance(text.parent, nodes.math) else str(text)
    return UNSAID if "\\" in words else words


@cache
def edition(citation: Path, language: str) -> str:
    """Return version and date, as in "0.2.0, 30 November 2026"; nothing where none is told."""
    if not citation.exists():
        return ""
    told = yaml.safe_load(citation.read_text(encoding="utf-8"))
    day = told["date-released"]
    day = day if isinstance(day, date) else date.fromisoformat(day)
    return f"{told['version']}, {format_date(day, 'd MMMM y', language)}"


def note_description(app: Sphinx, doctree: nodes.document) -> None:
    app.env.metadata[app.env.docname]["book_description"] = description(doctree)


def fill_head(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    context["description"] = app.env.metadata.get(pagename, {}).get("book_description", "")
    context["edition"] = edition(Path(app.srcdir) / "CITATION.cff", app.config.language)
    base = app.config.html_baseurl
    context["card"] = (
        f"{base}_static/card.png" if base else context["pathto"]("_static/card.png", 1)
    )


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", note_description)
    app.connect("html-page-context", fill_head)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
