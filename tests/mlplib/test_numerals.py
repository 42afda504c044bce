"""Numbers are written for people: few digits, powers of ten, a true minus sign."""

import math
import re

import pytest
from hypothesis import given, strategies as st

from mlplib.viz import scientific

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
        ((math.nan,), "value is nan: expected a finite number"),
        ((math.inf,), "value is inf"),
        ((1.0, 0), "digits is 0: expected 1 or more"),
    ],
)
def test_what_cannot_be_written_is_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        scientific(*arguments)
