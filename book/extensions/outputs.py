"""The outputs of notebooks that have been run, as jupyter-cache keeps them, and as myst-nb asks.

Beside each lies what it belongs to: the key of the code that made it (cache_key.py), and the
fingerprint of the file itself. A store that can no longer be read is a store that is made anew.
"""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from sqlalchemy.exc import SQLAlchemyError

KEPT_PER_PAGE = 3  # so that a cell changed and changed back is not run again


class Outputs:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache: Any = get_cache(folder)
        try:
            self.cache.list_cache_records()  # makes the database before anybody else asks for it
        except (SQLAlchemyError, OSError):
            self.throw_away()

    def throw_away(self) -> None:
        print("The cache of notebooks cannot be read; it is thrown away and made anew.", flush=True)
        shutil.rmtree(self.folder)
        self.cache = get_cache(self.folder)
        self.cache.list_cache_records()

    def record(self, notebook: Any) -> Any:
        try:
            return self.cache.match_cache_notebook(notebook)
        except KeyError:
            return None
        except SQLAlchemyError:
            self.throw_away()
            return None

    def loaded(self, notebook: Any) -> list[str]:
        """The modules of mlplib that the notebook loaded and its imports do not tell of."""
        record = self.record(notebook)
        loaded: list[str] = record.data.get("loaded", []) if record else []
        return loaded

    def has(self, notebook: Any, key: str) -> bool:
        """Whether there are whole outputs of this notebook, made by the code of this key."""
        record = self.record(notebook)
        if record is None or record.data.get("key") != key:
            return False
        try:
            kept = fingerprint(self.cache.get_cache_bundle(record.pk).nb)
        except Exception:  # a damaged file may break its reader at any place
            kept = ""
        if kept != record.data.get("content"):
            page = Path(record.uri).name
            print(f"The kept outputs of {page} are damaged; it runs again.", flush=True)
            return False
        return True

    def keep(self, page: Path, notebook: Any, key: str, loaded: list[str], seconds: float) -> None:
        about = {
            "execution_seconds": seconds,
            "key": key,
            "loaded": loaded,
            "content": fingerprint(self.cache.create_hashed_notebook(notebook)[0]),
        }
        bundle = CacheBundleIn(notebook, str(page), data=about)
        self.cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        records = [r for r in self.cache.list_cache_records() if r.uri == str(page)]
        for old in sorted(records, key=lambda record: record.pk)[:-KEPT_PER_PAGE]:
            with suppress(KeyError):  # its file may be gone
                self.cache.remove_cache(old.pk)


def fingerprint(notebook: Any) -> str:
    text = nbformat.writes(notebook, nbformat.NO_CONVERT)
    return hashlib.sha256(text.encode()).hexdigest()
