"""`python -m book.build`: run the chapters, write the pages, and print the path of the one to open.

`jupyter-book build .` gives the same pages: everything that matters is in `_config.yml` and in the
extensions it names. This command speaks less, and takes every warning for an error.
"""

import sys
from pathlib import Path
from time import perf_counter

# jsonschema would compile a grammar of internet addresses as it is imported: a second for nothing.
sys.modules["rfc3987_syntax"] = None

from jupyter_book import __version__  # noqa: E402
from jupyter_book.sphinx import build_sphinx  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    start = perf_counter()
    print(f"Building the book with Jupyter Book {__version__} …", flush=True)
    output = ROOT / "_build" / "html"
    outcome = build_sphinx(
        ROOT,
        output,
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides={
            "external_toc_path": (ROOT / "_toc.yml").as_posix(),
            "latex_individualpages": False,
        },
        warningiserror=True,
        keep_going=True,
        quiet=True,
    )
    if outcome:
        print("The build failed; the reasons stand above.", file=sys.stderr)
        return 1
    print(f"Done in {perf_counter() - start:.1f} s. Open this page in a browser:")
    print(output / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
