"""A true minus sign for numbers that people read."""

import re

HYPHEN = re.compile(r"(?<![\w.])-(?=[\d.])")


def true_minus(text: str) -> str:
    """Return the text with − before its negative numbers; exponents such as 1e-16 stay as they are.

    Examples
    --------
    >>> true_minus("from -1.5 to 2e-16")
    'from −1.5 to 2e-16'
    """
    return HYPHEN.sub("−", text)
