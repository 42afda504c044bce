"""The pages on paper: Chromium, as it would print them."""

import re


def test_paper_has_the_number_of_the_chapter_and_no_invitations(chapter, view):
    title = view(chapter).page.locator("article h1").inner_text()
    page = view(chapter, media="print").page
    assert page.locator("h1").filter(visible=True).count() == 1
    assert page.locator("article h1").filter(visible=True).inner_text().strip("#") == title.strip(
        "#"
    )
    assert re.match(r"\d+\. ", title)
    assert page.locator(".mlp-try").count() > 0
    assert page.locator(".mlp-try").filter(visible=True).count() == 0


def test_no_page_of_paper_is_left_a_quarter_empty(chapter, view):
    """What cannot break is low: with its caption beside it, less than a third of a page."""
    page = view(chapter, width=643, media="print").page
    tall = page.locator("figure:has(> figcaption)").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().height)"
    )
    assert max(tall) < 986 / 3  # A4 without its margins of 18 mm


def test_paper_is_black_on_white_and_has_no_folded_code(chapter, visit):
    """In the hands of a reader, too, who opens the chapter in the dark."""
    seen = visit(chapter, colours="dark")
    assert (seen.complaints, seen.blocked) == ([], [])
    page = seen.page
    page.emulate_media(media="print")
    assert page.locator("details.mlp-code, details.hide").filter(visible=True).count() == 0
    ink = page.locator("article p, article h2, article pre").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).color))]"
    )
    brightest = max(max(map(int, colour[4:-1].split(","))) for colour in ink)
    assert brightest < 180, ink
