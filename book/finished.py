"""What the last good build was made of, and what it left: enough to see that nothing is to be done.

The record lies beside what Sphinx remembers of the pages, and is written when a build ends without
a warning.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

State = list[int]
"""Size of a file, and when it was written."""


@dataclass(frozen=True)
class Finished:
    """A build that ended well: two fingerprints, and its files as it left them."""

    everything: str
    clothing: str
    site: dict[str, State]
    memory: dict[str, State]


def is_intact(folder: Path, files: dict[str, State]) -> bool:
    """Whether every file is still there and untouched."""
    return all(state(folder / name) == was for name, was in files.items())


def state(path: Path) -> State | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def record_of(memory: Path) -> Path:
    return memory / "finished.json"


def last_finished(memory: Path) -> Finished | None:
    """The record of the last build, if that ended well and what it remembers is whole."""
    try:
        done = Finished(**json.loads(record_of(memory).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return done if is_intact(memory, done.memory) else None


def write_record(memory: Path, site: Path, everything: str, clothing: str) -> None:
    remembered = {name: was for name, was in files_of(memory) if not name.startswith("unfinished")}
    done = Finished(everything, clothing, dict(files_of(site)), remembered)
    record_of(memory).write_text(json.dumps(asdict(done)), encoding="utf-8")


def files_of(folder: Path) -> Iterator[tuple[str, State]]:
    for path in folder.rglob("*"):
        if path.is_file() and (found := state(path)):
            yield path.relative_to(folder).as_posix(), found
