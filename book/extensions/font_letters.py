"""The letters of MathJax's large fonts, apart from the rest.

Most pages need the letters of these fonts alone: ℝ is one of the 260 signs of its font. The letters
get a file of their own, and a browser asks for the whole font only where a formula needs more.
"""

import logging
import re
import string
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

FACES = "output/chtml/fonts/tex.js"
FILES = "output/chtml/fonts/woff-v2"
LETTERS = {
    "AMS-Regular": string.ascii_uppercase,
    "Main-Bold": string.ascii_letters + string.digits,
}


def split_fonts(source: Path, target: Path) -> None:
    """Write the files of the letters, and MathJax's list of fonts with a face for each."""
    parts = {font: target / FILES / f"{font}-letters.woff" for font in LETTERS}
    if all(part.exists() for part in parts.values()):
        return
    faces = (source / FACES).read_text(encoding="utf-8")
    for font, part in parts.items():
        write_letters(source / FILES / f"MathJax_{font}.woff", LETTERS[font], part)
        faces = with_letters(faces, font)
    (target / FACES).write_text(faces, encoding="utf-8")


def with_letters(faces: str, font: str) -> str:
    """Return the list of fonts with a second face of one of them, for its letters."""
    whole = re.search(
        rf'"@font-face /\* (\d+) \*/":{{([^{{}}]*)/MathJax_{font}\.woff([^{{}}]*)}}', faces
    )
    if whole is None:
        raise ExtensionError(f"MathJax no longer declares the font {font} as it did.")
    number, before, after = whole.groups()
    range_ = ",".join(f"U+{ord(letter):X}" for letter in LETTERS[font])
    # Of two faces that have a letter, the browser takes the one declared last.
    return faces.replace(
        whole[0],
        f'{whole[0]},"@font-face /* {number} letters */":'
        f'{{{before}/{font}-letters.woff{after},"unicode-range":"{range_}"}}',
    )


def write_letters(whole: Path, letters: str, part: Path) -> None:
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it speaks of a lost timestamp
    font = TTFont(whole)
    subsetter = Subsetter(Options(notdef_outline=True))
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.save(part)
