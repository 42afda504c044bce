"""The build told on a small book of its own: what it makes anew, what it leaves, what it mends."""

import os
import re
import signal
import sys
import zlib
from pathlib import Path

import pytest

from book.environment import STARTED
from book.lock import alone

CHAPTER_OF_ITS_OWN = "import mlplib.convolution\nprint('windows:', mlplib.convolution.WINDOWS)"


def test_nothing_to_do_is_seen_at_once(book):
    book.build()
    before = {path: path.stat().st_mtime_ns for path in book.html.rglob("*")}
    assert "Nothing has changed" in book.build()
    assert {path: path.stat().st_mtime_ns for path in book.html.rglob("*")} == before


def test_a_change_of_text_runs_nothing(book):
    text = (book.folder / "chapters/one.md").read_text()
    book.write("chapters/one.md", text.replace("A sentence.", "Another sentence."))
    said = book.build()
    assert "Another sentence." in book.page()
    assert "the package says 41" in book.page()
    assert "Running" not in said


def test_a_change_dated_before_the_last_build_is_seen(book):
    """As when a copy of yesterday is put back."""
    book.build()
    text = (book.folder / "chapters/one.md").read_text()
    book.write("chapters/one.md", text.replace("A sentence.", "The sentence of yesterday."))
    os.utime(book.folder / "chapters/one.md", (1e9, 1e9))
    book.build()
    assert "The sentence of yesterday." in book.page()


def test_a_change_of_the_package_runs_its_pages_anew(book):
    book.write("mlplib/__init__.py", "VALUE = 42\n")
    said = book.build()
    assert "1 of 1  chapters/one.md" in said
    assert "the package says 42" in book.page()
    book.write("mlplib/__init__.py", "VALUE = 41\n")
    book.build()
    assert "the package says 41" in book.page()


def test_a_page_runs_again_only_when_something_it_imports_has_changed(book):
    toc = (book.folder / "_toc.yml").read_text()
    chapter = (book.folder / "chapters/one.md").read_text()
    book.write("_toc.yml", toc + "- file: chapters/two\n")
    book.write("chapters/one.md", chapter.replace("import mlplib", "import mlplib, mlplib.shares"))
    start = chapter.index("import mlplib")
    book.write("chapters/two.md", f"{chapter[:start]}{CHAPTER_OF_ITS_OWN}\n```\n")
    book.write("mlplib/arguments.py", "ONE = 1\n")
    book.write("mlplib/shares.py", "from mlplib.arguments import ONE\n")
    book.write(
        "mlplib/convolution/__init__.py", "from mlplib.arguments import ONE\nWINDOWS = ONE\n"
    )
    said = book.build()
    assert "Running 2 notebook(s)" in said

    book.write(
        "mlplib/convolution/__init__.py", "from mlplib.arguments import ONE\nWINDOWS = ONE + 1\n"
    )
    said = book.build()
    assert "1 of 1  chapters/two.md" in said
    assert "windows: 2" in book.page("chapters/two")

    book.write("mlplib/arguments.py", "ONE = 2\n")
    assert "Running 2 notebook(s)" in book.build()
    assert "windows: 3" in book.page("chapters/two")


def test_what_a_page_loads_by_a_made_up_name_counts_too(book):
    chapter = (book.folder / "chapters/one.md").read_text()
    load = "from importlib import import_module\nimport_module('.'.join(['mlplib', 'late']))\n"
    book.write("chapters/one.md", chapter.replace("import mlplib", f"{load}import mlplib"))
    book.write("mlplib/late.py", "import mlplib\nmlplib.VALUE = 1\n")
    book.build()
    assert "the package says 1" in book.page()
    book.write("mlplib/late.py", "import mlplib\nmlplib.VALUE = 2\n")
    book.build()
    assert "the package says 2" in book.page()


def paint(path: Path) -> None:
    mark = f"fresh paint of {path.name}"
    rule = f'i {{ content: "{mark}" }}' if path.suffix == ".css" else f"/* {mark} */"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{rule}\n")


