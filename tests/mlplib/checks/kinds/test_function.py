"""Functions call by call: the first thing wrong is what is said."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks import Misconception, Practice, Status, Tolerance, real_line
from mlplib.checks.quoting import value_text
from tests.mlplib.checks.demo import DEMO, asked, sigma, sigma_prime as DEMO_PRIME, softplus


def exact_prime(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2


def check(question, answer):
    return Practice(DEMO, "en").check(question, answer)


def sigma_prime_with(change):
    return lambda x: change(sigma(x) * (1 - sigma(x)), x)


@pytest.mark.parametrize(
    ("change", "note", "says"),
    [
        (lambda y, x: y, "answer.right", ""),
        (lambda y, x: y * (1 + 1e-12), "answer.right", ""),
        (lambda y, x: y + 1e-6, "function.value", "sigma_prime(0) gives 0.250001, expected 0.25."),
        (lambda y, x: np.ravel(y), "function.scalar", "must be one number, and it has shape (1,)."),
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


def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


BATCH = np.array([[0.5, 1.0, -1.0], [2.0, 0.0, 0.25]])
ROWS = asked("e", reference=softmax, oracle=softmax, probes=((BATCH[:1],), (BATCH,)))


def test_an_argument_is_told_only_where_the_entry_depends_on_no_other():
    outcome = ROWS.check("e", lambda X: np.exp(X) / np.exp(X).sum())
    assert "): entry [0, 0] is " in outcome.text
    elementwise = check("e", lambda x: sigma(x) if np.ndim(x) > 1 else DEMO_PRIME(x))
    assert "): entry [0, 0] (x = " in elementwise.text


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
    verbs = asked("k", tolerance=Tolerance(1e-14, 0.0))
    text = verbs.check("k", lambda x: softplus(x) * (1 + 2e-9)).text
    assert text == "softplus(0) agrees to about 8 digits; 14 are asked for."


def test_lost_digits_are_told_where_most_are_lost():
    probes = real_line(saturated=(20.0, 40.0, -800.0))
    verbs = asked(
        "e", stable=True, tolerance=Tolerance(1e-13, 0.0), oracle=exact_prime, probes=probes
    )
    text = verbs.check("e", lambda x: sigma(np.maximum(x, -700)) * (1 - sigma(x))).text
    assert text == "sigma_prime(40) gives 0, expected 4.24835e-18."


def test_lost_digits_are_told_at_the_worst_entry_of_an_array():
    def drifting(x):
        return exact_prime(x) * (1 + 1e-9 * np.abs(x))

    probes = ((np.array([0.0, 1.0, 5.0, -2.0]),),)
    verbs = asked(
        "e", stable=True, tolerance=Tolerance(1e-13, 0.0), oracle=exact_prime, probes=probes
    )
    assert "entry [2] (x = 5) agrees to about 8 digits; 13 are" in verbs.check("e", drifting).text


@pytest.mark.parametrize(
    ("result", "note"),
    [
        ([0.0] * 10**7, "function.large"),
        ([[0.0] * 1000] * 999, "function.large"),
        (np.zeros((1000, 1000)), "function.scalar"),
        (np.array("0.25"), "function.array"),
        ({}, "function.result"),
    ],
)
def test_a_result_that_is_no_answer_ends_the_calls(result, note):
    asked_for = []

    def sigma_prime(x):
        asked_for.append(x)
        return result

    assert check("e", sigma_prime).note == note
    assert len(asked_for) == 1


def test_the_type_of_an_array_is_told():
    text = check("e", lambda x: np.array(x, dtype=complex)).text
    assert (
        text
        == "sigma_prime(0) must return real numbers, and it returned an array of type complex128."
    )


def test_a_long_argument_is_cut_short():
    assert value_text(np.arange(9)) == "[0, 1, 2, … of shape (9,)]"
    assert value_text(np.arange(6.0)) == "[0., 1., 2., 3., 4., 5.]"


def test_each_call_gets_arguments_of_its_own():
    seen = []

    def hoarder(x):
        seen.append(x)
        return sigma(x) * (1 - sigma(x))

    check("e", hoarder)
    probes = next(e for e in DEMO.exercises if e.id == "e").kind.tried
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


def doubled(x):
    return 2 * np.asarray(x)


def doubled_in_place(x):
    result = 2 * np.asarray(x)
    if np.ndim(x):
        x += 1
    return result


def test_a_wrong_version_that_changes_its_argument_is_another_one():
    verbs = asked("e", (Misconception("plus", doubled_in_place),), probes=real_line())
    assert verbs.check("e", doubled).note == "function.value"
    assert verbs.check("e", lambda x: doubled_in_place(x)).note == "misconception.plus"


def test_of_arguments_that_lose_about_as_many_digits_the_simplest_is_told():
    error = {1.0: 1e-11, 2.0: 6e-9, 3.0: 1e-8}
    probes = tuple((x,) for x in error)
    verbs = asked(
        "e", stable=True, tolerance=Tolerance(1e-13, 0.0), oracle=exact_prime, probes=probes
    )
    text = verbs.check("e", lambda x: exact_prime(x) * (1 + error[x])).text
    assert text.startswith("sigma_prime(2) agrees to about 8 digits")


def test_what_is_not_finite_is_told_before_what_is_wrong():
    for bad in (np.inf, -np.inf, np.nan):
        verbs = asked("e", probes=((np.array([0.0, 1.0, 2.0]),),))
        text = verbs.check("e", lambda x, bad=bad: np.array([7.0, bad, 7.0])).text
        assert "entry [1] (x = 1) is " in text
