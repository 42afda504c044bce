"""The objects that a student's function is built of, through helpers, wrappers and tables."""

from __future__ import annotations

import builtins
import dis
import functools
import gc
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from types import BuiltinFunctionType, CellType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from mlplib.checks.code.hidden import is_hidden_way

MOST_OBJECTS = 500
MOST_PARTS = 1000
MOST_STEPS = 20_000
"""Nobody writes more by hand; what a machine has written is not followed to its end."""

UNKNOWN = object()
"""What an attribute of an argument is: nobody knows before the call."""

HIDDEN = object()
"""What a way leads to that no name shows."""

_TEXT = object()
"""What a constant text is: it may be a name, where texts are looked up."""

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

_OF_MODULES = {"getattr", "vars", "__dict__"}
"""Ways that lead to a library only from one of its modules."""

_MODULE_OF = vars(type)["__module__"]
"""Reads where a class comes from, also one that is written in C, without running its code."""

_DATA = (str, bytes, bool, int, float, complex, type(None), range, CodeType, np.generic)

_NEXT = {"LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM", "STORE_FAST", "STORE_DEREF", "POP_TOP", "SWAP"}
"""What may follow on a module without losing sight of it."""


@dataclass(frozen=True)
class Reached:
    """A name that a function uses, and what it stands for.

    Attributes
    ----------
    name : str
        As the student wrote it.
    found : object
        `UNKNOWN` for attributes of values that only a call makes; `HIDDEN` for what finds things
        that have no name in the function, as `eval` and `gc` do.
    """

    name: str
    found: Any


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
        if item.found is _TEXT:
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
        if not any(item.found is sign for sign in (UNKNOWN, HIDDEN, _TEXT)):
            seen.add(id(item.found))
        if not waiting:
            ways = [way for way in hidden if modules or way.name not in _OF_MODULES]
            words = [*names, *(_words(texts) if ways else ())]
            found = _by_name(words, modules) if ways or modules else ()
            waiting = [one for one in found if id(one.found) not in seen]
    yield from (way for way in hidden if modules or way.name not in _OF_MODULES)


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
    elif kind is np.ufunc:  # what np.frompyfunc has made of a function
        yield from _held(thing)
    elif isinstance(thing, type):
        if is_own(thing):
            members = [m for name, m in vars(thing).items() if name != "__annotations__"]
            yield from _listed([*members, *thing.__bases__, type(thing)])
    elif kind is MethodType:
        yield from (Reached(item.name, part) for part in (thing.__func__, thing.__self__))
    elif hasattr(kind, "__wrapped__") or kind is type(functools.cache(len)):
        yield Reached(item.name, inspect.getattr_static(thing, "__wrapped__", UNKNOWN))
    elif home_of(kind).partition(".")[0] not in _LIBRARIES and kind is not BuiltinFunctionType:
        yield from _held(thing)


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
    steps = list(islice(_steps(function.__code__), MOST_STEPS))
    yield from _taken(steps, function.__globals__, closure)


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return UNKNOWN  # a name that was never given a value


def _steps(code: CodeType) -> Iterator[dis.Instruction]:
    """Yield the instructions of a code object and of those inside it."""
    for step in dis.get_instructions(code):
        if step.opname not in ("PRECALL", "CACHE", "PUSH_NULL", "RESUME"):
            yield step
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _steps(constant)


