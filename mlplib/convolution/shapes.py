"""Layers of a convolutional network as descriptions: their shapes and numbers of parameters.

A tensor's shape is written height × width × channels, as in S4-D16. A description says what a layer
does to a shape, how many weights and biases it has and how far its kernel reaches, and computes
no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from mlplib.arguments import whole
from mlplib.convolution.windows import Padding, Pair, Window, windows

Shape: TypeAlias = tuple[int, int, int]
"""(height, width, channels)."""


@dataclass(frozen=True)
class Conv:
    """A convolution layer in two dimensions; numbers as in `mlplib.convolution.windows.windows`.

    Attributes
    ----------
    filters : int
        Kernels, which is also the number of output channels.
    kernel : int or (int, int)
        Size of the kernel, along both axes or along each.
    stride : int or (int, int)
        How far the kernel moves.
    padding : int, pair of int, pair of pairs or "same"
        Zeros on either side, as in `mlplib.convolution.windows`.
    dilation : int or (int, int)
        Steps between neighbouring entries of the kernel.
    groups : int
        Filters and channels are cut into so many groups; a filter sees its own group only.
    bias : bool
        Whether each filter adds a number of its own.

    Examples
    --------
    >>> layer = Conv(32, 8, stride=2, padding=3)
    >>> layer
    Conv(32, 8×8, stride 2, padding 3)
    >>> layer.output((128, 128, 3)), layer.weights(3), layer.biases
    ((64, 64, 32), 6144, 32)
    """

    filters: int
    kernel: Pair
    stride: Pair = 1
    padding: Padding = 0
    dilation: Pair = 1
    groups: int = 1
    bias: bool = True

    def __post_init__(self) -> None:
        """Refuse what no layer can have, before any shape is known."""
        if whole("filters", self.filters) % whole("groups", self.groups):
            raise ValueError(
                f"groups must divide the {self.filters} filters; {self.groups} do not."
            )
        self.windows()

    def windows(self) -> tuple[Window, Window]:
        """Return the windows along height and width."""
        return windows(
            self.kernel, stride=self.stride, padding=self.padding, dilation=self.dilation
        )

    def output(self, shape: Shape) -> Shape:
        """Return the output's shape, (height, width, filters)."""
        height, width, channels = three_sizes(shape)
        self.weights(channels)
        down, across = self.windows()
        return down.count(height), across.count(width), self.filters

    def weights(self, channels: int) -> int:
        """Return the number of weights, filters · k_h · k_w · channels / groups.

        A filter has an entry for every channel that it sees. S4-A3b forgets the channels (S4-Q3b).

        >>> Conv(64, 3).weights(32), Conv(64, 3, groups=32).weights(32)
        (18432, 576)
        """
        if whole("channels", channels) % self.groups:
            raise ValueError(f"groups must divide the {channels} channels; {self.groups} do not.")
        down, across = self.windows()
        return self.filters * down.kernel * across.kernel * (channels // self.groups)

    @property
    def biases(self) -> int:
        """One for each filter, or none."""
        return self.filters if self.bias else 0

    def parameters(self, channels: int) -> int:
        """Return the number of weights and biases together."""
        return self.weights(channels) + self.biases

    def __repr__(self) -> str:
        """Name what differs from the plainest layer."""
        words = [str(self.filters), *_words(self, stride=1)]
        words += [f"groups {self.groups}"] if self.groups > 1 else []
        words += [] if self.bias else ["no bias"]
        return f"Conv({', '.join(words)})"


@dataclass(frozen=True)
class Pool:
    """A pooling layer in two dimensions: maximum or mean over windows, channel by channel.

    Attributes
    ----------
    kernel : int or (int, int)
        Size of the window, along both axes or along each.
    stride : int, (int, int) or None
        How far the window moves; None moves it by its own size.
    padding : int, pair of int or pair of pairs
        As of `Conv`; no maximum or mean takes what is there.
    dilation : int or (int, int)
        Steps between neighbouring entries of the window.
    ceil_mode : bool
        Whether a last window may reach beyond the end.
    kind : {"max", "mean"}
        What is made of a window.

    Examples
    --------
    >>> Pool(2), Pool(2).output((64, 64, 32))
    (Pool(2×2), (32, 32, 32))
    >>> Pool(3, stride=2, ceil_mode=True).output((6, 6, 1))
    (3, 3, 1)
    """

    kernel: Pair
    stride: Pair | None = None
    padding: Padding = 0
    dilation: Pair = 1
    ceil_mode: bool = False
    kind: Literal["max", "mean"] = "max"
    biases = 0

    def __post_init__(self) -> None:
        """Refuse what no layer can have, before any shape is known."""
        if self.kind not in ("max", "mean"):
            raise ValueError(f'kind must be "max" or "mean", not {self.kind!r}.')
        self.windows()

    def windows(self) -> tuple[Window, Window]:
        """Return the windows along height and width."""
        return windows(
            self.kernel,
            stride=self.kernel if self.stride is None else self.stride,
            padding=self.padding,
            dilation=self.dilation,
            ceil_mode=self.ceil_mode,
        )

    def output(self, shape: Shape) -> Shape:
        """Return the output's shape: the channels stay."""
        height, width, channels = three_sizes(shape)
        down, across = self.windows()
        for window, size in ((down, height), (across, width)):
            window.require_entries(size)
        return down.count(height), across.count(width), channels

    def weights(self, channels: int) -> int:
        """Return 0: nothing is learned."""
        return 0

    def __repr__(self) -> str:
        """Name what differs from the plainest layer."""
        words = _words(self, stride=self.kernel)
        words += ["ceil_mode"] if self.ceil_mode else []
        words += ["mean"] if self.kind == "mean" else []
        return f"Pool({', '.join(words)})"


def receptive_field(layers: Sequence[Conv | Pool]) -> tuple[int, int]:
    """Return the span of the input's rows and columns that one entry of the last output sees.

    Along each axis r = 1 + Σ_l (d_l(k_l − 1) · s_1 ⋯ s_{l−1}): a layer adds its span less one,
    counted in steps of the input that the strides before it have stretched. Padding has no say:
    an entry near the border sees fewer entries of the input and some of the padding. Nor do gaps:
    where a dilation or a stride leaves rows out, they lie within the span all the same.

    Parameters
    ----------
    layers : sequence of Conv and Pool
        From the input on.

    Returns
    -------
    (int, int)
        Rows and columns, from the first to the last that is seen.

    Raises
    ------
    ValueError
        If `layers` is no sequence of `Conv` and `Pool`.

    Examples
    --------
    >>> receptive_field([Conv(32, 8, stride=2, padding=3), Pool(2), Conv(64, 3, padding=1)])
    (18, 18)
    """
    field, step = [1, 1], [1, 1]
    for layer in conv_and_pool(layers):
        for axis, window in enumerate(layer.windows()):
            field[axis] += (window.span - 1) * step[axis]
            step[axis] *= window.stride
    return field[0], field[1]


def three_sizes(shape: Shape) -> Shape:
    """Return height, width and channels as integers of which each is at least 1."""
    if not isinstance(shape, Sequence | np.ndarray) or len(shape) != 3:
        raise ValueError(f"shape must be (height, width, channels), not {shape!r}.")
    height, width, channels = (whole(f"shape[{axis}]", size) for axis, size in enumerate(shape))
    return height, width, channels


def conv_and_pool(layers: Sequence[Conv | Pool]) -> Sequence[Conv | Pool]:
    """Return the layers themselves, once they are known to be descriptions."""
    if not isinstance(layers, Sequence):
        raise ValueError(f"layers must be a sequence of Conv and Pool, not {layers!r}.")
    for number, layer in enumerate(layers, start=1):
        if not isinstance(layer, Conv | Pool):
            raise ValueError(f"layers must be Conv or Pool, but layer {number} is {layer!r}.")
    return layers


def _words(layer: Conv | Pool, stride: Pair) -> list[str]:
    """Say a layer's kernel, and its other numbers where they are not the usual ones."""
    both = layer.windows()
    usual = windows(layer.kernel, stride=stride)
    words = [_each([str(window.kernel) for window in both], always=True)]
    for name, said in (
        ("stride", lambda window: str(window.stride)),
        ("padding", _sides),
        ("dilation", lambda window: str(window.dilation)),
    ):
        numbers = [said(window) for window in both]
        if numbers != [said(window) for window in usual]:
            words.append(f"{name} {_each(numbers)}")
    return words


def _sides(window: Window) -> str:
    if window.same:
        return "same"
    alike = window.before == window.after
    return str(window.before) if alike else f"({window.before}, {window.after})"


def _each(numbers: list[str], always: bool = False) -> str:
    return "×".join(numbers if always or numbers[0] != numbers[1] else numbers[:1])
