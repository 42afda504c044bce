"""Short paths lead to the same points."""

import re

import pytest
from hypothesis import given, strategies as st

from mlplib.viz.svg_path import number, shorten

NUMBER = st.floats(-999, 999, allow_nan=False)
POINTS = st.lists(st.tuples(NUMBER, NUMBER), min_size=2, max_size=30)


@given(value=st.floats(-1e6, 1e6), digits=st.integers(0, 4))
def test_a_number_keeps_its_value(value: float, digits: int):
    text = number(value, digits)
    assert abs(float(text) - value) <= 0.5 * 10**-digits * (1 + 1e-6)
    assert not re.search(r"^-?0\.|\.0*$|^-0$", text)


@given(points=POINTS)
def test_roundings_do_not_add_up(points: list[tuple[float, float]]):
    path = " L ".join(f"{x:.6f} {y:.6f}" for x, y in points)
    x = y = 0.0
    for letter, rest in re.findall(r"([mlhv])([^a-z]*)", shorten(f"M {path}", 1)):
        steps = [float(step) for step in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        if letter == "h":
            x += sum(steps)
        elif letter == "v":
            y += sum(steps)
        else:
            x, y = x + sum(steps[::2]), y + sum(steps[1::2])
    assert x == pytest.approx(points[-1][0], abs=0.0501)
    assert y == pytest.approx(points[-1][1], abs=0.0501)


def test_curves_and_closed_shapes():
    path = "M 0 0 Q 1 1 2 0 C 3 0 4 1 5 5 z M 10 10 L 11 11 z"
    assert shorten(path, 1) == "m0 0q1 1 2 0c1 0 2 1 3 5zm10 10 1 1z"


def test_steps_of_one_unit_are_kept_and_no_step_is_not_written():
    assert shorten("M 0 0 L 10 0 L 10 0.01 L 10.01 0.01 L 10.01 0.012", 2) == "m0 0h10v.01h.01"
    assert shorten("M 0 0 L 0 -1 L 3 -1", 0) == "m0 0v-1h3"


def test_an_unknown_command_is_refused():
    with pytest.raises(ValueError, match="path must be made of M, L, Q, C and Z, not A"):
        shorten("M 0 0 A 1 1 0 0 0 2 2", 1)
