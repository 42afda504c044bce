"""The pages for readers who listen, who have no mouse, or who set the colours themselves."""

from pathlib import Path

import axe_playwright_python
import pytest

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Formulas are read by their MathML: what is painted is hidden from those who listen, and is a third
# of a chapter's elements. An empty box of the same size stands for it, so that axe need not walk
# through what it passes over; nor through lines of pictures, which are heard by their names, nor
# through MathML, which it takes for text.
UNPAINT = """() => {
    const painted = [...document.querySelectorAll("mjx-math")];
    const sizes = painted.map(it => it.getBoundingClientRect());
    painted.forEach((it, index) => {
        it.replaceChildren();
        it.style.display = "inline-block";
        it.style.width = `${sizes[index].width}px`;
        it.style.height = `${sizes[index].height}px`;
    });
    for (const math of document.querySelectorAll("mjx-container math"))
        math.textContent = math.textContent;
    document.querySelectorAll("svg.mlp-picture[role=img] :is(path, use, defs, clipPath)")
        .forEach(it => it.remove());
}"""
# Another third are the words of code, each in its colour: the same few colours on all pages.
UNCOLOUR = """() => {
    for (const code of document.querySelectorAll(".highlight pre"))
        code.textContent = code.textContent;
}"""
ONE_OF_EACH_KIND = [
    "index",
    "chapters/notation",
    "exercises/notation",
    "solutions/notation",
    "glossary",
    "references",
    "checks",
    "auditors",
    "api/functions",
]
# Text within the same kinds of elements has the same colours: axe looks at the first and the last
# of each kind, a hundred instead of thousands. What has a style of its own is of another kind.
FIRST_AND_LAST = """() => {
    const kinds = new Map(), numbers = new Map(), texts = new Map();
    for (const it of document.querySelectorAll("body, body *")) {
        const own = ["class", "style", "role", "type", "open"].map(name => it.getAttribute(name));
        const kind = JSON.stringify([kinds.get(it.parentElement), it.localName, ...own]);
        if (!numbers.has(kind)) numbers.set(kind, numbers.size);
        kinds.set(it, numbers.get(kind));
        if ([...it.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            texts.set(kind, [texts.get(kind)?.[0] ?? it, it]);
    }
    return [...new Set([...texts.values()].flat())];
}"""
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# axe does not know MathML for text, and takes a heading that is a formula for an empty one. A
# formula wider than the page scrolls in a box, which browsers make a stop of the tab key by
# themselves.
RUN = f"""async ofColours => {{
    const options = {{resultTypes: ["violations"], elementRef: true}};
    const off = Object.fromEntries(ofColours.map(rule => [rule, {{enabled: false}}]));
    const found = [
        await axe.run({{include: ({FIRST_AND_LAST})()}}, {{...options, runOnly: ofColours}}),
        await axe.run({{exclude: ["mjx-math"]}}, {{...options, rules: off}}),
    ];
    return found.flatMap(({{violations}}) => violations).flatMap(({{id, nodes}}) => nodes
        .filter(({{element}}) => id !== "empty-table-header" || !element.querySelector("math"))
        .filter(({{element}}) => id !== "scrollable-region-focusable"
            || !element.closest("mjx-container, div.math, .mlp-formula"))
        .slice(0, 3).map(({{html}}) => `${{id}}: ${{html.slice(0, 150)}}`));
}}"""
RUN_AGAIN = f"""async ofColours => {{
    const {{violations}} = await axe.run({{include: ({FIRST_AND_LAST})()}}, {{runOnly: ofColours}});
    return violations.map(({{id, nodes}}) => `${{id}}: ${{nodes[0].html.slice(0, 150)}}`);
}}"""
UNFOLD = "document.querySelectorAll('article details').forEach(fold => { fold.open = true })"
SEEN = """element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
}"""


def on_a_phone(name, visit):
    page = visit(name, width=390).page
    page.evaluate(UNCOLOUR)
    return violations(page)


def test_axe_finds_nothing_in_a_chapter_on_a_phone(chapter, visit):
    assert on_a_phone(chapter, visit) == []


@pytest.mark.parametrize("name", [n for n in ONE_OF_EACH_KIND if not n.startswith("chapters/")])
def test_axe_finds_nothing_on_a_phone(name, visit):
    assert on_a_phone(name, visit) == []


@pytest.mark.parametrize("name", [n for n in ONE_OF_EACH_KIND if n not in ("checks", "auditors")])
def test_axe_finds_nothing_on_a_wide_page(name, visit):
    """What is beside the text is the same for all pages of a kind; here code has its colours.

    The two long lists have beside them what the glossary has.
    """
    assert violations(visit(name).page) == []


def violations(page):
    """Everything in the light, with all folds open; in the dark what depends on colours."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(UNFOLD)
    page.evaluate(UNPAINT)
    page.evaluate(AXE)
    light = page.evaluate(RUN, OF_COLOURS)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    return light + page.evaluate(RUN_AGAIN, OF_COLOURS)


def test_icons_are_seen_in_forced_colours(fullest, visit):
    page = visit(fullest).page
    page.emulate_media(forced_colors="active")
    unseen = page.evaluate(
        f"""() => [...document.querySelectorAll('[class*="fa-"]')].filter({SEEN})
            .filter(it => getComputedStyle(it).backgroundColor
                === getComputedStyle(document.body).backgroundColor)
            .map(it => it.outerHTML)"""
    )
    assert unseen == []


def test_every_stop_of_the_tab_key_is_seen(fullest, visit):
    """The stops above the text: what has the focus looks other than it did without."""
    page = visit(fullest).page
    page.emulate_media(reduced_motion="reduce")
    invisible = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate_handle("document.activeElement")
        if page.evaluate("document.activeElement.closest('article') !== null"):
            break
        ring = page.evaluate(
            """() => {
                const drawn = it => {
                    const {outlineStyle, outlineWidth} = getComputedStyle(it);
                    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
                };
                const focused = document.activeElement;
                return [focused, ...focused.children].some(drawn);
            }"""
        )
        if not ring:
            invisible.append(stop.evaluate("it => it.outerHTML.slice(0, 120)"))
    else:
        pytest.fail("The article was not reached.")
    assert invisible == []


def test_the_menu_closes_by_escape_and_by_a_click_elsewhere(fullest, visit):
    page = visit(fullest).page
    menu = page.locator(".mlp-menu")
    summary = menu.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert summary.evaluate("it => it === document.activeElement")
    summary.click()
    assert menu.get_attribute("open") is not None
    page.locator("article h1").click()
    assert menu.get_attribute("open") is None
