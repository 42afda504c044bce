"""A Python that has loaded Sphinx and all that a build needs, and forks for each one it is asked.

Most of the time of a small build goes into imports. Requests come as lines of JSON, answers are the
exit codes; what a build says goes to files. The book's own package is never loaded here: each build
takes its own.
"""

import json
import os
import runpy
import sys
from importlib import import_module

from pygments.lexers import get_lexer_by_name

LOADED = (
    "IPython.core.interactiveshell jupyter_book.sphinx jupyter_cache.cache.main jupytext myst_nb"
    " myst_nb.sphinx_ext nbclient numpydoc pydata_sphinx_theme sphinx.builders.html"
    " sphinx.builders._epub_base sphinx_book_theme sphinx_comments sphinx_copybutton sphinx_design"
    " sphinx_external_toc sphinx_multitoc_numbering sphinxcontrib.bibtex sqlalchemy.orm"
)


def answer(request: dict) -> None:
    """Become the Python that was asked for: module, folder, environment, streams."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, name in enumerate(("out", "err"), start=1):
        os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.path[0] = request["folder"]
    sys.argv = [request["module"]]
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


def main() -> None:
    sys.modules["rfc3987_syntax"] = None
    for name in LOADED.split():
        import_module(name)
    get_lexer_by_name("ipython3")  # compiles its rules
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            answer(json.loads(line))
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


if __name__ == "__main__":
    main()
