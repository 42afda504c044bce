"""Inputs to try functions on keep away from what they should, and are the same on every run."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks import real_line

KINK = 0.5


def distances(**options):
    """How far from the kink all points of five hundred seeds are."""
    probes = [x for seed in range(500) for (x,) in real_line(seed=seed, single=True, **options)]
    return np.abs(np.concatenate([np.ravel(x) for x in probes]) - KINK)


def test_probes_avoid_what_they_should():
    assert distances().min() < 0.01, "without being told to avoid it, some points lie near"
    assert distances(avoid=(KINK,)).min() >= 0.01


@pytest.mark.parametrize("kink", [0.0, -2.0, 1.0])
def test_simple_points_and_integers_are_no_kinks_either(kink):
    points = np.concatenate([np.ravel(x) for (x,) in real_line(avoid=(kink,), integers=True)])
    assert kink not in points
    assert {0.0, 1.0, -1.0, 0.5, -2.0} - {kink} <= set(points)


def test_a_seed_gives_the_same_points():
    first, second = (real_line(seed=7, single=True, integers=True) for _ in range(2))
    for (x,), (y,) in zip(first, second, strict=True):
        np.testing.assert_array_equal(x, y)
    assert any(np.any(x != y) for (x,), (y,) in zip(first, real_line(seed=8), strict=False))
