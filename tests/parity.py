"""The script that judges answers in a page, run beside Python: both must say the same."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from book.extensions import answers_script
from mlplib.checks.exercise import Exercise
from mlplib.checks.messages import SetText
from mlplib.checks.outcome import Outcome
from mlplib.checks.page.question import exported
from mlplib.checks.page.tables import exported_tables
from mlplib.checks.session import Practice

SERVER = Path(__file__).resolve().parent / "serve.mjs"


class Script:
    """The page's script, as pages have it, in a process of node; questions are handed over once."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory()
        answers = Path(self._folder.name) / "answers.js"
        answers.write_text(answers_script.script(), encoding="utf-8")
        command = ["node", "--require", str(answers), str(SERVER)]
        pipe = subprocess.PIPE
        self._node = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        self._numbers: dict[str, int] = {}
        self._asked(tables=json.dumps(exported_tables("en")))

    def judge(self, question: dict[str, Any], answer: str) -> dict[str, str]:
        """Return status, key and sentence that a page would give to the text `answer`."""
        text = json.dumps(question)
        if text not in self._numbers:
            self._asked(question=text)
            self._numbers[text] = len(self._numbers)
        reply = self._asked(number=self._numbers[text], answer=answer)
        assert isinstance(reply, dict)
        return reply

    def _asked(self, **asked: Any) -> Any:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(asked) + "\n")
        self._node.stdin.flush()
        return json.loads(self._node.stdout.readline())


@cache
def script() -> Script:
    """Return the one process of this run; it ends with its input."""
    return Script()


def disagreement(practice: Practice, exercise: Exercise, answer: str, outcome: Outcome) -> str:
    """Return how the script's verdict on a text differs from Python's, "" where it does not."""
    text: SetText = practice._text
    question = exported(exercise, text)
    if question is None:
        return ""
    page = script().judge(question, answer)
    python = {
        "status": outcome.status.value,
        "key": outcome.note,
        # News about the file of progress stand behind the sentence; pages have no such file.
        "text": outcome.text[: len(page["text"])] if practice._told else outcome.text,
    }
    if page == python:
        return ""
    return f"{outcome.question}, {answer[:200]!r}:\n  Python {python}\n  page   {page}"
