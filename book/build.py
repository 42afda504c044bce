"""`python -m book.build`: run the chapters, write the pages, and print the path of the one to open.

`jupyter-book build .` gives the same pages: everything that matters is in `_config.yml` and in the
extensions it names. This command speaks less, takes every warning for an error, waits for another
build in the same folder, and sees at once where there is nothing to do.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from time import time

from book import fingerprint
from book.environment import STARTED
from book.finished import is_intact, last_finished
from book.lock import alone

ROOT = Path(__file__).resolve().parent.parent
MEND = "Delete the folder .venv and run `make book`: it is made anew."


def main() -> int:
    started = float(os.environ.pop(STARTED, time()))
    for stream in sys.stdout, sys.stderr:
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    output = ROOT / "_build" / "html"
    with ExitStack() as until_done:
        try:
            lock = alone(output.parent / ".lock", "Another build is running: waiting for it …")
            until_done.enter_context(lock)
        except OSError as error:
            return stop(f"The build cannot write to {output.parent}: {error.strerror}.")
        if nothing_to_do(output):
            print("Nothing has changed since the last build.")
        elif failure := build(output):
            return stop(failure)
    print(f"Done in {time() - started:.1f} s. Open this page in a browser:")
    print(output / "index.html")
    return 0


def nothing_to_do(output: Path) -> bool:
    done = last_finished(output.parent / ".doctrees")
    return (
        done is not None
        and done.everything == fingerprint.of_everything(ROOT)
        and is_intact(output, done.site)
    )


def build(output: Path) -> str | None:
    """Let Jupyter Book build; return why it failed, where it did and has not said so itself."""
    # jsonschema would compile a grammar of internet addresses as it is imported: a second lost.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        import yaml
        from jsonschema import ValidationError
        from jupyter_book import __version__
        from jupyter_book.config import validate_yaml
        from jupyter_book.sphinx import build_sphinx
        from sphinx.util.console import color_terminal, nocolor
    except ModuleNotFoundError as error:
        return f"The package {error.name} is missing in .venv. {MEND}"
    if not (sys.stderr.isatty() and color_terminal()):
        nocolor()
    print(f"Building the book with Jupyter Book {__version__} …", flush=True)
    settings = ROOT / "_config.yml"
    try:
        validate_yaml(yaml.safe_load(settings.read_text(encoding="utf-8")), raise_on_errors=True)
        outcome = build_sphinx(
            ROOT,
            output,
            noconfig=True,
            path_config=settings,
            confoverrides={
                "external_toc_path": (ROOT / "_toc.yml").as_posix(),
                "latex_individualpages": False,
            },
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        return f"{settings.name}{line}: {error.problem} {error.context or ''}".rstrip()
    except ValidationError as error:
        return f"{settings.name}:\n{error.message}"
    cause = getattr(outcome, "orig_exc", None)
    if isinstance(cause, ModuleNotFoundError) and not str(cause.name).startswith("mlplib"):
        return f"The package {cause.name} is missing in .venv. {MEND}"
    return "The build failed; the reasons stand above." if outcome else None


def stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
