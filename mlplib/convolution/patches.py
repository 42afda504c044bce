"""Images cut into the windows that a kernel sees, and put together again from them."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from mlplib.convolution.windows import Window

Number = TypeVar("Number", bound=np.inexact[Any])
Array: TypeAlias = NDArray[np.inexact[Any]]
Frame: TypeAlias = tuple[Window, Window]
"""The windows along height and along width, from `mlplib.convolution.windows.windows`."""


def images(name: str, x: NDArray[Number]) -> NDArray[Number]:
    """Return `x` itself, once it is known to be a batch of images: four axes, none of them empty.

    >>> images("x", np.zeros((8, 8, 3)))
    Traceback (most recent call last):
        ...
    ValueError: x must have four axes and none of them empty, not shape (8, 8, 3).
    """
    if x.ndim != 4 or not x.size:
        raise ValueError(f"{name} must have four axes and none of them empty, not shape {x.shape}.")
    return x


def require_shape(dy: Array, shape: tuple[int, ...]) -> None:
    """Refuse a gradient that has not the shape of the output it belongs to."""
    if dy.shape != shape:
        raise ValueError(f"dy must have the shape of the output, {shape}, not {dy.shape}.")


def pad(x: NDArray[Number], frame: Frame, fill: float = 0) -> NDArray[Number]:
    """Return the images with their padding, filled with one number.

    Parameters
    ----------
    x : ndarray, shape (n, height, width, channels)
    frame : (Window, Window)
    fill : float

    Returns
    -------
    ndarray, shape (n, padded height, padded width, channels)
        `x` itself where there is no padding.

    Examples
    --------
    >>> from mlplib.convolution.windows import windows
    >>> pad(np.ones((1, 1, 2, 1)), windows(2, padding=((1, 0), 0)))[0, :, :, 0]
    array([[0., 0.],
           [1., 1.]])
    """
    n, height, width, channels = x.shape
    down, across = frame
    shape = n, down.padded(height), across.padded(width), channels
    if shape == x.shape:
        return x
    framed = np.full(shape, fill, x.dtype)
    framed[interior(frame, x.shape)] = x
    return framed


def interior(frame: Frame, shape: tuple[int, ...]) -> tuple[slice, slice, slice]:
    """Return where the images themselves lie in the padded ones."""
    down, across = frame
    rows = slice(down.before, down.before + shape[1])
    return slice(None), rows, slice(across.before, across.before + shape[2])


def im2col(x: Array, frame: Frame, groups: int = 1) -> Array:
    """Return every window of a batch of images as a row.

    Parameters
    ----------
    x : ndarray, shape (n, height, width, channels)
    frame : (Window, Window)
    groups : int

    Returns
    -------
    ndarray, shape (groups, n · out_height · out_width, k_h · k_w · channels / groups)
        Windows row by row from the top left; in each, its numbers in the order of the image.

    Examples
    --------
    >>> from mlplib.convolution.windows import windows
    >>> image = np.arange(9.0).reshape(1, 3, 3, 1)
    >>> im2col(image, windows(2))
    array([[[0., 1., 3., 4.],
            [1., 2., 4., 5.],
            [3., 4., 6., 7.],
            [4., 5., 7., 8.]]])
    """
    channels = x.shape[3]
    down, across = frame
    cut = sliding_window_view(pad(x, frame), (down.span, across.span), axis=(1, 2))
    cut = cut[:, :: down.stride, :: across.stride, :, :: down.dilation, :: across.dilation]
    # From (n, p, q, channel, i, j) to (group, n, p, q, i, j, channel in its group).
    cut = cut.reshape(*cut.shape[:3], groups, channels // groups, *cut.shape[4:])
    cut = cut.transpose(3, 0, 1, 2, 5, 6, 4)
    size = down.kernel * across.kernel * (channels // groups)
    return cut.reshape(groups, -1, size)


def col2im(columns: Array, frame: Frame, shape: tuple[int, ...]) -> Array:
    """Return the images in which every window's numbers are added up where they came from.

    The transpose of `im2col` as a linear map: Σ im2col(x) · c = Σ x · col2im(c) for all x and c.

    Parameters
    ----------
    columns : ndarray, shape of ``im2col(x, frame, groups)``
    frame : (Window, Window)
    shape : (int, int, int, int)
        Of the images, (n, height, width, channels).

    Returns
    -------
    ndarray of the given shape

    Examples
    --------
    >>> from mlplib.convolution.windows import windows
    >>> frame = windows(2)
    >>> image = np.ones((1, 3, 3, 1))
    >>> col2im(im2col(image, frame), frame, image.shape)[0, :, :, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    n, height, width, channels = shape
    down, across = frame
    sizes = down.count(height), across.count(width)
    # Images last, rows of numbers innermost: adding runs along them, five times faster than along a
    # few channels. (group, n·p·q, i·j·c) becomes (i, j, group, c, n, p, q).
    groups = len(columns)
    taps = columns.mT.reshape(groups, down.kernel, across.kernel, channels // groups, n, *sizes)
    taps = taps.transpose(1, 2, 0, 3, 4, 5, 6)
    total = np.zeros((*taps.shape[2:5], down.padded(height), across.padded(width)), columns.dtype)
    for i, j in np.ndindex(taps.shape[:2]):
        total[..., down.tap(i, sizes[0]), across.tap(j, sizes[1])] += taps[i, j]
    _, rows, cols = interior(frame, shape)
    return total[..., rows, cols].transpose(2, 3, 4, 0, 1).reshape(shape)
