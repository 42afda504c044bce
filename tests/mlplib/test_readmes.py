"""What the READMEs beside the code tell is done as they tell it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import mlplib
from mlplib.checks import Matching
from mlplib.checks.authoring import audit
from mlplib.language import words

ROOT = Path(mlplib.__file__).parent


def blocks(folder: str, language: str) -> list[str]:
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.fixture
def example(tmp_path):
    """The kind of answer of the README with its question, as if the set had just been written."""
    kind, question, test = blocks("checks", "python")
    engine, spoken = blocks("checks", "toml")
    added = {
        f"{table}.{key}": said
        for table, entries in tomllib.loads(engine).items()
        for key, said in entries.items()
    }
    (tmp_path / "slopes.en.toml").write_text(spoken, encoding="utf-8")
    there = {"Matching": Matching}
    exec(question, there)
    there["SET"] = replace(there["SET"], folder=tmp_path)
    exec(test, there)
    return there, added, kind


def test_the_readme_shows_the_file_and_the_words_that_are_there(example):
    _, added, kind = example
    assert kind == (ROOT / "checks" / "kinds" / "matching.py").read_text(encoding="utf-8")
    assert added == {key: text for key, text in words("en").items() if key in added}


def test_a_new_kind_of_answer_is_one_file_its_words_and_its_test(example):
    there, _, _ = example
    tests = {name: test for name, test in there.items() if name.startswith("test_")}
    assert len(tests) == 3
    for test in tests.values():
        test()


def test_the_words_of_the_new_kind_are_those_that_its_code_names(example):
    _, added, kind = example
    assert set(re.findall(r'"(matching\.\w+)"', kind)) == set(added)


def test_the_audit_sees_what_the_new_kind_says_of_itself(example):
    there, _, _ = example
    question = there["SET"].exercises[0]
    pairs = {"1": "B", "3": "A", "4": "D"}
    other = replace(there["SET"], exercises=(replace(question, kind=Matching(pairs)),))
    assert audit.word_faults(other) == [
        "a: the options must begin with the items ['1', '3', '4']",
        "a: the letters ['A', 'B', 'D'] must have words",
    ]


def test_the_examples_of_proof_run():
    there = {"np": np}
    for block in blocks("proof", "python"):
        exec(block, there)
    drawn = np.array(there["distributions"](4, n=50).draw(np.random.default_rng(0)))
    assert drawn.shape == (50, 4)
    np.testing.assert_allclose(drawn.sum(axis=1), 1)


@pytest.mark.parametrize("folder", ["proof", "checks"])
def test_every_module_has_its_place_in_the_reading_order(folder):
    told = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    parts = [path for path in (ROOT / folder).iterdir() if path.suffix == ".py"]
    assert len(parts) > 8
    small = {"__init__", "blank", "quoting", "progress"}
    for path in parts:
        assert path.stem in small or f"`{path.stem}`" in told, path.stem
