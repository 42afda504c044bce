"""Whatever a student leaves in the variable, the check answers in words."""

from __future__ import annotations

import decimal
import math
import re

import numpy as np
import pytest
import sympy
from hypothesis import given, settings, strategies as st

from mlplib.checks import Outcome, Practice, Status
from tests.mlplib.checks.demo import DEMO

QUESTIONS = [exercise.id for exercise in DEMO.exercises]


class Liar:
    """Equal to everything, true, and of every length."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    def __len__(self):
        return 1

    def __float__(self):
        return 0.25


class Thrower:
    """Raises whatever one does with it."""

    def __getattribute__(self, name):
        raise RuntimeError(f"no {name}")

    def __eq__(self, other):
        raise RuntimeError("no ==")

    def __hash__(self):
        raise RuntimeError("no hash")

    def __len__(self):
        raise RuntimeError("no len")

    def __iter__(self):
        raise RuntimeError("no iter")

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no array")

    def __repr__(self):
        raise RuntimeError("no repr")


class Quitter(Exception):
    """An exception that cannot even say what it is."""

    def __str__(self):
        raise SystemExit(3)


class Word(str):
    """A text that lies about itself."""

    def strip(self, *args):
        raise RuntimeError("no strip")


def endless():
    while True:
        yield 0.25


def leaves():
    raise SystemExit("good bye")


def recursive(x):
    return recursive(x)


def quits(x):
    raise Quitter


def nested(depth):
    items: list = [1.0]
    for _ in range(depth):
        items = [items]
    return items


THROWERS = np.empty((2, 2), dtype=object)
for index in np.ndindex(2, 2):
    THROWERS[index] = Thrower()

SELF: list = [1.0]
SELF.append(SELF)

HOSTILE = {
    "liar": Liar(),
    "list of liars": [[Liar(), Liar()], [Liar(), Liar()]],
    "array of liars": np.array([Liar(), Liar()], dtype=object),
    "thrower": Thrower(),
    "list of throwers": [Thrower()],
    "array of throwers": THROWERS,
    "text that lies": Word("sigma(x)"),
    "endless generator": endless(),
    "list that holds itself": SELF,
    "deep list": nested(5000),
    "matrix": np.array([[1.0, 2.0], [3.0, 4.0]]).view(np.matrix),
    "masked": np.ma.masked_all((2, 2)),
    "nan": math.nan,
    "array of nan": np.full((2, 2), np.nan),
    "complex": 1j,
    "dates": np.array(["2020-01-01"], dtype="datetime64[D]"),
    "records": np.zeros(2, dtype=[("a", "f8")]),
    "texts": np.array(["x", "y"]),
    "huge text": "x+" * 10**6,
    "huge digits": "9" * 10**6,
    "huge integer": 10**10_000,
    "huge array": np.broadcast_to(0.0, (10**7, 10**7)),
    "signalling nan": decimal.Decimal("sNaN"),
    "null bytes": "s\0x",
    "surrogate": "\ud800",
    "brackets": "(" * 1500,
    "minus signs": "-" * 1500 + "x",
    "plus signs": "+".join("x" * 190),
    "powers": "^".join("9" * 150),
    "derivatives": "D(" * 30 + "x" + ",x)" * 30,
    "towers": "exp(exp(exp(exp(exp(x+9)))))",
    "import": "__import__('os').system('true')",
    "attribute": "x.__class__",
    "braces": "{variable} {0} {",
    "class": int,
    "type": type,
    "module": np,
    "builtin": len,
    "exit": leaves,
    "recursion": recursive,
    "exception without words": quits,
    "own generator": endless,
    "sympy infinity": sympy.oo,
    "sympy nan": sympy.nan,
    "sympy matrix": sympy.eye(2),
    "sympy piecewise": sympy.Piecewise((sympy.Symbol("x"), True), evaluate=False),
    "sympy symbol": sympy.Symbol("q"),
    "dictionary": {"A": 1},
    "bytes": b"A",
}


def plain(html: str) -> str:
    text = re.sub(r"<style>.*?</style>", "", html)
    text = re.sub(r"</p>|<br>|</pre>|</tr>", " ", text)
    text = re.sub(r"<[^>]*>", " ", text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&quot;", '"')):
        text = text.replace(entity, character)
    return " ".join(text.replace("&amp;", "&").split())


def assert_speaks(outcome):
    assert isinstance(outcome, Outcome)
    assert outcome.text.strip()
    assert len(repr(outcome)) < 2000
    assert plain(outcome._repr_html_()) == " ".join(repr(outcome).split())
    assert " at 0x" not in repr(outcome)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_gets_words_and_no_mark(question, name):
    outcome = Practice(DEMO, "en").check(question, HOSTILE[name])
    assert_speaks(outcome)
    assert outcome.status is not Status.RIGHT


ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.just(...),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.complex_numbers(),
        st.fractions(),
        st.decimals(),
        st.text(),
        st.text(alphabet="xsσ()+-*/^²′'0123456789.,<>={}_ e|", max_size=30),
        st.binary(max_size=5),
        st.builds(Liar),
        st.builds(Thrower),
        st.sampled_from([np.float32(0.25), np.int8(1), np.array(0.25), np.zeros((2, 2)), abs, len]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.text(max_size=2), inner, max_size=2),
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(question=st.sampled_from(QUESTIONS), answer=ANYTHING)
def test_arbitrary_objects_never_raise(question, answer):
    assert_speaks(Practice(DEMO, "en").check(question, answer))


@settings(max_examples=100)
@given(result=ANYTHING)
def test_arbitrary_results_of_functions_never_raise(result):
    outcome = Practice(DEMO, "en").check("e", lambda x: result)
    assert_speaks(outcome)
    assert outcome.status in (Status.WRONG, Status.BLANK, Status.ERROR)


@settings(max_examples=50)
@given(question=ANYTHING)
def test_arbitrary_questions_never_raise(question):
    practice = Practice(DEMO, "en")
    for verb in (practice.check, practice.hint, practice.solution, practice.question):
        assert repr(verb(question))


def test_a_question_that_cannot_be_touched_is_unknown():
    assert Practice(DEMO, "en").check(Thrower()).status is Status.UNKNOWN


def test_the_stop_button_works():
    def stopped(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Practice(DEMO, "en").check("e", stopped)


def test_what_came_from_the_student_is_escaped():
    outcome = Practice(DEMO, "en").check("h", "<script>alert(1)</script>")
    assert "<script>" not in outcome._repr_html_()
    assert "<script>" in repr(outcome)
