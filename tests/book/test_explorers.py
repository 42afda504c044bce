"""The explorers of the pages, moved by keyboard: in one page of each chapter, looks first."""


def test_a_chapter_has_figures_and_explorers(chapter, view):
    page = view(chapter).page
    assert page.locator("figure figcaption .caption-number").count() >= 4
    assert page.locator(".mlp-explorer").count() >= 3


def test_a_reading_takes_no_more_room_than_it_needs(chapter, view):
    page = view(chapter).page
    for reading in page.locator(".mlp-reading").all():
        assert reading.evaluate("it => it.clientHeight") < 80
        gap = reading.evaluate(
            """it => it.closest("figure:has(> figcaption)").querySelector("figcaption")
                .getBoundingClientRect().top
                - it.closest(".mlp-explorer").getBoundingClientRect().bottom"""
        )
        assert gap < 24


def test_an_explorer_speaks_once(chapter, view):
    page = view(chapter).page
    for explorer in page.locator(".mlp-explorer").all():
        assert explorer.locator("[aria-live=polite]").count() == 1
        outputs = explorer.locator("output")
        assert outputs.evaluate_all("all => all.every(it => it.ariaLive === 'off')")
        name = explorer.locator("svg.mlp-picture").get_attribute("aria-label")
        assert name.startswith(f"Picture: {explorer.get_attribute('aria-label')}. ")


def test_an_explorer_is_reached_by_tab_alone(chapter, view):
    page = view(chapter).page
    page.locator(".mlp-explorer").first.evaluate(
        """figure => {
            const before = document.createElement("button");
            before.className = "mlp-before";
            figure.before(before);
            before.focus();
        }"""
    )
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.closest('.mlp-explorer') !== null")
    assert reached
    page.evaluate("document.querySelector('button.mlp-before').remove()")


def test_sliders_obey_the_keyboard(chapter, view):
    seen = view(chapter)
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


def test_names_are_chosen_by_keyboard(chapter, view):
    seen = view(chapter)
    for group in seen.page.locator(".mlp-explorer fieldset").all():
        explorer = group.locator("xpath=ancestor::figure[contains(@class, 'mlp-explorer')]")
        count, readings = group.locator("input").count(), set()
        for _ in range(count):
            readings.add(explorer.locator(".mlp-reading").inner_text())
            group.locator("input:checked").press("ArrowDown")
        assert len(readings) == count > 1
    assert seen.complaints == []


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
