"""How long a chapter takes is counted, shown, and between 25 and 45 minutes."""

import re

import pytest
from docutils import nodes

from book.extensions.folds import Fold
from book.extensions.minutes import SECONDS, WORDS_PER_MINUTE, count, minutes


def page(*parts: nodes.Node) -> nodes.document:
    from docutils.utils import new_document

    document = new_document("page")
    document += nodes.section("", nodes.title("", "Title"), *parts, ids=["page"])
    return document


def words(number: int) -> nodes.paragraph:
    return nodes.paragraph("", " ".join(["word"] * number))


def test_words_are_read_at_their_rate():
    assert minutes(words(WORDS_PER_MINUTE)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("node", "kind", "times"),
    [
        (nodes.math("", "x = y + 1"), "formula in a line", 1),
        (nodes.math_block("", "x = y"), "displayed formula", 1),
        (nodes.image(), "figure", 1),
        (nodes.raw("", "<svg>", format="html"), "figure", 1),
        (nodes.raw("", '<figure class="mlp-explorer"><svg>', format="html"), "explorer", 1),
        (
            nodes.raw(
                "", '<figure class="mlp-explorer"><div class="mlp-questions">', format="html"
            ),
            "explorer that asks",
            1,
        ),
        (nodes.literal_block("", "a = 1\n\nb = 2"), "line of code", 2),
        (nodes.literal_block("", "1\n2\n3", classes=["output", "stream"]), "line of output", 3),
    ],
)
def test_what_is_not_a_word_has_its_time(node, kind, times):
    assert minutes(nodes.container("", node)) == pytest.approx(SECONDS[kind] * times / 60)


def test_what_is_folded_costs_nothing():
    assert minutes(nodes.container("", Fold("", words(500)))) == 0
    dropdown = nodes.container("", words(500), design_component="dropdown", is_div=True)
    assert minutes(nodes.container("", dropdown, words(WORDS_PER_MINUTE))) == pytest.approx(1)


def test_of_two_forms_of_an_output_one_is_read():
    terminal = nodes.container("", nodes.literal_block("", "a picture"), mime_type="text/plain")
    html = nodes.container("", nodes.raw("", "<svg>", format="html"), mime_type="text/html")
    assert minutes(nodes.container("", terminal, html)) == pytest.approx(SECONDS["figure"] / 60)


def test_the_total_is_the_sum_of_the_sections_and_what_stands_before_them():
    one = nodes.section("", nodes.title("", "One"), words(100), ids=["one"])
    two = nodes.section("", nodes.title("", "Two"), words(300), ids=["two"])
    counted = count(page(words(50), one, two))
    assert list(counted.sections) == ["one", "two"]
    assert counted.total == pytest.approx((1 + 50 + 1 + 100 + 1 + 300) / WORDS_PER_MINUTE)


def test_a_side_road_has_its_time_and_is_not_in_the_total():
    one = nodes.section("", nodes.title("", "One"), words(100), ids=["one"])
    two = nodes.section("", nodes.title("", "Two"), words(300), ids=["two", "side-road-two"])
    counted = count(page(one, two))
    assert counted.total == pytest.approx((1 + 1 + 100) / WORDS_PER_MINUTE)
    assert counted.side_roads == {"two": pytest.approx((1 + 300) / WORDS_PER_MINUTE)}
    assert list(counted.sections) == ["one", "two"]


def test_a_chapter_takes_between_25_and_45_minutes(chapter, site):
    text = (site / f"{chapter}.html").read_text(encoding="utf-8").partition("<article")[2]
    total = int(re.search(r"About (\d+) minutes, exercises apart", text)[1])
    parts = [int(part) for part in re.findall(r'class="mlp-minutes">(\d+) min<', text)]
    assert 25 <= total <= 45
    aside = re.findall(r'class="mlp-minutes">\d+ min, side road<', text)
    assert len(parts) + len(aside) == len(re.findall(r"<h2", text))
    assert abs(sum(parts) - total) <= len(parts) / 2 + 3, "the sections do not add up to the page"


SHORT_WAY = {
    "notation": ["a-neuron-by-hand", "why-a-layer-of-lines-is-not-enough", "shapes-are-types"],
    "forward": ["six-weights-by-hand", "any-depth-in-ten-lines"],
    "backpropagation": [
        "ask-one-weight",
        "follow-one-nudge-to-the-loss",
        "backwards-number-by-number",
        "at-a-fork-changes-add",
        "the-four-equations",
        "twenty-lines-that-learn",
    ],
    "softmax": [
        "three-wishes",
        "what-a-wrong-answer-costs",
        "the-gradient-derived-twice",
        "reading-mathbf-s-mathbf-y",
    ],
    "gradients": ["ask-twice"],
    "mlp": ["the-pieces-are-the-network", "it-learns-to-read", "when-nothing-learns-a-recipe"],
}
"""The sections that the first page names to a reader who has ninety minutes."""


def test_the_way_of_ninety_minutes_takes_ninety_minutes(site):
    index = (site / "index.html").read_text(encoding="utf-8")
    total = 0
    for chapter, sections in SHORT_WAY.items():
        assert f'href="chapters/{chapter}.html#{sections[0]}"' in index
        text = (site / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
        for section in sections:
            begin = text.index(f'id="{section}"')
            total += int(re.search(r'class="mlp-minutes">(\d+) min<', text[begin:])[1])
    assert 85 <= total <= 95
