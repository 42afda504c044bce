"""What a reader's browser transfers for a chapter, with a server that packs like others do."""

import gzip
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

BUDGET = 300_000  # bytes; a stock Jupyter Book page has about 1 300 000
FORMULAS = {"_static/formulas/formulas.css", "_static/formulas/copy.js"}
PACKED = {".html", ".css", ".js", ".json", ".svg"}
FRAMES = re.compile(rb'<script type="application/json" class="mlp-frames">.*?</script>', re.S)
NO_FRAMES = b'<script type="application/json" class="mlp-frames">{}</script>'


class PackingHandler(SimpleHTTPRequestHandler):
    """Serves files gzipped, pages without the frames of their explorers, and counts the bytes."""

    def __init__(self, *arguments, sent: dict[str, int], **options) -> None:
        self.sent = sent
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in PACKED:
            body = gzip.compress(FRAMES.sub(NO_FRAMES, body), 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.sent[path.relative_to(self.directory).as_posix()] = len(body)

    def log_message(self, *arguments) -> None:
        """Say nothing."""


@pytest.fixture
def server(site):
    sent: dict[str, int] = {}
    handler = partial(PackingHandler, directory=str(site), sent=sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}", sent
        http.shutdown()


def test_a_chapter_weighs_no_more_than_its_budget(chapter, server, browser):
    address, sent = server
    page = browser.new_page()
    page.goto(f"{address}/{chapter}.html", wait_until="networkidle")
    page.evaluate("async () => { await document.fonts.ready }")
    page.close()
    assert f"{chapter}.html" in sent
    assert set(sent) >= FORMULAS
    table = "\n".join(f"{size:8d}  {name}" for name, size in sorted(sent.items()))
    print(f"{table}\n{sum(sent.values()):8d}  in all")
    assert sum(sent.values()) <= BUDGET, table


SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 300);
})"""


def shift(name, width, server, browser):
    """How far a page moves while its letters are late; up to 0.1 counts as good (web.dev/cls)."""
    address, _ = server
    page = browser.new_page(viewport={"width": width, "height": 900})
    late = []

    def keep_waiting(route):
        page.wait_for_timeout(500)
        late.append(route.request.url)
        route.continue_()

    page.route("**/fonts/stix-*", keep_waiting)
    page.goto(f"{address}/{name}.html", wait_until="networkidle")
    page.evaluate("async () => { await document.fonts.ready }")
    moved = page.evaluate(SHIFT)
    page.close()
    assert late
    return moved


def test_a_phone_stays_where_it_is_when_letters_arrive(chapter, server, browser):
    assert shift(chapter, 390, server, browser) < 0.05


def test_a_wide_page_stays_where_it_is_when_letters_arrive(fullest, server, browser):
    assert shift(fullest, 1280, server, browser) < 0.05


def test_a_page_without_formulas_loads_nothing_for_them(server, browser, page_names, site):
    address, sent = server
    without = [
        name
        for name in (*page_names, "search")
        if "<mjx-container" not in (site / f"{name}.html").read_text(encoding="utf-8")
    ]
    assert "search" in without
    for name in without:
        page = browser.new_page()
        page.goto(f"{address}/{name}.html", wait_until="networkidle")
        page.close()
        assert f"{name}.html" in sent
    assert FORMULAS.isdisjoint(sent)
