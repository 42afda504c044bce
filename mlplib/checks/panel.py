"""What the checks show: one panel with two faces, plain text and HTML, equal in content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

EVIDENCE = "    "
"""A line that starts with these four blanks is evidence: code or numbers, set in columns."""

# Okabe-Ito; a page may override each through its custom property.
COLOURS = {
    "right": "#009E73",
    "almost": "#E69F00",
    "wrong": "#D55E00",
    "error": "#CC79A7",
    "unread": "#56B4E9",
    "not-attempted": "#767676",
    "unknown": "#767676",
    "hint": "#0072B2",
    "solution": "#0072B2",
    "question": "#0072B2",
    "progress": "#0072B2",
}


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
        colour = f"var(--mlp-{self.tone}, {COLOURS[self.tone]})"
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
            f'style="border-left: 0.3em solid {colour}; padding: 0.2em 0.8em">'
            f'<p><span class="mlp-symbol" aria-hidden="true">{escape(self.symbol)}</span> '
            f'<strong class="mlp-heading">{escape(self.heading)}:</strong></p>{body}</div>'
        )


def _evidence(lines: Sequence[str]) -> str:
    return f'<pre class="mlp-evidence">{escape(chr(10).join(lines))}</pre>'


def _prose(lines: Sequence[str]) -> str:
    return f"<p>{'<br>'.join(escape(line) for line in lines)}</p>"
