"""Pooling: the maximum or the mean of every window, channel by channel, forward and backward.

Tap (i, j) of all windows at once is one slice of the image, so pooling k × k windows takes k² − 1
operations on whole slices. Images are (n, height, width, channels), as in `convolution2d`.

Padding is no number here: a maximum passes over it, and a mean counts only what is there. The
same holds where a last window sticks out (`ceil_mode`). A gradient that exceeds the range of its
precision becomes infinite or NaN, without a warning.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, finite_array
from mlplib.convolution.operands import silent
from mlplib.convolution.patches import Frame, images, interior, pad, require_shape
from mlplib.convolution.windows import Padding, Pair, fitted, windows


def max_pool2d(
    x: ArrayLike,
    kernel: Pair,
    stride: Pair | None = None,
    padding: Padding = 0,
    dilation: Pair = 1,
    ceil_mode: bool = False,
) -> FloatArray:
    """Return the maximum of every window.

    y[n, p, q, c] = max_{i,j} x[n, p·s + i·d, q·s + j·d, c].

    Parameters
    ----------
    x : array_like, shape (n, height, width, channels)
        Finite real numbers.
    kernel : int or (int, int)
        The window's size.
    stride : int or (int, int), optional
        s; the kernel's size unless given, which puts the windows side by side.
    padding, dilation, ceil_mode
        As in `mlplib.convolution.windows.windows`.

    Returns
    -------
    ndarray, shape (n, out_height, out_width, channels)
        float32 stays float32.

    Raises
    ------
    ValueError
        If a shape or number does not fit, an array is empty, a value is not finite, or some window
        would lie on padding alone.

    Examples
    --------
    >>> x = np.array([[1, 5, 2, 0], [3, 4, 9, 9]]).reshape(1, 2, 4, 1)
    >>> max_pool2d(x, 2)[0, :, :, 0]
    array([[5., 9.]])
    """
    x = _real_images("x", x)
    frame = _frame(x.shape, kernel, stride, padding, dilation, ceil_mode)
    padded = pad(x, frame, -np.inf)
    y = functools.reduce(np.maximum, (padded[tap] for tap in _taps(frame, x.shape)))
    return y if y.base is None else y.copy()  # windows of one entry have left a view of x


def max_pool2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    kernel: Pair,
    stride: Pair | None = None,
    padding: Padding = 0,
    dilation: Pair = 1,
    ceil_mode: bool = False,
) -> FloatArray:
    """Return the gradient with respect to `x` of a loss with gradient `dy` at the maxima.

    The maximum grows with the entry that attains it and with no other, so each window hands its dy
    to that entry. At a tie there is no derivative; the whole dy goes to the first of the equals,
    row by row from the top left, as in PyTorch. That is a choice and not a result.

    Parameters
    ----------
    dy : array_like, the shape of ``max_pool2d(x, kernel, …)``
        ∂L/∂y.
    x, kernel, stride, padding, dilation, ceil_mode
        As in `max_pool2d`.

    Returns
    -------
    ndarray, the shape of `x`
        ∂L/∂x.

    Raises
    ------
    ValueError
        As in `max_pool2d`, and if `dy` has not the shape of the output.

    Examples
    --------
    >>> x = np.array([[1, 5, 2, 0], [3, 4, 9, 9]]).reshape(1, 2, 4, 1)
    >>> max_pool2d_backward(np.array([10, 20]).reshape(1, 1, 2, 1), x, 2)[0, :, :, 0]
    array([[ 0., 10.,  0.,  0.],
           [ 0.,  0., 20.,  0.]])
    """
    dy, x = _real_images("dy", dy), _real_images("x", x)
    frame = _frame(x.shape, kernel, stride, padding, dilation, ceil_mode)
    y = max_pool2d(
        x, kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode
    )
    require_shape(dy, y.shape)
    padded = pad(x, frame, -np.inf)
    total = np.zeros(padded.shape, dy.dtype)
    waiting = np.ones(y.shape, np.bool_)
    with silent():
        for tap in _taps(frame, x.shape):
            attained = waiting & (padded[tap] == y)
            total[tap] += attained * dy
            waiting ^= attained
    return total[interior(frame, x.shape)]


def avg_pool2d(
    x: ArrayLike,
    kernel: Pair,
    stride: Pair | None = None,
    padding: Padding = 0,
    *,
    dilation: Pair = 1,
    ceil_mode: bool = False,
) -> FloatArray:
    """Return the mean of every window, over the entries that are not padding.

    Parameters
    ----------
    x, kernel, stride, padding, dilation, ceil_mode
        As in `max_pool2d`.

    Returns
    -------
    ndarray, shape (n, out_height, out_width, channels)
        float32 stays float32. PyTorch counts padding as zeros unless asked not to.

    Raises
    ------
    ValueError
        As in `max_pool2d`.

    Examples
    --------
    >>> x = np.array([[1, 5, 2, 0], [3, 4, 9, 9]]).reshape(1, 2, 4, 1)
    >>> avg_pool2d(x, 2)[0, :, :, 0]
    array([[3.25, 5.  ]])
    """
    x = _real_images("x", x)
    frame = _frame(x.shape, kernel, stride, padding, dilation, ceil_mode)
    padded = pad(x, frame)
    entries, taps = _entries(frame, x), [*_taps(frame, x.shape)]
    with silent():
        total = functools.reduce(np.add, (padded[tap] for tap in taps))
        if np.isfinite(total).all():
            return total / entries
        # A sum has left the range. The sum of the shares may only do so in its last digit.
        mean = functools.reduce(np.add, (padded[tap] / entries for tap in taps))
        return np.clip(mean, x.min(), x.max())


def avg_pool2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    kernel: Pair,
    stride: Pair | None = None,
    padding: Padding = 0,
    *,
    dilation: Pair = 1,
    ceil_mode: bool = False,
) -> FloatArray:
    """Return the gradient with respect to `x` of a loss with gradient `dy` at the means.

    Each window hands dy, divided by the number of its entries, to every one of them.

    Parameters
    ----------
    dy : array_like, the shape of ``avg_pool2d(x, kernel, …)``
        ∂L/∂y.
    x, kernel, stride, padding, dilation, ceil_mode
        As in `max_pool2d`. Of `x` only shape and dtype matter: the mean is linear.

    Returns
    -------
    ndarray, the shape of `x`
        ∂L/∂x.

    Raises
    ------
    ValueError
        As in `max_pool2d`, and if `dy` has not the shape of the output.

    Examples
    --------
    >>> x = np.array([[1, 5, 2, 0], [3, 4, 9, 9]]).reshape(1, 2, 4, 1)
    >>> avg_pool2d_backward(np.array([4, 8]).reshape(1, 1, 2, 1), x, 2)[0, :, :, 0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """
    dy, x = _real_images("dy", dy), _real_images("x", x)
    frame = _frame(x.shape, kernel, stride, padding, dilation, ceil_mode)
    entries = _entries(frame, x)
    require_shape(dy, (len(x), *entries.shape[:2], x.shape[3]))
    with silent():
        share = dy / entries
        total = np.zeros(pad(x, frame).shape, share.dtype)
        for tap in _taps(frame, x.shape):
            total[tap] += share
    return total[interior(frame, x.shape)]


def _frame(
    shape: tuple[int, ...],
    kernel: Pair,
    stride: Pair | None,
    padding: Padding,
    dilation: Pair,
    ceil_mode: bool,
) -> Frame:
    frame = windows(
        kernel,
        stride=kernel if stride is None else stride,
        padding=padding,
        dilation=dilation,
        ceil_mode=ceil_mode,
    )
    for window, size in zip(frame, shape[1:3], strict=True):
        window.require_entries(size)
    return fitted(frame, shape)


def _taps(frame: Frame, shape: tuple[int, ...]) -> Iterator[tuple[slice, slice, slice]]:
    """Yield where each tap of all windows lies in the padded images, row by row."""
    down, across = frame
    rows, cols = down.count(shape[1]), across.count(shape[2])
    for i, j in np.ndindex(down.kernel, across.kernel):
        yield slice(None), down.tap(i, rows), across.tap(j, cols)


def _entries(frame: Frame, x: FloatArray) -> FloatArray:
    """Return how many entries each window has that are not padding, shape (rows, columns, 1)."""
    down, across = (window.entries(size) for window, size in zip(frame, x.shape[1:3], strict=True))
    return np.multiply.outer(down, across)[:, :, None].astype(x.dtype)


def _real_images(name: str, x: ArrayLike) -> FloatArray:
    return images(name, finite_array(name, x))
