"""Reading a set of real numbers: brackets of two dialects, unions, points, inequalities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from mlplib.checks.formulas.latex import without_latex
from mlplib.checks.formulas.tokens import NotAFormula
from mlplib.checks.kinds.exact import NotAFraction, fraction_of
from mlplib.checks.quoting import quoted
from mlplib.numerals import true_minus

End: TypeAlias = Fraction | float
"""A fraction, or one of the two infinities."""

INFINITY = float("inf")

LONGEST = 300
"""Longer texts are not read."""

_PIECE = re.compile(r"\s*([\[\](])([^\[\](){}]*)([\[\])])\s*")
_POINTS = re.compile(r"\s*\{([^{}]*)\}\s*")
_UNION = re.compile(r"\s*(?:∪|\bor\b|\bunion\b)\s*", re.IGNORECASE)
_LETTER_U = re.compile(r"(?<=[\])}\[])(\s*)u(?=\s*[\[({\]])", re.IGNORECASE)
"""A letter between two brackets; elsewhere it may be a variable."""
_BUILT = re.compile(r"\{\s*\w+\s*(?:(?:in|∈)\s*[Rℝ]\s*)?[|:]\s*(.*)\}")
"""A set that is built, as in ``{s | 0 < s <= 1/4}``."""
_MEMBER = re.compile(r"^[^\W\d]\w*\s*(?:∈|\bin\b)\s*")
"""What stands before a set of which something is a member."""
NAMES = {
    "r": "(-inf, inf)",
    "ℝ": "(-inf, inf)",
    "∅": "{}",
    "empty": "{}",
    "the empty set": "{}",
}
"""Sets that have a name."""

COMMANDS = {"\\infty": "inf", "\\cup": "∪", "\\{": "{", "\\}": "}"}
"""What TeX calls their signs."""

INFINITIES = ("inf", "infinity", "oo", "∞", "np.inf", "math.inf")


class Unreadable(Exception):
    """A text that is no set, with the key of the sentence that says why."""

    def __init__(self, key: str, **words: str) -> None:
        super().__init__(key)
        self.key, self.words = key, words


@dataclass(frozen=True, order=True)
class Piece:
    """An interval that is not empty; a point has equal ends that both belong to it."""

    low: End
    high: End
    has_low: bool
    has_high: bool


def set_of(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a set, lowest first, none touching the next: equal sets are equal.

    Raises
    ------
    Unreadable

    Examples
    --------
    >>> set_text(set_of("]0, 1/2] U [0.25, 1) or {3}"))
    '(0, 1) ∪ {3}'
    >>> set_of("x > 0") == set_of("(0, oo)") == set_of("]0; +∞[")
    True
    """
    if len(text) > LONGEST:
        raise Unreadable("intervals.text")
    plain = text.strip().strip("\"'$. ").replace("−", "-")
    for command, sign in COMMANDS.items():
        plain = plain.replace(command, sign)
    plain = re.sub(r"\(([0-9]+/[0-9]+)\)", r"\1", without_latex(plain))
    plain = NAMES.get(plain.strip().lower(), plain)
    pieces: list[Piece] = []
    plain = _LETTER_U.sub("∪", _MEMBER.sub("", plain))
    if built := _BUILT.fullmatch(plain):
        plain = built[1]
    for part in _UNION.split(plain):
        if re.search("[<>≤≥]", part):
            pieces += _common([_inequality(bound) for bound in re.split(r"\band\b|∧|&|,", part)])
        else:
            pieces += _pieces(part)
    return _joined(pieces)


def set_text(pieces: Sequence[Piece]) -> str:
    """Return a set as it is printed."""
    parts = []
    for piece in pieces:
        low, high = end_text(piece.low), end_text(piece.high)
        brackets = "[" if piece.has_low else "(", "]" if piece.has_high else ")"
        point = piece.low == piece.high
        parts.append(f"{{{low}}}" if point else f"{brackets[0]}{low}, {high}{brackets[1]}")
    return " ∪ ".join(parts) or "∅"


def end_text(end: End) -> str:
    """Return an end as it is printed.

    Examples
    --------
    >>> end_text(Fraction(-1, 4)), end_text(-INFINITY)
    ('−1/4', '−∞')
    """
    if end == INFINITY:
        return "∞"
    return "−∞" if end == -INFINITY else true_minus(str(end))


def contains(pieces: Sequence[Piece], point: End) -> bool:
    """Tell whether a number belongs to a set."""
    return any(
        piece.low < point < piece.high
        or (point == piece.low and piece.has_low)
        or (point == piece.high and piece.has_high)
        for piece in pieces
    )


