"""The explorer as a reader meets it: keyboard, no kernel, no network, scripts or none, paper."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from mlplib.palette import DARK, LIGHT
from mlplib.viz import INK, Control, explorer, figure, palette_css, plot, show

X = np.linspace(-2, 2, 81)


def line(slope: float):
    fig, ax = figure(height=2.0)
    plot(ax, X, slope * X, "line")
    ax.set(ylim=(-4, 4))
    return fig


def ball(steps: int, rate: float):
    fig, ax = figure(height=2.0)
    ax.plot([(1 - rate) ** steps], [0], "o", color=INK)
    ax.set(xlim=(-1, 1))
    return fig


ONE = explorer(
    line,
    describe=lambda slope: f"The slope is {slope} & no more.",
    label="A line",
    start={"slope": 1},
    slope=Control([-1, 0, 1, 2], label="slope s"),
)
TWO = explorer(
    ball,
    describe=lambda steps, rate: f"{steps} steps at {rate}.",
    label="A ball",
    steps=[0, 1, 2],
    rate=[0.5, 1.5],
)

NAMED = explorer(
    lambda sign, size: line(size if sign == "up" else -size),
    describe=lambda sign, size: f"{size} {sign}.",
    label="Names",
    start={"sign": "down"},
    sign=Control(["up", "down"], "direction", str.title),
    size=[1, 2],
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with three explorers and a picture, as a file."""
    picture = show(line(2), alt="A steep line.")
    page: Path = tmp_path_factory.mktemp("explorer") / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Page</title>'
        f"<style>{palette_css()}body{{margin:16px}}</style>"
        f"{picture.svg}{ONE.html}{TWO.html}{NAMED.html}"
        # What the theme does around an output, in the dark.
        "<style>html[data-theme=dark] .bd-content div.cell_output "
        ".text_html:not(:has(table.dataframe)){background-color:white;color:black}</style>"
        f'<div class="bd-content"><div class="cell_output"><div class="text_html">{picture.svg}',
        encoding="utf-8",
    )
    return page.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page on a telephone; any complaint, or request beyond the file itself, is a failure."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def only_the_file(route: Route) -> None:
        if route.request.url != address:
            complaints.append(f"asked for {route.request.url}")
        route.continue_()

    page.route("**/*", only_the_file)
    page.goto(address)
    yield page
    context.close()
    assert complaints == []


def drawn(explorer: Locator) -> str:
    return explorer.locator("svg > g").inner_html()


def test_one_slider_steps_through_the_frames_by_keyboard(page: Page):
    figure = page.get_by_role("figure", name="A line")
    slider = figure.get_by_role("slider", name="slope s")
    reading = figure.locator(".mlp-reading")
    expect(reading).to_have_text("The slope is 1 & no more.")
    page.keyboard.press("Tab")
    expect(slider).to_be_focused()
    seen = {1: drawn(figure)}
    for key, slope in [
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("Home", -1),
        ("ArrowUp", 0),
        ("End", 2),
    ]:
        page.keyboard.press(key)
        words = f"The slope is {slope} & no more.".replace("-", "−")
        expect(reading).to_have_text(words)
        expect(figure.get_by_role("img")).to_have_accessible_name(f"Picture: A line. {words}")
        expect(slider).to_have_attribute("aria-valuetext", str(slope).replace("-", "−"))
        expect(figure.locator("output")).to_have_text(str(slope).replace("-", "−"))
        assert seen.setdefault(slope, drawn(figure)) == drawn(figure)
    assert len(set(seen.values())) == 4


def test_two_sliders_combine_and_leave_the_other_explorer_alone(page: Page):
    other = drawn(page.get_by_role("figure", name="A line"))
    figure = page.get_by_role("figure", name="A ball")
    figure.get_by_role("slider", name="steps").press("End")
    figure.get_by_role("slider", name="rate").press("ArrowRight")
    expect(figure.locator(".mlp-reading")).to_have_text("2 steps at 1.5.")
    figure.get_by_role("slider", name="steps").press("ArrowLeft")
    expect(figure.locator(".mlp-reading")).to_have_text("1 steps at 1.5.")
    assert drawn(page.get_by_role("figure", name="A line")) == other


