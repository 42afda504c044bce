"""The pages as a reader meets them: Chromium, from files, with no network.

Whatever only looks at every page, or at every chapter, stands here, so that each is opened once and
laid out but a few times: at a desk in the light, in the dark, on a wide screen, on two phones.
"""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from mlplib.checks.messages import set_text
from mlplib.checks.session import load
from tests.book.test_accessibility import SEEN
from tests.book.test_text_face import drawn_letters

PHONE = {"width": 390}
WIDTHS = "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"


@pytest.fixture(params=["light", "dark"])
def colours(request):
    return request.param


def test_opens_without_a_complaint_and_asks_nobody_else(page_name, colours, view):
    """A page that is opened in the dark: tests/book/test_paper.py."""
    seen = view(page_name, colours=colours)
    assert seen.page.locator("article h1").count() == 1
    assert seen.complaints == []
    assert seen.blocked == []


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


def test_formulas_can_be_heard(page_name, view):
    page = view(page_name).page
    shown = page.locator("mjx-container").count()
    assert page.locator("mjx-container > mjx-assistive-mml > math").count() == shown
    assert page.locator("mjx-container > mjx-math[aria-hidden=true]").count() == shown


@pytest.fixture(scope="module")
def glyphs(site):
    """The letters of each face that formulas are painted with."""
    css = (site / "_static" / "formulas" / "formulas.css").read_text(encoding="utf-8")
    return {
        family: set(TTFont(BytesIO(b64decode(file))).getBestCmap())
        for family, file in re.findall(r"font-family:(\w[\w-]*);.*?base64,([^)]*)\)", css)
    }


def test_every_character_has_a_rule_and_a_glyph(page_name, view, glyphs):
    page = view(page_name).page
    drawn = page.evaluate(
        """() => {
            const drawn = [...document.querySelectorAll("mjx-c")].map(it => {
                const style = getComputedStyle(it, "::before");
                return JSON.stringify([it.className, style.content, style.fontFamily]);
            });
            return [...new Set(drawn)].map(it => JSON.parse(it));
        }"""
    )
    assert drawn or not page_name.startswith("chapters/")
    for classes, content, families in drawn:
        assert re.fullmatch(r'"(.*)"', content), f"no rule draws {classes}"
        for character in re.sub(r"\\(.)", r"\1", content[1:-1]).strip():
            fonts = [glyphs.get(family.strip(' "'), set()) for family in families.split(",")]
            assert any(ord(character) in font for font in fonts), (classes, character, families)


FOLDS = """() => [...document.querySelectorAll("div.cell > details.mlp-code")].map(fold => {
    const above = fold.previousElementSibling;
    const made = kind => above?.querySelector(kind);
    return {
        under: made(".mlp-explorer") ? "explorer"
            : made("figure, svg.mlp-picture") ? "figure" : above ? "output" : "nothing",
        name: fold.querySelector("summary").innerText,
        isBelow: !above
            || fold.getBoundingClientRect().y >= above.getBoundingClientRect().y,
        isOpen: fold.querySelector("pre").checkVisibility(),
    };
})"""


def test_code_folds_under_what_it_made_and_is_called_so(page_name, view):
    page = view(page_name).page
    folds = page.evaluate(FOLDS)
    assert folds or not page_name.startswith("chapters/")
    for fold in folds:
        if fold["under"] == "output":
            assert fold["name"] == "Code of this output"
        elif fold["under"] != "nothing":
            assert fold["name"].startswith(f"Code of this {fold['under']}")
        assert fold["isBelow"]
        assert not fold["isOpen"]
    unnamed = page.locator("article summary[aria-label]").evaluate_all(
        "all => all.filter(it => !it.textContent.includes(it.ariaLabel)).length"
    )
    assert unnamed == 0


def test_every_letter_that_a_picture_uses_is_on_the_page(chapter, view):
    page = view(chapter).page
    uses = page.locator("article use")
    lost = uses.evaluate_all(
        "all => all.filter(it => !document.querySelector(it.getAttribute('href'))).length"
    )
    assert lost == 0
    seen = uses.evaluate_all("all => all.filter(it => it.getBoundingClientRect().width > 0).length")
    assert seen > 100


