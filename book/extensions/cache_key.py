"""Outputs belong to the code that made them: a page runs again when something it reaches changes.

jupyter-cache knows a notebook by its code cells alone, so a change in the package that the cells
import would go unseen. Here each page has a key: the content of all files of mlplib that its cells
reach (book/imports.py) or were seen to load, the lock, the version of Python and the language. It
is kept with the outputs; where it has changed, Sphinx reads the page again, execution.py runs it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from book import fingerprint
from book.imports import Package, Reach


class Keys:
    """The keys of notebooks as mlplib is now."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.package = Package(root / "mlplib")

    def reach(self, notebook: Any) -> Reach:
        return self.package.reached(
            "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        )

    def key(self, notebook: Any, loaded: Iterable[str] = ()) -> str:
        """Return the key of a notebook that was seen to load more modules than can be read off."""
        reach = self.reach(notebook)
        for module in loaded:
            if module in self.package.modules:
                reach.load(module)
        words = [*fingerprint.of_kernel(self.root), *sorted(reach.homes)]
        return fingerprint.digest(self.root, reach.files, words)


def read_notebook(env: BuildEnvironment, docname: str) -> Any:
    """Read a page as the notebook it is, or return None."""
    path = Path(env.doc2path(docname))
    text = path.read_text(encoding="utf-8")
    settings: Any = env
    reader = create_nb_reader(str(path), settings.myst_config, settings.mystnb_config, text)
    return reader and reader.read(text)


def kept_keys(env: BuildEnvironment) -> dict[str, tuple[str, list[str]]]:
    """For each page that is a notebook, its key and what it loaded besides; kept between builds."""
    kept: dict[str, tuple[str, list[str]]] = vars(env).setdefault("book_keys", {})
    return kept


def set_paths_and_fingerprints(app: Sphinx, config: Config) -> None:
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(Path(app.outdir).parent / ".jupyter_cache")
    config.book_code = fingerprint.of_code(root)
    config.book_rendered_by = fingerprint.digest(
        root, (root / "book").rglob("*.py"), fingerprint.surroundings()
    )


def pages_of_other_code(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages that other code would make than the code that made them."""
    kept: dict[str, Any] = vars(env)  # lives from build to build
    before = kept.get("book_code"), kept.get("book_words")
    if before[0] == app.config.book_code:
        return []
    keys, known = Keys(Path(app.srcdir)), kept_keys(env)
    kept["book_code"], kept["book_words"] = app.config.book_code, words_of_extensions(keys)
    if before[1] != kept["book_words"]:
        return sorted(env.found_docs)
    stale = []
    for docname in env.found_docs - added - changed:
        notebook = read_notebook(env, docname)
        key, loaded = known.get(docname, ("", []))
        if notebook and keys.key(notebook, loaded) != key:
            stale.append(docname)
    return stale


def words_of_extensions(keys: Keys) -> str:
    """Fingerprint of what our extensions take from mlplib: the words of hints, for example."""
    sources = (keys.root / "book" / "extensions").glob("*.py")
    reached = (keys.package.reached(source.read_text(encoding="utf-8")) for source in sources)
    return fingerprint.digest(keys.root, (path for reach in reached for path in reach.files))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("book_code", "", "", str)
    app.add_config_value("book_rendered_by", "", "env", str)
    app.connect("config-inited", set_paths_and_fingerprints)
    app.connect("env-get-outdated", pages_of_other_code)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
