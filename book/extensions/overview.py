"""The box over the questions of a page: how far its reader has come, and where that is kept.

What it shows is kept on the reader's own device, so that a script fills it in: overview.mjs in
book/answers/page.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mlplib.language import say

if TYPE_CHECKING:  # a book without exercises builds without the checks
    from mlplib.checks.messages import SetText

WORDS = (
    *("box.progress", "box.private", "box.kept", "box.spacing", "box.same", "box.copy"),
    *("box.download", "box.paste", "box.import", "box.file", "box.unscripted"),
)


def overview(name: str, text: SetText, questions: list[tuple[str, str]]) -> str:
    """Return the box over the questions of a set: their ids, and the sections where they stand."""
    links = "".join(
        f'<li><a href="#{section}" data-of="{name}.{id_}" '
        f'title="{escape(text.exercises[id_].title)}">{escape(id_)}'
        '<span class="mlp-symbol"></span></a></li>'
        for id_, section in questions
    )
    told = {key.partition(".")[2]: escape(say(key)) for key in WORDS}
    chapter = f'<a href="../chapters/{name}.html">{escape(text.title)}</a>'
    before = escape(say("box.before", chapter="\0")).replace("\0", chapter)
    return (
        '<section class="mlp-overview" aria-labelledby="mlp-overview">'
        f'<h2 id="mlp-overview">{told["progress"]}</h2>'
        f"<noscript><p>{told['unscripted']}</p></noscript>"
        f'<div><p class="mlp-counts" aria-live="polite"></p>'
        f'<ul class="mlp-marks">{links}</ul><p class="mlp-again"></p>'
        f'<p class="mlp-private">{before} {told["private"]}</p>'
        f'<details class="mlp-kept"><summary>{told["kept"]}</summary>'
        f"<p>{told['spacing']}</p><p>{told['same']}</p>"
        f'<p class="mlp-out"><button type="button" data-do="copy">{told["copy"]}</button>'
        f'<button type="button" data-do="download">{told["download"]}</button></p>'
        f'<p><label for="mlp-in">{told["paste"]}</label>'
        '<textarea id="mlp-in" rows="3" spellcheck="false"></textarea></p>'
        f'<p class="mlp-out"><button type="button" data-do="import">{told["import"]}</button>'
        f'<label class="mlp-file">{told["file"]}'
        '<input type="file" accept=".json,application/json"></label></p>'
        '<output class="mlp-news" aria-live="polite"></output></details></div></section>'
    )
