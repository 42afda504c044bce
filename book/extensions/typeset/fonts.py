"""MathJax's fonts, cut down to the characters that the book's formulas draw.

A character is the `content` of a rule; its class names the font, `TEX-I` the family `MJXTEX-I`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO

from book.extensions.typeset.stylesheet import Rule

FACE = re.compile(r'font-family: ([\w-]+);\s*src: url\("\./MathJax_([\w.-]+)"\)')
CONTENT = re.compile(r'content: "((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(r"\\([0-9A-F]+) ?|\\(.)")
STRETCHED = re.compile(r"^mjx-stretchy-v mjx-c, .* \{\s*font-family: (.*?) ?!", re.M)


def families(stylesheet: str) -> dict[str, str]:
    """The file of each family of fonts."""
    return dict(FACE.findall(stylesheet))


def drawn_characters(rules: Iterable[Rule], stylesheet: str) -> dict[str, set[str]]:
    """The characters that each family is asked for."""
    for_stretched = STRETCHED.search(stylesheet)[1].split(", ")
    drawn: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        content = CONTENT.search(rule.body)
        if content is None:
            continue
        characters = ESCAPED.sub(lambda code: code[2] or chr(int(code[1], 16)), content[1])
        if "stretch" in rule.selectors:
            asked = for_stretched
        else:
            asked = [f"MJX{found[0]}" for found in re.finditer(r"TEX-\w+", rule.selectors)]
        for family in asked or ["MJXTEX"]:
            drawn[family].update(characters)
    return drawn


def subset(name: str, characters: set[str]) -> bytes:
    """The font with those of the characters that it has; empty if it has none."""
    import logging

    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    from book.extensions.typeset.package import FONTS

    font = TTFont(FONTS / f"MathJax_{name}", recalcTimestamp=False)
    if characters.isdisjoint(map(chr, font.getBestCmap())):
        return b""
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it speaks of a lost timestamp
    subsetter = Subsetter(Options(notdef_outline=True, layout_features=[]))
    subsetter.populate(text="".join(characters))
    subsetter.subset(font)
    file = BytesIO()
    font.save(file)
    return file.getvalue()
