"""Numbers as people read them: a true minus, few digits, powers of ten.

The functions from plain to rich: `true_minus` for a text that has numbers in it, `number_text` for
one number, `two_numbers` for a pair that must not look alike, `scientific` for numbers of any size,
`show` for arrays.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

import numpy as np

_HYPHEN = re.compile(r"(?<![\w.])-(?=[\d.])")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def true_minus(text: str) -> str:
    """Return the text with − before its negative numbers; exponents such as 1e-16 stay as they are.

    Examples
    --------
    >>> true_minus("from -1.5 to 2e-16")
    'from −1.5 to 2e-16'
    """
    return _HYPHEN.sub("−", text)


def typed(value: Any) -> str:
    """Return a real number as a person types it: six digits, and a hyphen for its minus.

    Examples
    --------
    >>> typed(-1 / 3)
    '-0.333333'
    """
    return f"{float(value):.6g}"


def number_text(value: Any) -> str:
    """Return a real number as a person would write it.

    Examples
    --------
    >>> number_text(0.1 + 0.2), number_text(-2.0), number_text(1e-20)
    ('0.3', '−2', '1e-20')
    """
    return true_minus(typed(value))


def two_numbers(left: Any, right: Any) -> tuple[str, str]:
    """Return two different numbers with as many digits as it takes to see that they differ.

    Examples
    --------
    >>> two_numbers(1.0, 1.0 + 1e-9)
    ('1', '1.000000001')
    """
    a, b = float(left), float(right)
    for digits in (6, 10, 14, 17):
        texts = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return true_minus(texts[0]), true_minus(texts[1])


def scientific(value: float, digits: int = 2) -> str:
    """Return a number to some significant digits, and very large or small ones with a power of ten.

    Parameters
    ----------
    value : float
    digits : int
        How many significant digits are kept; zeros at the end are left out.

    Returns
    -------
    str

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
        raise ValueError(f"value must be a finite number, not {value}.")
    if digits < 1:
        raise ValueError(f"digits must be 1 or more, not {digits}.")
    if value == 0:
        return "0"
    rounded = f"{value:.{digits - 1}e}"
    mantissa, _, exponent = rounded.partition("e")
    power = int(exponent)
    if -3 <= power <= 3:
        return true_minus(f"{float(rounded):.{max(digits, 4)}g}")
    return true_minus(f"{float(mantissa):.{digits}g}·10{str(power).translate(_RAISED)}")


def show(array: Any, scale: float = 0) -> str:
    """Return numbers rounded to four digits, exact ones as they are, long arrays cut short.

    What is 1e-12 times smaller than `scale` or the largest entry is only rounding, differs from one
    processor to the next, and is shown as 0.

    Examples
    --------
    >>> show(np.array([[1 / 3, 1e-17], [2.0, np.nan]]))
    '[[0.3333, 0], [2, nan]]'
    """
    if array.ndim:
        finite = [abs(float(v)) for v in array.flat if np.isfinite(float(v))]
        rows = [show(np.asarray(row), max([scale, *finite])) for row in array[:6]]
        return f"[{', '.join(rows + ['…'] * (len(array) > 6))}]"
    number = array.item()
    if isinstance(number, int | Fraction):
        return str(number)
    return "0" if abs(number) < 1e-12 * scale else f"{number:.4g}"
