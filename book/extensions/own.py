"""Forms in which a reader types something of their own and sees it: a function, a graph.

In a chapter, `:::{bench}` with the options `function` and `at` sets a bench for functions, and
`:::{own-graph}` a graph, whose steps are its content. What is drawn is drawn by book/answers/page.
"""

from html import escape
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst.directives import unchanged_required
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from mlplib.language import say


class Bench(SphinxDirective):
    """A function of x, its slope, differences of it, and ten layers of it."""

    option_spec: ClassVar = {"function": unchanged_required, "at": unchanged_required}

    def run(self) -> list[nodes.Node]:
        function = field("bench-function", say("bench.formula"), self.options["function"], "g")
        place = field("bench-place", say("bench.at"), self.options["at"], "x")
        return [form("bench", say("bench.label"), function + place, say("bench.draw"))]


class OwnGraph(SphinxDirective):
    """A graph of a few steps, run forward and back."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        steps = escape("\n".join(self.content))
        text = (
            f'<label for="graph-steps">{escape(say("graph.text"))}</label>'
            f'<textarea id="graph-steps" name="u" rows="{len(self.content) + 1}" spellcheck="false"'
            f' autocapitalize="off">{steps}</textarea>'
        )
        return [form("graph", say("graph.label"), text, say("graph.run"))]


def field(name: str, label: str, value: str, variable: str) -> str:
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{variable}" '
        f'value="{escape(value)}" spellcheck="false" autocapitalize="off" autocomplete="off">'
    )


def form(kind: str, label: str, fields: str, send: str) -> nodes.raw:
    html = (
        f'<form class="mlp-own mlp-own-{kind}" novalidate aria-label="{escape(label)}">'
        f'<div class="mlp-typed">{fields}<button type="submit">{escape(send)}</button></div>'
        f"<noscript><p>{escape(say('bench.unscripted'))}</p></noscript>"
        '<output aria-live="polite"></output></form>'
    )
    return nodes.raw("", html, format="html")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("bench", Bench)
    app.add_directive("own-graph", OwnGraph)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
