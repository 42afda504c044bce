"""An incremental build tells the same as a fresh one.

Sphinx alone forgets a warning of the run before, leaves pages in the output that have left the
table of contents, and does not write the sidebar of a page anew when another page changes its
title. Each function below removes one of these.
"""

import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment


def unfinished(app: Sphinx) -> Path:
    """This file stands while a build runs, and after one that failed, warned or was broken off."""
    return Path(app.doctreedir) / "unfinished"


def distrust_unfinished_build(app: Sphinx, config: Config) -> None:
    environment = Path(app.doctreedir) / "environment.pickle"
    if unfinished(app).exists() or not environment.exists():
        shutil.rmtree(app.doctreedir, ignore_errors=True)
        shutil.rmtree(app.outdir, ignore_errors=True)
    Path(app.doctreedir).mkdir(parents=True, exist_ok=True)
    Path(app.outdir).mkdir(parents=True, exist_ok=True)
    unfinished(app).touch()


def vouch_for_build(app: Sphinx, error: Exception | None) -> None:
    if error is None and app._warncount == 0:
        unfinished(app).unlink()


def delete_removed_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    for docname in removed:
        (Path(app.outdir) / f"{docname}.html").unlink(missing_ok=True)
        for source in (Path(app.outdir) / "_sources").glob(f"{docname}.*"):
            source.unlink()
    return []


def rewrite_all_when_outline_changes(app: Sphinx, env: BuildEnvironment) -> list[str]:
    titles = {docname: title.astext() for docname, title in env.titles.items()}
    outline = (titles, env.toctree_includes, env.toc_secnumbers)
    before = getattr(env, "book_outline", outline)
    env.book_outline = outline
    return [] if outline == before else sorted(env.found_docs)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("config-inited", distrust_unfinished_build)
    app.connect("env-get-outdated", delete_removed_pages)
    app.connect("env-updated", rewrite_all_when_outline_changes, priority=900)
    app.connect("build-finished", vouch_for_build, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
