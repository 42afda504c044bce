"""The pages as a reader meets them: Chromium, from files, with no network."""

import pytest

from mlplib.checks.messages import set_text
from mlplib.checks.session import load
from tests.book.test_text_face import drawn_letters

PHONE = {"width": 390}
WIDTHS = "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"


@pytest.fixture(params=["light", "dark"])
def colours(request):
    return request.param


def test_opens_without_a_complaint_and_asks_nobody_else(page_name, colours, view):
    seen = view(page_name, colours=colours)
    assert seen.page.locator("article h1").count() == 1
    assert seen.complaints == []
    assert seen.blocked == []


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_needs_no_sideways_scrolling(page_name, width, view):
    page = view(page_name, width=width).page
    width, room = page.evaluate(WIDTHS)
    assert width <= room


@pytest.mark.parametrize("made_by_sphinx", ["genindex", "search"])
def test_so_do_the_pages_that_nobody_wrote(made_by_sphinx, view):
    width, room = view(made_by_sphinx, **PHONE).page.evaluate(WIDTHS)
    assert width <= room


def test_a_phone_shows_every_displayed_formula_whole(page_name, view):
    """What lies beyond the edge is easily missed; folded formulas are looked at as well."""
    page = view(page_name, **PHONE).page
    cut = page.evaluate(
        """() => {
            const folds = [...document.querySelectorAll("article details:not([open])")];
            folds.forEach(fold => { fold.open = true });
            const wide = [...document.querySelectorAll("article mjx-container[display]")]
                .filter(it => it.querySelector("mjx-math").getBoundingClientRect().width
                    > it.parentElement.clientWidth + 1)
                .map(it => it.dataset.tex);
            folds.forEach(fold => { fold.open = false });
            return wide;
        }"""
    )
    assert cut == []


def test_every_picture_has_a_name(page_name, view):
    page = view(page_name).page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("svg.mlp-picture, article img")]
            .filter(it => !(it.getAttribute("aria-label") || it.getAttribute("alt") || "").trim())
            .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert nameless == []


def test_text_is_set_in_the_face_of_the_book(page_name, view):
    """Every letter of the prose is in the face, so that no word changes its look half way."""
    page = view(page_name).page
    page.evaluate("async () => { await document.fonts.ready }")
    assert page.evaluate("document.fonts.check('400 20px \"STIX Two\"')")
    prose = page.evaluate(
        """() => {
            const walk = document.createTreeWalker(
                document.querySelector("article"), NodeFilter.SHOW_TEXT);
            let text = "";
            for (let node = walk.nextNode(); node; node = walk.nextNode())
                if (!node.parentElement.closest("mjx-container, script, style, svg")
                    && getComputedStyle(node.parentElement).fontFamily.startsWith('"STIX Two"'))
                    text += node.data;
            return text;
        }"""
    )
    assert {letter for letter in prose if letter > " "} <= drawn_letters()


def test_the_tab_key_passes_over_formulas_in_a_line(page_name, view):
    page = view(page_name, **PHONE).page
    scrolling = page.locator("span.math, span.math *").evaluate_all(
        """all => all.filter(it => it.scrollWidth > it.clientWidth
            && ["auto", "scroll"].includes(getComputedStyle(it).overflowX)).length"""
    )
    assert scrolling == 0


def test_all_begins_at_one_left_edge(chapter, view):
    """Text, pictures, controls, readings, captions, tables and code share the column's edge."""
    page = view(chapter).page
    edges = page.evaluate(
        """() => [...document.querySelectorAll(
                "article > section > p, article > section > section > p, svg.mlp-picture, "
                + ".mlp-controls, .mlp-reading, figcaption, table, div.cell_input")]
            .filter(it => it.getBoundingClientRect().width > 0)
            .filter(it => !it.closest(".admonition, .sd-dropdown"))
            .map(it => [Math.round(it.getBoundingClientRect().left), it.outerHTML.slice(0, 80)])"""
    )
    column = page.locator("article h1").bounding_box()["x"]
    assert len(edges) > 50
    assert [edge for edge in edges if abs(edge[0] - column) > 1] == []


def test_a_wide_screen_has_captions_in_its_margin(chapter, view):
    page = view(chapter, width=1700).page
    column = page.locator("article h1").bounding_box()
    for caption in page.locator("figure > figcaption").all():
        box = caption.bounding_box()
        picture = caption.locator("xpath=..").locator("svg.mlp-picture").first.bounding_box()
        assert box["x"] > column["x"] + 600
        assert abs(box["y"] - picture["y"]) < 60
    width, room = page.evaluate(WIDTHS)
    assert width <= room


def test_there_is_one_colour_for_links(chapter, view):
    page = view(chapter).page
    colours = page.locator("article a:not(.mlp-checked-mark, .headerlink)").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).color))]"
    )
    assert len(colours) == 1


def test_lines_that_go_on_beyond_the_edge_say_so(chapter, visit):
    page = visit(chapter, **PHONE).page
    page.evaluate("document.querySelectorAll('article details').forEach(it => { it.open = true })")
    long = page.locator("div.cell_input pre").evaluate_all(
        """all => all.filter(it => it.scrollWidth > it.clientWidth)
            .map(it => getComputedStyle(it).backgroundAttachment)"""
    )
    assert long
    assert set(long) == {"local, local, scroll, scroll"}


