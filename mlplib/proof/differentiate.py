"""Derivatives of any function by evaluating it: the independent route to check formulas against.

Two methods. The **complex step** evaluates f once, a tiny way off the real line:
f(x + ih) = f(x) + ih f′(x) − h²f″(x)/2 − …, so Im f(x + ih) / h = f′(x) up to a term in h². Nothing
is subtracted, so h may be as small as one likes and the answer is right to rounding. It asks for an
analytic formula (exp, log, +, *, @ …) that accepts complex numbers; one that drops the imaginary
part on the way, as abs and real do, is caught and refused. **Central differences**,
(f(x + h) − f(x − h)) / 2h, take any f that is smooth near x, but lose a third of the digits:
h must be small for the formula and large for the rounding, and ∛eps is the best of both.

A function may write into its argument: it is given a new array each time. One that gives two values
at one point, because it draws something at random, has no slope there and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import finite_array, real_array

Method: TypeAlias = Literal["complex", "central"]
Function: TypeAlias = Callable[[Any], Any]

# A power of two, so that dividing by it rounds nothing. At about 1e-100 its square is beneath
# notice and slopes down to 1e-200 still keep all their digits.
COMPLEX_STEP = 2.0**-332
CENTRAL_STEP = float(np.cbrt(np.finfo(np.float64).eps))


def derivative(f: Function, x: ArrayLike, *, method: Method = "complex") -> NDArray[np.float64]:
    """Return f′(x) for a function that works on each entry alone.

    Slopes below 1e-200 lose digits and come out as 0 below 1e-223: the step off the real line,
    1e-100, makes them smaller than a float can be.

    Parameters
    ----------
    f : callable
        Array to array of the same shape, entry by entry.
    x : array_like of finite real numbers, any shape
    method : {"complex", "central"}
        "complex" is right to rounding (relative error a few 1e-16 for a well-conditioned formula).
        "central" errs by h²|f‴|/6 in truncation and by about eps·|f|/h in rounding, at a step
        h = 6e-6 max(1, |x|): both are near 1e-11 where x, f and f‴ are of size 1.

    Returns
    -------
    ndarray of float64, the shape of `x`
        Computed in float64 whatever `x` is.

    Raises
    ------
    ValueError
        If `x` is not finite and real, if `method` is unknown, if f is no function, if f(x) has
        another shape than `x` or is another number when it is asked again, or, for "complex", if f
        is not analytic at x: f(x) is not finite, as at the edge of its domain and beyond; it
        refuses a complex argument or answers it with real numbers; or differences along the real
        line clearly disagree with the complex step.

    Examples
    --------
    >>> derivative(np.sin, 0.0)
    np.float64(1.0)
    >>> derivative(np.abs, [-2.0, 3.0], method="central").round(9)
    array([-1.,  1.])
    >>> derivative(np.abs, [-2.0, 3.0])
    Traceback (most recent call last):
        ...
    ValueError: f must answer complex numbers with complex numbers, but it dropped the imaginary \
