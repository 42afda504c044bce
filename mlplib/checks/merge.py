"""Join what was done on several machines: ``python -m mlplib.checks.merge MINE.json OTHER.json``.

The first file is written, the others are only read. Of each question the better state is kept;
the order does not matter, and to join the same files again changes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mlplib.checks.keeping.record import NewerProgress, NotProgress, Records, from_text
from mlplib.checks.keeping.store import READ, Store
from mlplib.checks.outcome import Status
from mlplib.language import say


def merge_files(into: Path, others: Sequence[Path]) -> Records:
    """Join the records of `others` to the file `into`, and return all of them.

    Raises
    ------
    ValueError
        If one of them cannot be read in full, or `into` cannot be written. Nothing is written then.
    """
    found = [_read(path) for path in (*others, *([into] if into.exists() else []))]
    store = Store(into.absolute())
    for records in found:
        store.add(records)
    for key, parts in store.troubles():
        raise ValueError(say(key, **parts))
    return store.records


def _read(path: Path) -> Records:
    try:
        records, whole = from_text(path.read_text(encoding=READ))
    except OSError as failure:
        raise ValueError(say("merge.missing", file=path, reason=failure.strerror)) from None
    except NewerProgress:
        raise ValueError(say("merge.newer", file=path)) from None
    except (NotProgress, UnicodeDecodeError):
        raise ValueError(say("merge.broken", file=path)) from None
    if not whole:
        raise ValueError(say("merge.broken", file=path))
    return records


def main(arguments: Sequence[str] | None = None) -> int:
    """Join files and say what is in the first of them now; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m mlplib.checks.merge", description=__doc__)
    parser.add_argument("into", type=Path, metavar="MINE.json", help="the file to write")
    parser.add_argument("others", type=Path, nargs="+", metavar="OTHER.json", help="files to read")
    options = parser.parse_args(arguments)
    try:
        records = merge_files(options.into, options.others)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    right = sum(record.best is Status.RIGHT for record in records.values())
    print(say("merge.done", file=options.into, count=len(records), right=right))
    return 0


if __name__ == "__main__":
    sys.exit(main())
