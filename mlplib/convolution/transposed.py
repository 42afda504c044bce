"""Transposed convolution: a convolution layer's way back, used forwards, to make images larger.

A convolution is linear, y = C x with a sparse matrix C, and its backward pass multiplies by Cᵀ.
Taken as a layer of its own, x ↦ Cᵀ x + b, that turns small images into large ones: each number of
the small image lays a copy of the kernel, times itself, onto the large one, s positions apart, and
where copies overlap they add up. It undoes a convolution's *shape*, not its values.

**Why the size is not unique.** The convolution has ⌊(o + p − d(k − 1) − 1)/s⌋ + 1 = i positions on
an axis of o entries. The floor forgets up to s − 1 entries at the end, so s different o share this
i: the smallest, o = (i − 1)s − p + d(k − 1) + 1, and up to s − 1 more. `output_padding` says which.
(Dumoulin and Visin, *A guide to convolution arithmetic for deep learning*, 2016.)
"""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike

from mlplib.arguments import whole
from mlplib.convolution.operands import batch, biases, matrices, silent
from mlplib.convolution.patches import Array, Frame, col2im, im2col, require_shape
from mlplib.convolution.windows import Padding, Pair, Window, windows


def transposed_output_size(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: Pair = 0,
    dilation: int = 1,
    output_padding: int = 0,
) -> int:
    """Return the size along an axis after a transposed convolution.

    o = (i − 1)s − p + d(k − 1) + 1 + output_padding, with p the padding of both sides together.

    Parameters
    ----------
    size : int
        i, entries along the axis, at least 1.
    kernel, stride, padding, dilation
        k, s, p and d of the convolution that leads from o back to i, as in `output_size`.
    output_padding : int
        0 … s − 1: how many entries of the large axis that convolution passes over at its end.

    Returns
    -------
    int
        o, at least 1, with ``output_size(o, kernel, …) == size``.

    Raises
    ------
    ValueError
        If a number is no integer or out of its range, or if the padding leaves nothing.

    Examples
    --------
    >>> transposed_output_size(4, 3, stride=2, padding=1)
    7
    >>> transposed_output_size(4, 3, stride=2, padding=1, output_padding=1)
    8
    """
    return enlarged(Window.along("", kernel, stride, padding, dilation), size, output_padding)


def enlarged(window: Window, size: int, output_padding: int) -> int:
    """Return the size from which a window, sliding, leads to `size`; see `transposed_output_size`.

    >>> enlarged(Window.along("", kernel=2, stride=2), 3, output_padding=2)
    Traceback (most recent call last):
        ...
    ValueError: output_padding must be less than the stride, 2, not 2.
    """
    if window.same:
        raise ValueError(
            'padding must be numbers where the stride is more than 1, not "same": several sizes '
            "lead back to one."
        )
    extra = whole("output_padding", output_padding, least=0)
    if extra >= window.stride:
        raise ValueError(
            f"output_padding must be less than the stride, {window.stride}, not {extra}."
        )
    reach = (whole("size", size) - 1) * window.stride + window.span + extra
    padding = window.before + window.after
    if reach <= padding:
        raise ValueError(f"padding must leave an entry of the {reach} there are, not {padding}.")
    return reach - padding


def conv_transpose2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
    output_padding: Pair = 0,
) -> Array:
    """Return the transposed convolution of a batch of images: Cᵀ x + b, where C is `conv2d`.

    u[n, p·s + i·d, q·s + j·d, f] gathers Σ_c W[c, i, j, f] · x[n, p, q, c] from every p, q, i, j
    that leads there; y is u without its padding, plus b[f].

    Parameters
    ----------
    x : array_like, shape (n, height, width, channels)
        n at least 1.
    weight : array_like, shape (channels, k_h, k_w, filters / groups)
        As `conv2d` takes it on the way from y to x: there, x's channels are the filters.
    bias : array_like, shape (filters,), optional
    stride, padding, dilation, groups
        Of that convolution. Here, padding is what the result loses on each side.
    output_padding : int or (int, int)
        Rows and columns more at the end, fewer than the stride.

    Returns
    -------
    ndarray, shape (n, out_height, out_width, filters)
        Sizes by `transposed_output_size`. All float32 in, float32 out.

    Raises
    ------
    ValueError
        If a shape or number does not fit, an array is empty, or a value is not finite.

    Examples
    --------
    >>> import numpy as np
    >>> small = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1)
    >>> conv_transpose2d(small, np.ones((1, 2, 2, 1)), stride=2)[0, :, :, 0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.],
           [3., 3., 4., 4.],
           [3., 3., 4., 4.]])
    """
    x, weight = batch("x", x), batch("weight", weight)
    frame = windows(weight.shape[1:3], stride=stride, padding=padding, dilation=dilation)
    shape = _enlarged_shape(x, weight, frame, groups, output_padding)
    with silent():
        # Each window of y is a row: (Wᵀ xᵀ)ᵀ, and col2im adds them up where they overlap.
        laid = (matrices(weight, groups).mT @ _by_channel(x, groups)).mT
        y = col2im(laid, frame, shape)
        return y if bias is None else y + biases(bias, shape[3])


