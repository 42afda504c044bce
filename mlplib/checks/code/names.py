"""What a student's function is built of: which names it uses that the question does not allow."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType, ModuleType
from typing import Any

import numpy as np

import mlplib


def forbidden_name(function: Callable[..., Any], forbidden: Sequence[str]) -> str | None:
    """Return the first name of `forbidden` that `function` uses, or None.

    Global names, attributes and imports count, in nested functions too; so does giving the very
    function of NumPy or of this library, or a global name for it. What other functions do that
    are called is not followed: this is for practice.

    Examples
    --------
    >>> forbidden_name(lambda x: np.sign(x) + 0.0, ("where", "sign"))
    'sign'
    """
    namespace, used = _used(function)
    for name in forbidden:
        theirs = _known_as(name)
        if name in used or any(function is known for known in theirs):
            return name
        for other in used:
            if any(namespace.get(other) is known for known in theirs):
                return other
    return None


def foreign_name(function: Callable[..., Any], only: Sequence[str]) -> str | None:
    """Return the first name that `function` uses and `only` does not hold, or None.

    Its arguments and its own variables are free, and so is the module in front of an allowed name.
    Another name for an allowed function is allowed.

    Examples
    --------
    >>> foreign_name(lambda x: mlplib.indicator(x > 0) - np.sign(x), ("indicator",))
    'sign'
    """
    namespace, used = _used(function)
    if not used and not hasattr(function, "__code__"):
        return getattr(function, "__name__", type(function).__name__)
    allowed = [known for name in only for known in _known_as(name)]
    for name in used:
        meant = namespace.get(name)
        harmless = isinstance(meant, ModuleType) or any(meant is known for known in allowed)
        if name not in only and not harmless:
            return name
    return None


def _known_as(name: str) -> list[Any]:
    """Return what NumPy and this library call `name`."""
    return [getattr(module, name) for module in (np, mlplib) if hasattr(module, name)]


def _used(function: Callable[..., Any]) -> tuple[Mapping[str, Any], list[str]]:
    """Return the namespace of a function and the names that it takes from outside itself."""
    plain = inspect.unwrap(function)
    code = getattr(plain, "__code__", None)
    if not isinstance(code, CodeType):
        return {}, []
    return getattr(plain, "__globals__", {}), [*code.co_freevars, *_names(code)]


def _names(code: CodeType) -> Iterator[str]:
    """Yield the global names and attributes of a code object and of those inside it.

    A module counts by what is taken from it.
    """
    for step in dis.get_instructions(code):
        if step.opcode in dis.hasname and step.opname != "IMPORT_NAME":
            yield step.argval
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
