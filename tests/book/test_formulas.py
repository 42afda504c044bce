"""Formulas in the build, on a small book: what is refused, what is kept, what is in step."""

import re
import shutil

from tests.book.small_book import CHAPTER, TOC, cell


def formulas(book) -> dict[str, str | list[str]]:
    """The formulas of the chapters, the files that they need, and where these are asked for."""
    files = [*book.html.glob("chapters/*.html"), *book.html.glob("_static/formulas/*")]
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    part = re.compile(r'"[./]*_static/formulas/[^"]*"|<mjx-container.*?</mjx-container>')
    return {
        name: part.findall(text) if name.endswith(".html") else text for name, text in texts.items()
    }


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
    for written in "a &lt; b", "$a &lt; b$":
        book.write("chapters/one.md", CHAPTER + cell(show.format(written)))
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
    narrow = formulas(book)
    book.write("chapters/one.md", CHAPTER + "\n" r"$\boldsymbol\delta \in \mathbb R$" "\n")
    book.build()
    after_a_change = formulas(book)
    assert {"one.html", "two.html", "formulas.css", "copy.js"} == set(narrow) == set(after_a_change)
    assert after_a_change["one.html"] != narrow["one.html"]
    assert after_a_change["two.html"][:2] != narrow["two.html"][:2], "a page names the old files"
    assert after_a_change["two.html"][2:] == narrow["two.html"][2:] != []
    for folder in ("html", ".doctrees", ".formulas"):
        shutil.rmtree(book.folder / "_build" / folder)
    book.build()
    assert formulas(book) == after_a_change


def test_a_deleted_stylesheet_of_formulas_is_written_again(book):
    book.write("chapters/one.md", CHAPTER + "\n$x + 1$\n")
    book.build()
    before = formulas(book)
    shutil.rmtree(book.html / "_static" / "formulas")
    book.build()
    assert formulas(book) == before


def test_without_the_engine_the_browser_sets_the_formulas_and_the_build_says_so(book):
    book.write("sitecustomize.py", "import sys\nsys.modules['quickjs'] = None\n")
    try:
        book.write("chapters/one.md", CHAPTER + "\n$x + 1$\n")
        code, said, err = book.run()  # in a process of its own, which reads that file
        assert code == 0, err
    finally:
        (book.folder / "sitecustomize.py").unlink()
    assert "Formulas are left to the reader's browser" in said
    assert r"\(x + 1\)</span>" in book.page()
    assert "_static/mathjax/startup.js" in book.page()
    assert (book.html / "_static" / "mathjax" / "startup.js").is_file()
    book.build()
    assert "mathjax/" not in book.page()
