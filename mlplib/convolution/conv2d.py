"""Convolution layers on images: the linear layer, applied to every window of the image.

Cut all windows out of the image, write each as a row, and the layer Z = A Wᵀ + b of a plain network
computes the convolution: a filter is a row of W. `patches` cuts the windows out and puts them
together again; forward and backward are that and three matrix products.

As everywhere in deep learning, kernels are not flipped (a cross-correlation, see `convolution1d`).
Channels come last: a batch of images is (n, height, width, channels), as S4-D16 has it and as
matplotlib shows it, and the filters are (filters, k_h, k_w, channels / groups): one filter looks
like a piece of an image, and is a row of W. Other libraries order the axes otherwise:

===========  ===============================  ==================================  =================
library      their filters                    filters for here                    images for here
===========  ===============================  ==================================  =================
PyTorch      (filters, channels, k_h, k_w)    ``w.transpose(0, 2, 3, 1)``         the same of images
TensorFlow   (k_h, k_w, channels, filters)    ``w.transpose(3, 0, 1, 2)``         as they are
===========  ===============================  ==================================  =================

Images are worked on a few at a time, so that memory holds the windows of a few and not of all.
Complex arrays are let through, for the complex step's sake. What exceeds the range of its precision
becomes infinite or NaN, and what is too small 0, without a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import whole
from mlplib.convolution.operands import batch, biases, matrices, silent
from mlplib.convolution.patches import Array, Frame, col2im, im2col, require_shape
from mlplib.convolution.windows import Padding, Pair, fitted, windows
from mlplib.pieces import pieces


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Array:
    """Return the convolution of a batch of images with filters.

    y[n, p, q, f] = b[f] + Σ_{i,j,c} W[f, i, j, c] · x̄[n, p·s + i·d, q·s + j·d, c], where x̄ is x and
    its padding of zeros; with groups, c runs over the channels of the filter's own group.

    Parameters
    ----------
    x : array_like, shape (n, height, width, channels)
        n at least 1.
    weight : array_like, shape (filters, k_h, k_w, channels / groups)
    bias : array_like, shape (filters,), optional
    stride, padding, dilation
        s, the zeros added on each side (or "same"), and d, as in
        `mlplib.convolution.windows.windows`. They stand in the order of PyTorch's ``conv2d``.
    groups : int
        Filters and channels are cut into so many groups, in order; a filter sees its own only.

    Returns
    -------
    ndarray, shape (n, out_height, out_width, filters)
        Sizes by `output_size`. All float32 in, float32 out.

    Raises
    ------
    ValueError
        If a shape or number does not fit, an array is empty, or a value is not finite.

    Examples
    --------
    >>> image = np.arange(16.0).reshape(1, 4, 4, 1)
    >>> mean = np.full((1, 2, 2, 1), 1 / 4)
    >>> conv2d(image, mean, stride=2)[0, :, :, 0]
    array([[ 2.5,  4.5],
           [10.5, 12.5]])
    """
    x, weight = batch("x", x), batch("weight", weight)
    frame = windows(weight.shape[1:3], stride, padding, dilation)
    shape = _output_shape(x, weight, frame, groups)
    frame = fitted(frame, x.shape)
    b = None if bias is None else biases(bias, filters=len(weight))
    taps = matrices(weight, groups).mT
    operands = (x, weight) if b is None else (x, weight, b)
    y = np.empty(shape, np.result_type(*operands))
    with silent():
        for some in _few_images(shape, weight, groups):
            # (group, window, filter) = (group, window, tap) @ (group, tap, filter)
            products = im2col(x[some], frame, groups) @ taps
            part = y[some]
            part[...] = products.swapaxes(0, 1).reshape(part.shape)
            if b is not None:
                part += b
    return y


class Conv2dGradients(NamedTuple):
    """The gradients of a loss with respect to what goes in, each in its variable's shape."""

    x: Array
    weight: Array
    bias: Array


def conv2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Conv2dGradients:
    """Return the gradients of a loss whose gradient with respect to the layer's output is `dy`.

    With the windows as the rows of A, the formulas are the linear layer's: ∂L/∂W = dyᵀ A,
    ∂L/∂A = dy W, ∂L/∂b = the sum of dy's rows. A number of the image lies in several windows,
    and its gradient is the sum over them: ∂L/∂x = col2im(∂L/∂A).

    Parameters
    ----------
    dy : array_like, the shape of ``conv2d(x, weight, …)``
        ∂L/∂y.
    x, weight, stride, padding, dilation, groups
        As in `conv2d`.

    Returns
    -------
    Conv2dGradients
        ∂L/∂x, ∂L/∂weight and ∂L/∂bias. ∂L/∂x is what a transposed convolution computes.

    Raises
    ------
    ValueError
        As in `conv2d`, and if `dy` has not the shape of the output.

    Examples
    --------
    >>> x, weight = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((1, 2, 2, 1))
    >>> gradients = conv2d_backward(np.ones((1, 2, 2, 1)), x, weight)
    >>> gradients.x[0, :, :, 0]  # in how many windows each number lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> gradients.weight[0, :, :, 0], gradients.bias
    (array([[ 8., 12.],
           [20., 24.]]), array([4.]))
    """
    dy, x, weight = batch("dy", dy), batch("x", x), batch("weight", weight)
    frame = windows(weight.shape[1:3], stride, padding, dilation)
    shape = _output_shape(x, weight, frame, groups)
    require_shape(dy, shape)
    frame = fitted(frame, x.shape)
    taps = matrices(weight, groups)
    dx = np.empty(x.shape, np.result_type(dy, weight))
    dweight = np.zeros(taps.shape, np.result_type(dy, x))
    with silent():
        for some in _few_images(shape, weight, groups):
            # (group, filter, window), with all windows of a filter side by side
            dyt = dy[some].reshape(-1, groups, len(weight) // groups).transpose(1, 2, 0)
            dweight += dyt @ im2col(x[some], frame, groups)
            # ∂L/∂A = dy W, as (Wᵀ dyᵀ)ᵀ: so col2im finds each tap of all windows in one piece.
            dx[some] = col2im((taps.mT @ dyt).mT, frame, dx[some].shape)
        return Conv2dGradients(dx, dweight.reshape(weight.shape), dy.sum((0, 1, 2)))


def _few_images(shape: tuple[int, ...], weight: Array, groups: int) -> Iterator[slice]:
    """Yield as many images at a time as have windows that fit the cache, or else one."""
    n, height, width, _ = shape
    return pieces(n, height * width * groups * weight[0].size)


def _output_shape(x: Array, weight: Array, frame: Frame, groups: int) -> tuple[int, ...]:
    """Return (n, out_height, out_width, filters), once channels, groups and filters agree."""
    n, height, width, channels = x.shape
    filters = len(weight)
    if channels % whole("groups", groups) or filters % groups:
        raise ValueError(
            f"groups must divide the {channels} channels and the {filters} filters; {groups} "
            "does not."
        )
    if weight.shape[3] != channels // groups:
        order = (
            "; the axes of PyTorch's filters are put in order by weight.transpose(0, 2, 3, 1)"
            if weight.shape[1] == channels // groups
            else ""
        )
        raise ValueError(
            f"weight must have shape (filters, k_h, k_w, {channels // groups}) for {channels} "
            f"channels in {groups} groups, not {weight.shape}{order}."
        )
    down, across = frame
    return n, down.count(height), across.count(width), filters
