"""Activation functions and their derivatives, right to the last few bits everywhere.

One idea carries this file: **never exponentiate a large number**. exp(x) overflows beyond 709,
while e = exp(−|x|) lies in [0, 1] for every x there is, and it is enough: sigmoid, its logarithm,
softplus, and the slopes of all of them and of tanh are short formulas in that one e, in which
nothing overflows and no two nearly equal numbers are subtracted. The textbook forms are
the same functions on paper, but σ(1 − σ) has no right digit left beyond x = 37, 1 − tanh² none
beyond x = 19, and ln σ none beyond x = 37 and no value below x = −709.

Every function takes an array of any shape and works on each entry alone. float32 stays float32,
integers become float64, a scalar gives a NumPy scalar. ±inf gives the limit, NaN gives NaN, and no
input warns. Values and slopes are within 4 units in the last place over the whole range,
subnormal results included. Complex numbers, strings and objects raise ValueError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from inspect import signature
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, plain_array, real_array
from mlplib.pieces import ENTRIES, pieces

_SECTIONS = """
    Parameters
    ----------
    x : array_like of real numbers, any shape

    Returns
    -------
    ndarray, the shape of `x`
        float32 for float32, otherwise float64.

    Raises
    ------
    ValueError
        If `x` is not real, is ragged or has masked entries.

    Examples
    --------
""".removeprefix("\n")
"""What the documentation of every elementwise function says, between its words and examples."""

Elementwise: TypeAlias = Callable[[ArrayLike], FloatArray]

Into: TypeAlias = FloatArray | None
"""Where a result is to be written; None for a new array."""


def _elementwise(formula: Callable[[FloatArray], FloatArray]) -> Elementwise:
    """Make a function of real arrays from a bare formula.

    exp(−|x|) rightly becomes 0 for large |x|. That is the answer and no accident, so underflow
    stays silent even for a user who asked NumPy to raise on it. `help` shows what the function
    takes, not what its formula does, and what holds of all of them: `_SECTIONS`.
    """

    @wraps(formula, assigned=("__module__", "__name__", "__qualname__"))
    def function(x: ArrayLike) -> FloatArray:
        x = real_array("x", x)
        with np.errstate(under="ignore"):
            return formula(x)

    says, examples, lines = (formula.__doc__ or "").partition("    >>> ")
    function.__doc__ = says + (_SECTIONS + examples + lines if examples else "")
    setattr(function, "__signature__", signature(function, follow_wrapped=False))  # noqa: B010
    return function


def _in_pieces(formula: Callable[..., FloatArray]) -> Callable[[FloatArray], FloatArray]:
    """Let a formula of several operations work on long arrays piece by piece, in the cache.

    It is given where to write its result, or None for a new array, as NumPy's own functions are.
    """

    @wraps(formula)
    def by_pieces(x: FloatArray) -> FloatArray:
        if x.size <= ENTRIES:
            return formula(x, None)
        if not (x.flags.c_contiguous or x.flags.f_contiguous):
            x = np.array(x)
        values = np.empty_like(x)
        into, out_of = values.ravel(order="K"), x.ravel(order="K")
        for some in pieces(x.size):
            formula(out_of[some], into[some])
        return values

    return by_pieces


# Straight lines and steps


@_elementwise
def identity(x: FloatArray) -> FloatArray:
    """x ↦ x, as a new array.

    >>> identity([-1, 2])
    array([-1.,  2.])
    """
    return np.positive(x)


@_elementwise
def identity_prime(x: FloatArray) -> FloatArray:
    """x ↦ 1.

    >>> identity_prime([-1, 2])
    array([1., 1.])
    """
    return _constant(1, x)


@_elementwise
def sign(x: FloatArray) -> FloatArray:
    """sign(x) = 1_{x>0} − 1_{x<0}: 1, 0 or −1 (S4-D04, S4-A1a).

    >>> sign([-3, 0, 3])
    array([-1.,  0.,  1.])
    """
    return np.sign(x)


@_elementwise
def sign_prime(x: FloatArray) -> FloatArray:
    """sign′(x) = 0 for x ≠ 0; there is no derivative at 0, and 0 is returned there by convention.

    As a distribution the derivative is 2δ: all of the jump of height 2 sits at 0.

    >>> sign_prime([-3, 0, 3])
    array([0., 0., 0.])
    """
    return _constant(0, x)


@_elementwise
def heaviside(x: FloatArray) -> FloatArray:
    """H(x) = 1_{x>0} + ½·1_{x=0} (S4-D05). NumPy's own takes the value at 0 as an argument.

    >>> heaviside([-3, 0, 3])
    array([0. , 0.5, 1. ])
    """
    return np.heaviside(x, 0.5)


@_elementwise
def heaviside_prime(x: FloatArray) -> FloatArray:
    """H′(x) = 0 for x ≠ 0; there is no derivative at 0, and 0 is returned there by convention.

    As a distribution the derivative is δ: all of the jump of height 1 sits at 0.

    >>> heaviside_prime([-3, 0, 3])
    array([0., 0., 0.])
    """
    return _constant(0, x)


@_elementwise
def relu(x: FloatArray) -> FloatArray:
    """relu(x) = max(0, x) = x·1_{x>0} (S4-D07, which leaves the factor x out).

    >>> relu([-3, 0, 3])
    array([0., 0., 3.])
    """
    return _positive_part(x)


def _positive_part(x: FloatArray) -> FloatArray:
    """Return max(0, x)."""
    return np.maximum(0, x)


@_elementwise
def relu_prime(x: FloatArray) -> FloatArray:
    """relu′(x) = 1_{x>0} for x ≠ 0 (S4-A1b), and 0 at 0.

    There is no derivative at 0: the slope is 0 on the left and 1 on the right. Any number in
    [0, 1] would do as a subgradient. We return 0, as PyTorch and JAX do: a unit that is exactly
    silent passes nothing back. The value at 0 is therefore a choice and not a result.

    >>> relu_prime([-3, 0, 3])
    array([0., 0., 1.])
    """
    return np.sign(_positive_part(x))


def _relu_and_slope(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return relu(x) and relu′(x), which is the sign of relu(x)."""
    value = _positive_part(x)
    return value, np.sign(value)


