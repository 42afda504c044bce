"""All colours, on the light page and on the dark one: told apart by colour-blind readers, too."""

from __future__ import annotations

INK = "#000000"
PAPER = "#ffffff"
BLUE = "#0072b2"
VERMILION = "#d55e00"
GREEN = "#009e73"
PURPLE = "#cc79a7"
ORANGE = "#e69f00"
SKY = "#56b4e9"
YELLOW = "#f0e442"

PALETTE = {
    "blue": BLUE,
    "vermilion": VERMILION,
    "green": GREEN,
    "purple": PURPLE,
    "orange": ORANGE,
    "sky": SKY,
    "yellow": YELLOW,
}
"""The seven colours of Okabe and Ito (2008)."""

LIGHT = {
    "paper": "#ffffff",
    **PALETTE,
    "blue-text": "#00639b",
    "vermilion-text": "#ad4c00",
    "green-text": "#00714f",
    "purple-text": "#9a4474",
    "orange-text": "#875c00",
    "sky-text": "#146c9c",
    "yellow-text": "#6a6300",
    "grey": "#767676",
}
"""Every colour of a picture on a white page; the `-text` ones carry letters (4.5:1),
and grey is what no picture is painted in: the edge of what is not known yet."""

DARK = {
    "paper": "#14181e",
    "blue": "#4fa6e3",
    "vermilion": "#ff8748",
    "green": "#2fc79a",
    "purple": "#e39fc6",
    "orange": "#f0ad2c",
    "sky": "#a3daf8",
    "yellow": "#f0e442",
    "blue-text": "#6db8ee",
    "vermilion-text": "#ff9a66",
    "green-text": "#4bd4ab",
    "purple-text": "#eab2d2",
    "orange-text": "#f4bd55",
    "sky-text": "#b4e1fa",
    "yellow-text": "#f3ea6b",
    "grey": "#9a9a9a",
}
"""The same names on the dark page."""

# The theme lays every HTML output on a light sheet in the dark. This selector outweighs its own.
_ON_THE_PAGE = (
    'html[data-theme="dark"] .bd-content div.cell_output .text_html.text_html:has(.mlp-picture)'
)


def text_colour(colour: str) -> str:
    """Return the shade of a palette colour in which letters are readable (4.5:1 on the page).

    Parameters
    ----------
    colour : str
        Such as `BLUE`; what is no colour of the palette comes back as it is.

    Returns
    -------
    str

    Examples
    --------
    >>> text_colour(VERMILION)
    '#ad4c00'
    >>> text_colour(INK)
    '#000000'
    """
    for name, value in PALETTE.items():
        if colour == value:
            return LIGHT[f"{name}-text"]
    return colour


def variable(name: str) -> str:
    """Return a colour as CSS asks for it: light or dark as the page is, light without a page.

    Examples
    --------
    >>> variable("blue")
    'var(--mlp-blue,#0072b2)'
    """
    return f"var(--mlp-{name},{LIGHT[name]})"


def palette_css() -> str:
    """Return the style sheet of the book's pages: each colour, light and dark.

    A page without it shows the light values, which the pictures carry themselves.

    Returns
    -------
    str

    Examples
    --------
    >>> "--mlp-blue:#4fa6e3" in palette_css()
    True
    """
    light, dark = (
        ";".join(f"--mlp-{name}:{value}" for name, value in colours.items())
        for colours in (LIGHT, DARK)
    )
    return (
        f":root{{{light}}}\n"
        f'@media not print{{html[data-theme="dark"]{{{dark}}}}}\n'
        f"{_ON_THE_PAGE}{{background:none;color:inherit;padding:0}}\n"
    )
