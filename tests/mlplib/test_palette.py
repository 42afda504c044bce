"""The palette is readable on both pages, and no other part of the house has colours of its own."""

import re
from pathlib import Path

import numpy as np
import pytest

import mlplib
from mlplib.palette import DARK, INK, LIGHT, PALETTE, PAPER, palette_css, text_colour, variable
from mlplib.viz.style import LINES, STYLES

ROOT = Path(__file__).resolve().parents[2]
DARK_PAGES = ("#121212", "#14181e", "#222832")  # the dark theme's page and its boxes


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTE)
def test_letters_reach_the_contrast_of_text(name: str):
    for page in ("#ffffff", "#f3f4f5"):
        assert contrast(LIGHT[f"{name}-text"], page) >= 4.5
    for page in DARK_PAGES:
        assert contrast(DARK[f"{name}-text"], page) >= 4.5


def test_lines_reach_the_contrast_of_graphics():
    names = [name for name, value in PALETTE.items() if value in LINES]
    assert len(names) == len(LINES) == len(STYLES)
    assert all(contrast(LIGHT[name], "#ffffff") >= 3 for name in names)
    assert all(contrast(DARK[name], page) >= 3 for name in PALETTE for page in DARK_PAGES)


def test_the_two_pages_have_the_same_names_and_different_shades():
    assert LIGHT.keys() == DARK.keys()
    for colours in (LIGHT, DARK):
        assert len(set(colours.values())) == len(colours)


def test_the_style_sheet_gives_every_name_both_values_and_paper_the_light_ones():
    light, dark = palette_css().strip().splitlines()[:2]
    for name in LIGHT:
        assert f"--mlp-{name}:{LIGHT[name]}" in light
        assert f"--mlp-{name}:{DARK[name]}" in dark
    assert light.startswith(":root{")
    assert dark.startswith('@media not print{html[data-theme="dark"]{')
    assert palette_css().count("{") == palette_css().count("}")


def test_text_colour_leaves_other_colours_alone():
    assert text_colour(INK) == INK
    assert text_colour("#123456") == "#123456"


def test_the_heart_and_its_guests_have_no_colours_beside_the_palette():
    """A colour in a style sheet is the light value that its variable falls back on."""
    folder = Path(mlplib.__file__).parent
    sources = [path for kind in ("py", "css", "js") for path in folder.rglob(f"*.{kind}")]
    assert len(sources) > 80
    for path in sources:
        if path.name != "palette.py":
            text = path.read_text(encoding="utf-8")
            for name in PALETTE:
                text = text.replace(variable(name), "")
            assert re.findall(r"#[0-9a-fA-F]{6}\b", text) == [], path


def test_no_stylesheet_copies_a_colour_that_the_palette_names():
    named = {value for colours in (LIGHT, DARK) for value in colours.values()} - {PAPER}
    for sheet in (ROOT / "book" / "static").glob("*.css"):
        copied = set(re.findall(r"#[0-9a-f]{6}\b", sheet.read_text(encoding="utf-8"))) & named
        assert not copied, sheet.name
