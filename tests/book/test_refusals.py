"""What the build refuses, and in which words: a page, a line, and what is wrong there."""

import os
import re

import pytest

from tests.book.small_book import CHAPTER, HEADER, TOC, cell
from tests.book.test_findings import SUM, VERIFIED, found

FIGURE = "class F:\n    def __repr__(self):\n        return '<Figure size 36x23 with 1 Axes>'\n"


def line(text: str, words: str) -> int:
    """The line of a page on which words stand for the first time."""
    return text[: text.index(words)].count("\n") + 1


def test_a_failing_cell_stops_the_build_in_plain_words_every_time(book):
    """And what a kernel says to itself is not repeated."""
    mutter = 'import os, sys\nos.write(sys.stderr._original_stdstream_copy, b"closed " b"socket")'
    page = CHAPTER + cell(mutter) + cell("mlplib.MISSING")
    book.write("chapters/one.md", page)
    book.write("_toc.yml", TOC + "- file: chapters/two\n")
    book.write("chapters/two.md", f"{HEADER}\n# Two\n" + cell("import os\nos.abort()"))
    said = book.refuse()
    place = f"chapters/one.md: the cell at line {line(page, 'mlplib.MISSING')}"
    assert f"{place} raised AttributeError: module 'mlplib'" in said
    assert "\n    mlplib.MISSING\n" in said
    assert "chapters/two.md: the cell at line 9 ended its kernel" in said
    assert "\n    os.abort()\n" in said
    assert "Traceback" not in said
    assert "closed socket" not in said
    assert sorted(book.refuse().splitlines()) == sorted(said.splitlines())


def test_faults_of_a_page_are_told_with_their_lines_every_time(book):
    page = (
        CHAPTER
        + "\n![](picture.png)\n\n![A square](picture.png)\n"
        + "\nSee {ref}`nowhere`.\n"
        + cell("import warnings\nwarnings.warn('thin ice')")
        + cell(f"{FIGURE}F()")
        + cell("print('<Figure size 1x1> may be printed')\nobject")
        + SUM
        + found(VERIFIED | {"label": "eq-other"}, tags="")
    )
    book.write("chapters/one.md", page)
    book.write("chapters/picture.png", "")
    book.write("chapters/forgotten.md", "# Forgotten\n")
    book.write("exercises/forgotten.ipynb", "{}")
    book.write("exercises/README.md", "No page.\n")
    said = book.refuse()

    def tells(words: str, sentence: str) -> bool:
        return re.search(rf"one\.md:{line(page, words)}: WARNING: {sentence}", said) is not None

    assert tells("![](", r"picture\.png has no alternative text")
    assert said.count("has no alternative text") == 1
    assert tells("See {ref}", "undefined label: 'nowhere'")
    assert tells("import warnings", "this cell complains:")
    assert "UserWarning: thin ice" in said
    assert tells("class F:", "this cell shows <Figure size 36x23 with 1 Axes>: end it with")
    assert said.count("this cell shows") == 1
    assert tells("$$ 1 + 1", "eq-sum labels a result that no cell verifies")
    assert tells("from IPython", "eq-other is verified but labels no formula here")
    assert "chapters/forgotten.md is not in _toc.yml: no page is made of it" in said
    assert "exercises/forgotten.ipynb is not in _toc.yml" in said
    assert "README" not in said
    assert said.count("WARNING") == 8
    again = book.refuse()
    assert re.sub(r"ipykernel_\d+", "", again) == re.sub(r"ipykernel_\d+", "", said)


def test_a_result_verified_twice_is_told_with_the_line_of_the_second_time(book):
    page = CHAPTER + SUM + found(VERIFIED)
    book.write("chapters/one.md", page)
    book.build()
    assert 'id="check-eq-sum"' in book.page()
    twice = page + found(VERIFIED, tags="'again'\n")
    book.write("chapters/one.md", twice)
    assert f"one.md:{line(twice, chr(39) + 'again')}: WARNING: eq-sum is verified 2 times" in (
        book.refuse()
    )


def test_there_are_no_colours_where_there_is_no_terminal(book):
    book.write("chapters/one.md", CHAPTER + "\n![](picture.png)\n")
    code, out, err = book.quick()
    assert code == 1
    assert "WARNING" in err
    assert "\x1b" not in out + err


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("html: {favicon: [}\n", r"_config\.yml, line 1: .*expected"),
        ("title: A\n  author: B\n", r"_config\.yml, line 2: mapping values are not allowed"),
        ("html: 3\n", r"_config\.yml:\n- 3 is not of type 'object' \[key path: 'html'\]"),
    ],
)
def test_broken_settings_are_told_in_a_sentence(book, settings, sentence):
    good = (book.folder / "_config.yml").read_text(encoding="utf-8")
    book.write("_config.yml", settings)
    said = book.refuse()
    book.write("_config.yml", good)
    assert re.fullmatch(sentence + ".*\n", said), said


def test_a_broken_table_of_contents_is_told_in_a_sentence(book):
    book.write("_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: [}\n")
    said = book.refuse()
    assert '_toc.yml", line 4' in said
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(book):
    build, aside = book.folder / "_build", book.folder / "aside"
    build.rename(aside)
    build.write_text("a file where the folder should be")
    said = book.refuse()
    build.unlink()
    aside.rename(build)
    assert re.fullmatch(rf"The build cannot write to {re.escape(str(build))}: .+\.\n", said), said


@pytest.mark.parametrize("package", ["jupyter_book", "sphinx_design", "myst_nb"])
def test_a_missing_package_is_told_in_a_sentence(book, tmp_path, package):
    """A module of that name which says what Python says where there is none."""
    missing = f'raise ModuleNotFoundError("No module named {package}", name="{package}")\n'
    (tmp_path / f"{package}.py").write_text(missing)
    book.write("index.md", "# A small book\n\nNot to be read.\n")
    code, _, said = book.run(PYTHONPATH=os.pathsep.join([str(book.folder), str(tmp_path)]))
    assert code == 1
    assert f"The package {package} is missing in .venv. Delete the folder .venv" in said
    assert "Traceback" not in said
