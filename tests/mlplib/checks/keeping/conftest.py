"""A folder in which a notebook works, as a reader's does."""

from __future__ import annotations

import pytest

from tests.mlplib.checks.keeping.files import restart


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder in which a notebook works, as a reader's does."""
    monkeypatch.delenv("MLPLIB_PROGRESS")
    monkeypatch.chdir(tmp_path)
    restart()
    return tmp_path
