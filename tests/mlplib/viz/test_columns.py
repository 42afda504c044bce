"""Columns show which layers are strong, which are weak and which are off, without colour too."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.colors import to_hex

from mlplib.viz import BLUE, VERMILION, columns, figure

HEIGHTS = arrays(float, st.integers(1, 12), elements=st.sampled_from([0.0, 0.01, 0.02, 0.5, 1.0]))


@given(heights=HEIGHTS, weak_below=st.sampled_from([0.0, 0.02, 0.1]))
def test_each_layer_has_its_column_its_circle_or_its_cross(heights, weak_below):
    _, ax = figure()
    columns(ax, heights, weak_below=weak_below)
    drawn = {
        round(bar.get_x() + bar.get_width() / 2): ("column", bar.get_height()) for bar in ax.patches
    }
    for line in ax.lines:
        ((layer, height),) = line.get_xydata()
        drawn[int(layer)] = (line.get_marker(), height)
    kinds = ["x" if h == 0 else "o" if h < weak_below else "column" for h in heights]
    assert [drawn[layer] for layer in sorted(drawn)] == list(zip(kinds, heights, strict=True))


def test_weak_layers_differ_by_shape_and_by_colour():
    _, ax = figure()
    columns(ax, [0.5, 0.01, 0.0], weak_below=0.02)
    (strong,), (weak, off) = ax.patches, ax.lines
    assert to_hex(strong.get_facecolor()) == BLUE
    assert weak.get_markeredgecolor() == off.get_markeredgecolor() == VERMILION
    assert weak.get_markerfacecolor() == "none"


@pytest.mark.parametrize("heights", [[1.0, 0.01, 0.0], [1.0, 0.5, 0.25]])
def test_nothing_sticks_out_of_the_axes_but_half_a_mark(heights):
    _, ax = figure()
    columns(ax, heights, weak_below=0.02)
    ax.set(xlim=(0, 4), ylim=(0, 1.1), xticks=[], yticks=[])
    inner, outer = ax.get_window_extent(), ax.get_tightbbox()
    assert inner.x0 <= outer.x0 <= outer.x1 <= inner.x1
    assert inner.y0 - outer.y0 < 10


@pytest.mark.parametrize(
    ("heights", "message"),
    [
        ([[0.5]], r"heights must have the shape \(n,\), not \(1, 1\)\.$"),
        ([], r"heights must have the shape \(n,\), not \(0,\)"),
        ([0.5, -1.0], "heights must have no entry below 0, not -1.0"),
        ([0.5, np.nan], "heights must have no entry below 0, not nan"),
    ],
)
def test_what_is_no_row_of_columns_is_said(heights, message):
    _, ax = figure()
    with pytest.raises(ValueError, match=message):
        columns(ax, heights)
