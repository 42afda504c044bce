"""Matchings, mended lines, orders, examples, fractions, intervals, gradients: read and judged."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import sympy

from mlplib.checks import ExerciseSet, Practice, Status
from mlplib.checks.authoring import audit
from mlplib.checks.code.definition import typed_again
from mlplib.checks.kinds.read_intervals import Unreadable, set_of, set_text
from mlplib.language import words
from tests.mlplib.checks.kinds.more import MORE, check, products
from tests.mlplib.checks.test_robustness import HOSTILE, assert_speaks


def test_the_set_is_sound():
    assert audit.faults(MORE) == []


RIGHT = {
    "a": ["1B 2A 3B", "BAB", "b, a, b", {1: "B", "2": "a", 3: "B"},
          [("1", "B"), (3, "B"), (2, "A")], ["1B", "2A", "3B"], "1-B; 2-A; 3-B", "B1 B3 A2",
          np.array(["B", "A", "B"]), OrderedDict({1: "B", 2: "A", 3: "B"}),
          "3→B 1→B 2→A", ["B", "A", "B"]],
    "b": [("B", "2*x*cosh(x^2)"), ["b", "cosh(x²)·2x"], {"B": "2x*cosh(x*x)"},
          ("2x*cosh(x^2)", "B"), ("B", "= 2x*cosh(x^2)"), "B 2x*cosh(x^2)", "B – 2x*cosh(x^2)",
          np.array(["B", "2x*cosh(x^2)"]),
          "B: x*(exp(x^2) + exp(-x^2))", "line B: 2x cosh(x^2)",
          ("B", 2 * sympy.Symbol("x") * sympy.cosh(sympy.Symbol("x") ** 2))],
    "c": ["C A B", "c, a, b", "CAB", ["C", "A", "B"], ("C", "AB"), "C, A and B", "1. C 2. A 3. B",
          np.array(["C", "A", "B"])],
    "d": [[3, -4], np.array([-0.75, 1]), (Fraction(3), -4), [1e-3, -4e-3 / 3]],
    "e": [[["1/3", "2/3"], [1, "-1/6"]], [[Fraction(1, 3), Fraction(4, 6)], ["1", Fraction(-1, 6)]],
          np.array([["1/3", "2/3"], ["1", "−1/6"]]), (("1/3", "2/3"), (1.0, "-1/6")),
          sympy.Matrix([[sympy.Rational(1, 3), sympy.Rational(2, 3)], [1, -sympy.Rational(1, 6)]])],
    "f": ["(0, 1/4]", "(0,0.25]", "]0; 0,25]", "0 < s <= 1/4", "1/4 ≥ s > 0",
          "u > 0 and u <= 1/4", "{u | 0 < u <= 1/4}", "0 < s*(1 - s) <= 1/4", "(0,1/8)u[1/8,1/4].",
          "s in (0, 1/4]", "u ∈ ]0, 1/4]",
          sympy.Interval.Lopen(0, sympy.Rational(1, 4)), "(0, 1/8) U [1/8, 1/4]",
          "(0, 1/4) ∪ {1/4}", " ( 0 , 2^-2 ] "],
    "g": [typed_again(products), lambda x, w: list(products(x, w)),
          lambda x, w: dict(zip("xw", products(x, w), strict=True))],
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "answer"), [(q, a) for q, answers in RIGHT.items() for a in answers]
)
def test_what_is_right_is_right_however_it_is_written(question, answer):
    outcome = check(question, answer)
    assert outcome.status is Status.RIGHT, outcome


SEEN = {
    "matching.type": ("a", [1.5, "B"]),
    "matching.pairs": ("a", "1B 2A"),
    "matching.pair": ("a", "1A 2A 3B"),
    "mended.type": ("b", 7),
    "mended.letter": ("b", ("Q", "x")),
    "mended.half": ("b", "B"),
    "order.type": ("c", 7),
    "order.letters": ("c", "CAQ"),
    "order.place": ("c", "CBA"),
    "order.stranger": ("c", "CADB"),
    "order.short": ("c", "CA"),
    "fractions.entry": ("e", [["1/3", "2/3"], [1, "won"]]),
    "fractions.digits": ("e", [[0.333, "2/3"], [1, "-1/6"]]),
    "fractions.form": ("e", [[0.33333, "2/3"], [1, "-1/6"]]),
    "intervals.type": ("f", (0, 0.25)),
    "intervals.text": ("f", "from 0 to 1/4"),
    "intervals.number": ("f", "(0, a]"),
    "intervals.infinity": ("f", "(0, inf]"),
    "intervals.turned": ("f", "(1/4, 0)"),
    "intervals.extra": ("f", "(0, 1/2]"),
    "intervals.missing": ("f", "(0, 1/8]"),
    "intervals.end": ("f", "[0, 1/4]"),
    "loss_gradient.count": ("g", lambda x, w: products(x, w)[0]),
    "loss_gradient.type": ("g", lambda x, w: ("x", "w")),
    "loss_gradient.turned": ("g", lambda x, w: [g.T for g in products(x, w)]),
    "loss_gradient.shape": ("g", lambda x, w: (0, 0)),
    "loss_gradient.finite": ("g", lambda x, w: (x * np.nan, w)),
    "loss_gradient.entry": ("g", lambda x, w: (products(x, w)[0], w)),
    "loss_gradient.factor": ("g", lambda x, w: [-3 * g for g in products(x, w)]),
}
ADVICE = {"example.image", "mended.formula", "mended.line"}
NOT_HERE = {"order.all"}  # an order without distractors: the demonstration of the next test
TABLES = {"matching", "mended", "order", "example", "fractions", "intervals", "loss_gradient"}


def test_each_message_has_an_example():
    told = {key for key in words("en") if key.split(".")[0] in TABLES}
    assert set(SEEN) | ADVICE | NOT_HERE == told


@pytest.mark.parametrize("key", SEEN)
def test_a_message_is_seen_when_it_should_be(key):
    question, answer = SEEN[key]
    outcome = check(question, answer)
    assert outcome.note == key, outcome
    assert "{" not in outcome.text.replace("{-1, 1}", "")
    variables = {exercise.id: exercise.variable for exercise in MORE.exercises}
    assert key == "mended.half" or variables[question] in outcome.text


@pytest.mark.parametrize("question", [exercise.id for exercise in MORE.exercises])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_gets_words_and_no_mark(question, name):
    outcome = check(question, HOSTILE[name])
    assert_speaks(outcome)
    assert outcome.status is not Status.RIGHT


@pytest.mark.parametrize("question", [exercise.id for exercise in MORE.exercises])
@pytest.mark.parametrize("answer", [None, ..., "", "...", [...], [..., ...]])
def test_an_untouched_answer_is_not_attempted(question, answer):
    assert check(question, answer).status is Status.BLANK


def test_a_pair_that_does_not_fit_is_told_why():
    text = check("a", "1B 2B 3A").text
    assert text == (
        "pairs: 2 and B do not fit. The slope of ln falls for ever. exp(x) grows for ever. "
        "Pairs that fit: 1 of 3."
    )


@pytest.mark.parametrize(
    "pairs",
    ["1B et 2A et 3B", "1→B, 2→A, 3→B", "1 with B and 2 with A, then 3 with B", "1B, 2A puis 3B"],
)
def test_pairs_may_be_joined_by_words_and_arrows(pairs):
    assert check("a", pairs).status is Status.RIGHT


@pytest.mark.parametrize(
    "steps", ["C puis A, et B", "C → A → B", "C > A > B", "C < A < B", "c, then a and then b"]
)
def test_an_order_may_be_joined_by_words_and_arrows(steps):
    assert check("c", steps).status is Status.RIGHT


def test_line_and_formula_are_judged_apart():
    wrong_line = check("b", ("C", "2x*cosh(x^2)"))
    assert wrong_line.note == "option.C"
    assert "Line C follows from the line before it." in wrong_line.text
    assert "The formula that you put in its place is right, and it belongs to another" in (
        wrong_line.text
    )
    both = check("b", ("C", "x"))
    assert both.note == "option.C"
    assert "formula" not in both.text
    formula = check("b", ("B", "3x"))
    assert formula.note == "formula.value"
    assert formula.text.endswith("\nThe line is right: B.")
    slip = check("b", ("B", "cosh(x^2)"))
    assert slip.note == "misconception.inner_forgotten"
    assert slip.text == "The inner derivative is missing.\nThe line is right: B."
    unread = check("b", ("B", "2x*"))
    assert unread.status is Status.UNREAD
    assert "The line is right: B." in unread.text
    assert check("b", ("B", ...)).status is Status.ALMOST


def test_an_order_says_where_it_breaks_first_and_why():
    assert check("c", "CBDA").text == (
        "steps: B does not belong in place 2; what stands before it is right. "
        "About B: It collects what the rule gave."
    )
    assert check("c", "DCAB").text == (
        "steps: D, in place 1, does not belong to it at all; what stands before it is right. "
        "About D: There is no limit to take."
    )
    assert check("c", "CABD").note == "order.stranger"
    assert check("c", "ACB").note == "misconception.rule_before_wish"
    assert check("c", "CAAB").note == "order.letters"


def test_an_order_without_distractors_needs_every_letter():
    exercise = MORE.exercises[2]
    whole = replace(exercise, kind=replace(exercise.kind, expected="CABD"), misconceptions=())
    practice = Practice(ExerciseSet("more", MORE.folder, (whole,)), "en")
    assert practice.check("c", "CAB").note == "order.all"
    assert practice.check("c", "C A B D").status is Status.RIGHT


def test_an_example_is_judged_by_its_properties_and_shown_what_it_gives():
    outcome = check("d", [3, 4])
    assert outcome.note == "misconception.not_orthogonal"
    assert outcome.text.endswith("Its product with (4, 3) is to be 0.\nWhat yours gives: 24.")
    assert check("d", [0, 0]).note == "misconception.zero"
    assert check("d", [3, -4, 0]).note == "array.shape"
    assert check("d", [np.nan, 0]).note == "array.finite"


def test_every_property_of_an_example_has_its_sentence():
    """The audit runs an array without each of them."""
    kind = MORE.exercises[3].kind
    assert set(kind.properties) == {m.key for m in MORE.exercises[3].misconceptions}


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        ([["1/3", "2/3"], [1, "1/5"]], "array.value"),
        ([["1/3", "2/3"], [1, "1/6"]], "array.signs"),
        ([[1 / 3, 2 / 3], [1, 1 / 6]], "array.signs"),
        ([[1 / 3, 2 / 3], [1, -1 / 6]], "fractions.form"),
        ([["1/3", "2/3"], [1 + 2e-16, "-1/6"]], "fractions.form"),
        ([[1 / 3, 1], [2 / 3, -1 / 6]], "misconception.transposed"),
        (["1/3", "2/3", 1, "-1/6"], "array.reshaped"),
        ("1/3, 2/3, 1, -1/6", "array.reshaped"),
        ([["1/3", "2/3"], [1]], "array.ragged"),
        (np.zeros((100, 100)), "array.large"),
        ([[[[[["1/3"]]]]]], "array.shape"),
    ],
)
def test_fractions_in_arrays_are_exact_entry_by_entry(answer, note):
    assert check("e", answer).note == note


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("[0, 1/4)", "differs in whether 0 itself belongs to it, and in nothing between the ends"),
        ("(0, inf)", "read as (0, ∞), holds 5/4"),
        ("(0, 1/4] U {3}", "holds 3"),
        ("(1/8, 1/4]", "does not hold 1/16"),
        ("{}", "read as ∅, does not hold 1/8"),
        ("R", "read as (−∞, ∞), holds −1"),
    ],
)
def test_a_set_that_differs_is_told_by_a_number(answer, says):
    assert says in check("f", answer).text.replace(", and that number", "")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("x<0 or x>1", "(−∞, 0) ∪ (1, ∞)"),
        ("[0,1] U [1,2]", "[0, 2]"),
        ("[0,1) U (1,2]", "[0, 1) ∪ (1, 2]"),
        ("(0,1) U {1}", "(0, 1]"),
        ("]-inf; 0,5[", "(−∞, 1/2)"),
        ("x < inf", "(−∞, ∞)"),
        (r"(0,1) \cup \{3\}", "(0, 1) ∪ {3}"),
        ("empty", "∅"),
    ],
)
def test_a_set_is_read_and_printed(text, printed):
    assert set_text(set_of(text)) == printed
    assert set_of(printed) == set_of(text)


@pytest.mark.parametrize(
    "text",
    ["0<1<2", "0 < x > 1", "x", "x != 0", "1 < x < 0", "a < b < c < d", "(0,1)(2,3)", "[0,1"],
)
def test_what_is_no_set_is_refused(text):
    with pytest.raises(Unreadable):
        set_of(text)


def test_a_gradient_is_held_to_the_complex_step_on_other_shapes():
    kind = MORE.exercises[6].kind
    shapes = {tuple(value.shape for value in drawn.values()) for drawn in kind._all}
    assert len(shapes) > 4
    said = check("g", lambda x, w: (products(x, w)[0], w)).text
    entry, claimed = re.search(r"entry (w\[.*?\]) of the gradient is (.*?);", said).groups()
    measured = re.search(r"by the complex step of the loss it is (.*)\.$", said)[1]
    assert entry.startswith("w[")
    assert claimed != measured
    small = check("g", lambda x, w: [g * (1 + 1e-9) for g in products(x, w)])
    assert small.note in ("loss_gradient.entry", "loss_gradient.factor")


def test_what_a_gradient_does_beside_is_told():
    def changes(x, w):
        found = products(x, w)
        x += 1
        return found

    def fails(x, w):
        return products(x, w.undefined)

    def stub(x, w):
        raise NotImplementedError

    notes = {changes: "function.mutates", fails: "function.raises_line", stub: "function.blank"}
    notes |= {(lambda x, w: None): "function.nothing", len: "function.raises"}
    for answer, note in notes.items():
        assert check("g", answer).note == note
