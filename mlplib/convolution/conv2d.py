"""Convolution layers on images: the linear layer, applied to every window of the image.

Cut all windows out of the image, write each as a row, and the layer Z = A Wᵀ + b of a plain network
computes the convolution: a filter is a row of W. `patches` cuts the windows out and puts them
together again; forward and backward are that and three matrix products.

As everywhere in deep learning, kernels are not flipped (a cross-correlation, see `convolution1d`).
Channels come last: a batch of images is (n, height, width, channels), as S4-D16 has it and as
matplotlib shows it, and the filters are (filters, k_h, k_w, channels / groups): one filter looks
like a piece of an image. Complex arrays are let through, for the complex step's sake. What
exceeds the range of its precision becomes infinite or NaN, without a warning.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import finite_array, plain_array, whole
from mlplib.convolution.patches import Array, Frame, col2im, im2col, images, require_shape
from mlplib.convolution.windows import Padding, Pair, windows


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
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
        s, the zeros added on each side, and d, as in `mlplib.convolution.windows.windows`.
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
    x, weight = _batch("x", x), _batch("weight", weight)
    frame = windows(weight.shape[1:3], stride=stride, padding=padding, dilation=dilation)
    shape = _output_shape(x, weight, frame, groups)
    with np.errstate(over="ignore", invalid="ignore"):
        # (group, window, filter) = (group, window, tap) @ (group, tap, filter)
        y = im2col(x, frame, groups) @ _matrices(weight, groups).mT
        y = y.swapaxes(0, 1).reshape(shape)
        return y if bias is None else y + _bias(bias, filters=len(weight))


class Conv2dGradients(NamedTuple):
    """The gradients of a loss with respect to what goes in, each in its variable's shape."""

    x: Array
    weight: Array
    bias: Array


def conv2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    *,
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
        ∂L/∂x, ∂L/∂weight and ∂L/∂bias.

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
    dy, x, weight = _batch("dy", dy), _batch("x", x), _batch("weight", weight)
    frame = windows(weight.shape[1:3], stride=stride, padding=padding, dilation=dilation)
    shape = _output_shape(x, weight, frame, groups)
    require_shape(dy, shape)
    # (group, filter, window), with all windows of a filter side by side
    dyt = dy.reshape(-1, groups, len(weight) // groups).transpose(1, 2, 0)
    with np.errstate(over="ignore", invalid="ignore"):
        dweight = dyt @ im2col(x, frame, groups)
        # ∂L/∂A = dy W, computed as (Wᵀ dyᵀ)ᵀ: so col2im finds each tap of all windows in one piece.
        dwindows = (_matrices(weight, groups).mT @ dyt).mT
        return Conv2dGradients(
            col2im(dwindows, frame, x.shape), dweight.reshape(weight.shape), dy.sum((0, 1, 2))
        )


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
        raise ValueError(
            f"weight must have shape (filters, k_h, k_w, {channels // groups}) for {channels} "
            f"channels in {groups} groups, not {weight.shape}."
        )
    down, across = frame
    return n, down.count(height), across.count(width), filters


def _matrices(weight: Array, groups: int) -> Array:
    """Return each group's filters as the rows of a matrix: (group, filter, tap)."""
    return weight.reshape(groups, len(weight) // groups, -1)


def _bias(bias: ArrayLike, filters: int) -> Array:
    b = _finite("bias", bias)
    if b.shape != (filters,):
        raise ValueError(f"bias must have shape ({filters},), one for a filter, not {b.shape}.")
    return b


def _batch(name: str, x: ArrayLike) -> Array:
    return images(name, _finite(name, x))


def _finite(name: str, x: ArrayLike) -> Array:
    array: Array = plain_array(name, x)
    if array.dtype.kind != "c":
        return finite_array(name, array)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, but holds infinities or NaN.")
    return array
