"""The palette is readable on both pages, and figures leave nothing behind."""

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.viz import INK, figure, palette_css, plot, text_colour
from mlplib.viz.style import DARK, LIGHT, LINES, PALETTE, STYLES

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


def test_lines_stay_apart_in_grey():
    assert len(set(STYLES)) == len(STYLES)
    _, ax = figure()
    drawn = [plot(ax, [0, 1], [0, i]) for i in range(4)]
    assert len({line.get_linestyle() + str(line._dash_pattern) for line in drawn}) == 4
    assert {line.get_linewidth() for line in drawn} == {2.0}


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


def test_a_figure_changes_nothing_outside_itself():
    before = dict(mpl.rcParams)
    fig, ax = figure()
    ax.plot([0, 1], [0, 1])
    ax.set(xlabel="$x$", ylabel="y")
    assert dict(mpl.rcParams) == before
    assert fig.canvas.manager is None


def test_bare_axes_with_letters_of_the_page():
    _, ax = figure()
    ax.set(xlabel="input", ylabel="$g(x)$")
    ax.text(0, 0, "words")
    assert not ax.spines["top"].get_visible()
    assert not ax.spines["right"].get_visible()
    assert ax.xaxis.label.get_fontsize() >= 14
    assert ax.texts[0].get_fontsize() >= 14
    assert ax.yaxis.label.get_rotation() == 0
    assert all(label.get_fontsize() >= 13 for label in ax.get_xticklabels())


@given(rows=st.integers(1, 3), columns=st.integers(1, 3))
def test_panels_come_in_the_shape_asked_for(rows: int, columns: int):
    fig, axes = figure(rows=rows, columns=columns, height=2.0)
    assert np.size(axes) == rows * columns == len(fig.axes)
    assert fig.get_size_inches()[1] == pytest.approx(2.0 * rows)


@pytest.mark.parametrize(
    "wrong", [{"rows": 0}, {"columns": -1}, {"width": 0}, {"height": float("nan")}]
)
def test_impossible_figures_are_refused_by_name(wrong: dict[str, float]):
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))} is "):
        figure(**wrong)
