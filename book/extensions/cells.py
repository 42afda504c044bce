"""What other extensions ask of the code cells of a page, as myst-nb has put them into its tree."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from docutils import nodes


@dataclass
class Finding:
    """What `verify` or `refute` found: its facts, the output that says so, and the cell of both."""

    facts: dict[str, str]
    output: nodes.Element
    cell: nodes.Element

    @property
    def label(self) -> str:
        return self.facts["label"]

    @property
    def is_refutation(self) -> bool:
        return "statement" in self.facts

    def take_away(self) -> bool:
        """Remove the output from the page, and the folded cell once nothing else is shown by it.

        Tell whether the cell has gone.
        """
        output = self.output
        while output.parent is not self.cell and len(output.parent.children) == 1:
            output = output.parent
        output.parent.remove(output)
        if not is_folded(self.cell) or outputs(self.cell):
            return False
        self.cell.parent.remove(self.cell)
        return True


class _Facts(HTMLParser):
    """Reads the attribute in which `mlplib.proof.findings` writes what was found, as JSON."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [json.loads(str(t)) for name, t in attributes if name == "data-finding"]


def first_line(cell: nodes.Element) -> int:
    """The line below the fence of a cell; myst-nb notes the one after that."""
    return cell.line - 1 if cell.line else 0


def code_cells(doctree: nodes.document) -> list[nodes.Element]:
    return [
        box
        for box in doctree.findall(nodes.container)
        if box.get("nb_element") == "cell_code" and box.children
    ]


def source(cell: nodes.Element) -> nodes.literal_block:
    """The code of a cell, as it is shown."""
    return next(cell.findall(nodes.literal_block))


def outputs(cell: nodes.Element) -> list[nodes.Element]:
    return [
        output
        for box in cell.children
        if box.get("nb_element") == "cell_code_output"
        for output in box.children
    ]


def is_folded(cell: nodes.Element) -> bool:
    return bool(cell.get("hide_mode") == "input")


def findings(doctree: nodes.document) -> Iterator[Finding]:
    """All findings of a page, in their order."""
    for cell in code_cells(doctree):
        for html in list(cell.findall(nodes.raw)):
            if html.get("format") == "html" and "data-finding" in html.astext():
                output = _bundle(html)
                for facts in _Facts(html.astext()).found:
                    yield Finding(facts, output, cell)


def _bundle(html: nodes.raw) -> nodes.Element:
    """The output that `html` is one form of: others are text for terminals."""
    node = html
    while node.get("nb_element") != "mime_bundle":
        node = node.parent
    return node


def compared(code: str, label: str) -> dict[str, str]:
    """The two sides that the check of `label` compares, in the words of the code.

    Of a function without a name its value is given.
    """
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(args=[ast.Constant(value=str(first)), *rest]) if first == label:
                named = dict(zip(("claim", "against"), rest, strict=False))
                named |= {part.arg: part.value for part in node.keywords if part.arg}
                sides = ("claim", "against")
                return {name: _words(code, named[name]) for name in sides if name in named}
    return {}


def _words(code: str, part: ast.expr) -> str:
    if isinstance(part, ast.Lambda):
        part = part.body
    return " ".join((ast.get_source_segment(code, part) or "").split())
