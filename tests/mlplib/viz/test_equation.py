"""Equations between arrays: what is written, where it stands, and that it stays on the sheet."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from mlplib.viz import equation


def texts(fig):
    return [text.get_text() for text in fig.axes[0].texts]


def frames(fig):
    patches = [p for p in fig.axes[0].patches if isinstance(p, Rectangle)]
    return [p for p in patches if p.get_facecolor()[3] == 0 and p.get_edgecolor()[3] == 1]


def test_every_number_stands_in_its_row_and_column():
    fig = equation([("M", [[1, 2, 3], [4, 5, 6]])])
    places = {t.get_text(): t.get_position() for t in fig.axes[0].texts}
    assert places["1"][0] < places["2"][0] < places["3"][0]
    assert places["1"][1] == places["3"][1] > places["4"][1]
    assert places["1"][0] == places["4"][0]
    assert "(2, 3)" in places


def test_an_array_with_one_axis_is_told_from_a_row():
    flat, row = frames(equation([("", [1, 2]), "=", ("", [[1, 2]])]))
    assert flat.get_linestyle() != row.get_linestyle()
    assert texts(equation([("", [1, 2])]))[-1] == "(2,)"
    assert texts(equation([("", 7)])) == ["7", "()"]


def test_negative_numbers_have_a_colour_and_a_true_minus():
    fig = equation([("", [2, -2])])
    plus, minus = (p.get_facecolor() for p in fig.axes[0].patches[:2])
    assert plus[:3] != minus[:3]
    assert "−2" in texts(fig)


def test_a_long_row_is_narrowed_to_the_sheet_and_signs_keep_their_room():
    wide = np.ones((2, 6))
    fig = equation([("", wide), "@", ("", wide), "=", ("", wide)], width=5.0)
    boxes = sorted((f.get_x(), f.get_x() + f.get_width()) for f in frames(fig))
    assert boxes[0][0] >= 0
    assert boxes[-1][1] <= 360
    gaps = [right[0] - left[1] for left, right in pairwise(boxes)]
    assert min(gaps) > 16


def test_frames_of_an_explorer_can_have_one_size():
    one = equation([("", [1])], height=4)
    two = equation([("", [1])], [("", [2])], height=4)
    assert tuple(one.get_size_inches()) == tuple(two.get_size_inches()) == (5, 4)
    assert equation([("", [1])]).get_size_inches()[1] < 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "rows must each hold a part"),
        ([[]], "rows must each hold a part"),
        ([[("T", np.zeros((1, 1, 1)))]], "T must have at most two axes"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        equation(*rows)
