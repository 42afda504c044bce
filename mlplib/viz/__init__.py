"""Figures and explorers of the chapters, all of one look."""

from mlplib.numerals import scientific as scientific
from mlplib.palette import (
    BLUE as BLUE,
    GREEN as GREEN,
    INK as INK,
    ORANGE as ORANGE,
    PAPER as PAPER,
    PURPLE as PURPLE,
    SKY as SKY,
    VERMILION as VERMILION,
    YELLOW as YELLOW,
    palette_css as palette_css,
    text_colour as text_colour,
)
from mlplib.viz.bars import bars as bars
from mlplib.viz.columns import columns as columns
from mlplib.viz.controls import Control as Control
from mlplib.viz.curves import mark as mark, plot as plot, tangent as tangent
from mlplib.viz.equation import equation as equation
from mlplib.viz.explorer import Explorer as Explorer, explorer as explorer
from mlplib.viz.graph import graph as graph
from mlplib.viz.matrix import matrix as matrix
from mlplib.viz.network import network as network
from mlplib.viz.picture import Picture as Picture, show as show
from mlplib.viz.questions import Question as Question, predict as predict
from mlplib.viz.simplex import on_simplex as on_simplex, simplex as simplex
from mlplib.viz.style import STYLES as STYLES, figure as figure
