"""Questions about sizes exist with other numbers: each is right, and knows its own slips."""

import pytest

from mlplib import Conv, convolve, output_size, transposed_output_size
from mlplib.checks.session import load, practice

EXERCISES = {e.id: e for e in load("convolution").exercises if e.variant}


def by_the_library(name: str, n: dict[str, object]) -> object:
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
        case "f" | "g" | "h":
            mode = {"f": "full", "g": "valid", "h": "same"}[name]
            return convolve(n["row"], [0.25] * 4, mode)
    raise AssertionError(name)


def numbers_in(parameters: dict[str, str]) -> dict[str, object]:
    """The numbers that a question names: whole ones, and rows of them."""
    return {
        key: [int(entry) for entry in value.split(", ")] if "," in value else int(value)
        for key, value in parameters.items()
    }


def test_there_are_eight_of_them():
    assert sorted(EXERCISES) == ["a", "d", "f", "g", "h", "j", "k", "l"]


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_drawn_is_right_and_its_slips_are_told_by_name(name):
    for seed in range(30):
        drawn = EXERCISES[name].variant(seed)
        numbers = numbers_in(drawn.parameters)
        other = practice("convolution", seed=seed)
        assert other.check(name, by_the_library(name, numbers)).status.name == "RIGHT"
        for slip in drawn.misconceptions:
            assert other.check(name, slip.wrong).note == f"misconception.{slip.key}"


@pytest.mark.parametrize("name", EXERCISES)
def test_the_numbers_differ(name):
    drawn = {tuple(EXERCISES[name].variant(seed).parameters.values()) for seed in range(30)}
    assert len(drawn) > 20
