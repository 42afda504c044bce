"""One at a time: whoever comes second says so and waits.

The operating system holds the lock and lets go of it when its process ends, however it ends: the
lock of a dead process stands in nobody's way.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def alone(path: Path, busy: str) -> Iterator[None]:
    """Hold the lock file `path` for the length of a `with`; say `busy` where another has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+b") as file:
        if not taken(file):
            print(busy, flush=True)
            while not taken(file):
                time.sleep(0.2)
        yield


def taken(file: IO[bytes]) -> bool:
    """Take the lock, unless another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Windows says "permission denied" where another has it; elsewhere, a file system (a share
        # in a network) that knows no locks must not stop a build.
        return sys.platform != "win32"
    return True
