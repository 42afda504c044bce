"""The words of a set and the notebook that asks its questions say the same, in plain text."""

import re
from pathlib import Path

import pytest

from mlplib.checks import Choice, Matching, Mended
from mlplib.checks.messages import set_text
from mlplib.checks.session import known_sets, load

ROOT = Path(__file__).resolve().parents[2]
SETS = known_sets()
CHOICES = [
    (name, exercise.id)
    for name in SETS
    if load(name).notebook
    for exercise in load(name).exercises
    if isinstance(exercise.kind, Choice | Matching | Mended)
]

PLAIN = {
    r"\operatorname{relu}": "relu",
    r"\tfrac12": "½",
    r"\mathbf ": "",
    r"\mathrm ": "",
    r"\ldots": "…",
    r"\infty": "∞",
    r"\sigma": "σ",
    r"\int": "∫",
    r"\to": "→",
    r"\le": "≤",
    r"\ge": "≥",
    r"\ne": "≠",
    r"\pm": "±",
    r"\,": "",
    "-": "−",
    "'": "′",
}
"""What the mathematics of options is called in plain text."""


def words(name):
    return set_text(load(name).folder, name, "en")


def statement(name, question):
    """What the notebook says of a question."""
    source = (ROOT / f"solutions/{name}.md").read_text(encoding="utf-8")
    section = re.split(rf"^### {question}\. .*$", source, flags=re.MULTILINE)[1]
    return section.partition("```{code-cell}")[0]


def plain(text):
    """`text` without its dollars and the marks of code, and mathematics in Unicode."""
    parts = text.replace("`", "").split("$")
    for number in range(1, len(parts), 2):
        for command, character in PLAIN.items():
            parts[number] = parts[number].replace(command, character)
    return "".join(parts)


def squeezed(text):
    return "".join(text.split()).rstrip(".")


@pytest.mark.parametrize(("name", "question"), CHOICES)
def test_an_option_reads_the_same_in_the_notebook_and_in_the_words(name, question):
    asked, known = statement(name, question), words(name).exercises[question].options
    # The lines of a proof are a display, which plain text cannot print: their letters must do.
    proof = re.findall(r"^\\textbf\{(\w)\} &", asked, flags=re.MULTILINE)
    prose = re.findall(r"^- \*\*(\w)\*\* (.*)$", asked, flags=re.MULTILINE)
    assert proof + [letter for letter, _ in prose] == list(known)
    for letter, text in prose:
        assert squeezed(plain(text)) == squeezed(known[letter].text)


@pytest.mark.parametrize("name", SETS)
def test_words_carry_no_markup(name):
    text = words(name)
    spoken = [text.title, *text.misconceptions.values()]
    for exercise in text.exercises.values():
        spoken += [exercise.title, exercise.why, exercise.solution, *exercise.hints]
        spoken += [part for o in exercise.options.values() for part in (o.text, o.feedback)]
    marked = [line for line in spoken if re.search(r"[$`\\]|(?<!\w)\*\w[^*]*\w\*(?!\w)", line)]
    assert marked == []
