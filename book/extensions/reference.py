"""The pages of the API, made from the docstrings, and the way to them from names in the text.

A page says ```` ```{offered} mlplib.functions``` ````: everything that `mlplib`, `mlplib.viz` or
`mlplib.checks` offers from that folder is described there. Docstrings are read by numpydoc and set
as MyST, so that `code` in them is code. In the prose of every other page, inline code that is the
name of something offered leads to its description, once in a section.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from mlplib.language import say

FACES = ("mlplib", "mlplib.viz", "mlplib.checks")
"""The packages that pages and notebooks import from."""
LISTS = {
    "Parameters": "reference.parameters",
    "Attributes": "reference.attributes",
    "Returns": "reference.returns",
    "Yields": "reference.yields",
    "Raises": "reference.raises",
}
TEXTS = {"Notes": "reference.notes", "References": "reference.references"}
"""The sections of a docstring, each with the key of its heading."""


@cache
def offer(face: str) -> dict[str, str]:
    """The names that a package offers, each with the module it is defined in."""
    source = Path(str(importlib.import_module(face).__file__))
    stub = source.with_suffix(".pyi")
    tree = ast.parse((stub if stub.exists() else source).read_text(encoding="utf-8"))
    return {
        alias.asname: line.module
        for line in tree.body
        if isinstance(line, ast.ImportFrom) and line.module
        for alias in line.names
        if alias.asname == alias.name
    }


def places() -> dict[str, str]:
    """The full name of everything that is offered, by its short one."""
    return {name: f"{face}.{name}" for face in reversed(FACES) for name in offer(face)}


class Offered(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        home = self.arguments[0]
        found = [
            (face, name, module)
            for face in FACES
            for name, module in offer(face).items()
            if module == home or module.startswith(f"{home}.")
        ]
        if not found:
            raise self.error(f"mlplib offers nothing from {home}")
        for module in {module for *_, module in found}:
            self.env.note_dependency(str(importlib.import_module(module).__file__))
        found.sort(key=lambda entry: (entry[0], entry[2], written_order(entry[2], entry[1])))
        text = "\n".join(line for entry in found for line in described(*entry))
        container = nodes.container(classes=["mlp-api"])
        self.state.nested_parse(StringList(text.splitlines(), home), self.content_offset, container)
        return list(container.children)


def written_order(module: str, name: str) -> int:
    """The line on which a module defines a name: its author's order is the one to read it in."""
    for statement in ast.parse(inspect.getsource(importlib.import_module(module))).body:
        if name in {getattr(statement, "name", None), getattr(target_of(statement), "id", None)}:
            return statement.lineno
    return 0


def target_of(statement: ast.stmt) -> ast.expr | None:
    """What an assignment assigns to."""
    if isinstance(statement, ast.Assign):
        return statement.targets[0]
    return statement.target if isinstance(statement, ast.AnnAssign) else None


def described(face: str, name: str, module: str) -> Iterator[str]:
    """The MyST source of one name."""
    thing = getattr(importlib.import_module(face), name)
    full = f"{face}.{name}"
    if inspect.isclass(thing):
        yield from entry("class", full + signature(thing), sections(thing), level=8)
        for member, value in vars(thing).items():
            if not member.startswith("_") and inspect.getdoc(value):
                yield from described_member(full, member, value)
        yield from closed(8)
    elif callable(thing):
        yield from entry("function", full + signature(thing), sections(thing), level=8)
        yield from closed(8)
    else:
        yield from entry("data", full, [comment_on(module, name) or f"`{thing!r}`"], level=8)
        yield from closed(8)


def described_member(owner: str, name: str, value: Any) -> Iterator[str]:
    if isinstance(value, property) or hasattr(value, "func"):
        yield from entry("property", f"{owner}.{name}", sections(value), level=7)
    elif callable(value):
        shown = f"{owner}.{name}{signature(value, without_self=True)}"
        yield from entry("method", shown, sections(value), level=7)
    else:
        return
    yield from closed(7)


def entry(kind: str, heading: str, content: Iterable[str], level: int) -> Iterator[str]:
    yield "`" * level + f"{{py:{kind}}} {heading}"
    yield ""
    yield from content
    yield ""


def closed(level: int) -> Iterator[str]:
    yield "`" * level
    yield ""


def signature(thing: Any, without_self: bool = False) -> str:
    """The arguments with their defaults; the types stand beside what they mean."""
    try:
        parameters = list(inspect.signature(thing).parameters.values())
    except ValueError:
        return "()"
    if without_self and parameters and parameters[0].name == "self":
        del parameters[0]
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in parameters]
    return str(inspect.Signature(bare))


def sections(thing: Any) -> Iterator[str]:
    """The sections of a NumPy docstring as MyST."""
    from numpydoc.docscrape import NumpyDocString  # half a second, on changed pages alone

    doc = NumpyDocString(inspect.getdoc(thing) or "")
    for part in ("Summary", "Extended Summary"):
        yield from code_marked(doc[part])
        yield ""
    for part, key in LISTS.items():
        if doc[part]:
            yield f"**{say(key)}**"
            yield ""
            for name, type_, lines in doc[part]:
                head = " : ".join(filter(None, [f"`{name}`" if name else "", type_]))
                yield head
                yield ": " + " ".join([line.strip() for line in lines] or ["\u00a0"])
                yield ""
    for part, key in TEXTS.items():
        if doc[part]:
            yield f"**{say(key)}**"
            yield ""
            yield from [doc[part]] if isinstance(doc[part], str) else doc[part]
            yield ""
    if doc["Examples"]:
        yield from ("```pycon", *doc["Examples"], "```", "")


def code_marked(lines: Iterable[str]) -> Iterator[str]:
    """Lines of prose, in which examples without a heading of their own become code."""
    inside = False
    for line in lines:
        if line.startswith(">>>") and not inside:
            inside = True
            yield from ("", "```pycon")
        elif inside and not line.strip():
            inside = False
            yield "```"
        yield line
    if inside:
        yield "```"


def comment_on(module: str, name: str) -> str:
    """The string below the assignment of a constant."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    for before, after in zip(tree.body, tree.body[1:], strict=False):
        if getattr(target_of(before), "id", None) == name and isinstance(after, ast.Expr):
            value = after.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                return inspect.cleandoc(value.value)
    return ""


def link_names(app: Sphinx, doctree: nodes.document) -> None:
    """Let the first mention of an offered name in each section lead to its description."""
    if app.env.docname.startswith("api/"):
        return
    known = places()
    seen: set[tuple[int, str]] = set()
    for literal in list(doctree.findall(nodes.literal)):
        name = literal.astext().removesuffix("()")
        section = enclosing_section(literal)
        if name not in known or section is None or (id(section), name) in seen:
            continue
        if any(isinstance(parent, nodes.title | nodes.reference) for parent in ancestors(literal)):
            continue
        seen.add((id(section), name))
        link = addnodes.pending_xref(
            "",
            refdomain="py",
            reftype="obj",
            reftarget=known[name],
            refexplicit=True,
            refwarn=False,
            refdoc=app.env.docname,
        )
        literal.replace_self(link)
        link += literal


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def enclosing_section(node: nodes.Node) -> nodes.Node | None:
    return next((parent for parent in ancestors(node) if isinstance(parent, nodes.section)), None)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("offered", Offered)
    app.connect("doctree-read", link_names)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
