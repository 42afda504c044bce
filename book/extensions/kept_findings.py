"""What was found on each page, kept for the pages that list it; these are written in each build.

They name equations, figures and sections of all pages, any of which may have gone or been renamed.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book.extensions.cells import compared, findings, source

LISTS = "mlp_lists"
"""In the metadata of a page: that it shows what other pages hold."""


def kept(env: BuildEnvironment) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = vars(env).setdefault("book_findings", {})
    return found


def keep(app: Sphinx, doctree: nodes.document) -> None:
    found = [
        {
            **compared(source(finding.cell).astext(), finding.label),
            **finding.facts,
            "section": section_of(finding.cell),
        }
        for finding in findings(doctree)
    ]
    if found:
        kept(app.env)[app.env.docname] = found


def section_of(node: nodes.Element) -> str:
    while not isinstance(node, nodes.section):
        node = node.parent
    return str(node.next_node(nodes.title).astext())


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    kept(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    kept(env).update({name: found for name, found in kept(other).items() if name in docnames})


def rewrite_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    return [name for name, about in env.metadata.items() if LISTS in about]


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", keep, priority=300)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", rewrite_lists, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
