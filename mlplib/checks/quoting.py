"""How values of the student's are put into a sentence: short, the same on every run, harmless."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from mlplib.numerals import typed

LONGEST = 80
"""No more characters than this are quoted from an answer."""


def value_text(value: Any) -> str:
    """Return an argument as it is typed: numbers and arrays as numbers, all else by its type.

    Examples
    --------
    >>> value_text(np.arange(8.0).reshape(2, 4))
    '[0, 1, 2, … of shape (2, 4)]'
    """
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        if value.size > 6:
            first = ", ".join(typed(entry) for entry in value.flat[:3])
            return f"[{first}, … of shape {value.shape}]"
        return " ".join(np.array2string(value, precision=6, separator=", ").split())
    if type(value) in (bool, int) and abs(value) < 10**15:
        return str(value)
    if type(value) is float or isinstance(value, np.floating | np.integer):
        return typed(value)
    if type(value) is str:
        return quoted(value)
    return type(value).__name__


def quoted(text: str) -> str:
    r"""Return `text` in quotation marks on one line, shortened where it is long.

    Examples
    --------
    >>> quoted("two\nlines")
    "'two\\nlines'"
    """
    return repr(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def failure_name(failure: BaseException) -> str:
    """Return the name of an exception's type."""
    return type(failure).__name__


def failure_text(failure: BaseException) -> str:
    """Return an exception's message on one line, without memory addresses."""
    try:
        text = str(failure)
    except BaseException:
        # The message itself may be broken; the type's name still says something.
        return "?"
    text = re.sub(r" at 0x[0-9a-fA-F]+", "", " ".join(text[:500].split()))
    return text if len(text) <= 2 * LONGEST else text[: 2 * LONGEST - 1] + "…"
