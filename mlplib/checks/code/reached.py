"""The objects that a student's function is built of, through helpers, wrappers and tables."""

from __future__ import annotations

import builtins
import dis
import functools
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from types import BuiltinFunctionType, CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

MOST_OBJECTS = 200
MOST_STEPS = 20_000
"""Nobody writes more by hand; what a machine has written is not followed to its end."""

UNKNOWN = object()
"""What an attribute of an argument is: nobody knows before the call."""

_LIBRARIES = {
    "numpy",
    "scipy",
    "mlplib",
    "sympy",
    "mpmath",
    "torch",
    "jax",
    "tensorflow",
    "sklearn",
}


_BY_NAME = (getattr, eval, exec, vars, globals, __import__, importlib.import_module)
"""What finds things by names in a text."""


@dataclass(frozen=True)
class Reached:
    """A name that a function uses, and what it stands for.

    Attributes
    ----------
    name : str
        As the student wrote it.
    found : object
        `UNKNOWN` for attributes of values that only a call makes.
    """

    name: str
    found: Any


def reached(function: Any) -> Iterator[Reached]:
    """Yield every object that `function` is built of, the function itself first.

    Global names and what is taken from modules, imports inside, defaults, closures, partial
    functions, what decorators wrap, entries of tables of this library; functions and classes of
    the student's own are followed. No code of the student's is run.

    Examples
    --------
    >>> notebook = {"np": np, "__name__": "__main__"}
    >>> exec("helper = lambda x: np.exp(x)", notebook)
    >>> [item.name for item in reached(eval("lambda x: 1 / (1 + helper(-x))", notebook))]
    ['<lambda>', 'helper', 'exp']
    """
    waiting = [Reached(named(function), function)]
    seen: set[int] = set()
    while waiting and len(seen) < MOST_OBJECTS:
        item = waiting.pop(0)
        if item.found is UNKNOWN:
            yield item
        elif id(item.found) not in seen:
            seen.add(id(item.found))
            if not isinstance(item.found, ModuleType):
                yield item
            waiting += _inside(item)


def is_own(thing: Any) -> bool:
    """Tell whether a function, a class or an object is the student's own, not a library's."""
    home = home_of(thing)
    if home.startswith("mlplib.checks.sets."):
        return True  # the reference answers are written as a student would
    root = home.partition(".")[0]
    return root == "__main__" or root not in {*_LIBRARIES, "builtins", *sys.stdlib_module_names}


def home_of(thing: Any) -> str:
    """Return the module that a function or a class comes from, of other things that of the type."""
    if isinstance(thing, FunctionType):
        home = thing.__module__ or "__main__"
    elif isinstance(thing, BuiltinFunctionType):
        home = thing.__module__
    else:
        kind = thing if isinstance(thing, type) else type(thing)
        home = inspect.getattr_static(kind, "__module__", "")
    return home if type(home) is str else "builtins"


def named(thing: Any) -> str:
    """Return what a function or a class calls itself, else the name of its type."""
    if isinstance(thing, FunctionType | type) or not is_own(thing):
        return str(getattr(thing, "__name__", type(thing).__name__))
    return type(thing).__name__


def _inside(item: Reached) -> Iterator[Reached]:
    """Yield what an object that is not a library's is made of."""
    thing = item.found
    kind = type(thing)
    if kind is FunctionType:
        if is_own(thing):
            yield from _of_function(thing)
    elif kind is MethodType:
        yield from (Reached(item.name, part) for part in (thing.__func__, thing.__self__))
    elif kind is functools.partial:
        parts = (thing.func, *thing.args, *thing.keywords.values())
        yield from (Reached(named(part), part) for part in parts if callable(part))
    elif kind is np.vectorize:
        yield Reached(named(thing.pyfunc), thing.pyfunc)
    elif kind in (list, tuple, dict):
        entries = islice(thing.values() if kind is dict else thing, 20)
        yield from (Reached(named(e), e) for e in entries if type(e) is FunctionType)
    elif isinstance(thing, type):
        if is_own(thing):
            members = list(vars(thing).values())
            yield from (Reached(item.name, m) for m in members if type(m) is FunctionType)
    elif hasattr(kind, "__wrapped__") or kind is type(functools.cache(len)):
        yield Reached(item.name, inspect.getattr_static(thing, "__wrapped__", UNKNOWN))
    elif is_own(kind):
        yield Reached(kind.__name__, kind)


