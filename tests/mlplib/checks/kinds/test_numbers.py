"""Numbers, fractions and arrays: what is read, and what is said about a wrong one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.checks import Array, ExerciseSet, Number, Practice, Rational, Status, Tolerance
from mlplib.checks.kinds.exact import NotAFraction, fraction_of
from mlplib.checks.kinds.likeness import nearest
from mlplib.checks.misconception import wrong
from tests.mlplib.checks.demo import DEMO


def check(question, answer):
    return Practice(DEMO, "en").check(question, answer)


def asked(kind):
    """The demonstration with one question, of this kind."""
    return Practice(
        ExerciseSet("demo", DEMO.folder, (replace(DEMO.exercises[0], kind=kind),)), "en"
    )


QUARTERS = asked(Rational(Fraction(1, 4) ** 10))


@pytest.mark.parametrize(
    "answer",
    [
        0.25**10,
        np.float64(0.25) ** 10,
        Decimal("0.25") ** 10,
        Fraction(1, 4) ** 10,
        "1/4^10",
        "1/4**10",
        "(1/4)**10",
        "(¼)¹⁰",
        "4^-10",
        "4⁻¹⁰",
        "0.25^10",
        "2^(-2*10)",
        "1/1048576",
        "1/1 048 576",
        "1/1\u202f048\u202f576",
        "1 / 1_048_576",
        "1/1,048,576",
        "9.5367431640625e-07",
    ],
)
def test_a_fraction_is_exact_however_it_is_written(answer):
    assert QUARTERS.check("a", answer).status is Status.RIGHT


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        (0.25**10 * (1 + 1e-15), "rational.form"),
        ("9.5367e-7", "rational.form"),
        (Decimal("9.5367e-7"), "rational.form"),
        ("1/1048575", "rational.value"),
        ("1/4*10", "rational.value"),
        ("1/4^11", "rational.value"),
        ("1/4^x", "rational.text"),
        ("4^(1/2)", "rational.text"),
        ("1/0", "rational.text"),
        ("0^-1", "rational.text"),
        ("1 1/2", "number.beside"),
        ("1/1 04 8576", "number.beside"),
        ("1/1,04,8576", "number.shape"),
        ("1/1,048 576", "number.beside"),
        ("1,048", "number.commas"),
        ("inf", "number.finite"),
        ("0,000", "rational.value"),
        ("exp(0)", "rational.text"),
        ("4^10^10^10", "number.huge"),
        ("7^(10^8)", "number.huge"),
        ("(4^100)^100", "number.huge"),
        ("*".join(["4^400"] * 50), "number.huge"),
        (Decimal("nan"), "number.finite"),
    ],
)
def test_what_is_not_the_fraction_is_told_apart(answer, note):
    assert QUARTERS.check("a", answer).note == note


NUMBERS = st.recursive(
    st.integers(1, 20).map(str),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("({})^{}".format, inner, st.integers(-3, 3))
    ),
    max_leaves=5,
)


@given(text=NUMBERS)
def test_fractions_agree_with_pythons_own(text):
    spelled = re.sub(r"(?<!\^)(?<!-)\b(\d+)", r"Fraction(\1)", text)
    try:
        expected = eval(spelled.replace("^", "**"), {"Fraction": Fraction})
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            fraction_of(text)
    else:
        assert fraction_of(text) == expected


def test_numbers_beside_each_other_are_no_product():
    with pytest.raises(NotAFraction):
        fraction_of("1 1/2")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("a little", "is not a number such as"),
        ("1,250", "as 1250 and as 1.250"),
        ("2 1/4", "such as 2 + 1/2"),
        ("[0.25, 0.5]", "an array of shape (2,)"),
        ("0.25; 0.5", "an array of shape (2,)"),
        ("(0, 25)", "a point, 0.25"),
        ("0.25, 0.5, 0.75", "an array of shape (3,)"),
        ("1/0", "is not a number such as"),
        ("sqrt(-1)", "is not a number such as"),
        ("ln(a)", "is not a number such as"),
        ("1e-3000", "is not a number such as"),
        ("exp(10^6)", "too large"),
        ("10^10^10", "too large"),
    ],
)
def test_text_that_is_no_single_number_is_not_judged(answer, says):
    outcome = check("a", answer)
    assert outcome.status is Status.UNREAD
    assert says in outcome.text


@pytest.mark.parametrize(
    ("expected", "answer", "note"),
    [
        (69.068, 70, "high"),
        (69.068, 69, "digits"),
        (69.068, 69.07, "digits"),
        (69.068, 69.06, "digits"),
        (69.068, 69.08, "high"),
        (69.068, 69.05, "low"),
        (4.59512, 4.6, "digits"),
        (4.59512, 5, "high"),
        (-4.59512, -4.59, "digits"),
        (0.25, 0.2, "low"),
        (1 / 3, 0, "low"),
        (69.068, -3, "low"),
        (69.068, -69.07, "sign"),
        (69.068, 6.907, "point"),
        (69.068, 690.68, "point"),
        (69.068, -690.68, "low"),
        (-2.0, -20, "point"),
        (-2.0, -3, "low"),
        (-2.0, 2, "sign"),
        (0.0, 3, "high"),
        (0.0, -3, "low"),
        (np.inf, 3, "low"),
    ],
)
def test_a_wrong_number_is_told_in_which_way(expected, answer, note):
    outcome = asked(Number(float(expected), Tolerance(0.0, 1e-3))).check("a", answer)
    assert outcome.status is Status.WRONG
    assert outcome.note == f"number.{note}"
    assert str(expected) not in outcome.text


@pytest.mark.parametrize(
    ("entries", "note"),
    [
        ([[0.1875, 2 / 3]], "answer.right"),
        ([[0.19, 0.6667]], "array.digits"),
        ([[0.187, 0.666]], "array.digits"),
        ([[0.19, 0.8]], "array.value"),
        ([[0.2, 0.667]], "array.value"),
    ],
)
def test_entries_rounded_too_far_are_told_apart(entries, note):
    outcome = asked(Array([[3 / 16, 2 / 3]], Tolerance(1e-5, 0.0))).check("a", entries)
    assert outcome.note == note
    if note == "array.value":
        assert str(entries[0][1 if 0.8 in entries[0] else 0]) in outcome.text


def test_numbers_in_sentences_have_a_true_minus_and_those_in_calls_are_typed():
    assert "is −3," in check("a", -3).text
    text = check("e", lambda x: np.where(x < 0, x, 1 / (2 + 2 * np.cosh(x)))).text
    assert text == "sigma_prime(-1) gives −1, expected 0.196612."
    assert " yours is −" in check("f", "s - 1").text


def test_of_two_known_wrong_numbers_the_nearer_wins():
    wide = Tolerance(0.0, 0.5)
    for known in (wrong(near=1.0, far=1.3), wrong(far=1.3, near=1.0)):
        assert nearest(wide, 1.1, known).key == "misconception.near"
        assert nearest(wide, 1.2, known).key == "misconception.far"
    assert nearest(wide, 2.0, known) is None
