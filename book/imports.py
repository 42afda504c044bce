"""Which files of a package a piece of code reaches, read off its import statements.

Imports are followed from module to module without running anything. A name that a package offers
lazily is looked up in its stub, `__init__.pyi`. What is no Python (styles, scripts, words) belongs
to the package in whose folder it lies. What code loads by names that it makes up as it runs cannot
be read off: execution.py asks for that when it has run.
"""

import ast
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from book.fingerprint import files

ALL = "*"  # as the last part of a name: all that the package holds
OFFER = "?"  # and: the list of what it offers, without what stands behind the names
NO_DATA = {".py", ".pyi", ".md", ".pyc"}


class Package:
    """The modules of one package by their dotted names, and what each of them asks for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name
        self._asked: dict[str, frozenset[str]] = {}
        self._offers: dict[str, dict[str, str]] = {}

    @cached_property
    def modules(self) -> dict[str, Path]:
        """The file of each module; a package has that of its `__init__`."""
        found = {}
        for path in files(self.folder):
            if path.suffix == ".py":
                parts = path.relative_to(self.folder.parent).with_suffix("").parts
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        return found

    @cached_property
    def data(self) -> dict[Path, list[Path]]:
        """The files that are no Python, under the folder of the package they belong to."""
        packages = {path.parent for path in self.modules.values() if path.stem == "__init__"}
        found: dict[Path, list[Path]] = {}
        for path in files(self.folder):
            if path.suffix not in NO_DATA:
                home = next((folder for folder in path.parents if folder in packages), self.folder)
                found.setdefault(home, []).append(path)
        return found

    def stub(self, module: str) -> Path | None:
        """The file that says where the names live which a package offers lazily."""
        stub = self.modules[module].with_suffix(".pyi")
        return stub if stub.stem == "__init__" and stub.exists() else None

    def offer(self, module: str) -> dict[str, str]:
        """Where each name lives that a module offers in its stub; empty if it has none."""
        if module not in self._offers:
            stub = self.stub(module)
            self._offers[module] = {
                name.asname or name.name: f"{home}.{name.name}"
                for line in (ast.parse(stub.read_text(encoding="utf-8")).body if stub else ())
                if isinstance(line, ast.ImportFrom) and (home := absolute(line, module))
                for name in line.names
            }
        return self._offers[module]

    def below(self, name: str) -> list[str]:
        """A module and, if it is a package, all that lie in it."""
        return [module for module in self.modules if f"{module}.".startswith(f"{name}.")]

    def split(self, name: str) -> tuple[str, list[str]]:
        """The module in a dotted name, as long as there is one, and what comes after it."""
        parts = name.split(".")
        for end in range(len(parts), 0, -1):
            if (module := ".".join(parts[:end])) in self.modules:
                return module, parts[end:]
        return self.name, parts[1:]

    def asked_by(self, module: str) -> frozenset[str]:
        """The dotted names of this package that a module of it asks for."""
        if module not in self._asked:
            path = self.modules[module]
            inside = module if path.stem == "__init__" else module.rpartition(".")[0]
            self._asked[module] = names_asked(path.read_text(encoding="utf-8"), self, inside)
        return self._asked[module]

    def reached(self, code: str) -> "Reach":
        """Return what `code` reaches; all there is, where it is no Python that can be read."""
        reach = Reach(self)
        try:
            asked = names_asked(without_magics(code), self, "")
        except SyntaxError:
            asked = frozenset({f"{self.name}.{ALL}"})
        for name in asked:
            reach.follow(name)
        return reach


@dataclass
class Reach:
    """What was reached: modules, and lists of what is offered, whole or the home of one name."""

    package: Package
    modules: set[str] = field(default_factory=set)
    stubs: set[Path] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    _names: set[str] = field(default_factory=set)

    @property
    def files(self) -> set[Path]:
        code = {self.package.modules[module] for module in self.modules}
        data = (self.package.data.get(path.parent, []) for path in code)
        return code.union(self.stubs, *data)

    def follow(self, name: str) -> None:
        if name in self._names:
            return
        self._names.add(name)
        module, rest = self.package.split(name)
        parts = module.split(".")
        for end in range(1, len(parts) + 1):  # to import a module is to import what it lies in
            self.load(".".join(parts[:end]))
        if not rest:
            return
        if rest[0] in (ALL, OFFER) and (stub := self.package.stub(module)):
            self.stubs.add(stub)
        if rest[0] == ALL:
            for inner in self.package.below(module):
                self.load(inner)
        elif home := self.package.offer(module).get(rest[0]):
            self.homes.add(f"{module}.{rest[0]} is {home}")
            self.follow(home)

    def load(self, module: str) -> None:
        if module not in self.modules:
            self.modules.add(module)
            for name in self.package.asked_by(module):
                self.follow(name)


def absolute(line: ast.ImportFrom, package: str) -> str:
    """The module that a `from … import` names, dots at its start resolved."""
    if not line.level:
        return line.module or ""
    up = package.split(".")[: len(package.split(".")) - line.level + 1]
    return ".".join([*up, *filter(None, [line.module])])


def without_magics(code: str) -> str:
    """The code of a notebook without the lines that only IPython understands."""
    return "\n".join("" if line[:1] in ("%", "!") else line for line in code.split("\n"))


def names_asked(code: str, package: Package, inside: str) -> frozenset[str]:
    """The names of `package` that code asks for; `inside` is the package that it is part of."""
    search = Search(package, inside)
    search.visit(ast.parse(code))
    return frozenset(search.asked)


class Search(ast.NodeVisitor):
    """Goes through code and notes what it imports, and what it does with imported modules."""

    def __init__(self, package: Package, inside: str) -> None:
        self.package = package
        self.inside = inside
        self.asked: set[str] = set()
        self.known: dict[str, str] = {}  # the modules that have a name here

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for line in node.orelse:
                self.visit(line)
        else:
            self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for name in node.names:
            if self.is_ours(name.name):
                self.asked.add(name.name)
                self.known[name.asname or self.package.name] = (
                    name.name if name.asname else self.package.name
                )

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        home = absolute(node, self.inside)
        if not self.is_ours(home):
            return
        for name in node.names:
            whole = f"{home}.{name.name}"
            self.asked.add(whole)
            if whole in self.package.modules and whole not in self.package.offer(home):
                self.known[name.asname or name.name] = whole

    def visit_Attribute(self, node: ast.Attribute) -> None:
        chain = dotted(node)
        if chain is None or chain[0] not in self.known:
            self.generic_visit(node)
            return
        name = ".".join([self.known[chain[0]], *chain[1:]])
        module, rest = self.package.split(name)
        # `__path__`, `__name__`, `__dict__` are ways to any module of the package.
        self.asked.add(self.whole(module) if rest and rest[0].startswith("__") else name)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self.known:  # handed on: nobody can read here what is asked of it
            self.asked.add(self.whole(self.known[node.id]))

    def whole(self, module: str) -> str:
        return f"{module}.{OFFER if self.package.stub(module) else ALL}"

    def visit_Constant(self, node: ast.Constant) -> None:
        """A string that names a module is taken for a request; one that ends in a dot, for any."""
        if isinstance(node.value, str) and self.is_ours(node.value.rstrip(".")):
            name = node.value.rstrip(".")
            if name in self.package.modules:
                self.asked |= {name, f"{name}.{ALL if name != node.value else OFFER}"}

    def is_ours(self, name: str) -> bool:
        return name.partition(".")[0] == self.package.name


def dotted(node: ast.expr) -> list[str] | None:
    """`a.b.c` as a list, or None for what is no plain chain of names."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return [*before, node.attr]
    return None
