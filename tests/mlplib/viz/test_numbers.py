"""Bars, matrices and the triangle of distributions show the numbers that they are given."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.colors import to_hex

from mlplib import softmax
from mlplib.viz import BLUE, VERMILION, bars, explorer, figure, matrix, on_simplex, simplex

NUMBERS = st.floats(-9, 9).map(lambda value: round(value, 2))


def written(ax):
    return [text.get_text().replace("−", "-") for text in ax.texts]


@given(arrays(float, st.integers(1, 6), elements=NUMBERS))
def test_each_bar_has_its_length_its_sign_and_its_number(values):
    _, ax = figure()
    bars(ax, values, [f"class {i}" for i in range(len(values))], limits=(-10, 10), digits=1)
    assert [bar.get_width() for bar in ax.patches] == list(values)
    assert written(ax) == [f"{value:z.1f}" for value in values]
    colours = [to_hex(bar.get_facecolor()) for bar in ax.patches]
    assert colours == [BLUE if value >= 0 else VERMILION for value in values]
    assert ax.get_yticklabels()[0].get_text() == "class 0"


@given(arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=NUMBERS))
def test_a_matrix_stands_as_in_a_formula(values):
    _, ax = figure()
    matrix(ax, values, largest=9)
    assert written(ax) == [f"{value:z.2f}" for value in values.ravel()]
    for square, ((i, j), value) in zip(ax.patches, np.ndenumerate(values), strict=True):
        assert (square.get_y() + 0.5, square.get_x() + 0.5) == (i, j)
        assert to_hex(square.get_facecolor()) == (BLUE if value >= 0 else VERMILION)
        assert square.get_alpha() == pytest.approx(0.6 * abs(value) / 9)
    bottom, top = ax.get_ylim()
    assert bottom > top, "row 0 is on top"


@given(arrays(float, (5, 3), elements=st.floats(-5, 5)))
def test_a_distribution_is_the_mean_of_the_corners(scores):
    corners = on_simplex(np.eye(3))
    p = softmax(scores)
    np.testing.assert_allclose(on_simplex(p), corners @ p.T, atol=1e-12)
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=0)
    np.testing.assert_allclose(sides, 1)


def test_what_is_rounded_to_nothing_has_no_sign():
    _, (upper, lower) = figure(rows=2)
    bars(upper, [-0.001, -0.0], ["a", "b"], limits=(-1, 1))
    matrix(lower, [[-0.0001, -0.0006]], digits=3)
    assert written(upper) == ["0.00", "0.00"]
    assert written(lower) == ["0.000", "-0.001"]


def test_the_thin_lines_of_the_triangle_are_quarters_of_a_share():
    _, ax = figure()
    simplex(ax)
    assert len(ax.lines) == 9
    corners = np.vstack([on_simplex(np.eye(3)), np.ones(3)])
    drawn = []
    for line in ax.lines:
        shares = np.linalg.solve(corners, np.vstack([line.get_data(), [1, 1]]))
        constant = np.flatnonzero(np.isclose(shares[:, 0], shares[:, 1]))
        assert len(constant) == 1
        np.testing.assert_allclose(np.sort(shares, axis=0)[0], 0, atol=1e-12)
        drawn.append((int(constant[0]), round(float(shares[constant[0], 0]), 9)))
    assert sorted(drawn) == [(k, share) for k in range(3) for share in (0.25, 0.5, 0.75)]


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (
            lambda ax: bars(ax, [1, 2], ["one"], limits=(0, 1)),
            r"^values must have the shape \(1,\), not \(2,\)\.$",
        ),
        (lambda ax: matrix(ax, [1, 2]), r"^values must have the shape \(m, n\), not \(2,\)\.$"),
        (lambda ax: matrix(ax, [[1, 2]], columns=["one"]), "^columns must be 2 names, not 1"),
        (lambda ax: on_simplex([1, 2]), r"^p must have the shape \(\.\.\., 3\), not \(2,\)"),
        (lambda ax: on_simplex([1, 2, 3]), "^p must sum to 1"),
        (lambda ax: simplex(ax, ["a", "b"]), "^names must be 3 names, not 2"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(draw, sentence):
    with pytest.raises(ValueError, match=sentence):
        draw(figure()[1])


def test_an_explorer_reads_with_true_minus_signs():
    def draw(k):
        fig, ax = figure()
        ax.plot([0, k], [0, 1])
        return fig

    made = explorer(
        draw, describe=lambda k: f"From -{k}.5 to 1e-{k}, well-known.", label="A", k=[1, 2]
    )
    assert [picture.alt for picture in made.pictures] == [
        "From −1.5 to 1e-1, well-known.",
        "From −2.5 to 1e-2, well-known.",
    ]
