"""What a student's function is built of: whether it uses a name that the question forbids."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from types import CodeType
from typing import Any

import numpy as np

import mlplib


def forbidden_name(function: Callable[..., Any], forbidden: Sequence[str]) -> str | None:
    """Return the first name of `forbidden` that `function` uses, as it is written, or None.

    Global names, attributes and imports count, in nested functions too; so does giving the very
    function of NumPy or of this library, or a global name for it. What other functions do that
    are called is not followed: this is for practice.

    Examples
    --------
    >>> forbidden_name(lambda x: np.sign(x) + 0.0, ("where", "sign"))
    'np.sign'
    """
    plain = inspect.unwrap(function)
    namespace = getattr(plain, "__globals__", {})
    code = getattr(plain, "__code__", None)
    used = list(_names(code)) if isinstance(code, CodeType) else []
    for name in forbidden:
        theirs = [getattr(module, name) for module in (np, mlplib) if hasattr(module, name)]
        if name in used:
            return name if name in namespace or not hasattr(np, name) else f"np.{name}"
        if any(function is known for known in theirs):
            return f"np.{name}" if function is getattr(np, name, None) else name
        for other in used:
            if any(namespace.get(other) is known for known in theirs):
                return other
    return None


def _names(code: CodeType) -> Iterator[str]:
    """Yield the global names and attributes of a code object and of those inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
