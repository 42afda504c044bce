"""What a text stands for where an array is asked for: lists of lists of numbers.

People type arrays as they know them from Python, MATLAB or a book: in brackets, in rows behind
semicolons, with blanks between the entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.kinds.exact import NotAFraction, NumbersBeside, with_point
from mlplib.checks.kinds.typed import NotTyped, cleaned, two_readings
from mlplib.checks.kinds.typed_multiples import factors, spread

MOST_TYPED = 200
"""Arrays of more entries are not read: each may be a formula."""

DEEPEST_TYPED = 16
"""Nor are those with more brackets inside each other."""

_COMMA = re.compile(r"[-+]?[0-9]*,[0-9]+")
_EITHER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")


def typed_array(text: str, axes: int, read: Callable[[str], Any]) -> NDArray[Any]:
    """Return what a text stands for as an array of objects, each entry as `read` reads it.

    Parameters
    ----------
    text : str
        Such as ``[[1, 2], [3, 4]]``, ``1 2; 3 4``, ``np.array([1, 2])``, ``(1, 2)ᵀ``.
    axes : int
        How many axes are asked for, which decides whether ``1,5; 2,5`` are decimals or rows.
    read : callable
        From the text of an entry to a number; raises what `fraction_of` does.

    Raises
    ------
    NotTyped

    Examples
    --------
    >>> from mlplib.checks.kinds.typed import typed_number
    >>> typed_array("1/2 0.25; -3 1", 2, typed_number).tolist()
    [[Fraction(1, 2), 0.25], [-3, 1]]
    >>> typed_array("0,5; 1", 1, typed_number).tolist()
    [0.5, 1]
    >>> typed_array("(1, 2)/4", 1, typed_number).tolist()
    [Fraction(1, 4), Fraction(1, 2)]
    >>> [typed_array("(3 5)", axes, typed_number).tolist() for axes in (1, 2)]
    [[3, 5], [[3, 5]]]
    """
    splitter = _Splitter(text, axes)
    items = splitter.items()
    entries: list[Any] = []
    shape = _gather(items, lambda entry: typed_entry(entry, read, splitter.sure), entries)
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    array = array.reshape(shape)
    return array.T if splitter.turned else array


def _gather(item: Any, read: Callable[[str], Any], entries: list[Any]) -> tuple[int, ...]:
    """Add the numbers in nested lists to `entries`; return their shape."""
    if type(item) is str:
        if len(entries) == MOST_TYPED:
            raise NotTyped("array.large")
        entries.append(read(item))
        return ()
    shapes = [_gather(member, read, entries) for member in item]
    if any(shape != shapes[0] for shape in shapes):
        raise NotTyped("array.ragged")
    return (len(item), *(shapes[0] if shapes else ()))


def typed_entry(text: str, read: Callable[[str], Any], sure: bool = False) -> Any:
    """Return an entry of an array, in which a comma is a decimal one.

    Where that is not `sure`, a comma that could part thousands is refused.

    Raises
    ------
    NotTyped

    Examples
    --------
    >>> from mlplib.checks.kinds.typed import typed_fraction
    >>> typed_entry(" 0,125", typed_fraction)
    Fraction(1, 8)
    """
    clean = cleaned(text)
    if not sure and two_readings(clean):
        raise NotTyped("number.commas", clean)
    try:
        return read(with_point(clean) or clean)
    except OverflowError as failure:
        raise NotTyped("number.huge") from failure
    except (NotAFormula, NotAFraction, ZeroDivisionError) as failure:
        beside = isinstance(failure, NumbersBeside)
        raise NotTyped("array.beside" if beside else "array.text", text.strip()) from failure


_OPEN, _CLOSE = "([{", ")]}"
_CALLS = re.compile(
    r"\b(?:(?:np|numpy|sp|sympy|torch)\.)?(?:array|asarray|Matrix|tensor)(?=\()", re.ASCII
)
_TURNED = re.compile(r"[\])}] ?(?:ᵀ|⊤|\.T|\^T|\^⊤)$")
_HIDDEN = str.maketrans(",; \n()[]{}", "".join(chr(0xE000 + k) for k in range(10)))
_SHOWN = {after: before for before, after in _HIDDEN.items()}


_APPLIED = re.compile(r"\b(?:ln|log|exp|sqrt) (?=[0-9.])", re.ASCII)
"""A function before its number: the blank between them separates nothing."""


def _without_calls(text: str) -> str:
    """Return a cleaned text without ``np.array`` and what is told to it, and without an end."""
    text = re.sub(r",[ \n]*dtype[ ]*=[ ]*[A-Za-z0-9_.]+", "", _CALLS.sub("", text))
    bare = text.rstrip(" .;,\n")
    return bare if bare[-1:] in (*_CLOSE, "ᵀ", "⊤", "T") else text


class _Splitter:
    """Cuts a text into nested lists of texts, each part looked at once on every level."""

    def __init__(self, text: str, axes: int) -> None:
        bare = _without_calls(cleaned(text))
        text = _TURNED.sub(lambda end: end[0][0], bare)
        self.turned = text != bare
        self.sure = bool(re.search(r"(?<![0-9.,])0,[0-9]", bare))
        # What stands in quotation marks is one entry, whatever is in it.
        text = re.sub(r"([\"'])([^\"'\n]*)\1", lambda found: found[2].translate(_HIDDEN), text)
        text = re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[ \t\r]+", " ", text))
        text = re.sub(r",? (?:and|et|puis|then|to|à) ", ", ", text)
        text = _APPLIED.sub(lambda found: found[0].translate(_HIDDEN), text)
        text = re.sub(r"([,;(\[{])\n", r"\1 ", text)
        self._text = re.sub(r"\n([,;)\]}])", r" \1", text)
        self._axes = axes
        self._partners = self._paired()

    def items(self) -> Any:
        """Return the nested lists, or the text of a single number."""
        for start, end in self._top():
            around = factors(self._text[:start], self._text[end + 1 :])
            if around is not None:
                inner = self._text[start : end + 1]
                meant = spread(self._level(start + 1, end, 1)[0], inner, around, self._axes)
                if meant is not None:
                    return meant
        items, separated = self._level(0, len(self._text), 0)
        return items if separated or not items else items[0]

    def _top(self) -> Iterator[tuple[int, int]]:
        """Yield where brackets open and close that stand in no other one."""
        place = 0
        while place < len(self._text):
            if place in self._partners:
                yield place, self._partners[place]
                place = self._partners[place]
            place += 1

    def _paired(self) -> dict[int, int]:
        """Return where each bracket that opens is closed."""
        partners: dict[int, int] = {}
        opened: list[int] = []
        for place, sign in enumerate(self._text):
            if sign in _OPEN:
                opened.append(place)
            elif sign in _CLOSE:
                if not opened or _OPEN.index(self._text[opened[-1]]) != _CLOSE.index(sign):
                    raise NotTyped("array.written")
                partners[opened.pop()] = place
        if opened:
            raise NotTyped("array.written")
        return partners

    def _level(self, start: int, end: int, depth: int) -> tuple[list[Any], bool]:
        """Return the items between two places, and whether something separates them."""
        if depth > DEEPEST_TYPED:
            raise NotTyped("array.deep")
        rows = self._cut(start, end, ";")
        if len(rows) == 1:
            rows = self._cut(start, end, "\n")
        decimals = self._decimals(rows)
        if decimals:
            return decimals, True
        if len(rows) == 1:
            parts, separated = self._row(start, end)
            return [self._item(*part, depth) for part in parts], separated
        members = [self._row(*row)[0] for row in self._whole(rows)]
        if all(len(parts) == 1 for parts in members):
            return [self._item(*parts[0], depth) for parts in members], True
        return [[self._item(*part, depth) for part in parts] for parts in members], True

    def _row(self, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
        """Return the parts of a row: between commas, where it has any, else between blanks.

        In "0,25 0 1,5" every comma is a decimal one.
        """
        parts = self._cut(start, end, ",")
        pieces = [piece for piece in self._cut(start, end, " ") if self._stripped(*piece)]
        words = [self._stripped(*piece) for piece in pieces]
        numbers = all(map(_EITHER.fullmatch, words))
        if len(parts) == 1 or (numbers and len(pieces) > 1):
            return pieces, len(pieces) > 1
        return self._whole(parts), True

    def _item(self, start: int, end: int, depth: int) -> Any:
        while start < end and self._text[start] in " \n":
            start += 1
        while start < end and self._text[end - 1] in " \n":
            end -= 1
        if start == end:
            raise NotTyped("array.written")
        if self._partners.get(start) != end - 1:
            return self._text[start:end].translate(_SHOWN)
        items, separated = self._level(start + 1, end - 1, depth + 1)
        single = self._text[start] == "(" and len(items) == 1 and not separated
        return items[0] if single else items

    def _cut(self, start: int, end: int, sign: str) -> list[tuple[int, int]]:
        """Return the ranges between the signs that stand in no bracket."""
        ranges, place, begin = [], start, start
        while place < end:
            if place in self._partners:
                place = self._partners[place]
            elif self._text[place] == sign and (sign != " " or self._separates(place)):
                ranges.append((begin, place))
                begin = place + 1
            place += 1
        return [*ranges, (begin, end)]

    def _separates(self, place: int) -> bool:
        """Tell whether a blank stands between two entries, and not beside an operator."""
        before, behind = self._text[place - 1 : place], self._text[place + 1 : place + 3]
        if before in _OPERATORS or not behind:
            return False
        if behind[0] in "+-":
            return len(behind) == 2 and behind[1] != " "
        return behind[0] not in _OPERATORS + "%"

    def _whole(self, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the ranges without an empty one at the end, behind the last comma."""
        return ranges if self._stripped(*ranges[-1]) else ranges[:-1]

    def _stripped(self, start: int, end: int) -> str:
        return self._text[start:end].strip(" \n")

    def _decimals(self, rows: list[tuple[int, int]]) -> list[str]:
        """Return the entries of people who write decimals behind a comma, "0,5; 1"."""
        words = [self._stripped(*part) for part in self._whole(rows)]
        decimal = [bool(_COMMA.fullmatch(word)) for word in words]
        sound = all(_COMMA.fullmatch(word) or "," not in word for word in words)
        is_rows = self._axes == 2 and all(decimal)
        return words if len(words) > 1 and sound and any(decimal) and not is_rows else []


_OPERATORS = "+-*/^·⋅×∙∗•÷∕⁄=≈<>"
