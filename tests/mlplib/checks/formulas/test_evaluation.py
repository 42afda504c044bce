"""Values of formulas, beside NumPy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from mlplib.checks.formulas.evaluation import value
from mlplib.checks.formulas.grammar import parse
from tests.mlplib.checks.formulas.written import FORMULAS


@settings(max_examples=60)
@given(formula=FORMULAS)
def test_values_agree_with_numpy(formula):
    names = {
        "x": 0.75, "k": 1.25, "s": 1 / (1 + np.exp(-0.75)), "pi": np.pi, "tanh": np.tanh,
        "cos": np.cos, "sigma": lambda x: 1 / (1 + np.exp(-x)),
        "softplus": lambda x: np.logaddexp(0, x),
    }  # fmt: skip
    expected = eval(formula.replace("^", "**"), names)
    node = parse(formula, ["x", "k", "s"])
    got = value(node, {"x": 0.75, "k": 1.25}, {"s": parse("sigma(x)", ["x"])})
    assert float(got) == pytest.approx(float(expected), rel=1e-9, abs=1e-9)
