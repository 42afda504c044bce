"""Numbers that captions and prose say of pictures are those that the cells of the page find."""

import ast
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlplib import MLP, load_digits

ROOT = Path(__file__).resolve().parents[2]
HEAD = r"(?:---\n.*?^---\n|(?::[^\n]*\n)*)"
CELL = re.compile(rf"^```\{{code-cell\}}[^\n]*\n{HEAD}(.*?)^```$", re.M | re.S)


def text_of(name: str) -> str:
    return (ROOT / "chapters" / f"{name}.md").read_text(encoding="utf-8")


def definitions(name: str, *marks: str) -> dict[str, Any]:
    """Run the imports, functions and assignments of the first cell with each mark; show nothing."""
    found: dict[str, Any] = {}
    cells = CELL.findall(text_of(name))
    for mark in marks:
        tree = ast.parse(next(cell for cell in cells if mark in cell))
        kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.Assign)
        tree.body = [statement for statement in tree.body if isinstance(statement, kept)]
        exec(compile(tree, name, "exec"), found)
    return found


@pytest.fixture(scope="module")
def readers() -> dict[str, Any]:
    """The two networks that read digits in the forward chapter."""
    return definitions("forward", "learned, _ = train(", "fresh = ", "CHOSEN = ")


def test_what_ten_layers_make_of_a_signal_and_of_a_nudge():
    spreads = definitions("forward", "import numpy as np", "def spreads")["spreads"]

    def last(g: str, scale: float) -> tuple[float, float, float]:
        found, slopes = spreads(g, scale)
        return (*found[-1], np.mean(slopes < 0.1))

    text = text_of("forward")
    assert last("none", 1.0)[:2] == pytest.approx((1, 1), abs=0.05)
    assert last("ReLU", 1.0)[0] == pytest.approx(2**-5, rel=0.05)
    assert last("ReLU", 1.4)[0] == pytest.approx(1, abs=0.1)
    assert 1800 < last("ReLU", 3.0)[0] < 2000
    assert last("tanh", 1.0)[0] == pytest.approx(1 / 5, abs=0.03)
    signal, nudge, flat = last("tanh", 3.0)
    assert 0.8 < signal < 1
    assert f"grows to {nudge:.0f} times its size" in text
    assert f"{100 * flat:.0f} of 100 units in the last layer" in text


def test_what_the_forward_chapter_says_of_its_digits(readers):
    digits, reader = readers["digits"], readers["reader"]
    assert (readers["hidden"] == 0).sum() == 11

    def read(parameters: Any) -> tuple[Any, Any]:
        shares = reader.predict(parameters, digits.rows[readers["CHOSEN"]])
        return shares.max(axis=1), shares.argmax(axis=1) == digits.labels[readers["CHOSEN"]]

    largest, right = read(readers["fresh"])
    assert right.sum() == 1
    assert largest.max() < 0.3
    largest, right = read(readers["learned"])
    assert (~right).sum() == 2
    assert (largest > 0.95).sum() == 5
    assert np.sort(largest)[2] < 0.5


def test_how_many_digits_luck_reads_with_sixty_seeds():
    digits, reader = load_digits(), MLP([64, 32, 10], "relu")
    found = []
    for seed in range(60):
        scores = reader.forward(reader.initialise(np.random.default_rng(seed)), digits.rows)[0]
        found.append(round(100 * np.mean(scores.argmax(axis=1) == digits.labels)))
    assert f"between {min(found)} and {max(found)} digits in 100" in text_of("forward")


def test_the_peak_of_the_loss_on_xor_is_a_step_that_was_too_long():
    learn = definitions("notation", "import numpy as np", "def learn_xor")["learn_xor"]

    def rises(rate: float) -> bool:
        _, losses = learn(np.tanh, lambda z: 1 - np.tanh(z) ** 2, rate=rate)
        return bool((np.diff(losses[50:]) > 0).any())

    assert rises(0.5)
    assert not rises(0.25)


def test_the_first_page_brings_its_loss_to_almost_nothing():
    page = (ROOT / "index.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    tree = ast.parse(next(cell for cell in CELL.findall(page) if "def sweep" in cell))
    tree.body = [statement for statement in tree.body if not isinstance(statement, ast.Expr)]
    exec(compile(tree, "index", "exec"), found)
    losses, sizes = {}, {}
    for w in np.linspace(-1.5, 1.5, 21).round(2):
        _, (_, _, y_hat), gradients, of_weights = found["sweep"](w)
        losses[w] = (y_hat[0] - found["y"]) ** 2 / 2
        sizes[w] = max(np.abs(np.concatenate([*map(np.ravel, (*gradients, *of_weights))])))
    best = min(losses, key=losses.get)
    assert losses[best] < 1e-3
    assert sizes[best] == min(sizes.values()) < 0.05
