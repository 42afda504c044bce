"""MathJax's fonts, cut down to the characters that the book's formulas draw.

A character is the `content` of a rule; its class names the font, `TEX-I` the family `MJXTEX-I`.
"""

import logging
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from book.extensions.typeset.package import FONTS
from book.extensions.typeset.stylesheet import Rule

FACE = re.compile(r'font-family: ([\w-]+);\s*src: url\("\./([\w.-]+)"\)')
CONTENT = re.compile(r'content: "((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(r"\\([0-9A-F]+) ?|\\(.)")
STRETCHED = re.compile(r"^mjx-stretchy-v mjx-c, .* \{\s*font-family: (.*?) ?!", re.M)


def font_faces(rules: Iterable[Rule], stylesheet: str) -> Iterator[str]:
    """The rules that bring the fonts, each with its file inside."""
    stretched = STRETCHED.search(stylesheet)
    assert stretched is not None, "MathJax's stylesheet names no fonts for what stretches"
    asked = asked_characters(rules, stretched[1].split(", "))
    for family, name in FACE.findall(stylesheet):
        if font := subset(name, asked[family]):
            file = b64encode(font).decode()
            yield (
                f"@font-face{{font-family:{family};font-display:block;"
                f"src:url(data:font/woff2;base64,{file})}}"
            )


def asked_characters(rules: Iterable[Rule], for_stretched: list[str]) -> dict[str, set[str]]:
    """The characters that each family is asked for; a stretched one may come from several."""
    asked: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        if content := CONTENT.search(rule.body):
            named = [f"MJX{font}" for font in re.findall(r"TEX-\w+", rule.selectors)] or ["MJXTEX"]
            for family in for_stretched if "stretch" in rule.selectors else named:
                asked[family].update(unescape(content[1]))
    return asked


def unescape(content: str) -> str:
    return ESCAPED.sub(lambda code: code[2] or chr(int(code[1], 16)), content)


def subset(name: str, characters: set[str]) -> bytes | None:
    """A font with those of the characters that it has, if it has any."""
    font = TTFont(FONTS / name, recalcTimestamp=False)
    if characters.isdisjoint(map(chr, font.getBestCmap())):
        return None
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it speaks of a lost timestamp
    options = Options(notdef_outline=True, layout_features=[], name_IDs=[0], drop_tables=["GDEF"])
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(font)
    font.flavor = "woff2"
    file = BytesIO()
    font.save(file)
    return file.getvalue()
