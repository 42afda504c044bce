"""Functions call by call: the first thing wrong is what is said."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks import Practice, Status, Tolerance, real_line
from mlplib.checks.wording import value_text
from tests.mlplib.checks.demo import DEMO, asked, sigma, softplus


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
    verbs = asked("l", probes=probes, forbidden=())
    assert "x is an array: use np.where" in verbs.check("l", lambda x: max(x, 0)).text
    assert verbs.check("l", lambda x: max(x[0], 0)).note == "function.shape"


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
    verbs = asked("k", tolerance=Tolerance(1e-14, 0.0))
    text = verbs.check("k", lambda x: softplus(x) * (1 + 2e-9)).text
    assert text == "softplus(0) agrees to about 8 digits; 14 are asked for."


def test_a_long_argument_is_cut_short():
    assert value_text(np.arange(9)) == "[0, 1, 2, … of shape (9,)]"
    assert value_text(np.arange(6.0)) == "[0., 1., 2., 3., 4., 5.]"


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
