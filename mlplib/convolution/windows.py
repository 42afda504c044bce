"""A window that slides along one axis: how often it fits, and which entries it looks at.

A window has k entries (the kernel's size) that lie d apart (the dilation), so it spans
d(k − 1) + 1 positions. It starts at the first entry of the padded axis and moves on by s positions
(the stride). Convolution and pooling, in any number of dimensions, are made of nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlplib.arguments import whole

Pair: TypeAlias = int | tuple[int, int]
"""One number for both axes, or (height, width)."""
Padding: TypeAlias = int | tuple[Pair, Pair]
"""One number for all four sides, or (height, width), where each is a number or (before, after)."""


def output_size(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    padding: Pair = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Return how many positions a window has along an axis.

    o = ⌊(i + p − d(k − 1) − 1) / s⌋ + 1, where p is the padding of both sides together; with p
    zeros on each side and d = 1 this is the ⌊(i + 2p − k) / s⌋ + 1 of S4-A3a. With `ceil_mode` the
    fraction is rounded up: a last window may stick out at the end, if it does not begin in the
    padding there.

    Parameters
    ----------
    size : int
        i, entries along the axis, at least 1.
    kernel : int
        k, entries of the window, at least 1.
    stride : int
        s, positions from one window to the next, at least 1 (S4-D19).
    padding : int or (int, int)
        Entries added on each side (S4-D20), or before the first and after the last entry.
    dilation : int
        d, positions from one entry of the window to the next: 1 leaves no gap. S4-D21 and some
        libraries count the gaps instead, which is d − 1.
    ceil_mode : bool
        Round up instead of down.

    Returns
    -------
    int
        o, at least 1.

    Raises
    ------
    ValueError
        If a number is no integer or too small, or if the window does not fit even once.

    Examples
    --------
    >>> output_size(128, 8, stride=2, padding=3)
    64
    >>> output_size(5, 2, stride=2), output_size(5, 2, stride=2, ceil_mode=True)
    (2, 3)
    >>> output_size(5, 4, padding=(1, 2))
    5
    >>> output_size(5, 3, dilation=3)
    Traceback (most recent call last):
        ...
    ValueError: kernel must fit into the padded axis, but kernel 3 with dilation 3 spans 7 \
positions and the axis has 5 (5 and no padding).
    """
    return Window.along("", kernel, stride, padding, dilation, ceil_mode).count(size)


@dataclass(frozen=True)
class Window:
    """A window along one axis, its numbers checked.

    Examples
    --------
    >>> window = Window.along("height", kernel=3, stride=2, padding=(1, 0), dilation=2)
    >>> window.span, window.count(8)
    (5, 3)
    >>> window.tap(1, count=3)  # where its entry 1 lies in the padded axis
    slice(2, 7, 2)
    """

    axis: str
    """The axis's name for errors: "height", "width", or "" where there is only one."""
    kernel: int
    stride: int
    before: int
    """Padding before the first entry."""
    after: int
    """Padding after the last entry."""
    dilation: int
    ceil_mode: bool

    @classmethod
    def along(
        cls,
        axis: str,
        kernel: int,
        stride: int = 1,
        padding: Pair = 0,
        dilation: int = 1,
        ceil_mode: bool = False,
    ) -> Window:
        """Check the numbers (as `output_size` says) and make a window of them."""
        before, after = _two("padding", padding)
        return cls(
            axis,
            whole("kernel", kernel),
            whole("stride", stride),
            whole("padding", before, least=0),
            whole("padding", after, least=0),
            whole("dilation", dilation),
            ceil_mode,
        )

    @property
    def span(self) -> int:
        """Positions from the first to the last entry of the window, both counted."""
        return self.dilation * (self.kernel - 1) + 1

    def count(self, size: int) -> int:
        """Return the number of positions along an axis of `size` entries."""
        room = whole("size", size) + self.before + self.after - self.span
        if room < 0:
            raise ValueError(self._misfit(size))
        count = room // self.stride + 1
        left_out = room % self.stride > 0
        # A window that begins in the padding at the end would see no entry at all.
        if self.ceil_mode and left_out and count * self.stride < self.before + size:
            count += 1
        return count

    def padded(self, size: int) -> int:
        """Return how long the axis is once it holds the padding and every window."""
        reach = (self.count(size) - 1) * self.stride + self.span
        return max(reach, self.before + size + self.after)

    def tap(self, entry: int, count: int) -> slice:
        """Return where one entry of the window lies in the padded axis, at all `count` positions.

        Entry j of window o lies at o·s + j·d.
        """
        first = entry * self.dilation
        return slice(first, first + (count - 1) * self.stride + 1, self.stride)

    def entries(self, size: int) -> NDArray[np.intp]:
        """Return how many entries of each window are entries of the axis and not padding."""
        count = self.count(size)
        real = np.zeros(self.padded(size), np.intp)
        real[self.before : self.before + size] = 1
        seen = np.zeros(count, np.intp)
        for entry in range(self.kernel):
            seen += real[self.tap(entry, count)]
        return seen

    def require_entries(self, size: int) -> None:
        """Refuse padding that some window would see alone: it has neither maximum nor mean."""
        if (self.before or self.after) and not self.entries(size).all():
            raise ValueError(
                f"padding must leave every window an entry, but along the {self.axis} of {size} "
                f"kernel {self.kernel} with padding {self.before} + {self.after} has a window on "
                "padding alone."
            )

    def _misfit(self, size: int) -> str:
        dilated = f" with dilation {self.dilation}" if self.dilation > 1 else ""
        padding = self.before + self.after
        sides = f"padding {self.before} + {self.after}" if padding else "no padding"
        axis = self.axis or "axis"
        return (
            f"kernel must fit into the padded {axis}, but kernel {self.kernel}{dilated} spans "
            f"{self.span} positions and the {axis} has {size + padding} ({size} and {sides})."
        )


def windows(
    kernel: Pair,
    *,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    ceil_mode: bool = False,
) -> tuple[Window, Window]:
    """Return the windows along height and width of a kernel in two dimensions.

    Parameters
    ----------
    kernel, stride, dilation : int or (int, int)
        For both axes, or (height, width).
    padding : int or pair
        For all sides, or (height, width), each of them an int or (before, after):
        ``padding=(1, 2)`` adds a row above and below and two columns left and right,
        ``padding=((0, 1), (0, 2))`` a row below and two columns on the right.
    ceil_mode : bool
        As in `output_size`.

    Returns
    -------
    (Window, Window)

    Raises
    ------
    ValueError
        If a number is no integer or too small, or a pair has not two entries.

    Examples
    --------
    >>> height, width = windows(3, padding=(1, (0, 2)))
    >>> height.count(5), width.count(5)
    (5, 5)
    """
    pairs = zip(
        ("height", "width"),
        _two("kernel", kernel),
        _two("stride", stride),
        _two("padding", padding),
        _two("dilation", dilation),
        strict=True,
    )
    height, width = (Window.along(*numbers, ceil_mode) for numbers in pairs)
    return height, width


def _two(name: str, value: Any) -> tuple[Any, Any]:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, Sequence) or isinstance(value, str):
        return value, value
    if len(value) != 2:
        raise ValueError(f"{name} must be one number or a pair, not {value!r}.")
    return value[0], value[1]
