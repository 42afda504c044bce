"""A small book for the tests that build: a copy of `book/`, pages of a few lines."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
TOC = "format: jb-book\nroot: index\nchapters:\n- file: chapters/one\n"


def cell(source: str) -> str:
    return f"\n```{{code-cell}} ipython3\n{source}\n```\n"


CHAPTER = f"{HEADER}\n# The first chapter\n\nA sentence.\n" + cell(
    'import mlplib\nprint("the package says", mlplib.VALUE)'
)


class Book:
    """A copy of the build with two pages and a package of one line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.html = folder / "_build" / "html"
        self.python: subprocess.Popen[str] | None = None
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "book", folder / "book", ignore=ignored)
        for name in ("_config.yml", "requirements.lock", "references.bib"):
            shutil.copyfile(ROOT / name, folder / name)
        self.reset()

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def reset(self) -> None:
        for folder in ("chapters", "exercises", "solutions", "mlplib"):
            shutil.rmtree(self.folder / folder, ignore_errors=True)
        self.write("_toc.yml", TOC)
        self.write("index.md", "# A small book\n\nWelcome.\n")
        self.write("chapters/one.md", CHAPTER)
        self.write("mlplib/__init__.py", "VALUE = 41\n")
        self.write("mlplib/checks/__init__.py", "")
        self.write("mlplib/viz/__init__.py", "")
        for name in ("language.py", "words/en.toml"):
            self.write(f"mlplib/{name}", (ROOT / "mlplib" / name).read_text(encoding="utf-8"))
        self.write("mlplib/palette.py", "def palette_css():\n    return ':root{--mlp-blue:blue}'\n")

    def environment(self, **more: str) -> dict[str, str]:
        # Kernels treat their streams otherwise where they find the variable of a running test.
        inherited = {
            name: text
            for name, text in os.environ.items()
            if "GITHUB" not in name and name != "PYTEST_CURRENT_TEST"
        }
        return {**inherited, "PYTHONPATH": str(self.folder), **more}

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, *(arguments or ("-m", "book.build"))],
            cwd=self.folder,
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Run a command, the build by default, in a process of its own."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate()
        return process.returncode, out, err

    def quick(self, **environment: str) -> tuple[int, str, str]:
        """Run the build in a fork of a Python that has loaded Sphinx, where there are forks."""
        if not hasattr(os, "fork"):
            return self.run(**environment)
        if self.python is None:
            script = Path(__file__).with_name("quick_python.py")
            self.python = subprocess.Popen(
                [sys.executable, str(script)],
                env=self.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.python.stdin is not None
        assert self.python.stdout is not None
        out, err = (self.folder.with_suffix(f".{name}") for name in ("out", "err"))
        request = {
            "module": "book.build",
            "folder": str(self.folder),
            "environment": self.environment(**environment),
            "out": str(out),
            "err": str(err),
        }
        print(json.dumps(request), file=self.python.stdin, flush=True)
        code = int(self.python.stdout.readline())
        return code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")

    def build(self, **environment: str) -> str:
        code, out, err = self.quick(**environment)
        assert code == 0, out + err
        return out

    def refuse(self, **environment: str) -> str:
        code, out, err = self.quick(**environment)
        assert code == 1, out + err
        return err

    def close(self) -> None:
        if self.python is not None:
            self.python.communicate()

    def page(self, name: str = "chapters/one") -> str:
        return (self.html / f"{name}.html").read_text(encoding="utf-8")
