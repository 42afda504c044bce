"""A check is a tick at its formula; a refuted claim stands in the box of its pitfall."""

import re

import pytest

NAME = re.compile(r"Equation \(\d+\.\d+\): how it was checked")


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def width(request):
    return request.param


def test_the_tick_is_all_there_is_to_see_of_a_check(chapter, width, view):
    page = view(chapter, width=width).page
    checks = page.locator("details.mlp-check")
    assert checks.locator(".mlp-check-panel").filter(visible=True).count() == 0
    for name in checks.locator("summary .visually-hidden").all_text_contents():
        assert NAME.fullmatch(name)
    seen = checks.locator("summary").filter(visible=True)  # one may stand in a fold
    sizes = seen.evaluate_all(
        "all => all.map(it => it.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert min(map(min, sizes)) >= 24
    assert page.locator("div.cell", has_text="verify(").count() == 0


def test_each_tick_names_the_equation_it_stands_at(chapter, view):
    page = view(chapter, width=1280).page
    pairs = page.locator(".mlp-checked").evaluate_all(
        """boxes => boxes.map(box => [box.querySelector(".eqno").textContent.replace("#", ""),
            box.querySelector("summary").textContent])"""
    )
    assert len(pairs) > 5
    assert all(number in name for number, name in pairs)
    assert len({name for _, name in pairs}) == len(pairs)


def test_a_tick_opens_its_check_right_below_the_formula(chapter, width, view):
    page = view(chapter, width=width).page
    formula = page.locator(".mlp-checked").nth(1)
    panel, summary = formula.locator(".mlp-check-panel"), formula.locator("summary")
    before = formula.locator("div.math").first.bounding_box()
    summary.click()
    after = formula.locator("div.math").first.bounding_box()
    assert panel.is_visible()
    assert before["height"] == after["height"], "the formula moves when its check opens"
    gap = panel.bounding_box()["y"] - (after["y"] + after["height"])
    assert 0 <= gap < 40
    assert panel.bounding_box()["width"] > 0.95 * formula.bounding_box()["width"]
    facts = panel.locator("dl").inner_text()
    assert "compared" in facts
    assert re.search(r"\d+ inputs", facts)
    assert "largest error" in facts
    assert "verify(" in panel.locator("pre").inner_text()
    assert panel.locator("pre .s2, pre .mi, pre .o").count() > 0, "the code is not highlighted"
    room, wide = page.evaluate("[innerWidth, document.scrollingElement.scrollWidth]")
    assert wide <= room
    summary.click()
    assert panel.is_hidden()


def test_a_tick_obeys_the_keyboard(fullest, visit):
    page = visit(fullest).page
    check = page.locator("details.mlp-check").first
    check.locator("summary").focus()
    page.keyboard.press("Enter")
    assert check.locator(".mlp-check-panel").is_visible()
    page.keyboard.press("Space")
    assert check.locator(".mlp-check-panel").is_hidden()


def test_nothing_inside_a_button_is_one(page_name, site):
    text = (site / f"{page_name}.html").read_text(encoding="utf-8")
    article = text[text.index("<article") : text.index("</article>")]
    for summary in re.findall(r"<summary.*?</summary>", article, re.S):
        assert not re.search(r"<(a|button|input)\b", summary), summary


def test_a_check_opens_without_a_script(fullest, browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / f"{fullest}.html").as_uri())
    check = page.locator("details.mlp-check").first
    check.locator("summary").click()
    assert check.locator(".mlp-check-panel").is_visible()
    context.close()


def test_a_link_to_a_check_opens_it(fullest, visit, site):
    page = visit(fullest).page
    panel = page.locator(".mlp-check-panel").nth(3)
    name = panel.get_attribute("id")
    assert panel.is_hidden()
    page.goto(f"{(site / f'{fullest}.html').as_uri()}#{name}")
    panel.wait_for(state="visible")


def test_paper_shows_the_tick_and_nothing_more(fullest, visit):
    page = visit(fullest).page
    page.locator(".mlp-check > summary").first.click()
    page.emulate_media(media="print")
    assert page.locator(".mlp-check > summary").first.is_visible()
    assert page.locator(".mlp-check-panel").filter(visible=True).count() == 0
    room = page.locator(".mlp-checked").first.bounding_box()
    formula = page.locator(".mlp-checked div.math").first.bounding_box()
    assert room["height"] < formula["height"] + 20, "the folded check leaves a gap on paper"


def test_a_refutation_stands_in_the_box_of_its_pitfall(chapter, view):
    page = view(chapter, width=1280).page
    claims = page.locator(".mlp-refuted")
    assert claims.count() > 0
    boxes = page.locator("div.warning, details.sd-dropdown").locator(".mlp-refuted")
    assert boxes.count() == claims.count()
    slips = claims.locator(".mlp-slip")
    unset = slips.filter(has_not=page.locator(".mlp-formula mjx-container, .mlp-formula math"))
    assert unset.count() == 0
    for words in slips.all_text_contents():
        assert re.search(r"At .* it gives .*; the truth is ", words, re.S)
    repaired = page.locator(".mlp-repair").first
    assert re.search(r"olds on \d+ input", repaired.text_content())
    assert page.locator("div.cell", has_text="refute(").count() == 0


def test_the_code_of_a_refutation_is_folded_in_its_box(fullest, visit):
    page = visit(fullest).page
    fold = page.locator("div.warning .mlp-code").first
    assert fold.locator("pre").is_hidden()
    fold.locator("summary").click()
    assert "refute(" in fold.locator("pre").inner_text()


def test_a_refutation_fits_on_a_phone(chapter, view):
    page = view(chapter, width=390).page
    over = page.locator(".mlp-refuted, .mlp-refuted > div > p").evaluate_all(
        "all => all.filter(it => it.getBoundingClientRect().right > innerWidth).length"
    )
    assert over == 0


def test_folds_of_figures_are_told_apart_by_their_numbers(chapter, view):
    page = view(chapter, width=1280).page
    names = page.locator("div.cell:has(figure[id]) > .mlp-code > summary").all_text_contents()
    assert len(names) >= 4
    assert len(set(names)) == len(names)
    assert all(re.search(r", Figure \d+\.\d+$", name) for name in names)
