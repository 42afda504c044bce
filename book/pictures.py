"""`python -m book.pictures`: take the two pictures of the built book that are kept as files.

`book/page.png` stands in the README, `book/static/card.png` is what a messenger shows for a link.
Take them anew when the look of the pages has changed; a build uses them as they are.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.conftest import ARGUMENTS, find_browser

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
CARD = """() => {
    const title = document.querySelector("h1").firstChild.data;
    const picture = document.querySelector(".mlp-explorer svg.mlp-picture").outerHTML;
    const mark = document.querySelector(".mlp-mark").outerHTML;
    document.body.innerHTML = `<div class="bd-article" style="display: grid; font-size: 2rem;
        grid-template-columns: 1fr 30rem; gap: 3rem; align-items: center; height: 100vh;
        padding: 0 4.5rem">
        <div>${mark}<p style="font-size: 4.2rem; font-weight: 600; line-height: 1.12;
        margin: 2rem 0">${title}</p><p>Every numbered result has been run.</p></div>
        ${picture}</div>`;
    const image = document.querySelector(".mlp-mark");
    image.style.width = image.style.height = "6rem";
}"""

# The page is shown where a checked formula stands nearest above an explorer.
PLACE = """() => {
    const top = it => it.getBoundingClientRect().top;
    const explorers = [...document.querySelectorAll("figure:has(.mlp-explorer)")].map(top);
    const [, best] = [...document.querySelectorAll(".mlp-checked")].flatMap(formula => explorers
        .map(explorer => [explorer - top(formula), formula]).filter(([below]) => below > 0))
        .sort(([one], [other]) => one - other)[0];
    scrollBy(0, top(best) - 90);
}"""


def keep(shot: bytes, target: Path) -> None:
    """Write a picture with 128 colours: letters and lines need no more."""
    image = Image.open(BytesIO(shot)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    image.save(target, optimize=True)
    print(f"{target.stat().st_size:7d}  {target.relative_to(ROOT)}")


def settle(page: Page, name: str) -> None:
    page.goto((SITE / f"{name}.html").as_uri())
    page.evaluate("async () => { if (window.MathJax) await MathJax.startup.promise }")
    page.evaluate("async () => { await document.fonts.ready }")


def main() -> None:
    with sync_playwright() as playwright:
        executable = find_browser(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        settle(page, "index")
        page.evaluate(CARD)
        keep(page.screenshot(), ROOT / "book" / "static" / "card.png")
        page = browser.new_page(viewport={"width": 1160, "height": 720})
        settle(page, "chapters/activations")
        page.evaluate(PLACE)
        page.wait_for_timeout(500)
        keep(page.screenshot(), ROOT / "book" / "page.png")
        browser.close()


if __name__ == "__main__":
    main()
