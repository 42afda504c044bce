"""The glossary and the chapters agree on which words are terms, and each is defined once."""

import re
from pathlib import Path

import numpy as np
import pytest

from mlplib import sigmoid_prime, tanh_prime

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
BOLD = re.compile(r"\*\*([^*]+)\*\*")
CODE = re.compile(r"^```.*?^```$", re.M | re.S)
LABELS = {"time", "what you will be able to do", "what you need"}
MOST_WORDS = 3  # more are a sentence that matters, not a term


def terms_of(text: str) -> list[str]:
    """The words that a chapter sets in bold to define them, in their order."""
    found = [bold.lower() for bold in BOLD.findall(CODE.sub("", text))]
    return [
        "activation" if bold == "activations" else bold
        for bold in found
        if re.fullmatch(r"[a-z' -]+", bold)
        and len(bold.split()) <= MOST_WORDS
        and bold not in LABELS
    ]


def entries() -> dict[str, str]:
    """Each term of the glossary with what stands under it."""
    body = (ROOT / "glossary.md").read_text(encoding="utf-8").partition("```{glossary}\n")[2]
    parts = re.split(r"^(\S.*)\n", body.partition("\n```")[0], flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_term_that_a_chapter_defines_is_in_the_glossary():
    defined = [term for chapter in CHAPTERS for term in terms_of(chapter.read_text("utf-8"))]
    assert len(defined) > 20
    assert len(set(defined)) == len(defined), "a term is defined twice"
    known = {term.lower() for term in entries()}
    assert sorted(set(defined) - known) == []
    # The titles of chapters are terms that need no bold type.
    assert sorted(known - set(defined)) == ["softmax"]


def test_the_glossary_is_in_alphabetical_order():
    assert [*entries()] == sorted(entries(), key=str.lower)


@pytest.mark.parametrize("term", entries())
def test_an_entry_says_the_french_word_and_leads_to_the_section_that_defines_it(term):
    entry = entries()[term]
    assert "French: *" in entry
    page, section = re.search(r"\]\((chapters/\w+\.md)(?:#([\w-]+))?\)\s*$", entry).groups()
    text = (ROOT / page).read_text(encoding="utf-8")
    if section is not None:
        parts = re.split(r"^## ", text, flags=re.M)[1:]
        text = next(part for part in parts if slug(part.partition("\n")[0]) == section)
    assert term.lower() in text.lower()


@pytest.mark.parametrize(("slope", "said"), [(sigmoid_prime, "3.64"), (tanh_prime, "1.82")])
def test_a_unit_is_saturated_from_where_the_glossary_says(slope, said):
    assert f"|z|>{said}" in entries()["saturated"]
    share = slope(float(said) + np.array([-0.01, 0.01])) / slope(0.0)
    assert share[0] > 0.1 > share[1]


def slug(title: str) -> str:
    """The address of a section, as MyST makes it from the title."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