def test_every_button_for_copying_says_which_formula_it_copies(chapter, view):
    page = view(chapter).page
    names = page.locator(".mlp-copy").evaluate_all("all => all.map(it => it.ariaLabel)")
    assert len(names) == page.locator("div.math").count() > 10
    numbered = [name for name in names if "(" in name]
    assert len(numbered) == len(set(numbered)) > 5


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


def test_there_is_one_colour_for_links(chapter, view):
    page = view(chapter).page
    colours = page.locator("article a:not(.mlp-checked-mark, .headerlink)").evaluate_all(
        "all => [...new Set(all.map(it => getComputedStyle(it).color))]"
    )
    assert len(colours) == 1


def test_icons_are_drawn_without_the_icon_font(chapter, view):
    page = view(chapter).page
    undrawn = page.evaluate(
        """() => [...document.querySelectorAll('[class*="fa-"]')]
            .filter(it => !getComputedStyle(it).maskImage.startsWith("url("))
            .map(it => it.outerHTML)"""
    )
    assert page.locator('[class*="fa-"]').count() > 0
    assert undrawn == []


def test_the_notebook_can_be_taken_away(chapter, site, view):
    page = view(chapter).page
    page.locator(".mlp-menu > summary").click()
    link = page.get_by_role("link", name="Notebook (.ipynb)")
    assert link.is_visible()
    assert (site / "_sources" / f"{chapter}.ipynb").is_file()
    assert link.get_attribute("href").endswith(f"_sources/{chapter}.ipynb")
    page.locator(".mlp-menu > summary").click()


def test_nothing_moves_for_those_who_ask_for_it(chapter, view):
    page = view(chapter, motion="reduce").page
    moving = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter(it => parseFloat(getComputedStyle(it).transitionDuration) > 0
                || parseFloat(getComputedStyle(it).animationDuration) > 0)
            .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert moving == []


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


# On a phone


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


def test_lines_that_go_on_beyond_the_edge_say_so(chapter, view):
    page = view(chapter, **PHONE).page
    long = page.evaluate(
        """() => {
            const folds = [...document.querySelectorAll("article details:not([open])")];
            folds.forEach(fold => { fold.open = true });
            const long = [...document.querySelectorAll("div.cell_input pre")]
                .filter(it => it.scrollWidth > it.clientWidth)
                .map(it => getComputedStyle(it).backgroundAttachment);
            folds.forEach(fold => { fold.open = false });
            return long;
        }"""
    )
    assert long
    assert set(long) == {"local, local, scroll, scroll"}


def test_the_tab_key_passes_over_formulas_in_a_line(page_name, view):
    page = view(page_name, **PHONE).page
    scrolling = page.locator("span.math, span.math *").evaluate_all(
        """all => all.filter(it => it.scrollWidth > it.clientWidth
            && ["auto", "scroll"].includes(getComputedStyle(it).overflowX)).length"""
    )
    assert scrolling == 0


def test_a_finger_hits_what_it_aims_at(page_name, view):
    """24 px each way, as WCAG 2.2 asks; links in a line of text are as high as the line."""
    page = view(page_name, width=390).page
    small = page.evaluate(
        f"""() => [...document.querySelectorAll(
                "button, summary, a.btn, a.headerlink, .mlp-checked-mark, input, fieldset label")]
            .filter({SEEN})
            .filter(it => !it.matches("label *") && !it.matches(".copybtn"))
            .map(it => [it.outerHTML.slice(0, 100), it.getBoundingClientRect()])
            .filter(([, box]) => box.width < 23.5 || box.height < 23.5)
            .map(([html, box]) => `${{html}} ${{box.width}} x ${{box.height}}`)"""
    )
    assert small == []


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_needs_no_sideways_scrolling(page_name, width, view):
    page = view(page_name, width=width).page
    width, room = page.evaluate(WIDTHS)
    assert width <= room


# What is done on a page


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


@pytest.mark.parametrize("made_by_sphinx", ["genindex", "search"])
def test_a_phone_shows_the_pages_that_nobody_wrote_whole(made_by_sphinx, view):
    width, room = view(made_by_sphinx, **PHONE).page.evaluate(WIDTHS)
    assert width <= room
