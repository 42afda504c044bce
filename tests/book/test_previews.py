"""Terms, equations and works show what they name, by mouse and by keyboard."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def softmax(visit):
    return visit("chapters/softmax")


def shown(page):
    box = page.locator(".mlp-preview")
    box.wait_for(state="visible")
    return box


def test_an_equation_of_the_page_is_shown_on_hover_and_stays_under_the_mouse(softmax):
    page = softmax.page
    link = page.locator("article p a[href^='#equation-']").first
    link.scroll_into_view_if_needed()
    link.hover()
    box = shown(page)
    assert box.locator("mjx-container, math").count() > 0
    assert box.locator(".eqno, [id]").count() == 0
    assert link.get_attribute("aria-describedby") == box.get_attribute("id")
    box.hover()
    page.wait_for_timeout(500)
    assert box.is_visible(), "what is shown cannot be read with the mouse on it"
    page.mouse.move(1, 1)
    box.wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None
    assert softmax.complaints == []


def test_a_term_is_shown_on_focus_and_escape_puts_it_away(softmax):
    page = softmax.page
    term = page.locator("a.mlp-term[href$='#term-sigmoid']").first
    term.evaluate(
        """link => {
            const before = document.createElement("button");
            link.before(before);
            before.focus();
        }"""
    )
    page.keyboard.press("Tab")
    box = shown(page)
    assert "logistic function" in box.inner_text()
    assert "French" not in box.inner_text()
    assert box.locator("mjx-container, math").count() > 0
    page.keyboard.press("Escape")
    box.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('mlp-term')")


def test_an_equation_of_another_page_is_shown(visit):
    page = visit("checks").page
    link = page.locator("table a[href*='chapters/'][href*='#equation-eq-']").first
    link.hover()
    assert shown(page).locator("mjx-container, math").count() > 0


def test_what_is_shown_stays_inside_the_window(visit):
    page = visit("chapters/softmax", width=1000, height=420).page
    for link in page.locator("article a[href^='#equation-'], a.mlp-term").all()[:12]:
        if link.is_visible() and "headerlink" not in (link.get_attribute("class") or ""):
            link.scroll_into_view_if_needed()
            page.mouse.move(1, 1)
            link.hover()
            edges = shown(page).bounding_box()
            assert edges["x"] >= 0
            assert edges["x"] + edges["width"] <= 1000
            page.keyboard.press("Escape")


def test_a_finger_follows_a_link_at_once(browser, site):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((site / "chapters/softmax.html").as_uri())
    page.locator("a.mlp-term").first.tap()
    page.wait_for_url("**/glossary.html#term-*")
    context.close()


def test_terms_are_quiet(chapter, site):
    """Once in a section at most, never where they are defined, never in titles or code."""
    text = (site / f"{chapter}.html").read_text(encoding="utf-8")
    article = text[text.index("<article") : text.index("</article>")]
    for section in re.split(r"<section ", article):
        terms = re.findall(r'class="mlp-term[^>]*#([\w-]+)"', section)
        assert len(terms) == len(set(terms))
    assert not re.search(r"<h\d[^>]*>[^\n]*mlp-term", article)
    glossary = (site / "glossary.html").read_text(encoding="utf-8")
    for anchor in set(re.findall(r'mlp-term[^>]*#([\w-]+)"', article)):
        entry = glossary.partition(f'id="{anchor}"')[2].partition("</dd>")[0]
        assert f'href="{chapter}.html' not in entry, f"{anchor} is defined here"


def test_the_script_is_small():
    assert len(gzip.compress((ROOT / "book/static/previews.js").read_bytes())) <= 2048
