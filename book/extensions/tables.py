"""Tables that are made by the build: on a telephone each row is a block, and says its own names."""

from collections.abc import Iterable, Sequence

from docutils import nodes

Cell = Sequence[nodes.Node]


def table(names: Sequence[str], rows: Iterable[Sequence[Cell]], kind: str) -> nodes.table:
    """A table with a column for each name; a cell says the name where there are no columns."""
    group = nodes.tgroup(cols=len(names))
    group += [nodes.colspec(colwidth=1) for _ in names]
    head = nodes.row("", *(entry([nodes.Text(name)]) for name in names))
    body = nodes.tbody()
    for cells in rows:
        body += nodes.row(
            "",
            *(
                entry([label(name), *cell] if cell else [])
                for name, cell in zip(names, cells, strict=True)
            ),
        )
    group += [nodes.thead("", head), body]
    return nodes.table("", group, classes=["mlp-list", kind])


def entry(words: Cell) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *words)) if words else nodes.entry()


def label(name: str) -> nodes.inline:
    return nodes.inline("", f"{name} ", classes=["mlp-label"])


def text(*words: str | nodes.Node) -> Cell:
    return [nodes.Text(word) if isinstance(word, str) else word for word in words]
