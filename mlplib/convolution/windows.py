"""A window that slides along one axis: how often it fits, and which entries it looks at.

A window has k entries (the kernel's size) that lie d apart (the dilation), so it spans
d(k − 1) + 1 positions. It starts at the first entry of the padded axis and moves on by s positions
(the stride). Convolution and pooling, in any number of dimensions, are made of nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlplib.arguments import whole

Pair: TypeAlias = int | tuple[int, int]
"""One number for both axes, or (height, width)."""
Same: TypeAlias = Literal["same"]
"""As many zeros as leave ⌈size / stride⌉ positions."""
Padding: TypeAlias = int | tuple[Pair, Pair] | Same
"""One number for all four sides, (height, width), where each is a number or (before, after), or
"same"."""


def output_size(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: Pair | Same = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Return how many positions a window has along an axis.

    o = ⌊(i + p − d(k − 1) − 1) / s⌋ + 1, where p is the padding of both sides together; with p
    zeros on each side and d = 1 this is the ⌊(i + 2p − k) / s⌋ + 1 of S4-A3a. With `ceil_mode` the
    fraction is rounded up, as in PyTorch and ONNX: a last window may stick out at the end by less
    than the stride, if it does not begin in the padding there. That may be the only window.

    Parameters
    ----------
    size : int
        i, entries along the axis, at least 1.
    kernel : int
        k, entries of the window, at least 1.
    stride : int
        s, positions from one window to the next, at least 1 (S4-D19).
    padding : int, (int, int) or "same"
        Entries added on each side (S4-D20), or before the first and after the last entry. "same"
        adds what o = ⌈i / s⌉ needs, half of it on each side and an odd one at the end, as
        TensorFlow, JAX and ONNX's SAME_UPPER do. PyTorch does so too, but knows it for s = 1 only;
        a layer with ``padding=(k − 1) // 2`` may look at other entries where s > 1.
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
    >>> output_size(224, 7, stride=2, padding="same"), output_size(224, 7, stride=2, padding=(2, 3))
    (112, 112)
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
    """Padding before the first entry; 0 as long as `same` waits for a size."""
    after: int
    """Padding after the last entry; likewise."""
    dilation: int
    ceil_mode: bool
    same: bool = False
    """Whether the padding is "same" and depends on the size: `at` a size it is two numbers."""

    @classmethod
    def along(
        cls,
        axis: str,
        kernel: int,
        stride: int = 1,
        padding: Pair | Same = 0,
        dilation: int = 1,
        ceil_mode: bool = False,
    ) -> Window:
        """Check the numbers (as `output_size` says) and make a window of them."""
        if isinstance(padding, str) and padding != "same":
            raise ValueError(f'padding must be numbers or "same", not {padding!r}.')
        same = padding == "same" if isinstance(padding, str) else False
        before, after = _two("padding", 0 if same else padding)
        window = cls(
            axis,
            whole("kernel", kernel),
            whole("stride", stride),
            whole("padding", before, least=0),
            whole("padding", after, least=0),
            whole("dilation", dilation),
            ceil_mode,
            same,
        )
        # Side by side, windows need one and the same padding whatever the size is.
        return window.at(1) if window.stride == 1 else window

    def at(self, size: int) -> Window:
        """Return the window with the padding that "same" means along an axis of `size` entries.

        >>> window = Window.along("", kernel=7, stride=2, padding="same")
        >>> (window.at(224).before, window.at(224).after), window.at(225).before
        ((2, 3), 3)
        """
        if not self.same:
            return self
        count = -(-whole("size", size) // self.stride)
        padding = max(0, (count - 1) * self.stride + self.span - size)
        before = padding // 2
        return replace(self, before=before, after=padding - before, same=False)

    @property
    def span(self) -> int:
        """Positions from the first to the last entry of the window, both counted."""
        return self.dilation * (self.kernel - 1) + 1

    def count(self, size: int) -> int:
        """Return the number of positions along an axis of `size` entries."""
        if self.same:
            return self.at(size).count(size)
        room = whole("size", size) + self.before + self.after - self.span
        count = room // self.stride + 1
        # A window that begins in the padding at the end would see no entry at all.
        if self.ceil_mode and room % self.stride and count * self.stride < self.before + size:
            count += 1
        if count < 1:
            raise ValueError(self._misfit(size))
        return count

    def padded(self, size: int) -> int:
        """Return how long the axis is once it holds the padding and every window."""
        window = self.at(size)
        reach = (window.count(size) - 1) * window.stride + window.span
        return max(reach, window.before + size + window.after)

    def tap(self, entry: int, count: int) -> slice:
        """Return where one entry of the window lies in the padded axis, at all `count` positions.

        Entry j of window o lies at o·s + j·d.
        """
        first = entry * self.dilation
        return slice(first, first + (count - 1) * self.stride + 1, self.stride)

    def entries(self, size: int) -> NDArray[np.intp]:
        """Return how many entries of each window are entries of the axis and not padding."""
        count, before = self.count(size), self.at(size).before
        real = np.zeros(self.padded(size), np.intp)
        real[before : before + size] = 1
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
        """Say why there is no window, not even one that sticks out."""
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
    padding : int, pair or "same"
        For all sides, or (height, width), each of them an int or (before, after):
        ``padding=(1, 2)`` adds a row above and below and two columns left and right,
        ``padding=((0, 1), (0, 2))`` a row below and two columns on the right. "same" as in
        `output_size`.
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


def fitted(frame: tuple[Window, Window], shape: Sequence[int]) -> tuple[Window, Window]:
    """Return the windows on images (n, height, width, channels), their padding in numbers."""
    down, across = frame
    return down.at(shape[1]), across.at(shape[2])


def _two(name: str, value: Any) -> tuple[Any, Any]:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, Sequence) or isinstance(value, str):
        return value, value
    if len(value) != 2:
        raise ValueError(f"{name} must be one number or a pair, not {value!r}.")
    return value[0], value[1]
