"""What a text stands for where numbers are asked for: one of them, or lists of lists of them.

People type numbers into a box as they write them on paper, and arrays as they know them from
Python, MATLAB or a book: in brackets, in rows behind semicolons, with blanks between the entries.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlplib.checks.formulas.evaluation import NoValue, value
from mlplib.checks.formulas.notation import unquoted, visible
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.formulas.tree import Node
from mlplib.checks.kinds.exact import (
    NotAFraction,
    NumbersBeside,
    exact_value,
    formula_of_numbers,
    fraction_of,
    with_point,
)

LONGEST_TYPED = 2000
"""Texts of more characters are not read."""

DEEPEST_TYPED = 16
"""Nor are those with more brackets inside each other."""

_SIGNS = str.maketrans(
    {**dict.fromkeys("−–—‐‑﹣", "-"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'")}
)
_LETTER = "A-Za-z_∂\u00c0-\u024f\u0370-\u03ff\u1e00-\u1eff"
_NAMED = re.compile(
    rf"^(?:[{_LETTER}][{_LETTER}0-9₀-₉ᵀ /^'′\u0302()\[\],]{{0,40}}?)?[ \n]*[:=≈~]?[=≈~][ \n]*"
)
"""The name of what is given and an equals sign, or the sign alone."""

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_COMMA = re.compile(r"[-+]?[0-9]*,[0-9]+")
_SURE_COMMA = re.compile(r"[-+]?0?,[0-9]+")
_UNBOUNDED = re.compile(
    r"([-+]?)(?:(?:np|numpy|math|sp|sympy)\.)?(inf|infinity|oo|∞|nan)", re.IGNORECASE
)


_MODULE = re.compile(r"(?<![A-Za-z0-9_.])(?:np|numpy|math|sp|sympy)\.(?=[a-z])")
_TINY = re.compile(r"[0-9.][eE][-+]?[0-9]{3}")
"""A number such as 1e-300 in a formula, which is not read as 1·e − 300."""

_BARE_FUNCTION = re.compile(
    r"(?<![A-Za-z_])(ln|(?:log|exp|sqrt)(?= )) ?([0-9.]+)"
    r"(?= *(?:$|[-+;)\]\n]|,(?![0-9]))| +[^ */^·×⋅(])"
)
"""A function of one number without brackets, such as ln 5, where nothing could belong to both."""

MOST_TYPED = 200
"""Nor are arrays of more entries: each may be a formula."""


class NotTyped(Exception):
    """A text that is not read: the key of the sentence that says why, and the part of it."""

    def __init__(self, key: str, part: str | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.part = part


def cleaned(text: str) -> str:
    """Return a text without its quotation marks, invisible signs, and the name before ``=``.

    Raises
    ------
    NotTyped
        If the text is too long.

    Examples
    --------
    >>> cleaned(" slope ≈ −0.25 "), cleaned("dL/dy = 3"), cleaned("2 ln 5")
    ('-0.25', '3', '2 ln(5)')
    """
    if len(text) > LONGEST_TYPED:
        raise NotTyped("number.long")
    bare = _NAMED.sub("", visible(unquoted(text)).translate(_SIGNS).strip()).strip()
    return _BARE_FUNCTION.sub(r"\1(\2)", bare)


def typed_number(text: str) -> int | float | Fraction:
    """Return the number that a cleaned text stands for, such as "3/4", "2^16", "ln(5)" or "50 %".

    Raises
    ------
    NotAFormula, NotAFraction, ZeroDivisionError, OverflowError

    Examples
    --------
    >>> typed_number("65 536"), typed_number("1¼"), typed_number("50 %"), typed_number("-inf")
    (Fraction(65536, 1), Fraction(5, 4), 0.5, -inf)
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    unbounded = typed_unbounded(text)
    if unbounded is not None:
        return unbounded
    if text.endswith("%"):
        return typed_number(_share(text)) / 100
    node = formula_of_numbers(_MODULE.sub("", text))
    try:
        return exact_value(node)
    except (NotAFraction, OverflowError):
        return _rounded_value(node, text)


def _rounded_value(node: Node, text: str) -> float:
    """Return the float nearest to the value of a formula such as ``10*ln(999)``."""
    if _TINY.search(text):
        raise NotAFraction
    try:
        number = float(value(node, {}, {}))
    except NoValue as failure:
        raise (OverflowError if failure.key == "formula.huge" else NotAFraction) from failure
    if math.isinf(number):
        raise OverflowError
    return number


def typed_unbounded(text: str) -> float | None:
    """Return an infinity or NaN, None for any other text."""
    found = _UNBOUNDED.fullmatch(text)
    return found and float(found[1] + ("nan" if found[2].lower() == "nan" else "inf"))


