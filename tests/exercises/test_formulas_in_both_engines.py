"""Formulas in the page's script: the points tell answers apart, and both engines say the same."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import mpmath
import pytest
from hypothesis import given, settings, strategies as st

from mlplib.checks import Derivation, Expression, practice
from mlplib.checks.exercise import Exercise
from mlplib.checks.formulas.evaluation import value
from mlplib.checks.formulas.points import AGREEMENT
from mlplib.checks.kinds.mended import Mended
from mlplib.checks.session import Practice, known_sets
from tests.parity import disagreement

PRACTICES = {name: practice(name, language="en", file="off") for name in known_sets()}
QUESTIONS = {
    f"{name}.{exercise.id}": (practice, exercise)
    for name, practice in PRACTICES.items()
    for exercise in practice._exercises.values()
    if isinstance(exercise.kind, Expression | Derivation | Mended)
}

CHECK = Practice.check

CERTAIN = 10**6
"""By so many allowances different answers differ, at one point at least."""

SIGNS = [*" ()[]{}+-*/^=,.;:<>|'\"_\\$?&xeσπ²³⁻½¾₁·×÷−≤≥𝟙«»“”√∂019１٣\u200b\n\u00a0eEDdH"]

FUNCTIONS = (
    *("exp", "ln", "sqrt", "sigma", "σ", "tanh", "softplus", "relu", "H", "sin", "cos", "sinh"),
    *("cosh", "artanh", "log1p", "abs", "sign", "sigmoid", "sigma'", "tanh'", "softplus''", "log"),
    *("np.exp", "np.log", "math.pi", "np.square", "\\sigma", "\\ln", "\\frac", "\\cdot", "\\left("),
)

UNCHANGED = (
    *(
        "{}",
        "{} + 0",
        "1*({})",
        "({})/1",
        "({})*2/2",
        "-(-({}))",
        "({0})*({0})/({0})",
        "3 + {} - 3",
    ),
    *("({0}) + ({0}) - ({0})", "({})^1", "0 + {}", "{0} = {0}"),
)
"""What changes no formula, and may or may not be a step."""

TWICE = st.sampled_from([1, 1, 1, 2])


def formula_of(exercise: Exercise) -> Expression | Derivation:
    """Return the kind that says what formulas of a question are compared with."""
    kind = exercise.kind
    return kind.formula if isinstance(kind, Mended) else kind


def texts_of(exercise: Exercise) -> list[str]:
    """Return every formula that a question knows: what is right, then its wrong versions."""
    reference = formula_of(exercise).reference
    right = [reference] if isinstance(reference, str) else list(reference)
    return [*right, *(str(slip.wrong) for slip in exercise.misconceptions)]


def written(names: list[str], known: list[str]) -> st.SearchStrategy[str]:
    """Return formulas in these names, as people write them."""
    numbers = ["0", "1", "2", "3", "0.5", "1e-3", "½", "1½", "1/3", "pi", "e", ".25", "10"]
    leaves = st.sampled_from([*names, *names, *numbers, *known])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        signs = ["+", "-", "*", "/", "^", "**", "·", "−", "÷", " ", "×", " - ", "⋅"]
        return st.one_of(
            st.builds("{}{}{}".format, inner, st.sampled_from(signs), inner),
            st.builds("({}){}({})".format, inner, st.sampled_from(signs), inner),
            st.builds("{}({})".format, st.sampled_from(FUNCTIONS), inner),
            st.builds("{}^2({})".format, st.sampled_from(FUNCTIONS[:12]), inner),
            st.builds("{}{}".format, inner, st.sampled_from(["²", "³", "⁻¹", "^-1", "^0.5", "½"])),
            st.builds("e^({})".format, inner),
            st.builds("-{}".format, inner),
            st.builds("max({}, {})".format, inner, inner),
            st.builds("|{}|".format, inner),
            st.builds("1_{{{} > {}}}".format, inner, inner),
            st.builds("D({}, {})".format, inner, st.sampled_from(names)),
            st.builds("d/d{}({})".format, st.sampled_from(names), inner),
        )

    return st.recursive(leaves, larger, max_leaves=6)


@st.composite
def broken(draw: st.DrawFn, whole: st.SearchStrategy[str]) -> str:
    """Return a formula in which a few characters were left out, put in or exchanged."""
    text = draw(whole)
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 2)))
        text = text[:start] + draw(st.sampled_from(["", *SIGNS])) + text[end:]
    return text


@cache
def lines_for(question: str) -> st.SearchStrategy[str]:
    """Return formulas that somebody might write at a question, well-formed ones and others."""
    _, exercise = QUESTIONS[question]
    domain = formula_of(exercise).domain
    known = texts_of(exercise)
    names = [*domain.intervals, *domain.abbreviations]
    kept = st.builds(str.format, st.sampled_from(UNCHANGED), st.sampled_from(known))
    whole = st.one_of(kept, written(names, known))
    anything = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=20)
    return st.one_of(whole, broken(whole), st.builds("{}{}".format, whole, anything))


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, str]:
    """Return a question and a text that somebody might answer it with."""
    question = draw(st.sampled_from(sorted(QUESTIONS)))
    kind, line = QUESTIONS[question][1].kind, lines_for(question)
    if isinstance(kind, Derivation):
        ends = st.sampled_from(["\n", " = ", "\n= ", "\n2. ", "==", "\r\n", "\n\n"])
        *steps, last = kind.reference
        taken = [step for step in steps if draw(st.booleans())] + [last]
        unchanged = st.sampled_from(UNCHANGED)
        lines = [draw(unchanged).format(step) for step in taken for _ in range(draw(TWICE))]
        if draw(st.booleans()):
            lines.insert(draw(st.integers(0, len(lines))), draw(line))
        text = lines[0]
        for further in lines[1:]:
            text += draw(ends) + further
    elif isinstance(kind, Mended):
        lines = st.sampled_from(["A", "B", "b", "C", "D", "line B", "Q", "Line c"])
        text = (
            draw(lines) + draw(st.sampled_from([": ", " = ", ", ", " ", "; ", "->"])) + draw(line)
        )
    else:
        text = draw(line)
    left, right = draw(
        st.sampled_from([("", "")] * 4 + [("« ", " »"), ("$", "$"), (" ", "\t"), ("`", "`")])
    )
    return question, left + text + right


def differences(question: str, text: str) -> str:
    """Return how the two engines differ on a text, "" where they agree."""
    practice, exercise = QUESTIONS[question]
    return disagreement(practice, exercise, text, CHECK(practice, exercise.id, text))


@settings(max_examples=100)
@given(answer=answers())
def test_both_engines_say_the_same_to_any_text(answer):
    assert differences(*answer) == ""


@pytest.mark.parametrize(
    "text",
    [
        *(f"a*(1 - a) + 1e-{digits}" for digits in (3, 5, 7, 9, 11, 13, 16, 19, 22, 26, 29, 31)),
        *("a - (a + 1)", "a - (a - 1)/2", "-(a + 1)^-(a - 1)", "(-a)^2", "a/(a/a)*a", "2^-a"),
        *("1 - a - (-a)", "a·a - a", "1e50 a", "1e-7", "123456.5", "1234567", "99999.95", "1e-40"),
        *(
            "(z - z)^0",
            "(z - z)^-1",
            "0^0.5",
            "0^-0.5",
            "0^0.3",
            "(-8)^(1/3)",
            "(-4)^0.5",
            "4^-1.5",
        ),
        *("ln(0)", "ln(-1)", "sqrt(-1)", "artanh(1)", "artanh(2)", "log1p(-1)", "log1p(1e-60)"),
        *("relu'(0)", "sign'(0)", "H'(0)", "abs'(0)", "ln'(0)", "H(0) + sign(0)", "|0|", "z/0"),
        *("sin(pi)", "cos(pi/2)", "tanh(1e-60)", "sinh(1e-30) z", "exp(1e-60) - 1", "sin(999999)"),
        *("exp(999999)", "exp(-999999)", "exp(1000001)", "a^10001", "2^9999.5", "cosh(1e6)/e^1e6"),
        *("ln(1 + 1e-40)", "ln(1 + a/10^20)", "exp(100) - exp(100) + a", "softplus(-999999)"),
        *("D(a, z)", "D(a, a)", "D(D(D(a, z), z), z)", "D(D(D(D(a, z), z), z), z)", "sigma''(z)"),
        *("D(sigma''(z), z)", "+".join(["D(D(z^3 a, z), z)"] * 30), "D(|z|, z)", "d/dz(ln(a))"),
        *("a(()", "a(", "a(z)", "a²(z)", "σ(", "σ 2½", "2½a", "12½", "a½½", "2½½", "½½", "x2½"),
        *(
            "1_{a>0}",
            "1_(z >= 0) a",
            "1(a)",
            "ind(a)",
            "1,5 a",
            "1.5.2",
            "a;b",
            "np.exp(z)",
            "e^a=a",
        ),
        *("sigmoid_prime(z)", "a_", "_a", "aza", "zea", "Hz", "zH(z)", "a''", "max(a)", "(a", "a)"),
        *(
            "|a",
            "||a||",
            "a|a|a",
            "-",
            "+a",
            "--a",
            "a*-a",
            "a^-a^-a",
            "()",
            "1e5e",
            "1e999",
            "0" * 31,
        ),
        *(
            "(" * 51 + "a" + ")" * 51,
            "a" + "+a" * 201,
            "a*" * 300,
            "é",
            "𝑎",
            "\ta\x85",
            "a\u2028",
            "«a»",
        ),
    ],
)
def test_both_engines_say_the_same_where_care_is_needed(text):
    assert differences("activations.a", text) == ""
    assert differences("activations.f", f"{text.replace('z', 'x').replace('a', 'x')}\n= x") == ""


@cache
def values_at_points(domain_of: str, text: str) -> list[mpmath.mpf]:
    domain = formula_of(QUESTIONS[domain_of][1]).domain
    return [value(domain.read(text), point, domain._definitions) for point in domain.points]


def allowances_apart(question: str, left: str, right: str) -> mpmath.mpf:
    """Return by how many allowances two formulas differ, where they differ most."""
    pairs = zip(values_at_points(question, left), values_at_points(question, right), strict=True)
    with mpmath.workdps(50):
        return max(
            abs(a - b) / (mpmath.mpf(10) ** -AGREEMENT * (1 + abs(a) + abs(b))) for a, b in pairs
        )


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_points_tell_answers_apart(question):
    _, exercise = QUESTIONS[question]
    reference = formula_of(exercise).reference
    right = [reference] if isinstance(reference, str) else list(reference)
    wrong = [str(slip.wrong) for slip in exercise.misconceptions]
    for line in right:
        assert allowances_apart(question, right[0], line) < 1
    for one, other in combinations([right[0], *wrong], 2):
        assert allowances_apart(question, one, other) > CERTAIN, (one, other)
