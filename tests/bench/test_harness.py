"""The benchmark compares answers before times, and its ratios are those of the rounds."""

import time

import numpy as np
import pytest

from bench import harness, kernels, networks
from bench.__main__ import summary
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


def budgeted(ours, flat, budgets):
    """Return the verdicts on mlplib where its best round takes so long, and another's."""
    case = Case("step", {}, budgets=budgets, beside=("flat", "checked", "missing"))
    cpu = {"mlplib": [9.0, ours], "flat": [flat, 7.0], "products": [1.0, 2.0], "checked": [4, 4]}
    return Figures(case, cpu, cpu).verdicts()


@pytest.mark.parametrize(("ours", "mark"), [(1.39, "✓"), (1.4, "✓"), (1.41, "✗")])
def test_a_budget_is_judged_by_the_best_rounds_and_told_beside_the_flat_step(ours, mark):
    (verdict,) = budgeted(ours, 1.5, {"products": 1.4})
    assert verdict.met == (mark == "✓")
    told = f"{mark} budget 1.40 × products: {ours:.2f} (flat 1.50, checked 4.00)"
    assert str(verdict) == told


def test_a_contender_is_not_told_in_units_of_itself():
    (verdict,) = budgeted(3.0, 2.0, {"flat": 1.5})
    assert str(verdict) == "✓ budget 1.50 × flat: 1.50 (checked 2.00)"


def test_a_budget_beside_a_missing_peer_is_neither_met_nor_failed():
    verdicts = budgeted(1.5, 2.0, {"torch": 1.0, "products": 1.4, "flat": 1.0})
    assert [verdict.met for verdict in verdicts] == [None, False, True]
    assert str(verdicts[0]) == "? budget 1.00 × torch: not measured, as it is not installed"
    told = summary(verdicts)
    assert told.startswith("\n1 of 2 budgets are met; 1 more are beside peers that are not")
    assert told.endswith(
        "Not met:\n  step: ✗ budget 1.40 × products: 1.50 (flat 2.00, checked 4.00)"
    )
    assert "Not met" not in summary(verdicts[2:])


def test_every_training_step_has_its_budget():
    for sizes, n in networks.STEPS:
        for activation in ("relu", "softplus"):
            case = networks.training_step(sizes, n, activation, "float32")
            assert case.budgets.keys() - set(networks.PEERS[activation])
            assert set(case.beside) <= case.contenders.keys()


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
    assert {"mlplib", "mlplib, checked", "NumPy, flat", "its products"} <= figures.seconds.keys()
    assert all(len(rounds) == 3 for rounds in figures.seconds.values())


@pytest.mark.usefixtures("peers")
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_kernel_answers_as_its_reference(dtype):
    x = SMALL.astype(dtype)
    for case in kernels.elementwise(x, (SMALL > 1).astype(dtype), dtype):
        measure(case)
    for case in kernels.over_classes(x.reshape(10, 5), np.arange(10) % 5, dtype):
        measure(case)
