"""Every key that the code names has words, and every word is named."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import numpy as np
import pytest

from mlplib import check_gradient, integers, normal, refute, trace, verify
from mlplib.checks import Status, practice
from mlplib.language import WORDS as WORDS_FILES, languages, words
from mlplib.proof.in_tex import in_tex
from mlplib.viz import explorer, figure, network, show
from tests.mlplib.checks.demo import DEMO

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("mlplib", "book")
    for path in (ROOT / folder).rglob("*.py")
]
WORDS = words("en")
TABLES = {key.split(".")[0] for key in WORDS}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def in_templates() -> set[str]:
    pages = (ROOT / "book" / "templates").rglob("*.html")
    asked = re.compile(r"say\('([\w.]+)'")
    return {key for page in pages for key in asked.findall(page.read_text(encoding="utf-8"))}


def in_scripts() -> set[str]:
    scripts = (ROOT / "book" / "answers").rglob("*.mjs")
    named = re.compile(r"\"(\w+\.\w+)\"")
    keys = {key for script in scripts for key in named.findall(script.read_text(encoding="utf-8"))}
    return {key for key in keys if key.split(".")[0] in TABLES}


def literals() -> set[str]:
    return {
        node.value
        for tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.split(".")[0] in TABLES
        and node.value.count(".") == 1
        and node.value.replace(".", "a").replace("_", "").isalpha()
        and not node.value.endswith((".", ".py"))
    }


def test_every_key_named_has_words_and_every_word_is_named():
    by_status = {f"status.{status.value}" for status in Status}
    by_panel = {f"panel.{tone}" for tone in ("hint", "solution", "question", "progress")}
    assert literals() | in_templates() | in_scripts() | by_status | by_panel == set(WORDS)


def calls_with_a_key():
    """Every call f("table.key", …, name=value), with the names it gives."""
    for tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and not any(k.arg is None for k in node.keywords):
                keys = [
                    a.value for a in node.args if isinstance(a, ast.Constant) and a.value in WORDS
                ]
                if keys:
                    yield node, keys[0], {str(k.arg) for k in node.keywords}


def test_words_use_no_parameter_that_the_code_does_not_give():
    seen = set()
    for node, key, given in calls_with_a_key():
        function = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if function in ("wrong", "almost", "unread", "blank", "error", "failed", "NotAMatrix"):
            given |= {"variable"}
        elif function == "NotAFormula":
            given |= {"variable", "column", "place", "known"}
        elif function == "Unreadable":
            given |= {"variable", "got"}
        elif function == "NotTyped":
            given |= {"variable", "got", "longest", "most", "deepest", "whole", "written"}
        elif function == "NoValue":
            given = {"variable", "where"}
        elif function in ("Outcome", "Finding", "Field"):
            continue
        elif function == "_domain":
            given -= {"shape", "rest"}
        else:
            assert function in ("_panel", "say", "sentence")
        assert fields(WORDS[key]) <= given, key
        seen.add(key)
    assert len(seen) > 50


@pytest.mark.parametrize("language", languages())
def test_languages_agree_in_keys_and_parameters(language):
    other = words(language)
    assert set(other) == set(WORDS)
    assert {key: fields(text) for key, text in other.items()} == {
        key: fields(text) for key, text in WORDS.items()
    }


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"^language must be one of \['en'\], not 'tlh'\.$"):
        practice(DEMO, language="tlh")


@pytest.fixture
def marked(monkeypatch, tmp_path):
    """A language whose every sentence is the English one between ⟨ and ⟩."""
    english = (WORDS_FILES / "en.toml").read_text(encoding="utf-8")
    (tmp_path / "marked.toml").write_text(
        re.sub(r'^(\w[\w-]* = ")(.*)(")$', r"\1⟨\2⟩\3", english, flags=re.M), encoding="utf-8"
    )
    monkeypatch.setattr("mlplib.language.WORDS", tmp_path)
    monkeypatch.setenv("MLPLIB_LANGUAGE", "marked")
    words.cache_clear()
    yield
    words.cache_clear()


def shown():
    """What is met in a terminal, by a few letters that name what it is of."""

    def draw(k):
        fig, ax = figure()
        ax.plot([0, 1], [0, k])
        return fig

    wide = [[1.0]]
    both = network([1, 1], weights=[wide], weight_gradients=[wide])
    yield from (text.get_text() for text in both.axes[0].texts)
    yield repr(show(draw(1), alt="1."))
    yield repr(explorer(draw, describe=lambda k: f"{k}.", label="1", k=[1, 2]))
    yield repr(trace((8, 8, 1), [])).replace("×", "")
    yield repr(verify("1", lambda a: a, lambda a: a, inputs=[1.0, 2.0]))
    yield repr(verify("1", lambda a: a, lambda a: a, inputs=integers(1, 9), unit="exact"))
    sides = {"claim": lambda *a: np.nan, "truth": lambda *a: a[0], "repaired": lambda *a: a[0]}
    refuted = refute("1", "1 = 2", **sides, inputs=(normal(), normal()))
    yield from map(in_tex, (refuted.counterexample, refuted.claimed))
    yield repr(refuted).replace("nan", "")  # Python's word for it
    yield repr(check_gradient(lambda p: sum(p["w"] ** 2), {"w": [2.0]}, {"w": [1.0]}))


def test_no_words_but_those_of_the_language_are_said(marked):
    for said in shown():
        outside = re.sub(r"\\[a-z]+|e[-+]\d", "", said)  # of TeX, and of numbers
        while outside != (outside := re.sub(r"⟨[^⟨⟩]*⟩", "", outside)):
            pass
        assert "⟨" in said
        assert not re.search(r"[^\W\d_]{2,}", outside), said
