"""An incremental build tells the same as a fresh one.

Sphinx alone forgets a warning of the run before, does not look whether the files of the site are
still there, copies styles and scripts only where a page is written, overlooks a changed file that
is dated before the last build, leaves pages in the output that have left the table of contents, and
does not write the sidebar of a page anew when another page changes its title. Each function below
removes one of these.
"""

import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from book import fingerprint
from book.finished import is_intact, last_finished, record_of, write_record


def unfinished(app: Sphinx) -> Path:
    """This file stands while a build runs, and after one that failed, warned or was broken off."""
    return Path(app.doctreedir) / "unfinished"


def distrust_what_lies_there(app: Sphinx, config: Config) -> None:
    """Read all pages anew after a bad build; write all anew if the site is not as it was left."""
    memory, site, root = Path(app.doctreedir), Path(app.outdir), Path(app.srcdir)
    done = last_finished(memory)
    config.book_everything = fingerprint.of_everything(root)
    config.book_clothing = fingerprint.of_clothing(root)
    if unfinished(app).exists() or done is None:
        shutil.rmtree(memory, ignore_errors=True)
        shutil.rmtree(site, ignore_errors=True)
    elif done.clothing != config.book_clothing or not is_intact(site, done.site):
        shutil.rmtree(site, ignore_errors=True)
    memory.mkdir(parents=True, exist_ok=True)
    site.mkdir(parents=True, exist_ok=True)
    unfinished(app).touch()
    record_of(memory).unlink(missing_ok=True)


def vouch_for_build(app: Sphinx, error: Exception | None) -> None:
    if error is None and app._warncount == 0:
        words = app.config.book_everything, app.config.book_clothing
        write_record(Path(app.doctreedir), Path(app.outdir), *words)
        unfinished(app).unlink()


def pages_of_other_content(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    known = env.found_docs - added - changed
    before = vars(env).get("book_contents", {})
    return [docname for docname in known if content(env, docname) != before.get(docname)]


def remember_contents(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Note what the pages hold before they are read: what changes meanwhile is read next time."""
    contents = vars(env).setdefault("book_contents", {})
    contents.update({docname: content(env, docname) for docname in docnames})


def remember_new_files(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Which files a page shows is known only when it has been read: some are new, some gone."""
    contents = vars(env).setdefault("book_contents", {})
    for docname in env.found_docs:
        before, now = contents.get(docname, {}), content(env, docname)
        contents[docname] = {path: before.get(path, now[path]) for path in now}
    return []


def content(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """Fingerprints of a page's source and of the files that it shows or includes."""
    root = Path(env.srcdir)
    paths = [Path(env.doc2path(docname)), *(root / name for name in env.dependencies[docname])]
    return {
        str(path): fingerprint.digest(path.parent, fingerprint.files(path))
        for path in paths
        if path.exists()
    }


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
    kept = vars(env)  # lives from build to build
    before = kept.get("book_outline", outline)
    kept["book_outline"] = outline
    return [] if outline == before else sorted(env.found_docs)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("book_everything", "", "", str)
    app.add_config_value("book_clothing", "", "", str)
    app.connect("config-inited", distrust_what_lies_there)
    app.connect("env-get-outdated", pages_of_other_content)
    app.connect("env-get-outdated", delete_removed_pages)
    app.connect("env-before-read-docs", remember_contents)
    app.connect("env-updated", remember_new_files)
    app.connect("env-updated", rewrite_all_when_outline_changes, priority=900)
    app.connect("build-finished", vouch_for_build, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
