"""Derivations line by line, and functions call by call: the first thing wrong is what is said."""

from __future__ import annotations

from dataclasses import replace
from types import FunctionType

import numpy as np
import pytest

import mlplib as heart
from mlplib.checks import ExerciseSet, Practice, Status, Tolerance, real_line
from mlplib.checks.building import forbidden_name, foreign_name
from mlplib.checks.wording import value_text
from tests.mlplib.checks.demo import DEMO, sigma

GIVEN = "D(1/(1 + exp(-x)), x)"
SPLIT = "1/(1+e^-x) * e^-x/(1+e^-x)"


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
    ],
)
def test_right_derivations_pass_however_they_are_laid_out(lines):
    assert check("g", lines).status is Status.RIGHT


def test_the_first_wrong_step_is_shown_with_two_numbers():
    outcome = check("g", [GIVEN, "e^-x/(1+e^-x)²", "e^-x/(1+e^-x)", "s(1-s)"])
    assert outcome.note == "derivation.step"
    assert "Line 3 of lines is not equal to the line before it." in outcome.text
    at, numbers = outcome.text.rsplit("At x = ", 1)[1].split(" the one is ")
    left, right = numbers.rstrip(".").split(", the other ")
    x = float(at)
    assert float(left) == pytest.approx(np.exp(-x) / (1 + np.exp(-x)) ** 2, rel=1e-5)
    assert float(right) == pytest.approx(np.exp(-x) / (1 + np.exp(-x)), rel=1e-5)


def test_a_named_slip_is_told_by_name_wherever_it_stands():
    late = check("g", [GIVEN, SPLIT, "-1/(1+e^-x) * e^-x/(1+e^-x)", "-s(1-s)"])
    assert late.note == "misconception.sign-slip"
    assert late.text.startswith("Line 3: ")


@pytest.mark.parametrize("lines", [[GIVEN], [GIVEN, ...], [..., "..."], "", [], [GIVEN, "", None]])
def test_nothing_after_the_given_line_is_not_attempted(lines):
    assert check("g", lines).status is Status.BLANK


def test_a_last_line_in_another_form_is_not_yet():
    assert check("g", [GIVEN, "e^-x/(1+e^-x)²", SPLIT]).note == "formula.form"


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([GIVEN, "s(1-s)", "s*(1 - s)", "σ(x)(1-σ(x))", "s(1-s)"], None),
        ([GIVEN, GIVEN, GIVEN, "s(1-s)"], 2),
        ([GIVEN, "s(1-s)", "s*(1 - s)", "s(1-s)"], 2),
    ],
)
def test_a_line_given_twice_counts_once(lines, count):
    outcome = check("g", lines)
    assert outcome.status is (Status.RIGHT if count is None else Status.ALMOST)
    if count:
        assert f"write at least 3 different lines, not {count}." in outcome.text


@pytest.mark.parametrize("slip", ["1/0", "ln(x - 5)", "2 +", "y", "s ? x", "2s"])
def test_a_line_names_the_variable_once(slip):
    outcome = check("g", [GIVEN, slip, "s(1-s)"])
    assert outcome.text.startswith("Line 2 of lines")
    assert outcome.text.count("lines") == 1


def sigma_prime_with(change):
    return lambda x: change(sigma(x) * (1 - sigma(x)), x)


@pytest.mark.parametrize(
    ("change", "note", "says"),
    [
        (lambda y, x: y, "answer.right", ""),
        (lambda y, x: y * (1 + 1e-12), "answer.right", ""),
        (lambda y, x: y + 1e-6, "function.value", "sigma_prime(0) gives 0.250001, expected 0.25."),
        (lambda y, x: np.ravel(y), "function.shape", "sigma_prime(0) has shape (1,), expected ()"),
        (lambda y, x: np.where(x < 19, y, np.nan), "function.value", "sigma_prime(20) gives nan"),
        (lambda y, x: np.where(x < 19, y, 0.0), "function.value", "expected 2.06115e-09"),
        (lambda y, x: y if np.ndim(x) < 2 else y.T, "function.shape", "has shape (3, 2)"),
        (lambda y, x: y if np.ndim(x) < 2 else y[::-1], "function.entry", "entry [0, 0] (x = "),
    ],
)
def test_the_first_input_that_differs_is_shown(change, note, says):
    outcome = check("e", sigma_prime_with(change))
    assert outcome.note == note
    assert says in outcome.text


def test_a_known_wrong_function_is_recognised_however_it_is_written():
    assert check("e", lambda x: sigma(x) + sigma(x) ** 2).note == "misconception.plus"


def test_the_failing_line_is_the_students_own():
    def sigma_prime(x):
        s = 1 / (1 + np.exp(-x))
        return s * np.linalg.norm(1 - s, ord="oops")

    outcome = check("e", sigma_prime)
    assert outcome.status is Status.ERROR
    assert "raised ValueError" in outcome.text
    assert "line 3 of sigma_prime" in outcome.text
    assert '    return s * np.linalg.norm(1 - s, ord="oops")' in outcome.text


