"""A formula as it was read, with every bracket that decides, and its names as they were typed."""

from __future__ import annotations

from fractions import Fraction

from mlplib.checks.formulas.notation import ALIASES
from mlplib.checks.formulas.tokens import NotAFormula, tokenize
from mlplib.checks.formulas.tree import (
    Application,
    Comparison,
    Literal,
    Node,
    Operation,
    Symbol,
    walk,
)

LONGEST_READING = 300

_BY_SIGN = {"abs": ("|", "|…|"), "ind": ("1", "1_{…}"), "exp": ("^", "e^…")}
"""Functions that can be typed without their names: the sign that tells, and how they are quoted."""


def as_read(node: Node) -> str:
    """Return a formula with brackets around every quotient and power.

    Examples
    --------
    >>> from mlplib.checks.formulas.grammar import parse
    >>> as_read(parse("-t/p + 1-t/(1-p)", "pt")), as_read(parse("2p*1-p^2x", "px"))
    ('(−t/p) + 1 − (t/(1 − p))', '2·p·1 − (p^2)·x')
    """
    match node:
        case Literal(value):
            return str(value) if value.denominator == 1 else f"{float(value):g}"
        case Symbol(name):
            return name
        case Application(name, arguments):
            return f"{name}({', '.join(map(as_read, arguments))})"
        case Comparison(sign, left, right):
            return f"{as_read(left)} {sign} {as_read(right)}"
        case Operation("-", Literal(Fraction(numerator=0)), right):
            return f"−{_factor(right)}"
        case Operation("+" | "-" as sign, left, right):
            minus = {"+": "+", "-": "−"}[sign]
            return f"{_term(left)} {minus} {_term(right, sign == '-')}"
        case Operation("*", left, right):
            return f"{_factor(left)}·{_factor(right)}"
    return f"{_operand(node.left)}{node.sign}{_operand(node.right)}"


def _is(node: Node, signs: str) -> bool:
    return isinstance(node, Operation) and node.sign in signs


def _term(node: Node, bracketed: bool = False) -> str:
    inner = as_read(node)
    return f"({inner})" if _is(node, "/^") or (bracketed and _is(node, "+-")) else inner


def _factor(node: Node) -> str:
    return f"({as_read(node)})" if _is(node, "+-/^") else as_read(node)


def _operand(node: Node) -> str:
    """Return what stands over or under a bar or a power; a minus alone needs no brackets there."""
    match node:
        case Operation("-", Literal(Fraction(numerator=0)), right):
            bracketed = isinstance(right, Operation)
        case _:
            bracketed = isinstance(node, Operation)
    return f"({as_read(node)})" if bracketed else as_read(node)


def is_easily_misread(node: Node, text: str) -> bool:
    """Tell whether a formula has a slash, a power, a product without its sign or in a sum."""
    try:
        signs = [token.text for token in tokenize(text)]
    except NotAFormula:
        return True  # it was shortened to be quoted
    products = sum(_is(part, "*") for part in walk(node))
    summed = any(_is(part, "+-") and _has_product(part) for part in walk(node))
    return "/" in signs or "^" in signs or products > signs.count("*") or summed


def _has_product(node: Node) -> bool:
    return isinstance(node, Operation) and (_is(node.left, "*") or _is(node.right, "*"))


def as_typed(name: str, text: str) -> str:
    """Return how a function or variable stands in `text`.

    Examples
    --------
    >>> as_typed("sigma", "1 - logistic(x)"), as_typed("abs", "|x|"), as_typed("H", "Heaviside(x)")
    ('logistic', '|…|', 'Heaviside')
    """
    try:
        tokens = tokenize(text)
    except NotAFormula:
        return name
    for token in tokens:
        if name in (token.text, ALIASES.get(token.text)):
            typed = text[token.position :].startswith(token.text)
            return token.text if typed else text[token.position]
    sign, quoted = _BY_SIGN.get(name, ("", ""))
    return quoted if sign and sign in [token.text[:1] for token in tokens] else name
