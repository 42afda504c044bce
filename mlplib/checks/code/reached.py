"""The objects that a student's function is built of, through helpers, wrappers and tables."""

from __future__ import annotations

import functools
import gc
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import BuiltinFunctionType, CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from mlplib.checks.code.hidden import is_hidden_way
from mlplib.checks.code.instructions import HIDDEN, TEXT, UNKNOWN, Reached, attribute, taken

MOST_OBJECTS = 500
MOST_PARTS = 1000
"""Nobody writes more by hand; what a machine has written is not followed to its end."""

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

_NOT_THEIRS = {*_LIBRARIES, "builtins", *sys.stdlib_module_names}

_OF_MODULES = {"getattr", "vars", "__dict__"}
"""Ways that lead to a library only from one of its modules."""

_MODULE_OF = vars(type)["__module__"]
"""Reads where a class comes from, also one that is written in C, without running its code."""

_DATA = (str, bytes, bool, int, float, complex, type(None), range, CodeType, np.generic)


def reached(function: Any) -> Iterator[Reached]:
    """Yield every object that `function` is built of, the function itself first.

    Global names and what is taken from modules, imports inside, defaults, closures, partial
    functions, what decorators wrap, what tables and objects hold; functions and classes of the
    student's own are followed. No code of the student's is run. Where a module is handed on, or
    names stand in texts, names that may be its are taken for its; hidden ways come last.

    Examples
    --------
    >>> notebook = {"np": np, "__name__": "__main__"}
    >>> exec("helper = lambda x: np.exp(x)", notebook)
    >>> [item.name for item in reached(eval("lambda x: 1 / (1 + helper(-x))", notebook))]
    ['<lambda>', 'helper', 'exp']
    """
    waiting = [Reached(named(function), function)]
    seen: set[int] = set()
    names: dict[str, None] = {}
    texts: list[str] = []
    hidden: list[Reached] = []
    modules: list[ModuleType] = []
    while waiting and len(seen) < MOST_OBJECTS:
        item = waiting.pop(0)
        if item.found is TEXT:
            texts.append(item.name)
        elif item.found is HIDDEN or is_hidden_way(item.name, item.found, home_of(item.found)):
            hidden.append(Reached(_way(item), HIDDEN))
        elif item.found is UNKNOWN:
            names[item.name] = None
            yield item
        elif isinstance(item.found, ModuleType):
            modules += [] if item.found in modules else [item.found]
        elif id(item.found) not in seen:
            yield item
            waiting += _inside(item)
        if not any(item.found is sign for sign in (UNKNOWN, HIDDEN, TEXT)):
            seen.add(id(item.found))
        if not waiting:
            ways = [way for way in hidden if modules or way.name not in _OF_MODULES]
            words = [*names, *(_words(texts) if ways else ())]
            found = _by_name(words, [*modules, *(_usual() if ways else ())])
            waiting = [one for one in found if id(one.found) not in seen]
    yield from (way for way in hidden if modules or way.name not in _OF_MODULES)


def is_own(thing: Any) -> bool:
    """Tell whether a function, a class or an object is the student's own, not a library's."""
    home = home_of(thing)
    if home.startswith("mlplib.checks.sets."):
        return True  # the reference answers are written as a student would
    root = home.partition(".")[0]
    return root == "__main__" or not (root in _NOT_THEIRS or _is_installed(root))


@functools.cache
def _is_installed(root: str) -> bool:
    """Tell whether a package stands where packages are installed, not beside a notebook."""
    module = sys.modules.get(root)
    places = [vars(module).get("__file__"), *vars(module).get("__path__", ())] if module else []
    return any("-packages" in str(place) for place in places)


def home_of(thing: Any) -> str:
    """Return the module that a function or a class comes from, of other things that of the type."""
    if isinstance(thing, FunctionType):
        written = thing.__globals__.get("__name__")
        ours = type(written) is str and written.startswith("mlplib.")
        home = written if ours else thing.__module__ or "__main__"
    elif isinstance(thing, ModuleType):
        home = thing.__name__
    elif isinstance(thing, BuiltinFunctionType):
        home = thing.__module__
    else:
        kind = thing if isinstance(thing, type) else type(thing)
        home = _MODULE_OF.__get__(kind)
    return home if type(home) is str else "builtins"


