"""Where records are kept: in memory, or in a file of the student's own as well.

The file lies where the notebook works, is written whole or not at all, and holds whatever any
notebook has added to it. What cannot be written is still known until the kernel stops.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from mlplib.checks.keeping.record import (
    NewerProgress,
    NotAllProgress,
    NotProgress,
    Record,
    Records,
    from_text,
    merged,
    to_text,
)

NAME = "my-progress.json"
"""The file's name, where nobody chooses another one."""

WHERE = "MLPLIB_PROGRESS"
"""The environment variable that names another file; "off" keeps nothing."""

READ = "utf-8-sig"
"""UTF-8, with the mark in front that some editors leave."""

PATIENCE = 0.15
"""For so many seconds a notebook waits while another one writes."""

FORGOTTEN = 5.0
"""A lock older than so many seconds belongs to a process that is no more."""

Change = Callable[[Record], Record]
Told = tuple[str, dict[str, str]]
"""The key of a sentence, and what fills its braces."""


class Kept:
    """Records that are known until the kernel stops."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    def of(self, key: str) -> Record:
        """Return the record of a question."""
        return self.records.get(key, Record())

    def change(self, key: str, change: Change) -> None:
        """Take down what has happened to a question."""
        if (new := change(self.of(key))) != self.of(key):
            self.records[key] = new

    def refresh(self) -> None:
        """Take in what others have written, and write down what could not be written before."""

    def where(self) -> Told | None:
        """Return the sentence that says where the records are."""
        return None

    def troubles(self) -> list[Told]:
        """Return in sentences what has gone wrong with the file."""
        return []


class Store(Kept):
    """Records in a file.

    Parameters
    ----------
    path : Path
        May not exist yet: it is written when there is something to keep.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._aside: Told | None = None
        self._unwritten: Told | None = None
        self.refresh()

    def change(self, key: str, change: Change) -> None:
        """Take down what has happened, in the file too where that changes anything."""
        if self._unwritten is None and change(self.of(key)) == self.of(key):
            return
        self._update(lambda: super(Store, self).change(key, change))

    def refresh(self) -> None:
        """Take in what others have written, and write down what could not be written before."""
        if self._unwritten is None:
            with self._told(), suppress(NotProgress):
                self._read()
                return
        self._update(lambda: None)

    def add(self, records: Records) -> None:
        """Take in the records of another file."""

        def together() -> None:
            self.records = merged(self.records, records)

        self._update(together)

    def where(self) -> Told | None:
        """Return the sentence that names the file."""
        beside = False
        with suppress(OSError):  # somebody may have removed the working directory
            beside = self.path.parent == Path.cwd()
        key = "kept.beside" if beside else "kept.elsewhere"
        return key, {"file": self.path.name if beside else str(self.path)}

    def troubles(self) -> list[Told]:
        """Return in sentences what has gone wrong with it."""
        return [told for told in (self._aside, self._unwritten) if told is not None]

    def _update(self, change: Callable[[], None]) -> None:
        """Change the records as they are in the file, and write them; else, those in memory."""
        changed = False
        with self._told(), _alone(self.path):
            try:
                known = self._read()
            except NotProgress as fault:
                known = {}
                self._set_aside(
                    "kept.mended" if isinstance(fault, NotAllProgress) else "kept.broken"
                )
            change()
            changed = True
            if self.records != known:
                _write(self.path, to_text(self.records))
        if not changed:
            change()

    def _read(self) -> dict[str, Record]:
        """Take in what the file holds, and return it."""
        try:
            records, whole = from_text(self.path.read_text(encoding=READ))
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError:
            raise NotProgress from None
        self.records = merged(self.records, records)
        if not whole:
            raise NotAllProgress
        return records

    def _set_aside(self, key: str) -> None:
        number = 1
        while (aside := self.path.with_suffix(f".broken-{number}{self.path.suffix}")).exists():
            number += 1
        os.replace(self.path, aside)
        self._aside = key, {"file": self.path.name, "aside": aside.name}

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what may go wrong with a file into a sentence."""
        file = {"file": self.path.name}
        try:
            yield
        except NewerProgress:
            self._unwritten = "kept.newer", file
        except FileExistsError:
            self._unwritten = "kept.busy", file
        except OSError as failure:
            reason = failure.strerror or type(failure).__name__
            self._unwritten = "kept.unwritten", {**file, "reason": reason}
        else:
            self._unwritten = None


def kept_at(file: str | os.PathLike[str] | None) -> Kept:
    """Return what keeps the records of a notebook.

    Parameters
    ----------
    file : path, optional
        By default the one that `WHERE` names, else `NAME` in the working directory; "off" keeps
        nothing. In one process, all notebooks that name one file share one store.
    """
    named = os.fspath(file) if file is not None else os.environ.get(WHERE) or NAME
    if named == "off":
        return Kept()
    store = _store(Path(named).expanduser().absolute())
    store.refresh()
    return store


@cache
def _store(path: Path) -> Store:
    return Store(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold every other notebook off; the lock is a file, which every system knows."""
    lock = path.with_name(f".{path.name}.lock")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            with suppress(FileNotFoundError):
                if time.time() - lock.stat().st_mtime > FORGOTTEN:
                    lock.unlink()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.002)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: under another name first, which then takes its place."""
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(draft, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    finally:
        with suppress(OSError):
            draft.unlink()
