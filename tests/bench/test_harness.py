"""The benchmark compares answers before times, and its ratios are those of the rounds."""

import time

import numpy as np
import pytest

from bench import harness, kernels, networks
from bench.harness import Case, Figures, measure, readable

SMALL = np.linspace(-3, 3, 50)


@pytest.fixture(autouse=True)
def short_rounds(monkeypatch):
    monkeypatch.setattr(harness, "ROUNDS", 3)
    monkeypatch.setattr(harness, "SECONDS", 1e-5)


@pytest.fixture(params=["with its peers", "without any peer"])
def peers(request, monkeypatch):
    if request.param == "without any peer":
        for module in (kernels, networks):
            monkeypatch.setattr(module, "find", lambda name: None)


def test_a_wrong_answer_is_not_timed():
    case = Case(
        "sine", {"mlplib": lambda: np.sin(SMALL), "hasty": lambda: SMALL}, None, np.sin(SMALL)
    )
    with pytest.raises(ValueError, match="sine: hasty is off by"):
        measure(case)


def test_an_answer_of_another_shape_is_not_timed():
    case = Case("sum", {"mlplib": lambda: SMALL}, None, SMALL.sum())
    with pytest.raises(ValueError, match=r"mlplib returned shape \(50,\), not \(\)"):
        measure(case)


def test_a_ratio_is_the_median_round_by_round():
    figures = Figures(
        Case("busy", {}, limit="copy"), {"mlplib": [1e-3, 9e-3, 3e-3], "copy": [1e-3, 3e-3, 1e-3]}
    )
    assert figures.ratio("mlplib", "copy") == pytest.approx(3)
    assert figures.time("copy") == 1e-3
    assert str(figures).endswith("| mlplib = ~3.00 × copy")


def test_a_ratio_of_the_processors_time_stands_beside_that_on_the_clock():
    figures = Figures(
        Case("busy", {}),
        {"mlplib": [1.0, 1.0, 1.0], "peer": [2.0, 9.0, 1.0]},
        {"mlplib": [1.0, 1.0, 1.0], "peer": [2.0, 2.1, 2.0]},
    )
    assert figures.said("peer", "mlplib") == "~2.00, CPU 2.00"


def test_time_asleep_is_no_time_of_the_processor():
    case = Case("sleep", {"mlplib": lambda: time.sleep(0.003)})
    figures = measure(case)
    assert max(figures.cpu["mlplib"]) < min(figures.seconds["mlplib"]) / 2


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.5, "2.5 s"), (1.5e-3, "1.5 ms"), (2e-6, "2 µs"), (5e-8, "0.05 µs")]
)
def test_times_have_a_unit(seconds, text):
    assert readable(seconds) == text


@pytest.mark.usefixtures("peers")
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", ["relu", "softplus"])
def test_every_step_does_the_same_work(dtype, activation):
    figures = measure(networks.training_step((4, 6, 5, 3), 7, activation, dtype))
    assert {"mlplib", "NumPy, flat", "its products"} <= figures.seconds.keys()
    assert all(len(rounds) == 3 for rounds in figures.seconds.values())


@pytest.mark.usefixtures("peers")
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_kernel_answers_as_its_reference(dtype):
    x = SMALL.astype(dtype)
    for case in kernels.elementwise(x, (SMALL > 1).astype(dtype), dtype):
        measure(case)
    for case in kernels.over_classes(x.reshape(10, 5), np.arange(10) % 5, dtype):
        measure(case)
