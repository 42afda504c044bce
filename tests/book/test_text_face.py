"""The face of the text: shipped with the pages, and whole."""

import re
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "book" / "static" / "fonts"


FACE = re.compile(r"@font-face \{(.*?)\}", re.S)
CUTS = ("regular", "italic", "semibold")


def letters(name):
    return set(TTFont(FONTS / f"stix-two-{name}.woff2").getBestCmap())


def drawn_letters():
    """What all three cuts can draw, and the signs that have a file of their own."""
    cuts = [letters(f"text-{cut}") | letters(f"text-{cut}-rare") for cut in CUTS]
    superscripts = set("ᵀᴸᵗ")  # docstrings write transposes and powers so, and no face draws it
    return {chr(point) for point in set.intersection(*cuts) | letters("signs")} | superscripts


def test_a_file_draws_the_letters_that_the_stylesheet_asks_it_for():
    """No browser is sent in vain; a rare letter is in the file of rare ones alone."""
    css = (ROOT / "book" / "static" / "page.css").read_text(encoding="utf-8")
    ranged = 0
    for face in FACE.findall(css):
        spans = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
        if not spans:
            continue
        ranged += 1
        name = re.search(r"fonts/stix-two-([\w-]+)\.woff2", face)[1]
        asked = {
            point
            for first, last in spans
            for point in range(int(first, 16), int(last or first, 16) + 1)
        }
        if name == "signs":
            assert asked <= letters(name)
        else:
            assert letters(name) <= asked
            assert not asked & letters(name.removesuffix("-rare"))
    assert ranged == len(CUTS) + 1
