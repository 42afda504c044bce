"""The self-checking exercises: questions as data, checks that answer in words.

In a notebook::

    from mlplib.checks import practice
    check, hint, solution, progress = practice("activations")
"""

from mlplib.checks.choice import Choice
from mlplib.checks.closeness import Tolerance
from mlplib.checks.derivation import Derivation
from mlplib.checks.exercise import Exercise, ExerciseSet, Misconception
from mlplib.checks.expression import Expression
from mlplib.checks.formula import Domain, Form
from mlplib.checks.function import Function
from mlplib.checks.numeric import Array, Number, Rational
from mlplib.checks.outcome import Outcome, Status
from mlplib.checks.practice import Practice, practice
from mlplib.checks.probes import real_line
from mlplib.checks.shape import Shape

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
