"""A small exercise set with one question of each kind, to try the engine on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks import (
    Array,
    Choice,
    Derivation,
    Domain,
    Exercise,
    ExerciseSet,
    Expression,
    Form,
    Function,
    Misconception,
    Number,
    Practice,
    Rational,
    Shape,
    real_line,
)

X = Domain({"x": (-3, 3)}, {"s": "sigma(x)"})
ONLY_SIGMA = Form(functions="sigma")


def sigma(x):
    return 1 / (1 + np.exp(-x))


def sigma_prime(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def numbered(seed: int) -> Exercise:
    n = seed % 7
    return Exercise(
        "j", "successor", "demo", Number(n + 1), parameters={"n": str(n)}, variant=numbered
    )


DEMO = ExerciseSet(
    "demo",
    Path(__file__).parent,
    (
        Exercise(
            "a",
            "slope",
            "004 1(e)",
            Number(0.25),
            (Misconception("slope-at-one", 0.19661193324148185),),
        ),
        Exercise(
            "b",
            "probability",
            "demo",
            Rational(Fraction(3, 4)),
            (Misconception("integer-quotient", Fraction(0)),),
        ),
        Exercise(
            "c",
            "jacobian",
            "demo",
            Array([[1.0, 2.0], [3.0, 4.0]]),
            (Misconception("transposed", [[1.0, 3.0], [2.0, 4.0]]),),
        ),
        Exercise("d", "shape", "demo", Shape((5, 3)), (Misconception("swapped-shape", (3, 5)),)),
        Exercise(
            "e",
            "sigma_prime",
            "004 1(e)",
            Function(
                reference=sigma_prime,
                oracle=lambda x: np.imag(sigma(x + 1e-200j)) / 1e-200,
                probes=real_line(saturated=(20.0, -20.0)),
            ),
            (
                Misconception("plus", lambda x: sigma(x) * (1 + sigma(x))),
                Misconception("no-chain", sigma),
            ),
        ),
        Exercise(
            "f",
            "derivative",
            "004 1(e)",
            Expression("sigma(x)*(1 - sigma(x))", X, ONLY_SIGMA),
            (Misconception("plus", "s(1+s)"), Misconception("tanh-linear", "1 - tanh(x)")),
        ),
        Exercise(
            "g",
            "lines",
            "004 1(e)",
            Derivation(
                (
                    "D(1/(1 + exp(-x)), x)",
                    "exp(-x)/(1 + exp(-x))^2",
                    "1/(1 + exp(-x)) * exp(-x)/(1 + exp(-x))",
                    "sigma(x)*(1 - sigma(x))",
                ),
                X,
                ONLY_SIGMA,
                minimum=3,
            ),
            (Misconception("sign-slip", "-exp(-x)/(1 + exp(-x))^2"),),
        ),
        Exercise("h", "kink", "004 1(b)", Choice("A")),
        Exercise("i", "even", "demo", Choice("AB", multiple=True)),
        numbered(3),
        Exercise(
            "k",
            "softplus",
            "demo",
            Function(
                reference=softplus,
                oracle=lambda x: np.logaddexp(0.0, x),
                probes=real_line(),
                stable=True,
            ),
            (Misconception("overflow", lambda x: np.log(1 + np.exp(x))),),
        ),
        Exercise(
            "l",
            "relu",
            "demo",
            Function(
                reference=lambda x: np.maximum(x, 0),
                oracle=lambda x: np.where(x > 0, x, 0.0),
                probes=real_line(single=True, integers=True),
                keeps_dtype=True,
                forbidden=("clip", "relu", "where"),
            ),
        ),
        Exercise(
            "m",
            "identity",
            "demo",
            Expression(
                "relu(x) - relu(-x)",
                Domain({"x": (-3, 3)}),
                Form(functions="relu", required="relu"),
            ),
        ),
    ),
)


def asked(id_: str, misconceptions: tuple[Misconception, ...] = (), **changes: Any) -> Practice:
    """Return a practice of one question, with these fields of its kind changed."""
    exercise = next(exercise for exercise in DEMO.exercises if exercise.id == id_)
    kind = replace(exercise.kind, **changes)
    changed = replace(exercise, kind=kind, misconceptions=misconceptions)
    return Practice(ExerciseSet("demo", DEMO.folder, (changed,)), "en")
