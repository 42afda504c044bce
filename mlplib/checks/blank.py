"""What counts as not attempted: an answer nobody has written anything into."""

from __future__ import annotations

from typing import Any

import numpy as np

_UNTOUCHED = {"", "...", "…"}


def is_blank(answer: Any, depth: int = 3) -> bool:
    """Tell whether `answer` is what an untouched notebook holds.

    None, Ellipsis, empty text or text of dots, an empty collection or array, and lists of such
    things, no more than `depth` inside each other.

    Examples
    --------
    >>> [is_blank(answer) for answer in (None, ..., "", "...", [], [..., "..."], 0, False)]
    [True, True, True, True, True, True, False, False]
    """
    if answer is None or answer is Ellipsis:
        return True
    kind = type(answer)
    if kind is str:
        return len(answer) < 100 and answer.strip() in _UNTOUCHED
    if kind is np.ndarray:
        return answer.size == 0 or (
            answer.dtype == object
            and answer.size < 100
            and all(item is None or item is Ellipsis for item in answer.flat)
        )
    if kind in (list, tuple):
        short = depth > 0 and len(answer) < 100
        return short and all(is_blank(item, depth - 1) for item in answer)
    return kind in (set, frozenset, dict) and not answer
