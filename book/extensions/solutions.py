"""Pages of solutions show code as one would write it, without the markers of what is left out."""

from docutils import nodes
from sphinx.application import Sphinx


def drop_markers(app: Sphinx, doctree: nodes.document) -> None:
    if not app.env.docname.startswith("solutions/"):
        return
    # A book without exercises builds without the checks.
    from book.markers import has_markers

    for code in doctree.findall(nodes.literal_block):
        lines = [line for line in code.astext().split("\n") if not has_markers(line)]
        code.rawsource = "\n".join(lines)
        code.children = []
        code += nodes.Text(code.rawsource)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", drop_markers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
