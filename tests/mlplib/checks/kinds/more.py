"""A question of each kind that the demonstration does not have, to try answers on."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mlplib.checks import (
    Domain,
    Example,
    Exercise,
    ExerciseSet,
    Expression,
    Fractions,
    Intervals,
    LossGradient,
    Matching,
    Mended,
    Order,
    Practice,
)
from mlplib.checks.misconception import wrong


def products(x, w):
    """The gradients of Σ (x·w)²: by x, and by w."""
    return 2 * (x @ w) @ w.T, 2 * x.T @ (x @ w)


def drawn(rng):
    n, d, k = rng.integers(1, 5, 3)
    return {"x": rng.normal(size=(n, d)), "w": rng.normal(size=(d, k))}


MORE = ExerciseSet(
    "more",
    Path(__file__).parent,
    (
        Exercise(
            "a",
            "pairs",
            "demo",
            Matching({"1": "B", "2": "A", "3": "B"}),
            wrong(logarithm_inverted={"2": "C"}),
        ),
        Exercise(
            "b",
            "mended",
            "demo",
            Mended("B", Expression("2*x*cosh(x^2)", Domain({"x": (0.2, 1)}))),
            wrong(inner_forgotten="cosh(x^2)"),
        ),
        Exercise("c", "steps", "demo", Order("CAB"), wrong(rule_before_wish="ACB")),
        Exercise(
            "d",
            "vector",
            "demo",
            Example(
                [3.0, -4.0],
                {
                    "not_orthogonal": lambda v: abs(v @ [4, 3]) < 1e-9,
                    "zero": lambda v: np.abs(v).max() > 1e-9,
                },
                image=lambda v: v @ [4, 3],
            ),
            wrong(not_orthogonal=[1.0, 1.0], zero=[0.0, 0.0]),
        ),
        Exercise(
            "e",
            "weights",
            "demo",
            Fractions([["1/3", "2/3"], [1, "-1/6"]]),
            wrong(transposed=[["1/3", 1], ["2/3", "-1/6"]]),
        ),
        Exercise(
            "f",
            "values",
            "demo",
            Intervals("(0, 1/4]"),
            wrong(of_value="(0, 1)"),
        ),
        Exercise(
            "g",
            "slopes",
            "demo",
            LossGradient(products, lambda x, w: ((x @ w) ** 2).sum(), drawn, ("x", "w")),
            wrong(without_two=lambda x, w: ((x @ w) @ w.T, x.T @ (x @ w))),
        ),
    ),
)


def check(question, answer):
    return Practice(MORE, "en").check(question, answer)