def _of_function(function: FunctionType) -> Iterator[Reached]:
    cells = [_content(cell) for cell in function.__closure__ or ()]
    closure = dict(zip(function.__code__.co_freevars, cells, strict=True))
    defaults = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    yield from (Reached(named(value), value) for value in defaults if callable(value))
    wrapped = vars(function).get("__wrapped__")
    if wrapped is not None:
        yield Reached(named(wrapped), wrapped)
    steps = islice(_steps(function.__code__), MOST_STEPS)
    yield from _taken(steps, function.__globals__, closure)


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return UNKNOWN  # a name that was never given a value


def _steps(code: CodeType) -> Iterator[dis.Instruction]:
    """Yield the instructions of a code object and of those inside it."""
    yield from dis.get_instructions(code)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _steps(constant)


def _taken(
    steps: Iterator[dis.Instruction], names: dict[str, Any], closure: dict[str, Any]
) -> Iterator[Reached]:
    """Yield what the instructions take from outside, following dots and keys from left to right."""
    local: dict[str, Any] = {}
    at, key, reads_by_name = UNKNOWN, None, False
    for step in steps:
        name = step.argval
        match step.opname:
            case "LOAD_GLOBAL" | "LOAD_NAME":
                at = names.get(name, vars(builtins).get(name, UNKNOWN))
                reads_by_name |= any(at is way for way in _BY_NAME)
                if at is not UNKNOWN and at is not getattr:
                    yield Reached(name, at)
            case "LOAD_DEREF" | "LOAD_CLASSDEREF" | "LOAD_FROM_DICT_OR_DEREF":
                at = closure.get(name, UNKNOWN)
                if at is not UNKNOWN:
                    yield Reached(name, at)
            case "IMPORT_NAME":
                at = sys.modules.get(name, UNKNOWN)
            case "IMPORT_FROM":
                yield Reached(name, _attribute(at, name))
                local[name] = _attribute(at, name)
            case "LOAD_ATTR" | "LOAD_METHOD":
                at = _attribute(at, name)
                yield Reached(name, at)
                reads_by_name |= any(at is way for way in _BY_NAME)
                if reads_by_name and at is UNKNOWN:
                    yield from _by_name(name)
            case "STORE_FAST":
                local[name], at = at, UNKNOWN
            case "LOAD_CONST":
                key = name
                if reads_by_name and type(name) is str:
                    yield from _by_name(name)
            case "BINARY_SUBSCR" | "BINARY_OP" if type(at) is dict and type(key) is str:
                at = at.get(key, UNKNOWN)
                yield Reached(key, at)
            case opname if opname.startswith("LOAD_FAST"):
                at = local.get(name, UNKNOWN) if type(name) is str else UNKNOWN
            case "PRECALL" | "CACHE" | "PUSH_NULL" | "RESUME":
                pass
            case _:
                at = UNKNOWN


def _attribute(thing: Any, name: str) -> Any:
    """Return an attribute of a module or of an object of this library, whose code is ours."""
    if isinstance(thing, ModuleType):
        return vars(thing).get(name, UNKNOWN)
    if type(thing).__module__.startswith("mlplib."):
        return getattr(thing, name, UNKNOWN)
    return UNKNOWN


def _by_name(text: str) -> Iterator[Reached]:
    """Yield what the names in a text would be in NumPy and in this library."""
    for name in re.findall(r"[A-Za-z_]\w*", text[:1000]):
        for module in (np, sys.modules.get("mlplib")):
            found = vars(module).get(name, UNKNOWN) if module else UNKNOWN
            if found is not UNKNOWN:
                yield Reached(name, found)
