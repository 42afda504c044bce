"""Convolution layers on sequences: stride, padding and dilation in one dimension.

With x̄ the padded sequence, output p is y_p = Σ_j w_j x̄_{p·s + j·d}: kernel entry j looks at every
s-th entry of x̄, from number j·d on, and what it sees at all positions is one slice. So a layer is
k products of slices, and its backward pass is the same slices the other way round:
∂L/∂x̄ gathers w_j ∂L/∂y in slice j, and ∂L/∂w_j is the product of ∂L/∂y with slice j. With channels
and filters, w_j is a matrix and the products are those of a linear layer.

The kernel is not flipped, as in all layers of deep learning; `mlplib.convolution.conv1d` has the
convolution of mathematics. A single sequence of integers or fractions stays exact, as there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import plain_array, whole
from mlplib.convolution.operands import finite
from mlplib.convolution.sequences import Numbers, alike, require_finite, require_room, sequence
from mlplib.convolution.windows import Pair, Same, Window


def conv1d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: int = 1,
    padding: Pair | Same = 0,
    dilation: int = 1,
    groups: int = 1,
) -> Numbers:
    """Return the convolution of a sequence with a kernel, or of a batch of sequences with filters.

    y[n, p, f] = b[f] + Σ_{j,c} W[f, j, c] · x̄[n, p·s + j·d, c], as `conv2d` in one dimension; a
    single sequence has no n and no c, a single kernel no f.

    Parameters
    ----------
    x : array_like, shape (length,) or (n, length, channels)
        Floats or complex numbers; a single sequence also integers or fractions.
    weight : array_like, shape (k,) or (filters, k, channels / groups)
        (k,) for a single sequence.
    bias : array_like, shape () or (filters,), optional
    stride, padding, dilation
        s, the zeros added on each side, (before, after) or "same", and d, as in `output_size`.
    groups : int
        As in `conv2d`; 1 for a single sequence.

    Returns
    -------
    ndarray, shape (out_length,) or (n, out_length, filters)
        Sizes by `output_size`. All float32 in, float32 out; integers and fractions stay exact.

    Raises
    ------
    ValueError
        If a shape or number does not fit, an array is empty, a value is not finite, or integers
        might exceed 64 bits.

    Examples
    --------
    >>> conv1d([1, 1, 4, 4, 4, 1, 1], [0.25, 0.25, 0.25, 0.25], stride=2)
    array([2.5 , 3.25])
    >>> conv1d([1, 2, 3, 4], [1, 10], padding=1), conv1d([1, 2, 3, 4], [1, 10], dilation=2)
    (array([10, 21, 32, 43,  4]), array([31, 42]))
    """
    layer = _read(x, weight, stride, padding, dilation, groups)
    padded = layer.padded()
    with np.errstate(over="ignore", invalid="ignore"):
        y = sum(padded[..., tap, :] @ w.mT for tap, w in zip(layer.taps(), layer.W, strict=True))
        y = layer.plain(y)
        return y if bias is None else y + _bias(bias, y.shape[2:])


class Conv1dGradients(NamedTuple):
    """The gradients of a loss with respect to what goes in, each in its variable's shape."""

    x: Numbers
    weight: Numbers
    bias: Numbers


def conv1d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    stride: int = 1,
    padding: Pair | Same = 0,
    dilation: int = 1,
    groups: int = 1,
) -> Conv1dGradients:
    """Return the gradients of a loss whose gradient with respect to the layer's output is `dy`.

    An entry of x̄ is seen from several positions, and a kernel entry is used at all of them; either
    way the contributions add: ∂L/∂x̄_{p·s + j·d} += w_j dy_p, and ∂L/∂w_j = Σ_p dy_p x̄_{p·s + j·d}.

    Parameters
    ----------
    dy : array_like, the shape of ``conv1d(x, weight, …)``
        ∂L/∂y.
    x, weight, stride, padding, dilation, groups
        As in `conv1d`.

    Returns
    -------
    Conv1dGradients
        ∂L/∂x, ∂L/∂weight and ∂L/∂bias.

    Raises
    ------
    ValueError
        As in `conv1d`, and if `dy` has not the shape of the output.

    Examples
    --------
    >>> conv1d_backward([1, 1], x=[5, 6, 7, 8], weight=[1, 10], stride=2)
    Conv1dGradients(x=array([ 1, 10,  1, 10]), weight=array([12, 14]), bias=array(2))
    """
    layer = _read(x, weight, stride, padding, dilation, groups)
    dy = layer.upstream(dy)
    padded, dW = layer.padded(), []
    dpadded = np.zeros(padded.shape, np.result_type(dy, layer.W))
    with np.errstate(over="ignore", invalid="ignore"):
        for tap, w in zip(layer.taps(), layer.W, strict=True):
            dpadded[..., tap, :] += dy @ w
            dW.append((dy.mT @ padded[..., tap, :]).sum(0))
        dx = layer.plain(dpadded[..., layer.inside(), :])
        dweight = np.stack(dW).transpose(1, 2, 0, 3)
        shape = layer.weight_shape
        return Conv1dGradients(dx, dweight.reshape(shape), dy.sum((0, 2)).reshape(shape[:-2]))