part and returned float64 (abs, real and sign do that); use method="central".
    """
    point = _point(x)

    def elementwise(t: Any) -> Any:
        value = np.asarray(f(t))
        if value.shape != point.shape:
            raise ValueError(
                f"f must return the shape of x, {point.shape}, not {value.shape}; "
                "for other functions there are gradient and jacobian."
            )
        return value

    _require_value(elementwise, point, method)
    slopes = slope(elementwise, point, ..., method)
    if method == "complex":
        step = _central_step(point)
        _require_analytic(elementwise, point, step, slopes * step, np.abs(slopes * step))
    return slopes[()]


def gradient(f: Function, x: ArrayLike, *, method: Method = "complex") -> NDArray[np.float64]:
    """Return the gradient of a scalar-valued function, in the shape of its variable.

    ``numpy.gradient`` is something else: differences of samples, for data without a formula.

    Parameters
    ----------
    f : callable
        Array of the shape of `x` to one number.
    x : array_like of finite real numbers, any shape
    method : {"complex", "central"}
        As in `derivative`. f is evaluated once for each entry of `x` and six times more for
        "complex", twice for each entry and twice more for "central".

    Returns
    -------
    ndarray of float64, the shape of `x`

    Raises
    ------
    ValueError
        As in `derivative`; and if f(x) is not a single number.

    Examples
    --------
    >>> gradient(lambda w: (w**2).sum(), [[1.0, 2.0], [3.0, 4.0]])
    array([[2., 4.],
           [6., 8.]])
    """
    point = _point(x)
    slopes = jacobian(f, point, method=method)
    if slopes.shape != point.shape:
        shape = slopes.shape[: slopes.ndim - point.ndim]
        raise ValueError(f"f must return one number, not an array of shape {shape}; use jacobian.")
    return slopes


def jacobian(f: Function, x: ArrayLike, *, method: Method = "complex") -> NDArray[np.float64]:
    """Return all partial derivatives: entry [i..., j...] is ∂f(x)[i...] / ∂x[j...].

    Parameters
    ----------
    f : callable
        Array of the shape of `x` to array of any shape.
    x : array_like of finite real numbers, any shape
    method : {"complex", "central"}
        As in `derivative`. f is evaluated once for each entry of `x` and six times more for
        "complex", twice for each entry and twice more for "central".

    Returns
    -------
    ndarray of float64, shape ``f(x).shape + x.shape``

    Raises
    ------
    ValueError
        As in `derivative`, except that f(x) may have any shape.

    Examples
    --------
    >>> jacobian(lambda x: x**2, [1.0, 2.0, 3.0])
    array([[2., 0., 0.],
           [0., 4., 0.],
           [0., 0., 6.]])
    """
    point = _point(x)
    if point.size == 0:
        return np.zeros(np.shape(f(point.copy())) + point.shape)
    _require_value(f, point, method)
    columns = [slope(f, point, j, method) for j in np.ndindex(point.shape)]
    slopes = np.stack(columns, axis=-1)
    if method == "complex":
        step = _central_step(point) * np.cos(np.arange(point.size)).reshape(point.shape)
        rise, sizes = slopes @ step.ravel(), np.abs(slopes) @ np.abs(step.ravel())
        _require_analytic(f, point, step, rise, sizes)
    return slopes.reshape(columns[0].shape + point.shape)[()]


def _point(x: ArrayLike) -> NDArray[np.float64]:
    return finite_array("x", x).astype(np.float64)


def _central_step(x: NDArray[np.float64]) -> Any:
    return CENTRAL_STEP * np.maximum(1, np.abs(x))


def slope(
    f: Function, x: NDArray[np.float64], moved: Any, method: Method, length: float = 1.0
) -> NDArray[np.float64]:
    """Return the slope of f as x[moved] moves: one entry, or with ``...`` each for itself.

    The complex step is `length` times as long as usual, which changes how it is rounded.
    """
    if method == "complex":
        h = length * COMPLEX_STEP
        aside = x.astype(np.complex128)
        aside[moved] += 1j * h
        value = np.asarray(_answer(f, aside))
        if value.dtype.kind != "c":
            raise ValueError(
                "f must answer complex numbers with complex numbers, but it dropped the imaginary "
                f"part and returned {value.dtype} (abs, real and sign do that); "
                'use method="central".'
            )
        with np.errstate(under="ignore"):
            return np.asarray(value.imag / h)
    ahead, behind = x.copy(), x.copy()
    step = _central_step(x[moved])
    ahead[moved] += step
    behind[moved] -= step
    # x + h and x - h are rounded: the step really taken is their difference and not 2h.
    taken = ahead[moved] - behind[moved]
    return np.asarray((real_array("f(x)", f(ahead)) - real_array("f(x)", f(behind))) / taken)


def _answer(f: Function, aside: NDArray[np.complex128]) -> Any:
    """Return f's answer to complex numbers; that it has one to real numbers is known."""
    try:
        with np.errstate(under="ignore"):  # products with the step, 1e-100, may be too small
            return f(aside)
    except (TypeError, ValueError) as error:
        raise ValueError(
            "f must take complex numbers as it takes real ones, but it refused them "
            f'({error}); use method="central".'
        ) from error


