"""Columns show which layers are strong, which are weak and which are off, without colour too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.colors import to_hex

from mlplib.viz import BLUE, VERMILION, columns, figure, show

HEIGHTS = arrays(float, st.integers(1, 12), elements=st.sampled_from([0.0, 0.01, 0.02, 0.5, 1.0]))


@given(heights=HEIGHTS, weak_below=st.sampled_from([0.0, 0.02, 0.1]))
def test_each_layer_has_its_column_or_its_cross(heights, weak_below):
    _, ax = figure()
    columns(ax, heights, weak_below=weak_below)
    drawn = {round(c.get_x() + c.get_width() / 2): c.get_height() for c in ax.patches}
    (crosses,) = ax.lines
    drawn |= {int(x): y for x, y in crosses.get_xydata()}
    assert [drawn[layer] for layer in sorted(drawn)] == list(heights)
    assert crosses.get_marker() == "x"
    assert len(crosses.get_xdata()) == np.count_nonzero(heights == 0)


@given(heights=HEIGHTS)
def test_weak_columns_are_hollow(heights):
    _, ax = figure()
    columns(ax, heights, weak_below=0.02)
    for column in ax.patches:
        weak = column.get_height() < 0.02
        assert column.get_fill() == (not weak)
        shown = column.get_edgecolor() if weak else column.get_facecolor()
        assert to_hex(shown) == (VERMILION if weak else BLUE)


def test_hollow_columns_stay_in_the_picture():
    fig, ax = figure()
    columns(ax, [0.01, 0.01], weak_below=0.1)
    assert show(fig, alt="Two weak columns.").svg.count("fill:none;stroke:var(--mlp-vermilion") == 2


@pytest.mark.parametrize(
    ("heights", "message"),
    [
        ([[0.5]], r"heights has the shape \(1, 1\): expected \(n,\)"),
        ([], r"heights has the shape \(0,\)"),
        ([0.5, -1.0], "heights has the entry -1.0: expected none below 0"),
        ([0.5, np.nan], "heights has the entry nan"),
    ],
)
def test_what_is_no_row_of_columns_is_said(heights, message):
    _, ax = figure()
    with pytest.raises(ValueError, match=message):
        columns(ax, heights)