# Smooth functions, all from e = exp(−|x|)


def decay(x: FloatArray) -> FloatArray:
    """Return e = exp(−|x|), a new array with every entry in [0, 1].

    It is taken in float64 and rounded once: NumPy's float32 exp errs by 2.5 units in the last
    place, from which tanh′ would make 3.9, and the detour costs little.
    """
    e = np.empty_like(x)
    np.negative(np.abs(x, out=e), out=e)
    return np.exp(e, out=e, dtype=np.float64, casting="same_kind")


@_elementwise
@_in_pieces
def sigmoid(x: FloatArray, out: Into) -> FloatArray:
    """σ(x) = 1 / (1 + exp(−x)) (S4-D01).

    For x ≥ 0 this is 1 / (1 + e); for x < 0 multiply above and below by exp(x) = e: e / (1 + e).
    Faster is exp(x) / (1 + exp(x)) everywhere, which is as right, up to the last bit, until exp(x)
    is too large for a float. Many numbers are therefore put into that, unless NumPy says it was.

    >>> sigmoid([-1000, 0, 1000])
    array([0. , 0.5, 1. ])
    """
    if x.size > _MANY:
        try:
            with np.errstate(over="raise", invalid="raise"):
                e = np.exp(x)
                value: FloatArray = np.divide(e, 1 + e, out=out)
                return value
        except FloatingPointError:
            pass  # a number beyond 709 (88 in float32)
    return _logistic(x, decay(x), out)


_MANY = 1000
"""From here on it pays to try the faster formula first."""


def _logistic(x: FloatArray, e: FloatArray, out: Into = None) -> FloatArray:
    """Return σ(x), given e = exp(−|x|).

    As e ≤ 1, both numerators are max(e, 1_{x≥0}), which is faster than choosing one by `np.where`.
    """
    return np.divide(np.maximum(e, x >= 0), 1 + e, out=out)


