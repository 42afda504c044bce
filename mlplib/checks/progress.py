"""How far a student has come: a table, the counts, and the question that comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from mlplib.checks.keeping.record import Record, Records
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
        records: Records,
        titles: Mapping[str, str],
        messages: Mapping[str, str],
        kept: Sequence[str] = (),
    ) -> Progress:
        """Summarise the record of each question; `kept` says where the records are."""
        word = {s: messages[f"status.{s.value}"] for s in Status}
        counts = Counter(record.best for record in records.values())
        shown = [s for s in Status if counts[s] or s in _ALWAYS_COUNTED]
        lines = [", ".join(f"{counts[s]} {word[s]}" for s in shown) + "."]
        copied = sum(record.seen for record in records.values() if record.best is Status.RIGHT)
        if copied:
            found = str(counts[Status.RIGHT] - copied)
            lines.append(messages["progress.found"].format(found=found, copied=str(copied)))
        following = next(
            (i for i, record in records.items() if record.best is not Status.RIGHT), None
        )
        if following is None:
            lines.append(messages["progress.done"])
        else:
            title_of = titles[following]
            lines.append(messages["progress.next"].format(id=following, title=title_of))

        def told(record: Record) -> str:
            state = f"{record.best.symbol} {word[record.best]}"
            if not record.seen:
                return state
            late = record.best is Status.RIGHT
            return messages["progress.copied" if late else "progress.seen"].format(state=state)

        return cls(
            tone="progress",
            symbol="→",
            heading=f"{title} · {messages['panel.progress']}",
            text="\n".join([*lines, messages["progress.practice"], *kept]),
            rows=tuple((i, titles[i], told(record)) for i, record in records.items()),
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
