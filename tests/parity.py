"""The script that judges answers in a page, run beside Python: both must say the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

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
        if shutil.which("node") is None:
            raise FileNotFoundError(
                "node must be installed: the tests hold the script of the pages to Python with it."
            )
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


NUMERIC = ("Array", "Example", "Fractions", "Number", "Rational", "Shape", "Shapes")
"""The kinds of which an answer that is no text may be typed out."""


def typed_out(answer: Any, depth: int = 20) -> str | None:
    """Return what somebody types who means `answer`; None where it is nothing that is typed.

    Numbers are written with all their digits, so that the text means exactly the same.
    """
    kind = type(answer)
    if kind is np.ndarray:
        short = answer.size < 200 and answer.dtype.kind in "iufO"
        return typed_out(answer.tolist(), depth) if short else None
    if kind is float or issubclass(kind, np.floating):
        return repr(float(answer))
    if kind is int or issubclass(kind, np.integer):
        return str(int(answer)) if abs(int(answer)) < 10**15 else None
    if kind is Fraction:
        return str(answer)
    if kind is str:
        plain = answer.strip() and answer.isprintable() and not {*answer} & {*"'\"\\"}
        return repr(answer) if plain and len(answer) < 40 else None
    if kind is dict and depth:
        texts = {typed_out(name): typed_out(part, depth - 1) for name, part in answer.items()}
        entries = [f"{name}: {part}" for name, part in texts.items() if name and part]
        return f"{{{', '.join(entries)}}}" if answer and len(entries) == len(answer) else None
    if kind not in (list, tuple) or not depth or not 0 < len(answer) < 100:
        return None
    parts = [typed_out(part, depth - 1) for part in answer]
    if None in parts:
        return None
    text = ", ".join(map(str, parts))
    if len(text) > 1900:
        return None
    return f"[{text}]" if kind is list else f"({text},)" if len(parts) == 1 else f"({text})"


def means_the_same(answer: Any, kind: str) -> bool:
    """Tell whether the text of an answer has to get the status that the answer gets.

    Rightly otherwise are: a float given for a fraction, which is the nearest one of base two, while
    the decimal that is typed is itself; a Fraction among the sizes of a shape, which is typed as a
    whole number; a list that holds one number, for brackets in a typed number only group; and what
    is deeper than an array, or blank within.
    """
    entries = list(_flat(answer, 6))
    if kind in ("Shape", "Shapes") and any(isinstance(entry, Fraction) for entry in entries):
        return False
    if kind in ("Rational", "Fractions"):
        if any(isinstance(entry, float | np.floating) for entry in entries):
            return False
        if kind == "Rational" and len(entries) == 1 and type(answer) is not type(entries[0]):
            return False
    return not (
        kind == "Number" and type(answer) in (list, tuple, np.ndarray) and len(entries) == 1
    )


def _flat(answer: Any, depth: int) -> Iterator[Any]:
    if type(answer) is np.ndarray:
        answer = answer.tolist()
    if type(answer) in (list, tuple) and depth:
        for part in answer:
            yield from _flat(part, depth - 1)
    else:
        yield answer


def disagreement(practice: Practice, exercise: Exercise, answer: str, outcome: Outcome) -> str:
    """Return how the script's verdict on a text differs from Python's, "" where it does not.

    Signs that this Python does not know yet are left out: a newer browser prints them.
    """
    if any(unicodedata.category(sign) == "Cn" for sign in answer[:3000]):
        return ""
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
