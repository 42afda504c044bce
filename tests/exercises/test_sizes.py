"""Questions about sizes exist with other numbers: each is right, and knows its own slips."""

import pytest

from mlplib import Conv, output_size, transposed_output_size
from mlplib.checks.session import load, practice

EXERCISES = {e.id: e for e in load("convolution").exercises if e.variant}


def by_the_library(name: str, n: dict[str, int]) -> object:
    """The answer from the functions that the networks themselves use."""
    match name:
        case "a":
            layer = Conv(n["filters"], n["kernel"], n["stride"], n["padding"])
            return layer.output((n["side"], n["side"], 3))
        case "d":
            return Conv(n["filters"], n["kernel"]).weights(n["channels"])
        case "j":
            return output_size(n["size"], n["kernel"], dilation=n["dilation"])
        case "k":
            return output_size(n["size"], n["kernel"], stride=n["stride"])
        case "l":
            settings = (n["kernel"], n["stride"], n["padding"], 1, n["extra"])
            return transposed_output_size(n["small"], *settings)
    raise AssertionError(name)


def test_there_are_five_of_them():
    assert sorted(EXERCISES) == ["a", "d", "j", "k", "l"]


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_drawn_is_right_and_its_slips_are_told_by_name(name):
    for seed in range(30):
        drawn = EXERCISES[name].variant(seed)
        numbers = {key: int(value) for key, value in drawn.parameters.items()}
        other = practice("convolution", seed=seed)
        assert other.check(name, by_the_library(name, numbers)).status.name == "RIGHT"
        for slip in drawn.misconceptions:
            assert other.check(name, slip.wrong).note == f"misconception.{slip.key}"


@pytest.mark.parametrize("name", EXERCISES)
def test_the_numbers_differ(name):
    drawn = {tuple(EXERCISES[name].variant(seed).parameters.values()) for seed in range(30)}
    assert len(drawn) > 20
