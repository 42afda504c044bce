"""A line of text that shows how far a long loop has come, and leaves no trace when it ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

PATIENCE = 2.0
"""Seconds before anything is shown: short work needs no bar."""
REFRESH = 0.2
"""Seconds between two pictures of the bar."""
WIDTH = 30


def progress(
    total: int,
    message: Callable[[], str],
    *,
    quiet: bool = False,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[int]:
    """Yield 0 … total − 1, and show a bar once the loop has run for two seconds.

    Parameters
    ----------
    total : int
        The number of rounds.
    message : callable without arguments
        What to write after the bar, such as the loss; called only when it is shown.
    quiet : bool
        Show nothing at all.
    stream : text file, optional
        Where to write; standard error unless given.
    clock : callable
        Seconds from any origin.

    Yields
    ------
    int

    Examples
    --------
    >>> sum(progress(4, lambda: "short loops show nothing"))
    6
    """
    out = sys.stderr if stream is None else stream
    begun, shown, drawn = clock(), -REFRESH, ""
    try:
        for done in range(total):
            yield done
            elapsed = clock() - begun
            if quiet or done + 1 == total or elapsed < PATIENCE or elapsed - shown < REFRESH:
                continue
            bar = "#" * (WIDTH * (done + 1) // total)
            picture = f"[{bar:<{WIDTH}}] {done + 1}/{total}  {message()}"
            out.write(f"\r{picture:<{len(drawn)}}")
            out.flush()
            shown, drawn = elapsed, picture
    finally:
        if drawn:
            out.write("\r" + " " * len(drawn) + "\r")
            out.flush()
