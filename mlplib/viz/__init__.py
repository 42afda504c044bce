"""Figures and explorers of the chapters, all of one look."""

from mlplib.viz.bars import bars
from mlplib.viz.columns import columns
from mlplib.viz.curves import mark, plot, tangent
from mlplib.viz.explorer import Control, Explorer, explorer
from mlplib.viz.matrix import matrix
from mlplib.viz.network import graph, network
from mlplib.viz.picture import Picture, show
from mlplib.viz.scientific import scientific
from mlplib.viz.simplex import on_simplex, simplex
from mlplib.viz.style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PAPER,
    PURPLE,
    SKY,
    STYLES,
    VERMILION,
    YELLOW,
    figure,
    palette_css,
    text_colour,
)

__all__ = [
    "BLUE",
    "GREEN",
    "INK",
    "ORANGE",
    "PAPER",
    "PURPLE",
    "SKY",
    "STYLES",
    "VERMILION",
    "YELLOW",
    "Control",
    "Explorer",
    "Picture",
    "bars",
    "columns",
    "explorer",
    "figure",
    "graph",
    "mark",
    "matrix",
    "network",
    "on_simplex",
    "palette_css",
    "plot",
    "scientific",
    "show",
    "simplex",
    "tangent",
    "text_colour",
]
