"""What a library has ready is found on whichever way an answer gets at it, and no honest way is."""

from __future__ import annotations

import collections
import functools
import gc
import importlib
import itertools
import math
import operator
import sys
import types
import weakref
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import NamedTuple

import IPython.display
import numpy as np
import pytest

import mlplib
from mlplib.checks.code.definition import definition_of
from mlplib.checks.code.names import forbidden_name
from mlplib.checks.session import practice
from tests.exercises.test_unusual_answers import notebook

PRACTICE = practice("activations", file="off")


class Box:
    """An object that holds a function."""

    def __init__(self, held):
        self.held = held


class Child(Box):
    """A class that inherits its way."""


class Holder:
    """A class that holds a function."""

    add = staticmethod(np.logaddexp)


class Maker(type):
    """A class of classes whose calls compute."""

    def __call__(cls, x):
        return np.logaddexp(0.0, x)


class Made(metaclass=Maker):
    """A class that is no class when it is called."""


class Heir(Holder):
    """A class whose parent holds one."""


SOLVED = (
    "import mlplib.checks.sets.activations as solved\n"
    "def f(x): return solved.SET.exercises[13].kind.reference(x)"
)
FRAMES = (
    "import sys\n"
    "def f(x):\n"
    "    frame = sys._getframe()\n"
    "    while 'oracle' not in str(frame.f_locals.get('self')):\n"
    "        frame = frame.f_back\n"
    "    return frame.f_locals['self'].oracle(x)"
)
CAUGHT = (
    "def f(x):\n"
    "    try:\n"
    "        raise ValueError\n"
    "    except ValueError as e:\n"
    "        frame = e.__traceback__.tb_frame\n"
    "    return frame.f_globals['np'].logaddexp(0.0, x)"
)
IMPORTED = "def f(x):\n from numpy import abs as a, logaddexp as add\n return add(0.0, x)"

SOMEBODYS = types.ModuleType("somebodys")
SOMEBODYS.g = lambda a, x: np.logaddexp(a, x)

ADD = [
    # A ufunc of their own, a wrapper, a table, an object, a class that holds it.
    notebook("g = np.frompyfunc(np.logaddexp, 2, 1)\ndef f(x): return g(0.0, x).astype(float)"),
    notebook("g = np.vectorize(np.logaddexp)\ndef f(x): return g(0.0, x)"),
    notebook("t = [abs, np.logaddexp]\ndef f(x): return t[1](0.0, x)"),
    notebook("t = {'p': [np.logaddexp]}\ndef f(x, k='p'): return t[k][0](0.0, x)"),
    notebook("t = {np.logaddexp}\ndef f(x): return next(iter(t))(0.0, x)"),
    notebook("d = q([np.logaddexp])\ndef f(x): return d[0](0.0, x)", q=collections.deque),
    notebook("def f(x): return b.held(0.0, x)", b=Box(np.logaddexp)),
    notebook("def f(x): return b.held(0.0, x)", b=Child(np.logaddexp)),
    notebook("def f(x): return B.add(0.0, x)", B=Holder),
    notebook("def f(x): return B.add(0.0, x)", B=Heir),
    notebook("def f(x): return B().add(0.0, x)", B=Heir),
    notebook("def f(x): return b.g(0.0, x)", b=types.SimpleNamespace(g=np.logaddexp)),
    notebook("def f(x, *, t=(np.logaddexp,)): return t[0](0.0, x)"),
    notebook("def f(x): return next(m)(0.0, x)", m=itertools.repeat(np.logaddexp)),
    notebook("def f(x): return reduce(np.logaddexp, [0.0, x])", reduce=functools.reduce),
    notebook("def f(x): return t[0](0.0, x)", t=np.array([np.logaddexp], dtype=object)),
    notebook("def f(x): return A(x)", A=Made),
    notebook("def f(x): return g(0.0)(x)", g=lambda a: functools.partial(np.logaddexp, a)),
    # A module that is handed on.
    notebook("def lib(): return np\ndef f(x): return lib().logaddexp(0.0, x)"),
    notebook("def f(x): return [np][0].logaddexp(0.0, x)"),
    notebook("def f(x):\n match np:\n  case object(logaddexp=g): return g(0.0, x)"),
    notebook("def f(x): return [m][0].g(0.0, x)", m=SOMEBODYS),
    notebook("t = [np]\ndef f(x): return t[0].logaddexp(0.0, x)"),
    notebook("def f(x, m=np): return m.logaddexp(0.0, x)"),
    notebook("def f(x): return b.held.logaddexp(0.0, x)", b=Box(np)),
    notebook("def f(x):\n m = np\n def g(y): return m.logaddexp(0.0, y)\n return g(x)"),
    notebook("def f(x):\n global lib\n lib = np\n return lib.logaddexp(0.0, x)"),
    notebook("def f(x):\n import numpy as m\n return m.logaddexp(0.0, x)"),
    notebook(IMPORTED),
    notebook("def f(x): return vars(np)['logaddexp'](0.0, x)"),
    notebook("def f(x): return np.__dict__['logaddexp'](0.0, x)"),
]