def _taken(
    steps: Sequence[dis.Instruction], names: dict[str, Any], closure: dict[str, Any]
) -> Iterator[Reached]:
    """Yield what the instructions take from outside, following dots and keys from left to right."""
    local: dict[str, Any] = {}
    at, module, key = UNKNOWN, UNKNOWN, None
    for place, step in enumerate(steps):
        name = step.argval
        if isinstance(at, ModuleType) and step.opname not in _NEXT:
            yield Reached(at.__name__, at)
        match step.opname:
            case "LOAD_GLOBAL" | "LOAD_NAME":
                at = names.get(name, vars(builtins).get(name, UNKNOWN))
                if at is getattr or at is vars:
                    yield _by_text(at, steps[place + 1 :])
                elif at is not UNKNOWN:
                    yield from _seen(name, at)
            case "LOAD_DEREF" | "LOAD_CLASSDEREF" | "LOAD_FROM_DICT_OR_DEREF":
                at = closure.get(name, UNKNOWN)
                if at is not UNKNOWN:
                    yield from _seen(name, at)
            case "IMPORT_NAME":
                # Without a list of names it is the outermost module: import scipy.special
                at = module = sys.modules.get(name if key else name.partition(".")[0], UNKNOWN)
            case "IMPORT_FROM":
                at = _attribute(module, name)
                yield from _seen(name, at)
            case "LOAD_ATTR" | "LOAD_METHOD":
                if name == "__dict__" and isinstance(at, ModuleType):
                    yield Reached(at.__name__, at)
                at = _attribute(at, name)
                yield from _seen(name, at)
            case "MATCH_CLASS" if type(key) is tuple:
                yield from (Reached(part, UNKNOWN) for part in key)
            case "STORE_FAST":
                local[name], at = at, UNKNOWN
            case "STORE_DEREF":
                closure[name], at = at, UNKNOWN
            case "LOAD_CONST":
                key = name
                if type(name) is str:
                    yield Reached(name, _TEXT)
            case "BINARY_SUBSCR" | "BINARY_OP" if type(at) is dict and type(key) is str:
                at = at.get(key, UNKNOWN)
                yield from _seen(key, at)
            case opname if opname.startswith("LOAD_FAST"):
                at = local.get(name, UNKNOWN) if type(name) is str else UNKNOWN
            case "SWAP" | "POP_TOP" if isinstance(at, ModuleType):
                module = at  # import numpy.linalg as la
            case _:
                at = UNKNOWN


def _seen(name: str, found: Any) -> Iterator[Reached]:
    """Yield what a name stands for; a module only where it is handed on."""
    if name == "__dict__":
        yield Reached(name, HIDDEN)
    elif not isinstance(found, ModuleType):
        yield Reached(name, found)


def _by_text(tool: Any, following: Sequence[dis.Instruction]) -> Reached:
    """Return the attribute that `getattr` takes where a constant names it, else that it hides."""
    loads = list(takewhile(lambda step: step.opname.startswith("LOAD_"), following))
    called = [step.opname for step in following[len(loads) : len(loads) + 1]] == ["CALL"]
    for place in (-1, -2):  # without a value for what is missing, and with one
        if tool is getattr and called and len(loads) >= 1 - place:
            name, behind = loads[place], {step.opname for step in loads[place + 1 or len(loads) :]}
            plain = not behind & {"LOAD_ATTR", "LOAD_METHOD"}
            if name.opname == "LOAD_CONST" and type(name.argval) is str and plain:
                return Reached(name.argval, UNKNOWN)
    return Reached(tool.__name__, HIDDEN)


def _way(item: Reached) -> str:
    """Return what a hidden way is called by its library."""
    if item.found is sys.modules:
        return "sys.modules"
    known = item.found is not HIDDEN and item.found is not UNKNOWN and type(item.found) is not dict
    return named(item.found) if known else item.name


def _attribute(thing: Any, name: str) -> Any:
    """Return an attribute of a module or of an object of this library, whose code is ours."""
    if isinstance(thing, ModuleType) and not thing.__name__.startswith("mlplib"):
        return vars(thing).get(name, UNKNOWN)
    if isinstance(thing, ModuleType) or type(thing).__module__.startswith("mlplib."):
        return getattr(thing, name, UNKNOWN)
    return UNKNOWN


def _by_name(words: Sequence[str], modules: Sequence[ModuleType]) -> Iterator[Reached]:
    """Yield what names would be in NumPy, in this library and in `modules`."""
    places = dict.fromkeys([np, *modules, *filter(None, [sys.modules.get("mlplib")])])
    for word in words:
        for module in places:
            found = _attribute(module, word)
            if found is not UNKNOWN:
                yield Reached(word, found)


def _words(texts: Sequence[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text[:1000])]
