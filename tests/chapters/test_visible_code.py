"""The code that is open on a page stands alone: who copies it cell by cell can run it."""

import ast
import builtins
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDED = {"hide-input", "hide-cell", "remove-input", "remove-cell"}


@dataclass(frozen=True)
class Names:
    """What a cell gives to later cells, and what it takes from earlier ones."""

    defined: frozenset[str]
    used: frozenset[str]


def names_of(code: str) -> Names:
    """Names of a cell: those it binds itself before anything else can are not taken from others.

    A name that is bound and used counts as bound: whether a line reads it before it is bound is
    seen when the notebook runs.
    """
    top = symtable.symtable(code, "cell", "exec")
    defined = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    defined |= {s.get_name() for s in top.get_symbols() if s.is_namespace()}
    used = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    used |= {name for inner in below(top) for name in globals_of(inner)}
    return Names(frozenset(defined), frozenset(used - defined - set(dir(builtins))))


def below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for inner in table.get_children():
        yield inner
        yield from below(inner)


def globals_of(table: symtable.SymbolTable) -> set[str]:
    return {s.get_name() for s in table.get_symbols() if s.is_global() and s.is_referenced()}


def cells(path: Path) -> list[tuple[bool, str]]:
    """Each code cell: whether it is folded, and its source."""
    return [
        (bool(FOLDED & set(cell.metadata.get("tags", ()))), cell.source)
        for cell in jupytext.read(path).cells
        if cell.cell_type == "code"
    ]


def taken_from_folds(path_cells: list[tuple[bool, str]]) -> tuple[list[str], list[str]]:
    """Two complaints about open cells: names that only folded cells define, and names that a folded
    cell defined last, so that they have another value there.
    """
    open_to_all, last_folded = set(), set()
    missing, changed = [], []
    for folded, code in path_cells:
        names = names_of(code)
        if folded:
            last_folded |= names.defined
            continue
        first = next(line for line in code.splitlines() if line.strip())
        missing += [f"{name}, in: {first}" for name in sorted(names.used - open_to_all)]
        both = names.used & open_to_all & last_folded
        changed += [f"{name}, in: {first}" for name in sorted(both)]
        open_to_all |= names.defined
        last_folded -= names.defined
    return missing, changed


def functions_of(code: str) -> set[str]:
    """The functions and classes that a cell defines for later cells."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.parse(code).body if isinstance(node, kinds)}


def overwritten_functions(path_cells: list[tuple[bool, str]]) -> list[str]:
    """Complaints about cells that bind the name of a function anew after an earlier cell used it:
    who then runs the earlier cell once more, as one does in a notebook, calls something else.
    """
    functions, called, complaints = set(), set(), []
    for _, code in path_cells:
        names = names_of(code)
        first = next(line for line in code.splitlines() if line.strip())
        complaints += [f"{name}, in: {first}" for name in sorted(names.defined & called)]
        functions |= functions_of(code)
        called |= functions & (names.used | names.defined & read_in(code))
    return complaints


def read_in(code: str) -> set[str]:
    """The names that a cell reads, wherever it binds them."""
    nodes = ast.walk(ast.parse(code))
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


@pytest.fixture(params=["index", *sorted(p.stem for p in (ROOT / "chapters").glob("*.md"))])
def page(request) -> list[tuple[bool, str]]:
    name = request.param
    return cells(ROOT / (f"{name}.md" if name == "index" else f"chapters/{name}.md"))


def test_open_code_uses_no_name_that_only_a_fold_defines(page):
    missing, _ = taken_from_folds(page)
    assert missing == []


def test_no_fold_changes_what_open_code_uses(page):
    _, changed = taken_from_folds(page)
    assert changed == []


def test_no_cell_overwrites_a_function_that_an_earlier_cell_uses(page):
    assert overwritten_functions(page) == []


def test_names_of_a_cell():
    names = names_of(
        "import numpy as np\nfrom m import f as g\n"
        "def h(a, *, b=c):\n    d = a + e\n    return [i * k for i in d]\n"
        "x = [y for y in z]\nfor w in x:\n    print(w)\n"
        "(lambda t: t + u)(1)\nclass K(L):\n    v = 1\n"
    )
    assert names.defined == {"np", "g", "h", "x", "w", "K"}
    assert names.used == {"c", "e", "k", "z", "u", "L"}


def test_the_two_complaints():
    fold, bare = (True, "a = 1\nx = 2"), (False, "print(a)")
    assert taken_from_folds([fold, bare]) == (["a, in: print(a)"], [])
    assert taken_from_folds([(False, "a = 0"), bare]) == ([], [])
    assert taken_from_folds([(False, "a = 0"), fold, bare]) == ([], ["a, in: print(a)"])
    assert taken_from_folds([fold, (False, "a = 0"), bare]) == ([], [])


def test_a_function_that_is_overwritten():
    definition, use = (True, "def f(x):\n    return x"), (False, "def g(y):\n    return f(y)")
    for line in ("f = 1", "for f in (1, 2):\n    pass", "def f():\n    pass", "import m as f"):
        assert overwritten_functions([definition, use, (False, line)]) == [
            f"f, in: {line.splitlines()[0]}"
        ]
        assert overwritten_functions([definition, (False, line), use]) == []
    both = (False, "def f(x):\n    return x\nprint(f(1))")
    assert overwritten_functions([both, (True, "f = 2")]) == ["f, in: f = 2"]
    assert overwritten_functions([definition, use, (False, "def h(f):\n    return f")]) == []
