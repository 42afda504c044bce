"""What a wrong function does: a known slip, or the right values changed in a simple way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.code.calling import Call, Probe, call
from mlplib.checks.code.trial import Trial
from mlplib.checks.kinds.nearly import nearly
from mlplib.checks.misconception import Misconception
from mlplib.checks.outcome import Finding, wrong

FAR = 100.0
"""Arguments beyond it are large: there a slip may be covered by another one, such as overflow."""


_KEYS = {
    "negated": "function.negated",
    "factor": "function.factor",
    "shifted": "function.shifted",
    "transposed": "function.transposed",
    "reversed": "function.reversed",
    "permuted": "function.permuted",
}
_SIZE_KEYS = {
    ("rows", "times"): "function.rows_times",
    ("rows", "divided"): "function.rows_divided",
    ("columns", "times"): "function.columns_times",
    ("columns", "divided"): "function.columns_divided",
}


@dataclass(frozen=True)
class Recognised:
    """A known slip, and the first call in which the answer does not behave like it, if any."""

    misconception: Misconception
    other: Call | None


def is_far(probe: Probe) -> bool:
    """Tell whether an argument is large."""
    sizes = [np.max(np.abs(a), initial=0.0) for a in probe if np.asarray(a).dtype.kind == "f"]
    return any(size > FAR for size in sizes)


def recognise(
    trials: Sequence[Trial],
    known: Sequence[Misconception],
    distance: Callable[[Call, Call], float],
) -> Recognised | None:
    """Return the wrong version that behaves like the answer, on every probe if there is one.

    Otherwise one that does so wherever arguments are ordinary, if the answer is wrong there. Where
    several do, the nearest in value wins: it explains most.

    Parameters
    ----------
    trials : sequence of Trial
    known : sequence of Misconception
    distance : callable
        How far two calls with the same arguments are apart; inf if they differ.
    """
    near = [trial.call for trial in trials if not is_far(trial.call.probe)]
    far = [trial.call for trial in trials if is_far(trial.call.probe)]
    slips_near = any(trial.is_off for trial in trials if not is_far(trial.call.probe))
    found: list[tuple[bool, float, Recognised]] = []
    for misconception in known:
        worst = _farthest(near, misconception, distance)
        if not np.isfinite(worst):
            continue
        other = None
        for theirs in far:
            apart = distance(theirs, call(misconception.wrong, theirs.probe))
            if np.isfinite(apart):
                worst = max(worst, apart)
            else:
                other = theirs
                break
        if other is None or (slips_near and near):
            found.append((other is not None, worst, Recognised(misconception, other)))
    return min(found, key=lambda match: match[:2])[2] if found else None


def _farthest(
    calls: Sequence[Call], misconception: Misconception, distance: Callable[[Call, Call], float]
) -> float:
    worst = 0.0
    for theirs in calls:
        worst = max(worst, distance(theirs, call(misconception.wrong, theirs.probe)))
        if not np.isfinite(worst):
            break
    return worst


def near_miss(
    trials: Sequence[Trial],
    argument: str,
    others: Sequence[tuple[str, Sequence[NDArray[Any]]]],
) -> Finding | None:
    """Return in which simple way the values of an answer differ from the right ones on every probe.

    Parameters
    ----------
    trials : sequence of Trial
        All of them with numbers as results.
    argument : str
        What the answer calls its first argument.
    others : sequence of (str, sequence of ndarray)
        What somebody would return who has taken another variable, for each probe.
    """
    pairs = [(trial.expected, trial.values) for trial in trials]
    tolerance = trials[0].tolerance
    for name, values in others:
        if all(map(tolerance.accepts_all, values, (got for _, got in pairs))):
            return wrong("function.other", other=name)
    change = nearly(pairs, tolerance)
    if change is not None and change[0] in _KEYS:
        kind, factor = change
        return wrong(_KEYS[kind], factor=factor)
    return _by_size(trials, pairs, argument)


def _by_size(
    trials: Sequence[Trial], pairs: Sequence[tuple[Any, Any]], argument: str
) -> Finding | None:
    """Return that the right values are multiplied or divided by how many rows or columns."""
    firsts = [np.asarray(trial.call.probe[0]) for trial in trials]
    if any(first.ndim == 0 for first in firsts):
        return None
    sizes = {"rows": [len(first) for first in firsts]}
    if all(first.ndim == 2 for first in firsts):
        sizes["columns"] = [first.shape[1] for first in firsts]
    accepts = trials[0].tolerance.accepts_all
    for name, counts in sizes.items():
        if len(set(counts)) == 1:
            continue
        for way, powers in (("times", 1), ("divided", -1)):
            scaled = [e * float(n) ** powers for (e, _), n in zip(pairs, counts, strict=True)]
            if all(accepts(s, got) for s, (_, got) in zip(scaled, pairs, strict=True)):
                return wrong(_SIZE_KEYS[name, way], argument=argument)
    return None
