"""What to do about exceptions that students meet often: a sentence beside what Python says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from mlplib.checks.code.calling import Call
from mlplib.checks.code.definition import Definition
from mlplib.checks.quoting import failure_text

Advice = tuple[str, dict[str, str]]
"""The key of a sentence, and what fills its braces."""


def advice_for(answer: Definition, call: Call, allowed: Callable[[str], bool]) -> Advice | None:
    """Return what is to be said about the exception of `call`, None where there is nothing.

    Parameters
    ----------
    answer : Definition
        The student's function.
    call : Call
    allowed : callable
        Tells of a name whether the question allows it: no advice names another one.
    """
    failure = call.failure
    if failure is None or type(failure) not in (TypeError, ValueError):
        return None
    says = failure_text(failure)
    _, source = answer.failing_line(failure) or (0, "")
    arrays = [i for i, argument in enumerate(call.probe) if np.ndim(argument) > 0]
    if "truth value of an array" in says and arrays:
        argument = answer.argument(arrays[0])
        rows = re.search(r"(?<![\w.])(max|min)\(\w+\)", source)
        if rows and np.ndim(call.probe[arrays[0]]) > 1:
            return "function.rows", {"argument": argument, "name": rows[1]}
        free = allowed("where") and allowed("maximum")
        return "function.truth" if free else "function.truth_indicator", {"argument": argument}
    if "could not be broadcast" in says and _one_a_row(says):
        return "function.keepdims", {}
    if says.endswith("object is not callable"):
        called = _called(answer, source)
        return None if called is None else ("function.product", {"name": called})
    if re.search("numpy boolean (subtract|negative)", says):
        return "function.booleans", {}
    return None


def _one_a_row(says: str) -> bool:
    """Tell whether shapes (n, K) and (n,) met, one number for each row being the second."""
    found = re.findall(r"\((\d+),(\d*)\)", says)
    lone: Sequence[str] = [rows for rows, columns in found if not columns]
    return any(columns and columns != rows and rows in lone for rows, columns in found)


def _called(answer: Definition, source: str) -> str | None:
    """Return which of the function's own variables stands before a bracket, as in ``a(1 - a)``."""
    names = answer.code.co_varnames if answer.code else ()
    found = re.findall(r"(?<![\w.])(\w+)\s*\(", source)
    return next((name for name in found if name in names), None)
