"""What the last good build was made of, and what it made: enough to see that nothing is to be done.

The record lies beside the build's memory and is written when a build ends without a warning.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finished:
    """A build that ended well: two fingerprints, and each file of the site as it was left."""

    everything: str
    clothing: str
    outputs: dict[str, list[int]]

    def is_intact(self, site: Path) -> bool:
        """Whether every file of the site is still there and untouched."""
        return all(state(site / name) == was for name, was in self.outputs.items())


def state(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def record_of(memory: Path) -> Path:
    return memory / "finished.json"


def last_finished(memory: Path) -> Finished | None:
    """The record of the last build, if that ended well and the record can be read."""
    try:
        return Finished(**json.loads(record_of(memory).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_record(memory: Path, site: Path, everything: str, clothing: str) -> None:
    outputs = dict(outputs_of(site))
    text = json.dumps(asdict(Finished(everything, clothing, outputs)))
    record_of(memory).write_text(text, encoding="utf-8")


def outputs_of(site: Path) -> Iterator[tuple[str, list[int]]]:
    for path in site.rglob("*"):
        if path.is_file() and (found := state(path)):
            yield path.relative_to(site).as_posix(), found
