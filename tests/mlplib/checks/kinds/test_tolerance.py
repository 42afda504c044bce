"""When two numbers count as the same, at the edges of the floats too."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from mlplib.checks.kinds.tolerance import COMPUTED, TYPED, Tolerance

EDGES = [0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 1e308, -1e308, 5e-324, 1e-9]


def by_hand(tolerance, expected, got):
    """Infinities and NaN equal themselves; of finite numbers the difference counts."""
    if np.isfinite(expected) and np.isfinite(got):
        room = tolerance.absolute + tolerance.relative * abs(expected)
        return abs(got - expected) <= room
    return got == expected or (np.isnan(got) and np.isnan(expected))


@pytest.mark.parametrize("tolerance", [TYPED, COMPUTED, Tolerance(0.0, 0.0)])
def test_every_pair_of_edges_is_judged_as_by_hand(tolerance):
    pairs = np.array(list(product(EDGES, EDGES)))
    assert len(pairs) == 121
    judged = tolerance.accepts(pairs[:, 0], pairs[:, 1])
    assert list(judged) == [by_hand(tolerance, e, g) for e, g in pairs.tolist()]


def test_what_is_expected_sets_the_scale():
    assert Tolerance(0.1, 0.0).accepts(10.0, 9.0)
    assert not Tolerance(0.1, 0.0).accepts(9.0, 10.0)


def test_shapes_must_agree():
    assert TYPED.accepts_all([1.0, 1.0], [1.0, 1.0])
    assert not TYPED.accepts_all([1.0, 1.0], 1.0)
    assert TYPED.distance([1.0, 1.0], 1.0) == np.inf
