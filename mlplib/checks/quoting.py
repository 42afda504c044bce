"""How values of the student's are put into a sentence: short, the same on every run, harmless."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from mlplib.numerals import true_minus

LONGEST = 80
"""No more characters than this are quoted from an answer."""


def number_text(value: Any) -> str:
    """Return a real number as a person would write it.

    Examples
    --------
    >>> number_text(0.1 + 0.2), number_text(-2.0), number_text(1e-20)
    ('0.3', '−2', '1e-20')
    """
    return true_minus(_typed(value))


def two_numbers(left: Any, right: Any) -> tuple[str, str]:
    """Return two different numbers with as many digits as it takes to see that they differ.

    Examples
    --------
    >>> two_numbers(1.0, 1.0 + 1e-9)
    ('1', '1.000000001')
    """
    a, b = float(left), float(right)
    for digits in (6, 10, 14, 17):
        texts = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return true_minus(texts[0]), true_minus(texts[1])


def value_text(value: Any) -> str:
    """Return an argument as it is typed: numbers and arrays as numbers, all else by its type.

    Examples
    --------
    >>> value_text(np.arange(8.0).reshape(2, 4))
    '[0, 1, 2, … of shape (2, 4)]'
    """
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        if value.size > 6:
            first = ", ".join(_typed(entry) for entry in value.flat[:3])
            return f"[{first}, … of shape {value.shape}]"
        return " ".join(np.array2string(value, precision=6, separator=", ").split())
    if type(value) in (bool, int) and abs(value) < 10**15:
        return str(value)
    if type(value) is float or isinstance(value, np.floating | np.integer):
        return _typed(value)
    if type(value) is str:
        return quoted(value)
    return type(value).__name__


def _typed(value: Any) -> str:
    return f"{float(value):.6g}"


def quoted(text: str) -> str:
    """Return `text` in quotation marks on one line, shortened where it is long.

    Examples
    --------
    >>> quoted("two\\nlines")
    "'two\\\\nlines'"
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
