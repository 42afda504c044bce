"""The outline language of SVG, written in few characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
_TOKEN = re.compile(r"[A-Za-z]|-?[0-9.]+(?:e-?[0-9]+)?")


def number(value: float, digits: int) -> str:
    """Return the value with at most so many decimals and no character that says nothing.

    Examples
    --------
    >>> number(-0.50, 2), number(12.0, 1), number(-0.0001, 2)
    ('-.5', '12', '0')
    """
    text = f"{value:.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", "", "-"):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def shorten(path: str, digits: int, scale: float = 1.0) -> str:
    """Return a path of absolute M, L, Q, C and Z with relative, rounded coordinates.

    The roundings do not add up: each step starts from where the last one really ended.

    Raises
    ------
    ValueError
        When the path holds another command.

    Examples
    --------
    >>> shorten("M 10 20 L 11.504 20 L 13 19 z", 2)
    'm10 20h1.5l1.5-1z'
    """
    unit = 10**digits
    out: list[str] = []
    last = ""
    here = start = (0, 0)
    for command, values in _commands(path):
        if command == "Z":
            out.append("z")
            here, last = start, "z"
            continue
        ends = [round(value * scale * unit) for value in values]
        steps = [end - here[axis % 2] for axis, end in enumerate(ends)]
        here = (ends[-2], ends[-1])
        letter = command.lower()
        if command == "M":
            start = here
        elif command == "L" and steps == [0, 0]:
            continue
        elif command == "L" and 0 in steps:
            letter = "h" if steps[1] == 0 else "v"
            steps = [sum(steps)]
        follows = letter == last or (letter == "l" and last == "m")
        joined = "" if follows else letter
        for step in steps:
            text = number(step / unit, digits)
            if joined and not joined[-1].isalpha() and not text.startswith("-"):
                joined += " "
            elif not joined and not text.startswith("-"):
                joined = " "
            joined += text
        out.append(joined)
        last = letter
    return "".join(out)


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(path)
    place, command = 0, ""
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place].upper()
            if command not in _ARGUMENTS:
                raise ValueError(f"path must be made of M, L, Q, C and Z, not {command}.")
            place += 1
        count = _ARGUMENTS[command]
        yield command, [float(token) for token in tokens[place : place + count]]
        place += count
