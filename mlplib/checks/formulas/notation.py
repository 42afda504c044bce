"""What students type for the same thing: names of functions, and Unicode signs in ASCII."""

from __future__ import annotations

FUNCTIONS: dict[str, int] = {
    "exp": 1,
    "ln": 1,
    "sqrt": 1,
    "abs": 1,
    "sign": 1,
    "sin": 1,
    "cos": 1,
    "sinh": 1,
    "cosh": 1,
    "tanh": 1,
    "artanh": 1,
    "log1p": 1,
    "sigma": 1,
    "softplus": 1,
    "relu": 1,
    "H": 1,
    "ind": 1,
    "max": 2,
    "min": 2,
    "D": 2,
}
"""Every function by its one name, with the number of its arguments."""

ALIASES: dict[str, str] = {
    "log": "ln",
    "sigmoid": "sigma",
    "logistic": "sigma",
    "expit": "sigma",
    "sgn": "sign",
    "signe": "sign",
    "heaviside": "H",
    "Heaviside": "H",
    "ReLU": "relu",
    "RELU": "relu",
    "rect": "relu",
    "indicator": "ind",
    "Abs": "abs",
    "Max": "max",
    "Min": "min",
    "maximum": "max",
    "minimum": "min",
    "diff": "D",
    "Derivative": "D",
    "atanh": "artanh",
    "arctanh": "artanh",
}
"""Other names for them; those with capitals are also how sympy prints."""

CONSTANTS = frozenset({"e", "pi"})

CHARACTERS: dict[str, str] = {
    **dict.fromkeys("−–—‐‑﹣-", "-"),
    **dict.fromkeys("·⋅×∙∗•", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("′’‘´`ʹ", "'"),
    **dict.fromkeys("\u00a0\u2009\u202f\u2061\t\n\r", " "),
    "σ": "sigma",
    "π": "pi",
    "𝟙": "ind",
    "≤": "<=",
    "≥": ">=",
    "½": "(1/2)",
    "¼": "(1/4)",
    "{": "(",
    "}": ")",
    "[": "(",
    "]": ")",
    "∣": "|",
}
"""Signs and what they are read as."""

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ˣⁿᵏ", "0123456789-+()xnk", strict=True))
"""A run of these is an exponent."""