class TransposedGradients(NamedTuple):
    """The gradients of a loss with respect to what goes in, each in its variable's shape."""

    x: Array
    weight: Array
    bias: Array


def conv_transpose2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    *,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
    output_padding: Pair = 0,
) -> TransposedGradients:
    """Return the gradients of a loss whose gradient with respect to the layer's output is `dy`.

    The transpose of Cᵀ is C: ∂L/∂x is the plain convolution ``conv2d(dy, weight)``. In the weights'
    gradient, x and dy have changed places: ∂L/∂W = xᵀ · im2col(dy).

    Parameters
    ----------
    dy : array_like, the shape of ``conv_transpose2d(x, weight, …)``
        ∂L/∂y.
    x, weight, stride, padding, dilation, groups, output_padding
        As in `conv_transpose2d`.

    Returns
    -------
    TransposedGradients
        ∂L/∂x, ∂L/∂weight and ∂L/∂bias.

    Raises
    ------
    ValueError
        As in `conv_transpose2d`, and if `dy` has not the shape of the output.

    Examples
    --------
    >>> import numpy as np
    >>> x, weight = np.ones((1, 1, 2, 1)), np.array([1.0, 10.0]).reshape(1, 1, 2, 1)
    >>> dy = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1)
    >>> gradients = conv_transpose2d_backward(dy, x, weight)
    >>> gradients.x.ravel(), gradients.weight.ravel(), gradients.bias
    (array([21., 32.]), array([3., 5.]), array([6.]))
    """
    dy, x, weight = batch("dy", dy), batch("x", x), batch("weight", weight)
    frame = windows(weight.shape[1:3], stride=stride, padding=padding, dilation=dilation)
    require_shape(dy, _enlarged_shape(x, weight, frame, groups, output_padding))
    with silent():
        cut = im2col(dy, frame, groups)
        dx = (cut @ matrices(weight, groups).mT).swapaxes(0, 1).reshape(x.shape)
        dweight = (_by_channel(x, groups) @ cut).reshape(weight.shape)
        return TransposedGradients(dx, dweight, dy.sum((0, 1, 2)))


def _enlarged_shape(
    x: Array, weight: Array, frame: Frame, groups: int, output_padding: Pair
) -> tuple[int, int, int, int]:
    """Return (n, out_height, out_width, filters), once channels and groups agree."""
    n, height, width, channels = x.shape
    if channels % whole("groups", groups):
        raise ValueError(f"groups must divide the {channels} channels; {groups} does not.")
    if len(weight) != channels:
        raise ValueError(
            f"weight must have shape ({channels}, k_h, k_w, filters / groups) for {channels} "
            f"channels, not {weight.shape}."
        )
    rows, columns = both_axes(frame, (height, width), output_padding)
    return n, rows, columns, weight.shape[3] * groups


def both_axes(frame: Frame, sizes: tuple[int, int], output_padding: Pair) -> tuple[int, int]:
    """Return the height and the width of the large image.

    >>> both_axes(windows(2, stride=2), (3, 4), output_padding=(0, 1))
    (6, 9)
    """
    extra = output_padding if isinstance(output_padding, tuple) else (output_padding,) * 2
    if len(extra) != 2:
        raise ValueError(f"output_padding must be one number or a pair, not {output_padding!r}.")
    (down, across), (height, width) = frame, sizes
    return enlarged(down, height, extra[0]), enlarged(across, width, extra[1])


def _by_channel(x: Array, groups: int) -> Array:
    """Return (group, channel, place), with all places of a channel side by side."""
    return x.reshape(-1, groups, x.shape[3] // groups).transpose(1, 2, 0)
