"""The numbers of equations, counted in the sources as the pages count them.

A running notebook knows neither its chapter's number nor the equations of other chapters: the
formulas of a notebook get the numbers of the page as tags, and references are written out.
"""

import re
from functools import cache
from pathlib import Path

from sphinx_external_toc.parsing import parse_toc_yaml

END = re.compile(r"\$\$ \(([\w-]+)\)$", re.M)
REFERENCE = re.compile(r"\{eq\}`([\w-]+)`")


@cache
def numbers(root: Path) -> dict[str, str]:
    """The number of each labelled formula of the chapters: chapter, then place in the chapter."""
    toc = parse_toc_yaml(root / "_toc.yml")
    names = [name.removesuffix(".md") for name in toc if name.startswith("chapters/")]
    return {
        label: f"{chapter}.{place}"
        for chapter, name in enumerate(names, start=1)
        for place, label in enumerate(labels(root / f"{name}.md"), start=1)
    }


def labels(source: Path) -> list[str]:
    return END.findall(source.read_text(encoding="utf-8"))


def numbered(text: str, root: Path) -> str:
    """Return the text of a cell with its equations numbered, and named, as on the page."""
    known = numbers(root)
    text = END.sub(lambda end: f"\\tag{{{known[end[1]]}}}\n$$" if end[1] in known else end[0], text)
    return REFERENCE.sub(lambda name: f"({known[name[1]]})" if name[1] in known else name[0], text)
