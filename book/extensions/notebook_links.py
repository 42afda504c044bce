"""Where a reader gets the notebook behind a page: as a download, and on Binder.

The notebook of `chapters/<name>.md` is its pair in `chapters/notebooks/`; an exercise is one
itself. Binder needs to know where the repository is: GitHub's runners say so, and other builds
link nowhere. A page of exercises, which cannot be answered where it is read, says under its title
how it is opened.
"""

import os
import shutil
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from mlplib.language import say


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


def ways_in(notebook: str, download: str, binder_url: str | None) -> str:
    """Return the line under the title of a page of exercises."""
    path = f"<code>{escape(notebook)}</code>"
    ways = [
        say("exercise.lab", command="<code>make lab</code>", notebook=path),
        f'<a href="{escape(download)}" download>{escape(say("exercise.download"))}</a>',
    ]
    if binder_url:
        ways.append(f'<a href="{escape(binder_url)}">{escape(say("exercise.binder"))}</a>')
    return f'<p class="mlp-open" id="mlp-open">{" · ".join(ways)}</p>'


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
    if notebook.parent == root / "exercises":
        name = notebook.relative_to(root).as_posix()
        line = ways_in(name, context["notebook_url"], context.get("binder_url"))
        context["body"] = context["body"].replace("</h1>", f"</h1>\n{line}", 1)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", add_links, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
