"""Every word that code writes into a page comes from `mlplib/words`, whatever the language.

A small book is built in a made-up Russian: each of our sentences is the English one between ⟨ and
⟩, the author writes in Cyrillic letters, and so do Sphinx and the theme. Then a Latin word outside
of the brackets was said by code of ours that did not ask `mlplib.language`.
"""

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from string import Formatter

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from mlplib.checks.session import load
from mlplib.language import words
from tests.book.small_book import HEADER, ROOT, Book

IN_LATIN = re.compile(r"\b(?!JavaScript\b)[A-Za-z]{2,}")
CONTENT = re.compile(r"content: *[\"']([^\"']*)")
MARKED = re.compile(r"⟨[^⟨⟩]*⟩")
SPOKEN = ("title", "aria-label", "aria-valuetext", "alt", "placeholder", "content")
NO_WORDS = "script, style, pre, code, kbd, mjx-container, svg, meta:not([name=description])"
NOT_OURS = {"Version warning", "Main", "Toggle secondary sidebar"}
"""Attributes of the theme that it has no Russian for."""
ON_PAGES = {
    *("navigation", "outline", "minutes", "tick", "slip", "fold", "copied", "exercise", "list"),
    *("audit", "reference", "citation", "box"),
}
"""The tables of words that pages are made of."""
NOT_HERE = {
    "outline.other_language",
    "minutes.page_and_more",
    "minutes.side_road",
    *(f"reference.{part}" for part in ("notes", "references", "yields")),
    *(f"box.{kind}" for kind in ("fractions", "matrices", "matrix_formulas", "mended")),
    *(f"box.{kind}" for kind in ("order", "matching", "intervals", "shapes")),
}
"""What this book has no place for: ends of previews, side roads, rare sections of docstrings,
kinds of answers."""

CHAPTER = r"""
# Глава

Почему сумма? Потому что.

## Сумма

Здесь **сигма** ещё не нужна.

:::{predict} QUICK
Сколько?
:::

$$ a + b = b + a $$ (eq-sum)

```{code-cell} ipython3
:tags: [hide-input]

from mlplib import refute, trace, uniform, verify

verify("eq-sum", claim=lambda a, b: a + b, against=lambda a, b: b + a,
       inputs=(uniform(-1, 1, n=3), uniform(-1, 1, n=3)))
```

$$ a + a = 2 a $$ (eq-double)

```{code-cell} ipython3
from mlplib import uniform, verify

verify("eq-double", claim=lambda a: a + a, against=lambda a: 2 * a, inputs=uniform(-1, 1, n=3))
```

:::{admonition} Ловушка
:class: warning
Пишут так.
:::

```{code-cell} ipython3
:tags: [hide-input]

refute("S0-1", "a^2 = 2a", claim=lambda *a: a[0] * 2, truth=lambda a: a * a,
       repaired=lambda a: a**2, instead=r"a^2 = a \cdot a", inputs=uniform(-9, 9, n=3))
```

Без ловушки.

```{code-cell} ipython3
:tags: [hide-input]

refute("S0-2", "a = 0", claim=lambda a: a * float("nan"), truth=lambda a: a,
       repaired=lambda a: a, inputs=uniform(-9, 9, n=3))
```

## Рисунок

```{code-cell} ipython3
---
tags: [hide-input]
mystnb:
  figure:
    name: fig-line
    caption: Прямая.
---
from mlplib.viz import explorer, figure, show

def draw(k):
    fig, ax = figure()
    ax.plot([0, 1], [0, k])
    return fig

show(draw(1), alt="Прямая.")
```

```{code-cell} ipython3
:tags: [hide-input]

explorer(draw, describe=lambda k: f"Наклон {k}.", label="Наклон", k=[1, 2])
```

```{code-cell} ipython3
:tags: [hide-input]

trace((8, 8, 1), [])
```

```{code-cell} ipython3
:tags: [hide-input]

nothing = None
```
"""
WORK = """@book{{{0}, author = {{Иванов, Иван and Петров, Пётр{2}}}, title = {{Труды}},
publisher = {{Мир}}, year = {{{1}}}}}
"""
ONE_LETTER = next(e.id for e in load("quick").exercises if type(e.kind).__name__ == "Choice")
SIDOROV = " and Сидоров, Семён"
PAGES = {
    "_toc.yml": (
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/one\n  sections:\n"
        "  - file: exercises/notation\n- file: glossary\n- file: references\n- file: checks\n"
        "- file: auditors\n- file: api/data\n"
    ),
    "index.md": (
        "# Книга\n\nЗдравствуйте.\n\n{cite:t}`one` и {cite:p}`two`.\n\n"
        "```{contents-of-the-book}\n```\n"
    ),
    "chapters/one.md": HEADER + CHAPTER.replace("QUICK", ONE_LETTER),
    "chapters/sources/one.toml": "".join(
        f'[[claims]]\nids = ["S0-{number}"]\ndocuments = ["000"]\nwhere = "{where}"\n'
        f'verdict = "{verdict}"\nnote = "Да."\n'
        for number, (where, verdict) in enumerate(
            [
                ("eq-sum", "wrong"),
                ("fig-line", "right"),
                ("сумма", "incomplete"),
                ("eq-sum", "convention"),
                ("eq-sum", "question"),
            ],
            start=1,
        )
    ),
    "glossary.md": "# Словарь\n\n:::{glossary}\nсигма\n: [Глава](chapters/one.md)\n:::\n",
    "references.bib": WORK.format("one", "2001", "") + WORK.format("two", "2002", SIDOROV),
    "references.md": "# Книги\n\n```{bibliography}\n:style: book\n```\n",
    "checks.md": "# Проверки\n\n```{every-check}\n```\n",
    "auditors.md": "# Проверяющим\n\n```{claims}\n000: первый\n001: второй\n```\n",
    "api/data.md": (
        "# Данные\n\n```{offered} mlplib.data\n```\n\n```{offered} mlplib.losses.squared\n```\n"
    ),
}


