"""Cutting a student's formula into tokens, each of which remembers where it stood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mlplib.checks.formulas.notation import (
    ALIASES,
    CHARACTERS,
    CONSTANTS,
    FRACTIONS,
    FUNCTIONS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    unquoted,
)

LONGEST = 2000
MOST_DIGITS = 30
MOST_TOKENS = 400

_TOKEN = re.compile(
    r"(?P<indicator>1_?(?=\((?:[^()]|\([^()]*\))*[<>]))"
    r"|(?P<derivative>d/d(?=[A-Za-z]))"
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2}(?![\d.]))?)"
    r"|(?P<module>(?:np|numpy|math|sp|sympy)\.(?P<bare>[A-Za-z]\w*(?:\([^()]{0,20}\))?))"
    r"|(?P<name>(?:ln|sqrt)(?=\d)|[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>\*\*|<=|>=|[-+*/^(),<>'|])",
    re.ASCII,
)

_PIECES = {**CHARACTERS, **SUBSCRIPTS, **SUPERSCRIPTS}
"""Every sign that is read as others, and those."""

_WHOLE = re.compile(r"(?<![\w.])[0-9]+[ \u00a0\u2009\u202f]?$")
"""The whole number before a fraction of one sign."""

_KNOWN = {*FUNCTIONS, *ALIASES, *CONSTANTS}
"""What may be called as NumPy calls it, np.exp."""

_STRANGE = {"=": "formula.equation", "\\": "formula.latex", "$": "formula.latex"}


@dataclass(frozen=True)
class Token:
    """A piece of a formula.

    Attributes
    ----------
    kind : str
        ``number``, ``name``, ``sign``, ``indicator`` (the 1 of an indicator function),
        ``derivative`` (d/d) or ``end``.
    text : str
    position : int
        Index in the text as typed.
    """

    kind: str
    text: str
    position: int


class NotAFormula(Exception):
    """A text that is not read as a formula: which message says why, and where it is wrong.

    Attributes
    ----------
    key : str
        Key of the message in the table ``[formula]``.
    position : int
        Index in the text as typed.
    parameters : dict of str to str
    """

    def __init__(self, key: str, position: int, **parameters: str) -> None:
        super().__init__(key)
        self.key = key
        self.position = position
        self.parameters = parameters


def tokenize(text: str, most_digits: int = MOST_DIGITS) -> list[Token]:
    """Return the tokens of `text`, the last of kind ``end``.

    Raises
    ------
    NotAFormula
        Where a character is unknown, a number has too many digits or the text is too long.

    Examples
    --------
    >>> [token.text for token in tokenize("σ(x)²−1")]
    ['sigma', '(', 'x', ')', '^', '(', '2', ')', '-', '1', '']
    """
    if len(text) > LONGEST:
        raise NotAFormula("formula.long", LONGEST, longest=str(LONGEST))
    plain, origin = _in_ascii(unquoted(text))
    tokens, position = [], 0
    while position < len(plain):
        if plain[position] == " ":
            position += 1
            continue
        match = _TOKEN.match(plain, position)
        at = origin[position]
        if match is None:
            key = _STRANGE.get(text[at]) or "formula.character"
            raise NotAFormula(key, at, character=text[at])
        kind, piece = str(match.lastgroup), match[0]
        if match["bare"]:
            if match["bare"].partition("(")[0] in _KNOWN:
                position = match.start("bare")
                continue
            raise NotAFormula("formula.name", at, found=piece.partition("(")[0])
        if kind == "number" and len(piece) > most_digits:
            raise NotAFormula("formula.digits", at, most=str(most_digits))
        tokens.append(Token(kind, "^" if piece == "**" else piece, at))
        if len(tokens) > MOST_TOKENS:
            raise NotAFormula("formula.long", at, longest=str(LONGEST))
        position = match.end()
    return [*tokens, Token("end", "", len(text))]


def _in_ascii(text: str) -> tuple[str, list[int]]:
    """Return `text` in ASCII where it can be, and for each character where it came from."""
    plain: list[str] = []
    origin: list[int] = []
    raised = False
    for index, character in enumerate(text):
        up = character in SUPERSCRIPTS
        piece = _PIECES.get(character, character)
        if len(piece) > 1 and piece.isalpha():
            piece = f" {piece} "  # xσ(x) is a product of x
        if up and not raised:
            piece = "^(" + piece
        elif raised and not up:
            piece = ")" + piece
        raised = up
        whole = _WHOLE.search(text[max(0, index - 60) : index]) if character in FRACTIONS else None
        if whole:  # 2½ is (2+1/2)
            start = len(plain) - len(whole[0])
            plain.insert(start, "(")
            origin.insert(start, origin[start])
            piece = "+" + piece[1:]
        plain.extend(piece)
        origin.extend([index] * len(piece))
    if raised:
        plain.append(")")
        origin.append(len(text) - 1)
    return "".join(plain), origin