@_elementwise
@_in_pieces
def sigmoid_prime(x: FloatArray, out: Into) -> FloatArray:
    """σ′(x) = σ(x)(1 − σ(x)) = σ(x)σ(−x) = e / (1 + e)² (S4-A1e).

    The square is multiplied out, 1 + e(2 + e), because that rounds less.

    >>> sigmoid_prime([-1000, 0, 1000])
    array([0.  , 0.25, 0.  ])
    """
    return _logistic_slope(decay(x), out)


def _logistic_slope(e: FloatArray, out: Into = None) -> FloatArray:
    """Return σ′(x), given e = exp(−|x|)."""
    return np.divide(e, 1 + e * (2 + e), out=out)


def _sigmoid_and_slope(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return σ(x) and σ′(x) from one exponential."""
    e = decay(x)
    return _logistic(x, e), _logistic_slope(e)


@_elementwise
@_in_pieces
def log_sigmoid(x: FloatArray, out: Into) -> FloatArray:
    """ln σ(x) = −softplus(−x) = min(0, x) − ln(1 + e) (S4-A1f).

    >>> log_sigmoid([-1000, 1000])
    array([-1000.,     0.])
    """
    return np.subtract(np.minimum(0, x), np.log1p(decay(x)), out=out)


@_elementwise
def log_sigmoid_prime(x: FloatArray) -> FloatArray:
    """(ln σ)′(x) = 1 − σ(x) = σ(−x).

    >>> log_sigmoid_prime([-1000, 0, 1000])
    array([1. , 0.5, 0. ])
    """
    return sigmoid(-x)


@_elementwise
@_in_pieces
def softplus(x: FloatArray, out: Into) -> FloatArray:
    """softplus(x) = ln(1 + exp(x)) = max(0, x) + ln(1 + e) (S4-D03).

    For x > 0 take exp(x) out of the logarithm: ln(exp(x)·(exp(−x) + 1)) = x + ln(1 + e).

    >>> softplus([-1000, 1000])
    array([   0., 1000.])
    """
    return _smooth_positive_part(x, decay(x), out)


def _smooth_positive_part(x: FloatArray, e: FloatArray, out: Into = None) -> FloatArray:
    """Return softplus(x), given e = exp(−|x|)."""
    return np.add(_positive_part(x), np.log1p(e), out=out)


@_elementwise
def softplus_prime(x: FloatArray) -> FloatArray:
    """softplus′(x) = σ(x) (S4-A1g).

    >>> softplus_prime([-1000, 0, 1000])
    array([0. , 0.5, 1. ])
    """
    return sigmoid(x)


def _softplus_and_slope(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return softplus(x) and softplus′(x) from one exponential."""
    e = decay(x)
    return _smooth_positive_part(x, e), _logistic(x, e)


@_elementwise
def tanh(x: FloatArray) -> FloatArray:
    """tanh(x) = (exp(x) − exp(−x)) / (exp(x) + exp(−x)) = 2σ(2x) − 1 (S4-D02).

    The one function not written in e: near 0 the numerator would cancel. NumPy's own does not.

    >>> tanh([-1000, 0, 1000])
    array([-1.,  0.,  1.])
    """
    return np.tanh(x)


@_elementwise
@_in_pieces
def tanh_prime(x: FloatArray, out: Into) -> FloatArray:
    """tanh′(x) = 1 − tanh²(x) = 4q / (1 + q)² = 4σ′(2x) with q = exp(−2|x|).

    Where 2x is too large for a float it is infinite, and the slope is 0, as it has long been.

    >>> tanh_prime([-1000, 0, 1000])
    array([0., 1., 0.])
    """
    with np.errstate(over="ignore"):
        q = decay(2 * x)
    return np.multiply(4, _logistic_slope(q), out=out)


# What the formulas above are made of


def _constant(value: int, x: FloatArray) -> FloatArray:
    """Return `value` at every number in `x`, and NaN where there is none."""
    values: FloatArray = np.where(np.isnan(x), x, value)
    return values[()]


def indicator(condition: ArrayLike) -> FloatArray:
    """Return 1_S: 1.0 where the condition holds and 0.0 where it does not (S4-D06).

    Parameters
    ----------
    condition : array_like of bool, any shape

    Returns
    -------
    ndarray of float64, the shape of `condition`

    Raises
    ------
    ValueError
        If `condition` is ragged, masked or not boolean. A number is no condition: write
        ``indicator(x > 0)``.

    Examples
    --------
    >>> x = np.array([-2.0, 0.0, 5.0])
    >>> indicator(x > 0) - indicator(x < 0)
    array([-1.,  0.,  1.])
    """
    truth = plain_array("condition", condition)
    if truth.dtype != np.bool_:
        raise ValueError(f"condition must be boolean, such as x > 0, not {truth.dtype}.")
    return truth.astype(np.float64)[()]


@dataclass(frozen=True)
class Activation:
    """An activation function together with its derivative; call it to get the value.

    Attributes
    ----------
    name : str
        The key in `ACTIVATIONS`, and the word for figures.
    f : callable
        x ↦ f(x), entry by entry.
    prime : callable
        x ↦ f′(x), entry by entry, at the input x (not at the output f(x)).
    both : callable or None
        x ↦ (f(x), f′(x)) where the two share their work; None where they do not.

    Examples
    --------
    >>> g = ACTIVATIONS["softplus"]
    >>> g(0.0) == np.log(2), g.prime(0.0) == 0.5
    (np.True_, np.True_)
    >>> g
    Activation('softplus')
    """

    name: str
    f: Elementwise = field(repr=False)
    prime: Elementwise = field(repr=False)
    both: Callable[[FloatArray], tuple[FloatArray, FloatArray]] | None = field(
        default=None, repr=False
    )

    def value_and_slope(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return f(x) and f′(x), as a training step needs them: together.

        Examples
        --------
        >>> ACTIVATIONS["relu"].value_and_slope([-1.0, 2.0])
        (array([0., 2.]), array([0., 1.]))
        """
        x = real_array("x", x)
        with np.errstate(under="ignore"):
            return self.of_array(x)

    def of_array(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return `value_and_slope` of an array of floats; underflow is the caller's to silence."""
        value, slope = (self.f(x), self.prime(x)) if self.both is None else self.both(x)
        return self.entrywise("f", value, x), self.entrywise("prime", slope, x)

    def __call__(self, x: ArrayLike) -> FloatArray:
        """Return f(x)."""
        x = real_array("x", x)
        return self.entrywise("f", self.f(x), x)

    def entrywise(self, name: str, result: ArrayLike, x: FloatArray) -> FloatArray:
        """Return what a function of the user's gave, if it is one number for each entry of `x`."""
        if type(result) is np.ndarray and result.dtype is x.dtype:
            array: FloatArray = result  # a name for errors takes longer than to see that it is none
        else:
            array = real_array(f"{name} of {self!r}", result)
        if array.shape != x.shape:
            raise ValueError(
                f"{name} of {self!r} must work entry by entry, "
                f"but for an input of shape {x.shape} its result has shape {array.shape}."
            )
        return array[()]

    def __repr__(self) -> str:
        """Name the function and leave out its code."""
        return f"Activation({self.name!r})"


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("identity", identity, identity_prime),
        Activation("sign", sign, sign_prime),
        Activation("heaviside", heaviside, heaviside_prime),
        Activation("relu", relu, relu_prime, _relu_and_slope),
        Activation("sigmoid", sigmoid, sigmoid_prime, _sigmoid_and_slope),
        Activation("log_sigmoid", log_sigmoid, log_sigmoid_prime),
        Activation("tanh", tanh, tanh_prime),
        Activation("softplus", softplus, softplus_prime, _softplus_and_slope),
    )
}
