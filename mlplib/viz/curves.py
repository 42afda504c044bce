"""Curves that carry their own names, marked points and tangents."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from mlplib.palette import INK, text_colour

_SIDES: dict[str, tuple[tuple[float, float], str, str]] = {
    "above": ((0, 6), "center", "bottom"),
    "below": ((0, -6), "center", "top"),
    "left": ((-7, 0), "right", "center"),
    "right": ((7, 0), "left", "center"),
    "above left": ((-4, 4), "right", "bottom"),
    "above right": ((4, 4), "left", "bottom"),
    "below left": ((-4, -4), "right", "top"),
    "below right": ((4, -4), "left", "top"),
}


def plot(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    label: str = "",
    *,
    at: float | None = None,
    side: str | None = None,
    color: str | None = None,
    style: Any = None,
) -> Line2D:
    """Draw a curve and write its name beside it, in a readable shade of its colour.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    x, y : array_like, shape (n,)
        The points.
    label : str
        The name; `$…$` for formulas.
    at : float, optional
        The abscissa at which the name stands; by default it follows the end of the curve.
    side : str, optional
        Where the name stands from there: "above", "below", "left", "right", "above left", ….
        By default the side on which the curve leaves room: the end's right, a rise's left.
    color, style : optional
        A colour of the palette and a line style; by default the next pair of the house.

    Returns
    -------
    Line2D
        The curve.

    Raises
    ------
    ValueError
        When x and y differ in shape, `at` lies outside x, or `side` is none of the above.

    Examples
    --------
    >>> from mlplib.viz import figure
    >>> fig, ax = figure()
    >>> line = plot(ax, [0, 1, 2], [0, 1, 4], "$x^2$", at=1)
    >>> ax.texts[0].get_text()
    '$x^2$'
    """
    xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if xs.ndim != 1 or xs.shape != ys.shape or not xs.size:
        raise ValueError(f"x and y must have one shape (n,), not {xs.shape} and {ys.shape}.")
    given = {"color": color, "linestyle": style}
    (line,) = ax.plot(xs, ys, **{name: value for name, value in given.items() if value is not None})
    if not label:
        return line
    order = np.argsort(xs, kind="stable")
    if at is None:
        place = (xs[-1], ys[-1])
        side = side or "right"
    elif not xs.min() <= at <= xs.max():
        raise ValueError(f"at must be a value of x, from {xs.min():g} to {xs.max():g}, not {at}.")
    else:
        place = (at, float(np.interp(at, xs[order], ys[order])))
        side = side or _free_side(xs[order], ys[order], at)
    _write(ax, place, label, side, str(line.get_color()))
    return line


def mark(
    ax: Axes, x: float, y: float, text: str = "", *, side: str = "above right", color: str = INK
) -> None:
    """Put a dot at the point (x, y) and words beside it.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    x, y : float
        The point.
    text : str
        The words; none by default.
    side : str
        Where they stand, as in `plot`.
    color : str
        Of the dot, and in a readable shade of the words.

    Raises
    ------
    ValueError
        When `side` is not one of those of `plot`.
    """
    ax.plot([x], [y], "o", color=color, clip_on=False, zorder=4)
    if text:
        _write(ax, (x, y), text, side, color)


def tangent(
    ax: Axes,
    x: float,
    y: float,
    slope: float,
    *,
    length: float = 2.0,
    color: str = INK,
    style: Any = "-",
) -> Line2D:
    """Draw a straight piece of this slope through a point.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    x, y : float
        The point, in the middle of the piece.
    slope : float
        How steep it is.
    length : float
        How long it is along the x axis.
    color, style : optional
        As in `plot`.

    Returns
    -------
    Line2D
        The straight piece.
    """
    ends = np.array([x - length / 2, x + length / 2])
    (line,) = ax.plot(
        ends, y + slope * (ends - x), color=color, linestyle=style, linewidth=1.4, zorder=3
    )
    return line


def _write(ax: Axes, place: tuple[float, float], text: str, side: str, color: str = INK) -> None:
    """Write words beside a point, a few printer's points away from it."""
    if side not in _SIDES:
        raise ValueError(f"side must be one of {', '.join(_SIDES)}, not {side!r}.")
    offset, across, along = _SIDES[side]
    ax.annotate(
        text,
        place,
        offset,
        textcoords="offset points",
        ha=across,
        va=along,
        color=text_colour(color),
        annotation_clip=False,
        zorder=5,
    )


def _free_side(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], at: float) -> str:
    near = 0.01 * (x[-1] - x[0])
    before, after = np.interp([at - near, at + near], x, y)
    if abs(after - before) <= 1e-3 * np.ptp(y):
        return "above"
    return "above left" if after > before else "above right"
