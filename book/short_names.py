"""Short names for what a script declares: a page carries it, and nobody reads it there.

Only names are exchanged, and only those of which it is plain what they are: declared in the script,
and never both a variable and the name of a property, as in `{ key }`. Names at the top level are
the same everywhere; the others begin anew with each top-level statement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from string import ascii_letters

_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>\d[\w.]*)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<sign>\.\.\.|\?\.(?!\d)|=>|[^\s\w])"
)
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?P<end>`|\$\{)", re.DOTALL)

_WORDS = {
    *("async", "await", "break", "case", "catch", "class", "const", "constructor", "continue"),
    *("default", "delete", "do", "else", "export", "extends", "false", "finally", "for"),
    *("function", "get", "if", "import", "in", "instanceof", "let", "new", "null", "of", "return"),
    *("set", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined"),
    *("var", "void", "while", "yield"),
}
_BEFORE_PATTERN = {"return", "typeof", "case", "in", "of", "=>", *"(,=:[!&|?{};+-*%<>"}
_CLOSED_BY = {"(": ")", "[": "]", "{": "}", "${": "}"}


@dataclass
class Token:
    """A piece of a script, the bracket around it, and how many brackets are around it."""

    kind: str
    text: str
    within: str
    depth: int


def shortened(code: str) -> str:
    """The script with short names for the variables, functions and classes that it declares."""
    tokens = list(_tokens(code))
    statements = list(_statements(tokens))
    top = {name for statement in statements for name in _declared(statement, 0)}
    fixed = {name for statement in statements for name in _fixed(statement)}
    used = dict.fromkeys(token.text for token in tokens if token.kind == "name")
    names = _names({*used, *_WORDS}, 2)
    common = {n: next(names) for n in used if n in top - fixed and len(n) > 2}
    for statement in statements:
        inside = dict.fromkeys(token.text for token in statement if token.kind == "name")
        taken = {*inside, *_WORDS, *common.values()}
        local = _declared(statement, None) - top - _fixed(statement)
        letters = _names(taken, 1)
        short = {n: next(letters) for n in inside if n in local and len(n) > 1}
        _rename(statement, {**common, **short})
    _thin(tokens)
    return "".join(token.text for token in tokens)


def _thin(tokens: list[Token]) -> None:
    """Take away what a closing brace makes needless: a semicolon before it, a line's end behind.

    Every statement of the modules ends with a semicolon or a brace, and every loop has braces.
    """
    solid = [token for token in tokens if token.kind != "blank"]
    for token, after in pairwise(solid):
        if token.text == ";" and (after.kind, after.text) == ("sign", "}"):
            token.text = ""
    for before, token in pairwise(tokens):
        if token.kind == "blank" and (before.kind, before.text) == ("sign", "}"):
            token.text = ""


def _tokens(code: str) -> Iterator[Token]:
    around: list[str] = []
    last, position = "", 0
    while position < len(code):
        match = _TOKEN.match(code, position)
        kind, text = (str(match.lastgroup), match[0]) if match else ("sign", code[position])
        opens = ""
        if text == "`" or (text == "}" and around[-1:] == ["${"]):
            if text == "}":
                around.pop()
            rest = _TEMPLATE.match(code, position + 1)
            if rest is None:
                raise ValueError("The script ends within a template.")
            kind, text = "text", text + rest[0]
            opens = "${" if rest["end"] == "${" else ""
        elif text == "/" and (not last or last in _BEFORE_PATTERN):
            pattern = _PATTERN.match(code, position)
            if pattern is None:
                raise ValueError("The script has a pattern without an end.")
            kind, text = "text", pattern[0]
        elif text in (")", "]", "}"):
            around.pop()
        yield Token(kind, text, around[-1] if around else "", len(around))
        if opens or text in ("(", "[", "{"):
            around.append(opens or text)
        last = last if kind == "blank" else text
        position += len(text)


def _statements(tokens: list[Token]) -> Iterator[list[Token]]:
    """Runs of tokens that end with a semicolon or a closing brace outside all brackets."""
    run: list[Token] = []
    for token in tokens:
        run.append(token)
        if token.depth == 0 and token.text in (";", "}"):
            yield run
            run = []
    yield run


def _solid(statement: list[Token]) -> list[Token]:
    edge = [Token("sign", "", "", 0)]
    return [*edge, *(token for token in statement if token.kind != "blank"), *edge, *edge]


def _declared(statement: list[Token], depth: int | None) -> set[str]:
    """The names that a statement declares, at one depth or at all."""
    solid = _solid(statement)
    declared: set[str] = set()

    def take(first: int) -> None:
        """Take the names between brackets, but for keys and what stands behind equals signs."""
        default = None
        for i, token in enumerate(solid[first + 1 :], start=first + 1):
            closing = token.text in (")", "]", "}")
            if closing and token.depth == solid[first].depth:
                break
            if default is not None:
                ends = token.text == "," and token.depth == default
                default = None if ends or (closing and token.depth < default) else default
            elif token.text == "=":
                default = token.depth
            elif token.kind == "name" and solid[i + 1].text != ":":
                declared.add(token.text)

    for i, token in enumerate(solid[:-2]):
        if depth is not None and token.depth != depth:
            continue
        following = solid[i + 1]
        if token.text in ("const", "let", "class") or (token.text == "function"):
            at = i + 2 if following.text == "*" else i + 1
            if solid[at].kind == "name":
                declared.add(solid[at].text)
            elif token.text != "function":
                take(at)
        if depth is None and token.kind == "name" and following.text == "=>":
            declared.add(token.text)
        if depth is None and token.text == ")" and following.text in ("=>", "{"):
            first = max(
                j for j in range(i) if solid[j].text == "(" and solid[j].depth == token.depth
            )
            if solid[first - 1].text not in ("if", "for", "while", "switch"):
                take(first)
    return declared - _WORDS


def _fixed(statement: list[Token]) -> set[str]:
    """The names that are perhaps both a variable and the name of a property."""
    solid = _solid(statement)
    fixed = set()
    for before, token, after in zip(solid, solid[1:], solid[2:], strict=False):
        if token.kind != "name" or token.within != "{":
            continue
        shorthand = before.text in ("{", ",") and after.text in (",", "}", "=")
        method = before.text in ("{", "}", ",", "get", "set", "static", "*") and after.text == "("
        if shorthand or method:
            fixed.add(token.text)
    return fixed


def _rename(statement: list[Token], names: dict[str, str]) -> None:
    solid = _solid(statement)
    for before, token, after in zip(solid, solid[1:], solid[2:], strict=False):
        is_key = token.within == "{" and before.text in ("{", ",") and after.text == ":"
        if token.kind == "name" and before.text not in (".", "?.") and not is_key:
            token.text = names.get(token.text, token.text)


def _names(taken: set[str], length: int) -> Iterator[str]:
    """Short names that are not taken, shortest first."""
    for size in (length, length + 1):
        for letters in product(ascii_letters, repeat=size):
            if (name := "".join(letters)) not in taken:
                yield name
