"""No answer keeps a student waiting, however long or deep it is."""

from __future__ import annotations

import sys

import pytest

from mlplib.checks.session import practice

LIMIT = 1_000_000
"""Calls of functions in one check: 0.2 seconds on a usual machine, and the same on every one."""

LONG = {
    "chain": "x=" * 10**6,
    "brackets": "(" * 100_000,
    "a megabyte": "x" * 10**6,
    "digits": "1" * 10**6,
    "commas": "1," * 10**5,
    "letters": "A, B " * 10**5,
    "terms": "+".join(["x"] * 2000),
    "functions in functions": "sigma(" * 45 + "x" + ")" * 45,
    "derivatives in derivatives": "D(D(D(sigma(sigma(sigma(x))),x),x),x)",
    "many derivatives": "+".join(["D(D(D(exp(sigma(x)),x),x),x)"] * 12),
    "many second slopes": "sigma''(x)+" * 40 + "x",
    "exponentials": "+".join(f"exp(sigma(x)^{k})" for k in range(60)),
    "a tower": "10**10**10",
    "equals signs": "=" * 10**5,
    "empty lines": "\n" * 10**6,
    "products of matrices": " @ ".join(["D.T"] * 60),
    "powers of matrices": "A1" + "**9" * 90,
}
QUESTIONS = [
    *("activations.c", "activations.d", "activations.f", "activations.t", "softmax.a", "softmax.e"),
    *("backpropagation.x", "backpropagation.y", "forward.d", "gradients.d", "mlp.s"),
    *("activations.b", "backpropagation.j", "forward.r", "softmax.u", "softmax.v"),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_long_answer_is_judged_at_once(question):
    name, _, id_ = question.partition(".")
    check = practice(name).check
    check(id_, "x + 1")  # what is imported at the first answer is not its fault
    slow = {}
    for how, text in LONG.items():
        for answer in (text, [text] * 30):
            made = calls(check, id_, answer)
            if made > LIMIT:
                slow[how, type(answer).__name__] = made
    assert slow == {}


def calls(check, id_, answer):
    """How many functions of Python and of C one check calls."""
    made = 0

    def count(frame, event, function):
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        check(id_, answer)
    finally:
        sys.setprofile(before)
    return made


def test_a_slow_function_is_not_called_again_once_it_is_wrong(monkeypatch):
    monkeypatch.setattr("mlplib.checks.kinds.function.PATIENCE", 0.0)
    called = []

    def slow(A, W, b):
        called.append(1)
        return A @ W.T

    assert practice("notation").check("h", slow).note == "function.entry"
    assert len(called) < 4
