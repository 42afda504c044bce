"""A student's wrong answers, noted for the teacher: off unless a notebook asks for it.

One line of JSON for each wrong answer, at the end of a file: the question, the status, the key of
what was said, and the answer as text. No name, no date, no machine.
"""

from __future__ import annotations

import inspect
import json
import os
import textwrap
from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.outcome import Outcome, Status
from mlplib.checks.quoting import failure_name

VERSION = 1

LONGEST = 300
"""Of an answer no more characters than these are noted."""

_WRONG = (Status.ALMOST, Status.WRONG, Status.ERROR, Status.UNREAD)


class Notes:
    """Where wrong answers are noted.

    Parameters
    ----------
    file : path
        Is added to, and never read; without it nothing is noted.
    """

    def __init__(self, file: str | os.PathLike[str] | None) -> None:
        self._path = None if file is None else Path(file).expanduser().absolute()
        self._last = ""

    def take(self, outcome: Outcome, answer: Any) -> None:
        """Note an answer that was not right; the same one again, as a cell is run again, is not.

        Where the file cannot be written, nothing is noted: it is not the student's business.
        """
        if self._path is None or outcome.status not in _WRONG:
            return
        line = json.dumps(
            {
                "version": VERSION,
                "question": outcome.question,
                "status": outcome.status.value,
                "note": outcome.note,
                "answer": answer_text(answer),
            },
            ensure_ascii=False,
        )
        if line == self._last:
            return
        self._last = line
        try:
            with open(self._path, "a", encoding="utf-8", errors="replace") as file:
                file.write(line + "\n")
        except OSError:
            pass


def answer_text(answer: Any) -> str:
    """Return an answer as text, functions by their source, shortened where it is long.

    Examples
    --------
    >>> answer_text([0.5, "1/3"]), answer_text(np.eye(2)), answer_text(print)
    ("[0.5, '1/3']", '[[1.0, 0.0], [0.0, 1.0]]', 'print')
    """
    try:
        text = _text(answer)
    except KeyboardInterrupt:
        raise
    except BaseException as failure:
        # An answer may be anything; what cannot be said is named by what it raised.
        text = f"{type(answer).__name__}: {failure_name(failure)}"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _text(answer: Any) -> str:
    if isinstance(answer, np.ndarray) and answer.dtype != object and answer.size <= LONGEST:
        return str(answer.tolist())
    if isinstance(answer, np.ndarray):
        return f"{type(answer).__name__} of shape {answer.shape}"
    if isinstance(answer, str):
        return answer[:LONGEST]
    if callable(answer):
        try:
            return textwrap.dedent(inspect.getsource(answer)).strip()
        except (OSError, TypeError):
            return str(answer.__name__)
    return repr(answer)
