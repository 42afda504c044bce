"""Numbers of a counterexample in TeX: what is shown is what was found."""

import numpy as np
import pytest

from mlplib.proof.findings import name_inputs, show
from mlplib.proof.in_tex import in_tex


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        (0.25, "0.25"),
        (-3e-7, r"-3\cdot10^{-7}"),
        (1.5e20, r"1.5\cdot10^{20}"),
        (-np.inf, r"-\infty"),
        (np.nan, r"\text{not a number}"),
        ([1.0, 1e-6], r"(1,\, 1\cdot10^{-6})"),
        ([1.0], "(1)"),
        (np.eye(2), r"\begin{pmatrix}1 & 0\\0 & 1\end{pmatrix}"),
        (np.arange(7.0), r"(0,\, 1,\, 2,\, 3,\, 4,\, 5,\, \dots)"),
        (np.zeros((7, 1)), r"\begin{pmatrix}0\\0\\0\\0\\0\\0\\\dots\end{pmatrix}"),
    ],
)
def test_numbers(value, tex):
    assert in_tex(show(np.asarray(value))) == tex


def test_names_of_arguments():
    def claim(x, W1, b_0, eta, _rest):
        return 0

    named = name_inputs(claim, (1, 2, 3, 4, 5))
    assert in_tex(named) == r"x = 1,\ W_{1} = 2,\ b_{0} = 3,\ \eta = 4,\ \mathrm{rest} = 5"
    assert in_tex(name_inputs(lambda *all: 0, (1, 2))) == (
        r"\text{input 1} = 1,\ \text{input 2} = 2"
    )
