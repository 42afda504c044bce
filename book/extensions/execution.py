"""Run the notebooks that need it before Sphinx reads them, several at a time, and tell progress.

myst-nb would run them one after the other while reading. This extension fills the cache that
myst-nb then finds. A failing cell stops the build with the page, the cell and the exception.
"""

import os
import subprocess
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from time import perf_counter
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from book.extensions.cache_key import Keys, kept_keys, read_notebook
from book.extensions.outputs import Outputs
from book.kernels import VARIABLES

# Run in the kernel after the last cell: what was loaded, however it came to be.
WITNESS = """
import sys as _sys
print(*(name for name in _sys.modules if name.partition(".")[0] == "mlplib"))
"""


class CellFailed(SphinxError):
    category = "The book is not built"


@dataclass
class Page:
    """A notebook of the book on its way to being run."""

    docname: str
    path: Path
    notebook: Any
    cell: int = 0
    loaded: list[str] = field(default_factory=list)

    def run(self, root: Path, timeout: int) -> float:
        cells = self.notebook.cells
        client = NotebookClient(
            self.notebook,
            timeout=timeout,
            coalesce_streams=True,  # lines that are printed one by one are one output
            record_timing=False,  # times in the cells' metadata would change the key of the cache
            resources={"metadata": {"path": str(self.path.parent)}},
            on_cell_start=lambda cell, cell_index: setattr(self, "cell", cell_index),
        )
        paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
        start = perf_counter()
        cells.append(nbformat.v4.new_code_cell(WITNESS))
        # The kernel imports mlplib from the tree whose content is the key of the outputs, and
        # explorers are asked for the face that works without a kernel. What a cell writes to stderr
        # becomes its output; on this stream a kernel talks of its own affairs only: ports that are
        # not encrypted, sockets that closed before it did.
        try:
            client.execute(
                env={**os.environ, **VARIABLES, "PYTHONPATH": os.pathsep.join(paths)},
                stderr=subprocess.DEVNULL,
            )
        finally:
            witness = cells.pop()
        self.loaded = "".join(output.get("text", "") for output in witness.outputs).split()
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
    config = settings(env)
    if config.execution_mode != "cache":
        return
    root = Path(app.srcdir)
    keys, outputs = Keys(root), Outputs(Path(config.execution_cache_path))
    pages = list(pages_to_run(env, keys, outputs, docnames))
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
            loaded = sorted(set(page.loaded) - keys.reach(page.notebook).modules)
            key = keys.key(page.notebook, loaded)
            outputs.keep(page.path, page.notebook, key, loaded, seconds)
            kept_keys(env)[page.docname] = key, loaded
    if complaints:
        raise CellFailed("\n".join(complaints))


def pages_to_run(
    env: BuildEnvironment, keys: Keys, outputs: Outputs, docnames: list[str]
) -> Iterator[Page]:
    """The notebooks among `docnames` that are to be run and have no outputs of today's code."""
    for docname in docnames:
        notebook = read_notebook(env, docname)
        if notebook is None:
            continue
        path = Path(env.doc2path(docname))
        loaded = outputs.loaded(notebook)
        key = keys.key(notebook, loaded)
        kept_keys(env)[docname] = key, loaded
        if not left_to_the_reader(env, path) and not outputs.has(notebook, key):
            yield Page(docname, path, notebook)


def left_to_the_reader(env: BuildEnvironment, path: Path) -> bool:
    patterns = settings(env).execution_excludepatterns
    return any(PurePosixPath(path.as_posix()).match(pattern) for pattern in patterns)


def settings(env: Any) -> Any:
    """What myst-nb was told in `_config.yml`."""
    return env.mystnb_config


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("env-before-read-docs", run_changed_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
