"""The built site and a Chromium without network, for every test that looks at pages."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sphinx_external_toc.parsing import parse_toc_yaml

from mlplib.checks.outcome import Outcome, Status
from mlplib.checks.session import Practice
from tests.parity import NUMERIC, disagreement, means_the_same, typed_out

ROOT = Path(__file__).resolve().parent.parent
# The shell has no windows to manage: it takes about 60 % of the time of the whole browser.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",  # or letters of the shell are as wide as whole pixels
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test with the argument `page_name` for every page, with `chapter` for every chapter.

    As parameters of a module, they bring all its tests of a page together: see `view`.
    """
    pages = names_of_pages()
    if "page_names" in metafunc.fixturenames:
        metafunc.parametrize("page_names", [pages], ids=["_toc.yml"])
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", pages, scope="module")
    if "chapter" in metafunc.fixturenames:
        chapters = [name for name in pages if name.startswith("chapters/")]
        metafunc.parametrize("chapter", chapters, scope="module")


@cache
def names_of_pages() -> list[str]:
    toc = parse_toc_yaml(ROOT / "_toc.yml")
    return [name.removesuffix(".md").removesuffix(".ipynb") for name in toc]


@pytest.fixture(autouse=True)
def both_engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold the script of the pages to Python: each text that any test answers goes through both.

    Numbers, lists, arrays and dictionaries are typed out, where a question asks for such.
    """
    differences: list[str] = []
    check = Practice.check

    def listened(practice: Practice, *arguments: Any, **named: Any) -> Outcome:
        outcome = check(practice, *arguments, **named)
        if len(arguments) != 2 or named:
            return outcome
        exercise, answer = practice._find(arguments[0]), arguments[1]
        if exercise is None or outcome.status is Status.FAILED:
            return outcome
        if type(answer) is str:
            differences.append(disagreement(practice, exercise, answer, outcome))
            return outcome
        kind = type(exercise.kind).__name__
        text = typed_out(answer) if kind in NUMERIC else None
        if text is not None:
            unkept = Practice(practice._set, "en")
            typed = check(unkept, exercise.id, text)
            differences.append(disagreement(unkept, exercise, text, typed))
            if means_the_same(answer, kind) and typed.status is not outcome.status:
                differences.append(
                    f"{outcome.question}: {text!r} typed is\n{typed}\nand not\n{outcome}"
                )
        return outcome

    monkeypatch.setattr(Practice, "check", listened)
    yield
    told = [difference for difference in differences if difference]
    assert not told, "\n".join(told[:5])


@pytest.fixture(scope="session")
def fullest() -> str:
    """The chapter with most on it, for what the theme does in the same way on each of them."""
    return "chapters/softmax"


@pytest.fixture(scope="session")
def site() -> Path:
    html = ROOT / "_build" / "html"
    if not (html / "index.html").exists():
        pytest.fail("There is no built site to test: run `make book` first.")
    if (ROOT / "_build" / ".doctrees" / "unfinished").exists():
        pytest.fail("The last build failed or was broken off: run `make book` first.")
    return html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium per test file: Playwright's event loop must not outlive it in this process,
    where other tests run notebooks."""
    with sync_playwright() as playwright:
        executable = find_browser(Path(playwright.chromium.executable_path))
        if executable is None:
            sentence = (
                "No browser was found: install Chromium or Chrome, "
                "or name one in the variable MLPLIB_BROWSER."
            )
            pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def find_browser(own: Path) -> str | None:
    """An installed Chromium or Chrome; else Debian's, where that may be installed; else `own`."""
    if named := os.environ.get("MLPLIB_BROWSER"):
        return named
    if installed := next(filter(None, map(shutil.which, NAMES)), None):
        return installed
    wanted = os.environ.get("CI") == "true" or os.environ.get("MLPLIB_INSTALL_BROWSER") == "1"
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        install_from_debian()
        if installed := next(filter(None, map(shutil.which, NAMES)), None):
            return installed
    if not own.exists():
        install = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(install, capture_output=True, timeout=600)
    return str(own) if own.exists() else None


def install_from_debian() -> None:
    import fcntl  # not on Windows, where there is no apt-get either

    with open(Path(tempfile.gettempdir()) / "mlplib-apt-get.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for package in NAMES[:2]:
            if any(map(shutil.which, NAMES[:2])):
                return  # another worker was faster, or the first package was there
            for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
                subprocess.run(["apt-get", "-qq", *command], capture_output=True, env=quiet)


DESK = {
    "width": 1280,
    "height": 900,
    "colours": "light",
    "media": "screen",
    "motion": "no-preference",
}


@dataclass
class Visit:
    """An opened page, what the browser complained of, what it was refused, how it is looked at."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    how: dict[str, Any] = field(default_factory=DESK.copy)


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    """Open a page of the site from its files, with everything outside the site out of reach."""
    yield from visits(browser, site)


@pytest.fixture(scope="module")
def view(browser: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    """Open a page, or turn to the one that is open: for tests that look, and leave it as it was.

    To load a chapter takes a second or two, and most tests ask it one question. Another width,
    other colours or paper are given to the page that is there; without scripts it is another one.
    """
    shown: dict[tuple[str, bool], Visit] = {}
    openings = visits(browser, site)
    open_page = next(openings)

    def look(name: str, scripts: bool = True, **how: Any) -> Visit:
        if (name, scripts) not in shown:
            for other in [key for key in shown if key[0] != name]:
                shown.pop(other).page.context.close()
            shown[name, scripts] = open_page(name, scripts=scripts)
        visit = shown[name, scripts]
        if visit.how != (wished := {**DESK, **how}):
            arrange(visit.page, scripts, **wished)
            visit.how = wished
        return visit

    yield look
    next(openings, None)


def arrange(
    page: Page, scripts: bool, width: int, height: int, colours: str, media: str, motion: str
) -> None:
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=colours, media=media, reduced_motion=motion)
    if scripts:  # the theme hears of it a moment later
        page.wait_for_function("it => document.documentElement.dataset.theme === it", arg=colours)


def visits(browser: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def open_page(
        name: str,
        width: int = 1280,
        height: int = 900,
        colours: str = "light",
        scripts: bool = True,
        query: str = "",
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        visit = Visit(context.new_page())

        def refuse(route):
            visit.blocked.append(route.request.url)
            route.abort()

        inside = (site.as_uri() + "/", "data:", "blob:")
        context.route(lambda url: not url.startswith(inside), refuse)
        visit.page.on(
            "console",
            lambda message: (
                visit.complaints.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.goto((site / f"{name}.html").as_uri() + (f"?q={query}" if query else ""))
        return visit

    yield open_page
    for context in contexts:
        context.close()
