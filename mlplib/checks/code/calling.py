"""Calling a student's function: what it returned, raised, warned of and did to its input."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from types import CoroutineType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.kinds.read_numbers import LARGEST, read_array
from mlplib.checks.outcome import Finding
from mlplib.checks.reading import guarded

Probe = tuple[Any, ...]
"""The positional arguments of one call."""


@dataclass(frozen=True)
class Call:
    """What happened when a function was called with the arguments of `probe`.

    Attributes
    ----------
    probe : tuple
        The arguments before the call.
    result : object
        What came back, as it came; None where the call raised.
    values : ndarray or Finding
        The result read as numbers, or what is the matter with it.
    failure : BaseException or None
    warning : str
        The text of the first numerical warning (overflow, division by zero, …), or "".
    mutated : int or None
        Position of the first argument that the call changed.
    """

    probe: Probe
    result: Any
    values: NDArray[Any] | Finding | None
    failure: BaseException | None
    warning: str
    mutated: int | None


def call(function: Callable[..., Any], probe: Probe, most: int = LARGEST) -> Call:
    """Call `function` with copies of the arguments and write down what happens.

    A result of more than `most` entries is not read.
    """
    arguments = copy.deepcopy(probe)
    result, failure = None, None
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            result = function(*arguments)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            failure = raised
        if type(result) is CoroutineType:
            result.close()
    return Call(
        probe=probe,
        result=result,
        values=None if failure is not None else guarded(read_array, result, most),
        failure=failure,
        warning=next((str(w.message) for w in caught if w.category is RuntimeWarning), ""),
        mutated=next(
            (i for i, pair in enumerate(zip(probe, arguments, strict=True)) if not _same(*pair)),
            None,
        ),
    )


def _same(before: Any, after: Any) -> bool:
    if type(before) is np.ndarray:
        return before.shape == after.shape and np.array_equal(before, after, equal_nan=True)
    return bool(before == after)
