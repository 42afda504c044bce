"""What a student's function is built of: which names it uses that the question does not allow."""

from __future__ import annotations

import dis
from collections.abc import Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

import numpy as np

import mlplib
from mlplib.checks.code.definition import Definition


def forbidden_name(answer: Definition, forbidden: Sequence[str]) -> str | None:
    """Return the first name of `forbidden` that a function uses, or None.

    Global names, attributes and imports count, in nested functions too; so does giving the very
    function of NumPy or of this library, or a global name for it. What other functions do that
    are called is not followed: this is for practice.

    Examples
    --------
    >>> from mlplib.checks.code.definition import definition_of
    >>> forbidden_name(definition_of(lambda x: np.sign(x) + 0.0), ("where", "sign"))
    'sign'
    """
    used = _used(answer)
    for name in forbidden:
        theirs = _known_as(name)
        if name in used or any(answer.function is known for known in theirs):
            return name
        for other in used:
            if any(answer.namespace.get(other) is known for known in theirs):
                return other
    return None


def foreign_name(answer: Definition, only: Sequence[str]) -> str | None:
    """Return the first name that a function uses and `only` does not hold, or None.

    Its arguments and its own variables are free, and so is the module in front of an allowed name.
    Another name for an allowed function is allowed.

    Examples
    --------
    >>> from mlplib.checks.code.definition import definition_of
    >>> signs = definition_of(lambda x: mlplib.indicator(x > 0) - np.sign(x))
    >>> foreign_name(signs, ("indicator",))
    'sign'
    """
    used = _used(answer)
    if not used and answer.code is None:
        return answer.name
    allowed = [known for name in only for known in _known_as(name)]
    for name in used:
        meant = answer.namespace.get(name)
        harmless = isinstance(meant, ModuleType) or any(meant is known for known in allowed)
        if name not in only and not harmless:
            return name
    return None


def _known_as(name: str) -> list[Any]:
    """Return what NumPy and this library call `name`."""
    return [getattr(module, name) for module in (np, mlplib) if hasattr(module, name)]


def _used(answer: Definition) -> list[str]:
    """Return the names that a function takes from outside itself."""
    code = answer.inner
    return [] if code is None else [*code.co_freevars, *_names(code)]


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
