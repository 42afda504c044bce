"""The pages of the API describe all that is offered, and names in the text lead there."""

import re

from bs4 import BeautifulSoup

from book.extensions.reference import FACES, offer, places


def page(site, name):
    return BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_everything_offered_is_described_once(site):
    described = [
        term["id"]
        for path in (site / "api").glob("*.html")
        for term in page(site, f"api/{path.stem}").select("dt.sig.sig-object[id]")
    ]
    for face in FACES:
        for name in offer(face):
            assert described.count(f"{face}.{name}") == 1, name


def test_descriptions_say_what_goes_in_and_what_comes_out(site):
    softmax = page(site, "api/functions").find(id="mlplib.softmax").parent.get_text(" ")
    assert re.search(r"Parameters\s+x", softmax)
    assert re.search(r"Returns\s+ndarray", softmax)
    assert ">>>" in softmax


def test_a_name_in_the_text_leads_to_its_description(site):
    links = page(site, "chapters/softmax").select("article a.reference > code")
    known = places()
    found = {code.get_text(): code.parent["href"] for code in links if code.get_text() in known}
    assert found
    for name, href in found.items():
        target, _, anchor = href.removeprefix("../").partition("#")
        assert anchor == known[name]
        assert page(site, target.removesuffix(".html")).find(id=anchor)
