"""What the instructions of a function take from outside: names, attributes, entries, imports."""

from __future__ import annotations

import builtins
import dis
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from types import CodeType, ModuleType
from typing import Any

MOST_STEPS = 20_000
"""Nobody writes more by hand; what a machine has written is not followed to its end."""

UNKNOWN = object()
"""What an attribute of an argument is: nobody knows before the call."""

HIDDEN = object()
"""What a way leads to that no name shows."""

TEXT = object()
"""What a constant text is: it may be a name, where texts are looked up."""

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


def _steps(code: CodeType) -> Iterator[dis.Instruction]:
    """Yield the instructions of a code object and of those inside it."""
    for step in dis.get_instructions(code):
        if step.opname not in ("PRECALL", "CACHE", "PUSH_NULL", "RESUME"):
            yield step
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _steps(constant)


def taken(code: CodeType, names: dict[str, Any], closure: dict[str, Any]) -> Iterator[Reached]:
    """Yield what code takes from outside, following dots and keys from left to right.

    A module is yielded where it is handed on, so that it is lost from sight; a text as `TEXT`.

    Parameters
    ----------
    code : code
    names : dict of str to object
        The global names.
    closure : dict of str to object
        The names of the functions around it.
    """
    steps = list(islice(_steps(code), MOST_STEPS))
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
                at = attribute(module, name)
                yield from _seen(name, at)
            case "LOAD_ATTR" | "LOAD_METHOD":
                if name == "__dict__" and isinstance(at, ModuleType):
                    yield Reached(at.__name__, at)
                at = attribute(at, name)
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
                    yield Reached(name, TEXT)
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


def attribute(thing: Any, name: str) -> Any:
    """Return an attribute of a module or of an object of this library, whose code is ours."""
    if isinstance(thing, ModuleType) and not thing.__name__.startswith("mlplib"):
        return vars(thing).get(name, UNKNOWN)
    if isinstance(thing, ModuleType) or type(thing).__module__.startswith("mlplib."):
        return getattr(thing, name, UNKNOWN)
    return UNKNOWN
