"""Of MathJax's rules, those that the formulas of the book need."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Element = tuple[str, frozenset[str]]  # the name and the classes of an element of a formula

ELEMENT = re.compile(r'<(mjx-[\w-]+)(?: [^>]*?class="([^"]*)")?', re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/ ?")
RULE = re.compile(r"^(\S[^\n]*) \{\n(.*?)\n\}$", re.M | re.S)
NO_LETTERS = "MJXZERO, "  # a font only for its height, which is nothing in all of MathJax's fonts
NOT_A_CLASS = re.compile(r"::?[\w-]+(\([^)]*\))?|\[[^]]*\]")


@dataclass(frozen=True)
class Rule:
    selectors: str
    body: str

    def __str__(self) -> str:
        return f"{self.selectors}{{{self.body}}}"


def elements(page: str) -> set[Element]:
    return {(name.lower(), frozenset(classes.split())) for name, classes in ELEMENT.findall(page)}


def rules(stylesheet: str) -> Iterator[Rule]:
    for selectors, body in RULE.findall(COMMENT.sub("", stylesheet.replace(NO_LETTERS, ""))):
        yield Rule(selectors.strip(), re.sub(r"\n *", "", body).strip())


def used_rules(stylesheet: str, used: set[Element]) -> list[Rule]:
    """The rules of which a selector finds all its parts, `mjx-c.mjx-c78.TEX-I`, among `used`."""
    found: dict[str, bool] = {}

    def is_used(part: str) -> bool:
        if part not in found:
            tag, *classes = NOT_A_CLASS.sub("", part).split(".")
            found[part] = any(
                tag.lower() in ("", "*", name) and has.issuperset(classes) for name, has in used
            )
        return found[part]

    return [
        rule
        for rule in rules(stylesheet)
        if any(
            all(map(is_used, re.split(r"[\s>]+", selector.strip())))
            for selector in rule.selectors.split(",")
        )
    ]
