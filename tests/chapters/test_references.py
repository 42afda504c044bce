"""Every work of the list is cited somewhere, and every chapter says where to read on."""

import re
from pathlib import Path

import pytest
from pybtex.database import parse_file

from book.extensions.bibliography import Works

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
CITED = re.compile(r"\{cite:\w+\}`([^`]+)`")
HISTORY = "## Who, when, and what next"
FEWEST = 3
FORMS = {
    "doi": re.compile(r"10\.\d{4,9}/\S+"),
    "url": re.compile(r"https?://[^\s{}\\]+"),
    "eprint": re.compile(r"\d{4}\.\d{4,5}"),
}


def cited(text: str) -> list[str]:
    return [key.strip() for keys in CITED.findall(text) for key in keys.split(",")]


def works() -> dict[str, object]:
    return parse_file(str(ROOT / "references.bib")).entries


def test_every_work_is_cited():
    pages = [*ROOT.glob("*.md"), *CHAPTERS, *(ROOT / "solutions").glob("*.md")]
    named = {key for page in pages for key in cited(page.read_text(encoding="utf-8"))}
    assert sorted(set(works()) - named) == []


def test_works_stand_in_the_order_of_their_keys():
    keys = list(works())
    assert keys == sorted(keys)


def test_a_work_says_who_what_and_when():
    for key, work in works().items():
        assert work.persons.get("author") or work.persons.get("editor"), f"{key} has no author"
        assert {"title", "year"} <= set(work.fields), f"{key} lacks its title or its year"


def test_numbers_and_addresses_of_works_have_their_form():
    given = [
        (key, name, form, work.fields[name])
        for key, work in works().items()
        for name, form in FORMS.items()
        if name in work.fields
    ]
    assert {name for _, name, _, _ in given} == set(FORMS)
    assert [(key, value) for key, _, form, value in given if not form.fullmatch(value)] == []


def test_the_list_of_works_shows_no_tex():
    listed = Works().format_bibliography(parse_file(str(ROOT / "references.bib")))
    shown = [entry.text.render_as("text") for entry in listed]
    assert len(shown) == len(works())
    assert [line for line in shown if set(line) & set("$\\{}")] == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_says_who_when_and_what_next(path):
    text = path.read_text(encoding="utf-8")
    assert f"\n{HISTORY}\n" in text
    section = text.partition(f"\n{HISTORY}\n")[2].partition("\n## ")[0]
    assert len(set(cited(section))) >= FEWEST


def test_citations_are_read():
    assert cited("as {cite:t}`a2001` and {cite:p}`b1999, c2000`; `d`") == [
        "a2001",
        "b1999",
        "c2000",
    ]
