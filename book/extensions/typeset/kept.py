"""Formulas that were set once are kept in `_build/.formulas`, one file each.

The folder is named after MathJax's version and the files that make a formula: a change in either
sets all formulas anew. A file is written under another name first, so that none cut short is read.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from book.extensions.typeset.formula import Formula, make_formula

MADE_BY = ("engine.js", "engine.py", "formula.py", "readable.py")


class Kept:
    """The formulas of earlier builds, and those of this one."""

    # The extension says both when it knows its configuration.
    root: Path
    engine: bool

    @cached_property
    def folder(self) -> Path:
        from book.extensions.typeset.package import PACKAGE

        seen = hashlib.sha256(PACKAGE.version.encode())
        for name in MADE_BY:
            seen.update(Path(__file__).with_name(name).read_bytes())
        folder = self.root / seen.hexdigest()[:16]
        if not folder.is_dir():
            shutil.rmtree(self.root, ignore_errors=True)
            folder.mkdir(parents=True)
        return folder

    def formula(self, tex: str, display: bool) -> Formula:
        name = hashlib.sha256(f"{display} {tex}".encode()).hexdigest()[:32]
        text = self.text(f"{name}.json", lambda: json.dumps(make_formula(tex, display).as_dict()))
        return Formula(**json.loads(text))

    def stylesheet(self) -> str:
        """MathJax's rules for everything, of which a site needs few."""

        def make() -> str:
            from book.extensions.typeset.engine import stylesheet

            return stylesheet()

        return self.text("mathjax.css", make)

    def text(self, name: str, make: Callable[[], str]) -> str:
        file = self.folder / name
        if not file.exists():
            draft = file.with_name(f"{name}.{os.getpid()}")
            draft.write_text(make(), encoding="utf-8")
            draft.replace(file)
        return file.read_text(encoding="utf-8")


KEPT = Kept()
