"""Equations have the same numbers in a running notebook as on the page."""

import re
from pathlib import Path

import nbformat

from book.equation_numbers import numbers

ROOT = Path(__file__).resolve().parents[2]
ON_PAGE = re.compile(r'id="equation-([\w-]+)">\s*<span class="eqno">\(([\d.]+)\)')


def test_the_sources_are_counted_as_the_pages_count(chapter, site):
    page = (site / f"{chapter}.html").read_text(encoding="utf-8")
    on_page = dict(ON_PAGE.findall(page))
    assert len(on_page) > 5
    assert on_page.items() <= numbers(ROOT).items()


def test_a_notebook_shows_the_numbers_of_the_page(chapter, site):
    folder, name = chapter.split("/")
    notebook = nbformat.read(ROOT / folder / "notebooks" / f"{name}.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    page = (site / f"{chapter}.html").read_text(encoding="utf-8")
    assert re.findall(r"\\tag\{([\d.]+)\}\n\$\$", text) == [n for _, n in ON_PAGE.findall(page)]
    assert "{eq}" not in text
    assert not re.search(r"^\$\$ \(", text, re.M)


def test_folded_code_is_folded_in_jupyterlab(chapter):
    folder, name = chapter.split("/")
    notebook = nbformat.read(ROOT / folder / "notebooks" / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert folded == ("hide-input" in cell.metadata.get("tags", ()))
