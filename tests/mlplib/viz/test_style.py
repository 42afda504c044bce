"""Figures are of one look, and leave nothing behind."""

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.viz import figure, plot
from mlplib.viz.style import STYLES


def test_lines_stay_apart_in_grey():
    assert len(set(STYLES)) == len(STYLES)
    _, ax = figure()
    drawn = [plot(ax, [0, 1], [0, i]) for i in range(4)]
    assert len({line.get_linestyle() + str(line._dash_pattern) for line in drawn}) == 4
    assert {line.get_linewidth() for line in drawn} == {2.0}


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
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))} must be "):
        figure(**wrong)
