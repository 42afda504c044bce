"""A picture is words and a small, themable, repeatable SVG."""

import gzip
import re
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlplib.viz import BLUE, PAPER, VERMILION, Picture, figure, mark, plot, show

X = np.linspace(-4, 4, 160)
ALT = "The sigmoid rises from 0 to 1, and tanh from −1 to 1."


def two_curves(k: float = 1.0) -> Figure:
    fig, ax = figure()
    plot(ax, X, 1 / (1 + np.exp(-k * X)), r"$\sigma(x)$", at=1)
    plot(ax, X, np.tanh(k * X), "tanh", at=-1, side="below right")
    mark(ax, 0, 0.5, "half")
    ax.set(xlabel="$x$", ylabel="$g(x)$")
    return fig


@pytest.fixture(scope="module")
def picture() -> Picture:
    return show(two_curves(), alt=ALT)


def test_both_faces_carry_the_words(picture: Picture):
    bundle = picture._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == f"Picture: {ALT}"
    root = ElementTree.fromstring(bundle["text/html"])
    assert (root.tag, root.get("role"), root.get("aria-label")) == ("svg", "img", ALT)


def test_words_are_escaped():
    fig, _ = figure()
    alt = 'Where a < b & "c" > d.'
    svg = show(fig, alt=alt).svg
    assert ElementTree.fromstring(svg).get("aria-label") == alt
    assert unescape(svg).count(alt) == 1


@pytest.mark.parametrize("alt", ["", "  ", "sigmoid.png", "plots/a.SVG", "no full stop", None])
def test_words_that_say_nothing_are_refused(alt: str):
    fig, _ = figure()
    with pytest.raises(ValueError, match=r"^alt must "):
        show(fig, alt=alt)


def test_a_file_name_is_no_sentence_even_with_a_full_stop():
    fig, _ = figure()
    with pytest.raises(ValueError, match="not the file name"):
        show(fig, alt="plots/sigmoid.png.")


def test_the_words_cannot_be_left_out():
    fig, _ = figure()
    with pytest.raises(TypeError):
        show(fig)


def test_the_same_figure_gives_the_same_bytes(picture: Picture):
    assert show(two_curves(), alt=ALT).svg == picture.svg
    fig = two_curves()
    assert show(fig, alt=ALT).svg == show(fig, alt=ALT).svg


def test_ids_are_unique_on_a_page_and_every_reference_is_met(picture: Picture):
    page = picture.svg + show(two_curves(2), alt=ALT).svg + show(two_curves(), alt="Other.").svg
    ids = re.findall(r' id="([^"]+)"', page)
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', page))
    assert len(ids) > 30
    assert len(ids) == len(set(ids))
    assert used == set(ids)


def test_nothing_but_the_drawing_is_left(picture: Picture):
    for rest in ("<?xml", "<!", "metadata", "matplotlib", "<style", "xlink", "figure_1", "~"):
        assert rest not in picture.svg


def test_colours_are_those_of_the_page(picture: Picture):
    assert f"stroke:var(--mlp-blue,{BLUE})" in picture.svg
    assert f"stroke:var(--mlp-vermilion,{VERMILION})" in picture.svg
    assert "fill:var(--mlp-blue-text,#00639b)" in picture.svg
    bare = re.sub(r"var\([^)]*\)", "", picture.svg)
    assert not re.findall(r"(?:fill|stroke):\s*(?:#|white|black|rgb)", bare)
    assert "stroke:currentColor" in bare
    assert 'fill="currentColor"' in bare


def test_white_means_the_page():
    fig, ax = figure()
    ax.plot([0], [0], "o", markerfacecolor=PAPER)
    assert "fill:var(--mlp-paper,Canvas)" in show(fig, alt="An open dot.").svg


def test_the_background_is_clear():
    fig, _ = figure()
    root = ElementTree.fromstring(show(fig, alt="Empty axes.").svg)
    for path in root.findall("path"):
        assert "fill:none" in path.get("style", "")
        assert "stroke" in path.get("style", ""), "a path that paints nothing is left out"


def test_a_plain_figure_of_two_curves_is_light():
    fig = two_curves()
    fig.axes[0].texts[-1].remove()
    svg = show(fig, alt=ALT).svg.encode()
    assert len(svg) <= 12_000
    assert len(gzip.compress(svg)) <= 5_000


def test_the_picture_keeps_to_the_column(picture: Picture):
    root = ElementTree.fromstring(picture.svg)
    style = root.get("style", "")
    assert "width:100%" in style
    assert "max-width:30rem" in style
    assert {"width", "height"}.isdisjoint(root.keys())
    assert root.get("viewBox") == "0 0 360 230.4"


def test_a_curve_stands_where_its_points_are():
    fig, ax = figure()
    ys = np.sin(X)
    ax.plot(X, ys)
    svg = show(fig, alt="A wave.").svg
    points = ax.transData.transform(np.column_stack([X, ys]))
    (curve,) = re.findall(r'd="m([^"]+)" clip-path="[^"]+" style="[^"]*--mlp-blue', svg)
    steps = re.findall(r"[hvl]|-?\d*\.?\d+", curve)
    here, way, drawn = np.zeros(2), "l", []
    while steps:
        if steps[0] in "hvl":
            way = steps.pop(0)
        step = (
            [float(steps.pop(0)), 0.0]
            if way == "h"
            else [0.0, float(steps.pop(0))]
            if way == "v"
            else [float(steps.pop(0)), float(steps.pop(0))]
        )
        here = here + step
        drawn.append(here)
    drawn = np.array(drawn)
    assert len(drawn) > 40
    np.testing.assert_allclose(drawn[[0, -1], 0], points[[0, -1], 0], atol=0.02)
    expected = np.interp(drawn[:, 0], points[:, 0], 230.4 - points[:, 1])
    np.testing.assert_allclose(drawn[:, 1], expected, atol=0.15)


def test_every_letter_lies_inside_the_picture():
    fig, ax = figure()
    plot(ax, X, 1e5 * X, "a long name at the end")
    ax.set(xlabel="$x$", ylabel="$y$")
    show(fig, alt="A line.")
    box = ax.get_tightbbox()
    assert 0 <= box.x0 < box.x1 <= 360
    assert 0 <= box.y0 < box.y1 <= 230.4


def test_stacked_panels_do_not_overlap():
    fig, axes = figure(rows=3, height=1.8)
    for ax in axes:
        ax.plot(X, X)
        ax.set(xlabel="$x$", ylabel="$y$")
    show(fig, alt="Three lines.")
    boxes = [ax.get_tightbbox() for ax in axes]
    assert all(low.y1 < high.y0 for high, low in pairwise(boxes))
    assert boxes[-1].y0 >= 0
    assert boxes[0].y1 <= fig.bbox.height
