"""The site's own styles and scripts without what only we read: comments, and blanks between signs.

A page of the book asks for a dozen of them, and a third of what they weigh is said to us. A notice
of a licence, at the head of a script that is not ours, stays.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import rjsmin
import tinycss2
from sphinx.application import Sphinx
from tinycss2.ast import Node

NOTICE = re.compile(r"\s*(/\*.*?\*/)", re.DOTALL)
SEPARATING = {";", ",", ">"}


def light_style(css: str) -> str:
    """The stylesheet without comments, and without blanks where they separate nothing.

    >>> light_style("/* why */ a > b , i { color: red ; content: ' ; ' }")
    "a>b,i{color: red;content: ' ; '}"
    """
    return "".join(written(tinycss2.parse_component_value_list(css, skip_comments=True)))


def written(tokens: Sequence[Node]) -> Iterator[str]:
    blank = [token.type == "whitespace" for token in tokens]
    tokens = [t for t, *two in zip(tokens, blank, [False, *blank], strict=False) if not all(two)]
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.type == "whitespace":
            if not separates(before) and not separates(after):
                yield " "
        elif token.type == "{} block":
            yield "".join(("{", *written(token.content), "}"))
        elif token.type == "() block":
            yield "".join(("(", *written(token.content), ")"))
        elif token.type == "function":
            yield "".join((token.name, "(", *written(token.arguments), ")"))
        else:
            yield token.serialize()


def separates(token: Node | None) -> bool:
    """Whether no blank is needed beside it: the edge of a block, a block, a sign of a list."""
    if token is None or token.type == "{} block":
        return True
    return bool(token.type == "literal" and token.value in SEPARATING)


def light_script(script: str) -> str:
    notice = NOTICE.match(script)
    kept = f"{notice[1]}\n" if notice and "license" in notice[1].lower() else ""
    return kept + str(rjsmin.jsmin(script)).strip() + "\n"


def make_light(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    folders = [Path(app.confdir) / folder for folder in app.config.html_static_path]
    own = {path.name for folder in folders for path in folder.glob("*.css")}
    for sheet in static.glob("*.css"):
        if sheet.name in own or sheet.name == "copybutton.css":
            rewrite(sheet, light_style(sheet.read_text(encoding="utf-8")))
    for script in static.glob("*.js"):
        if not script.name.endswith(".min.js") and script.name != "answers.js":
            rewrite(script, light_script(script.read_text(encoding="utf-8")))


def rewrite(file: Path, text: str) -> None:
    if text != file.read_text(encoding="utf-8"):
        file.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    # Behind lean_assets, which reads scripts for the names of classes; before addresses.
    app.connect("build-finished", make_light, priority=650)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