def test_a_condition_on_an_array_gets_advice():
    def sigma_prime(t):
        return sigma(t) * (1 - sigma(t)) if t > -9 else 0.0

    outcome = check("e", sigma_prime)
    assert outcome.status is Status.ERROR
    assert outcome.text.endswith(
        "\nt is an array: use np.where, np.maximum or an indicator instead of if and max."
    )


def test_a_condition_that_failed_later_explains_an_earlier_shape():
    probes = tuple((np.atleast_1d(x),) for x in (-1.0, np.array([1.0, -1.0])))
    kind = replace(DEMO.exercises[11].kind, probes=probes, forbidden=())
    relu = replace(DEMO.exercises[11], kind=kind)
    asked = Practice(ExerciseSet("demo", DEMO.folder, (relu,)), "en")
    assert "x is an array: use np.where" in asked.check("l", lambda x: max(x, 0)).text
    assert asked.check("l", lambda x: max(x[0], 0)).note == "function.shape"


def test_advice_names_nothing_that_is_forbidden():
    outcome = check("l", lambda t: max(t, 0))
    assert outcome.text.endswith("\nt is an array: use an indicator instead of if and max.")
    elsewhere = check("l", lambda x: np.maximum(x, 0) if np.ndim(x) == 0 else x + "0")
    assert elsewhere.status is Status.ERROR
    assert "is an array" not in elsewhere.text


def test_changing_the_argument_is_told_in_the_students_own_names():
    def relu(signal):
        if np.ndim(signal):
            signal[signal < 0] = 0
        return np.maximum(signal, 0)

    text = check("l", relu).text
    assert "signal = signal + 1, not signal += 1." in text


def test_an_entry_is_told_with_the_students_own_name():
    def sigma_prime(u):
        return sigma(u) * (1 - sigma(u)) + (0.1 if np.ndim(u) else 0)

    assert "entry [0] (u = 0) is 0.35" in check("e", sigma_prime).text


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        (1 + 2e-7, "agrees to about 6 digits; 7 are asked for."),
        (1 + 1.5e-7, "agrees to about 6 digits; 7 are asked for."),
        (1 + 1e-4, "gives 0.693216, expected 0.693147."),
    ],
)
def test_numbers_that_look_the_same_are_told_in_digits(factor, says):
    outcome = check("k", lambda x: factor * (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))))
    assert says in outcome.text


def test_digits_are_rounded_down():
    kind = replace(DEMO.exercises[10].kind, tolerance=Tolerance(1e-14, 0.0))
    softplus = replace(DEMO.exercises[10], kind=kind, misconceptions=())
    asked = Practice(ExerciseSet("demo", DEMO.folder, (softplus,)), "en")
    text = asked.check("k", lambda x: kind.reference(x) * (1 + 2e-9)).text
    assert text == "softplus(0) agrees to about 8 digits; 14 are asked for."


def test_a_long_argument_is_cut_short():
    assert value_text(np.arange(9)) == "[0, 1, 2, … of shape (9,)]"
    assert value_text(np.arange(6.0)) == "[0., 1., 2., 3., 4., 5.]"


def clipped_here(x):
    def inner(y):
        return np.clip(y, 0, None)

    return inner(x)


def imports(x):
    from numpy import clip

    return clip(x, 0, None)


def imported(x):
    return where(x > 0, x, 0 * x)  # noqa: F821


imported = FunctionType(imported.__code__, {"where": np.where})
relu = heart.relu
other_name = np.clip


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (clipped_here, "clip"),
        (imports, "clip"),
        (lambda x: [np.where(x > 0, x, 0 * x)][0], "where"),
        (lambda x: (lambda y: x.clip(0))(x) if np.ndim(x) else np.maximum(x, 0), "clip"),
        (lambda x: relu(x), "relu"),
        (lambda x: heart.relu(x), "relu"),
        (imported, "where"),
        (lambda x: other_name(x, 0, None), "other_name"),
        (np.errstate(all="ignore")(lambda x: other_name(x, 0, None)), "other_name"),
        (relu, "relu"),
        (heart.relu, "relu"),
        (lambda x: np.maximum(x, 0), None),
        (lambda x: (x + np.abs(x)) / 2 if x.dtype.kind == "f" else (x + abs(x)) // 2, None),
    ],
)
def test_what_is_forbidden_is_not_yet_the_form(function, name):
    def on_arrays(x):
        return function(np.asarray(x))

    assert forbidden_name(function, ("clip", "relu", "where")) == name
    if name:
        outcome = check("l", function)
        assert outcome.note == "function.forbidden"
        assert outcome.status is Status.ALMOST
        assert f"built without {name}." in outcome.text
    else:
        assert check("l", on_arrays).status is Status.RIGHT


