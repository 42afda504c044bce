"""Names that a package offers, each loaded when it is first asked for (Scientific Python's SPEC 1).

What there is, and where it lives, stands in the package's `__init__.pyi`, which type checkers and
editors read as well: it is the one list.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def offer(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return `__getattr__`, `__dir__` and `__all__` of a package that is being imported.

    Raises
    ------
    OSError
        If the package has no stub.
    """
    names = vars(sys.modules[package])
    stub = ast.parse(Path(names["__file__"]).with_suffix(".pyi").read_text(encoding="utf-8"))
    homes = {
        name.name: line.module
        for line in stub.body
        if isinstance(line, ast.ImportFrom) and line.module
        for name in line.names
    }

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        names[name] = value = getattr(import_module(homes[name]), name)
        return value

    def everything() -> list[str]:
        return sorted({*names, *homes})

    return load, everything, sorted(homes)
