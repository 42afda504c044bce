"""Formulas that are written with sympy."""

from __future__ import annotations

import pytest
import sympy

from mlplib.checks import Practice, Status
from tests.mlplib.checks.demo import DEMO


@pytest.mark.parametrize(
    "build",
    [
        lambda x: sympy.exp(-x) / (1 + sympy.exp(-x)) ** 2,
        lambda x: sympy.diff(1 / (1 + sympy.exp(-x)), x),
        lambda x: sympy.Function("sigma")(x) * (1 - sympy.Function("sigma")(x)),
        lambda x: sympy.Derivative(sympy.Function("sigma")(x), x),
        lambda x: (1 - sympy.tanh(x / 2) ** 2) / 4,
        lambda x: sympy.Abs(sympy.Heaviside(5 + x) / (2 + 2 * sympy.cosh(x))),
    ],
)
def test_sympy_expressions_are_read_too(build):
    outcome = Practice(DEMO, "en").check("f", build(sympy.Symbol("x")))
    assert outcome.status in (Status.RIGHT, Status.ALMOST)
