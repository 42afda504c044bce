"""What a text says of a list as a whole: ``4*(3, -1)``, ``(1, 2)/8``, ``diag(1, 2)``, ``(3 5)``."""

from __future__ import annotations

import re
from typing import Any

_DIAGONAL = re.compile(r"(?:(?:np|numpy)\.)?diag ?$")
_PRINTED_ROW = re.compile(r"\([^(),;\[\]{}\n]+\)")
"""Round brackets without commas, in which books print a matrix of one row."""

_FACTOR = (
    r"(?:[0-9.*/·×⋅÷^ eπ√]|sqrt|ln|log|exp|np\."
    r"|\((?:[^(),;\[\]{}\n]|\([^(),;\[\]{}\n]*\))*\))"
)
_BEFORE = re.compile(rf"-?{_FACTOR}*")
_BEHIND = re.compile(rf"(?: ?[*/·×⋅÷]{_FACTOR}+)?")
"""A number by which each entry is multiplied or divided, or a function that is taken of each."""

_NUMBER_ENDS = re.compile(r"[0-9.)π]$")


def factors(left: str, right: str) -> tuple[str, str, bool] | None:
    """Return what stands before each entry and behind it, and whether ``diag`` stands there.

    None where the texts on both sides of a list are something else.

    Examples
    --------
    >>> factors("1/8 ", ""), factors("np.diag", "/16"), factors("1 + ", "")
    (('(1/8)*', '', False), ('', '/16', True), None)
    """
    before = _DIAGONAL.sub("", left)
    if not (_BEFORE.fullmatch(before) and _BEHIND.fullmatch(right)):
        return None
    bare = before.rstrip(" ")
    return f"({bare})*" if _NUMBER_ENDS.search(bare) else bare, right, left != before


def spread(items: list[Any], inner: str, around: tuple[str, str, bool], axes: int) -> Any:
    """Return the lists that are meant, None where a text says nothing of a list as a whole.

    Parameters
    ----------
    items : list
        What stands in the brackets: texts, or lists of them.
    inner : str
        The same as text, with its brackets.
    around : (str, str, bool)
        What `factors` returns.
    axes : int
        How many axes are asked for.
    """
    before, behind, is_diagonal = around
    is_round = inner[0] == "("
    if len(items) == 1 and type(items[0]) is list and is_round:
        items = items[0]
    elif len(items) < 2 and (is_round or not items or type(items[0]) is str):
        return None  # in Python [0]*4 are four zeros: that is left alone
    if is_diagonal and all(type(item) is str for item in items):
        size = len(items)
        items = [["0"] * k + [item] + ["0"] * (size - k - 1) for k, item in enumerate(items)]
    elif is_diagonal:
        return None
    elif axes == 2 and _PRINTED_ROW.fullmatch(inner):
        items = [items]
    elif not before + behind:
        return None
    return _each(items, before, behind)


def _each(item: Any, before: str, behind: str) -> Any:
    """Return nested lists with every entry between two texts."""
    if type(item) is str:
        return f"{before}({item}){behind}" if before + behind else item
    return [_each(member, before, behind) for member in item]
