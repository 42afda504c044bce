"""A formula as a line of plain text, made of its MathML: `s_i = e^(x_i)/(∑_j e^(x_j))`.

It is read where no formula can stand (the title of a browser's tab, a search result) and copied
into a letter or a message. Parentheses are written where a reader would else misread; bold is lost.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import normalize
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

CLASS = "data-mjx-texclass"
INVISIBLE = set("\u2061\u2062\u2063\u2064")
PRIMES = set("′″‴⁗")
LARGE = set("∑∏∫∮⋃⋂")
PREFIXES = set("∂∇")
BARS = set("|∣‖∥")
TIGHT = set("/!.:")
LIKE_LETTERS = set("…⋯⋮⊤⊥∞∅ℓ*") | PRIMES
OPEN, CLOSE = set("([{⟨⌊⌈"), set(")]}⟩⌋⌉")
ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "¯": "\u0304",
    "―": "\u0304",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
}
FACTORS = {"number", "operand", "roman", "fraction"}


@dataclass
class Piece:
    """A part of the line; its kind says what stands between it and its neighbours.

    The kinds are number, operand, roman (one upright letter), fraction, function, large (∑), prefix
    (∂, the sign of a number), operator, tight (/), bar, open, close, comma, space and nothing.
    """

    text: str
    kind: str


NOTHING = Piece("", "nothing")


def readable(mathml: str) -> str:
    text = line(ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", mathml)))
    return normalize("NFC", text.rstrip(" .,;") or text)  # an accent joins its letter


def line(*nodes: Element) -> str:
    """The text of an element's children, or of several elements beside each other."""
    row = nodes[0] if len(nodes) == 1 and nodes[0].tag in ROWS else group(*nodes)
    parts = [part for part in pieces(row) if part.kind != "nothing"]
    text, before, bars = "", NOTHING, 0
    for part, after in zip(parts, [*parts, NOTHING][1:], strict=True):
        if part.kind == "bar":
            part = Piece(part.text, ("open", "close")[bars % 2])
            bars += 1
        part = in_place(before, part, after)
        text += (" " if spaced(before, part) else "") + part.text
        before = part
    return re.sub(r"[ \t]+", " ", text).strip()


ROWS = {"math", "mrow", "mstyle", "mpadded", "menclose", "msqrt", "mtd"}


def group(*nodes: Element) -> Element:
    row = Element("mrow")
    row.extend(nodes)
    return row


def pieces(row: Element) -> Iterator[Piece]:
    for node in row:
        if node.tag not in ROWS or node.tag == "msqrt":
            yield PIECES.get(node.tag, grouped)(node)
        elif node.get(CLASS) == "OP" and all(child.tag in ("mi", "mn") for child in node):
            yield Piece("".join(node.itertext()), "function")  # a name of several parts: log1p
        else:
            yield from pieces(node)


def grouped(node: Element) -> Piece:
    return Piece(line(*node), "operand")


def in_place(before: Piece, part: Piece, after: Piece) -> Piece:
    """The piece as its neighbours make it be read."""
    begins = {"nothing", "operator", "open", "comma", "space", "tight", "prefix"}
    if part.kind == "operator" and part.text in "+−±∓" and before.kind in begins:
        return Piece(part.text, "prefix")  # the sign of a number, not a difference
    if part.kind == "fraction" and (
        before.kind in FACTORS | {"close", "function"}
        or after.kind in FACTORS | {"open", "function", "large"}
    ):
        return Piece(f"({part.text})", "operand")
    return part


def spaced(before: Piece, after: Piece) -> bool:
    match before.kind, after.kind:
        case ("nothing" | "open" | "prefix" | "tight" | "space", _):
            return False
        case (_, "close" | "comma" | "tight" | "space"):
            return False
        case ("operator" | "comma" | "large", _) | (_, "operator" | "large"):
            return True
        case (_, "open"):
            return False
        case ("number", "operand") | ("roman", "roman"):
            return False
        case _:
            return True


def single(node: Element) -> Piece | None:
    """The one piece that an element is, if it is one."""
    parts = [part for part in pieces(group(node)) if part.kind != "nothing"]
    return parts[0] if len(parts) == 1 else None


def guarded(node: Element, ends: str = " /") -> str:
    """The element's text, in parentheses if one of `ends` stands in it outside of parentheses."""
    text = outside = line(node)
    while (inner := re.sub(r"[(\[][^()\[\]]*[)\]]", "", outside)) != outside:
        outside = inner
    several = single(node) is None and not re.fullmatch(r"[∂∇d]?\w+(?:_\w+)?", text)
    return f"({text})" if several or any(end in outside for end in ends) else text


