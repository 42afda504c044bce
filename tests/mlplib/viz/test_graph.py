"""A graph of operations shows what each gives and what is charged to it."""

import pytest

from mlplib.viz import graph


def test_a_graph_writes_values_above_and_gradients_below():
    nodes = {"x": (0, 1), "w": (0, 0), "×": (1, 0.5)}
    fig = graph(nodes, [("x", "×"), ("w", "×")], values={"×": -6}, gradients={"x": 2.0, "w": -3.0})
    (ax,) = fig.axes
    at = {text.get_text(): text.get_position() for text in ax.texts}
    assert at["−6"][1] > at["×"][1]
    assert at["2"][1] < at["x"][1]
    assert at["−3"][1] < at["w"][1]
    assert len(ax.lines) == 2


@pytest.mark.parametrize("argument", ["edges", "values", "gradients"])
def test_a_graph_refuses_strangers(argument: str):
    wrong = [("x", "q")] if argument == "edges" else {"q": 1.0}
    with pytest.raises(ValueError, match=rf"^{argument} must name nodes alone, not \['q'\]\.$"):
        graph({"x": (0, 0), "y": (1, 0)}, **{"edges": [("x", "y")], argument: wrong})
