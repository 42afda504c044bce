"""Right answers that a second route confirms: a key and its solution come from one hand."""

import numpy as np
import pytest

from mlplib import gradient
from mlplib.checks.session import load

TAPE = [2.0, -1.0, 3.0]


def on_the_tape(leaves):
    x, w, b = leaves
    u = x * w
    v = u + b
    return v * u


def test_a_tape_by_hand_says_what_nudges_say():
    kinds = {exercise.id: exercise.kind for exercise in load("gradients").exercises}
    assert kinds["a"].expected[-1] == on_the_tape(TAPE)
    slopes = gradient(on_the_tape, np.array(TAPE))
    assert kinds["b"].expected == pytest.approx(slopes)
