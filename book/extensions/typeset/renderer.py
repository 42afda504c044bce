"""Where formulas stand in a page: in the text, in displays, in the output of a cell."""

import re
from html import escape, unescape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from book.extensions.typeset.formula import Formula, Unreadable
from book.extensions.typeset.kept import KEPT

LOGGER = logging.getLogger(__name__)
CLASSES = "math notranslate nohighlight"
OUTPUT = re.compile(
    r'<(?P<tag>span|div) class="mlp-tex">(?P<dollars>\$*)(?P<tex>[^<]*?)(?P=dollars)</(?P=tag)>'
)
LAYOUT = re.compile(r"\\(?P<what>begin|end)\b|[{}]|\\\\|\\.", re.S)
DEEPER, HIGHER = ("\\begin", "{"), ("\\end", "}")


def html(tex: str, display: bool = False, location: nodes.Node | None = None) -> str:
    """Return the formula for a page, in the element that Sphinx puts around every formula.

    A formula that cannot be set is an error of the build, told with the page and the line of
    `location`.
    """
    tag = "div" if display else "span"
    if KEPT.engine:
        inner = formula(tex, display, location).html
    else:  # see fallback.py
        inner = escape(rf"\[{tex}\]" if display else rf"\({tex}\)")
    return f'<{tag} class="{CLASSES}">{inner}</{tag}>'


def formula(tex: str, display: bool, location: nodes.Node | None) -> Formula:
    try:
        return KEPT.formula(with_lines(tex.strip()) if display else tex.strip(), display)
    except Unreadable as error:
        LOGGER.error("the formula %s cannot be set: %s", tex.strip(), error, location=location)
        return Formula("", tex)


def with_lines(tex: str) -> str:
    """A displayed formula of several lines needs an environment that gives it lines."""
    depth = 0
    for sign in LAYOUT.finditer(tex):
        depth += (sign[0] in DEEPER) - (sign[0] in HIGHER)
        if sign[0] == "\\\\" and depth == 0:
            return rf"\begin{{split}}{tex}\end{{split}}"
    return tex


def stands_apart(node: nodes.Node) -> bool:
    """Whether this is in a title away from its page: in a tab, the sidebar, a link to the next."""
    while node.parent is not None:
        if isinstance(node, nodes.list_item) and any("toctree-l" in it for it in node["classes"]):
            return True
        if isinstance(node, nodes.title):
            return isinstance(node.parent, nodes.document)
        node = node.parent
    return False


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    made = formula(node.astext(), False, node)
    if stands_apart(node):
        self.body.append(self.encode(made.text))
    else:
        self.body.append(f"{self.starttag(node, 'span', '', CLASS=CLASSES)}{made.html}</span>")
    raise nodes.SkipNode


def visit_displayed_math(self: HTML5Translator, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS=CLASSES))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(f"{formula(node.astext(), True, node).html}</div>\n")
    raise nodes.SkipNode


def set_outputs(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A cell writes a formula into its HTML as `<span class="mlp-tex">` or `<div …>`, escaped.

    Within it the TeX may stand between dollars, which a running notebook needs to set it.
    """
    if app.builder.format != "html":
        return
    for output in doctree.findall(nodes.raw):
        if output.get("format") != "html" or 'class="mlp-tex"' not in output.astext():
            continue

        def typeset(found: re.Match[str], output: nodes.raw = output) -> str:
            return html(unescape(found["tex"]), found["tag"] == "div", output)

        text = OUTPUT.sub(typeset, output.astext())
        output.children, output.rawsource = [], text
        output += nodes.Text(text)
