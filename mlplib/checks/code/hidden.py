"""Ways to objects that no name in a function shows: texts that are run, frames, memory."""

from __future__ import annotations

import builtins
import operator
import sys
from types import CodeType, FunctionType
from typing import Any

import numpy as np

_TOOLS = (
    *(eval, exec, compile, globals, breakpoint, __import__, getattr, vars, np.load),
    *(operator.attrgetter, operator.methodcaller, FunctionType, CodeType),
)

_HOMES = {
    *("gc", "inspect", "ctypes", "sys", "importlib", "frozen_importlib", "pkgutil"),
    *("traceback", "weakref", "pickle", "marshal", "runpy", "code", "codeop", "timeit", "doctest"),
    *("pdb", "bdb", "trace", "profile", "cProfile", "subprocess"),
}
"""Modules whose functions and objects run texts, walk through frames or through memory."""

_SHELL = ("IPython.core.interactiveshell", "IPython.core.getipython")
"""The notebook itself runs texts as well; what it displays is harmless."""

_ATTRIBUTES = {
    *("__globals__", "__builtins__", "__code__", "__closure__", "cell_contents", "__self__"),
    *("__func__", "__wrapped__", "__subclasses__", "__mro__", "__bases__", "__base__"),
    *("__getattr__", "__getattribute__", "__import__", "__loader__", "__spec__"),
    *("__reduce__", "__reduce_ex__", "__array_namespace__", "__traceback__", "tb_frame"),
    *("f_back", "f_globals", "f_locals", "f_builtins", "gi_frame", "cr_frame", "ag_frame"),
}
"""Attributes that lead from a value to what its author uses; no formula needs one."""


def is_hidden_way(name: str, found: Any, home: str) -> bool:
    """Tell whether an object, the attribute `name` of something, leads to what cannot be seen.

    Examples
    --------
    >>> is_hidden_way("eval", eval, "builtins"), is_hidden_way("f_back", None, "")
    (True, True)
    """
    root = home.partition(".")[0].removeprefix("_")
    return (
        name in _ATTRIBUTES
        or any(found is tool for tool in _TOOLS)
        or isinstance(found, (operator.attrgetter, operator.methodcaller))
        or found is sys.modules
        or found is vars(builtins)
        or home.startswith(_SHELL)
        or (root in _HOMES and not isinstance(found, (int, float, str, tuple)))
    )
