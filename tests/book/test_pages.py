"""The pages as a reader meets them: Chromium, from files, with no network."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 390, "height": 844}
WIDTHS = "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"


@pytest.fixture(params=["light", "dark"])
def colours(request):
    return request.param


def test_opens_without_a_complaint_and_asks_nobody_else(page_name, colours, visit):
    seen = visit(page_name, colours=colours)
    assert seen.page.locator("article h1").count() == 1
    assert seen.complaints == []
    assert seen.blocked == []


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_needs_no_sideways_scrolling(page_name, width, visit):
    page = visit(page_name, width=width, height=844).page
    width, room = page.evaluate(WIDTHS)
    assert width <= room


def test_every_picture_has_a_name(page_name, visit):
    page = visit(page_name).page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("svg.mlp-picture, article img")]
            .filter(it => !(it.getAttribute("aria-label") || it.getAttribute("alt") || "").trim())
            .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert nameless == []


def test_a_chapter_has_figures_and_explorers(chapter, visit):
    page = visit(chapter).page
    assert page.locator("figure figcaption .caption-number").count() >= 4
    assert page.locator(".mlp-explorer").count() >= 3


def test_sliders_obey_the_keyboard(chapter, visit):
    seen = visit(chapter)
    controls = seen.page.locator(".mlp-explorer input[type=range]")
    assert controls.count() > 0
    for control in controls.all():
        explorer = control.locator("xpath=ancestor::figure[contains(@class, 'mlp-explorer')]")
        picture, reading = explorer.locator("svg.mlp-picture"), explorer.locator(".mlp-reading")

        def face(picture=picture, reading=reading):
            return picture.inner_html(), reading.inner_text()

        last = int(control.get_attribute("max"))
        faces = []
        for key, value in [("Home", 0), ("ArrowRight", 1), ("End", last), ("Home", 0)]:
            control.press(key)
            assert int(control.input_value()) == value
            faces.append(face())
        home, right, end, back = faces
        assert home == back
        for one, other in [(home, right), (home, end)]:
            assert one[0] != other[0], "the picture stands still"
            assert one[1] != other[1], "the reading stands still"
    assert seen.complaints == []


def test_names_are_chosen_by_keyboard(chapter, visit):
    seen = visit(chapter)
    for group in seen.page.locator(".mlp-explorer fieldset").all():
        explorer = group.locator("xpath=ancestor::figure[contains(@class, 'mlp-explorer')]")
        count, readings = group.locator("input").count(), set()
        for _ in range(count):
            readings.add(explorer.locator(".mlp-reading").inner_text())
            group.locator("input:checked").press("ArrowDown")
        assert len(readings) == count > 1
    assert seen.complaints == []


def test_the_tab_key_passes_over_formulas_in_a_line(page_name, visit):
    page = visit(page_name, **PHONE).page
    scrolling = page.locator("span.math, span.math *").evaluate_all(
        """all => all.filter(it => it.scrollWidth > it.clientWidth
            && ["auto", "scroll"].includes(getComputedStyle(it).overflowX)).length"""
    )
    assert scrolling == 0


def test_all_begins_at_one_left_edge(chapter, visit):
    """Text, pictures, controls, readings, captions, tables and code share the column's edge."""
    page = visit(chapter).page
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


def test_a_wide_screen_has_captions_in_its_margin(chapter, visit):
    page = visit(chapter, width=1700).page
    column = page.locator("article h1").bounding_box()
    for caption in page.locator("figure > figcaption").all():
        box = caption.bounding_box()
        picture = caption.locator("xpath=..").locator("svg.mlp-picture").first.bounding_box()
        assert box["x"] > column["x"] + 600
        assert abs(box["y"] - picture["y"]) < 60
    width, room = page.evaluate(WIDTHS)
    assert width <= room


def test_there_is_one_colour_for_links(chapter, visit):
    page = visit(chapter).page
    colours = page.locator("article a:not(.mlp-checked-mark, .headerlink)").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).color))]"
    )
    assert len(colours) == 1


def test_a_reading_takes_no_more_room_than_it_needs(chapter, visit):
    page = visit(chapter).page
    for reading in page.locator(".mlp-reading").all():
        assert reading.evaluate("it => it.clientHeight") < 80
        gap = reading.evaluate(
            """it => it.closest("figure:has(> figcaption)").querySelector("figcaption")
                .getBoundingClientRect().top
                - it.closest(".mlp-explorer").getBoundingClientRect().bottom"""
        )
        assert gap < 24


def test_lines_that_go_on_beyond_the_edge_say_so(chapter, visit):
    page = visit(chapter, **PHONE).page
    page.evaluate("document.querySelectorAll('article details').forEach(it => { it.open = true })")
    long = page.locator("div.cell_input pre").evaluate_all(
        """all => all.filter(it => it.scrollWidth > it.clientWidth)
            .map(it => getComputedStyle(it).backgroundAttachment)"""
    )
    assert long
    assert set(long) == {"local, local, scroll, scroll"}


def test_text_is_set_in_the_face_of_the_book(page_name, visit):
    """Every letter of the prose is in the face, so that no word changes its look half way."""
    page = visit(page_name).page
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


def drawn_letters():
    """What all three cuts can draw, and the signs that have a file of their own."""
    fonts = ROOT / "book" / "static" / "fonts"
    cuts = [set(TTFont(file).getBestCmap()) for file in sorted(fonts.glob("*text-*.woff2"))]
    signs = set(TTFont(fonts / "stix-two-signs.woff2").getBestCmap())
    superscripts = set("ᵀᴸ")  # docstrings write a transpose so, and no face draws it
    return {chr(point) for point in set.intersection(*cuts) | signs} | superscripts