def named(thing: Any) -> str:
    """Return what a function or a class calls itself, else the name of its type."""
    if isinstance(thing, FunctionType | type) or not is_own(thing):
        return str(getattr(thing, "__name__", type(thing).__name__))
    return type(thing).__name__


def _way(item: Reached) -> str:
    """Return what a hidden way is called by its library."""
    if item.found is sys.modules:
        return "sys.modules"
    known = item.found is not HIDDEN and item.found is not UNKNOWN and type(item.found) is not dict
    return named(item.found) if known else item.name


def _inside(item: Reached) -> Iterator[Reached]:
    """Yield what an object that is not a library's is made of."""
    thing = item.found
    kind = type(thing)
    if kind is FunctionType:
        if is_own(thing):
            yield from _of_function(thing)
    elif kind is np.vectorize:
        yield Reached(named(thing.pyfunc), thing.pyfunc)
    elif isinstance(thing, np.ndarray):
        yield from _listed(thing.flat)
    elif kind is np.ufunc:
        yield from (item for item in _held(thing) if is_vectorized(thing))
    elif isinstance(thing, type):
        if is_own(thing):
            members = [m for name, m in vars(thing).items() if name != "__annotations__"]
            yield from _listed([*members, *thing.__bases__, type(thing)])
    elif kind is MethodType:
        yield from (Reached(item.name, part) for part in (thing.__func__, thing.__self__))
    elif hasattr(kind, "__wrapped__") or kind is type(functools.cache(len)):
        yield Reached(item.name, inspect.getattr_static(thing, "__wrapped__", UNKNOWN))
    elif kind is not BuiltinFunctionType and not _is_library(kind):
        yield from _held(thing)


def _is_library(kind: type) -> bool:
    """Tell whether a class is of NumPy, of this library, or of another that is installed."""
    root = home_of(kind).partition(".")[0]
    return root in _LIBRARIES or _is_installed(root)


def is_vectorized(thing: Any) -> bool:
    """Tell whether something is what `np.frompyfunc` has made of a function."""
    return isinstance(thing, np.ufunc) and vars(np).get(thing.__name__) is not thing


def _held(thing: Any) -> Iterator[Reached]:
    """Yield the functions, modules, tables and own objects that an object holds."""
    yield from _listed(gc.get_referents(thing))


def _listed(parts: Iterable[Any]) -> Iterator[Reached]:
    parts = islice(parts, MOST_PARTS)
    yield from (Reached(named(part), part) for part in parts if not _is_plain(part))


def _is_plain(thing: Any) -> bool:
    """Tell whether an object computes nothing: data, or what every class of Python's has."""
    kind = type(thing)
    if isinstance(thing, np.ndarray):
        return not thing.dtype.hasobject
    return isinstance(thing, _DATA) or (kind is type and home_of(thing) == "builtins")


def _of_function(function: FunctionType) -> Iterator[Reached]:
    cells = [_content(cell) for cell in function.__closure__ or ()]
    closure = dict(zip(function.__code__.co_freevars, cells, strict=True))
    yield from _listed([*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()])
    wrapped = vars(function).get("__wrapped__")
    if wrapped is not None:
        yield Reached(named(wrapped), wrapped)
    yield from taken(function.__code__, function.__globals__, closure)


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return UNKNOWN  # a name that was never given a value


def _by_name(words: Sequence[str], modules: Sequence[ModuleType]) -> Iterator[Reached]:
    """Yield what names would be in `modules`."""
    for word in words:
        for module in dict.fromkeys(modules):
            found = attribute(module, word)
            if found is not UNKNOWN:
                yield Reached(word, found)


def _usual() -> list[ModuleType]:
    """Return what texts and hidden ways are most likely to lead to: NumPy and this library."""
    return [np, *filter(None, [sys.modules.get("mlplib")])]


def _words(texts: Sequence[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text[:1000])]
