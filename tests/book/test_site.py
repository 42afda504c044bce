"""The built pages as files: every link leads somewhere, nothing comes from a foreign host."""

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from docutils import nodes

from book.extensions.lean_assets import without_idle, without_unused
from book.extensions.light_assets import light_script, light_style
from book.extensions.readable import split

ROOT = Path(__file__).resolve().parents[2]
MADE_BY_SPHINX = {"genindex", "search"}
STYLE_URL = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


class Reader(HTMLParser):
    """The ids of a page, what it links to, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if "id" in given:
            self.ids[given["id"]] += 1
        leads = tag in ("a", "area", "use") or given.get("rel") in (
            "index",
            "search",
            "next",
            "prev",
        )
        if "href" in given:
            (self.links if leads else self.loads).append(given["href"])
        for name in ("src", "poster", "data", "action"):
            if name in given:
                self.loads.append(given[name])
        for first, second in STYLE_URL.findall(given.get("style", "")):
            self.loads.append(first or second)


@cache
def read(page: Path) -> Reader:
    return Reader(page.read_text(encoding="utf-8"))


@pytest.fixture
def pages(site: Path) -> list[Path]:
    return sorted(page for page in site.rglob("*.html") if "_static" not in page.parts)


def internal(page: Path, link: str) -> tuple[Path, str] | None:
    """The file and the fragment that a link of `page` names, None where it leaves the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return target, unquote(parts.fragment)


def test_the_pages_are_those_of_the_table_of_contents(page_names, pages, site):
    built = {page.relative_to(site).with_suffix("").as_posix() for page in pages}
    assert built - MADE_BY_SPHINX == set(page_names)


def test_every_link_leads_to_a_page_and_a_place_on_it(pages):
    dead = []
    for page in pages:
        for link in read(page).links:
            where = internal(page, link)
            if where is None:
                continue
            target, fragment = where
            if not target.is_file() or (
                fragment and target.suffix == ".html" and fragment not in read(target).ids
            ):
                dead.append(f"{page.parent.name}/{page.name}: {link}")
    assert not dead


def test_what_leaves_the_site_is_a_link_over_https(pages):
    foreign = [
        f"{page.parent.name}/{page.name}: {link}"
        for page in pages
        for link in read(page).links
        if internal(page, link) is None and not link.startswith(("https://", "mailto:"))
    ]
    assert not foreign


def test_everything_a_page_loads_lies_in_the_site(pages, site):
    wrong, styles = [], set()
    for page in pages:
        for load in read(page).loads:
            where = internal(page, load)
            if load.startswith("data:"):
                continue
            if where is None or not where[0].is_file() or site not in where[0].parents:
                wrong.append(f"{page.parent.name}/{page.name}: {load}")
            elif where[0].suffix == ".css":
                styles.add(where[0])
    assert styles
    for style in styles:
        for first, second in STYLE_URL.findall(style.read_text(encoding="utf-8")):
            load = first or second
            if load.startswith(("data:", "#")):
                continue
            where = internal(style, load)
            if where is None or not where[0].is_file():
                wrong.append(f"{style.name}: {load}")
    assert not wrong


def test_no_id_stands_twice_on_a_page(page_name, site):
    ids = read(site / f"{page_name}.html").ids
    assert ids
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_result_of_a_chapter_has_its_check(chapter, site):
    page = read(site / f"{chapter}.html")
    results = {
        name.removeprefix("equation-") for name in page.ids if name.startswith("equation-eq-")
    }
    checks = {name.removeprefix("check-") for name in page.ids if name.startswith("check-eq-")}
    assert results
    assert results == checks


def test_every_page_has_a_title_and_one_heading_of_the_first_order(page_name, site):
    text = (site / f"{page_name}.html").read_text(encoding="utf-8")
    assert re.search(r"<title>\s*\S", text)
    article = text[text.index("<article") : text.index("</article>")]
    assert len(re.findall(r"<h1[ >]", article)) == 1


def test_punctuation_stays_with_its_formula(pages):
    """A full stop after a typeset formula must not be able to begin a line."""
    held = 0
    for page in pages:
        text = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        held += text.count('class="mlp-unbroken"')
        loose = re.findall(
            r'(?<!mlp-unbroken">)<span class="math[^>]*>(?:(?!</span>).)*</span>[.,;:!?)]', text
        )
        assert loose == [], f"{page.name}: {loose[0][-300:]}"
    assert held > 20


def test_a_dimension_stays_on_one_line_and_is_found_as_it_is_typed(site):
    """Browsers break "1-D" at its hyphen, which a telephone shows in the title of a chapter."""
    held = '<span class="mlp-unbroken">1-D</span>'
    text = (site / "chapters" / "convolution.html").read_text(encoding="utf-8")
    title = re.search(r"<h1>.*?</h1>", text)[0]
    assert held in title
    assert "1-D" not in title.replace(held, "")
    assert "1-D" in re.search(r"<title>(.*?)</title>", text)[1]
    assert "1-D" in (site / "searchindex.js").read_text(encoding="utf-8")


def test_solutions_are_called_so_and_show_code_without_markers(page_names, site):
    solutions = [name for name in page_names if name.startswith("solutions/")]
    assert solutions
    for name in solutions:
        article = (site / f"{name}.html").read_text(encoding="utf-8").partition("<article")[2]
        assert re.search(r"<h1>Solutions: ", article)
        assert "SOLUTION" not in article
        assert "Replace each" not in article


