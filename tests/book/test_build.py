"""The build told on a small book of its own: what it runs again, what it refuses, what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEADER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
TOC = "format: jb-book\nroot: index\nchapters:\n- file: chapters/one\n"
CHAPTER = f"""{HEADER}
# The first chapter

A sentence.

```{{code-cell}} ipython3
import mlplib
print("the package says", mlplib.VALUE)
```
"""


def cell(source: str) -> str:
    return f"\n```{{code-cell}} ipython3\n{source}\n```\n"


class Book:
    """A copy of the build with two pages and a package of one line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chapter = folder / "chapters" / "one.md"
        self.html = folder / "_build" / "html"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "book", folder / "book", ignore=ignored)
        for name in ("_config.yml", "requirements.lock", "references.bib"):
            shutil.copyfile(ROOT / name, folder / name)
        self.write("mlplib/__init__.py", "VALUE = 41\n")
        self.write("mlplib/palette.py", "def palette_css():\n    return ':root{--mlp-blue:blue}'\n")
        self.reset()

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def reset(self) -> None:
        self.write("_toc.yml", TOC)
        self.write("index.md", "# A small book\n\nWelcome.\n")
        self.write("chapters/one.md", CHAPTER)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        # Kernels treat their streams otherwise where they find the variable of a running test.
        inherited = {
            name: text
            for name, text in os.environ.items()
            if "GITHUB" not in name and name != "PYTEST_CURRENT_TEST"
        }
        return subprocess.run(
            [sys.executable, *(arguments or ("-m", "book.build"))],
            cwd=self.folder,
            env={**inherited, "PYTHONPATH": str(self.folder), **environment},
            capture_output=True,
            text=True,
        )

    def build(self, **environment: str) -> str:
        done = self.run(**environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuse(self) -> str:
        done = self.run()
        assert done.returncode == 1, done.stdout
        return done.stderr

    def formulas(self) -> dict[str, str | list[str]]:
        """The formulas of the chapters, the files that they need, and where these are asked for."""
        files = [*self.html.glob("chapters/*.html"), *self.html.glob("_static/formulas/*")]
        texts = {file.name: file.read_text(encoding="utf-8") for file in files}
        part = re.compile(r'"[./]*_static/formulas/[^"]*"|<mjx-container.*?</mjx-container>')
        return {
            name: part.findall(text) if name.endswith(".html") else text
            for name, text in texts.items()
        }

    def page(self, name: str = "chapters/one") -> str:
        return (self.html / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Book:
    book = Book(tmp_path_factory.mktemp("book"))
    said = book.build()
    assert "1 of 1  chapters/one.md" in said
    assert said.splitlines()[-1] == str(book.html / "index.html")
    return book


@pytest.fixture
def book(shared: Book) -> Book:
    shared.reset()
    return shared


def test_a_change_of_text_runs_nothing(book):
    book.write("chapters/one.md", CHAPTER.replace("A sentence.", "Another sentence."))
    said = book.build()
    assert "Another sentence." in book.page()
    assert "the package says 41" in book.page()
    assert "Running" not in said


def test_a_change_of_the_package_runs_its_pages_anew(book):
    book.write("mlplib/__init__.py", "VALUE = 42\n")
    said = book.build()
    assert "1 of 1  chapters/one.md" in said
    assert "the package says 42" in book.page()
    caches = list((book.folder / "_build" / ".jupyter_cache").iterdir())
    assert len(caches) == 1, "outputs of older packages are kept for nothing"
    book.write("mlplib/__init__.py", "VALUE = 41\n")
    book.build()
    assert "the package says 41" in book.page()


def test_jupyter_book_itself_gives_the_same_page(book):
    book.write("chapters/one.md", CHAPTER.replace("A sentence.", "Aloud."))
    command = Path(sys.executable).with_name("jupyter-book")
    done = book.run(str(command), "build", ".", "-W", "--keep-going")
    assert done.returncode == 0, done.stderr
    assert "Running 1 notebook" not in done.stdout
    assert "the package says 41" in book.page()
    assert "Aloud." in book.page()


def test_a_failing_cell_stops_the_build_in_plain_words_every_time(book):
    book.write("chapters/one.md", CHAPTER + cell("mlplib.MISSING"))
    said = book.refuse()
    assert book.refuse() == said
    line = len(CHAPTER.splitlines()) + 3  # after an empty line and the cell's fence
    assert f"chapters/one.md: the cell at line {line} raised AttributeError" in said
    assert "    mlplib.MISSING" in said
    assert "Traceback" not in said


def test_what_a_kernel_says_to_itself_is_not_repeated(book):
    mutter = 'import os, sys\nos.write(sys.stderr._original_stdstream_copy, b"closed " b"socket")'
    book.write("chapters/one.md", CHAPTER + cell(mutter) + cell("mlplib.MISSING"))
    said = book.refuse()
    assert "raised AttributeError: module 'mlplib'" in said
    assert "closed socket" not in said


def test_a_dead_kernel_stops_the_build(book):
    book.write("chapters/one.md", CHAPTER + cell("import os\nos.abort()"))
    said = book.refuse()
    assert "ended its kernel" in said
    assert "    os.abort()" in said


def test_a_cell_that_warns_stops_the_build(book):
    book.write("chapters/one.md", CHAPTER + cell("import warnings; warnings.warn('thin ice')"))
    assert "stderr was found in the cell outputs" in book.refuse()


def test_a_dead_reference_stops_the_build_every_time(book):
    book.write("chapters/one.md", CHAPTER + "\nSee {ref}`nowhere`.\n")
    said = book.refuse()
    assert "nowhere" in said
    assert book.refuse() == said


def test_results_and_checks_must_match(book):
    show = "from IPython.display import HTML\nHTML('<p id=\"check-eq-other\">verified</p>')"
    book.write("chapters/one.md", CHAPTER + "\n$$ 1 + 1 = 2 $$ (eq-sum)\n" + cell(show))
    said = book.refuse()
    assert "eq-sum labels a result that no cell verifies" in said
    assert "eq-other is verified but labels no formula here" in said
    show = show.replace("eq-other", "eq-sum")
    book.write("chapters/one.md", CHAPTER + "\n$$ 1 + 1 = 2 $$ (eq-sum)\n" + cell(show))
    book.build()
    assert 'class="mlp-checked-mark" href="#check-eq-sum"' in book.page()
    twice = f"\n$$ 1 + 1 = 2 $$ (eq-sum)\n{cell(show)}{cell(show)}"
    book.write("chapters/one.md", CHAPTER + twice)
    assert "eq-sum is verified 2 times" in book.refuse()


def test_a_formula_that_cannot_be_set_stops_the_build(book):
    wrong = {
        r"$x + \nosuch$": r"Undefined control sequence \nosuch",
        r"$$\begin{spilt} x \end{spilt}$$": "Unknown environment 'spilt'",
        r"$\text{ж}$": "MathJax's fonts have no ж",
    }
    text = CHAPTER
    for formula in wrong:
        text += f"\n{formula}\n"
    book.write("chapters/one.md", text)
    said = book.refuse()
    for formula, reason in wrong.items():
        line = text.splitlines().index(formula) + 1
        assert re.search(rf"chapters/one\.md:{line}: .*{re.escape(reason)}", said), (reason, said)


def test_cells_write_formulas(book):
    show = "from IPython.display import HTML\nHTML(r'<p>So <span class=\"mlp-tex\">{}</span>.</p>')"
    book.write("chapters/one.md", CHAPTER + cell(show.format("a &lt; b")))
    book.build()
    assert re.search(
        r'<p>So <span class="math [^>]*><mjx-container data-tex="a &lt; b"', book.page()
    )
    book.write("chapters/one.md", CHAPTER + cell(show.format(r"\nosuch")))
    said = book.refuse()
    assert re.search(r"chapters/one\.md:\d+: .*Undefined control sequence", said)


def test_a_title_with_a_formula_is_read_where_no_formula_can_stand(book):
    book.write(
        "chapters/one.md", CHAPTER.replace("The first chapter", r"The slope $\frac{s}{1+y}$")
    )
    book.build()
    assert re.search(r"<title>[^<]*The slope s/\(1 \+ y\)", book.page())
    assert re.search(r'<h1>[^\n]*<mjx-container[^>]* data-tex="', book.page())
    assert re.search(r'prev-next-title">[^<]*The slope s/\(1 \+ y\)</p>', book.page("index"))
    assert "<mjx-" not in book.page("index"), "the sidebar would need all of the stylesheet"
    search = (book.html / "searchindex.js").read_text(encoding="utf-8")
    assert "The slope s/(1 + y)" in search


def test_the_stylesheet_of_formulas_is_that_of_a_fresh_build(book):
    book.write("_toc.yml", TOC + "- file: chapters/two\n")
    book.write(
        "chapters/two.md", r"# The second chapter" "\n\n" r"$\mathcal L$ and $\sqrt{x}$." "\n"
    )
    book.write("chapters/one.md", CHAPTER + "\n$x + 1$\n")
    book.build()
    narrow = book.formulas()
    book.write("chapters/one.md", CHAPTER + "\n" r"$\boldsymbol\delta \in \mathbb R$" "\n")
    book.build()
    after_a_change = book.formulas()
    assert {"one.html", "two.html", "formulas.css", "copy.js"} == set(narrow) == set(after_a_change)
    assert after_a_change["one.html"] != narrow["one.html"]
    assert after_a_change["two.html"][:2] != narrow["two.html"][:2], "a page names the old files"
    assert after_a_change["two.html"][2:] == narrow["two.html"][2:] != []
    for folder in ("html", ".doctrees", ".formulas"):
        shutil.rmtree(book.folder / "_build" / folder)
    book.build()
    assert book.formulas() == after_a_change


def test_a_deleted_stylesheet_of_formulas_is_written_again(book):
    book.write("chapters/one.md", CHAPTER + "\n$x + 1$\n")
    book.build()
    before = book.formulas()
    shutil.rmtree(book.html / "_static" / "formulas")
    book.build()
    assert book.formulas() == before


def test_without_the_engine_the_browser_sets_the_formulas_and_the_build_says_so(book):
    book.write("sitecustomize.py", "import sys\nsys.modules['quickjs'] = None\n")
    try:
        book.write("chapters/one.md", CHAPTER + "\n$x + 1$\n")
        said = book.build()
    finally:
        (book.folder / "sitecustomize.py").unlink()
    assert "Formulas are left to the reader's browser" in said
    assert r"\(x + 1\)</span>" in book.page()
    assert "_static/mathjax/startup.js" in book.page()
    assert (book.html / "_static" / "mathjax" / "startup.js").is_file()
    book.build()
    assert "mathjax/" not in book.page()


def test_pages_that_left_the_table_of_contents_leave_the_site(book):
    book.write("chapters/two.md", "# The second chapter\n\nText.\n")
    book.write("_toc.yml", TOC + "- file: chapters/two\n")
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
    book.write("chapters/one.md", CHAPTER + "\nTo be run elsewhere.\n")
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
    book.write("chapters/one.md", CHAPTER)
    book.build()
    assert "mybinder.org" not in book.page()
    assert 'href="../_sources/chapters/one.ipynb"' in book.page()
