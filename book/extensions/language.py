"""A page speaks the language that code speaks: the one that `MLPLIB_LANGUAGE` names.

Sphinx and the theme bring words of their own ("Search", "Next") in the languages they know, and
stay with English in others. Extensions say theirs with `say` and `sentence`, templates with `say`.
"""

from gettext import find
from pathlib import Path
from string import Formatter
from typing import Any

import sphinx
from docutils import nodes
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.config import Config

from mlplib.language import language, say, words

LOCALES = str(Path(sphinx.__file__).parent / "locale")


def sentence(key: str, **parts: nodes.Node | str) -> list[nodes.Node]:
    """What `say` says, as nodes, and with nodes in its braces."""
    found: list[nodes.Node] = []
    for before, name, _, _ in Formatter().parse(words(language())[key]):
        found.append(nodes.Text(before))
        if name is not None:
            part = parts[name]
            found.append(nodes.Text(part) if isinstance(part, str) else part)
    return found


def known_to_sphinx(name: str) -> bool:
    return find("sphinx", LOCALES, [name]) is not None


def set_words(app: Sphinx, config: Config) -> None:
    config.nb_code_prompt_show = say("fold.code")
    config.html_theme_options = config.html_theme_options | {
        "search_bar_text": say("navigation.search_book"),
        "extra_footer": f"<p>{say('navigation.licences')}</p>",
    }


def give_words(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    context["say"] = say


def setup(app: Sphinx) -> dict[str, bool]:
    # Here, before the theme looks for its own words; the extension stands first in _config.yml.
    app.config.language = language() if known_to_sphinx(language()) else "en"
    app.translator, _ = locale.init([LOCALES], app.config.language)
    app.connect("config-inited", set_words)
    app.connect("html-page-context", give_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
