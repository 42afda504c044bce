"""Questions are answered where they stand: on the pages of exercises, and where a chapter asks.

Every question whose answer a page can judge gets a box (forms.py); its code cell is folded away
under it. A question that wants a function keeps its cell, and says where that is answered. In a
chapter, `:::{predict} forward-1` sets a question of the set `quick`, in the chapter's own words.

The page of such a box asks for one small script, boxes.js. What judges answers stands in a
template, which no browser loads before boxes.js takes it from there.
"""

import re
from functools import cache
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from book.extensions import forms
from book.extensions.folds import Fold
from book.extensions.overview import overview
from mlplib.language import language, say

CHECK = re.compile(r'^check\("(\w+)", .*\)$', re.MULTILINE)
STARTS = re.compile(r"= practice\(")
FOLDER = "_static/answers"
QUICK = "quick"


class Predict(SphinxDirective):
    """A question of the set `quick`, asked before the text answers it."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        where = f"{self.env.docname}, line {self.lineno}"
        box = nodes.container(classes=["mlp-predict"], question=self.arguments[0], where=where)
        box += nodes.paragraph("", say("box.predict"), classes=["mlp-predict-title"])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class Set:
    """The questions of a set with their words, in the language of the pages."""

    def __init__(self, name: str) -> None:
        # A book without exercises builds without the checks.
        from mlplib.checks.messages import set_text
        from mlplib.checks.page.question import exported
        from mlplib.checks.session import load

        exercises = load(name)
        self.name = name
        self.text = set_text(exercises.folder, name, language())
        self.exercises = {exercise.id: exercise for exercise in exercises.exercises}
        self.judged = {
            id_ for id_, e in self.exercises.items() if exported(e, self.text) is not None
        }

    def form(
        self, id_: str, asked: nodes.Element, hints: str
    ) -> tuple[list[nodes.Node], nodes.Element | None]:
        """Return the form of a question, and the list of options in `asked` that it takes in."""
        exercise, words = self.exercises[id_], self.text.exercises[id_]
        key = f"{self.name}.{id_}"
        begin, end = forms.opened(key), forms.closed(words, exercise, hints)
        if type(exercise.kind).__name__ != "Choice":
            return [raw(begin + forms.typed(key, exercise) + end)], None
        options = options_in(asked, words.options)
        if options is None:
            listed = all(rf"\textbf {letter}" in signs_of(asked) for letter in words.options)
            return [raw(begin + forms.chosen(key, exercise, words, listed) + end)], None
        for item, letter in zip(options.children, words.options, strict=True):
            line = item.next_node(nodes.paragraph)
            name = forms.name_of(key)
            box = forms.option(key, exercise, letter)
            line.insert(0, raw(f'{box} <label for="{name}-{escape(letter)}">'))
            line += raw("</label>")
        options["classes"].append("mlp-options")
        middle = f'</fieldset><div class="mlp-typed">{forms.send()}</div>'
        return [
            raw(f"{begin}<fieldset>{forms.legend(exercise)}"),
            options,
            raw(middle + end),
        ], options


@cache
def questions_of(name: str) -> Set:
    """Return a set, which several pages of a build may ask for."""
    return Set(name)


def raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


def signs_of(asked: nodes.Element) -> str:
    """Return the formulas of a question, without braces."""
    blocks = (block.astext() for block in asked.findall(nodes.math_block))
    return "\n".join(blocks).replace("{", " ").replace("}", " ")


def options_in(asked: nodes.Element, letters: Any) -> nodes.bullet_list | None:
    """Return the list of a question whose items begin with the letters of its options."""
    for found in asked.findall(nodes.bullet_list):
        heads = [item.next_node(nodes.strong) for item in found.children]
        if [head.astext() if head else "" for head in heads] == list(letters):
            return found
    return None


def add_boxes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Set the boxes of a page, where it has questions."""
    if app.builder.format != "html":
        return
    for box in list(doctree.findall(nodes.container)):
        if "question" in box:
            set_quick_question(box)
    folder, _, name = docname.partition("/")
    if folder == "exercises":
        set_exercises(doctree, name)


def set_quick_question(box: nodes.Element) -> None:
    quick, id_ = questions_of(QUICK), box["question"]
    if id_ not in quick.judged:
        raise ExtensionError(
            f"{box['where']}: predict must name a question of the set {QUICK} that a page can "
            f"judge, such as {next(iter(quick.judged))}, not {id_}."
        )
    form, options = quick.form(id_, box, "")
    if options is None:
        box += form
    else:
        exchange(options, form)


