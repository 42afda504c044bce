"""Drills on graphs: the derivative is right, wrong ways differ, and each seed gives its own."""

from fractions import Fraction

import pytest

from mlplib.checks.authoring.graphs import LARGEST, drawn_graph


@pytest.mark.parametrize("steps", [2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(20))
def test_both_sweeps_find_the_slope_that_a_nudge_finds(seed: int, steps: int):
    graph = drawn_graph(seed, steps)

    def loss(x: Fraction) -> Fraction:
        made = {**graph.leaves, "x": x}
        for name, sign, a, b in graph.steps:
            made[name] = made[a] * made[b] if sign == "·" else made[a] + made[b]
        return made["L"]

    # In fractions nothing is rounded, so that a tiny step shows the whole number.
    h = Fraction(1, 10**9)
    x = Fraction(graph.leaves["x"])
    nudged = (loss(x + h) - loss(x - h)) / (2 * h)
    assert graph.slope("x") == graph.swept()["x"] == round(nudged)
    assert abs(nudged - round(nudged)) < Fraction(1, 10**6)


def test_wrong_ways_show_and_numbers_stay_small():
    for seed in range(50):
        graph = drawn_graph(seed, 4)
        told = {graph.slope("x"), graph.swept(adds=())["x"], graph.values["L"], 0}
        assert len(told) == 4
        slips = graph.slips
        assert {"overwritten", "value"} <= set(slips)
        assert len({graph.slope("x"), *slips.values()}) == len(slips) + 1
        assert max(map(abs, [*graph.values.values(), *graph.swept().values()])) <= LARGEST


def test_there_is_no_end_of_them():
    drawn = {(graph.text, *graph.leaves.values()) for graph in map(drawn_graph, range(300))}
    assert len(drawn) > 100
    assert drawn_graph(5) == drawn_graph(5)