def text_of_sympy(answer: Any) -> Any:
    """Return a set of sympy's as text; anything else as it came.

    Examples
    --------
    >>> import sympy
    >>> text_of_sympy(sympy.Interval.open(0, 1) + sympy.FiniteSet(2))
    '(0, 1) ∪ {2}'
    """
    if not type(answer).__module__.startswith("sympy."):
        return answer
    match type(answer).__name__:
        case "Union":
            return " ∪ ".join(sorted(str(text_of_sympy(part)) for part in answer.args[:LONGEST]))
        case "Interval":
            ends = f"{answer.start}, {answer.end}"
            return f"{'[('[bool(answer.left_open)]}{ends}{'])'[bool(answer.right_open)]}"
        case "FiniteSet" | "EmptySet" | "Reals":
            return {"EmptySet": "{}", "Reals": "R"}.get(type(answer).__name__, str(answer))
    return answer


def _pieces(text: str) -> list[Piece]:
    if match := _POINTS.fullmatch(text):
        points = [_end(point) for point in _split(match[1])] if match[1].strip() else []
        return [_piece(point, point, True, True) for point in points]
    match = _PIECE.fullmatch(text)
    ends = _split(match[2]) if match else []
    if match is None or len(ends) != 2:
        raise Unreadable("intervals.text")
    return [_piece(_end(ends[0]), _end(ends[1]), match[1] == "[", match[3] == "]")]


def _common(pieces: Sequence[Piece]) -> list[Piece]:
    """Return what belongs to all of these intervals."""
    low, open_low = max((piece.low, not piece.has_low) for piece in pieces)
    high, has_high = min((piece.high, piece.has_high) for piece in pieces)
    return [_piece(low, high, not open_low, has_high)]


def _inequality(text: str) -> Piece:
    """Return ``0 < x <= 1`` or ``x > 0`` as an interval."""
    parts = re.split(r"(<=|>=|<|>|≤|≥)", text.replace("=<", "<=").replace("=>", ">="))
    values, signs = [part.strip() for part in parts[::2]], parts[1::2]
    if signs and signs[0][0] in ">≥":
        turned = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
        values, signs = values[::-1], [turned[s[0]] + s[1:] for s in reversed(signs)]
    place = next((i for i, value in enumerate(values) if _is_variable(value)), -1)
    rising = signs and all(sign[0] in "<≤" for sign in signs)
    if not rising or place not in ((1,) if len(values) == 3 else (0, 1)) or len(values) > 3:
        raise Unreadable("intervals.text")
    closed = [sign != "<" for sign in signs]
    low, has_low = (_end(values[0]), closed[0]) if place else (-INFINITY, False)
    above = len(values) > place + 1
    high, has_high = (_end(values[-1]), closed[-1]) if above else (INFINITY, False)
    return _piece(low, high, has_low, has_high)


def _is_variable(text: str) -> bool:
    """Tell whether a member of a chain holds a letter, and is not infinity."""
    return (
        any(sign.isalpha() or sign == "_" for sign in text)
        and "\\" not in text
        and text.strip(" +-").lower() not in INFINITIES
    )


def _split(text: str) -> list[str]:
    """Return what stands between commas; behind semicolons a comma may be a decimal one."""
    if ";" in text:
        return text.replace(",", ".").split(";")
    return text.split(",")


def _end(text: str) -> End:
    number = text.strip().removeprefix("+").strip()
    if number.removeprefix("-").strip().lower() in INFINITIES:
        return -INFINITY if number.startswith("-") else INFINITY
    try:
        return fraction_of(number)
    except (NotAFormula, NotAFraction, ZeroDivisionError, OverflowError):
        raise Unreadable("intervals.number", number=quoted(number)) from None


def _piece(low: End, high: End, has_low: bool, has_high: bool) -> Piece:
    if (has_low and abs(low) == INFINITY) or (has_high and abs(high) == INFINITY):
        raise Unreadable("intervals.infinity")
    if low > high or (low == high and not (has_low and has_high)):
        raise Unreadable("intervals.turned")
    return Piece(low, high, has_low, has_high)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.low, not p.has_low)):
        last = joined[-1] if joined else None
        touches = last is not None and (
            piece.low < last.high or (piece.low == last.high and (piece.has_low or last.has_high))
        )
        if last is None or not touches:
            joined.append(piece)
            continue
        high = max((last.high, last.has_high), (piece.high, piece.has_high))
        joined[-1] = Piece(last.low, high[0], last.has_low, high[1])
    return tuple(joined)
