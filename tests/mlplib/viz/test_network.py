"""Networks: every circle, every edge, with sign and size to be seen without colour too."""

from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from matplotlib.patches import Circle

from mlplib.viz import BLUE, VERMILION, network, show

RNG = np.random.default_rng(0)
LAYERS = [2, 3, 1]
WEIGHTS = [RNG.normal(size=(3, 2)), RNG.normal(size=(1, 3))]
VALUES = [RNG.normal(size=n) for n in LAYERS]


@settings(max_examples=15)
@given(layers=st.lists(st.integers(1, 8), min_size=2, max_size=4))
def test_every_circle_and_every_edge_is_drawn_inside(layers: list[int]):
    fig = network(layers)
    (ax,) = fig.axes
    circles = [patch for patch in ax.patches if isinstance(patch, Circle)]
    assert len(circles) == sum(layers)
    assert len(ax.lines) == sum(a * b for a, b in pairwise(layers))
    width, height = fig.get_size_inches() * 72
    for circle in circles:
        (x, y), r = circle.center, circle.radius
        assert r < x < width - r
        assert r < y < height - r


def test_an_edge_shows_sign_and_size():
    (ax,) = network([3, 1], weights=[[[2.0, -1.0, 0.5]]]).axes
    large, negative, small = ax.lines
    assert [line.get_color() for line in ax.lines] == [BLUE, VERMILION, BLUE]
    assert large.get_linewidth() > negative.get_linewidth() > small.get_linewidth()
    assert large.get_linestyle() == "-" != negative.get_linestyle()


def test_an_edge_joins_the_circles_of_its_weight():
    weights = [np.zeros((3, 2)), np.zeros((1, 3))]
    weights[0][2, 1] = -1.0
    (ax,) = network(LAYERS, weights=weights).axes
    (line,) = [line for line in ax.lines if line.get_color() == VERMILION]
    centres = [patch.center for patch in ax.patches if isinstance(patch, Circle)]
    begin, end = np.array(centres[1]), np.array(centres[2 + 2])
    along = (end - begin) / np.linalg.norm(end - begin)
    tail, foot = line.get_xydata()
    for point in (tail, foot):
        assert abs(np.cross(np.append(along, 0), np.append(point - begin, 0))[2]) < 1e-9
    assert np.dot(foot - tail, along) > 0


def test_the_way_back_stands_below_and_points_back():
    gradients = [np.full(n, 0.125) for n in LAYERS]
    fig = network(LAYERS, weights=WEIGHTS, values=VALUES, gradients=gradients)
    (ax,) = fig.axes
    texts = {text.get_text(): text for text in ax.texts}
    assert texts["forward →"].get_position()[1] > texts["← backward"].get_position()[1]
    assert [text.get_text() for text in ax.texts].count("0.12") == sum(LAYERS)
    edges = len(ax.lines) // 2
    runs = [np.diff(line.get_xydata()[:, 0])[0] for line in ax.lines]
    assert all(run > 0 for run in runs[:edges])
    assert all(run < 0 for run in runs[edges:])


def test_names_stand_inside_or_above_the_values():
    names = [["$x_1$", "$x_2$"], ["a", "b", "c"], ["y"]]
    (inside,) = network(LAYERS, names=names).axes
    (above,) = network(LAYERS, names=names, values=VALUES).axes
    assert [text.get_text() for text in inside.texts] == [*chain(*names)]
    positions = {text.get_text(): text.get_position() for text in above.texts}
    value = f"{VALUES[0][0]:.2f}".replace("-", "−")
    assert positions["$x_1$"][1] > positions[value][1]


def test_the_same_network_gives_the_same_picture():
    pictures = [
        show(network(LAYERS, weights=WEIGHTS, values=VALUES), alt="A network.").svg
        for _ in range(2)
    ]
    assert pictures[0] == pictures[1]
    assert "#000" not in pictures[0]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"layers": [2]}, r"layers must be two sizes or more, from 1 to 8, not \[2\]"),
        ({"layers": [2, 9]}, r"layers must be two sizes or more, from 1 to 8, not \[2, 9\]\.$"),
        (
            {"weights": [WEIGHTS[0].T, WEIGHTS[1]]},
            r"weights must have the shapes .*, not \[\(2, 3\), \(1, 3\)\]\.$",
        ),
        ({"values": VALUES[:2]}, "values must have the shapes"),
        ({"gradients": VALUES[::-1]}, "gradients must have the shapes"),
        ({"weight_gradients": WEIGHTS[:1]}, "weight_gradients must have the shapes"),
        (
            {"names": [["x"], ["a", "b", "c"], ["y"]]},
            r"names must have layers of \[2, 3, 1\], not \[1, 3, 1\]\.$",
        ),
    ],
)
def test_what_does_not_fit_the_layers_is_said(wrong: dict[str, object], message: str):
    with pytest.raises(ValueError, match=message):
        network(**{"layers": LAYERS, **wrong})


def test_weights_stand_on_their_edges_where_asked_for():
    weights = [[[2.0, -1.5]]]
    bare = network([2, 1], weights=weights).axes[0].texts
    written = network([2, 1], weights=weights, numbered=True).axes[0].texts
    assert [t.get_text() for t in bare] == []
    assert [t.get_text() for t in written] == ["2", "−1.5"]
    first, second = (t.get_position() for t in written)
    assert first[1] > second[1]