def test_the_switch_goes_from_light_to_dark_and_the_choice_is_kept(fullest, visit):
    seen = visit(fullest)
    page = seen.page

    def paper():
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = paper()
    switch = page.locator(".theme-switch-button").first
    switch.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert paper() != light
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert seen.complaints == []


def test_icons_are_drawn_without_the_icon_font(chapter, view):
    page = view(chapter).page
    undrawn = page.evaluate(
        """() => [...document.querySelectorAll('[class*="fa-"]')]
            .filter(it => !getComputedStyle(it).maskImage.startsWith("url("))
            .map(it => it.outerHTML)"""
    )
    assert page.locator('[class*="fa-"]').count() > 0
    assert undrawn == []


def test_the_sidebar_can_be_put_away_and_opened_on_a_phone(fullest, visit):
    page = visit(fullest).page
    sidebar = page.locator("#pst-primary-sidebar")
    assert sidebar.is_visible()
    page.locator(".primary-toggle").last.click()
    sidebar.wait_for(state="hidden")
    phone = visit(fullest, **PHONE).page
    phone.locator(".bd-header-article .primary-toggle").click()
    modal = phone.locator("#pst-primary-sidebar-modal")
    modal.wait_for(state="visible")
    assert modal.get_by_role("link", name="Activation").count() > 0
    phone.keyboard.press("Escape")
    modal.wait_for(state="hidden")


def test_code_can_be_copied(fullest, visit):
    page = visit(fullest).page
    cell = page.locator("div.cell_input").filter(visible=True).first
    cell.hover()
    button = cell.locator("button.copybtn")
    assert button.is_visible()
    page.evaluate(
        "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }"
    )
    button.click()
    page.wait_for_selector("button.copybtn.success")


def test_the_notebook_can_be_taken_away(chapter, site, visit):
    page = visit(chapter).page
    page.locator(".mlp-menu > summary").click()
    link = page.get_by_role("link", name="Notebook (.ipynb)")
    assert link.is_visible()
    assert (site / "_sources" / f"{chapter}.ipynb").is_file()
    assert link.get_attribute("href").endswith(f"_sources/{chapter}.ipynb")


def test_search_works_from_files(visit):
    seen = visit("index")
    page = seen.page
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input").fill("softplus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=softplus")
    found = page.locator("#search-results a[href*='chapters/activations.html']")
    found.first.wait_for()
    assert seen.complaints == []
    assert seen.blocked == []


def test_search_lists_a_page_once(visit):
    page = visit("search", query="saturated").page
    page.get_by_text("Search finished").wait_for()
    found = page.locator("#search-results li").all_inner_texts()
    assert found
    assert len(found) == len(set(found))
    assert str(len(found)) in page.get_by_text("Search finished").inner_text()


def test_a_page_of_exercises_says_how_it_is_opened(visit):
    page = visit("exercises/activations").page
    line = page.locator("h1 + p")
    assert "make lab" in line.inner_text()
    assert line.get_by_role("link", name="Download").get_attribute("href").endswith(".ipynb")
    asked = page.locator("div.cell", has_text="your answer here")
    elsewhere = page.locator("div.mlp-elsewhere .cell_input > p:first-child")
    boxes = page.locator("form.mlp-answer")
    assert elsewhere.count() + boxes.count() == asked.count() == 20
    elsewhere.get_by_role("link").first.click()
    assert page.url.endswith("#mlp-open")


def test_the_contents_mark_the_section_that_is_read(fullest, visit):
    """Down in leaps and up again, by the wheel: what is marked is the last heading passed."""
    page = visit(fullest).page
    page.mouse.move(600, 400)

    def after(leap, question):
        page.mouse.wheel(0, leap)
        page.wait_for_timeout(150)
        return page.evaluate(f"[{question}].flat()")

    marked = """[...document.querySelectorAll("#pst-page-toc-nav a.active")]
        .map(link => link.getAttribute("href"))"""
    last = """[...document.querySelectorAll("article h2, article h3")]
        .filter(heading => heading.getBoundingClientRect().top < 0.3 * innerHeight)
        .slice(-1).map(heading => "#" + heading.closest("section").id)"""
    for leap in (2500, 4000, 4000, -3000, -4000):
        found = after(leap, f"{marked}, {last}")
        assert found[:1] == found[1:]
    assert after(10**6, marked) == ["#exercises"]


def test_a_link_to_a_folded_box_opens_it(visit):
    page = visit("chapters/softmax").page
    page.get_by_role("link", name="how to read one").click()
    page.wait_for_url("**/notation.html#how-to-read-a-check")
    assert page.locator("#how-to-read-a-check").is_visible()


def test_the_hints_of_a_function_are_folded_under_it(visit):
    page = visit("exercises/activations").page
    folded = page.locator("details.mlp-hints")
    assert folded.count() == page.locator(".mlp-elsewhere").count() > 0
    folded.first.locator("summary").focus()
    page.keyboard.press("Enter")
    hints = set_text(load("activations").folder, "activations", "en").exercises["i"].hints
    assert hints[0] in folded.first.locator("li").first.inner_text()
    folded.first.locator("a").click()
    assert "/solutions/activations.html#i-" in page.url
