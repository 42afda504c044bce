"""The normal form: formulas that differ in nothing but their writing share it."""

from __future__ import annotations

import pytest

from mlplib.checks.formulas.grammar import parse
from mlplib.checks.formulas.normal import normal_form


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("x*y - 1", "-1 + y*x/1 + 0", True),
        ("-x*y", "x*(-y)", True),
        ("-x*y", "x*y", False),
        ("x*(-y)/(-2)", "x*y/2", True),
        ("(x + y)*1", "x + y", True),
        ("1*(x - y)", "x - y", True),
        ("x - (y - 1)", "x + 1 - y", True),
        ("1/x/y", "1/(y*x)", True),
        ("-(-e^x)", "exp(x)", True),
        ("ind(x > 0) + y^1", "y + 1_{x>0}", True),
        ("max(x, 0 + y)", "max(x, y)", True),
        ("x - y", "y - x", False),
        ("x/y", "y/x", False),
        ("x*(y + 1)", "x*y + x", False),
        ("x + x", "2*x", False),
        ("ind(x > y)", "ind(x < y)", False),
        ("e^x*e^y", "e^(x + y)", False),
        ("x^2", "2^x", False),
        ("x - 1", "-(x + 1)", False),
        ("x*0", "0*y", False),
    ],
)
def test_formulas_are_the_same_line_only_if_their_writing_alone_differs(left, right, same):
    forms = {normal_form(parse(text, "xy")) for text in (left, right)}
    assert len(forms) == (1 if same else 2)