def test_a_changed_style_and_a_changed_template_are_built_and_run_nothing(book):
    book.build()
    style = book.folder / "book/static/page.css"
    template = book.folder / "book/templates/search-button-field.html"
    before = style.read_text(encoding="utf-8"), template.read_text(encoding="utf-8")
    paint(style)
    assert "Running" not in book.build()
    assert "fresh paint of page.css" in (book.html / "_static/page.css").read_text("utf-8")
    assert_addresses_are_true(book)
    paint(template)
    assert "Running" not in book.build()
    for page in ("index", "chapters/one"):
        assert "fresh paint of search-button-field.html" in book.page(page)
    style.write_text(before[0], encoding="utf-8")
    template.write_text(before[1], encoding="utf-8")


@pytest.mark.parametrize("name", ["explorer.css", "explorer.js"])
def test_a_changed_style_or_script_of_the_package_runs_its_pages(book, name):
    chapter = (book.folder / "chapters/one.md").read_text()
    show = (
        f"from importlib.resources import files\nfiles('mlplib.viz').joinpath('{name}').read_text()"
    )
    start = chapter.index("import mlplib")
    book.write("chapters/one.md", f"{chapter[:start]}import mlplib.viz\n{show}\n```\n")
    book.write(f"mlplib/viz/{name}", "the look of explorers")
    book.build()
    paint(book.folder / "mlplib/viz" / name)
    assert "1 of 1  chapters/one.md" in book.build()
    assert f"fresh paint of {name}" in book.page()


def test_a_deleted_style_leaves_the_site(book):
    book.write("book/static/passing.css", "p { color: red }\n")
    book.build()
    assert (book.html / "_static/passing.css").exists()
    (book.folder / "book/static/passing.css").unlink()
    book.build()
    assert not (book.html / "_static/passing.css").exists()


def test_what_was_deleted_or_spoilt_in_the_site_is_made_good(book):
    names = ("_static/page.css", "_static/doctools.js", "chapters/one.html")
    book.build()
    before = [(book.html / name).read_bytes() for name in names]
    for name in names:
        (book.html / name).unlink()
        book.build()
        assert [(book.html / name).read_bytes() for name in names] == before
    (book.html / names[0]).write_text("spoilt")
    book.build()
    assert [(book.html / name).read_bytes() for name in names] == before


def assert_addresses_are_true(book):
    pages = [page for page in book.html.rglob("*.html") if "_static" not in page.parts]
    assert len(pages) > 2
    for page in pages:
        text = page.read_text(encoding="utf-8")
        found = re.findall(r'(?:href|src)="([^"]*_static/[^"?]*)\?v=(\w+)"', text)
        assert any(path.endswith("page.css") for path, _ in found)
        for path, hashed in found:
            content = (page.parent / path).read_bytes()
            assert f"{zlib.crc32(content):08x}" == hashed, f"{page.name}: {path}"


def test_jupyter_book_itself_gives_the_same_page(book):
    chapter = (book.folder / "chapters/one.md").read_text()
    book.write("chapters/one.md", chapter.replace("A sentence.", "Aloud."))
    command = Path(sys.executable).with_name("jupyter-book")
    code, said, err = book.run(str(command), "build", ".", "-W", "--keep-going")
    assert code == 0, err
    assert "Running 1 notebook" not in said
    assert "the package says 41" in book.page()
    assert "Aloud." in book.page()


def test_pages_that_left_the_table_of_contents_leave_the_site(book):
    toc = (book.folder / "_toc.yml").read_text()
    book.write("chapters/two.md", "# The second chapter\n\nText.\n")
    book.write("_toc.yml", toc + "- file: chapters/two\n")
    book.build()
    assert "The second chapter" in book.page("chapters/two")
    assert "The second chapter" in book.page(), "the sidebar of the other page is out of date"
    book.write("chapters/two.md", "# A better title\n\nText.\n")
    book.build()
    assert "A better title" in book.page(), "the sidebar of the other page is out of date"
    book.reset()
    book.build()
    assert not (book.html / "chapters" / "two.html").exists()
    assert "A better title" not in book.page()


