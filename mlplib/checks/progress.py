"""How far a student has come: a table, the counts, and the question that comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from mlplib.checks.outcome import Status
from mlplib.checks.panel import Panel

_ALWAYS_COUNTED = (Status.RIGHT, Status.WRONG, Status.BLANK)


@dataclass(frozen=True, repr=False)
class Progress(Panel):
    """What `progress` returns: one row for each question, then counts and the next question.

    Attributes
    ----------
    rows : tuple of (id, title, symbol and word)
    """

    rows: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(
        cls,
        title: str,
        status: Mapping[str, Status],
        titles: Mapping[str, str],
        messages: Mapping[str, str],
    ) -> Progress:
        """Summarise the best outcome of each question."""
        word = {s: messages[f"status.{s.value}"] for s in Status}
        counts = Counter(status.values())
        shown = [s for s in Status if counts[s] or s in _ALWAYS_COUNTED]
        summary = ", ".join(f"{counts[s]} {word[s]}" for s in shown)
        following = next((id_ for id_, s in status.items() if s is not Status.RIGHT), None)
        if following is None:
            last = messages["progress.done"]
        else:
            last = messages["progress.next"].format(id=following, title=titles[following])
        return cls(
            tone="progress",
            symbol="→",
            heading=f"{title} · {messages['panel.progress']}",
            text=f"{summary}.\n{last}\n{messages['progress.practice']}",
            rows=tuple((i, titles[i], f"{s.symbol} {word[s]}") for i, s in status.items()),
        )

    def __repr__(self) -> str:
        widths = [max(len(row[column]) for row in self.rows) for column in (0, 1)]
        table = "\n".join(
            f"    {id_:<{widths[0]}}  {title:<{widths[1]}}  {word}"
            for id_, title, word in self.rows
        )
        return f"{self.symbol} {self.heading}:\n{table}\n{self.text}"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(id_)}</th><td>{escape(title)}</td>"
            f"<td>{escape(word)}</td></tr>"
            for id_, title, word in self.rows
        )
        heading, paragraph, body = super()._repr_html_().partition("</p>")
        return (
            f'{heading}{paragraph}<table class="mlp-progress"><tbody>{rows}</tbody></table>{body}'
        )
