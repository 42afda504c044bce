"""The text of a reference function, as it can be pasted into a notebook."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from types import FunctionType
from typing import Any

from mlplib.checks.code.reached import reached


def pasted(function: Callable[..., Any]) -> str:
    """Return the source of a function after that of the helpers it uses from the same file.

    Annotations and docstrings, which a solution has no need of, are left out.
    """
    helpers: list[Callable[..., Any]] = [
        item.found
        for item in reached(function)
        if type(item.found) is FunctionType and item.found.__module__ == function.__module__
    ]
    own = sorted({*helpers, function}, key=lambda one: (one is function, _place(one)))
    return "\n\n".join(_plain(one) for one in own)


def _place(function: Callable[..., Any]) -> int:
    return int(inspect.getsourcelines(function)[1])


def _plain(function: Callable[..., Any]) -> str:
    source = textwrap.dedent(inspect.getsource(function)).rstrip()
    try:
        definition = ast.parse(source).body[0]
    except SyntaxError:
        return source  # a lambda, with what stands around it
    if not isinstance(definition, ast.FunctionDef):
        return source
    lines = source.split("\n")
    if ast.get_docstring(definition) is not None:
        first = definition.body[0]
        del lines[first.lineno - 1 : first.end_lineno]
    text = "\n".join(lines).lstrip("\n")
    return re.sub(r": Any\b| -> Any\b", "", text)
