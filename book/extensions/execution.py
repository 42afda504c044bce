"""Run the notebooks that need it before Sphinx reads them, several at a time, and tell progress.

myst-nb would run them one after the other while reading. This extension fills the cache that
myst-nb then finds. A failing cell stops the build with the page, the cell and the exception.
"""

import os
import subprocess
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from time import perf_counter

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError


class CellFailed(SphinxError):
    category = "The book is not built"


@dataclass
class Page:
    """A notebook of the book on its way to being run."""

    path: Path
    notebook: NotebookNode
    cell: int = 0

    def run(self, root: Path, timeout: int) -> float:
        client = NotebookClient(
            self.notebook,
            timeout=timeout,
            record_timing=False,  # times in the cells' metadata would change the key of the cache
            resources={"metadata": {"path": str(self.path.parent)}},
            on_cell_start=lambda cell, cell_index: setattr(self, "cell", cell_index),
        )
        paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
        start = perf_counter()
        # The kernel imports mlplib from the tree whose content names the cache, and explorers
        # are asked for the face that works without a kernel. What a cell writes to stderr becomes
        # its output; on this stream a kernel talks of its own affairs only: ports that are not
        # encrypted, sockets that closed before it did.
        client.execute(
            env={**os.environ, "MLPLIB_STATIC": "1", "PYTHONPATH": os.pathsep.join(paths)},
            stderr=subprocess.DEVNULL,
        )
        return perf_counter() - start

    def complaint(self, root: Path, error: Exception) -> str:
        lines = self.notebook.metadata.get("source_map")
        where = f"the cell at line {lines[self.cell] + 1}" if lines else f"cell {self.cell + 1}"
        match error:
            case CellExecutionError():
                what = f"raised {error.ename}: {error.evalue}"
            case CellTimeoutError():
                what = "took longer than the time allowed (execute.timeout in _config.yml)"
            case _:
                what = "ended its kernel"
        source = textwrap.indent(self.notebook.cells[self.cell].source, "    ")
        return f"{self.path.relative_to(root)}: {where} {what}\n\n{source}\n"


def run_changed_notebooks(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    config = env.mystnb_config
    if config.execution_mode != "cache":
        return
    root = Path(app.srcdir)
    cache = get_cache(config.execution_cache_path)
    cache.list_cache_records()  # makes the database before anybody else asks for it
    pages = list(pages_to_run(env, cache, docnames))
    if not pages:
        return
    workers = min(os.cpu_count() or 1, len(pages))
    print(f"Running {len(pages)} notebook(s), {workers} at a time …", flush=True)
    complaints = []
    with ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(page.run, root, config.execution_timeout): page for page in pages}
        for done, future in enumerate(as_completed(running), start=1):
            page = running[future]
            progress = f"  {done} of {len(pages)}  {page.path.relative_to(root)}"
            try:
                seconds = future.result()
            except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                print(f"{progress}  failed", flush=True)
                complaints.append(page.complaint(root, error))
                continue
            print(f"{progress}  {seconds:.1f} s", flush=True)
            cache.cache_notebook_bundle(
                CacheBundleIn(page.notebook, str(page.path), data={"execution_seconds": seconds}),
                check_validity=False,
                overwrite=True,
            )
    if complaints:
        raise CellFailed("\n".join(complaints))


def pages_to_run(
    env: BuildEnvironment, cache: JupyterCacheAbstract, docnames: list[str]
) -> Iterator[Page]:
    """The notebooks among `docnames` that are to be executed and are not in the cache."""
    for docname in docnames:
        path = Path(env.doc2path(docname))
        if any(
            PurePosixPath(path.as_posix()).match(pattern)
            for pattern in env.mystnb_config.execution_excludepatterns
        ):
            continue
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
        if reader is None:
            continue
        notebook = reader.read(text)
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            yield Page(path, notebook)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("env-before-read-docs", run_changed_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
