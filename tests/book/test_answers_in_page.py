"""Questions are answered in the page, from its files, with the network cut."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from mlplib.checks import practice
from mlplib.checks.authoring.graphs import LARGEST, Graph
from mlplib.checks.keeping.record import (
    NewerProgress,
    NotProgress,
    Record,
    from_text,
    merged,
    to_text,
)
from mlplib.checks.messages import set_text
from mlplib.checks.outcome import Status
from mlplib.checks.page.question import exported, exported_set
from mlplib.checks.page.tables import exported_tables
from mlplib.checks.session import load
from mlplib.language import say, words
from tests.book.small_book import HEADER, ROOT, Book
from tests.book.test_accessibility import violations

PAGE = "exercises/softmax"
FORMULA, LINES, CHOICE, FUNCTION = "softmax.f", "softmax.l", "softmax.d", "softmax.c"
MODULES = ROOT / "book/answers/page"
TODAY = date.today()
KEPT = "localStorage.getItem('mlp-progress')"


def box(page, key=FORMULA):
    return page.locator(f"form[data-exercise='{key}']")


def answer(page, text, key=FORMULA):
    """Type an answer and send it; return the output that says what was found."""
    form = box(page, key)
    form.locator("[name=answer]").fill(text)
    form.locator("[type=submit]").click()
    return said(form)


def said(form):
    output = form.locator("output")
    output.locator(".mlp-heading").wait_for()
    return output


def kept(page):
    records, whole = from_text(page.evaluate(KEPT))
    assert whole
    return records


def right(key):
    name, id_ = key.split(".")
    (exercise,) = [e for e in load(name).exercises if e.id == id_]
    return exercise.kind.right_answer()


# What a page has


@pytest.mark.parametrize("name", [p.stem for p in (ROOT / "exercises").glob("*.ipynb")])
def test_every_question_has_its_box_or_says_where_it_is_answered(name, site):
    soup = BeautifulSoup((site / f"exercises/{name}.html").read_text("utf-8"), "html.parser")
    exercises = load(name)
    text = set_text(exercises.folder, name, "en")
    for exercise in exercises.exercises:
        form = soup.select_one(f"form.mlp-answer[data-exercise='{name}.{exercise.id}']")
        link = soup.select_one(f".mlp-overview [data-of='{name}.{exercise.id}']")
        section = soup.select_one(link["href"])
        if exported(exercise, text) is None:
            assert form is None
            assert section.select_one(".mlp-elsewhere a[href='#mlp-open']")
            assert section.select_one(".mlp-hints")
            continue
        assert section in form.parents
        assert form.select_one("[type=submit]")
        assert form.select_one("output[aria-live=polite]")["data-status"] == "blank"
        assert f'check("{exercise.id}"' in section.select_one("details.mlp-code").get_text()
        fields = form.select("[name=answer]")
        if type(exercise.kind).__name__ == "Choice":
            assert [field["value"] for field in fields] == list(text.exercises[exercise.id].options)
            kind = "checkbox" if exercise.kind.multiple else "radio"
            assert {field["type"] for field in fields} == {kind}
            assert exercise.variable in form.select_one("fieldset > legend").get_text()
            for field in fields:
                label = form.select_one(f"label[for='{field['id']}']") or field.parent
                assert label.name == "label"
                assert label.get_text().strip().startswith(field["value"])
        else:
            (field,) = fields
            label = form.select_one(f"label[for='{field['id']}']")
            assert label.get_text() == f"{exercise.variable} ="
            assert soup.find(id=field["aria-describedby"]).get_text().strip()
    assert soup.select_one("#mlp-open")


def test_the_options_of_a_choice_are_pressed_where_they_stand(visit):
    page = visit(PAGE).page
    form = box(page, CHOICE)
    for letter in ("A", "C", "E"):
        form.locator(f"label[for$='-{letter}']").click()
    assert form.locator(":checked").count() == 3
    form.locator("[type=submit]").click()
    assert said(form).inner_text().startswith("✓ right")


def test_every_chapter_asks(chapter, site):
    soup = BeautifulSoup((site / f"{chapter}.html").read_text("utf-8"), "html.parser")
    assert len(soup.select(".mlp-predict form.mlp-answer")) >= 3


def test_a_chapter_loads_what_judges_when_a_box_is_gone_to(fullest, visit):
    seen = visit(fullest)
    page, forms = seen.page, seen.page.locator(".mlp-predict form.mlp-answer")
    loaded = "() => 'mlpAnswers' in window"
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(300)
    assert not page.evaluate(loaded)
    forms.first.locator("[name=answer]").first.focus()
    page.wait_for_function(loaded)
    assert (seen.complaints, seen.blocked) == ([], [])


# What is said


@pytest.mark.parametrize(
    ("typed", "status"),
    [("-s*r", "right"), ("s*r", "wrong"), ("-s*(r", "unread"), ("-s*q", "unread")],
)
def test_an_answer_is_told_what_python_tells(typed, status, visit):
    seen = visit(PAGE)
    output = answer(seen.page, typed)
    python = practice("softmax", file="off").check("f", typed)
    assert output.get_attribute("data-status") == status == python.status.value
    heading, *parts = BeautifulSoup(output.inner_html(), "html.parser").select("p, pre")
    assert heading.get_text() == f"{python.symbol} {say(f'status.{status}')}"
    lines = [
        "\n".join(part.stripped_strings) if part.name == "p" else part.get_text() for part in parts
    ]
    assert "\n".join(lines) == python.text
    assert kept(seen.page) == {FORMULA: Record(python.status)}
    assert (seen.complaints, seen.blocked) == ([], [])


def test_nothing_typed_is_no_answer(visit):
    page = visit(PAGE).page
    box(page).locator("[name=answer]").press("Enter")
    output = said(box(page))
    assert output.get_attribute("data-status") == "blank"
    assert say("answering.blank") in output.inner_text()
    assert kept(page) == {}


def test_a_mistake_of_the_script_is_said_to_be_one(visit):
    page = visit(PAGE).page
    box(page).locator("[name=answer]").focus()
    page.wait_for_function("() => 'mlpAct' in window")
    page.evaluate("() => { mlpAnswers.judge = () => { throw new TypeError('lost') } }")
    output = answer(page, "-s*r")
    assert say("status.failed") in output.inner_text()
    assert "TypeError: lost" in output.inner_text()
    assert page.evaluate(KEPT) is None


def test_enter_is_a_new_line_in_a_field_of_lines(visit):
    page = visit(PAGE).page
    field = box(page, LINES).locator("textarea")
    first, *rest = right(LINES)
    field.type(first)
    field.press("Enter")
    field.type("\n".join(rest))
    assert field.input_value().split("\n") == [first, *rest]
    assert box(page, LINES).locator("output").inner_text() == ""
    field.press("Control+Enter")
    assert said(box(page, LINES)).get_attribute("data-status") == "right"


def test_an_edit_and_escape_clear_nothing(visit):
    page = visit(PAGE).page
    output = answer(page, "s*r")
    before = output.inner_text()
    field = box(page).locator("[name=answer]")
    field.press("End")
    field.type(" + 0")
    field.press("Escape")
    assert (output.inner_text(), field.input_value()) == (before, "s*r + 0")


def test_hints_come_in_steps_and_the_solution_when_asked(visit):
    page = visit(PAGE).page
    form, hints = box(page), set_text(load("softmax").folder, "softmax", "en").exercises["f"].hints
    button = form.locator("[data-do=hint]")
    for number, hint in enumerate(hints, start=1):
        button.click()
        told = form.locator(".mlp-hinted")
        page.wait_for_function(
            "n => document.querySelectorAll('.mlp-hinted').length === n", arg=number
        )
        assert hint in told.last.inner_text()
        assert told.last.inner_text().casefold().startswith(f"hint {number} of {len(hints)}")
    assert button.is_hidden()
    assert kept(page) == {FORMULA: Record(hints=len(hints))}
    form.locator("[data-do=solution]").click()
    assert "entry = '-s*r'" in form.locator(".mlp-solution pre").inner_text()
    assert kept(page) == {FORMULA: Record(hints=len(hints), seen=True)}
    late = say("answering.answered", status=say("status.right"))
    assert late in answer(page, "-s*r").inner_text()


def test_other_numbers_are_another_question(visit):
    page = visit("exercises/backpropagation").page
    form = box(page, "backpropagation.v")
    given = set()
    for _ in range(5):
        form.locator("[data-do=other]").click()
        form.locator(".mlp-given").wait_for()
        given.add(form.locator(".mlp-given").inner_text())
    assert len(given) == 5
    output = answer(page, "1000000", "backpropagation.v")
    assert output.get_attribute("data-status") == "wrong"
    ((key, record),) = kept(page).items()
    assert re.fullmatch(r"backpropagation\.v@\d+", key)
    assert record == Record(Status.WRONG)


@pytest.mark.parametrize(("name", "id_"), [("backpropagation", "v"), ("gradients", "s")])
def test_a_drill_without_end_draws_as_python_draws(name, id_):
    exercises = load(name)
    text = set_text(exercises.folder, name, "en")
    (question,) = [q for q in exported_set(exercises, "en") if q["id"] == id_]
    (exercise,) = [e for e in exercises.exercises if e.id == id_]
    expression = """Array.from({length: 300}, () => {
        const graph = module.newGraph(given.drill.steps);
        return [graph, module.drilled(given, graph)];
    })"""
    drawn = run_module("drill.mjs", expression, question)
    assert len({json.dumps(graph) for graph, _ in drawn}) > 100
    for graph, other in drawn:
        python = Graph(graph["leaves"], tuple(map(tuple, graph["steps"])))
        assert len(python.steps) == exercise.variant.steps
        expected = json.loads(json.dumps(exported(exercise.variant.ask(python), text)))
        said = other["words"]["misconceptions"]  # also of slips that this graph does not have
        assert set(expected["words"]["misconceptions"]) <= set(said)
        other["words"]["misconceptions"] = {
            known["key"]: said[known["key"]] for known in other["known"]
        }
        assert {key: other[key] for key in expected} == expected
        found = [other["answer"]["expected"], *(known["wrong"] for known in other["known"])]
        assert len(set(found)) == len(found) >= 3
        assert 0 not in found[:3]
        assert max(map(abs, [*python.values.values(), *python.swept().values()])) <= LARGEST


def test_a_question_is_answered_by_keyboard_alone(visit):
    page = visit(PAGE).page
    box(page).locator("[name=answer]").focus()
    page.keyboard.type("s*r")
    page.keyboard.press("Enter")
    assert said(box(page)).get_attribute("data-status") == "wrong"
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached == [say("box.check"), say("box.hint"), say("box.solution")]
    page.keyboard.press("Enter")
    page.locator(".mlp-solution").wait_for()
    assert page.evaluate("document.activeElement.name") == "answer"
    ring = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(ring) == "solid"


# What is kept


def test_what_was_done_is_there_when_the_page_is_opened_again(visit):
    page = visit(PAGE).page
    answer(page, "-s*r")
    answer(page, "exp(z)", LINES)
    box(page, CHOICE).locator("input").first.check()
    page.reload()
    page.locator(".mlp-overview [data-best=right]").wait_for()
    assert box(page).locator("[name=answer]").input_value() == "-s*r"
    assert box(page, LINES).locator("textarea").input_value() == "exp(z)"
    assert box(page, CHOICE).locator(":checked").count() == 1
    assert box(page).locator(".mlp-mark").inner_text() == "✓ right"
    assert page.locator(".mlp-counts").inner_text().startswith("1 of 22")
    link = page.locator(f".mlp-overview [data-of='{FORMULA}']")
    assert link.get_attribute("aria-label").endswith(": right")


def test_progress_is_exported_as_the_file_of_notebooks(visit, tmp_path):
    page = visit(PAGE).page
    answer(page, "-s*r")
    box(page, CHOICE).locator("[data-do=hint]").click()
    page.locator(".mlp-hinted").wait_for()
    page.locator(".mlp-kept > summary").click()
    with page.expect_download() as download:
        page.locator("[data-do=download]").click()
    assert download.value.suggested_filename == "my-progress.json"
    download.value.save_as(tmp_path / "my-progress.json")
    text = (tmp_path / "my-progress.json").read_text(encoding="utf-8")
    records = {FORMULA: Record(Status.RIGHT), CHOICE: Record(hints=1)}
    assert text == to_text(records)
    notebook = practice("softmax", file=tmp_path / "my-progress.json")
    assert dict((id_, word) for id_, _, word in notebook.progress().rows)["f"] == "✓ right"


OTHERS = {FUNCTION: Record(Status.RIGHT, 2), FORMULA: Record(Status.WRONG, 3, seen=True)}


@pytest.mark.parametrize("way", ["paste", "file"])
def test_progress_of_a_notebook_is_brought_in(way, visit, tmp_path):
    page = visit(PAGE).page
    answer(page, "-s*r")
    page.locator(".mlp-kept > summary").click()
    if way == "file":
        path = tmp_path / "my-progress.json"
        path.write_text(to_text(OTHERS), encoding="utf-8-sig")
        page.locator(".mlp-file input").set_input_files(path)
    else:
        page.locator("#mlp-in").fill(to_text(OTHERS))
        page.locator("[data-do=import]").click()
    page.locator(".mlp-news:not(:empty)").wait_for()
    assert kept(page) == merged({FORMULA: Record(Status.RIGHT)}, OTHERS)
    assert page.locator(".mlp-counts").inner_text().startswith("2 of 22")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "broken"),
        ('{"version": 1, "questions": {"softmax.a": {"best": "good"}}}', "broken"),
        (to_text(OTHERS).replace('"version": 1', '"version": 2'), "newer"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_lost(text, key, visit):
    page = visit(PAGE).page
    answer(page, "-s*r")
    before = page.evaluate(KEPT)
    page.locator(".mlp-kept > summary").click()
    page.locator("#mlp-in").fill(text)
    page.locator("[data-do=import]").click()
    assert page.locator(".mlp-news").inner_text() == say(f"answering.{key}")
    assert page.evaluate(KEPT) == before


def with_kept(visit, text):
    """Open the page on a device that has kept `text`."""
    page = visit(PAGE).page
    page.locator(".mlp-counts:not(:empty)").wait_for()  # what is kept has been read
    page.evaluate("text => localStorage.setItem('mlp-progress', text)", text)
    page.reload()
    page.locator(".mlp-counts:not(:empty)").wait_for()
    return page


def test_what_a_newer_version_keeps_is_left_as_it_is(visit):
    newer = to_text(OTHERS).replace('"version": 1', '"version": 2')
    page = with_kept(visit, newer)
    assert say("answering.ahead") in answer(page, "-s*r").inner_text()
    assert page.evaluate(KEPT) == newer
    assert page.locator(".mlp-counts").inner_text().startswith("1 of 22")


def test_what_is_damaged_is_set_aside(visit):
    sound = '{"best": "right", "hints": 0, "seen": false}'
    damaged = f'{{"version": 1, "questions": {{"softmax.a": 1, "softmax.e": {sound}}}}}'
    page = with_kept(visit, damaged)
    assert say("answering.damaged") in answer(page, "s*r").inner_text()
    assert kept(page) == {"softmax.e": Record(Status.RIGHT), FORMULA: Record(Status.WRONG)}
    aside = page.evaluate("Object.entries(localStorage).filter(([key]) => /broken/.test(key))")
    assert [text for _, text in aside] == [damaged]


def test_a_browser_that_keeps_nothing_is_survived(visit):
    seen = visit(PAGE)
    seen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    seen.page.reload()
    output = answer(seen.page, "-s*r")
    assert say("answering.forgetful") in output.inner_text()
    assert seen.page.locator(".mlp-counts").inner_text().startswith("1 of 22")
    own = [text for text in seen.complaints if "mlp" in text or "answers" in text]
    assert own == []


# When a question comes back


def day(days):
    return (TODAY + timedelta(days)).isoformat()


def reviews(page):
    return json.loads(page.evaluate("localStorage.getItem('mlp-reviews')"))


def test_what_was_right_at_once_comes_back_in_three_days(visit):
    page = visit(PAGE).page
    answer(page, "-s*r")
    assert reviews(page)[FORMULA]["day"] == day(3)
    assert "In 3 days to f." in page.locator(".mlp-again").inner_text()


def test_what_took_a_slip_comes_back_tomorrow(visit):
    page = visit(PAGE).page
    answer(page, "s*r")
    assert "Not right yet: f." in page.locator(".mlp-again").inner_text()
    answer(page, "-s*r")
    page.wait_for_function("document.querySelector('form output').dataset")
    assert said(box(page)).get_attribute("data-status") == "right"
    assert reviews(page)[FORMULA]["day"] == day(1)
    assert "Tomorrow to f." in page.locator(".mlp-again").inner_text()


def test_a_question_that_is_due_is_asked_anew(visit):
    page = visit(PAGE).page
    answer(page, "-s*r")
    page.evaluate(
        "review => localStorage.setItem('mlp-reviews', JSON.stringify(review))",
        {FORMULA: {"step": 1, "day": day(0), "slip": False}},
    )
    page.reload()
    page.locator(".mlp-overview [data-best=again]").wait_for()
    assert box(page).locator("[name=answer]").input_value() == ""
    assert box(page).locator(".mlp-mark").inner_text() == f"↻ {say('box.again')}"
    answer(page, "-s*r")
    assert reviews(page)[FORMULA]["day"] == day(7)


# The text of progress, by the script and by Python

TEXTS = [
    to_text({}),
    to_text(OTHERS),
    to_text({"softmax.a": Record(Status.ERROR, 3, seen=True), **OTHERS}),
    to_text({'a."é€\u2028😀\\': Record(Status.UNREAD, 99)}),
    to_text({"notation.o@7": Record(Status.ALMOST)}),
    "",
    "[]",
    "null",
    "{",
    '{"version": 1}',
    '{"version": true, "questions": {}}',
    '{"version": "1", "questions": {}}',
    '{"version": 2, "questions": 1}',
    '{"version": 0, "questions": {"__proto__": {"best": "right", "hints": 1, "seen": true}}}',
    '{"version": 1, "questions": []}',
    *(
        f'{{"version": 1, "questions": {{"a.b": {entry}, "a.a": {entry}}}}}'
        for entry in (
            '{"best": "right", "hints": 100, "seen": false}',
            '{"best": "right", "hints": -1, "seen": false}',
            '{"best": "right", "hints": true, "seen": false}',
            '{"best": "failed", "hints": 1, "seen": false}',
            '{"best": "right", "hints": 1, "seen": 0}',
            '{"best": "right", "hints": 1}',
            '{"best": "right", "hints": 1, "seen": true, "more": 1}',
            "null",
            "[]",
            '"right"',
        )
    ),
]


def python_reads(text):
    try:
        records, whole = from_text(text)
    except NotProgress:
        return [to_text({}), "broken"]
    except NewerProgress:
        return [to_text({}), "newer"]
    return [to_text(records), "" if whole else "part"]


def run_module(name, expression, *given):
    """What a module of the boxes makes of an expression, in node."""
    code = f"""
        import * as module from {json.dumps((MODULES / name).as_uri())};
        import {{ filled }} from {json.dumps((MODULES / "../tables.mjs").as_uri())};
        globalThis.mlpAnswers = {{filled, tables: {json.dumps(exported_tables("en"))}}};
        const [given] = {json.dumps(given)};
        console.log(JSON.stringify({expression}));"""
    node = ["node", "--input-type=module"]
    done = subprocess.run(node, input=code, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def test_the_script_reads_progress_as_python_does():
    expression = """given.map(text => {
        const {records, fault} = module.fromText(text);
        return [module.toText(records), fault];
    })"""
    assert run_module("record.mjs", expression, TEXTS) == [python_reads(text) for text in TEXTS]


def test_the_script_joins_progress_as_python_does():
    states = [Record(s, h, seen) for s in Status for h in (0, 2) for seen in (True, False)]
    states = [s for s in states if s.best not in (Status.FAILED, Status.UNKNOWN)]
    pairs = [({"a.a": one, "a.b": one}, {"a.a": two}) for one in states for two in states]
    expression = """given.map(texts => module.toText(
        module.merged(...texts.map(text => module.fromText(text).records))))"""
    given = [[to_text(one), to_text(two)] for one, two in pairs]
    assert run_module("record.mjs", expression, given) == [to_text(merged(*p)) for p in pairs]


def test_days_grow_while_answers_are_right_at_once():
    expression = """given.reduce(([review, days, day], slip) => {
        if (slip) review = module.afterSlip(review, day);
        review = module.afterRight(review, day);
        const next = review.day || "9999-12-31";
        return [review, [...days, review.day && module.daysFrom(day, next)], next];
    }, [module.NO_REVIEW, [], "2026-02-27"])[1]"""
    no, slip = False, True
    for slips, days in [
        ([no, no, no, no], [3, 7, 21, ""]),
        ([slip, no, no], [1, 3, 7]),
        ([no, no, slip, no], [3, 7, 1, 3]),
    ]:
        assert run_module("spacing.mjs", expression, slips) == days


def test_an_answer_before_its_day_changes_nothing():
    waits = {"step": 1, "day": "2026-03-02", "slip": False}
    for act in ("afterRight", "afterSlip"):
        assert run_module("spacing.mjs", f"module.{act}(given, '2026-03-01')", waits) == waits


# Telephones, paper, no scripts, those who listen


@pytest.fixture
def phone(browser, site) -> Iterator:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto((site / f"{PAGE}.html").as_uri())
    yield page
    context.close()


def test_a_telephone_gets_the_signs_that_its_keyboard_hides(phone):
    field = box(phone).locator("[name=answer]")
    keys = box(phone).locator(".mlp-keys button")
    field.tap()
    keys.first.wait_for()
    field.fill("ab")
    field.evaluate("it => it.setSelectionRange(1, 1)")
    keys.filter(has_text="σ").tap()
    keys.filter(has_text="√").tap()
    assert field.input_value() == "aσ√(b"
    assert field.evaluate("it => it === document.activeElement")
    for key in keys.all():
        size = key.bounding_box()
        assert min(size["width"], size["height"]) >= 44
        assert key.get_attribute("tabindex") == "-1"
        assert key.get_attribute("aria-label")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_said_fits_a_telephone(phone):
    long = "+".join(["exp(z1)"] * 20)
    answer(phone, "\n".join([long, long + "+1"]), LINES)
    box(phone, LINES).locator("[data-do=solution]").click()
    phone.locator(".mlp-solution").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_keyboard_gets_no_row_of_signs(visit):
    page = visit(PAGE).page
    answer(page, "s*r")
    assert page.locator(".mlp-keys").count() == 0


def test_paper_has_lines_to_write_on(visit):
    page = visit(PAGE).page
    page.emulate_media(media="print")
    shown = page.locator("form.mlp-answer").locator("button, output, .mlp-how, .mlp-told")
    assert shown.filter(visible=True).count() == 0
    line = box(page).locator("[name=answer]")
    assert line.is_visible()
    assert line.evaluate("it => getComputedStyle(it).borderBottomStyle") == "solid"
    assert line.evaluate("it => getComputedStyle(it).borderTopStyle") == "none"
    field = box(page, LINES).locator("[name=answer]")
    assert field.bounding_box()["height"] >= 3 * 24
    assert page.locator(".mlp-hints, .mlp-overview").filter(visible=True).count() == 0


def test_without_scripts_the_notebook_answers(visit):
    page = visit(PAGE, scripts=False).page
    form = box(page)
    assert say("box.unscripted") in form.inner_text()
    assert form.locator("[name=answer], button").filter(visible=True).count() == 0
    form.locator("details.mlp-hints > summary").click()
    assert form.locator("li").first.is_visible()
    choice = box(page, CHOICE)
    assert choice.locator("li").first.is_visible()
    assert choice.locator("input, [type=submit]").filter(visible=True).count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_boxes_that_have_answered(width, visit):
    page = visit(PAGE, width=width).page
    answer(page, "s*r")
    answer(page, "-s*(", "softmax.q")
    answer(page, "p - t", "softmax.r")
    for button in ("hint", "solution"):
        box(page).locator(f"[data-do={button}]").click()
    page.locator(".mlp-solution").wait_for()
    assert violations(page) == []


# A chapter's question


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A small book with all of the package."""
    book = Book(tmp_path_factory.mktemp("answers") / "book")
    shutil.rmtree(book.folder / "mlplib")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "mlplib", book.folder / "mlplib", ignore=ignored)
    yield book
    book.close()


PREDICT = "# A chapter\n\nText.\n\n:::{{predict}} {}\nHow many, if $x > 0$?\n:::\n"


def test_a_question_in_a_chapter_has_its_box(book):
    first = next(e.id for e in load("quick").exercises)
    book.write("chapters/one.md", HEADER + PREDICT.format(first))
    book.build()
    soup = BeautifulSoup(book.page(), "html.parser")
    question = soup.select_one(".mlp-predict")
    assert question.select_one(".mlp-predict-title").get_text() == words("en")["box.predict"]
    assert "How many, if" in question.get_text()
    assert question.select_one(f"form[data-exercise='quick.{first}']")
    scripts = [script["src"] for script in soup.select("template#mlp-judge script")]
    assert any(src.startswith("../_static/answers/quick.js?v=") for src in scripts)
    for src in scripts:
        assert (book.html / "chapters" / src.partition("?")[0]).resolve().exists()


def test_a_question_that_does_not_exist_is_refused_with_its_place(book):
    book.write("chapters/one.md", HEADER + PREDICT.format("forward-99"))
    said = book.refuse()
    assert re.search(r"chapters/one, line \d+: predict must name a question of the set quick", said)
    assert "not forward-99" in said
