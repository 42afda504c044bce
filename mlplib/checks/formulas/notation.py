"""What students type for the same thing: names of functions, and Unicode signs in ASCII."""

from __future__ import annotations

import re
import unicodedata

FUNCTIONS: dict[str, int] = {
    "exp": 1,
    "ln": 1,
    "sqrt": 1,
    "abs": 1,
    "sign": 1,
    "sin": 1,
    "cos": 1,
    "sinh": 1,
    "cosh": 1,
    "tanh": 1,
    "artanh": 1,
    "log1p": 1,
    "sigma": 1,
    "softplus": 1,
    "relu": 1,
    "H": 1,
    "ind": 1,
    "max": 2,
    "min": 2,
    "D": 2,
}
"""Every function by its one name, with the number of its arguments."""

ALIASES: dict[str, str] = {
    "log": "ln",
    "sigmoid": "sigma",
    "logistic": "sigma",
    "expit": "sigma",
    "sgn": "sign",
    "signe": "sign",
    "heaviside": "H",
    "Heaviside": "H",
    "ReLU": "relu",
    "RELU": "relu",
    "rect": "relu",
    "indicator": "ind",
    "Abs": "abs",
    "Max": "max",
    "Min": "min",
    "maximum": "max",
    "minimum": "min",
    "diff": "D",
    "Derivative": "D",
    "atanh": "artanh",
    "arctanh": "artanh",
}
"""Other names for them; those with capitals are also how sympy prints."""

CONSTANTS = frozenset({"e", "pi"})

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2063\ufe0e\ufe0f\ufeff"
"""What comes along unseen where a text is pasted from the web or from Word."""

WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
"""Full-width signs, as keyboards of East Asia type them."""

_DIGITS = {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
"""Digits of Arabic, Persian and Hindi."""

FRACTIONS = {
    sign: f"({unicodedata.normalize('NFKC', sign).replace('⁄', '/')})"
    for sign in "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
}
"""Fractions of one sign; 2½ is two and a half."""

CHARACTERS: dict[str, str] = {
    **dict.fromkeys(INVISIBLE, ""),
    **WIDE,
    **_DIGITS,
    "\u2062": "*",
    "\u2064": "+",
    "\u3000": " ",
    **dict.fromkeys("−–—‐‑﹣-", "-"),
    **dict.fromkeys("·⋅×∙∗•", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("′’‘´`ʹ", "'"),
    **dict.fromkeys("\u00a0\u2009\u202f\u2061\t\n\r", " "),
    "σ": "sigma",
    "π": "pi",
    "√": "sqrt",
    "𝟙": "ind",
    "≤": "<=",
    "≥": ">=",
    **FRACTIONS,
    "{": "(",
    "}": ")",
    "[": "(",
    "]": ")",
    **dict.fromkeys("｛［", "("),
    **dict.fromkeys("｝］", ")"),
    "∣": "|",
}
"""Signs and what they are read as."""

SUPERSCRIPTS = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        "0123456789-+()abcdefghijklmnoprstuvwxyz",
        strict=True,
    )
)
"""A run of these is an exponent."""

SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
"""Part of a name: z₁ is typed z1."""


ABOUT = (
    *("about", "around", "roughly", "approximately", "approx.", "nearly", "still", "environ"),
    "in",
)
"""What people say before a number that they have rounded."""

UNITS = (
    *("times", "fold", "sweeps?", "steps?", "layers?", "inputs?", "units?", "weights?"),
    *("parameters?", "multiplications?", "numbers?", "examples?", "classes", "fois", "pas"),
    "times(?: as [a-z]+| [a-z]+er| less| more)",
    *("x", "nats?", "arrays?", "of them"),
)
"""What people count, behind a number, as patterns."""

UNSAID = (
    rf"^(?:(?:{'|'.join(map(re.escape, ABOUT))})\s+|[×x](?= ?[0-9]))"
    rf"|(?<=[0-9)])[ -]*(?:{'|'.join(UNITS)})$|(?<=[A-Za-z])[ -](?:{'|'.join(UNITS)})$"
)
"""What a number does not need, as a pattern."""


def visible(text: str) -> str:
    """Return `text` without invisible characters, and with full-width signs in their usual width.

    Examples
    --------
    >>> visible("\u200bＡ, B")
    'A, B'
    """
    return "".join(WIDE.get(c, c) for c in text if c not in INVISIBLE)


_BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = _BLANKS + "".join(map(chr, range(0x2000, 0x200B))) + INVISIBLE

QUOTES = ("«»", "‹›", "“”", "„“", "””", "‘’", '""', "''", "``", "$$")
"""Signs that may stand around a whole answer."""


def unquoted(text: str) -> str:
    """Return `text` with blanks in place of the quotation or dollar signs around all of it.

    What stands between them stays where it was.

    Examples
    --------
    >>> unquoted("« 1 - t^2 »"), unquoted("`$x$`"), unquoted("'x' + 'y'")
    ('  1 - t^2  ', '  x  ', "'x' + 'y'")
    """
    for left, right in map(tuple, QUOTES * 2):
        start, end = len(text) - len(text.lstrip(_UNSEEN)), len(text.rstrip(_UNSEEN))
        if end - start < 2 or text[start] != left or text[end - 1] != right:
            continue
        start = len(text) - len(text[start:].lstrip(left))
        inside = text[start:end].rstrip(right)
        if left not in inside and right not in inside:
            text = " " * start + inside + " " * (len(text) - start - len(inside))
    return text


def unjoined(text: str) -> str:
    """Return `text` in capitals, without words that stand between letters, as "and" and "puis".

    Examples
    --------
    >>> unjoined("1b et 2A"), unjoined("C, then B")
    ('1B  2A', 'C,  B')
    """
    return _JOINING.sub("", text.upper())


JOINING = ("AND", "THEN", "NEXT", "FINALLY", "WITH", "ET", "PUIS", "ENSUITE", "ENFIN", "AVEC")

_JOINING = re.compile(rf"\b(?:{'|'.join(JOINING)})\b")
