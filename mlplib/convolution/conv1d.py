"""Convolution of two sequences: full, valid and same, as a matrix, and backward.

(x ∗ w)_t = Σ_j w_j x_{t−j}, for every t at which a term exists: n + k − 1 numbers, the *full*
convolution. Each number is a scalar product of a piece of x with the kernel read backwards, hence
"flipped". Deep learning leaves the flip out and calls the result convolution all the same; a kernel
that is learned does not mind, a kernel that is given does.

The other two modes are pieces of the full one. *Valid* keeps the n − k + 1 numbers for which the
kernel lies wholly on x. *Same* keeps the n numbers in the middle. Of the k − 1 others half go on
each side; if k is even that is no whole number, and the argument `centre` says which side
loses one more.

Integers stay integers and fractions stay fractions, both exact; complex numbers are welcome. A sum
of floats that exceeds their range becomes infinite or NaN, without a warning. The example is
S4-Q3c; its answer S4-A3c has a kernel of three quarters where the question has four.
"""

from __future__ import annotations

from math import isfinite
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import whole
from mlplib.convolution.sequences import Numbers, alike, require_finite, require_room, sequence

Mode: TypeAlias = Literal["full", "valid", "same"]
Centre: TypeAlias = Literal["floor", "ceil"]


def convolve(
    x: ArrayLike,
    kernel: ArrayLike,
    mode: Mode = "full",
    *,
    flip: bool = True,
    centre: Centre = "floor",
) -> Numbers:
    """Return the convolution of `x` with `kernel`.

    full_t = Σ_j w_j x_{t−j}; with ``flip=False`` w is read backwards, Σ_j w_{k−1−j} x_{t−j}, which
    is the cross-correlation.

    Parameters
    ----------
    x : array_like, shape (n,)
        Floats, integers, complex numbers, or an object array of integers and fractions.
    kernel : array_like, shape (k,)
        The same; k may exceed n, except for "valid".
    mode : {"full", "valid", "same"}
        Which of the full convolution's numbers to keep: all n + k − 1, or the n − k + 1 from
        number k − 1 on, or n from the middle.
    flip : bool
        True as in mathematics, NumPy and SciPy, False as in deep learning.
    centre : {"floor", "ceil"}
        Where "same" begins: with number ⌊(k − 1)/2⌋ of the full convolution or with ⌈(k − 1)/2⌉.
        They differ for even k only. With the flip, NumPy and SciPy take "floor" and MATLAB "ceil";
        without it, NumPy's and SciPy's ``correlate`` take "floor", while PyTorch, TensorFlow and
        JAX take "ceil" (``padding="same"``: the odd zero is added at the end).

    Returns
    -------
    ndarray, shape (n + k − 1,), (n − k + 1,) or (n,)
        "same" always has the length of `x` (NumPy's takes the longer of both). Two float32 give
        float32.

    Raises
    ------
    ValueError
        If an argument is empty, not one-dimensional or not finite; if its numbers are none of the
        above; if integers might exceed 64 bits; if the kernel is longer than `x` in mode "valid";
        if `mode` or `centre` is unknown.

    Examples
    --------
    >>> x, w = [1, 1, 4, 4, 4, 1, 1], [0.25, 0.25, 0.25, 0.25]
    >>> convolve(x, w)
    array([0.25, 0.5 , 1.5 , 2.5 , 3.25, 3.25, 2.5 , 1.5 , 0.5 , 0.25])
    >>> convolve(x, w, "valid")
    array([2.5 , 3.25, 3.25, 2.5 ])
    >>> convolve(x, w, "same")
    array([0.5 , 1.5 , 2.5 , 3.25, 3.25, 2.5 , 1.5 ])
    >>> convolve([1, 2, 3], [1, 0]), convolve([1, 2, 3], [1, 0], flip=False)
    (array([1, 2, 3, 0]), array([0, 1, 2, 3]))

    An even kernel as ``numpy.correlate`` and as ``torch.nn.functional.conv1d`` centre it:

    >>> convolve([1, 2, 3], [1, 10], "same", flip=False)
    array([10, 21, 32])
    >>> convolve([1, 2, 3], [1, 10], "same", flip=False, centre="ceil")
    array([21, 32,  3])
    """
    x, w = sequence("x", x), sequence("kernel", kernel)
    kept = _kept(len(x), len(w), mode, centre)
    y = _full(x, w, flip, "x and kernel")
    _glance(y, x=x, kernel=w)
    return y[kept]


class ConvolveGradients(NamedTuple):
    """The gradients of a loss with respect to what was convolved, each in its variable's shape."""

    x: Numbers
    kernel: Numbers


