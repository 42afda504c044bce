"""Where a reader gets the notebook behind a page: as a download, and on Binder.

The notebook of `chapters/<name>.md` is its pair in `chapters/notebooks/`; an exercise is one
itself. Binder needs to know where the repository is: GitHub's runners say so, and other builds
link nowhere.
"""

import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx


def notebook_behind(source: Path) -> Path | None:
    pair = source.parent / "notebooks" / f"{source.stem}.ipynb"
    if source.suffix == ".ipynb":
        return source
    return pair if pair.exists() else None


def repository() -> tuple[str, str] | None:
    """Address and revision of the repository, where the environment names them."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    if not (server and name):
        return None
    return f"{server}/{name}", os.environ.get("GITHUB_REF_NAME") or "main"


def binder(address: str, revision: str, notebook: str) -> str:
    return (
        f"https://mybinder.org/v2/git/{quote(address, safe='')}/{quote(revision, safe='')}"
        f"?labpath={quote(notebook, safe='')}"
    )


def add_links(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    where = repository()
    # Jupyter Book names its own repository where the configuration names none.
    context["repository_url"] = where[0] if where else None
    if doctree is None:
        return
    root = Path(app.srcdir)
    notebook = notebook_behind(Path(app.env.doc2path(pagename)))
    if notebook is None:
        return
    download = Path("_sources") / f"{pagename}.ipynb"
    target = Path(app.outdir) / download
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(notebook, target)
    context["notebook_url"] = context["pathto"](download.as_posix(), 1)
    if where:
        context["binder_url"] = binder(*where, notebook.relative_to(root).as_posix())


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", add_links, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