@dataclass(frozen=True)
class _Layer:
    """What is convolved with what, brought into one form: everything in groups of channels."""

    x: Numbers
    """(n, groups, length, channels / groups); of a single sequence (1, 1, length, 1)."""
    W: Numbers
    """(k, groups, filters / groups, channels / groups): a matrix for group and entry."""
    window: Window
    weight_shape: tuple[int, ...]
    """As it was given: of a single kernel it has one axis."""

    @property
    def single(self) -> bool:
        return len(self.weight_shape) == 1

    def count(self) -> int:
        return self.window.count(self.x.shape[2])

    def inside(self) -> slice:
        """Return where the sequence itself lies in the padded one."""
        return slice(self.window.before, self.window.before + self.x.shape[2])

    def padded(self) -> Numbers:
        n, groups, length, channels = self.x.shape
        framed = np.zeros((n, groups, self.window.padded(length), channels), self.x.dtype)
        framed[..., self.inside(), :] = self.x
        return framed

    def taps(self) -> list[slice]:
        """Return what each kernel entry looks at, at all positions."""
        return [self.window.tap(j, self.count()) for j in range(self.window.kernel)]

    def plain(self, y: Numbers) -> Numbers:
        """Return (n, groups, length, m) as (n, length, groups · m), or as one sequence."""
        n, _, length, _ = y.shape
        return y.reshape(length) if self.single else y.swapaxes(1, 2).reshape(n, length, -1)

    def upstream(self, dy: ArrayLike) -> Numbers:
        """Return the gradient of the result in the form of this layer."""
        n, groups, filters = len(self.x), self.W.shape[1], self.W.shape[1] * self.W.shape[2]
        delta = sequence("dy", dy) if self.single else finite("dy", dy)
        shape = (self.count(),) if self.single else (n, self.count(), filters)
        if delta.shape != shape:
            raise ValueError(f"dy must have the shape of the output, {shape}, not {delta.shape}.")
        if self.single:
            require_finite(dy=delta)
            for name, other in (("x", self.x.ravel()), ("weight", self.W.ravel())):
                _require_exact(delta, other, f"dy and {name}")
        return delta.reshape(n, self.count(), groups, -1).swapaxes(1, 2)


def _read(
    x: ArrayLike, weight: ArrayLike, stride: int, padding: Pair | Same, dilation: int, groups: int
) -> _Layer:
    """Check everything that both directions are given."""
    g = whole("groups", groups)
    given, kernel = plain_array("x", x), plain_array("weight", weight)
    if given.ndim == 1 and kernel.ndim == 1 and g == 1:
        given, kernel = sequence("x", given), sequence("weight", kernel)
        require_finite(x=given, weight=kernel)
        given, kernel = alike(given, kernel, "x and weight")
        _require_exact(given, kernel, "x and weight")
        window = Window.along("", len(kernel), stride, padding, dilation).at(len(given))
        return _Layer(given[None, None, :, None], kernel[:, None, None, None], window, kernel.shape)
    if given.ndim != 3 or kernel.ndim != 3 or not given.size or not kernel.size:
        raise ValueError(
            "x and weight must be a sequence and a kernel, (length,) and (k,) in one group, or "
            "have shape (n, length, channels) and (filters, k, channels / groups), none of them 0, "
            f"not {given.shape} and {kernel.shape} in {g}."
        )
    given, kernel = finite("x", given), finite("weight", kernel)
    (n, length, channels), (filters, k, depth) = given.shape, kernel.shape
    if channels % g or filters % g:
        raise ValueError(
            f"groups must divide the {channels} channels and the {filters} filters; {g} does not."
        )
    if depth != channels // g:
        raise ValueError(
            f"weight must have shape (filters, k, {channels // g}) for {channels} channels in {g} "
            f"groups, not {kernel.shape}."
        )
    window = Window.along("", k, stride, padding, dilation).at(length)
    in_groups = given.reshape(n, length, g, depth).swapaxes(1, 2)
    matrices = kernel.reshape(g, filters // g, k, depth).transpose(2, 0, 1, 3)
    return _Layer(in_groups, matrices, window, kernel.shape)


def _require_exact(a: Numbers, b: Numbers, names: str) -> None:
    """Refuse integers whose sums of products might wrap around."""
    if a.dtype.kind == b.dtype.kind == "i":
        require_room(a, b, names)


def _bias(bias: ArrayLike, shape: tuple[int, ...]) -> Numbers:
    b: Numbers = plain_array("bias", bias)
    if b.dtype != object:
        b = finite("bias", b) if b.dtype.kind != "i" else b
    if b.shape != shape:
        raise ValueError(f"bias must have shape {shape}, one number for a filter, not {b.shape}.")
    return b
