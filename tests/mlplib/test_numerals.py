"""Numbers are written for people: few digits, powers of ten, a true minus sign."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.numerals import scientific, show, true_minus, two_numbers

LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def read(text: str) -> float:
    return float(re.sub(r"·10(.*)", r"e\1", text).translate(LOWERED))


@given(value=st.floats(-1e300, 1e300), digits=st.integers(1, 9))
def test_what_is_written_is_the_number_rounded(value, digits):
    text = scientific(value, digits)
    assert read(text) == pytest.approx(value, rel=0.5000001 * 10.0 ** (1 - digits), abs=5e-324)
    assert len(re.sub(r"·10.*|[−.]", "", text).strip("0")) <= digits
    assert "e" not in text
    assert "-" not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (0.001, "0.001"),
        (9.99e-4, "0.001"),
        (9.9e-4, "9.9·10⁻⁴"),
        (3556.0, "3600"),
        (1e4, "1·10⁴"),
        (-2.5e-17, "−2.5·10⁻¹⁷"),
    ],
)
def test_powers_of_ten_begin_where_zeros_would_have_to_be_counted(value, text):
    assert scientific(value) == text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((math.nan,), r"^value must be a finite number, not nan\.$"),
        ((math.inf,), "not inf"),
        ((1.0, 0), r"^digits must be 1 or more, not 0\.$"),
    ],
)
def test_what_cannot_be_written_is_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        scientific(*arguments)


def test_what_is_only_rounding_beside_the_largest_entry_is_shown_as_0():
    assert show(np.array([1.0, 1e-9, -1e-9])) == "[1, 1e-09, -1e-09]"
    assert show(np.array([1.0, 1e-13, -1e-13])) == "[1, 0, 0]"
    assert show(np.array([1e-9, 1e-13])) == "[1e-09, 1e-13]"
    assert show(np.array(1e-13), scale=1.0) == "0"


def test_two_numbers_that_differ_never_look_the_same():
    for step in (1e-3, 1e-8, 1e-12, 1e-16):
        left, right = two_numbers(-0.5, -0.5 - step)
        assert left != right
        assert right.startswith("−0.5")


@pytest.mark.parametrize("text", ["1e-16", "x-1", "2-1", "−1", "a - b"])
def test_only_the_sign_of_a_number_becomes_a_minus(text):
    assert true_minus(text) == text
