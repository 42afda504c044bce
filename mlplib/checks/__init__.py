"""The self-checking exercises: questions as data, checks that answer in words.

In a notebook::

    from mlplib.checks import practice
    check, hint, solution, progress = practice("activations")
"""

from mlplib.checks.authoring.probes import real_line
from mlplib.checks.exercise import Exercise, ExerciseSet, Misconception
from mlplib.checks.formulas.domain import Domain, Form
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.derivation import Derivation
from mlplib.checks.kinds.expression import Expression
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.numbers import Array, Number, Rational
from mlplib.checks.kinds.shape import Shape
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.checks.outcome import Outcome, Status
from mlplib.checks.practice import Practice, practice

__all__ = [
    "Array",
    "Choice",
    "Derivation",
    "Domain",
    "Exercise",
    "ExerciseSet",
    "Expression",
    "Form",
    "Function",
    "Misconception",
    "Number",
    "Outcome",
    "Practice",
    "Rational",
    "Shape",
    "Status",
    "Tolerance",
    "practice",
    "real_line",
]
