"""What a check found: one line of text; in a page, a short line that unfolds to the whole."""

from __future__ import annotations

import html
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from mlplib.numerals import show, true_minus

Unit: TypeAlias = Literal["absolute", "relative", "exact"]


class VerificationError(AssertionError):
    """A claim did not hold, a refuted one did, or there was nothing to check."""


@dataclass(frozen=True, repr=False)
class Verified:
    """A claim that held on every input tried."""

    label: str
    count: int
    domain: str
    error: float
    """The largest over all inputs, in `unit`."""
    tolerance: float
    unit: Unit
    because: str
    """Why this tolerance is the right one."""

    def __repr__(self) -> str:
        """Say it in one line of text."""
        return f"{self.label} {self._finding()}"

    def _repr_html_(self) -> str:
        """Say it in short, for the equation to link to; the whole line is folded behind it."""
        short = f"to within {self.error:.0e}" if self.error else "exactly"
        return (
            f'<details class="mlp-check" id="check-{html.escape(self.label)}"><summary>'
            f"{_marked('✓', 'verified')} on {_inputs(self.count)}, {short}</summary>"
            f"<p>{_named(self.label)} {_prose(self._finding())}</p></details>"
        )

    def _finding(self) -> str:
        return f"holds on {_inputs(self.count)} {self.domain}: {self._margin()}"

    def _margin(self) -> str:
        if self.unit == "exact":
            return "both sides are equal, without rounding"
        return (
            f"largest {self.unit} error {self.error:.4g}, "
            f"tolerance {self.tolerance:.4g} ({self.because})"
        )


@dataclass(frozen=True, repr=False)
class Refuted:
    """A claim with the simplest input found on which it fails."""

    label: str
    statement: str
    counterexample: str
    claimed: str
    truth: str
    repair: Verified | None
    instead: str | None = None
    """The repaired claim in TeX."""

    def __repr__(self) -> str:
        """Say it in one line of text."""
        return f"{self.label} {self._finding()}"

    def _repr_html_(self) -> str:
        """Say it in one paragraph that the page can link to."""
        repaired = f" Repaired, it holds on {_inputs(self.repair.count)}." if self.repair else ""
        return (
            f'<p class="mlp-check mlp-refuted" id="check-{html.escape(self.label)}">'
            f"{_marked('✗', 'refuted')} {_prose(self.statement)}. "
            f"{_prose(self._evidence())}.{repaired} {_named(self.label)}</p>"
        )

    def _finding(self) -> str:
        wrong = f"fails: {self.statement}. {self._evidence()}"
        repaired = f" ({self.instead})" if self.instead else ""
        return f"{wrong}; repaired{repaired}, it {self.repair._finding()}" if self.repair else wrong

    def _evidence(self) -> str:
        return f"At {self.counterexample} the claim gives {self.claimed}, the truth is {self.truth}"


def name_inputs(function: Callable[..., Any], arguments: tuple[Any, ...]) -> str:
    """Return the inputs under the names that the function gives its parameters.

    Examples
    --------
    >>> from fractions import Fraction
    >>> name_inputs(lambda x, c: x * c, (2.0, Fraction(1, 3)))
    'x = 2, c = 1/3'
    """
    try:
        names = list(inspect.signature(function).parameters)
    except ValueError:  # compiled functions may not tell
        names = []
    if len(names) != len(arguments):
        names = [f"input {k}" for k in range(1, len(arguments) + 1)]
    shown = (show(np.asarray(argument)) for argument in arguments)
    return ", ".join(f"{name} = {value}" for name, value in zip(names, shown, strict=True))


def _inputs(count: int) -> str:
    return f"{count} input{'s' * (count != 1)}"


def _marked(mark: str, word: str) -> str:
    return f'<span aria-hidden="true">{mark}</span> <strong>{word}</strong>'


def _prose(text: str) -> str:
    return html.escape(true_minus(text))


def _named(label: str) -> str:
    return f"<code>{html.escape(label)}</code>"
