"""The value of a formula at a point, with 50 digits; mpmath is imported only here."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from mlplib.checks.formulas.tree import Application, Comparison, Literal, Node, Operation, Symbol
from mlplib.numerals import true_minus

DIGITS = 50
LARGEST_ARGUMENT = 10**6
LARGEST_EXPONENT = 10**4
MOST_STEPS = 20_000
"""One answer takes no more steps; a step inside a derivative, with more digits, counts for more."""

NOTHING = 1e-40
"""A smaller value is what rounding has left of 0: formulas agree to 30 digits."""

LEAST_CHANGE = 1e-3
"""A smaller one is a matter of digits."""

LARGEST_CHANGE = 10**9
"""Nobody is off by a larger number or factor, nor by a smaller factor than 1 divided by it."""

MOST_NESTED = 3
"""Derivatives of derivatives multiply operations and digits; deeper ones are refused."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class NoValue(Exception):
    """A formula that has no real value at a point, or one too large to compute.

    Attributes
    ----------
    key : str
        ``formula.undefined`` or ``formula.huge``.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Budget:
    """The steps that an answer may still take."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Take `steps` steps.

        Raises
        ------
        NoValue
            If fewer are left.
        """
        self._left -= steps
        if self._left < 0:
            raise NoValue("formula.huge")


def value(
    node: Node,
    point: Mapping[str, Any],
    abbreviations: Mapping[str, Node],
    budget: Budget | None = None,
) -> Any:
    """Return the value of `node` where each variable has the value that `point` gives it.

    Parameters
    ----------
    node : Node
    point : mapping of str to number
    abbreviations : mapping of str to Node
        Formulas that a symbol stands for, such as s for sigma(x).
    budget : Budget, optional
        What all formulas of one answer share; by default one of its own.

    Returns
    -------
    mpmath.mpf

    Raises
    ------
    NoValue
        Where the formula is undefined, not real, or too large.
    """
    import mpmath  # type: ignore[import-untyped]

    with mpmath.workdps(DIGITS):
        exact = {name: mpmath.mpf(v) for name, v in point.items()}
        try:
            return _Evaluator(mpmath, abbreviations, budget or Budget()).value(node, exact)
        except (ZeroDivisionError, ValueError) as failure:
            raise NoValue("formula.undefined") from failure
        except OverflowError as failure:
            raise NoValue("formula.huge") from failure


def two_values(left: Any, right: Any) -> tuple[str, str]:
    """Return two different values with as many digits as it takes to see that they differ.

    Examples
    --------
    >>> from fractions import Fraction
    >>> point = {"x": 2}
    >>> third = value(Literal(Fraction(1, 3)), point, {})
    >>> two_values(third, value(Literal(Fraction("0.333333333")), point, {}))
    ('0.3333333333', '0.333333333')
    """
    import mpmath

    left, right = (mpmath.mpf(0) if abs(v) < NOTHING else v for v in (left, right))
    texts = "", ""
    for digits in (6, 10, 14, 20, 30, 40):
        texts = mpmath.nstr(left, digits), mpmath.nstr(right, digits)
        if texts[0] != texts[1]:
            break
    return true_minus(texts[0].removesuffix(".0")), true_minus(texts[1].removesuffix(".0"))


def relation(pairs: Sequence[tuple[Any, Any]]) -> tuple[str, float] | None:
    """Return by which number all first values are the second ones changed, and in which way.

    Returns
    -------
    (str, float) or None
        ``factor``, ``inverted`` or ``shifted``, and the number.
    """
    import mpmath

    with mpmath.workdps(DIGITS):
        if all(right for _, right in pairs):
            factor = _shared([left / right for left, right in pairs])
            if factor and abs(factor - 1) > LEAST_CHANGE:
                told = max(abs(factor), 1 / abs(factor)) < LARGEST_CHANGE
                return ("factor", float(factor)) if told else None
            one = _shared([left * right for left, right in pairs])
            if one is not None and abs(one - 1) < 1e-9:
                return "inverted", 1.0
        shift = _shared([left - right for left, right in pairs])
        least = LEAST_CHANGE * max(abs(right) for _, right in pairs)
        if shift and least < abs(shift) < LARGEST_CHANGE:
            return "shifted", float(shift)
    return None


def _shared(numbers: Sequence[Any]) -> Any:
    """Return the number that all of these are, None if they are not one."""
    first = numbers[0]
    alike = all(abs(x - first) <= 1e-30 * (1 + abs(first)) for x in numbers)
    return first if alike else None


class _Evaluator:
    def __init__(self, mpmath: Any, abbreviations: Mapping[str, Node], budget: Budget) -> None:
        self._mp = mpmath
        self._functions = _functions(mpmath)
        self._abbreviations = abbreviations
        self._budget = budget
        self._nested = 0

    def value(self, node: Node, point: Mapping[str, Any]) -> Any:
        self._budget.spend(self._price)
        result = self._value(node, point)
        if isinstance(result, self._mp.mpc) or not self._mp.isfinite(result):
            raise NoValue("formula.undefined")
        if result and abs(self._mp.mag(result)) > LARGEST_ARGUMENT:
            raise NoValue("formula.huge")
        return result

    @property
    def _price(self) -> int:
        # A derivative doubles the digits, and twice as many digits are four times the work.
        return int(4**self._nested)

    def _value(self, node: Node, point: Mapping[str, Any]) -> Any:
        match node:
            case Literal(fraction):
                return self._mp.mpf(fraction.numerator) / fraction.denominator
            case Symbol(name):
                return self._symbol(name, point)
            case Operation(sign, left, right):
                return self._operation(sign, self.value(left, point), self.value(right, point))
            case Comparison(sign, left, right):
                truth = _COMPARE[sign](self.value(left, point), self.value(right, point))
                return self._mp.mpf(truth)
            case Application("D", (body, Symbol(name))):
                at = self._symbol(name, point)
                return self._derivative(lambda x: self.value(body, {**point, name: x}), at)
            case Application(name, arguments):
                return self._application(name, [self.value(a, point) for a in arguments])

    def _symbol(self, name: str, point: Mapping[str, Any]) -> Any:
        if name in point:  # also an abbreviation with respect to which is differentiated
            return point[name]
        if name in self._abbreviations:
            return self.value(self._abbreviations[name], point)
        return +self._mp.e if name == "e" else +self._mp.pi

    def _operation(self, sign: str, left: Any, right: Any) -> Any:
        match sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
        if abs(right) > LARGEST_EXPONENT:
            raise NoValue("formula.huge")
        return left**right

    def _application(self, name: str, arguments: list[Any]) -> Any:
        grows = name not in ("ln", "log1p", "sqrt", "abs", "sign", "max", "min", "relu", "H")
        if grows and max(abs(argument) for argument in arguments) > LARGEST_ARGUMENT:
            raise NoValue("formula.huge")
        if name.endswith("'"):
            return self._derivative(lambda x: self._application(name[:-1], [x]), arguments[0])
        return self._functions[name](*arguments)

    def _derivative(self, function: Callable[[Any], Any], x: Any) -> Any:
        if self._nested == MOST_NESTED:
            raise NoValue("formula.huge")
        self._nested += 1
        try:
            self._budget.spend(2 * self._price)
            # mpmath raises the working precision until the quotient has all its digits.
            return self._mp.diff(function, x)
        finally:
            self._nested -= 1


@cache
def _functions(mp: Any) -> dict[str, Callable[..., Any]]:
    return {
        "exp": mp.exp,
        "ln": mp.log,
        "sqrt": mp.sqrt,
        "abs": abs,
        "sign": mp.sign,
        "sin": mp.sin,
        "cos": mp.cos,
        "sinh": mp.sinh,
        "cosh": mp.cosh,
        "tanh": mp.tanh,
        "artanh": mp.atanh,
        "log1p": mp.log1p,
        "sigma": lambda x: 1 / (1 + mp.exp(-x)),
        "softplus": lambda x: mp.log(1 + mp.exp(x)),
        "relu": lambda x: max(x, mp.mpf(0)),
        "H": lambda x: (1 + mp.sign(x)) / 2,
        "ind": lambda truth: truth,
        "max": max,
        "min": min,
    }
