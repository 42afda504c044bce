"""A picture that asks: what is offered, what is said, and what a browser makes of it."""

import json
from html import unescape
from pathlib import Path
from re import search

import pytest
from matplotlib.figure import Figure
from playwright.sync_api import Browser

from mlplib.viz import Explorer, Question, graph, palette_css, predict

ASKED = [
    Question("Twice 3?", 6, "3 + 3.", {5: "that is 3 + 2.", 9: "that is 3².", -6: "a sign."}),
    Question("And half of 6?", 3, "6/2.", {12: "that is twice.", 2: "6/3.", 36: "that is 6²."}),
]


def draw(known: int) -> Figure:
    values = dict(list({"a": 3.0, "b": 6.0, "c": 3.0}.items())[: known + 1])
    places = {"a": (0, 0), "b": (1, 0), "c": (2, 0)}
    return graph(places, [("a", "b"), ("b", "c")], values=values, height=1.2)


@pytest.fixture(scope="module")
def made() -> Explorer:
    return predict(draw, ASKED, label="Doubling")


def test_each_number_on_offer_gets_its_own_answer(made: Explorer):
    said = {value: made.describe(question=value) for value in made.controls["question"].values}
    assert said[0, None] == "Twice 3?"
    assert said[0, 6] == "Twice 3? You say 6. Right: 3 + 3."
    assert said[0, -6] == "Twice 3? You say −6. Not so: a sign."
    assert len(set(said.values())) == len(said) == 10


def test_the_picture_shows_a_number_only_when_it_has_been_found(made: Explorer):
    pictures = dict(zip(made.controls["question"].values, made.pictures, strict=True))
    assert pictures[0, None].drawing == pictures[0, 5].drawing != pictures[0, 6].drawing
    assert pictures[0, 6].drawing == pictures[1, None].drawing != pictures[1, 3].drawing
    (text,) = search(r'class="mlp-frames">(.*?)</script>', made.html).groups()
    assert len(json.loads(text)["frames"]) == 3


def test_numbers_are_offered_in_their_order_so_that_no_place_is_always_right(made: Explorer):
    (text,) = search(r'data-asked="(.*?)"', made.html).groups()
    asked = json.loads(unescape(text))
    assert asked["choices"] == [["−6", "5", "6", "9"], ["2", "3", "12", "36"]]
    assert asked["right"] == [2, 1]


def test_the_live_face_asks_the_same(made: Explorer):
    asked = made.widget().children[1]
    offered, turns = asked.children
    assert [button.description for button in offered.children] == ["−6", "5", "6", "9"]
    offered.children[2].click()
    assert made.controls["question"].values[asked.value] == (0, 6)
    turns.children[2].click()
    turns.children[2].click()  # there is no third question
    assert made.controls["question"].values[asked.value] == (1, None)
    assert turns.children[1].value == "2 of 2"
    assert [button.description for button in offered.children] == ["2", "3", "12", "36"]
    turns.children[0].click()
    turns.children[0].click()
    assert asked.value == 0


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        (ASKED[:1], "two or more"),
        ([ASKED[0], Question("2?", 2, "2.", {3: "no."})], "equally many"),
        ([Question("1?", 1, "1.", {1.0001: "no."})] * 2, "look different"),
    ],
)
def test_what_cannot_be_asked_is_said(questions: list[Question], message: str):
    with pytest.raises(ValueError, match=f"questions must .*{message}"):
        predict(draw, questions, label="Doubling")


def test_a_reader_predicts_by_keyboard(made: Explorer, browser: Browser, tmp_path: Path):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    (tmp_path / "page.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>Page</title><style>{palette_css()}</style>{made.html}",
        encoding="utf-8",
    )
    page.goto((tmp_path / "page.html").as_uri())
    reading, turn = page.locator(".mlp-reading"), page.locator("output")
    assert reading.inner_text() == "Twice 3?"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert reading.inner_text() == "Twice 3? You say 5. Not so: that is 3 + 2."
    assert page.get_by_role("button", name="✗ 5", pressed=True).is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert reading.inner_text().endswith("Right: 3 + 3.")
    assert turn.inner_text() == "1 of 2; 0 right at once"
    page.get_by_role("button", name="next").press("Enter")
    page.get_by_role("button", name="3", exact=True).press("Enter")
    assert turn.inner_text() == "2 of 2; 1 right at once"
    page.get_by_role("button", name="back").press("Enter")
    assert page.get_by_role("button", name="✓ 6", pressed=True).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
