"""Curves say their names, in readable shades, where there is room."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.viz import BLUE, GREEN, INK, figure, mark, plot, tangent, text_colour

X = np.linspace(-2, 2, 161)


def test_the_name_follows_the_end_of_the_curve():
    _, ax = figure()
    plot(ax, X, X**3, "cube")
    (name,) = ax.texts
    assert name.xy == (2.0, 8.0)
    assert name.get_ha() == "left"
    assert name.get_color() == text_colour(BLUE) != BLUE


@given(at=st.floats(-2, 2))
def test_the_name_stands_on_the_curve_where_it_was_asked_for(at: float):
    _, ax = figure()
    plot(ax, X, X**3, "cube", at=at)
    x, y = ax.texts[0].xy
    assert x == at
    assert y == pytest.approx(at**3, abs=4e-3)


@pytest.mark.parametrize(
    ("slope", "ha", "va"), [(1, "right", "bottom"), (-1, "left", "bottom"), (0, "center", "bottom")]
)
def test_the_name_goes_to_the_free_side(slope: float, ha: str, va: str):
    _, ax = figure()
    plot(ax, X, slope * X, "line", at=0)
    assert (ax.texts[0].get_ha(), ax.texts[0].get_va()) == (ha, va)


def test_a_falling_order_of_points_is_the_same_curve():
    _, ax = figure()
    plot(ax, X[::-1], (X**3)[::-1], "cube", at=1.5)
    assert ax.texts[0].xy[1] == pytest.approx(1.5**3, abs=1e-3)


def test_colours_follow_the_house_unless_named():
    _, ax = figure()
    first, second = plot(ax, X, X), plot(ax, X, -X)
    named = plot(ax, X, X, color=GREEN, style=":")
    assert first.get_color() == BLUE
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()
    assert (named.get_color(), named.get_linestyle()) == (GREEN, ":")
    assert not ax.texts


def test_a_mark_is_a_dot_and_words():
    _, ax = figure()
    mark(ax, 1, 2, "here", side="below")
    assert ax.lines[0].get_xydata().tolist() == [[1, 2]]
    assert ax.texts[0].get_text() == "here"
    assert ax.texts[0].get_color() == INK


@given(slope=st.floats(-9, 9), length=st.floats(0.1, 5))
def test_a_tangent_has_its_slope_its_point_and_its_length(slope: float, length: float):
    _, ax = figure()
    (x0, y0), (x1, y1) = tangent(ax, 1, 2, slope, length=length).get_xydata()
    assert x1 - x0 == pytest.approx(length)
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, abs=1e-9)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((1, 2))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"y": [1.0]}, r"x and y must have one shape \(n,\), not \(161,\) and \(1,\)\.$"),
        ({"at": 3}, r"at must be a value of x, from -2 to 2, not 3\.$"),
        ({"side": "behind"}, "side must be one of above, .*, not 'behind'"),
    ],
)
def test_what_cannot_be_drawn_is_said(wrong: dict[str, object], message: str):
    _, ax = figure()
    with pytest.raises(ValueError, match=message):
        plot(ax, **{"x": X, "y": X, "label": "line", **wrong})
