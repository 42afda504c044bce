"""An explorer: every frame once, two faces, one set of words."""

import gzip
import json
import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlplib.viz import Control, Explorer, explorer, figure, plot, show

X = np.linspace(-4, 4, 160)
WIDGET = "application/vnd.jupyter.widget-view+json"


def draw(k: float) -> Figure:
    fig, ax = figure()
    plot(ax, X, 1 / (1 + np.exp(-k * X)), r"$\sigma(kx)$", at=1)
    plot(ax, X, np.tanh(k * X), "tanh", at=-1, side="below right")
    ax.set(xlim=(-4, 4), ylim=(-1.1, 1.1), xlabel="$x$", ylabel="$g(x)$")
    return fig


def describe(k: float) -> str:
    return f"At k = {k:g} the slope of the sigmoid at 0 is {k / 4:g}."


def steepness(**options: object) -> Explorer:
    return explorer(draw, describe=describe, label="Steepness", k=[-1, 0.5, 1, 4], **options)


def store(made: Explorer) -> dict[str, list]:
    (text,) = re.findall(r'class="mlp-frames">(.*?)</script>', made.html, re.DOTALL)
    return json.loads(text)


def test_the_plain_text_reads_the_start():
    assert repr(steepness(start={"k": 4})) == (
        "Explorer: Steepness. At k = 4: At k = 4 the slope of the sigmoid at 0 is 1."
    )


def test_each_frame_is_the_picture_drawn_for_it():
    made = steepness()
    frames = store(made)
    for k, picture, (frame, words) in zip(
        [-1, 0.5, 1, 4], made.pictures, frames["states"], strict=True
    ):
        assert words == describe(k).replace("-", "−") == picture.alt
        painted = [frames["parts"][part] for part in frames["frames"][frame]]
        assert len(painted) == len(picture.drawing.parts)
        for ours, alone in zip(painted, picture.drawing.parts, strict=True):
            assert re.sub(r"#m\w+-\d+", "", ours) == re.sub(r"#~[\w.-]+", "", alone)


def test_every_reference_of_every_frame_is_met_by_one_id():
    made = steepness()
    ids = re.findall(r' id="(m\w+-\d+)"', made.html)
    used = set(re.findall(r"#(m\w+-\d+)", made.html.replace('\\"', '"')))
    assert len(ids) == len(set(ids)) > 15
    assert used == set(ids)
    other = explorer(draw, describe=describe, label="Other", k=[1, 2])
    assert not set(ids) & set(re.findall(r' id="(m\w+-\d+)"', other.html))


def test_frames_that_look_alike_are_kept_once():
    made = explorer(lambda k: draw(1), describe=describe, label="Same", k=[1, 2, 3])
    frames = store(made)
    assert len(frames["frames"]) == 1
    assert [frame for frame, _ in frames["states"]] == [0, 0, 0]


def test_several_controls_give_all_combinations_the_last_changing_fastest():
    seen = []
    made = explorer(
        lambda a, b: seen.append((a, b)) or draw(1),
        describe=lambda a, b: f"{a} {b}.",
        label="Both",
        a=["x", "y"],
        b=[1, 2, 3],
        start={"b": 3},
    )
    assert [picture.alt for picture in made.pictures] == [
        "x 1.",
        "x 2.",
        "x 3.",
        "y 1.",
        "y 2.",
        "y 3.",
    ]
    assert len(seen) == 6
    assert repr(made) == "Explorer: Both. At a = x, b = 3: x 3."
    assert 'aria-label="Picture: Both. x 3."' in made.html


def test_frames_are_drawn_once_for_both_faces():
    calls = []
    made = explorer(
        lambda k: calls.append(k) or draw(k), describe=describe, label="Once", k=[1, 2, 3]
    )
    assert calls == []
    made._repr_mimebundle_()
    made.widget()
    assert calls == [1, 2, 3]


