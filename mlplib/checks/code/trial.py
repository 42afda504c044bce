"""One call of a student's function beside what it should have returned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.code.calling import Call
from mlplib.checks.kinds.likeness import entry_text, first
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.checks.outcome import Finding, wrong
from mlplib.checks.quoting import value_text
from mlplib.numerals import number_text, two_numbers

Entry = tuple[int, ...]

_CONTAINERS = {"array.matrix": "function.matrix", "array.masked": "function.masked"}


@dataclass(frozen=True)
class Trial:
    """What a call returned, and the truth.

    Attributes
    ----------
    call : Call
    expected : ndarray
    tolerance : Tolerance
    """

    call: Call
    expected: NDArray[np.float64]
    tolerance: Tolerance

    @property
    def shown(self) -> str:
        """The arguments as they are written in a call."""
        return ", ".join(value_text(argument) for argument in self.call.probe)

    @property
    def empty(self) -> bool:
        """Whether nothing has come back."""
        return self.call.result is None or self.call.result is ...

    @property
    def problem(self) -> Finding | None:
        """What is the matter with the result before its values are looked at: type and shape."""
        got, result, shape = self.call.values, self.call.result, str(self.expected.shape)
        if self.empty:
            return wrong("function.forgot", call=self.shown)
        if isinstance(got, np.ndarray):
            return None if got.shape == self.expected.shape else self._misshapen(got.shape)
        if got is not None and got.key == "answer.unreadable":
            return got
        is_array = issubclass(type(result), np.ndarray)
        if got is not None and got.key == "array.large" and not is_array:
            most = got.parameters["most"]
            return wrong("function.large", call=self.shown, most=most, expected=shape)
        if got is not None and got.key in _CONTAINERS:
            return wrong(_CONTAINERS[got.key], call=self.shown)
        if is_array and result.dtype.kind in "biuf":
            return self._misshapen(result.shape)
        if is_array:
            return wrong("function.array", call=self.shown, got=result.dtype.type.__name__)
        return wrong("function.result", call=self.shown, got=type(result).__name__)

    def _misshapen(self, shape: tuple[int, ...]) -> Finding:
        if self.expected.shape == ():
            return wrong("function.scalar", call=self.shown, got=str(shape))
        expected = str(self.expected.shape)
        return wrong("function.shape", call=self.shown, got=str(shape), expected=expected)

    @property
    def values(self) -> NDArray[Any]:
        """The numbers that came back, where there is no `problem`."""
        assert isinstance(self.call.values, np.ndarray)
        return self.call.values

    @property
    def first_off(self) -> Entry | None:
        """The first entry that is not finite where it should be, else the first that is off."""
        unusable = np.isfinite(self.expected) & ~np.isfinite(self.values)
        off = ~self.tolerance.accepts(self.expected, self.values)
        off = unusable if unusable.any() else off
        return first(off) if off.any() else None

    @property
    def is_off(self) -> bool:
        """Whether the call failed, or its values are not the right ones."""
        return (
            self.call.failure is not None or self.problem is not None or self.first_off is not None
        )

    @property
    def farthest_off(self) -> tuple[float, Entry]:
        """The largest error, relative to the larger of the two values, and its entry."""
        larger = np.maximum(np.abs(self.expected), np.abs(self.values))
        with np.errstate(all="ignore"):
            error = np.abs(self.values - self.expected) / larger
        error = np.where(self.expected == self.values, 0.0, error)
        error = np.where(np.isnan(error), np.inf, error)
        entry = first(error == error.max())
        return float(error[entry]), entry

    def differing(self, entry: Entry, at: str, in_digits: bool) -> Finding:
        """Return that `entry` differs; `at` tells which argument it belongs to, or is empty.

        With `in_digits`, numbers that look the same are told by how many digits agree.
        """
        expected, got = self.expected[entry], self.values[entry]
        relative = self.tolerance.relative
        alike = in_digits and relative and number_text(expected) == number_text(got)
        if alike:
            wanted = round(-np.log10(relative))
            count = min(int(-np.log10(abs(got / expected - 1))), wanted - 1)
            words = {"count": str(count), "wanted": str(wanted)}
        else:
            e, g = two_numbers(expected, got)
            words = {"got": g, "expected": e}
        if entry == ():
            key = "function.digits" if alike else "function.value"
            return wrong(key, call=self.shown, **words)
        key = "function.entry_digits" if alike else "function.entry"
        return wrong(key, call=self.shown, entry=entry_text(entry) + at, **words)
