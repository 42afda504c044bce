"""Derivations line by line: what is a step, and the first thing wrong is what is said."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks import Domain, Form, Practice, Status
from mlplib.checks.kinds.derivation_lines import lines_of, members_of
from tests.mlplib.checks.demo import DEMO, asked

GIVEN = "D(1/(1 + exp(-x)), x)"
SPLIT = "1/(1+e^-x) * e^-x/(1+e^-x)"
DIFFERENCE = "softplus(x) - softplus(-x)"
DIFFERENCES = asked(
    "g",
    reference=(DIFFERENCE, "ln(exp(x))", "x"),
    domain=Domain({"x": (-3, 3)}),
    form=Form(frozenset(), frozenset({"x"})),
    minimum=4,
)
SHIFT = "exp(x + c)/(exp(x + c) + exp(y + c))"
SHIFTS = asked(
    "g",
    reference=(SHIFT, "exp(x)/(exp(x) + exp(y))"),
    domain=Domain({"x": (-2, 2), "y": (-2, 2), "c": (-2, 2)}),
    form=Form(frozenset({"exp"}), frozenset({"x", "y"})),
    minimum=3,
)


def check(question, answer):
    return Practice(DEMO, "en").check(question, answer)


@pytest.mark.parametrize(
    "lines",
    [
        [GIVEN, "e^-x/(1+e^-x)²", "σ(x)(1−σ(x))"],
        f"{GIVEN}\n = e^-x/(1+e^-x)²\n = s(1-s)\n",
        [f"{GIVEN} = {SPLIT}", "= s*(1 - s)"],
        (f"{GIVEN} = {SPLIT} = s(1-s)",),
        [GIVEN, ..., SPLIT, "", "s(1-s)", "..."],
        [f"{GIVEN} =", f"{SPLIT} =", "s*(1 - s)"],
        [GIVEN, f"== {SPLIT}", "== s*(1 - s)"],
        f"1. {GIVEN}\n2) {SPLIT}\n3. s(1-s)",
        [GIVEN, "1. -(-e^-x)/(1+e^-x)²", "2. = s(1-s)"],
    ],
)
def test_right_derivations_pass_however_they_are_laid_out(lines):
    assert check("g", lines).status is Status.RIGHT


@pytest.mark.parametrize(
    ("line", "members"),
    [
        ("2. -x", ["-x"]),
        ("12) x = 2x", ["x ", " 2x"]),
        ("2. - x", ["2. - x"]),
        ("2. + x", ["2. + x"]),
        ("2. * x", ["2. * x"]),
        ("(2) (x)", ["(2) (x)"]),
        ("2.5 x", ["2.5 x"]),
        ("x <= 2", ["x <= 2"]),
        ("=", ["="]),
    ],
)
def test_the_number_of_a_line_is_told_from_a_number(line, members):
    assert members_of(line) == members


def test_the_first_wrong_step_is_shown_with_two_numbers():
    outcome = check("g", [GIVEN, "e^-x/(1+e^-x)²", "e^-x/(1+e^-x)", "s(1-s)"])
    assert outcome.note == "derivation.step"
    assert "Line 3 of lines is not equal to the line before it." in outcome.text
    at, numbers = outcome.text.rsplit("At x = ", 1)[1].split(" the one is ")
    left, right = numbers.split("\n")[0].rstrip(".").split(", the other ")
    x = float(at)
    assert float(left) == pytest.approx(np.exp(-x) / (1 + np.exp(-x)) ** 2, rel=1e-5)
    assert float(right) == pytest.approx(np.exp(-x) / (1 + np.exp(-x)), rel=1e-5)


def test_a_named_slip_is_told_by_name_wherever_it_stands():
    late = check("g", [GIVEN, SPLIT, "-1/(1+e^-x) * e^-x/(1+e^-x)", "-s(1-s)"])
    assert late.note == "misconception.sign-slip"
    assert late.text.startswith("Line 3: ")


@pytest.mark.parametrize(
    "lines", [[GIVEN], [GIVEN, ...], [..., "..."], "", [], [GIVEN, "", None], "D(1/(1+e^-x),x)"]
)
def test_nothing_after_the_given_line_is_not_attempted(lines):
    assert check("g", lines).status is Status.BLANK


def test_a_last_line_in_another_form_is_not_yet():
    outcome = check("g", [GIVEN, "e^-x/(1+e^-x)²", SPLIT])
    assert outcome.note == "formula.form"
    assert outcome.text.startswith("Line 3 of lines is equivalent, but still contains e^….")


@pytest.mark.parametrize(
    "lines",
    [
        ["e^(x+c)/(e^(x+c)+e^(y+c))", "e^x e^c/(e^c (e^x+e^y))", "e^x/(e^x+e^y)"],
        ["exp(c + x)/(exp(y + c) + exp(c + x))", "e^x e^c/(e^c (e^x+e^y))", "e^x/(e^x+e^y)"],
        ["e^x e^c/(e^x e^c + e^y e^c)", "e^x e^c/(e^c (e^x+e^y))", "e^x/(e^x+e^y)"],
        ["e^x e^c/(e^c (e^x+e^y))", "e^x/(e^x+e^y)"],
    ],
)
def test_a_first_line_equal_to_the_given_one_follows_from_it(lines):
    assert SHIFTS.check("g", lines).status is Status.RIGHT
    assert SHIFTS.check("g", [SHIFT, *lines]).status is Status.RIGHT


def test_a_first_line_that_is_not_equal_is_no_step():
    assert check("g", ["σ(x)", "s(1-s)"]).note == "derivation.first"
    slip = check("g", ["-e^-x/(1+e^-x)²", "s(1-s)"])
    assert slip.text.startswith("Line 1: The derivative of 1/u")
    assert check("g", ["ln(x - 9)", "s(1-s)"]).text.startswith("Line 1 of lines has no real value")


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([GIVEN, "s(1-s)", "s*(1 - s)", "σ(x)(1-σ(x))", "s(1-s)"], 2),
        ([GIVEN, "exp(-x)/(1 + exp(-x))^2", "s*(1 - s)", "s(1-s)"], None),
        ([GIVEN, GIVEN, GIVEN, "s(1-s)"], 2),
        ([GIVEN, "s(1-s)", "s*(1 - s)", "s(1-s)"], 2),
    ],
)
def test_a_line_given_twice_counts_once(lines, count):
    outcome = check("g", lines)
    assert outcome.status is (Status.RIGHT if count is None else Status.ALMOST)
    if count:
        assert f"write at least 3 different lines, not {count}." in outcome.text


@pytest.mark.parametrize(
    ("verbs", "lines"),
    [
        (DIFFERENCES, [DIFFERENCE, "x*1", "1*x", "x"]),
        (DIFFERENCES, [DIFFERENCE, "2*x - x", "3*x - 2*x", "x"]),
        (DIFFERENCES, [DIFFERENCE, "-softplus(-x) + softplus(x)", "x/1 + 0", "x"]),
        (SHIFTS, [SHIFT, "exp(x)/(exp(x)+exp(y))+0", "exp(x)/(exp(x)+exp(y))"]),
        (SHIFTS, [SHIFT, "e^x/(e^x+e^y)", "exp(x)/(exp(y)+exp(x))"]),
    ],
)
def test_what_is_no_step_makes_no_new_line(verbs, lines):
    assert verbs.check("g", lines).note == "derivation.short"


@pytest.mark.parametrize(
    ("verbs", "lines"),
    [
        (DIFFERENCES, [DIFFERENCE, "ln(1+e^x) - ln(1+e^-x)", "ln(e^x)", "x"]),
        (DIFFERENCES, [DIFFERENCE, "ln(1+e^x) - ln(1+e^-x)", "ln(e^(2x)/e^x)", "2x - x", "x"]),
        (SHIFTS, [SHIFT, "e^(x+c-c)/(e^(x+c-c)+e^(y+c-c))", "e^x/(e^x+e^y)"]),
        (SHIFTS, [SHIFT, "1/(1 + e^(y+c)/e^(x+c))", "1/(1 + e^(y-x))"]),
    ],
)
def test_what_is_a_step_makes_one(verbs, lines):
    assert verbs.check("g", lines).status is Status.RIGHT


def test_arithmetic_is_a_step_where_it_is_what_was_given():
    square = asked(
        "g",
        reference=("(x + 1)^2 - x^2", "2*x + 1"),
        domain=Domain({"x": (-3, 3)}),
        form=Form(frozenset(), frozenset({"x"})),
        minimum=3,
    )
    lines = ["(x + 1)^2 - x^2", "x^2 + 2x + 1 - x^2", "2x + 1"]
    assert square.check("g", lines).status is Status.RIGHT


def test_a_long_derivation_of_derivatives_is_too_much_to_compute():
    lines = [DIFFERENCE, *(f"x + 0*D(D(D(softplus({k}*x), x), x), x)" for k in range(2, 40)), "x"]
    outcome = DIFFERENCES.check("g", lines)
    assert outcome.note == "formula.huge"


@pytest.mark.parametrize("slip", ["1/0", "ln(x - 5)", "2 +", "y", "s ? x", "2s"])
def test_a_line_names_the_variable_once(slip):
    outcome = check("g", [GIVEN, slip, "s(1-s)"])
    assert outcome.text.startswith("Line 2 of lines")
    assert outcome.text.count("lines") == 1


def test_a_derivation_in_one_text_may_be_long():
    text = "\n".join([GIVEN, SPLIT, f"{SPLIT} + 0*x*(1 + 2 + 3 + 4 + 5 + 6)", "s*(1 - s)"])
    assert len(text) > 100
    assert lines_of(text) == text.splitlines()
    assert check("g", text).status is Status.RIGHT