UNSEEN = {
    "getattr": [
        notebook("def f(x): return getattr(np, 'log' + s)(0.0, x)", s="addexp"),
        notebook("def f(x): return getattr(np, ''.join(t))(0.0, x)", t=["loga", "ddexp"]),
        notebook("def f(x): return list(map(getattr, [np], [s]))[0](0.0, x)", s="logaddexp"),
        notebook("def f(x): return g(s)(0.0, x)", g=partial(getattr, np), s="logaddexp"),
        notebook("find = getattr\ndef f(x): return find(np, s)(0.0, x)", s="logaddexp"),
    ],
    "vars": [notebook("def f(x): return vars(np)[s](0.0, x)", s="logaddexp")],
    "__dict__": [notebook("def f(x): return np.__dict__[s](0.0, x)", s="logaddexp")],
    "__getattribute__": [
        notebook("def f(x): return np.__getattribute__(s)(0.0, x)", s="logaddexp"),
    ],
    "eval": [
        notebook("def f(x): return eval(s + 'load')(0.0, x)", s="np."),
        notebook("def f(x): return eval('np.loga' + s)(0.0, x)", s="ddexp"),
        notebook("import builtins\ndef f(x): return builtins.eval(s)(0.0, x)", s="np.logaddexp"),
    ],
    "exec": [
        notebook(
            "def f(x):\n d = {'x': x}\n exec(s, d)\n return d['y']",
            s="import numpy\ny = numpy.logaddexp(0.0, x)",
        ),
    ],
    "attrgetter": [
        notebook("def f(x): return g(np)(0.0, x)", g=operator.attrgetter("logaddexp")),
        notebook("def f(x): return q.attrgetter(s)(np)(0.0, x)", q=operator, s="logaddexp"),
    ],
    "methodcaller": [
        notebook("def f(x): return q.methodcaller(s, 0.0, x)(np)", q=operator, s="logaddexp"),
    ],
    "import_module": [
        notebook(
            "def f(x): return q.import_module(s).softplus(x)", q=importlib, s="mlplib.functions.g"
        ),
    ],
    "globals": [
        notebook("def f(x): return globals()[s](0.0, x)", s="add", add=np.logaddexp),
    ],
    "sys.modules": [
        notebook("def f(x): return [*q.modules[s].__dict__.values()]", q=sys, s="numpy"),
    ],
    "get_objects": [
        notebook(
            "def f(x):\n"
            " return next(o for o in q.get_objects() if type(o) is np.ufunc"
            " and o.__name__ == 'loga' + s)(0.0, x)",
            q=gc,
            s="ddexp",
        ),
    ],
    "_getframe": [notebook(FRAMES)],
    "f_globals": [notebook(CAUGHT)],
    "__globals__": [
        notebook("def f(x): return f.__globals__['np'].__dict__[s](0.0, x)", s="logaddexp"),
    ],
    "ReferenceType": [notebook("def f(x): return r()(x)", r=weakref.ref(mlplib.softplus))],
    "__array_namespace__": [
        notebook("def f(x): return np.asarray(x).__array_namespace__().logaddexp(0.0, x)"),
    ],
    "__subclasses__": [
        notebook("def f(x): return object.__subclasses__() and np.maximum(x, 0)"),
    ],
}


def f_of_the_set(x):
    from mlplib.checks.sets.activations import my_softplus

    return my_softplus(x)


TAKEN = [
    practice("activations").check.__self__._exercises["n"].kind.reference,
    practice("activations").check.__self__._exercises["n"].kind.right_answer(),
    notebook(SOLVED),
    notebook("def f(x): return [mlplib][0].checks.sets.activations.my_softplus(x)"),
    f_of_the_set,
    notebook("def f(x): return c.__self__._exercises['n'].kind.oracle(x)", c=PRACTICE.check),
    notebook("def f(x): return p._exercises['n'].kind.reference(x)", p=PRACTICE),
    notebook("def f(x): return g(x)", g=PRACTICE._exercises["n"].kind.reference),
    notebook("def f(x): return s[0](x)", s=[PRACTICE._exercises["n"].kind.oracle]),
    notebook(
        "def f(x): return mlplib.checks.practice('activations')._exercises['n'].kind.oracle(x)"
    ),
]


@pytest.mark.parametrize("answer", ADD)
def test_what_a_library_has_ready_is_found_wherever_it_is_kept(answer):
    said = why_not(answer)
    assert said == "logaddexp", said


@pytest.mark.parametrize(("name", "answer"), [(n, a) for n, some in UNSEEN.items() for a in some])
def test_a_way_to_what_cannot_be_seen_is_no_way(name, answer):
    said = why_not(answer)
    assert said in (name, "logaddexp", "softplus"), said


@pytest.mark.parametrize("answer", TAKEN)
def test_a_solution_is_not_taken_out_of_the_checks(answer):
    assert why_not(answer) == "mlplib.checks"


