"""The four verbs as a student meets them."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from mlplib.checks import Number, Practice, Status, practice
from mlplib.checks.code import calling
from mlplib.checks.code.definition import typed_again
from mlplib.checks.kinds import function, numbers
from mlplib.checks.panel import COLOURS
from tests.mlplib.checks.demo import DEMO
from tests.mlplib.checks.test_robustness import plain


@pytest.fixture
def verbs():
    return practice(DEMO)


def test_a_practice_unpacks_into_four_verbs(verbs):
    check, hint, solution, progress = verbs
    assert check("a", 0.25).status is Status.RIGHT
    assert "hint 1 of 3" in hint("a").text
    assert "0.25" in solution("a").text
    assert "1 right" in progress().text


def test_short_and_full_ids_are_the_same_question(verbs):
    assert verbs.check("demo.a", 0.25) == verbs.check("a", 0.25)
    assert verbs.check("a", 0.25).question == "demo.a"


@pytest.mark.parametrize("verb", ["check", "hint", "solution", "question"])
@pytest.mark.parametrize("name", ["z", "other.a", "", 7, None, ["a"]])
def test_an_unknown_question_gets_the_list_of_known_ones(verbs, verb, name):
    said = getattr(verbs, verb)(name)
    assert said.status is Status.UNKNOWN
    assert "a, b, c, d, e, f, g, h, i, j, k, l, m" in said.text
    assert "0 right, 0 wrong, 13 not attempted." in verbs.progress().text


@pytest.mark.parametrize("name", ["A", " a", "a ", "a)", "Demo.A", "demo . a", '"a"'])
def test_ids_forgive_case_and_blanks(verbs, name):
    assert verbs.check(name, 0.25) == verbs.check("a", 0.25)
    assert verbs.hint(name).text.startswith("hint 1 of 3")


def test_a_set_is_found_in_any_case():
    assert practice(" Softmax").check("H", "b").question == "softmax.h"


@pytest.mark.parametrize(
    ("verb", "arguments", "says"),
    [
        ("check", (), 'Say which question you mean: write check("b", answer).'),
        ("hint", (), 'Say which question you mean: write hint("b").'),
        ("solution", (), 'Say which question you mean: write solution("b").'),
        ("question", (), 'Say which question you mean: write question("b").'),
        ("check", (0.25,), 'Say which question you mean: write check("b", answer).'),
        ("check", (0.25, "C"), 'The question comes first: write check("c", answer).'),
        ("check", ("s(1-s)", "f"), 'The question comes first: write check("f", answer).'),
        ("check", (0.25, "x"), "Say which question you mean"),
        ("hint", (2, "c"), 'The question comes first: write hint("c").'),
        ("check", ("b",), 'No answer was given: write check("b", probability).'),
        ("check", ("d", 5, 3), "A question has one answer, and 2 were given: put them into"),
    ],
)
def test_arguments_swapped_or_forgotten_get_a_sentence(verbs, verb, arguments, says):
    verbs.check("a", 0.25)
    assert says in getattr(verbs, verb)(*arguments).text
    assert "1 right, 0 wrong" in verbs.progress().text


def test_an_answer_given_by_name_gets_a_sentence(verbs):
    assert verbs.check("a", slope=0.25).text == (
        'The answer stands without a name: write check("a", slope), without slope=.'
    )
    assert verbs.check(slope=0.25).note == "answer.which"


def test_none_is_an_answer_that_is_empty_and_not_one_that_was_forgotten(verbs):
    assert verbs.check("a", None).note == "answer.blank"
    assert verbs.check("a").note == "answer.missing"


def test_an_unknown_set_is_refused():
    with pytest.raises(
        ValueError, match=r"name must be one of the exercise sets .*, not 'nowhere'\.$"
    ):
        practice("nowhere")


def test_hints_go_up_one_step_a_call_and_say_when_they_are_at_the_top(verbs):
    assert [verbs.hint("a").text.split(":")[0] for _ in range(4)] == [
        "hint 1 of 3",
        "hint 2 of 3",
        "hint 3 of 3, the last",
        "hint 3 of 3; there is no further hint, and solution shows the answer",
    ]
    assert verbs.hint("b").text.startswith("hint 1 of 2")
    assert verbs.hint("a", 1).text.startswith("hint 1 of 3: ")
    assert verbs.hint("a", 3).text.startswith("hint 3 of 3, the last: ")
    assert verbs.hint("a").text.startswith("hint 3 of 3; there is no further hint")


@pytest.mark.parametrize("step", [0, 4, -1, True, "2", 1.0])
def test_a_hint_that_is_not_there_is_a_sentence(verbs, step):
    assert verbs.hint("a", step).text.startswith("The last hint is number 3:")


def test_no_check_tells_the_answer(verbs):
    for answer in (0.3, [1.0], 7, "x"):
        assert "0.25" not in repr(verbs.check("a", answer))
    assert "3/4" not in repr(verbs.check("b", "1/3"))
    assert "(5, 3)" not in repr(verbs.check("d", (5, 4)))
    assert "1 - sigma" not in repr(verbs.check("f", "exp(-x)/(1+exp(-x))^2"))


def test_right_says_why_it_matters_and_that_it_is_practice(verbs):
    said = verbs.check("a", 0.25).text
    assert said.startswith("No slope of σ is steeper")
    assert "for practice" in verbs.progress().text


def test_progress_counts_names_the_next_and_says_that_it_is_practice(verbs):
    verbs.check("a", 0.25)
    verbs.check("b", "1/3")
    verbs.check("e", lambda x: undefined_name)  # noqa: F821
    verbs.check("f", "exp(-x)/(1+exp(-x))^2")
    verbs.check("g", "no formula")
    shown = repr(verbs.progress())
    assert (
        "1 right, 1 not yet in the form asked for, 1 wrong, 1 error in your code, "
        "1 cannot be read yet, 8 not attempted." in shown
    )
    assert "Next: b, The same, exactly." in shown
    assert "for practice" in shown
    assert "b  The same, exactly                    ✗ wrong" in shown
    assert plain(verbs.progress()._repr_html_()) == " ".join(shown.split())


def test_progress_says_when_everything_is_done(verbs):
    for exercise in DEMO.exercises:
        verbs.check(exercise.id, typed_again(exercise.kind.right_answer()))
    text = verbs.progress().text
    assert text.startswith("13 right, 0 wrong, 0 not attempted.\nEvery practice check passed.")


@pytest.mark.parametrize("later", [0.3, ..., "x", 1j])
def test_right_stays_right_and_practices_are_apart(verbs, later):
    verbs.check("a", 0.25)
    verbs.check("a", later)
    assert "1 right, 0 wrong" in verbs.progress().text
    assert "0 right, 0 wrong" in practice(DEMO).progress().text


def test_the_best_outcome_of_each_question_counts(verbs):
    rising = [
        ("not attempted", ...),
        ("cannot be read yet", "s ? x"),
        ("wrong", "s"),
        ("not yet in the form asked for", "exp(-x)/(1+exp(-x))^2"),
        ("right", "s(1-s)"),
    ]
    for count, (word, answer) in enumerate(rising, start=1):
        assert word in verbs.check("f", answer).heading
        for _, earlier in rising[:count]:
            verbs.check("f", earlier)
            assert verbs.progress().rows[5][2].endswith(word)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("a", "a little"), ("c", "text"), ("d", 5), ("e", 1), ("f", "s ?"), ("g", 7), ("h", "Q")],
)
def test_what_cannot_be_read_is_not_wrong(verbs, question, answer):
    outcome = verbs.check(question, answer)
    assert outcome.status is Status.UNREAD
    assert repr(outcome).startswith(f"? {question} · cannot be read yet: ")
    assert 'class="mlp-outcome mlp-unread"' in outcome._repr_html_()
    assert "0 right, 0 wrong, 1 cannot be read yet, 12 not attempted." in verbs.progress().text


def test_panels_are_the_same_on_every_run_and_in_both_faces():
    def everything(verbs):
        for exercise in DEMO.exercises:
            yield verbs.question(exercise.id)
            yield verbs.hint(exercise.id)
            yield verbs.solution(exercise.id)
            for known in exercise.misconceptions:
                yield verbs.check(exercise.id, exercise.kind.wrong_answer(known.wrong))
        yield verbs.progress()

    first, second = (list(everything(Practice(DEMO, "en"))) for _ in range(2))
    assert list(map(repr, first)) == list(map(repr, second))
    for panel in first:
        html = panel._repr_html_()
        assert plain(html) == " ".join(repr(panel).split())
        assert f'class="mlp-outcome mlp-{panel.tone}"' in html


def test_checking_formulas_as_text_loads_neither_sympy_nor_matplotlib():
    code = (
        "import sys, mlplib.checks\n"
        "assert not {'sympy', 'mpmath', 'matplotlib', 'jupytext'} & set(sys.modules)\n"
        "from tests.mlplib.checks.demo import DEMO\n"
        "check, *_ = mlplib.checks.practice(DEMO)\n"
        "assert check('f', 's(1-s)').status.name == 'RIGHT'\n"
        "assert not {'sympy', 'matplotlib', 'jupytext'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def broken(*arguments, **named):
    raise RuntimeError("a mistake of ours")


OURS = [
    ("a", 0.3, numbers, "nearest"),  # judging what was read
    ("a", 0.25, numbers, "read_number"),  # reading a plain number, which cannot raise by itself
    ("a", "one quarter", numbers, "read_number"),
    ("e", lambda x: x, function, "Trial"),  # judging a call
    ("e", lambda x: x, function.Function, "_truth"),  # the truth itself
    ("e", lambda x: x, calling, "read_array"),  # reading what a call returned, a number
    ("c", np.eye(2), numbers, "read_array"),  # reading an array of numbers
]


@pytest.mark.parametrize(("question", "answer", "where", "name"), OURS)
def test_a_mistake_of_the_check_is_never_the_answers(
    verbs, monkeypatch, question, answer, where, name
):
    kind = next(e.kind for e in DEMO.exercises if e.id == question)
    vars(kind).pop("_truths", None)
    monkeypatch.setattr(where, name, broken)
    with pytest.raises(RuntimeError, match="a mistake of ours"):
        verbs.check(question, answer)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    outcome = verbs.check(question, answer)
    assert outcome.status is Status.FAILED
    assert outcome.note == "answer.failed"
    assert outcome.heading == f"{question} · this check has failed, not your answer"
    assert "the check itself raised RuntimeError: a mistake of ours\n" in outcome.text
    assert "0 right, 0 wrong, 13 not attempted." in verbs.progress().text


def test_a_check_that_failed_leaves_the_best_outcome(verbs, monkeypatch):
    verbs.check("a", 0.3)
    monkeypatch.setattr(Number, "compare", broken)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    assert verbs.check("a", 0.25).status is Status.FAILED
    assert "0 right, 1 wrong" in verbs.progress().text


def test_every_panel_has_a_colour_of_the_palette():
    assert {status.value for status in Status} < set(COLOURS)
    html = practice(DEMO).check("a", 0.25)._repr_html_()
    assert 'style="--mlp-tone:var(--mlp-green,#009e73)"' in html
    assert "border-left:.3em solid var(--mlp-tone)" in html
