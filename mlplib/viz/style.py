"""The house style: curves told apart by colour and by line, bare axes, level names."""

from __future__ import annotations

from functools import wraps
from typing import Any

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from mlplib.palette import BLUE, GREEN, INK, PURPLE, VERMILION

LINES = (BLUE, VERMILION, GREEN, PURPLE)
"""The colours that reach 3:1 on a white page; the other three are for areas with an outline."""

STYLES = ("-", (0, (6, 2)), (0, (1.2, 1.4)), (0, (6, 1.6, 1.2, 1.6)))
"""Line styles in the order of `LINES`: what tells curves apart in a greyscale print."""

_SIZE = 14
_SMALL = 13
_FORMULA = 17  # the letters of TeX are smaller than others of the same size

_RC: Any = {
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "axes.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": INK,
    "grid.alpha": 0.13,
    "grid.linewidth": 0.7,
    "axes.labelsize": _SIZE,
    "axes.xmargin": 0.0,
    "axes.prop_cycle": cycler(color=LINES, linestyle=STYLES, linewidth=[2.0] * len(LINES)),
    "axes.unicode_minus": True,
    "font.size": _SIZE,
    "font.family": ["DejaVu Sans"],
    "mathtext.fontset": "cm",
    "xtick.labelsize": _SMALL,
    "ytick.labelsize": _SMALL,
    "xtick.major.size": 4.0,
    "ytick.major.size": 0.0,
    "lines.linewidth": 2.0,
    "lines.markersize": 7.0,
    "legend.frameon": False,
    "legend.fontsize": _SIZE,
    "svg.fonttype": "path",
    "svg.hashsalt": "mlplib",
    "path.simplify": True,
}


def house_style() -> Any:
    """Return a context in which matplotlib draws in the house style, and nowhere else."""
    return mpl.rc_context(_RC)


class Panel(Axes):
    """Axes whose own drawing methods keep to the house style, outside any context.

    The name of the vertical axis stands above it and is read without turning the head.
    """

    name = "mlplib panel"

    def set_ylabel(self, ylabel: str, *args: Any, **options: Any) -> Any:
        """Write the name of the vertical axis level, above the axis."""
        level = {"rotation": 0, "ha": "left", "va": "bottom", **options}
        text = super().set_ylabel(ylabel, *args, **level)
        self.yaxis.set_label_coords(0.0, 1.03)
        return text


def _styled(name: str, words: int | None) -> Any:
    """Return the drawing method in the house style; `words` is the place of its text."""
    method = getattr(Panel, name)

    @wraps(method)
    def call(self: Panel, *args: Any, **options: Any) -> Any:
        if words is not None and len(args) > words and _is_formula(args[words]):
            options.setdefault("fontsize", _FORMULA)
        with house_style():
            return method(self, *args, **options)

    return call


def _is_formula(text: str) -> bool:
    return text.startswith("$") and text.endswith("$")


for _name, _words in {
    "annotate": 0,
    "legend": None,
    "plot": None,
    "set_xlabel": 0,
    "set_ylabel": 0,
    "text": 2,
}.items():
    setattr(Panel, _name, _styled(_name, _words))


def figure(
    width: float = 5.0,
    height: float = 3.2,
    rows: int = 1,
    columns: int = 1,
    *,
    sharex: bool = False,
    sharey: bool = False,
) -> tuple[Figure, Any]:
    """Return an empty figure in the house style, and its axes.

    The figure belongs to nobody but the caller: no pyplot, nothing to close, nothing shown by
    itself. Five inches are 360 points, the width of a telephone: letters of 14 points then keep
    their size there. Panels are therefore best stacked (`rows`).

    Parameters
    ----------
    width : float
        Of the whole figure, in inches.
    height : float
        Of one row, in inches.
    rows, columns : int
        How many panels there are.
    sharex, sharey : bool
        Whether the panels have the same axis.

    Returns
    -------
    tuple
        The figure, and one `Panel` or, where there are several, an array of them: shape
        (rows,), (columns,) or (rows, columns).

    Raises
    ------
    ValueError
        When `rows` or `columns` is below 1, or a size is not positive.

    Examples
    --------
    >>> fig, ax = figure()
    >>> _ = ax.plot([0, 1], [0, 1])
    >>> fig, (top, bottom) = figure(rows=2)
    """
    for name, count in {"rows": rows, "columns": columns}.items():
        if count < 1:
            raise ValueError(f"{name} must be 1 or more, not {count}.")
    for name, size in {"width": width, "height": height}.items():
        if not 0 < size < np.inf:
            raise ValueError(f"{name} must be a positive number of inches, not {size}.")
    with house_style():
        fig = Figure(figsize=(width, height * rows), dpi=72)
        axes = fig.subplots(
            rows, columns, sharex=sharex, sharey=sharey, subplot_kw={"axes_class": Panel}
        )
        for ax in np.ravel(axes):
            ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
            ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    return fig, axes
