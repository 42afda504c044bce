"""Layers that stand beside `Conv` and `Pool` in a network: dense, reshaped, transposed.

As in `mlplib.convolution.shapes`, a description says what a layer does to a shape and how large its
parameters are, and computes no value. A shape is (height, width, channels) or, flat, (d,).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from mlplib.arguments import FloatArray, finite_array, whole
from mlplib.convolution.shapes import Conv, Pool, three_sizes
from mlplib.convolution.transposed import both_axes
from mlplib.convolution.windows import Padding, Pair, Window, windows
from mlplib.functions.activations import Activation

AnyShape: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Dense:
    """A linear layer: every unit sees all numbers of its input, which it takes as one flat row.

    Attributes
    ----------
    units : int

    Examples
    --------
    >>> layer = Dense(10)
    >>> layer.output((4, 4, 8)), layer.weight_shape((4, 4, 8)), layer.biases
    ((10,), (10, 128), 10)
    """

    units: int

    def __post_init__(self) -> None:
        """Refuse what no layer can have."""
        whole("units", self.units)

    def output(self, shape: AnyShape) -> AnyShape:
        """Return (units,)."""
        return (self.units,)

    def weight_shape(self, shape: AnyShape) -> AnyShape:
        """Return the shape of W: (units, numbers of the input)."""
        return self.units, prod(shape)

    @property
    def biases(self) -> int:
        """One for each unit."""
        return self.units

    def __repr__(self) -> str:
        """Name the units."""
        return f"Dense({self.units})"


@dataclass(frozen=True)
class Reshape:
    """The same numbers, in the same order, in another shape: flat for images, images for flat.

    Attributes
    ----------
    shape : (int, int, int), (int,) or int
        (height, width, channels), or the number of numbers.

    Examples
    --------
    >>> Reshape((4, 4, 8)).output((128,)), Reshape(128).output((4, 4, 8))
    ((4, 4, 8), (128,))
    """

    shape: Any

    def __post_init__(self) -> None:
        """Refuse what is no shape."""
        object.__setattr__(self, "shape", any_shape(self.shape))

    def output(self, shape: AnyShape) -> AnyShape:
        """Return the other shape."""
        if prod(shape) != prod(self.shape):
            raise ValueError(
                f"shape must hold the {prod(shape)} numbers of {shape}, not {prod(self.shape)}."
            )
        new: AnyShape = self.shape
        return new

    def __repr__(self) -> str:
        """Name the shape."""
        return f"Reshape({'×'.join(map(str, self.shape))})"


@dataclass(frozen=True)
class TransposedConv:
    """A transposed convolution: a `Conv` taken backwards; see `mlplib.convolution.transposed`.

    Attributes
    ----------
    filters : int
        The number of output channels.
    kernel, stride, padding, dilation, groups
        Of the convolution whose way back this is.
    output_padding : int or (int, int)
        Rows and columns more at the end, fewer than the stride: the size is not unique.
    bias : bool
        Whether each output channel adds a number of its own.

    Examples
    --------
    >>> layer = TransposedConv(1, 3, stride=2, padding=1, output_padding=1)
    >>> layer
    TransposedConv(1, 3×3, stride 2, padding 1, output_padding 1)
    >>> layer.output((4, 4, 8)), layer.weight_shape((4, 4, 8)), layer.biases
    ((8, 8, 1), (8, 3, 3, 1), 1)
    """

    filters: int
    kernel: Pair
    stride: Pair = 1
    padding: Padding = 0
    dilation: Pair = 1
    groups: int = 1
    output_padding: Pair = 0
    bias: bool = True

    def __post_init__(self) -> None:
        """Refuse what no layer can have, before any shape is known."""
        self._way_there()
        both_axes(self.windows(), (10**6, 10**6), self.output_padding)

    def windows(self) -> tuple[Window, Window]:
        """Return the windows along height and width of the large image."""
        return windows(
            self.kernel, stride=self.stride, padding=self.padding, dilation=self.dilation
        )

    def output(self, shape: AnyShape) -> AnyShape:
        """Return the shape of the large image, (height, width, filters)."""
        height, width, _ = three_sizes(shape)  # type: ignore[arg-type]
        self.weight_shape(shape)
        return *both_axes(self.windows(), (height, width), self.output_padding), self.filters

    def weight_shape(self, shape: AnyShape) -> AnyShape:
        """Return the shape of W: (channels, k_h, k_w, filters / groups)."""
        *_, channels = three_sizes(shape)  # type: ignore[arg-type]
        if channels % self.groups:
            raise ValueError(f"groups must divide the {channels} channels; {self.groups} do not.")
        down, across = self.windows()
        return channels, down.kernel, across.kernel, self.filters // self.groups

    @property
    def biases(self) -> int:
        """One for each filter, or none."""
        return self.filters if self.bias else 0

    def _way_there(self) -> Conv:
        """Return the convolution whose way back this is."""
        return Conv(
            self.filters, self.kernel, self.stride, self.padding, self.dilation, self.groups
        )

    def __repr__(self) -> str:
        """Name what differs from the plainest layer."""
        words = [repr(self._way_there()).removeprefix("Conv(").removesuffix(")")]
        words += [f"output_padding {self.output_padding}"] if self.output_padding else []
        words += [] if self.bias else ["no bias"]
        return f"TransposedConv({', '.join(words)})"


Layer: TypeAlias = Conv | TransposedConv | Pool | Dense | Reshape | Activation
"""What a network may be made of, in any order."""


def any_shape(shape: Any) -> AnyShape:
    """Return (height, width, channels) or (d,), each number at least 1.

    >>> any_shape(64), any_shape([8, 8, 1])
    ((64,), (8, 8, 1))
    """
    if not isinstance(shape, Sequence | np.ndarray):
        return (whole("shape", shape),)
    if len(shape) not in (1, 3):
        raise ValueError(f"shape must be (height, width, channels) or (d,), not {shape!r}.")
    return tuple(whole(f"shape[{axis}]", size) for axis, size in enumerate(shape))


def batch_in_shape(
    name: str, X: ArrayLike, shape: AnyShape, dtype: DTypeLike | None = None
) -> FloatArray:
    """Return a batch in which each example has this shape.

    Images may come flat, and images of one channel without an axis for it: the numbers and their
    order are the same.

    >>> batch_in_shape("X", np.zeros((2, 3, 3)), (3, 3, 1)).shape
    (2, 3, 3, 1)
    >>> batch_in_shape("X", np.zeros((2, 1, 3, 3)), (3, 3, 1))
    Traceback (most recent call last):
        ...
    ValueError: X must have shape (n, 3, 3, 1) with n at least 1, not (2, 1, 3, 3).
    """
    batch = finite_array(name, X, dtype)
    as_written = {shape, (prod(shape),)} | ({shape[:2]} if shape[2:] == (1,) else set())
    if batch.shape[1:] not in as_written or len(batch) == 0:
        wanted = ", ".join(map(str, ("n", *shape)))
        raise ValueError(f"{name} must have shape ({wanted}) with n at least 1, not {batch.shape}.")
    return batch.reshape(-1, *shape)