def script(node: Element) -> str:
    text = guarded(node, " /_^")
    return re.sub(r" ([^\w\s()]+) ", r"\1", text)


def identifier(node: Element) -> Piece:
    text = node.text or ""
    if text in PREFIXES or (text == "d" and node.get("mathvariant") == "normal"):
        return Piece(text, "prefix")
    if node.get("mathvariant") == "normal" and text.isupper():
        return Piece(text, "roman")
    return Piece(text, "function" if len(text) > 1 else "operand")


def operator(node: Element) -> Piece:
    text = (node.text or "").strip()
    kinds: dict[str, Callable[[], bool]] = {
        "nothing": lambda: not text or text in INVISIBLE,
        "open": lambda: node.get(CLASS) == "OPEN" or (text in OPEN and not node.get(CLASS)),
        "close": lambda: node.get(CLASS) == "CLOSE" or (text in CLOSE and not node.get(CLASS)),
        "comma": lambda: text in ",;",
        "large": lambda: text in LARGE,
        "prefix": lambda: text in PREFIXES,
        "bar": lambda: text in BARS,
        "tight": lambda: text in TIGHT,
        "operand": lambda: text in LIKE_LETTERS,
        "function": lambda: text.isalpha() and len(text) > 1,
    }
    return Piece(text, next((kind for kind, holds in kinds.items() if holds()), "operator"))


def fraction(node: Element) -> Piece:
    above, below = node
    return Piece(f"{guarded(above)}/{guarded(below)}", "fraction")


def scripts(below: int | None, above: int | None) -> Callable[[Element], Piece]:
    def scripted(node: Element) -> Piece:
        base = single(node[0]) or Piece(f"({line(node[0])})", "operand")
        text = base.text if base.kind != "fraction" else f"({base.text})"
        if below is not None:
            text += f"_{script(node[below])}"
        if above is not None:
            high = line(node[above])
            text += high if high and set(high) <= PRIMES else f"^{script(node[above])}"
        if base.kind == "prefix" and below is not None:
            return Piece(text, "function")  # ∇_u x, but ∂x
        return Piece(text, base.kind if base.kind not in ("number", "fraction") else "operand")

    return scripted


def over(node: Element) -> Piece:
    base, above = node
    mark, text = line(above), line(base)
    if mark == "⏞":
        return braced(base)
    if mark in ACCENTS:
        return Piece((text if len(text) == 1 else f"({text})") + ACCENTS[mark], "operand")
    return scripts(None, 1)(node)


def under(node: Element) -> Piece:
    base, below = node
    return braced(base) if line(below) == "⏟" else scripts(1, None)(node)


def braced(node: Element) -> Piece:
    return Piece(guarded(node), "operand")


def root(node: Element) -> Piece:
    return Piece(f"√{guarded(group(*node), ' /_^')}", "operand")


def root_of_degree(node: Element) -> Piece:
    inside, degree = node
    return Piece(f"{guarded(inside, ' /_^')}^(1/{guarded(degree)})", "operand")


def table(node: Element) -> Piece:
    """A derivation keeps its lines; the rows of a matrix or of cases stand in one."""
    rows = [[line(cell) for cell in cells] for cells in node]
    if node.get("displaystyle") == "true":
        return Piece("\n".join(" ".join(filter(None, row)) for row in rows), "operand")
    cases = (node.get("columnalign") or "").startswith("left left")
    if cases:
        rows = [[cell.rstrip(" .,;") for cell in row] for row in rows]
    text = "; ".join(", ".join(filter(None, row)) for row in rows)
    if cases:  # a word says by itself that a condition follows
        text = re.sub(r", (?=[a-z]{2,}( |$))", " ", text) + "}"
    return Piece(text, "operand")


PIECES: dict[str, Callable[[Element], Piece]] = {
    "mi": identifier,
    "mn": lambda node: Piece(node.text or "", "number"),
    "mo": operator,
    "mtext": lambda node: Piece((node.text or "").replace("\u00a0", " "), "space"),
    "mspace": lambda node: Piece(" ", "space"),
    "mphantom": lambda node: NOTHING,
    "mfrac": fraction,
    "msub": scripts(1, None),
    "msup": scripts(None, 1),
    "msubsup": scripts(1, 2),
    "munder": under,
    "mover": over,
    "munderover": scripts(1, 2),
    "msqrt": root,
    "mroot": root_of_degree,
    "mtable": table,
}
