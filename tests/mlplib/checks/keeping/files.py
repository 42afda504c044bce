"""A kernel that is started again, and what is in the file."""

from __future__ import annotations

from mlplib.checks.keeping import store as stores
from mlplib.checks.keeping.record import from_text
from mlplib.checks.keeping.store import NAME


def restart():
    """Forget what a kernel knows."""
    stores._store.cache_clear()


def kept(folder):
    return from_text((folder / NAME).read_text(encoding="utf-8"))[0]