def typed_fraction(text: str) -> Fraction:
    """Return the exact value of a cleaned text.

    Raises
    ------
    NotAFormula, NotAFraction, ZeroDivisionError, OverflowError
    """
    if len(text) < 20 and _DECIMAL.fullmatch(text) and "e" not in text.lower():
        return Fraction(text)
    return typed_fraction(_share(text)) / 100 if text.endswith("%") else fraction_of(text)


def _share(text: str) -> str:
    """Return the number before a percent sign."""
    number = text[:-1].strip()
    if number.endswith("%"):
        raise NotAFraction
    return number


def two_readings(text: str) -> tuple[int, str] | None:
    """Return both readings of a cleaned text such as 18,432: as a whole number, and with a point.

    Examples
    --------
    >>> two_readings("-18,432"), two_readings("0,125"), two_readings("1,048,576")
    ((-18432, '-18.432'), None, None)
    """
    if not re.fullmatch(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}", text):
        return None
    return int(text.replace(",", "")), text.replace(",", ".")


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
    >>> typed_array("1/2 0.25; -3 1", 2, typed_number).tolist()
    [[Fraction(1, 2), 0.25], [-3, 1]]
    >>> typed_array("0,5; 1", 1, typed_number).tolist()
    [0.5, 1]
    """
    splitter = _Splitter(text, axes)
    items = splitter.items()
    entries: list[Any] = []
    shape = _gather(items, read, entries)
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    array = array.reshape(shape)
    return array.T if splitter.turned else array


def _gather(item: Any, read: Callable[[str], Any], entries: list[Any]) -> tuple[int, ...]:
    """Add the numbers in nested lists to `entries`; return their shape."""
    if type(item) is str:
        if len(entries) == MOST_TYPED:
            raise NotTyped("array.large")
        entries.append(typed_entry(item, read))
        return ()
    shapes = [_gather(member, read, entries) for member in item]
    if any(shape != shapes[0] for shape in shapes):
        raise NotTyped("array.ragged")
    return (len(item), *(shapes[0] if shapes else ()))


def typed_entry(text: str, read: Callable[[str], Any]) -> Any:
    """Return an entry of an array, in which a comma is a decimal one.

    Raises
    ------
    NotTyped

    Examples
    --------
    >>> typed_entry(" 0,125", typed_fraction)
    Fraction(1, 8)
    """
    clean = cleaned(text)
    if two_readings(clean):
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
        # What stands in quotation marks is one entry, whatever is in it.
        text = re.sub(r"([\"'])([^\"'\n]*)\1", lambda found: found[2].translate(_HIDDEN), text)
        text = re.sub(r" ?\n[ \n]*", "\n", re.sub(r"[ \t\r]+", " ", text))
        text = re.sub(r"([,;(\[{])\n", r"\1 ", text)
        self._text = re.sub(r"\n([,;)\]}])", r" \1", text)
        self._axes = axes
        self._partners = self._paired()

    def items(self) -> Any:
        """Return the nested lists, or the text of a single number."""
        items, separated = self._level(0, len(self._text), 0)
        return items if separated or not items else items[0]

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
        """Return the parts of a row: between commas, where it has any, else between blanks."""
        parts = self._cut(start, end, ",")
        if len(parts) == 1:
            parts = [part for part in self._cut(start, end, " ") if self._stripped(*part)]
            return parts, len(parts) > 1
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

    def _decimals(self, rows: list[tuple[int, int]]) -> list[Any]:
        """Return the entries of people who write decimals behind a comma, "0,5; 1" or "0,5 1,5"."""
        texts = [re.split(r"[ \n]+", self._stripped(*row)) for row in self._whole(rows)]
        words = [word for row in texts for word in row]
        blanks = len(words) > len(texts)
        decimal = [bool(_COMMA.fullmatch(word)) for word in words]
        others = [word for word in words if not _COMMA.fullmatch(word)]
        if len(words) < 2 or not any(decimal):
            return []
        if not all(_DECIMAL.fullmatch(word) if blanks else "," not in word for word in others):
            return []
        if self._axes == 2 and (len(texts) == 1 if blanks else all(decimal)):
            return []
        # In 1,5 2 the comma may separate: one that stands behind a 0 or nothing does not.
        if blanks and not all(decimal) and not any(map(_SURE_COMMA.fullmatch, words)):
            return []
        words = _pointed(words)
        if self._axes < 2 or not blanks:
            return words
        return [[words.pop(0) for _ in row] for row in texts]


def _pointed(words: list[str]) -> list[str]:
    """Return decimals with a point, if one of them shows that their comma is a decimal one."""
    sure = any(_COMMA.fullmatch(word) and not two_readings(word) for word in words)
    return [word.replace(",", ".") for word in words] if sure else words


_OPERATORS = "+-*/^·⋅×∙∗•÷∕⁄=≈<>"
