"""What the checks show: one panel with two faces, plain text and HTML, equal in content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from mlplib.palette import variable

EVIDENCE = "    "
"""A line that starts with these four blanks is evidence: code or numbers, set in columns."""

COLOURS = {
    "right": "green",
    "almost": "orange",
    "wrong": "vermilion",
    "error": "purple",
    "failed": "purple",
    "unread": "sky",
    "not-attempted": "grey",
    "unknown": "grey",
    "hint": "blue",
    "solution": "blue",
    "question": "blue",
    "progress": "blue",
}
"""The colour of the palette at the edge of each tone."""

_LAYOUT = (
    "<style>:where(.mlp-outcome){border-left:.3em solid var(--mlp-tone);padding:.2em .8em}</style>"
)
"""How a notebook lays a panel out; any rule of a page outweighs it."""


@dataclass(frozen=True, repr=False)
class Panel:
    """A symbol, a heading and lines of text, which display themselves.

    Attributes
    ----------
    tone : str
        One of the keys of `COLOURS`; becomes the CSS class ``mlp-<tone>``.
    symbol, heading, text : str
        What is shown; `text` may have several lines, and lines that begin with `EVIDENCE` keep
        their columns.

    Examples
    --------
    >>> Panel("right", "✓", "a · right", "Indeed.")
    ✓ a · right: Indeed.
    """

    tone: str
    symbol: str
    heading: str
    text: str

    def __repr__(self) -> str:
        return f"{self.symbol} {self.heading}: {self.text}"

    def _repr_html_(self) -> str:
        body = "".join(
            _evidence(lines) if is_evidence else _prose(lines)
            for is_evidence, lines in (
                (key, list(group))
                for key, group in groupby(
                    self.text.split("\n"), key=lambda line: line.startswith(EVIDENCE)
                )
            )
        )
        return (
            f'<div class="mlp-outcome mlp-{self.tone}" role="status" '
            f'style="--mlp-tone:{variable(COLOURS[self.tone])}">{_LAYOUT}'
            f'<p><span class="mlp-symbol" aria-hidden="true">{escape(self.symbol)}</span> '
            f'<strong class="mlp-heading">{escape(self.heading)}:</strong></p>{body}</div>'
        )


def _evidence(lines: Sequence[str]) -> str:
    return f'<pre class="mlp-evidence">{escape(chr(10).join(lines))}</pre>'


def _prose(lines: Sequence[str]) -> str:
    return f"<p>{'<br>'.join(escape(line) for line in lines)}</p>"