def _require_value(f: Function, x: NDArray[np.float64], method: Method) -> None:
    """Refuse f where it has no value, and if it has two.

    log answers complex numbers where it answers no real ones.
    """
    if method not in ("complex", "central"):
        raise ValueError(f'method must be "complex" or "central", not "{method}".')
    if not callable(f):
        raise ValueError(f"f must be a function, not {f!r}.")
    with np.errstate(all="ignore"):
        value = np.real(f(x.copy()))
        require_one_value(value, lambda: np.real(f(x.copy())))
        if method == "complex":
            finite_array("f(x)", value)


def require_one_value(value: Any, again: Callable[[], Any], times: int = 1) -> None:
    """Refuse a function that gives another value at the same point when it is asked again."""
    first = np.asarray(value)
    for _ in range(times):
        second = np.asarray(again())
        if first.shape == second.shape and first.dtype.kind in "fiub":
            size = np.fmax(1, np.fmax(np.abs(first), np.abs(second)))
            if np.array_equal(first, second, equal_nan=True):
                continue
            if (np.abs(first - second) <= 1e-9 * size).all():  # summed in another order
                continue
        elif first.shape == second.shape:
            continue  # not numbers: refused where they are used
        raise ValueError(
            "f must give one and the same value at one point, but it gave "
            f"{_short(first)} and then {_short(second)}; "
            "if it draws something at random, such as a mask, draw that once, before."
        )


def _short(value: NDArray[Any]) -> str:
    return f"{value:.6g}" if value.ndim == 0 else f"an array of sum {value.sum():.6g}"


def _require_analytic(
    f: Function, x: NDArray[np.float64], step: NDArray[np.float64], rise: Any, sizes: Any
) -> None:
    """Refuse f if it does not rise along the real line as the complex step says.

    A formula such as t + abs(t) is complex on complex numbers and still loses half its slope there.
    The real line is asked a second time, much closer, if f seems guilty: a wave that is shorter
    than the first step can look like a line of any slope. Slopes below 4e-6 of |f| (of 1, if |f| is
    smaller) may escape: there the closer differences are nothing but rounding.
    """
    with np.errstate(all="ignore"):
        strays = _strays(f, x, step, rise, sizes)
        if strays.any():
            strays &= _strays(f, x, step / 100, rise / 100, sizes / 100)
    if strays.any():
        with np.errstate(all="ignore"):
            require_one_value(np.real(f(x.copy())), lambda: np.real(f(x.copy())), times=4)
        raise ValueError(
            "f must be analytic at x, but on the real line it does not rise as the complex step "
            "says: it drops part of the imaginary part (abs, real and conj do that) or has a "
            'kink within 1e-7 of x; use method="central".'
        )


def _strays(
    f: Function, x: NDArray[np.float64], step: NDArray[np.float64], rise: Any, sizes: Any
) -> NDArray[np.bool_]:
    """Return which values of f clearly do not rise by `rise` on the real line.

    Two central differences tell, the second at half the step. How far they differ bounds their own
    error; where they differ by a tenth, f bends too sharply for them to say anything.
    """
    values = [np.real(f(x + t * step)) for t in (1, -1, 0.5, -0.5)]
    whole, half = (values[0] - values[1]) / 2, values[2] - values[3]
    error = np.abs(whole - half)
    rounding = 1000 * np.finfo(np.float64).eps * np.max(np.abs(values), axis=0, initial=1)
    resolved = error <= 0.1 * np.maximum(np.abs(whole), np.abs(half)) + rounding
    off = np.abs(half - rise) > 10 * error + 1e-3 * sizes + rounding
    return np.asarray(resolved & off)