def test_the_face_draws_the_signs_that_its_stylesheet_asks_it_for():
    css = (ROOT / "book" / "static" / "page.css").read_text(encoding="utf-8")
    asked = set()
    for span in re.findall(r"U\+([0-9A-F]+(?:-[0-9A-F]+)?)", css):
        first, _, last = span.partition("-")
        asked |= set(range(int(first, 16), int(last or first, 16) + 1))
    signs = TTFont(ROOT / "book" / "static" / "fonts" / "stix-two-signs.woff2").getBestCmap()
    assert asked
    assert asked <= set(signs)


def test_paper_has_the_number_of_the_chapter_and_no_invitations(chapter, visit):
    page = visit(chapter).page
    title = page.locator("article h1").inner_text()
    page.emulate_media(media="print")
    assert page.locator("h1").filter(visible=True).count() == 1
    assert page.locator("article h1").filter(visible=True).inner_text().strip("#") == title.strip(
        "#"
    )
    assert re.match(r"\d+\. ", title)
    assert page.locator(".mlp-try").count() > 0
    assert page.locator(".mlp-try").filter(visible=True).count() == 0


def test_no_page_of_paper_is_left_a_quarter_empty(chapter, visit, tmp_path):
    """What cannot break is low: with its caption beside it, less than a third of a page."""
    page = visit(chapter, width=643).page
    page.emulate_media(media="print")
    tall = page.locator("figure:has(> figcaption)").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().height)"
    )
    assert max(tall) < 986 / 3  # A4 without its margins of 18 mm


def test_paper_is_black_on_white_and_has_no_folded_code(chapter, visit):
    page = visit(chapter, colours="dark").page
    page.emulate_media(media="print")
    assert page.locator("details.mlp-code, details.hide").filter(visible=True).count() == 0
    ink = page.locator("article p, article h2, article pre").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).color))]"
    )
    brightest = max(max(map(int, colour[4:-1].split(","))) for colour in ink)
    assert brightest < 180, ink


def test_an_explorer_is_reached_by_tab_alone(chapter, visit):
    page = visit(chapter).page
    page.locator(".mlp-explorer").first.evaluate(
        """figure => {
            const before = document.createElement("button");
            figure.before(before);
            before.focus();
        }"""
    )
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.closest('.mlp-explorer') !== null")
    assert reached


def test_the_switch_goes_from_light_to_dark_and_the_choice_is_kept(chapter, visit):
    seen = visit(chapter)
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


def test_icons_are_drawn_without_the_icon_font(chapter, visit):
    page = visit(chapter).page
    undrawn = page.evaluate(
        """() => [...document.querySelectorAll('[class*="fa-"]')]
            .filter(it => !getComputedStyle(it).maskImage.startsWith("url("))
            .map(it => it.outerHTML)"""
    )
    assert page.locator('[class*="fa-"]').count() > 0
    assert undrawn == []


def test_the_sidebar_can_be_put_away_and_opened_on_a_phone(chapter, visit):
    page = visit(chapter).page
    sidebar = page.locator("#pst-primary-sidebar")
    assert sidebar.is_visible()
    page.locator(".primary-toggle").last.click()
    sidebar.wait_for(state="hidden")
    phone = visit(chapter, **PHONE).page
    phone.locator(".bd-header-article .primary-toggle").click()
    modal = phone.locator("#pst-primary-sidebar-modal")
    modal.wait_for(state="visible")
    assert modal.get_by_role("link", name="Activation").count() > 0
    phone.keyboard.press("Escape")
    modal.wait_for(state="hidden")


def test_code_can_be_copied(chapter, visit):
    page = visit(chapter).page
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
    labels = asked.locator(".cell_input > p:first-child").all_inner_texts()
    assert len(labels) == asked.count()
    assert set(labels) == {"In the notebook"}


def test_the_landing_page_shows_what_moves_and_leads_to_every_chapter(page_names, visit):
    page = visit("index").page
    titles = page.locator("body :text-is('The Mathematics of Backpropagation'):visible")
    assert titles.and_(page.locator(":not(.visually-hidden)")).count() == 1
    slider = page.locator(".mlp-explorer input[type=range]")
    picture = page.locator(".mlp-explorer svg.mlp-picture")
    before = picture.inner_html()
    slider.press("ArrowRight")
    assert picture.inner_html() != before
    listed = page.locator("ol.mlp-contents > li")
    chapters = [name for name in page_names if name.startswith("chapters/")]
    links = listed.locator("p > a").evaluate_all("all => all.map(it => it.getAttribute('href'))")
    assert [link for link in links if link.startswith("chapters/")] == [
        f"{name}.html" for name in chapters
    ]
    assert all(text.endswith("?") for text in listed.locator(".mlp-question").all_inner_texts())
    assert listed.first.bounding_box()["y"] < 2 * 900


def test_a_link_to_a_folded_box_opens_it(visit):
    page = visit("chapters/softmax").page
    page.get_by_role("link", name="how to read one").click()
    page.wait_for_url("**/activations.html#how-to-read-a-check")
    assert page.locator("#how-to-read-a-check").is_visible()


def test_an_exercise_page_offers_hints_without_a_kernel(visit):
    page = visit("exercises/activations").page
    folded = page.locator("details.mlp-hints")
    assert folded.count() == page.locator("h3").count() == 20
    folded.first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "chain rule" in folded.first.locator("li").first.inner_text()
    folded.first.locator("a").click()
    assert page.url.endswith("solutions/activations.html#a-the-slope-from-the-value")
