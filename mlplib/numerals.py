"""Numbers as people read them: a true minus sign, few digits, powers of ten."""

from __future__ import annotations

import math
import re

HYPHEN = re.compile(r"(?<![\w.])-(?=[\d.])")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def true_minus(text: str) -> str:
    """Return the text with − before its negative numbers; exponents such as 1e-16 stay as they are.

    Examples
    --------
    >>> true_minus("from -1.5 to 2e-16")
    'from −1.5 to 2e-16'
    """
    return HYPHEN.sub("−", text)


def scientific(value: float, digits: int = 2) -> str:
    """Return a number to some significant digits, and very large or small ones with a power of ten.

    Parameters
    ----------
    value : float
    digits : int
        How many significant digits are kept; zeros at the end are left out.

    Raises
    ------
    ValueError
        When `value` is not finite or `digits` is below 1.

    Examples
    --------
    >>> scientific(3.46e-14), scientific(16.8e6), scientific(-0.0714)
    ('3.5·10⁻¹⁴', '1.7·10⁷', '−0.071')
    """
    if not math.isfinite(value):
        raise ValueError(f"value is {value}: expected a finite number")
    if digits < 1:
        raise ValueError(f"digits is {digits}: expected 1 or more")
    if value == 0:
        return "0"
    rounded = f"{value:.{digits - 1}e}"
    mantissa, _, exponent = rounded.partition("e")
    power = int(exponent)
    if -3 <= power <= 3:
        return true_minus(f"{float(rounded):.{max(digits, 4)}g}")
    return true_minus(f"{float(mantissa):.{digits}g}·10{str(power).translate(_RAISED)}")
