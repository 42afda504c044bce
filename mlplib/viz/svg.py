"""From matplotlib's SVG to a small one that takes the colours of the page it stands in."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

from matplotlib.figure import Figure

from mlplib.palette import INK, LIGHT, PAPER, variable
from mlplib.viz.style import house_style
from mlplib.viz.svg_path import number, shorten

_LINK = "{http://www.w3.org/1999/xlink}href"
_THEMED = {value: variable(name) for name, value in LIGHT.items()} | {
    INK: "currentColor",
    PAPER: "var(--mlp-paper,Canvas)",
}
_SAYS_NOTHING = {"stroke-dashoffset": "0", "stroke-linejoin": "round", "opacity": "1"}
_NAME = re.compile(r"~([\w.-]+)")
_DECIMAL = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Drawing:
    """A picture in pieces.

    Attributes
    ----------
    width, height : float
        In points.
    parts : tuple of str
        SVG elements in the order in which they are painted; `~name` refers to a shared one.
    shared : mapping of str to str
        Glyphs, markers and clip paths by name: the same name means the same shape everywhere.
    """

    width: float
    height: float
    parts: tuple[str, ...]
    shared: Mapping[str, str]

    def svg(self, label: str) -> str:
        """Return the `<svg>` element, with `label` for those who do not see it."""
        body = "".join(self.parts)
        ids = identifiers(self.shared, label + body)
        defs = "".join(self.shared.values())
        return self.frame(label, refer(f"<defs>{defs}</defs>{body}", ids))

    def frame(self, label: str, inner: str) -> str:
        """Return an `<svg>` element of this size around the markup `inner`."""
        wide, high = number(self.width, 2), number(self.height, 2)
        return (
            f'<svg class="mlp-picture" role="img" aria-label="{escape(label)}" '
            f'viewBox="0 0 {wide} {high}" style="display:block;width:100%;height:auto;'
            f'max-width:{number(self.width / 12, 2)}rem;margin:auto;overflow:visible" '
            f'fill="currentColor" stroke-linejoin="round">{inner}</svg>'
        )


def identifiers(shared: Mapping[str, str], content: str) -> dict[str, str]:
    """Return for every shared name an id that nothing else on the page has."""
    whole = content + "".join(shared.values())
    digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return {name: f"m{digest}-{index}" for index, name in enumerate(shared)}


def refer(markup: str, ids: Mapping[str, str]) -> str:
    """Replace every `~name` of the markup by its id."""
    return _NAME.sub(lambda found: ids[found[1]], markup)


def read(fig: Figure) -> Drawing:
    """Return the figure as a `Drawing`; the same figure gives the same one."""
    target = io.StringIO()
    with house_style():
        fig.savefig(target, format="svg", transparent=True)
    root = ElementTree.fromstring(target.getvalue())
    reader = _Reader()
    parts = tuple(part for child in root for part in reader.parts(child))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    return Drawing(width, height, parts, dict(sorted(reader.shared.items())))


class _Reader:
    """Walks through matplotlib's SVG once, and puts definitions aside."""

    def __init__(self) -> None:
        self.shared: dict[str, str] = {}
        self.styles: dict[str, dict[str, str]] = {}

    def parts(self, element: ElementTree.Element) -> list[str]:
        """Return the element as markup: nothing, itself, or what a bare group holds."""
        tag = _tag(element)
        if tag in ("metadata", "style"):
            return []
        if tag == "defs":
            for child in element:
                self._define(child)
            return []
        inner = [part for child in element for part in self.parts(child)]
        attributes = self._attributes(element)
        if tag == "g" and not attributes:
            return inner
        if tag == "g" and not inner:
            return []
        if tag == "path" and attributes.get("style") == "fill:none":
            return []
        return [_markup(tag, attributes, "".join(inner))]

    def _define(self, element: ElementTree.Element) -> None:
        if _tag(element) == "style":
            return
        name = element.attrib["id"]
        self.styles[name] = _style(element)
        inner = "".join(part for child in element for part in self.parts(child))
        attributes = {"id": f"~{name}", **self._attributes(element)}
        self.shared[name] = _markup(_tag(element), attributes, inner)

    def _attributes(self, element: ElementTree.Element) -> dict[str, str]:
        found: dict[str, str] = {}
        glyph = element.get("transform") == "scale(0.015625)"
        for name, value in element.attrib.items():
            if name == "id" or (name == "transform" and glyph):
                continue
            if name == "d":
                found["d"] = shorten(value, 1, 1 / 64) if glyph else shorten(value, 2)
            elif name == "style":
                continue
            elif name == _LINK and value.startswith("#"):
                found["href"] = f"#~{value[1:]}"
            elif name == "clip-path":
                found["clip-path"] = value.replace("#", "#~")
            elif name == "transform" and _tag(element) == "use" and _is_shift(value):
                x, y = map(float, value[10:-1].split())
                found |= {k: number(v, 1) for k, v in (("x", x), ("y", y)) if v}
            elif name.startswith("{"):
                found["href"] = value
            else:
                found[name] = _DECIMAL.sub(lambda seen: number(float(seen[0]), 3), value)
        style = _style(element)
        if _tag(element) == "use":
            own = self.styles.get(element.get(_LINK, "")[1:], {})
            style = {name: value for name, value in style.items() if own.get(name) != value}
        if style:
            found["style"] = ";".join(f"{name}:{value}" for name, value in style.items())
        return found


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_shift(transform: str) -> bool:
    return transform.startswith("translate(") and transform.count("(") == 1


def _style(element: ElementTree.Element) -> dict[str, str]:
    style: dict[str, str] = {}
    for item in element.get("style", "").split(";"):
        name, _, value = (piece.strip() for piece in item.partition(":"))
        if not name or _SAYS_NOTHING.get(name) == value:
            continue
        value = _DECIMAL.sub(lambda seen: number(float(seen[0]), 3), value)
        style[name] = _THEMED.get(value, value)
    return style


def _markup(tag: str, attributes: Mapping[str, str], inner: str) -> str:
    opening = tag + "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{opening}>{inner}</{tag}>" if inner else f"<{opening}/>"
