"""Numbers, arrays and shapes as they are typed: both engines say the same of any text."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import example, given, settings, strategies as st

from mlplib.checks import Array, ExerciseSet, Fractions, Number, Practice, Tolerance
from mlplib.checks.exercise import Exercise
from mlplib.checks.misconception import Misconception
from mlplib.checks.session import known_sets, load, practice
from tests.mlplib.checks.demo import DEMO

KINDS = ("Number", "Rational", "Array", "Fractions", "Shape", "Shapes", "Example")
QUESTIONS = [
    (name, exercise.id)
    for name in known_sets()
    for exercise in load(name).exercises
    if type(exercise.kind).__name__ in KINDS
]
EXAMPLES = int(os.environ.get("MLPLIB_FUZZ", "80"))

PIECES = st.sampled_from(
    [
        *"0123456789" * 2,
        *".,;+-−*/^()[]{}%='\"\n½¼²⁻≈∞×xᵀ",
        *(" ",) * 4,
        *("1/2", "0.25", "-3", "2.5", "1e-3", "1,5", "65 536", "18,432", "10^10^10", "inf", "nan"),
        *("[1, 2]", "(2, 3)", "1 2; 3 4", "[[", "]]", "np.array(", ", dtype=float", "W1: ", "b1 ="),
        *(
            *(
                "\\frac{1}{2}",
                "\\frac12",
                "diag(",
                "/8",
                "4*",
                "half",
                "minus ",
                "1,25",
                "\\ln ",
                "\\cdot ",
                "^{2}",
                "(3 5)",
                "twenty-one",
                "\\begin{pmatrix}",
                "\\end{pmatrix}",
                "&",
                "\\\\",
            ),
            "z = ",
            "\u200b",
            "\u202f",
            "\u00a0",
            "２",
            "٣",
            "😀",
            ".T",
            "e",
            "pi",
            "ln(5)",
            "exp(",
            "sqrt(2)",
            "e^",
            "np.log(9)",
            *(
                "Fraction(1, 2)",
                "ln 3",
                "√",
                "√2",
                "⅛",
                " and ",
                "none",
                "two",
                "about ",
                " times",
                " = ",
            ),
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)
ENTRY = st.one_of(
    st.integers(-20, 20).map(str),
    st.floats(-5, 5).map(repr),
    st.floats(-5, 5).map("{:.3g}".format),
    st.fractions(-3, 3, max_denominator=9).map(str),
    st.sampled_from(["inf", "1e999", "-0", "2½", "50%", "1,5"]),
)
ROWS = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(ENTRY, min_size=n, max_size=n), min_size=1, max_size=4)
)


@st.composite
def arrays(draw):
    """An array as somebody writes it, near one that is asked for or not."""
    rows = draw(ROWS)
    before, between, behind = draw(
        st.sampled_from([("[", ", ", "]"), ("(", ",", ")"), ("", " ", ""), ("[", " ", "]")])
    )
    texts = [before + between.join(row) + behind for row in rows]
    return draw(st.sampled_from(["[{}]", "{}", "np.array([{}])", "z = ({})ᵀ"])).format(
        draw(st.sampled_from([", ", "; ", "\n", ",\n "])).join(texts)
    )


@st.composite
def changed(draw):
    """The right answer or a known wrong one, every number of it changed in one way, typed."""
    name, id_ = draw(st.sampled_from(QUESTIONS))
    exercise = next(e for e in load(name).exercises if e.id == id_)
    versions = [exercise.kind.right_answer()]
    versions += [exercise.kind.wrong_answer(m.wrong) for m in exercise.misconceptions]
    version = draw(st.sampled_from(versions))
    try:
        values = np.asarray(version, dtype=np.float64)
    except (TypeError, ValueError):
        return name, id_, str(version)
    values = values * draw(st.sampled_from([1.0, -1, 2, 0.5, 1 / 3, 10]))
    values = values + draw(st.sampled_from([0.0, 1, -0.25, 1e-5]))
    if draw(st.booleans()):
        values = values.T[::-1] if values.ndim else values
    digits = draw(st.sampled_from([2, 3, 5, 17]))
    return name, id_, str(np.vectorize(lambda v: float(f"{v:.{digits}g}"))(values).tolist())


@settings(max_examples=EXAMPLES, deadline=None)
@given(question=st.sampled_from(QUESTIONS), text=st.one_of(TEXTS, arrays()))
@example(question=("notation", "b"), text="[1; 2, 3")
def test_any_text_is_judged_alike(question, text):
    name, id_ = question
    practice(name, file="off").check(id_, text)  # both engines, see tests/conftest.py


@settings(max_examples=EXAMPLES, deadline=None)
@given(changed())
def test_what_is_nearly_right_is_judged_alike(case):
    name, id_, text = case
    practice(name, file="off").check(id_, text)


def asked(kind, misconceptions=()):
    exercise = Exercise("a", "values", "demo", kind, misconceptions)
    return Practice(ExerciseSet("demo", DEMO.folder, (exercise,)), "en")


NUMBERS = st.floats(allow_nan=True, allow_infinity=True, width=64)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    expected=NUMBERS,
    got=NUMBERS,
    relative=st.sampled_from([0.0, 1e-6, 1e-3]),
    slips=st.lists(st.floats(allow_nan=False), max_size=3),
)
def test_any_two_floats_are_compared_alike(expected, got, relative, slips):
    known = tuple(Misconception("slope-at-one", slip) for slip in slips[:1])
    checks = asked(Number(expected, Tolerance(relative, 1e-9)), known)
    for text in (repr(got), f"{expected:.3g}", f"{expected:.6g}", repr(2 * expected)):
        checks.check("a", text)
    checks = asked(Array([expected, 1.0], Tolerance(relative, 1e-9)))
    for first in (got, *slips, *(slip + 1e-10 for slip in slips)):
        asked(Number(expected, Tolerance(relative, 1e-9)), known).check("a", repr(first))
        checks.check("a", f"{first!r}, 1")
        checks.check("a", f"1, {first!r}")


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.fractions(max_denominator=10**9), min_size=1, max_size=4),
    st.sampled_from([1e-6, 1e-9, 3e-16]),
)
def test_fractions_are_rounded_to_floats_alike(values, near):
    checks = asked(Fractions([str(value) for value in values]))
    checks.check("a", ", ".join(map(str, values)))
    checks.check("a", "; ".join(f"{float(value) * (1 + near):.17f}" for value in values))


HOSTILE = ["9" * 10**6, "[" * 60 + "1" + "]" * 60, "(" * 1000, "10^10^10", "1,", ",", "[]", "1;;2"]
HOSTILE += ["1 " * 999, "1," * 999, "1/2," * 499, "((" * 500 + "))" * 500, '"' * 1999, "½" * 1999]
HOSTILE += [" \n" * 999 + "1", "=" * 1999, "a=" * 999, "-" * 1999, "1\n" * 999, "x:" * 999]
HOSTILE += ["[" * 16 + "1" + "]" * 16, "1" + " " * 1990 + "2", "''" * 900, ".;" * 999, "2^-" * 600]


@pytest.mark.parametrize(("name", "id_"), [QUESTIONS[k] for k in range(0, len(QUESTIONS), 9)])
def test_hostile_texts_are_judged_alike_and_at_once(name, id_):
    checks = practice(name, file="off")
    for text in HOSTILE:
        checks.check(id_, text)
