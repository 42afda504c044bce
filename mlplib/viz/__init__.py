"""Figures and explorers of the chapters, all of one look."""

from mlplib.viz.bars import bars as bars
from mlplib.viz.columns import columns as columns
from mlplib.viz.controls import Control as Control
from mlplib.viz.curves import mark as mark, plot as plot, tangent as tangent
from mlplib.viz.equation import equation as equation
from mlplib.viz.explorer import Explorer as Explorer, explorer as explorer
from mlplib.viz.matrix import matrix as matrix
from mlplib.viz.network import graph as graph, network as network
from mlplib.viz.picture import Picture as Picture, show as show
from mlplib.viz.scientific import scientific as scientific
from mlplib.viz.simplex import on_simplex as on_simplex, simplex as simplex
from mlplib.viz.style import (
    BLUE as BLUE,
    GREEN as GREEN,
    INK as INK,
    ORANGE as ORANGE,
    PAPER as PAPER,
    PURPLE as PURPLE,
    SKY as SKY,
    STYLES as STYLES,
    VERMILION as VERMILION,
    YELLOW as YELLOW,
    figure as figure,
    palette_css as palette_css,
    text_colour as text_colour,
)
