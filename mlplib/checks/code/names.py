"""What a student's function is built of: what it uses that the question does not allow.

A ban is on the objects of libraries, never on names: what students have written themselves is
theirs, whatever they call it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import mlplib
from mlplib.checks.code.definition import Definition
from mlplib.checks.code.instructions import HIDDEN, UNKNOWN
from mlplib.checks.code.reached import home_of, is_own, is_vectorized, named, reached

_HARMLESS = {
    "print",
    "display",
    "len",
    "range",
    "list",
    "tuple",
    "zip",
    "enumerate",
    "super",
    "object",
    "errstate",
}
"""Built-in names that compute nothing."""

_LOOKS = {"shape", "ndim", "size", "dtype", "T", "copy", "tolist"}
"""Attributes of an array that compute nothing either."""

_CHECKS = "mlplib.checks"
"""Where the solutions are."""

_VALUES = (bool, int, float, complex, str, bytes, type(None), type(...), slice, np.ndarray)


def forbidden_name(
    answer: Definition,
    forbidden: Sequence[str],
    library: Sequence[str] | None = None,
    solution: Callable[..., Any] | None = None,
) -> str | None:
    """Return what a function is built of and may not be, by its library's name for it, or None.

    Parameters
    ----------
    answer : Definition
    forbidden : sequence of str
        Names of functions of NumPy, of this library or of others, and of methods of arrays.
    library : sequence of str or None
        The only names of this library that are free; None if all others are.
    solution : callable or None
        The answer of the checks themselves: whoever hands it in has taken it out of them.

    Examples
    --------
    >>> from mlplib.checks.code.definition import definition_of
    >>> theirs = eval("lambda x: np.sign(x) + 0.0", {"np": np, "__name__": "__main__"})
    >>> forbidden_name(definition_of(theirs), ("where", "sign"))
    'sign'
    """
    if answer.code is not None and answer.code is getattr(solution, "__code__", None):
        return _CHECKS
    banned = {name: _known_as(name) for name in forbidden}
    reference = _is_reference(answer)
    tables = _tables() if library is not None else {}
    for item in reached(answer.function):
        if item.found is HIDDEN:
            return item.name
        if not reference and home_of(item.found).startswith(_CHECKS):
            return _CHECKS
        if item.found is UNKNOWN:
            if item.name in banned and hasattr(np.ndarray, item.name):
                return item.name
            continue
        for name, known in banned.items():
            if any(item.found is one for one in known):
                return name
        if not is_own(item.found) and named(item.found) in banned and callable(item.found):
            return named(item.found)
        own_name = _name_in_library(item.found, tables) if library is not None else None
        if library is not None and own_name is not None and own_name not in library:
            return own_name
    return None


def foreign_name(answer: Definition, only: Sequence[str]) -> str | None:
    """Return what a function is built of and `only` does not hold, or None.

    Numbers, helpers of one's own, a `print` and the module in front of an allowed name are free,
    and so is another name for an allowed function.

    Examples
    --------
    >>> from mlplib.checks.code.definition import definition_of
    >>> notebook = {"np": np, "mlplib": mlplib, "__name__": "__main__"}
    >>> theirs = eval("lambda x: mlplib.indicator(x > 0) - np.sign(x)", notebook)
    >>> foreign_name(definition_of(theirs), ("indicator",))
    'sign'
    """
    allowed = [known for name in only for known in _known_as(name)]
    for item in reached(answer.function):
        found = item.found
        if found is HIDDEN:
            return item.name
        if found is UNKNOWN:
            method = item.name not in _LOOKS and hasattr(np.ndarray, item.name)
            if method and item.name not in only:
                return item.name
        elif not (
            any(found is one for one in allowed)
            or isinstance(found, (*_VALUES, np.generic))
            or (not callable(found))
            or is_own(found)
            or _is_wrapper(found)
            or named(found) in _HARMLESS
        ):
            return named(found)
    return None


def _is_reference(answer: Definition) -> bool:
    """Tell whether a function stands in a set: then its helpers stand there as well."""
    written = getattr(answer.function, "__globals__", None)
    home = written.get("__name__") if type(written) is dict else None
    return type(home) is str and home.startswith(f"{_CHECKS}.sets.")


def _is_wrapper(found: Any) -> bool:
    return is_vectorized(found) or type(found).__name__ in (
        "partial",
        "vectorize",
        "method",
        "staticmethod",
        "_lru_cache_wrapper",
    )


def _known_as(name: str) -> list[Any]:
    """Return what NumPy and this library call `name`."""
    return [getattr(module, name) for module in (np, mlplib) if hasattr(module, name)]


def _name_in_library(found: Any, tables: Mapping[int, str]) -> str | None:
    """Return what this library calls an object of its own, None for anything else."""
    home = home_of(found)
    if home.startswith("mlplib.") and not home.startswith("mlplib.checks."):
        return named(found)
    if type(found) in (dict, list, tuple):
        return tables.get(id(found))
    return None


def _tables() -> dict[int, str]:
    """Return the names of this library's tables, such as ``ACTIVATIONS``, by their identity."""
    modules = [m for name, m in list(sys.modules.items()) if name.startswith("mlplib.")]
    return {
        id(value): name
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and type(value) in (dict, list, tuple)
    }
