"""A formula of TeX as the HTML of a page: what is seen, what is heard, what is copied.

MathJax's letters are seen; MathML, hidden from the eye, is heard by screen readers; the TeX stays
in `data-tex` and, for a displayed formula, a line of plain text in `data-text`, both for copying.
"""

import re
from dataclasses import asdict, dataclass
from html import escape

from book.extensions.typeset.readable import readable


class Unreadable(ValueError):
    """TeX cannot make a formula of it, or MathJax's fonts lack one of its characters."""


@dataclass(frozen=True)
class Formula:
    """What a page needs of a formula: its HTML, and its words where no formula can stand."""

    html: str
    text: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


FOREIGN = re.compile(r"<mjx-utext[^>]*>([^<]*)<")
BETWEEN_LINES = re.compile(r"\n\s*")
NOT_HEARD = re.compile(r' (?:xmlns|data-mjx-[\w-]+|(?:column|row)spacing|(?:min|max)size)="[^"]*"')
ALONE = re.compile(r"<mrow>(<(m[ino])[ >][^<]*</\2>)</mrow>")  # a row of one sign


def make_formula(tex: str, display: bool) -> Formula:
    from book.extensions.typeset.engine import typeset  # loads a JavaScript engine

    made = typeset(tex, display)
    if "error" in made:
        raise Unreadable(made["error"])
    if foreign := FOREIGN.search(made["html"]):
        raise Unreadable(f"MathJax's fonts have no {foreign[1]}")
    mathml = BETWEEN_LINES.sub("", made["mathml"])
    text = readable(mathml)
    copied = f' data-tex="{escape(tex)}"' + (f' data-text="{escape(text)}"' if display else "")
    heard = ALONE.sub(r"\1", NOT_HEARD.sub("", mathml))
    html = (
        made["html"]
        .replace("<mjx-container", f"<mjx-container{copied}", 1)
        .replace("<mjx-math", '<mjx-math aria-hidden="true"', 1)
        .replace(
            "</mjx-container>", f"<mjx-assistive-mml>{heard}</mjx-assistive-mml></mjx-container>"
        )
    )
    return Formula(html, text)