def test_names_are_all_in_sight_and_chosen_by_arrows(page: Page):
    figure = page.get_by_role("figure", name="Names")
    group = figure.get_by_role("group", name="direction")
    up, down = group.get_by_role("radio", name="Up"), group.get_by_role("radio", name="Down")
    expect(up).to_be_visible()
    expect(down).to_be_checked()
    before = drawn(figure)
    down.press("ArrowUp")
    expect(up).to_be_checked()
    expect(up).to_be_focused()
    expect(figure.locator(".mlp-reading")).to_have_text("1 up.")
    assert drawn(figure) != before
    figure.get_by_role("slider").press("End")
    expect(figure.locator(".mlp-reading")).to_have_text("2 up.")
    group.get_by_text("Down").click()
    expect(figure.locator(".mlp-reading")).to_have_text("2 down.")
    for label in group.locator("label").all():
        box = label.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_every_frame_is_really_painted(page: Page):
    figure = page.get_by_role("figure", name="A line")
    slider = figure.get_by_role("slider")
    slider.press("Home")
    pictures = []
    for _ in range(4):
        pictures.append(figure.get_by_role("img").screenshot())
        slider.press("ArrowRight")
        uses = figure.locator("svg use")
        assert uses.count() > 10
        assert uses.evaluate_all("all => all.every(use => use.getBBox().height > 0)")
    assert len(set(pictures)) == 4


def test_changes_are_announced_and_easy_to_touch(page: Page):
    expect(page.locator(".mlp-reading").first).to_have_attribute("aria-live", "polite")
    for slider in page.get_by_role("slider").all():
        box = slider.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 140
    page.keyboard.press("Tab")
    outline = page.locator("input:focus-visible").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"


def test_the_page_of_a_telephone_does_not_scroll_sideways(page: Page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.get_by_role("img").first.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(358, abs=1)


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_colours_follow_the_theme(page: Page, theme: str, colours: dict[str, str]):
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    curve = page.locator("svg path[style*='--mlp-blue,']").first
    channels = [int(colours["blue"][i : i + 2], 16) for i in (1, 3, 5)]
    expect(curve).to_have_css("stroke", f"rgb({', '.join(map(str, channels))})")
    page.evaluate("document.body.style.color = 'rgb(1, 2, 3)'")
    axis = page.locator("svg path[style*='currentColor']").first
    expect(axis).to_have_css("stroke", "rgb(1, 2, 3)")


def test_a_picture_lies_on_the_dark_page_itself(page: Page):
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.evaluate("document.body.style.color = 'rgb(1, 2, 3)'")
    sheet = page.locator(".text_html")
    expect(sheet).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(sheet).to_have_css("color", "rgb(1, 2, 3)")


def test_paper_shows_a_still_picture_in_the_colours_of_paper(page: Page):
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    figure = page.get_by_role("figure", name="A line")
    expect(figure.locator("input")).to_be_hidden()
    expect(figure.locator("svg")).to_be_visible()
    expect(figure.locator(".mlp-reading")).to_have_text("The slope is 1 & no more.")
    expect(figure.locator("output")).to_be_visible()
    curve = figure.locator("path[style*='--mlp-blue,']").first
    expect(curve).to_have_css("stroke", "rgb(0, 114, 178)")
    names_show_only_the_chosen_one(page)


def test_without_scripts_the_start_stays_and_its_controls_are_gone(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    figure = page.locator("figure").first
    expect(figure.locator("svg")).to_be_visible()
    expect(figure.locator(".mlp-reading")).to_have_text("The slope is 1 & no more.")
    expect(figure.locator("input")).to_be_hidden()
    expect(figure.locator("output")).to_have_text("1")
    names_show_only_the_chosen_one(page)
    context.close()


def names_show_only_the_chosen_one(page: Page) -> None:
    group = page.locator("figure[aria-label=Names] fieldset")
    expect(group.get_by_text("direction")).to_be_visible()
    expect(group.get_by_text("Down")).to_be_visible()
    expect(group.get_by_text("Up")).to_be_hidden()
    expect(group.locator("input").first).to_be_hidden()
    expect(group.locator("input").last).to_be_hidden()


def test_a_second_run_of_the_script_changes_nothing(page: Page):
    listeners = page.evaluate("""() => {
        let count = 0;
        HTMLElement.prototype.addEventListener = () => { count += 1; };
        const old = document.querySelector("figure.mlp-explorer > script:last-child");
        const again = document.createElement("script");
        again.textContent = old.textContent;
        document.body.append(again);
        return count;
    }""")
    assert listeners == 0
    figure = page.get_by_role("figure", name="A line")
    figure.get_by_role("slider").press("ArrowRight")
    expect(figure.locator(".mlp-reading")).to_have_text("The slope is 2 & no more.")