def by_indicators(x):
    from mlplib import indicator

    def above(y):
        return indicator(y > 0)

    both = [above(part) for part in (x, -x)]
    return both[0] - both[1]


step = heart.indicator


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (by_indicators, None),
        (lambda x: heart.indicator(x > 0) - step(x < 0), None),
        (lambda x: (x > 0) * 1.0 - (x < 0) * 1.0, None),
        (lambda x: np.tanh(x * 1e9), "tanh"),
        (lambda x: (x > 0).astype(float) - (x < 0).astype(float), "astype"),
        (lambda x: step(x > 0) - step(x < 0) + abs(0), "abs"),
        (lambda x: sigma(x), "sigma"),
        (lambda x: (lambda y: np.select([y > 0, y < 0], [1.0, -1.0]))(x), "select"),
        (np.sign, "sign"),
    ],
)
def test_what_is_not_among_the_only_names_is_not_yet_the_form(function, name):
    assert foreign_name(function, ("indicator",)) == name


def test_the_only_names_are_told():
    kind = replace(DEMO.exercises[11].kind, forbidden=(), only=("maximum", "asarray"))
    relu = replace(DEMO.exercises[11], kind=kind)
    asked = Practice(ExerciseSet("demo", DEMO.folder, (relu,)), "en")
    assert asked.check("l", lambda x: np.maximum(np.asarray(x), 0)).status is Status.RIGHT
    outcome = asked.check("l", lambda x: np.clip(x, 0, None))
    assert outcome.status is Status.ALMOST
    assert "from maximum, asarray and arithmetic alone, without clip." in outcome.text


def test_what_is_forbidden_matters_only_where_the_values_are_right():
    assert check("l", lambda x: np.clip(x, 0, 1)).note == "function.value"


def test_each_call_gets_arguments_of_its_own():
    seen = []

    def hoarder(x):
        seen.append(x)
        return sigma(x) * (1 - sigma(x))

    check("e", hoarder)
    probes = next(e for e in DEMO.exercises if e.id == "e").kind.probes
    assert not any(x is probe[0] for x, probe in zip(seen, probes, strict=True) if np.ndim(x))


def test_a_buffer_used_again_does_not_deceive():
    buffers = {}

    def reuser(x):
        out = buffers.setdefault(np.shape(x), np.empty(np.shape(x)))
        out[...] = sigma(x) * (1 - sigma(x))
        return out

    assert check("e", reuser).status is Status.RIGHT


def test_a_whole_function_that_silences_its_warnings_may():
    def quiet(x):
        with np.errstate(all="ignore"):
            return np.where(x > 30, x, np.log1p(np.exp(x)))

    assert check("k", quiet).status is Status.RIGHT
    assert check("k", lambda x: np.where(x > 30, x, np.log1p(np.exp(x)))).note == "function.warning"


def test_probes_avoid_what_they_should():
    for (x,) in real_line(avoid=(0.0,), integers=True, single=True, seed=3):
        assert np.abs(np.asarray(x, dtype=float)).min() >= 0.01


ONE = [
    "A", "a", " a) ", "(A)", "It does not exist.", ["A"], {"A"}, "line A", "Option a", "answer: A",
    "The answer is A", "A because the slopes differ", "A: the slopes differ",
    "a, since it jumps", "Option A, a jump",
]  # fmt: skip


@pytest.mark.parametrize("answer", ONE)
def test_a_choice_is_taken_however_it_is_written(answer):
    assert check("h", answer).status is Status.RIGHT


SEVERAL = [
    "A, B", "b;a", {"A", "B"}, ("tanh", "σ"), ["A", "B", "A"], "AB", "ba", "A B", "A and B", "a,b",
    "A & B", "(A), (B)", '["A", "B"]', "Options A and B", "lines: A, B.", ["option A", "b)"],
]  # fmt: skip


@pytest.mark.parametrize("answer", SEVERAL)
def test_several_choices_too(answer):
    assert check("i", answer).status is Status.RIGHT


@pytest.mark.parametrize(("answer", "option"), [("B", "B"), ("It is 1/2", "C")])
def test_a_wrong_option_has_words_of_its_own(answer, option):
    assert check("h", answer).note == f"option.{option}"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("h", "Q"),
        ("h", "A limit does not exist"),
        ("h", "Both"),
        ("h", "option A or B"),
        ("h", "A, not B"),
        ("h", "line D"),
        ("i", "all but C"),
        ("i", "not C"),
        ("i", "ABX"),
        ("i", "A because it is odd"),
        ("i", "and"),
    ],
)
def test_what_names_no_option_is_told_how_to(question, answer):
    outcome = check(question, answer)
    assert outcome.status is Status.UNREAD
    assert "of A, B, C" in outcome.text
    assert ("separated by commas" in outcome.text) is (question == "i")


def test_letters_run_together_are_several_in_a_single_choice_too():
    assert check("h", "AB").note == "choice.one"
