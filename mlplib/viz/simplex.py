"""The triangle of all distributions over three classes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike, NDArray

from mlplib.palette import INK

_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])


def on_simplex(p: ArrayLike) -> NDArray[Any]:
    """Return the points of the plane at which three-class distributions are drawn.

    Corner k is certainty of class k; a distribution is the mean of the corners with its weights.

    Parameters
    ----------
    p : array_like, shape (..., 3)
        Numbers that sum to 1 along the last axis.

    Returns
    -------
    ndarray, shape (2, ...)
        Abscissas and ordinates.

    Raises
    ------
    ValueError
        When the last axis has not three entries, or they do not sum to 1.

    Examples
    --------
    >>> on_simplex([1, 0, 0]), on_simplex([0.5, 0.5, 0])
    (array([0., 0.]), array([0.5, 0. ]))
    """
    shares = np.asarray(p, dtype=float)
    if shares.ndim < 1 or shares.shape[-1] != 3:
        raise ValueError(f"p must have the shape (..., 3), not {shares.shape}.")
    if not np.allclose(shares.sum(axis=-1), 1):
        raise ValueError("p must sum to 1 along its last axis.")
    return np.moveaxis(shares @ _CORNERS, -1, 0)


def simplex(ax: Axes, names: Sequence[str] = ("1", "2", "3")) -> None:
    """Draw the empty triangle, with the name of each class at its corner.

    The share of a class is the height above the side opposite its corner. On a thin line it is a
    quarter, a half or three quarters.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    names : sequence of str
        One for each corner: left, right, top.

    Raises
    ------
    ValueError
        When there are not three names.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> fig, ax = figure()
    >>> simplex(ax, ["cat", "dog", "owl"])
    >>> [text.get_text() for text in ax.texts]
    ['cat', 'dog', 'owl']
    """
    if len(names) != 3:
        raise ValueError(f"names must be 3 names, not {len(names)}.")
    for share, k in product((0.25, 0.5, 0.75), range(3)):
        ends = np.roll([[share, 1 - share, 0], [share, 0, 1 - share]], k, axis=1)
        ax.plot(*on_simplex(ends), color=INK, linestyle="-", linewidth=0.7, alpha=0.13)
    ax.add_patch(Polygon(_CORNERS, closed=True, facecolor="none", edgecolor=INK, linewidth=1.2))
    for (x, y), name, (dx, dy) in zip(_CORNERS, names, [(-1, -1), (1, -1), (0, 1)], strict=True):
        ax.annotate(
            name,
            (x, y),
            (6 * dx, 6 * dy),
            textcoords="offset points",
            ha={-1: "right", 0: "center", 1: "left"}[dx],
            va="bottom" if dy > 0 else "center",
            annotation_clip=False,
        )
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.03, 0.9), aspect="equal")
    ax.set_axis_off()
