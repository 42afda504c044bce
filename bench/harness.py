"""Interleaved rounds: every contender runs in every round, so that a busy moment meets them all.

A figure is the median over the rounds. A ratio is the median of the ratios round by round, which
noise of the machine leaves alone as long as it lasts longer than a round. Each ratio is taken of
the time on the clock and of the time that the processor gave to this process: a busy machine
stretches the first and hardly the second. (The second counts every thread, so of two threads that
halve the time it shows none.) A ratio whose middle half of the rounds spreads by more than 15 % is
marked with ~: it was not measured, only seen.

A budget says how long mlplib may take beside another contender. It is judged by the best round of
each, in time of the processor: what else the machine does can make a round longer, never shorter.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

import numpy as np

ROUNDS = 40
SECONDS = 5e-3
"""What one contender gets in one round, at least one call."""
SCATTER = 0.15
"""How far apart, of the median, the quartiles of a measured ratio may lie."""

Run = Callable[[], Any]


@dataclass(frozen=True)
class Case:
    """One piece of work, done by several contenders."""

    name: str
    contenders: Mapping[str, Run]
    """By name; each call does the work once and returns its answer."""
    limit: str | None = None
    """The contender that only does what nobody can avoid; ratios to it are printed."""
    reference: Any = None
    """The right answer in float64, or None for contenders that return none."""
    tolerance: float = 1e-9
    exempt: frozenset[str] = field(default_factory=frozenset)
    """Contenders whose answer is not compared, such as limits."""
    budgets: Mapping[str, float] = field(default_factory=dict)
    """How many times the time of a contender mlplib may take. A peer may be missing."""
    around: Callable[[], AbstractContextManager[Any]] = nullcontext
    """What all of them run within, and none is charged for."""
    beside: tuple[str, ...] = ()
    """Contenders whose own ratio is told with the verdict, such as the work as one writes it."""


@dataclass(frozen=True)
class Verdict:
    """What became of a budget."""

    case: str
    to: str
    most: float
    measured: float | None
    """None where there is no such contender."""
    beside: Mapping[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the budget is met; None where it was not measured."""
        return None if self.measured is None else self.measured <= self.most

    def __str__(self) -> str:
        """Put the budget beside what was measured, and mark what fails."""
        budget = f"budget {self.most:.2f} × {self.to}"
        if self.measured is None:
            return f"? {budget}: not measured, as it is not installed"
        line = f"{'✓' if self.met else '✗'} {budget}: {self.measured:.2f}"
        if self.beside:
            line += f" ({', '.join(f'{name} {ratio:.2f}' for name, ratio in self.beside.items())})"
        return line


@dataclass(frozen=True)
class Figures:
    """What came out of a case."""

    case: Case
    seconds: Mapping[str, list[float]]
    """On the clock, by contender, one entry for each round."""
    cpu: Mapping[str, list[float]] = field(default_factory=dict)
    """The same of the processor's time."""

    def time(self, name: str) -> float:
        """Return the median time of one call."""
        return median(self.seconds[name])

    def ratio(self, name: str, to: str) -> float:
        """Return the median of time(name) / time(to), round by round."""
        return median(_ratios(self.seconds, name, to))

    def best(self, name: str, to: str) -> float:
        """Return the ratio of the best rounds, in time of the processor."""
        return min(self.cpu[name]) / min(self.cpu[to])

    def verdicts(self) -> list[Verdict]:
        """Return what became of each budget."""
        return [self._verdict(to, most) for to, most in self.case.budgets.items()]

    def _verdict(self, to: str, most: float) -> Verdict:
        if to not in self.cpu:
            return Verdict(self.case.name, to, most, None)
        beside = {
            name: self.best(name, to)
            for name in self.case.beside
            if name in self.cpu and name != to
        }
        return Verdict(self.case.name, to, most, self.best("mlplib", to), beside)

    def said(self, name: str, to: str) -> str:
        """Return the ratio on the clock and of the processor's time, marked where it scatters."""
        clock = _marked(_ratios(self.seconds, name, to))
        return f"{clock}, CPU {_marked(_ratios(self.cpu, name, to))}" if self.cpu else clock

    def __str__(self) -> str:
        """Lay the contenders out on one line, the ratio of each to `mlplib` in brackets."""
        cells = []
        for name in self.seconds:
            cell = f"{name} {readable(self.time(name))}"
            if name != "mlplib":
                cell += f" ({self.said(name, 'mlplib')})"
            cells.append(cell)
        line = f"{self.case.name:<34} " + " · ".join(cells)
        if self.case.limit is not None:
            line += f" | mlplib = {self.said('mlplib', self.case.limit)} × {self.case.limit}"
        return line


def _ratios(times: Mapping[str, list[float]], name: str, to: str) -> list[float]:
    """Return times[name] / times[to], round by round."""
    return [one / other for one, other in zip(times[name], times[to], strict=True)]


def _marked(ratios: list[float]) -> str:
    """Write the median, with ~ before it where the middle half of the rounds lies far apart."""
    low, middle, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return f"{'~' if high - low > SCATTER * middle else ''}{middle:.2f}"


def readable(seconds: float) -> str:
    """Write a time with three digits and a unit.

    >>> readable(0.00123)
    '1.23 ms'
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size or unit == "µs":
            return f"{seconds / size:.3g} {unit}"
    raise AssertionError("every time has a unit")


def measure(case: Case) -> Figures:
    """Check every contender's answer, then time all of them in interleaved rounds."""
    with case.around():
        return _measured(case)


def _measured(case: Case) -> Figures:
    repeats = {}
    for name, run in case.contenders.items():
        if case.reference is not None and name not in case.exempt:
            require_close(case, name, run())
        run()
        begun = time.perf_counter()
        run()
        repeats[name] = max(1, round(SECONDS / (time.perf_counter() - begun)))
    seconds: dict[str, list[float]] = {name: [] for name in case.contenders}
    cpu: dict[str, list[float]] = {name: [] for name in case.contenders}
    for _ in range(ROUNDS):
        for name, run in case.contenders.items():
            begun, given = time.perf_counter(), time.process_time()
            for _ in range(repeats[name]):
                run()
            cpu[name].append((time.process_time() - given) / repeats[name])
            seconds[name].append((time.perf_counter() - begun) / repeats[name])
    return Figures(case, seconds, cpu)


def require_close(case: Case, name: str, answer: Any) -> None:
    """Raise if a contender's answer is not the reference's: fast and wrong is worth nothing."""
    found, right = np.asarray(answer, np.float64), np.asarray(case.reference, np.float64)
    if found.shape != right.shape:
        raise ValueError(f"{case.name}: {name} returned shape {found.shape}, not {right.shape}.")
    off = float(np.abs(found - right).max() / np.abs(right).max())
    if not off <= case.tolerance:
        raise ValueError(f"{case.name}: {name} is off by {off:.1e}, {case.tolerance:.0e} allowed.")
