"""The pages that list what other pages hold: every check, and every claim of the documents."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.book.small_book import CHAPTER, TOC
from tests.book.test_findings import PITFALL, REFUTED, SUM, VERIFIED, found

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "chapters" / "sources").glob("*.toml"))
CLAIM = re.compile(r"(S[0-4]|X)-\w+(\.\d+)?(-e\d+)?")
VERDICTS = {"right", "wrong", "incomplete", "convention", "question"}
LIST = TOC + "- file: checks\n- file: auditors\n"
CHECKS = "# All checks\n\n```{every-check}\n```\n"
AUDITORS = "# Claims\n\n```{claims}\n000: notes\n004: answers\n```\n"
CLAIMS = """
[[claims]]
ids = ["S0-10", "S0-2", "S0-1", "X-03"]
documents = ["000"]
where = "eq-sum"
verdict = "wrong"
note = "The sum was 3."

[[claims]]
ids = ["S4-D01", "X-03"]
documents = ["004", "000"]
where = "more"
verdict = "right"
"""


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@pytest.fixture
def lists(book):
    book.write("_toc.yml", LIST)
    book.write("checks.md", CHECKS)
    book.write("auditors.md", AUDITORS)
    book.write("chapters/sources/one.toml", CLAIMS)
    text = CHAPTER + SUM + found(VERIFIED) + PITFALL + found(REFUTED) + "\n## More\n\nText.\n"
    book.write("chapters/one.md", text)
    return book


def test_the_appendix_lists_every_check_and_is_written_anew_with_them(lists):
    lists.build()
    page = lists.page("checks")
    assert 'href="chapters/one.html#equation-eq-sum"' in page
    assert 'href="chapters/one.html#check-S0-1"' in page
    assert "The first chapter" in words(page)
    assert "tried on 3 inputs largest error 0 allowed 2·10⁻¹⁵: a sum rounds" in words(page)
    assert "✗1+1=3" in words(page).replace(" ", "")
    text = (lists.folder / "chapters/one.md").read_text(encoding="utf-8")
    lists.write("chapters/one.md", text.replace("3 inputs", "77 inputs"))
    lists.build()
    assert "77 inputs" in lists.page("checks")


def test_auditors_see_claims_by_document(lists):
    lists.build()
    page = lists.page("auditors")
    first, second = page[page.index('id="document-000') :].split('id="document-004', 1)
    assert "S0-1, S0-2, S0-10, X-03" in words(first)
    assert 'href="chapters/one.html#check-S0-1"' in first
    assert 'href="chapters/one.html#equation-eq-sum"' in first
    assert "wrong, repaired" in first
    assert "The sum was 3." in first
    assert "S4-D01" not in first
    assert re.search(r"S4-D01, X-03 where\s+More verdict right", words(second))
    assert 'href="chapters/one.html#more"' in second
    assert "The sum was 3." not in second


def test_a_claim_must_name_a_place_that_is_there(lists):
    lists.write("chapters/sources/one.toml", CLAIMS.replace('"more"', '"nowhere"'))
    assert "S4-D01, X-03 names nowhere, which is no formula" in lists.refuse()
    lists.write("chapters/sources/one.toml", CLAIMS)
    lists.build()


def test_the_appendix_has_every_result_of_every_chapter(chapter, site):
    page = (site / f"{chapter}.html").read_text(encoding="utf-8")
    appendix = (site / "checks.html").read_text(encoding="utf-8")
    for name in re.findall(r'id="(?:equation-eq-|check-S|check-slip)[^"]+"', page):
        anchor = name[4:-1]
        assert f'href="{chapter}.html#{anchor}"' in appendix, f"{anchor} is not listed"


def test_claims_are_told_in_the_agreed_form():
    assert SOURCES, "no chapter tells which claims it covers"
    for path in SOURCES:
        claims = tomllib.loads(path.read_text(encoding="utf-8"))["claims"]
        listed = [name for claim in claims for name in claim["ids"]]
        assert [name for name in listed if not CLAIM.fullmatch(name)] == []
        assert sorted(set(listed)) == sorted(listed), f"{path.name} lists a claim twice"
        for claim in claims:
            assert claim["verdict"] in VERDICTS
            assert claim["documents"]
            own = {f"00{name[1]}" for name in claim["ids"] if name.startswith("S")}
            assert own <= set(claim["documents"]), f"{path.name}: {claim['ids']}"
            if claim["verdict"] in ("wrong", "incomplete"):
                assert claim.get("note"), f"{path.name}: {claim['ids']} says not what was done"


def test_what_a_chapter_refutes_is_told_to_auditors(chapter):
    text = (ROOT / f"{chapter}.md").read_text(encoding="utf-8")
    refuted = set(re.findall(r'refute\(\s*"((?:S[0-4]|X)-[\w.]+)"', text))
    path = ROOT / "chapters" / "sources" / f"{Path(chapter).name}.toml"
    claims = tomllib.loads(path.read_text(encoding="utf-8"))["claims"] if path.exists() else []
    told = {name for claim in claims if claim["verdict"] != "right" for name in claim["ids"]}
    assert sorted(refuted - told) == []