def set_exercises(doctree: nodes.document, name: str) -> None:
    asked = questions_of(name)
    questions: list[tuple[str, str]] = []
    for code in list(doctree.findall(nodes.literal_block)):
        cell = code.parent.parent
        if STARTS.search(code.astext()):
            fold_notebook(doctree, cell)
        elif found := CHECK.search(code.astext()):
            section = enclosing(code, nodes.section)
            questions.append((found[1], section["ids"][0]))
            way = f"../solutions/{name}.html#{section['ids'][0]}"
            hints = forms.folded_hints(asked.text.exercises[found[1]].hints, way)
            if found[1] in asked.judged:
                set_box(asked, found[1], section, cell, hints)
                fold = Fold("", classes=["mlp-code"], summary=say("box.folded", code=found[0]))
                exchange(cell, [fold])
                fold += cell
            else:
                leave_to_notebook(cell, code, hints)
    page = doctree.next_node(nodes.section)
    parts = [part for part in page.children if isinstance(part, nodes.section)]
    page.insert(
        page.index(parts[0]) if parts else len(page), raw(overview(name, asked.text, questions))
    )


def exchange(node: nodes.Element, others: list[nodes.Node]) -> None:
    """Put others in the place of a node, which may be among them; `replace_self` hands over ids."""
    parent, place = node.parent, node.parent.index(node)
    parent.children[place : place + 1] = []
    parent.insert(place, others)


def set_box(asked: Set, id_: str, section: nodes.Element, cell: nodes.Element, hints: str) -> None:
    form, options = asked.form(id_, section, hints)
    if options is None:
        place = cell.parent.index(cell)
        cell.parent.insert(place, form)
    else:
        exchange(options, form)


def leave_to_notebook(cell: nodes.Element, code: nodes.Element, hints: str) -> None:
    cell["classes"].append("mlp-elsewhere")
    way = nodes.reference("", say("exercise.way"), internal=True, refuri="#mlp-open")
    where = nodes.paragraph("", say("exercise.elsewhere") + " ", way, classes=["mlp-where"])
    code.parent.insert(0, where)
    cell.parent.insert(cell.parent.index(cell) + 1, raw(hints))


def fold_notebook(doctree: nodes.document, cell: nodes.Element) -> None:
    """Fold what is done in the notebook alone: how its verbs are called, and its first cell."""
    page = doctree.next_node(nodes.section)
    verbs = next((c for c in page.children if isinstance(c, nodes.bullet_list)), None)
    fold = Fold("", classes=["mlp-code"], summary=say("exercise.notebook"))
    folded = [cell]
    if verbs is not None and verbs.parent.index(verbs) > 1:
        folded = [page[page.index(verbs) - 1], verbs, cell]
    place = folded[0].parent, folded[0].parent.index(folded[0])
    for part in folded:
        part.parent.remove(part)
        fold += part
    place[0].insert(place[1], fold)


def enclosing(node: nodes.Node, kind: type[nodes.Element]) -> nodes.Element:
    while not isinstance(node, kind):
        node = node.parent
    return node


def ask_for_script(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    body = context.get("body", "")
    if '<form class="mlp-answer"' not in body and '<form class="mlp-own' not in body:
        return
    from mlplib.checks.outcome import Status

    path = context["pathto"]
    sets = sorted(set(re.findall(r'data-exercise="([\w-]+)\.', body)))
    data = [f"{FOLDER}/{name}.js" for name in ("tables", *sets)]
    scripts = ["_static/answers.js", *data, f"{FOLDER}/page.js"]
    later = "".join(f'<script src="{path(script, 1)}"></script>' for script in scripts)
    context["body"] = f'{body}<template id="mlp-judge">{later}</template>'
    words = {
        status.value: f"{status.symbol} {say(f'status.{status.value}')}"
        for status in (Status.RIGHT, Status.ALMOST, Status.WRONG)
    } | {"again": f"↻ {say('box.again')}", "unloaded": say("box.unloaded")}
    given: dict[str, Any] = {f"data-{name}": text for name, text in words.items()}
    app.add_js_file("boxes.js", loading_method="defer", **given)
    app.add_css_file("answers.css", priority=850)  # behind the sheets of all pages


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("book.extensions.folds")
    app.add_directive("predict", Predict)
    app.connect("doctree-resolved", add_boxes)
    app.connect("html-page-context", ask_for_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
