"""The one place where a student's object may raise: reading it is news for them, not a crash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from mlplib.checks.outcome import Finding, error
from mlplib.checks.quoting import failure_name, failure_text

Read = TypeVar("Read")

_OURS = (str, int, float, complex, bool, type(None), type(...))
"""Nothing of these is written by the student: where reading one raises, the mistake is ours."""


def guarded(read: Callable[..., Read], answer: Any, *others: Any) -> Read | Finding:
    """Return ``read(answer, *others)``, or the finding that reading `answer` raised.

    An answer may misbehave in any way when it is looked at. Plain numbers, texts and arrays of
    numbers cannot, so that with them an exception is passed on: it is a mistake of the reader's.

    Examples
    --------
    >>> guarded(float, object()).parameters["failure"]
    'TypeError'
    """
    if _is_plain(answer):
        return read(answer, *others)
    try:
        return read(answer, *others)
    except KeyboardInterrupt:
        raise
    except BaseException as failure:
        says = failure_text(failure)
        return error("answer.unreadable", failure=failure_name(failure), says=says)


def _is_plain(answer: Any) -> bool:
    if type(answer) in (list, tuple) and len(answer) < 100:
        return all(type(item) in _OURS for item in answer)
    if type(answer) is np.ndarray:
        return answer.dtype.kind in "biufc"
    return type(answer) in _OURS
