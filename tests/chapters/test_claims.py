"""Numbers that a chapter's text says of the code beside it."""

import ast
import re
from pathlib import Path

import jupytext

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


def test_the_network_has_as_many_lines_as_its_chapter_says():
    """Lines with nothing on them and docstrings are no lines of the network."""
    notebook = jupytext.read(CHAPTERS / "mlp.md")
    lengths = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for item in ast.parse(re.sub(r"(?m)^[%!].*$", "", cell.source)).body:
                if isinstance(item, ast.FunctionDef) and item.name not in lengths:
                    first = item.body[1] if ast.get_docstring(item) else item.body[0]
                    told = range(item.body[0].lineno, first.lineno)
                    written = enumerate(cell.source.splitlines(), 1)
                    lengths[item.name] = sum(
                        bool(line.strip()) and number not in told
                        for number, line in written
                        if item.lineno <= number <= item.end_lineno
                    )
    text = (CHAPTERS / "mlp.md").read_text(encoding="utf-8")
    said = re.search(
        r"The seven functions, (.*?), have (\d+) lines .*?`new` and `right` make it (\d+)",
        text,
    )
    seven = re.findall(r"`(\w+)`", said[1])
    assert len(seven) == 7
    network = sum(lengths[name] for name in seven)
    assert network == int(said[2]), lengths
    assert network + lengths["new"] + lengths["right"] == int(said[3]), lengths
