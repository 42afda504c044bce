"""Answers that nobody has written, through both engines: letters, pairs, sets, matrix formulas.

`MLPLIB_EXAMPLES=20000` tries as many of each.
"""

from __future__ import annotations

import os
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from mlplib.checks.session import practice
from tests.parity import disagreement

invented = settings(max_examples=int(os.environ.get("MLPLIB_EXAMPLES", "40")), deadline=None)

SIGNS = st.one_of(
    st.sampled_from([*" \n\t,;&∧+/|.(){}[]'\"“”„«»*!:_`-–—’→½²₁ŉßİıſΣ\u200b\u00a0\x1f１Ａｂ"]),
    st.characters(exclude_categories=["Cn", "Co"]),
)
LETTER = st.sampled_from([*"ABCDEFGabcdef1234"])
WORDS = (
    *("line", "Option", "answers", "the", "it is", "is", "are", "it's", "that’s", "réponse", "ét"),
    *("because", "since", "not", "and", "et", "puis", "THEN", "finally", "c'est", "A limit"),
)
WORD = st.sampled_from(WORDS).map(" {} ".format)


def text_of(*pieces, most=12):
    return st.lists(st.one_of(*pieces), max_size=most).map("".join)


@cache
def asked(question):
    """The set of a question, and the question."""
    name, _, id_ = question.partition(".")
    course = practice(name, file="off")
    return course, course._find(id_)


def agree(question, answer):
    course, exercise = asked(question)
    assert exercise.kind.exported() is not None
    assert not disagreement(course, exercise, answer, course.check(exercise.id, answer))


LETTERS = ("softmax.d", "softmax.h", "forward.r", "gradients.d", "backpropagation.j")


@pytest.mark.parametrize("question", LETTERS)
def test_letters_are_read_alike(question):
    course, exercise = asked(question)
    options = course._words(exercise).options
    printed = st.sampled_from([f"{key} {option.text}" for key, option in options.items()])

    @invented
    @given(text_of(LETTER, LETTER, SIGNS, WORD, printed, printed.map(lambda t: t[2:].upper())))
    def alike(answer):
        agree(question, answer)

    alike()


NUMBERS = st.sampled_from(
    [
        "0",
        "1",
        "-1",
        "1/4",
        "0.25",
        "0,25",
        ".25",
        "1/8",
        "−0.5",
        "+1",
        "2^-2",
        "1/0",
        "9^999",
        "1 000",
    ]
)
ENDS = st.one_of(NUMBERS, st.sampled_from(["inf", "-inf", "∞", "+oo", "-np.inf", "x", "1 2", ""]))
INTERVAL = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from([*"([]", " [ "]),
    ENDS,
    st.sampled_from([",", ", ", ";", " ; ", ""]),
    ENDS,
    st.sampled_from([*")]["]),
)
BOUND = st.sampled_from(["<", "<=", ">", ">=", "≤", "≥", "=<", "=>", " < ", " in ", "∈", "="])
CHAIN = st.one_of(
    st.builds("{}{}x{}{}".format, NUMBERS, BOUND, BOUND, ENDS),
    st.builds("{}{}{}".format, st.sampled_from("xs_"), BOUND, st.one_of(ENDS, INTERVAL)),
    st.builds("{{s | {}{}s}}".format, ENDS, BOUND),
)
POINTS = st.lists(NUMBERS, max_size=3).map(lambda points: "{" + ", ".join(points) + "}")
JOINED = st.sampled_from([" U ", "u", " ∪ ", "or", " union ", r" \cup ", " and ", "&", ",", "$"])
NAMES = st.sampled_from(["R", "ℝ", "∅", "empty", "The empty set", r"\infty", "in"])
SETS = st.one_of(
    text_of(INTERVAL, INTERVAL, CHAIN, POINTS, NAMES, JOINED, JOINED, most=4),
    st.lists(st.one_of(INTERVAL, POINTS, CHAIN), min_size=1, max_size=4).map(" U ".join),
    text_of(INTERVAL, CHAIN, SIGNS, NUMBERS, JOINED, most=6),
)


@invented
@given(SETS)
def test_sets_of_numbers_are_read_alike(answer):
    agree("softmax.v", answer)


def matrices(names):
    """Formulas of these matrices, most of them well-formed."""
    leaves = st.sampled_from([*names, "1", "2", "0.5", "I"])
    unary = (
        "-{}",
        "{}.T",
        "({})**2",
        "tr({})",
        "vec({})",
        "diag({})",
        "tanh({})",
        "exp({})",
        "({})²",
    )
    binary = *("({} {} {})".format("{}", sign, "{}") for sign in "@*+-/⊙⊗@@"), "kron({}, {})"
    binary = *binary, "outer({},{})", "{} @ {}", "{} + {}", "{}*{}"

    def larger(inner):
        return st.one_of(
            st.builds(str.format, st.sampled_from(unary), inner),
            st.builds(str.format, st.sampled_from(binary), inner, inner),
        )

    return st.recursive(leaves, larger, max_leaves=8)


def broken(formulas):
    """These formulas, with a sign taken out or put in."""
    at = st.integers(0, 40)
    sign = st.one_of(st.just(""), st.sampled_from([*"@*+-/().T,^²ᵀ −·$`"]), SIGNS)
    return st.builds(lambda text, i, j, s: text[:i] + s + text[i + j :], formulas, at, at, sign)


@pytest.mark.parametrize("question", ["autoencoder.i", "backpropagation.x"])
def test_formulas_of_matrices_are_read_alike(question):
    kind = asked(question)[1].kind
    formulas = matrices(kind.shapes)
    right = st.just(kind.expected)
    near = st.sampled_from(["-({})", "2*({})", "({}).T", "({})/3", "{} + 0", "{} - 1e"])

    @invented
    @given(st.one_of(formulas, broken(formulas), broken(right), st.builds(str.format, near, right)))
    def alike(answer):
        agree(question, answer)

    alike()


@pytest.mark.parametrize("question", ["gradients.t", "backpropagation.y", "backpropagation.z"])
def test_derivations_with_matrices_are_read_alike(question):
    kind = asked(question)[1].kind
    lines = [*kind.reference, *kind.reference, *kind.shapes, "", "...", "1. ", "2) -"]
    joints = ["\n", "\n", " = ", "\r\n", "==", "\n= ", "\n3. ", "\x85", "\n\n", " <= "]
    line, joint = st.sampled_from(lines), st.sampled_from(joints)
    inner = st.one_of(line, line, line, broken(line), matrices(kind.shapes))

    @invented
    @given(st.lists(st.builds("{}{}".format, inner, joint), max_size=6).map("".join))
    def alike(answer):
        agree(question, answer)

    alike()
