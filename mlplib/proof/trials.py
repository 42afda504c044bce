"""What one check tries its formulas on: recipes for inputs, put together for all arguments."""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from mlplib.language import say


@dataclass(frozen=True)
class Inputs:
    """A recipe for inputs. Nothing is drawn before a check asks, with a generator of its own.

    Attributes
    ----------
    domain : str
        Words for where the inputs lie; they follow "200 inputs".
    draw : callable
        Generator ↦ list of inputs.
    simple : tuple
        Small whole-number inputs from the same domain, the simplest first.

    Examples
    --------
    >>> from mlplib.proof.inputs import uniform
    >>> uniform(-6, 6, n=3, shape=(2,))
    Inputs('of shape (2,) in [-6, 6]')
    >>> [float(x) for x in uniform(-6, 6).simple[:5]]
    [0.0, 1.0, -1.0, 2.0, -2.0]
    """

    domain: str
    draw: Callable[[np.random.Generator], list[Any]] = field(repr=False)
    simple: tuple[Any, ...] = field(default=(), repr=False)

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray[Any, Any]:
        """Refuse to be taken for an array: nothing has been drawn."""
        raise TypeError(
            f"inputs {self.domain} must be given to verify or refute, which draw from them; they "
            "are no array. For an array of random numbers there is numpy.random.default_rng(0)."
        )

    def __repr__(self) -> str:
        """Say where the inputs lie."""
        return f"Inputs({self.domain!r})"


Values: TypeAlias = Inputs | Sequence[Any] | np.ndarray[Any, Any]


def combine(inputs: Values | tuple[Values, ...], label: str) -> tuple[str, list[Any], list[Any]]:
    """Return the domain in words, the given argument tuples and the simple ones.

    Parameters
    ----------
    inputs : Inputs, list or array of inputs, or a tuple of these with one for each argument
    label : str
        Seeds the draws: the same label draws the same inputs every time, and every argument and
        every other label draws others.

    Returns
    -------
    domain : str
    given : list of tuple, one tuple of arguments for each input
    simple : list of tuple, the simplest first

    Raises
    ------
    ValueError
        If there is no input, or the arguments do not have equally many.
    """
    each = inputs if isinstance(inputs, tuple) else (inputs,)
    columns: list[list[Any]] = []
    for position, values in enumerate(each):
        rng = np.random.default_rng([position, *label.encode()])
        columns.append(values.draw(rng) if isinstance(values, Inputs) else list(values))
    counts = [len(column) for column in columns]
    if not counts or min(counts) == 0:
        raise ValueError(f"inputs must hold at least one input, but their numbers are {counts}.")
    if len(set(counts)) > 1:
        raise ValueError(f"inputs must hold equally many for each argument, not {counts}.")
    given = list(zip(*columns, strict=True))
    simple = [v.simple if isinstance(v, Inputs) else () for v in each]
    indexed = product(*(enumerate(values) for values in simple))
    ordered = sorted(indexed, key=lambda pairs: sum(index for index, _ in pairs))
    domains = [v.domain if isinstance(v, Inputs) else say("inputs.listed") for v in each]
    if not any(isinstance(v, Inputs) for v in each):
        domains = domains[:1]
    domain = reduce(lambda one, more: say("inputs.between", first=one, second=more), domains)
    return domain, given, [tuple(value for _, value in pairs) for pairs in ordered]