def test_the_repository_is_linked_where_the_environment_names_it(book):
    book.write("chapters/notebooks/one.ipynb", '{"cells": [], "metadata": {}, "nbformat": 4}')
    book.build()
    book.build(
        GITHUB_SERVER_URL="https://example.org",
        GITHUB_REPOSITORY="owner/name",
        GITHUB_REF_NAME="main",
    )
    page = book.page()
    assert 'href="https://example.org/owner/name"' in page
    assert (
        "https://mybinder.org/v2/git/https%3A%2F%2Fexample.org%2Fowner%2Fname/main"
        "?labpath=chapters%2Fnotebooks%2Fone.ipynb"
    ) in page
    book.build()
    assert "mybinder.org" not in book.page()
    assert 'href="../_sources/chapters/one.ipynb"' in book.page()


def test_a_damaged_database_of_outputs_is_made_anew(book):
    book.build()
    cache = book.folder / "_build/.jupyter_cache"
    database = next(cache.rglob("global.db"))
    database.write_bytes(b"no database at all" * 100)
    book.write("index.md", "# A small book\n\nWelcome back.\n")
    book.write("chapters/one.md", (book.folder / "chapters/one.md").read_text() + "\nMore.\n")
    said = book.build()
    assert "The cache of notebooks cannot be read; it is thrown away and made anew." in said
    assert "1 of 1  chapters/one.md" in said
    assert "the package says 41" in book.page()


@pytest.mark.parametrize("damage", [b"{", "41 -> 14"])
def test_a_damaged_cached_notebook_is_run_again(book, damage):
    book.build()
    for path in (book.folder / "_build/.jupyter_cache").rglob("base.ipynb"):
        sound = path.read_text()
        path.write_bytes(
            sound.replace("says 41", "says 14").encode() if isinstance(damage, str) else damage
        )
    book.write("chapters/one.md", (book.folder / "chapters/one.md").read_text() + "\nMore.\n")
    said = book.build()
    assert "The kept outputs of one.md are damaged; it runs again." in said
    assert "the package says 41" in book.page()
    book.write("chapters/one.md", (book.folder / "chapters/one.md").read_text() + "\nAnd more.\n")
    assert "Running" not in book.build(), "it did not stay healed"


@pytest.mark.parametrize("name", ["environment.pickle", "chapters/one.doctree", "finished.json"])
def test_a_damaged_memory_is_made_anew_and_stays_so(book, name):
    book.build()
    (book.folder / "_build/.doctrees" / name).write_bytes(b"damaged")
    book.write("index.md", "# A small book\n\nWelcome again.\n")
    book.build()
    assert "Welcome again." in book.page("index")
    assert "the package says 41" in book.page()
    assert "Nothing has changed" in book.build()


def test_a_second_build_waits_for_the_first(book):
    with alone(book.folder / "_build/.lock", "the test itself must not wait"):
        second = book.start()
        assert second.stdout.readline() == "Another build is running: waiting for it …\n"
        assert second.poll() is None
    out, err = second.communicate()
    assert second.returncode == 0, err
    assert "Done in" in out


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_the_lock_of_a_dead_build_is_no_obstacle(book):
    hold = (
        "import pathlib, time, book.lock\n"
        "with book.lock.alone(pathlib.Path('_build/.lock'), ''):\n"
        "    print('held', flush=True); time.sleep(600)"
    )
    holder = book.start("-c", hold)
    assert holder.stdout.readline() == "held\n"
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert "waiting" not in book.build()


def test_two_builds_at_once_both_end_well(book):
    book.write("mlplib/__init__.py", "VALUE = 43\n")
    builds = [book.start(), book.start()]
    said = [process.communicate() for process in builds]
    assert [process.returncode for process in builds] == [0, 0], said
    assert sum("waiting" in out for out, _ in said) == 1
    assert "the package says 43" in book.page()


def test_done_in_tells_the_time_of_the_whole_command(book):
    import time

    said = book.build(**{STARTED: str(time.time() - 100)})
    seconds = float(re.search(r"Done in ([\d.]+) s", said)[1])
    assert 100 <= seconds < 200


def test_a_terminal_of_plain_letters_gets_a_build_too(book):
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    book.write("mlplib/__init__.py", "VALUE = 44\n")
    code, out, err = book.run(**plain)
    assert code == 0, err
    assert r"Building the book with Jupyter Book 1.0.4.post1 \u2026" in out
