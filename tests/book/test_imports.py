"""Which files of a package a piece of code reaches: read off, on packages of a few lines."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from book.imports import Package

ROOT = Path(__file__).resolve().parents[2]
IMPORT = re.compile(r"^from mlplib[\w.]* import (?:\([^)]*\)|.+)$|^import mlplib.*$", re.MULTILINE)
FILES = {
    "__init__.py": "from importlib import import_module\n",
    "__init__.pyi": "from lib.heart.shares import softmax as softmax\nfrom .waves import wave\n",
    "py.typed": "",
    "arguments.py": "",
    "heart/__init__.py": "",
    "heart/README.md": "for people\n",
    "heart/shares.py": "from lib.arguments import check\n",
    "waves.py": "from . import arguments\n",
    "eager/__init__.py": "from lib.eager.first import one\n",
    "eager/first.py": "from .second import two\n",
    "eager/second.py": "if TYPE_CHECKING:\n    import lib.never\nelse:\n    import lib.waves\n",
    "eager/look.css": "",
    "eager/words/en.toml": "",
    "never.py": "",
    "sets/__init__.py": "",
    "sets/a.py": "",
    "sets/b.py": "",
    "loader.py": "from lib import sets\nimport_module(f'{sets.__name__}.{name}')\n",
    "namer.py": "import_module('lib.never')\n",
    "prefix.py": "import_module(f'lib.sets.{name}')\n",
}
EAGER = {"eager/__init__.py", "eager/first.py", "eager/second.py", "eager/look.css"}
EAGER |= {"eager/words/en.toml", "waves.py", "arguments.py"}
SHARES = {"heart/__init__.py", "heart/shares.py", "arguments.py"}
SETS = {"sets/__init__.py", "sets/a.py", "sets/b.py"}


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Package:
    folder = tmp_path_factory.mktemp("imports") / "lib"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Package(folder)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import numpy", None),
        ("x = 'a library'", None),
        ("import lib", set()),
        ("from lib import softmax", SHARES),
        ("from lib import softmax as s", SHARES),
        ("import lib as l\n\nl.softmax(1)", SHARES),
        ("from lib import wave", {"waves.py", "arguments.py"}),
        ("import lib.waves", {"waves.py", "arguments.py"}),
        ("from lib.heart import shares", SHARES),
        ("def f():\n    from lib.arguments import check", {"arguments.py"}),
        ("from lib.eager import one", EAGER),
        ("%matplotlib inline\n!ls\nfrom lib.arguments import check", {"arguments.py"}),
        ("import lib\nprint(dir(lib))", {"__init__.pyi"}),
        ("from lib.loader import load", {"loader.py", *SETS}),
        ("from lib.namer import name", {"namer.py", "never.py"}),
        ("from lib.prefix import any", {"prefix.py", *SETS}),
    ],
)
def test_code_reaches_what_it_imports_and_no_more(package, code, expected):
    found = {path.relative_to(package.folder).as_posix() for path in package.reached(code).files}
    always = {"__init__.py", "py.typed"}
    assert found == (set() if expected is None else always | expected)


@pytest.mark.parametrize("code", ["from lib import *", "def f(", "files = !ls"])
def test_what_cannot_be_read_off_is_taken_for_all(package, code):
    found = {path.relative_to(package.folder).as_posix() for path in package.reached(code).files}
    assert found == set(FILES) - {"heart/README.md"}


def test_the_home_of_a_name_counts_and_other_names_do_not(package):
    homes = package.reached("from lib import softmax").homes
    assert homes == {"lib.softmax is lib.heart.shares.softmax"}


def test_in_mlplib_the_pages_reach_all_that_their_imports_load():
    """Held against Python itself."""
    package = Package(ROOT / "mlplib")
    pages = [*ROOT.glob("chapters/*.md"), *ROOT.glob("solutions/*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    code = "\n".join(found[0] for found in IMPORT.finditer(text))
    show = "\nimport sys\nprint(*(n for n in sys.modules if n.partition('.')[0] == 'mlplib'))"
    loaded = subprocess.check_output([sys.executable, "-c", code + show], cwd=ROOT, text=True)
    assert len(loaded.split()) > 20
    assert set(loaded.split()) <= package.reached(code).modules
