"""`python -m book.text_face FOLDER`: cut the book's text face out of the released fonts in FOLDER.

The face is STIX Two, version 2.13 (github.com/stipub/stixfonts, fonts/static_otf), under the SIL
Open Font License, which lies beside the files in book/static/fonts. Run this only to add letters
or to take a newer release; a build uses the files as they are.
"""

import logging
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "static" / "fonts"
CUTS = ("Regular", "Italic", "SemiBold")
# What every page has, and what few have: a browser asks for the second file only where a page has
# one of its letters. page.css names the same.
USUAL = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1
    (0x2010, 0x2027),  # dashes, quotation marks, the ellipsis
    *((ord(letter),) * 2 for letter in "Œœ−′″\u0302\u0304\u2009\u202f"),
)
RARE = (
    (0x100, 0x151),  # Latin Extended-A: names
    (0x154, 0x17F),
    (0x2E1, 0x2E3),  # ˡ and ˣ
    (0x391, 0x3C9),  # Greek
    (0x2034, 0x2034),  # three primes
    (0x2070, 0x209C),  # superscripts and subscripts
)
# The text fonts have no signs of mathematics: those come from the face for formulas. page.css
# names the same signs, so that a browser asks for the file only where a page has one.
SIGNS = "←↑→↓↔↦⇒∂∇∈∏∑∘√∞∫≈≠≤≥≪≫⌈⌉⌊⌋⋯⟨⟩ℒℓℝ∝⊙⊤✓"


def cut(source: Path, letters: list[int], target: Path) -> None:
    options = Options(layout_features=["kern", "liga", "ccmp", "mark"], hinting=False)
    options.desubroutinize = True
    options.drop_tables += ["MATH"]
    options.name_IDs = [0, 1, 2, 5, 6, 13, 14]  # copyright, names, version, licence
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def main() -> None:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    releases = Path(sys.argv[1])
    for ranges, suffix in ((USUAL, ""), (RARE, "-rare")):
        letters = [point for first, last in ranges for point in range(first, last + 1)]
        for name in CUTS:
            target = FONTS / f"stix-two-text-{name.lower()}{suffix}.woff2"
            cut(releases / f"STIXTwoText-{name}.otf", letters, target)
    signs = [ord(sign) for sign in SIGNS]
    cut(releases / "STIXTwoMath-Regular.otf", signs, FONTS / "stix-two-signs.woff2")
    for file in sorted(FONTS.glob("*.woff2")):
        print(f"{file.stat().st_size:7d}  {file.name}")


if __name__ == "__main__":
    main()