def test_nothing_jumps_between_frames_and_the_widest_label_has_room():
    def growing(k: int) -> Figure:
        fig, ax = figure()
        ax.plot([0, 1], [0, 10**k])
        return fig

    made = explorer(growing, describe=describe, label="Growing", k=[0, 3, 5])
    boxes = {
        next(s for s in picture.drawing.shared.values() if s.startswith("<clipPath"))[-90:]
        for picture in made.pictures
    }
    assert len(boxes) == 1
    letters = re.findall(
        r'transform="translate\((-?[\d.]+)', "".join(made.pictures[-1].drawing.parts)
    )
    assert len(letters) > 8
    assert min(map(float, letters)) >= 0


class Parsed(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_a_slider_is_a_named_native_input():
    made = explorer(
        draw,
        describe=describe,
        label="Slopes",
        start={"k": 1},
        k=Control([0.5, 1, -2], label="steepness <k>", format=lambda k: f"k is {k:g}"),
    )
    page = Parsed(made.html)
    (slider,), (label,), (output,) = page.all("input"), page.all("label"), page.all("output")
    assert slider["type"] == "range"
    assert (slider["min"], slider["max"], slider["value"]) == ("0", "2", "1")
    assert slider["aria-valuetext"] == "k is 1"
    assert json.loads(slider["data-texts"] or "") == ["k is 0.5", "k is 1", "k is -2"]
    assert slider["id"] == label["for"] == output["for"]
    assert "steepness &lt;k&gt;</label>" in made.html
    assert page.all("figure")[0]["aria-label"] == "Slopes"


def test_names_are_native_radio_buttons_under_one_heading():
    made = explorer(
        lambda g, k: draw(k),
        describe=lambda g, k: f"{g} at {k}.",
        label="Names",
        start={"g": "tanh"},
        g=Control(["relu", "tanh", "<b>"], "function", str.upper),
        k=[1, 2],
    )
    page = Parsed(made.html)
    buttons = [it for it in page.all("input") if it["type"] == "radio"]
    assert len({it["name"] for it in buttons}) == 1
    assert [it["value"] for it in buttons] == ["0", "1", "2"]
    assert ["checked" in it for it in buttons] == [False, True, False]
    assert "<legend>function</legend>" in made.html
    assert "> TANH</label>" in made.html
    assert "> &lt;B&gt;</label>" in made.html
    assert [it["type"] for it in page.all("input")].count("range") == 1


def test_the_page_asks_nobody_for_anything():
    html = re.sub(r"&\w+;", "", steepness().html)
    assert "//" not in html.replace("</", "")
    assert "import" not in html
    assert "url(" not in re.sub(r"url\(#m\w+-\d+\)", "", html)


def test_words_cannot_break_out_of_the_script():
    evil = "</script><!-- <script> \" ' & \u2028 </SCRIPT>."
    made = explorer(draw, describe=lambda k: f"{k} {evil}", label=evil, k=[1, 2])
    page = Parsed(made.html)
    assert len(page.all("script")) == 2
    assert [words for _, words in store(made)["states"]] == [f"1 {evil}", f"2 {evil}"]
    assert unescape(page.all("svg")[0]["aria-label"] or "") == f"Picture: {evil}. 1 {evil}"


def test_the_same_explorer_gives_the_same_bytes():
    assert steepness().html == steepness().html


def test_thirty_frames_are_light():
    made = explorer(draw, describe=describe, label="Many", k=np.linspace(0.1, 3, 30))
    html = made.html.encode()
    assert len(made.pictures) == 30
    assert len(html) <= 100_000
    assert len(gzip.compress(html)) <= 20_000


def test_a_picture_may_be_drawn_in_place_of_a_figure():
    made = explorer(
        lambda k: show(draw(k), alt="A picture."), describe=describe, label="Pictures", k=[1, 2]
    )
    assert [picture.alt for picture in made.pictures] == [describe(1), describe(2)]


def test_the_live_face_follows_its_sliders():
    box = steepness(start={"k": 0.5}).widget()
    view, slider = box.children
    assert slider.description == "k"
    assert slider.continuous_update
    assert slider.label == "0.5"
    before = view.value
    assert describe(0.5) in unescape(before)
    slider.value = 3
    assert slider.label == "4"
    assert describe(4) in unescape(view.value)
    assert re.findall(r'd="([^"]+)"', view.value) != re.findall(r'd="([^"]+)"', before)


def test_the_live_face_of_two_sliders_shows_their_combination():
    made = explorer(
        lambda a, b: draw(a),
        describe=lambda a, b: f"{a} and {b}.",
        label="Two",
        a=[1, 2],
        b=[5, 6, 7],
    )
    view, first, second = made.widget().children
    first.value, second.value = 1, 2
    assert "2 and 7." in view.value


def test_the_live_face_of_names_shows_them_all():
    made = explorer(
        lambda g: draw(len(g)),
        describe=lambda g: f"{g} it is.",
        label="Names",
        g=Control(["relu", "tanh"], "function", str.upper),
    )
    view, buttons = made.widget().children
    assert [text for text, _ in buttons.options] == ["RELU", "TANH"]
    assert "relu it is." in view.value
    buttons.value = 1
    assert "tanh it is." in view.value


def test_both_faces_are_offered_beside_a_kernel(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MLPLIB_STATIC", raising=False)
    made = steepness()
    bundle = made._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain", WIDGET}
    assert bundle["text/html"] == made.html
    assert bundle["text/plain"] == repr(made)
    assert bundle[WIDGET]["model_id"]


def test_a_build_stores_no_widget(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MLPLIB_STATIC", "1")
    monkeypatch.setattr(Explorer, "widget", lambda self: pytest.fail("a widget was made"))
    assert set(steepness()._repr_mimebundle_()) == {"text/html", "text/plain"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, r"controls must be one to three, not 0\.$"),
        ({key: [1, 2] for key in "abcd"}, "controls must be one to three, not 4"),
        ({"k": [1]}, "k must have two values or more, not 1"),
        ({"k": Control([])}, "k must have two values or more, not 0"),
        ({"k": [1, 2], "start": {"j": 1}}, r"start must name controls \(\['k'\]\), not \['j'\]\.$"),
        ({"k": [1, 2], "start": {"k": 3}}, r"start must have k in \[1, 2\], not 3\.$"),
        ({"k": [1, 2], "label": " "}, "label must be the name of the explorer, not ' '"),
    ],
)
def test_what_cannot_be_explored_is_said(options: dict[str, object], message: str):
    with pytest.raises(ValueError, match=message):
        explorer(draw, **{"describe": describe, "label": "L", **options})


def test_words_for_every_frame_are_required():
    made = explorer(draw, describe=lambda k: "", label="Mute", k=[1, 2])
    with pytest.raises(ValueError, match=r"describe\(\{'k': 1\}\) must say .*, not ''"):
        made._repr_mimebundle_()


def test_frames_of_different_sizes_are_refused():
    made = explorer(lambda k: figure(height=k)[0], describe=describe, label="Sizes", k=[2.0, 3.0])
    with pytest.raises(ValueError, match="draw must return pictures of one size, not "):
        made._repr_mimebundle_()


@pytest.mark.parametrize("values", [["relu", 1], [1, "relu"], ["a", "b", 0.5]])
def test_numbers_among_names_make_no_row_of_buttons(values):
    assert not Control(values).names


def test_each_of_three_controls_leads_to_its_own_picture():
    def line(a, b, c):
        fig, ax = figure()
        ax.plot([0, 1], [a, 10 * b + 100 * c])
        return fig

    made = explorer(
        line,
        describe=lambda a, b, c: f"a is {a}, b is {b}, c is {c}.",
        label="Three",
        start={"a": 2, "b": 5, "c": 8},
        a=[1, 2],
        b=[3, 4, 5],
        c=[6, 7, 8, 9],
    )
    for i, j, k in np.ndindex(2, 3, 4):
        picture = made.pictures[made._place((i, j, k))]
        assert picture.alt == f"a is {i + 1}, b is {j + 3}, c is {k + 6}."
    assert 'aria-label="Picture: Three. a is 2, b is 5, c is 8."' in made.html
