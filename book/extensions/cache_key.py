"""Outputs belong to the code that made them: executed notebooks are kept per content of mlplib.

jupyter-cache knows a notebook by its code cells alone, so a change in the package that the cells
import would go unseen. Here the cache lies in a folder named after that package's content. The
path is part of Sphinx's configuration: when it changes, every page is read again.
"""

import hashlib
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

EXECUTED = ("mlplib/**/*.py", "mlplib/**/*.js", "mlplib/**/*.css", "mlplib/**/*.toml")
RENDERED = ("book/**/*.py", "book/**/*.html")


def digest(root: Path, patterns: Iterable[str], extra: Iterable[str] = ()) -> str:
    """Fingerprint of all files of `root` that match `patterns`, names and contents."""
    seen = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
        seen.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
        seen.update(path.read_bytes())
    for word in extra:
        seen.update(word.encode())
    return seen.hexdigest()[:16]


def name_cache_after_code(app: Sphinx, config: Config) -> None:
    caches = Path(app.outdir).parent / ".jupyter_cache"
    python = "{}.{}".format(*sys.version_info[:2])
    current = digest(Path(app.srcdir), (*EXECUTED, "requirements.lock"), [python])
    if caches.is_dir():
        for old in caches.iterdir():
            if old.name != current:
                shutil.rmtree(old)
    config.nb_execution_cache_path = str(caches / current)
    config.book_rendered_by = digest(Path(app.srcdir), RENDERED)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("book_rendered_by", "", "env", str)
    app.connect("config-inited", name_cache_after_code)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