def convolve_backward(
    dy: ArrayLike,
    x: ArrayLike,
    kernel: ArrayLike,
    mode: Mode = "full",
    *,
    flip: bool = True,
    centre: Centre = "floor",
) -> ConvolveGradients:
    """Return the gradients of a loss whose gradient with respect to the convolution is `dy`.

    y_t = Σ_j w_j x_{t−j} gives ∂L/∂x_i = Σ_t dy_t w_{t−i} and ∂L/∂w_j = Σ_t dy_t x_{t−j}: two
    correlations of dy, put back to its place among the full convolution's numbers, with the other
    factor. Both take n·k products, as `convolve` does.

    A backward function of a convolution is given the inputs again; that of a layer, such as
    `linear_backward`, is given the cache that its forward function returned.

    Parameters
    ----------
    dy : array_like, the shape of ``convolve(x, kernel, mode)``
        ∂L/∂y.
    x, kernel, mode, flip, centre
        As in `convolve`.

    Returns
    -------
    ConvolveGradients
        ∂L/∂x, shape (n,), and ∂L/∂kernel, shape (k,).

    Raises
    ------
    ValueError
        As in `convolve`, and if `dy` has not the length of the convolution.

    Examples
    --------
    >>> convolve_backward([1, 0], x=[5, 6, 7], kernel=[1, 10], mode="valid")
    ConvolveGradients(x=array([10,  1,  0]), kernel=array([6, 5]))
    """
    dy, x, w = sequence("dy", dy), sequence("x", x), sequence("kernel", kernel)
    kept = _kept(len(x), len(w), mode, centre)
    if len(dy) != kept.stop - kept.start:
        raise ValueError(
            f"dy must have the length of the convolution, {kept.stop - kept.start}, not {len(dy)}."
        )
    full = np.zeros(len(x) + len(w) - 1, dy.dtype)
    full[kept] = dy
    dx = _correlation(full, w if flip else w[::-1], "dy and kernel")
    dw = _correlation(full, x, "dy and x")
    for gradient in (dx, dw):
        _glance(gradient, dy=dy, x=x, kernel=w)
    return ConvolveGradients(dx, dw if flip else dw[::-1])


def convolution_matrix(
    kernel: ArrayLike,
    n: int,
    mode: Mode = "full",
    *,
    flip: bool = True,
    centre: Centre = "floor",
) -> Numbers:
    """Return the matrix T with T @ x = convolve(x, kernel), for every x of length n.

    T_{t,i} = w_{t−i} is constant along each diagonal (a Toeplitz matrix) and 0 off a band of width
    k: S4-D17's sparse matrix.

    Parameters
    ----------
    kernel : array_like, shape (k,)
    n : int
        The length of x.
    mode, flip, centre
        As in `convolve`.

    Returns
    -------
    ndarray, shape (the length of the convolution, n)

    Raises
    ------
    ValueError
        As in `convolve`.

    Examples
    --------
    >>> convolution_matrix([1, 2, 3], 4, "same")
    array([[2, 1, 0, 0],
           [3, 2, 1, 0],
           [0, 3, 2, 1],
           [0, 0, 3, 2]])
    """
    w = sequence("kernel", kernel)
    require_finite(kernel=w)
    if not flip:
        w = w[::-1]
    kept = _kept(whole("n", n), len(w), mode, centre)
    lag = np.arange(kept.start, kept.stop)[:, None] - np.arange(n)
    on_band = (lag >= 0) & (lag < len(w))
    return np.where(on_band, w[lag * on_band], np.zeros_like(w, shape=()))


def _full(x: Numbers, w: Numbers, flip: bool, names: str) -> Numbers:
    """Return the full convolution of two sequences, whose names an error needs."""
    if x.dtype is not w.dtype:
        x, w = alike(x, w, names)
    if x.dtype.kind == "i":
        require_room(x, w, names)
    # NumPy's correlate is its convolve without a flip, and conjugates, which conj undoes.
    return np.correlate(x, (w[::-1] if flip else w).conj(), "full")


def _correlation(longer: Numbers, shorter: Numbers, names: str) -> Numbers:
    """Return Σ_t longer_t shorter_{t−i} for every i at which all terms exist, and for no other."""
    if longer.dtype is not shorter.dtype:
        longer, shorter = alike(longer, shorter, names)
    if longer.dtype.kind == "i":
        require_room(longer, shorter, names)
    return np.correlate(longer, shorter.conj(), "valid")


def _glance(y: Numbers, **sequences: Numbers) -> None:
    """Refuse infinities and NaN in the sequences that the sums `y` come from.

    Each number enters a sum, and makes it infinite or NaN if it is so itself: one glance at the
    sums (at Σ y², which vdot adds up without a warning) spares one at each sequence.
    """
    if y.dtype.kind == "f" and not isfinite(np.vdot(y, y)):
        require_finite(**sequences)


def _kept(n: int, k: int, mode: Mode, centre: Centre) -> slice:
    """Return which of the full convolution's n + k − 1 numbers belong to a mode."""
    if centre not in ("floor", "ceil"):
        raise ValueError(f'centre must be "floor" or "ceil", not {centre!r}.')
    if mode == "full":
        return slice(0, n + k - 1)
    if mode == "valid":
        if k > n:
            raise ValueError(
                f'kernel must be no longer than x in mode "valid", but has {k} entries and x {n}.'
            )
        return slice(k - 1, n)
    if mode == "same":
        start = (k - 1) // 2 if centre == "floor" else k // 2
        return slice(start, start + n)
    raise ValueError(f'mode must be "full", "valid" or "same", not {mode!r}.')