def why_not(answer):
    """By which name the ban refuses an answer, None where it does not."""
    kind = PRACTICE._exercises["n"].kind
    return forbidden_name(definition_of(answer), kind.forbidden, kind.library, kind.reference)


NET = """
class Net:
    def __init__(self):
        self.held = {"softplus": self.softplus}
    def softplus(self, x):
        return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    def __call__(self, x):
        return getattr(self, "soft" + "plus")(x) + 0 * vars(self)["held"]["softplus"](x)
    def forward(self, x):
        return self.__dict__["held"]["softplus"](x)
"""
SUM = "np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))"


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


@dataclass(frozen=True, order=True)
class Scaled:
    """An object of a class whose methods a machine has written."""

    factor: float = 1.0
    notes: list[str] = field(default_factory=list)

    def __call__(self, x):
        return self.factor * softplus(x)


class Pair(NamedTuple):
    """Two numbers."""

    one: float
    other: np.ndarray = np.zeros(2)


class Level(Enum):
    """A number with a name."""

    ONE = 1.0


class Wish(ABC):
    """What is to be there."""

    @abstractmethod
    def softplus(self, x):
        """Return the value."""


class Fulfilled(Wish):
    """What is there: methods of every kind, and a module."""

    def __init__(self, lib):
        self.lib = lib

    @property
    def one(self):
        return Level.ONE.value

    @classmethod
    def made(cls):
        return cls(np)

    @staticmethod
    def softmax(x):
        return softplus(x)

    def softplus(self, x):
        return self.one * self.softmax(x) + 0 * self.lib.size(x)


@contextmanager
def quiet():
    with np.errstate(all="ignore"):
        yield


@functools.singledispatch
def dispatched(x):
    return softplus(x)


def one_by_one(t):
    return max(t, 0) + math.log1p(math.exp(-abs(t)))


def with_a_library(lib, x):
    return lib.maximum(x, 0) + lib.log1p(lib.exp(-lib.abs(x)))


def quietly(x):
    with quiet():
        return softplus(x)


def shown_first(x):
    display = IPython.display.display
    return softplus(x) if display else x


def with_data(x):
    return softplus(x) + 0 * (NUMBERS[0] + ROWS[3][0]) + 0 * Pair(1.0).one


NUMBERS = list(range(100_000))
ROWS = [[float(i)] for i in range(5000)]
HONEST = [
    Scaled(),
    quietly,
    shown_first,
    with_data,
    lambda x: dispatched(x),
    lambda x: Fulfilled.made().softplus(x),
    lambda x: with_a_library(np, x),
    lambda x: np.vectorize(one_by_one, otypes=[float])(x) if np.size(x) else np.asarray(x),
    notebook(f"{NET}\nf = Net()"),
    notebook(f"{NET}\nf = Net().forward"),
    notebook(f"{NET}\nnet = Net()\nname = 'softplus'\ndef f(x): return getattr(net, name)(x)"),
    notebook(f"def softplus(x): return {SUM}\nt = [softplus]\ndef f(x): return t[0](x)"),
    notebook(f"def f(x):\n import numpy as np\n def g(x): return {SUM}\n return g(x)"),
    notebook(f"def f(x):\n eps = q.float_info.epsilon\n return {SUM} + 0 * eps", q=sys),
    notebook("def f(x): return q.add(np.maximum(x, 0), np.log1p(np.exp(-abs(x))))", q=operator),
    notebook(f"def f(x):\n x = np.asarray(x)\n n = getattr(x, 'ndim', 0)\n return {SUM} + 0 * n"),
    notebook(
        f"g = np.frompyfunc(lambda x: {SUM}, 1, 1)\ndef f(x): return np.asarray(g(x)).astype(float)"
    ),
    notebook(f"g = np.vectorize(lambda x: {SUM}, otypes=[float])\ndef f(x): return g(x)"),
    notebook(f"@q.wraps(abs)\ndef f(x): return {SUM}", q=functools),
    notebook(
        f"@q.lru_cache\ndef two(): return 2.0\ndef f(x): return {SUM} + 0 * two()", q=functools
    ),
    notebook(f"def f(x):\n with np.errstate(all='ignore'): return {SUM}"),
    notebook(f"def f(x):\n 'As logaddexp would.'\n print(end='logaddexp'[:0])\n return {SUM}"),
    notebook(
        "from numpy import abs as a, maximum\n"
        "def f(x): return maximum(x, 0) + np.log1p(np.exp(-a(x)))"
    ),
    notebook(f"def f(x):\n import numpy.linalg as la, os.path\n return {SUM} + 0 * la.norm(1)"),
]


@pytest.mark.parametrize("answer", HONEST)
def test_an_honest_answer_is_right(answer):
    outcome = PRACTICE.check("n", answer)
    assert outcome.status.value == "right", outcome


@pytest.mark.parametrize("answer", [*ADD[:8], TAKEN[0], TAKEN[3], UNSEEN["_getframe"][0]])
def test_who_goes_a_way_around_is_told_so(answer):
    outcome = PRACTICE.check("n", answer)
    assert outcome.note == "function.forbidden", outcome
