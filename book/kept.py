"""Texts that take long to make are kept in `_build/.kept`, each under what it was made from.

A page that changes rarely changes which styles the site needs, and never the script that judges
answers: a second build takes them from the first. What a build did not ask for goes.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType


class Kept:
    """A folder of texts; `made_by` is what else they depend on: the code, versions of packages."""

    def __init__(self, folder: Path, made_by: Iterable[str]) -> None:
        self.folder = folder
        self.made_by = list(made_by)
        self.asked: set[str] = set()

    def __enter__(self) -> "Kept":
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for file in self.folder.iterdir():
            if error is None and file.name not in self.asked:
                file.unlink()

    def text(self, made_from: Iterable[str], make: Callable[[], str]) -> str:
        """Return what `make` returns, from an earlier build where it was made from the same."""
        seen = hashlib.sha256()
        for word in [*self.made_by, *made_from]:
            seen.update(f"{len(word)}\0{word}".encode())
        file = self.folder / seen.hexdigest()[:32]
        self.asked.add(file.name)
        if not file.exists():
            draft = file.with_name(f"{file.name}.{os.getpid()}")
            draft.write_text(make(), encoding="utf-8")
            draft.replace(file)
        return file.read_text(encoding="utf-8")