def marked(words: object) -> object:
    """Words of a TOML file, each between brackets."""
    if isinstance(words, dict):
        return {key: marked(value) for key, value in words.items()}
    return [marked(word) for word in words] if isinstance(words, list) else f"⟨{words}⟩"


def toml(table: dict[str, object], above: str = "") -> Iterator[str]:
    """The lines of a TOML file: strings and lists of strings in tables."""
    for key, value in table.items():
        if not isinstance(value, dict):
            yield f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in table.items():
        if isinstance(value, dict):
            yield f"[{above}{json.dumps(key)}]"
            yield from toml(value, f"{above}{json.dumps(key)}.")


def translate(english: Path) -> None:
    words = marked(tomllib.loads(english.read_text(encoding="utf-8")))
    russian = english.with_name(english.name.replace("en.toml", "ru.toml"))
    russian.write_text("\n".join(toml(words)), encoding="utf-8")


def exercises() -> str:
    cells = [
        ("markdown", "# Упражнения\n\nРешайте."),
        ("markdown", "## Часть\n\n### а. Вопрос\n\nСколько?"),
        ("code", 'check, hint, solution, progress = practice("notation")'),
        *(("code", f'check("{question.id}", ...)') for question in load("notation").exercises),
    ]
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "id": f"c{i}", "metadata": {}, "source": source}
                | ({"execution_count": None, "outputs": []} if kind == "code" else {})
                for i, (kind, source) in enumerate(cells)
            ],
            "metadata": {
                "kernelspec": {"name": "python3", "display_name": "Python 3"},
                "language_info": {"name": "python", "pygments_lexer": "ipython3"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = Book(tmp_path_factory.mktemp("words") / "book")
    shutil.rmtree(book.folder / "mlplib")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "mlplib", book.folder / "mlplib", ignore=ignored)
    translate(book.folder / "mlplib/words/en.toml")
    for english in (book.folder / "mlplib/checks/sets").glob("*.en.toml"):
        translate(english)
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    for english in ("The Mathematics of Backpropagation", "the authors"):
        config = config.replace(english, "Книга")
    book.write("_config.yml", config)
    for name, text in PAGES.items():
        book.write(name, text)
    book.write("exercises/notation.ipynb", exercises())
    book.write("CITATION.cff", "cff-version: 1.2.0\nversion: 0.2.0\ndate-released: 2026-11-30\n")
    try:
        book.build(
            MLPLIB_LANGUAGE="ru",
            GITHUB_SERVER_URL="https://example.org",
            GITHUB_REPOSITORY="owner/name",
        )
        yield book
    finally:
        book.close()


def unmarked(html: str) -> list[str]:
    """The Latin words of a page that stand outside of the brackets, each with its element."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(NO_WORDS):
        if not element.decomposed:
            element.decompose()
    found, open_ = [], 0
    for node in soup.descendants:
        if isinstance(node, Tag):
            for said in (str(node.get(name, "")) for name in SPOKEN):
                if IN_LATIN.search(MARKED.sub("", said)) and said not in NOT_OURS:
                    found.append(f"<{node.name}>: {said}")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            # A sentence may go on within several elements, and another stand inside it.
            outside = ""
            for letter in node:
                open_ += (letter == "⟨") - (letter == "⟩")
                outside += letter if open_ == 0 else ""
            if IN_LATIN.search(outside):
                found.append(f"<{node.parent.name}> {node.parent.get('class')}: {node}")
    assert open_ == 0
    return found


def pieces(sentence: str) -> list[str]:
    """What is always said of a sentence with braces; signs are set beside what fills these."""
    return [before.strip(" .;⟩") for before, *_ in Formatter().parse(sentence)]


@pytest.mark.parametrize(
    "name",
    [
        *("index", "chapters/one", "exercises/notation", "glossary", "references"),
        *("checks", "auditors", "search"),
    ],
)
def test_no_page_says_a_word_of_its_own(russian, name):
    page = russian.page(name)
    assert page.count("⟨") > 10
    assert unmarked(page) == []
    assert '<html lang="ru"' in page
    assert "Поиск" in page, "the theme does not speak Russian"


@pytest.mark.parametrize(
    "said",
    [
        "<p>word</p>",
        "<p>⟨one⟩ word</p>",
        "<p>⟨At <b>a</b> gives⟩ word <i>⟨two⟩</i></p>",
        '<a title="word">а</a>',
        '<a aria-label="⟨one⟩ word">а</a>',
    ],
)
def test_a_word_that_is_not_marked_is_found(said):
    assert len(unmarked(said)) == 1
    assert unmarked(said.replace("word", "⟨word⟩")) == []


def test_every_word_of_pages_is_met_on_a_page(russian):
    pages = [path.read_text(encoding="utf-8") for path in russian.html.rglob("*.html")]
    site = unescape("\n".join(pages))
    unmet = [
        key
        for key, sentence in words("en").items()
        if key.partition(".")[0] in ON_PAGES and key not in NOT_HERE
        if not all(piece in site for piece in pieces(f"⟨{sentence}⟩"))
    ]
    assert unmet == []


def test_headings_of_the_reference_and_words_for_scripts_are_marked(russian):
    reference = BeautifulSoup(russian.page("api/data"), "html.parser")
    headings = [strong.get_text() for strong in reference.select("dd > p > strong")]
    assert headings
    assert all(MARKED.fullmatch(heading) for heading in headings)
    chapter = BeautifulSoup(russian.page(), "html.parser")
    (copying,) = chapter.select("script[data-copy]")
    for_scripts = [text for name, text in copying.attrs.items() if name.startswith("data-")]
    for_scripts.append(json.loads(chapter.select_one("script.mlp-frames").string)["name"])
    assert len(for_scripts) == 5
    assert all(MARKED.fullmatch(text) for text in for_scripts)


def test_stylesheets_say_no_words():
    sheets = [*(ROOT / "book").rglob("*.css"), *(ROOT / "mlplib").rglob("*.css")]
    contents = [found for sheet in sheets for found in CONTENT.findall(sheet.read_text("utf-8"))]
    assert contents
    assert not any(map(IN_LATIN.search, contents))