def test_no_page_needs_mathjax_to_be_read(pages, site):
    with_formulas = 0
    for page in pages:
        text = page.read_text(encoding="utf-8")
        with_formulas += "<mjx-container" in text
        assert [load for load in read(page).loads if "mathjax" in load.lower()] == []
    assert with_formulas >= 6
    assert not (site / "_static" / "mathjax").exists()


def test_every_page_says_what_it_is(page_name, site):
    text = (site / f"{page_name}.html").read_text(encoding="utf-8")
    head = text.partition("</head>")[0]
    meta = dict(re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)"', head))
    assert 20 < len(meta["description"]) <= 202 + meta["description"].count("&") * 5
    assert meta["og:description"] == meta["description"]
    assert not re.search(r"[\\\0]", meta["description"]), "TeX, or a gap"
    assert not re.search(r"\w+(?:19|20)\d\d", meta["description"]), "the key of a work"
    assert meta["og:title"]
    card = site / Path(f"{page_name}.html").parent / meta["og:image"]
    assert card.resolve().is_file()
    assert re.search(r'<link rel="icon" href="[^"]*mark.svg"', head)


def test_descriptions_tell_pages_apart(page_names, site):
    told = Counter(
        re.search(r'name="description" content="([^"]*)"', (site / f"{name}.html").read_text())[1]
        for name in page_names
    )
    assert [words for words, times in told.items() if times > 1] == []


def test_the_foot_tells_the_edition(page_name, site):
    text = (site / f"{page_name}.html").read_text(encoding="utf-8")
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert f"Edition {told['version']}, {told['date-released']:%-d %B %Y}." in text


def test_the_sidebar_names_its_chevrons_and_numbers_no_exercises(page_name, site):
    text = (site / f"{page_name}.html").read_text(encoding="utf-8")
    sidebar = text[text.index('class="bd-links') : text.index("<main")]
    chevrons = re.findall(r"<summary[^>]*>", sidebar)
    assert chevrons
    assert len(set(chevrons)) == len(chevrons)
    assert all('aria-label="Pages of ' in chevron for chevron in chevrons)
    assert not re.search(r"\d\. Exercises", sidebar)


@pytest.mark.parametrize(
    ("css", "lean"),
    [
        (".a{color:red}.b{color:red}", ".a{color:red}"),
        (".a,.b:is(.c, .a){color:red}", ".a{color:red}"),
        (".a:not(.b){x:y}", ".a:not(.b){x:y}"),
        ("@media print{.b{x:y}.a{x:y}}", "@media print{.a{x:y}}"),
        ("@media print{.b{x:y}}", ""),
        ('.a::after{content:"}"}.b{x:y}', '.a::after{content:"}"}'),
        ('.b::after{content:"{"}.a{x:y}', ".a{x:y}"),
        ("/* { */.a{x:url(data:a;b)}", ".a{x:url(data:a;b)}"),
        ('[title=".b"]{x:y}', '[title=".b"]{x:y}'),
        ("@keyframes k{from{x:y}}", "@keyframes k{from{x:y}}"),
        ("@font-face{font-family:F}", ""),
    ],
)
def test_a_stylesheet_loses_the_rules_for_classes_that_no_page_has(css, lean):
    assert without_unused(css, {"a"}) == lean


@pytest.mark.parametrize(
    ("css", "lean"),
    [
        (":root{--a:1;--b:2}", ":root{--a:1}"),
        (":root{--b:2}", ""),
        ('.c{--b:url("data:a;{b}");x:y}', ".c{x:y}"),
        ("@media print{.c{--a:1;--b:2}}", "@media print{.c{--a:1}}"),
        (".c{x:var(--b)}", ".c{x:var(--b)}"),
        ("@keyframes k{from{x:y}}", "@keyframes k{from{x:y}}"),
    ],
)
def test_a_stylesheet_loses_the_properties_that_nothing_asks_for(css, lean):
    assert without_idle(css, {"--a"}).replace(": ", ":") == lean


def test_an_invitation_is_one_sentence_of_a_caption():
    caption = [
        nodes.Text("A line. Try: raise "),
        nodes.math("", "k"),
        nodes.Text(", then lower it. What is left?"),
    ]
    before, invitation, after = (
        "".join(part.astext() for part in parts) for parts in split(caption)
    )
    assert before == "A line. "
    assert invitation == "Try: raise k, then lower it."
    assert after == " What is left?"
    assert split([nodes.Text("Nothing to do. Trying: no.")])[1] == []


def test_light_styles_and_scripts_say_the_same():
    css = "/* why */ a > b , i { color: red ; content: ' ; /* */ ' }\n\n/* and */ u :is(s) { x: y }"
    light = light_style(css)
    assert light == "a>b,i{color: red;content: ' ; /* */ '}u :is(s){x: y}".replace("'", '"')
    assert light_style(light) == light
    kept = light_style("@media (max-width: 9px) and (y) { a { width: calc(1rem + 2px) } }")
    assert kept == "@media (max-width: 9px) and (y){a{width: calc(1rem + 2px)}}"
    script = "/* License: BSD */\n// why\nconst a = `  ${b}  `; // this\n"
    assert light_script(script) == "/* License: BSD */\nconst a=`  ${b}  `;\n"
    assert light_script(light_script(script)) == light_script(script)
