"""The script of the pages and its data: joined so that every browser takes it, and light."""

import gzip
import json
import subprocess

import pytest
from sphinx.errors import ExtensionError

from book.extensions.answers_script import MODULES, data_files, script
from mlplib.checks.page.question import exported
from mlplib.checks.session import load, practice

MOST_SCRIPT = 30_000
MOST_PAGE = 11_000
MOST_DATA = 40_000


def compressed(text):
    return len(gzip.compress(text.encode(), 9, mtime=0))


@pytest.fixture(scope="module")
def files():
    return dict(data_files())


@pytest.fixture(scope="module")
def asked(files, tmp_path_factory):
    """What the script and all data say to an expression, as a page would run them."""
    path = tmp_path_factory.mktemp("answers") / "all.js"
    text = script() + "".join(files.values())

    def ask(expression):
        path.write_text(f"{text}console.log(JSON.stringify({expression}))", encoding="utf-8")
        return json.loads(subprocess.run(["node", path], capture_output=True, check=True).stdout)

    return ask


@pytest.mark.parametrize(
    ("text", "most"),
    [
        pytest.param(script(), MOST_SCRIPT, id="judging"),
        pytest.param(script(MODULES / "page", "start"), MOST_PAGE, id="the page's side"),
    ],
)
def test_the_scripts_are_classic_ones(text, most, tmp_path):
    (tmp_path / "answers.js").write_text(text, encoding="utf-8")
    subprocess.run(["node", "--check", tmp_path / "answers.js"], check=True)
    assert "import " not in text
    assert "export " not in text
    assert compressed(text) <= most


def test_it_judges_as_python_does(files, asked):
    def answers(exercise):
        right = exercise.kind.right_answer()
        return ["?!", right] if isinstance(right, str) else ["?!"]

    for name in files.keys() - {"tables"}:
        course, exercises = practice(name, file="off"), {e.id: e for e in load(name).exercises}
        given = {id_: answers(exercise) for id_, exercise in exercises.items()}
        page = asked(
            f"mlpAnswers.sets[{json.dumps(name)}].map(q => "
            f"[q.id, {json.dumps(given)}[q.id].map(a => mlpAnswers.judge(q, a))])"
        )
        for id_, verdicts in page:
            for answer, verdict in zip(given[id_], verdicts, strict=True):
                told = course.check(id_, answer)
                assert list(verdict.values()) == [told.status.value, told.note, told.text]


def test_other_numbers_are_those_that_python_draws(asked):
    for name in ("notation", "backpropagation", "gradients", "convolution"):
        exercises = load(name)
        text = practice(name, file="off")._text
        for exercise in exercises.exercises:
            question = exported(exercise, text)
            if not exercise.variant or question is None:
                continue
            drawn = asked(
                f"mlpAnswers.sets.{name}.filter(q => q.id === {json.dumps(exercise.id)})"
                ".flatMap(q => q.drawn.map((_, i) => mlpAnswers.withOtherNumbers(q, i)))"
            )
            assert len(drawn) >= 5
            for page in drawn:
                seed = page.pop("seed")
                page.pop("drill", None)
                assert page == json.loads(json.dumps(exported(exercise.variant(seed), text)))


def test_data_are_light_and_tell_nothing_at_a_glance(files):
    for text in files.values():
        assert compressed(text) <= MOST_DATA
        assert '"words"' not in text
        assert '"answer"' not in text


MODULE = "export const {0} = 1;\n"


def test_modules_are_refused_that_cannot_be_joined(tmp_path):
    def written(**modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.mjs").write_text(text, encoding="utf-8")
        return script(tmp_path, "one")

    both = 'import { b } from "./two.mjs";\n'
    assert "a=1" in written(one=both + MODULE.format("a"), two=MODULE.format("b"))
    refused = {
        r"a is declared in two\.mjs and in one\.mjs": {"two": MODULE.format("a")},
        "one → two → one": {"two": 'import { a } from "./one.mjs";\n'},
        r"no module three\.mjs": {"two": 'import { a } from "./three.mjs";\n'},
        "write import and export otherwise: export default": {"two": "export default 1;\n"},
        r"declare one name at a time, not \{": {"two": "const { a } = {};\n"},
    }
    for sentence, modules in refused.items():
        with pytest.raises(ExtensionError, match=sentence):
            written(**modules)
