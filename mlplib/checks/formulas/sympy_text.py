"""Reading objects of sympy's and mpmath's, where they are imported: sympy computes nothing."""

from __future__ import annotations

import re
import sys
from fractions import Fraction
from itertools import islice
from typing import Any

from mlplib.checks.formulas.evaluation import NoValue, value
from mlplib.checks.formulas.grammar import parse
from mlplib.checks.formulas.tokens import LONGEST, MOST_TOKENS, NotAFormula

MOST_ENTRIES = 1000
"""Matrices of more entries are not read."""


def number_from_sympy(answer: Any) -> Any:
    """Return a number of sympy's or mpmath's, or a formula of numbers, as a Fraction or float.

    A matrix or array becomes a list of lists; anything else comes back as it came.
    """
    mpmath, sympy = (sys.modules.get(name) for name in ("mpmath", "sympy"))
    if mpmath is not None and type(answer) in (mpmath.mpf, type(mpmath.pi)):
        return float(answer)
    if mpmath is not None and type(answer) is mpmath.matrix:
        return answer.tolist() if answer.rows * answer.cols <= MOST_ENTRIES else answer
    if sympy is None:
        return answer
    if isinstance(answer, sympy.Number):
        return Fraction(int(answer.p), int(answer.q)) if answer.is_Rational else float(answer)
    if isinstance(answer, sympy.MatrixBase) and answer.rows * answer.cols <= MOST_ENTRIES:
        return answer.tolist()
    if isinstance(answer, sympy.NDimArray) and len(answer) <= MOST_ENTRIES:
        return answer.tolist()
    if isinstance(answer, sympy.Tuple) and len(answer) <= MOST_ENTRIES:
        return list(answer.args)
    if isinstance(answer, sympy.Expr):
        return _constant(answer)
    return answer


def text_from_sympy(answer: Any) -> Any:
    """Return the text of a sympy expression; anything else as it came.

    Raises
    ------
    NotAFormula
        If the expression has too many parts.
    """
    sympy = sys.modules.get("sympy")
    if sympy is None or not isinstance(answer, sympy.Basic):
        return answer
    parts = sum(1 for _ in islice(sympy.preorder_traversal(answer), MOST_TOKENS + 1))
    if parts > MOST_TOKENS:
        raise NotAFormula("formula.long", 0, longest=str(LONGEST))
    return re.sub(r"\bE\b", "e", sympy.sstr(answer))


def _constant(answer: Any) -> Any:
    try:
        return float(value(parse(text_from_sympy(answer), (), most_digits=LONGEST), {}, {}))
    except (NotAFormula, NoValue, ValueError):
        # It has variables, functions that are not known here, or too many parts.
        return answer
