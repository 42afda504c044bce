"""Solution markers of nbgrader's: what stands between them is for the reference only."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Sequence

_BEGIN = re.compile(r"^(\s*)#+[ \t]*BEGIN[ ]SOLUTION\s*$", re.IGNORECASE)
_END = re.compile(r"^\s*#+[ \t]*END[ ]SOLUTION\s*$", re.IGNORECASE)
_NEARLY = re.compile(
    r"#[\W_]*(?:BEGIN|END)[\W_]*(?:SOLUTIONS?|HIDDEN[\W_]*TESTS?|TESTS?)\b|#[\W_]*SOLUTIONS?\s*$",
    re.IGNORECASE,
)
"""What somebody may have meant as a marker: a slip here would show an answer."""

STUB = "...  # your answer here"


class UnbalancedMarkers(ValueError):
    """A begin without an end, one region inside another, or a line that nearly is a marker."""


def has_markers(source: str) -> bool:
    """Tell whether `source` has a line that begins or ends a solution."""
    return any(_BEGIN.match(line) or _END.match(line) for line in source.split("\n"))


def without_solutions(source: str) -> str:
    """Return `source` with a stub in place of each marked region, at the same indentation.

    A region that ends in assigning a name leaves the name, so that it exists before the student
    has written anything.

    Raises
    ------
    UnbalancedMarkers
        If markers are nested or do not pair, or a line nearly is one.

    Examples
    --------
    >>> print(without_solutions("### BEGIN SOLUTION\\nslope = 1 / 4\\n### END SOLUTION"))
    slope = ...  # your answer here
    """
    kept: list[str] = []
    region: list[str] | None = None
    indent = ""
    for number, line in enumerate(source.split("\n"), start=1):
        if begin := _BEGIN.match(line):
            if region is not None:
                raise UnbalancedMarkers(f"line {number} begins a solution inside a solution")
            region, indent = [], begin[1]
        elif _END.match(line):
            if region is None:
                raise UnbalancedMarkers(f"line {number} ends a solution that has not begun")
            kept.append(f"{indent}{_assigned(region)}{STUB}")
            region = None
        elif _NEARLY.search(line):
            raise UnbalancedMarkers(
                f"line {number} must be a marker, ### BEGIN SOLUTION or ### END SOLUTION, "
                f"not {line.strip()!r}"
            )
        elif region is None:
            kept.append(line)
        else:
            region.append(line)
    if region is not None:
        raise UnbalancedMarkers("a solution begins and does not end")
    return "\n".join(kept)


def _assigned(region: Sequence[str]) -> str:
    """Return ``name = `` if the last statement of a region assigns to one name, else nothing."""
    try:
        body = ast.parse(textwrap.dedent("\n".join(region))).body
    except SyntaxError:
        # Part of a statement, such as some items of a list, stands between the markers.
        return ""
    match body[-1:]:
        case [ast.Assign(targets=[ast.Name(id=name)])] | [ast.AnnAssign(target=ast.Name(id=name))]:
            return f"{name} = "
    return ""
