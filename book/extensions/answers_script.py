"""The script that judges answers in a page, and what it knows: `_static/answers*`.

The script is written as small modules, `book/answers/*.mjs`. A page opened from a file may not load
modules, so that they are joined to one classic script. For the same reason questions and tables are
scripts as well: each calls `mlpAnswersData` with a text, which is JSON turned so far that nobody
reads an answer in it by accident.
"""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import rjsmin
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from book import short_names
from book.kept import Kept
from book.short_names import shortened
from mlplib.language import language

MODULES = Path(__file__).resolve().parent.parent / "answers"
ENTRY = "api"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.mjs";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function\*?|const|let|class) (\W|\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)

_DATA = re.compile(r'src="(?:\.\./)*_static/answers/(\w+)\.js')

_PRINTED = "".join(map(chr, range(33, 127)))
_TURNED = str.maketrans(_PRINTED, _PRINTED[47:] + _PRINTED[:47])


def script(folder: Path = MODULES, entry: str = ENTRY) -> str:
    """One classic script of the module `entry` and all that it imports, as short as it can be."""
    bodies: list[str] = []
    homes: dict[str, str] = {}
    for name in in_order(folder, entry):
        body = _EXPORT.sub("", _IMPORT.sub("", source(folder, name)))
        if left := _LEFT.search(body):
            raise ExtensionError(f"{name}.mjs: write import and export otherwise: {left[0]}")
        for declared in _NAME.findall(body):
            if not declared.isidentifier():
                raise ExtensionError(f"{name}.mjs: declare one name at a time, not {declared}…")
            if declared in homes:
                home = homes[declared]
                raise ExtensionError(f"{declared} is declared in {home}.mjs and in {name}.mjs.")
            homes[declared] = name
        bodies.append(body)
    minified = shortened(rjsmin.jsmin("\n".join(bodies)))
    return f'(()=>{{"use strict";{minified}\n}})();\n'


def in_order(folder: Path, entry: str) -> list[str]:
    """The names of modules, each behind those that it imports."""
    placed: list[str] = []

    def place(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            circle = " → ".join((*above[above.index(name) :], name))
            raise ExtensionError(f"These modules import each other: {circle}.")
        if name not in placed:
            for imported in _IMPORT.findall(source(folder, name)):
                place(imported, (*above, name))
            placed.append(name)

    place(entry, ())
    return placed


def source(folder: Path, name: str) -> str:
    path = folder / f"{name}.mjs"
    if not path.exists():
        raise ExtensionError(f"There is no module {path.name} to import.")
    return path.read_text(encoding="utf-8")


def data_files() -> Iterator[tuple[str, str]]:
    """Name and text of each file of data: the tables, and the questions of every set."""
    from mlplib.checks.session import known_sets

    for name in ("tables", *known_sets()):
        if text := data_file(name):
            yield name, text


def data_file(name: str) -> str:
    """The text of one of them, "" where no question of the set is judged in a page."""
    # A book without exercises builds without the checks.
    from mlplib.checks.page.question import exported_set
    from mlplib.checks.page.tables import exported_tables
    from mlplib.checks.session import load

    if name == "tables":
        return data(name, exported_tables(language()))
    questions = exported_set(load(name), language())
    return data(name, questions) if questions else ""


def data(name: str, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    turned = json.dumps(text.translate(_TURNED), ensure_ascii=False)
    return f"mlpAnswersData({json.dumps(name)},{turned});\n"


def write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    (static / "answers").mkdir(parents=True, exist_ok=True)
    code = [Path(file).read_text(encoding="utf-8") for file in (__file__, short_names.__file__)]
    with Kept(static.parents[1] / ".kept" / "scripts", [*code, rjsmin.__version__]) as kept:
        for name, folder, entry in (
            ("answers.js", MODULES, ENTRY),
            ("answers/page.js", MODULES / "page", "start"),
        ):
            modules = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.mjs")))
            text = kept.text([entry, *modules], partial(script, folder, entry))
            (static / name).write_text(text, encoding="utf-8")
    pages = (page for page in Path(app.outdir).rglob("*.html") if static not in page.parents)
    asked = {name for page in pages for name in _DATA.findall(page.read_text(encoding="utf-8"))}
    for name in asked - {"page"}:
        (static / "answers" / f"{name}.js").write_text(data_file(name), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    # Before lean_assets looks for the names of classes that scripts may set.
    app.connect("build-finished", write, priority=550)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
