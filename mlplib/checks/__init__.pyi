"""What `mlplib.checks` offers, and where it lives: for type checkers, editors and `__init__.py`."""

from mlplib.checks.authoring.probes import real_line as real_line
from mlplib.checks.exercise import Exercise as Exercise, ExerciseSet as ExerciseSet
from mlplib.checks.formulas.domain import Domain as Domain, Form as Form
from mlplib.checks.kinds.answer import Answer as Answer
from mlplib.checks.kinds.choice import Choice as Choice
from mlplib.checks.kinds.derivation import Derivation as Derivation
from mlplib.checks.kinds.example import Example as Example
from mlplib.checks.kinds.expression import Expression as Expression
from mlplib.checks.kinds.fractions import Fractions as Fractions
from mlplib.checks.kinds.function import Function as Function
from mlplib.checks.kinds.intervals import Intervals as Intervals
from mlplib.checks.kinds.loss_gradient import LossGradient as LossGradient
from mlplib.checks.kinds.matching import Matching as Matching
from mlplib.checks.kinds.matrix import MatrixFormula as MatrixFormula
from mlplib.checks.kinds.matrix_derivation import MatrixDerivation as MatrixDerivation
from mlplib.checks.kinds.mended import Mended as Mended
from mlplib.checks.kinds.numbers import Array as Array, Number as Number, Rational as Rational
from mlplib.checks.kinds.order import Order as Order
from mlplib.checks.kinds.shape import Shape as Shape
from mlplib.checks.kinds.shapes import Shapes as Shapes
from mlplib.checks.kinds.tolerance import Tolerance as Tolerance
from mlplib.checks.misconception import Misconception as Misconception
from mlplib.checks.outcome import Outcome as Outcome, Status as Status
from mlplib.checks.session import Practice as Practice, practice as practice
