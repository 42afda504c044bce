"""What a check found: one line of text, a few lines in a notebook, and the facts for a page.

The HTML of a finding carries its facts as JSON in the attribute ``data-finding``; the pages of the
book are set from these, and from nothing else in it. Mathematics stands in ``mlp-tex`` spans,
between dollar signs, which a notebook typesets.
"""

from __future__ import annotations

import html
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from mlplib.language import say
from mlplib.numerals import scientific, show, true_minus
from mlplib.proof.in_tex import in_tex

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
        """Say it in short, the whole folded behind it; carry what a page says in its own way."""
        how = (
            say("finding.within", error=scientific(self.error, 1))
            if self.error
            else say("finding.exactly")
        )
        short = say("finding.short", inputs=_inputs(self.count), how=how)
        return (
            f'<details class="mlp-check" {_carried(self.facts())}><summary>'
            f"{_marked('✓', say('finding.verified'))} {short}</summary>"
            f"<p>{_named(self.label)} {_prose(self._finding())}</p></details>"
        )

    def facts(self) -> dict[str, str]:
        """Return what a page says of the check, in words.

        Returns
        -------
        dict
            The keys are "label", "inputs", "error", "tolerance" and "because".
        """
        facts = {"label": self.label, "inputs": self.where()}
        if self.unit == "exact":
            none, why = say("finding.none"), say("finding.equal")
            return facts | {"error": none, "tolerance": none, "because": why}
        return facts | {
            "error": f"{scientific(self.error)} ({self._unit()})" if self.error else "0",
            "tolerance": scientific(self.tolerance),
            "because": true_minus(self.because),
        }

    def where(self) -> str:
        """Return how many inputs were tried and where they lie."""
        return true_minus(f"{_inputs(self.count)} {self.domain}")

    def _finding(self) -> str:
        where = f"{_inputs(self.count)} {self.domain}"
        return say("finding.holds", where=where, margin=self._margin())

    def _margin(self) -> str:
        if self.unit == "exact":
            return say("finding.equal")
        return say(
            "finding.margin",
            unit=self._unit(),
            error=f"{self.error:.4g}",
            tolerance=f"{self.tolerance:.4g}",
            why=self.because,
        )

    def _unit(self) -> str:
        return say("finding.relative" if self.unit == "relative" else "finding.absolute")


@dataclass(frozen=True, repr=False)
class Refuted:
    """A claim with the simplest input found on which it fails."""

    label: str
    statement: str
    """The claim in TeX."""
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
        """Say it in one paragraph; carry what a page says in its own way."""
        at, claimed, truth = (
            _formula(in_tex(shown)) for shown in (self.counterexample, self.claimed, self.truth)
        )
        evidence = say("finding.evidence", at=at, claimed=claimed, truth=truth)
        repaired = ""
        if self.repair:
            instead = f": {_formula(self.instead)}" if self.instead else ""
            where = _inputs(self.repair.count)
            repaired = f" {say('finding.repaired', instead=instead, where=where)}"
        return (
            f'<p class="mlp-refuted" {_carried(self.facts())}>'
            f"{_marked('✗', say('finding.refuted'))} {_formula(self.statement)}. "
            f"{evidence}.{repaired} {_named(self.label)}</p>"
        )

    def facts(self) -> dict[str, str]:
        """Return what a page says of the claim, its mathematics in TeX.

        Returns
        -------
        dict
            The keys are "label", "statement", "at", "claimed" and "truth"; "instead" and
            "repaired" (the inputs on which the repaired claim holds) where there are any.
        """
        facts = {
            "label": self.label,
            "statement": self.statement,
            "at": in_tex(self.counterexample),
            "claimed": in_tex(self.claimed),
            "truth": in_tex(self.truth),
        }
        if self.instead:
            facts["instead"] = self.instead
        if self.repair:
            facts["repaired"] = self.repair.where()
        return facts

    def _finding(self) -> str:
        evidence = say(
            "finding.evidence", at=self.counterexample, claimed=self.claimed, truth=self.truth
        )
        wrong = say("finding.fails", statement=self.statement, evidence=evidence)
        if not self.repair:
            return wrong
        instead = f" ({self.instead})" if self.instead else ""
        return say("finding.mended", wrong=wrong, instead=instead, finding=self.repair._finding())


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
        names = [say("finding.unnamed", number=k) for k in range(1, len(arguments) + 1)]
    shown = (show(np.asarray(argument)) for argument in arguments)
    return ", ".join(f"{name} = {value}" for name, value in zip(names, shown, strict=True))


def _carried(facts: dict[str, str]) -> str:
    return f'data-finding="{html.escape(json.dumps(facts, ensure_ascii=False))}"'


def _formula(tex: str) -> str:
    return f'<span class="mlp-tex">${html.escape(tex)}$</span>'


def _inputs(count: int) -> str:
    return say("finding.input") if count == 1 else say("finding.inputs", count=count)


def _marked(mark: str, word: str) -> str:
    return f'<span aria-hidden="true">{mark}</span> <strong>{word}</strong>'


def _prose(text: str) -> str:
    return html.escape(true_minus(text))


def _named(label: str) -> str:
    return f"<code>{html.escape(label)}</code>"
