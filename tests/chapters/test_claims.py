"""Numbers that a chapter's text says of the code beside it."""

import ast
import re
from pathlib import Path

import jupytext
import nbformat
import numpy as np

from mlplib import MLP, sigmoid

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


def test_the_network_has_as_many_lines_as_its_chapter_says():
    """Lines with nothing on them and docstrings are no lines of the network."""
    notebook = jupytext.read(CHAPTERS / "mlp.md")
    lengths = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for item in ast.parse(re.sub(r"(?m)^[%!].*$", "", cell.source)).body:
                if isinstance(item, ast.FunctionDef) and item.name not in lengths:
                    first = item.body[1] if ast.get_docstring(item) else item.body[0]
                    told = range(item.body[0].lineno, first.lineno)
                    written = enumerate(cell.source.splitlines(), 1)
                    lengths[item.name] = sum(
                        bool(line.strip()) and number not in told
                        for number, line in written
                        if item.lineno <= number <= item.end_lineno
                    )
    text = (CHAPTERS / "mlp.md").read_text(encoding="utf-8")
    said = re.search(
        r"The seven functions, (.*?), have (\d+) lines .*?`new` and `right` make it (\d+)",
        text,
    )
    seven = re.findall(r"`(\w+)`", said[1])
    assert len(seven) == 7
    network = sum(lengths[name] for name in seven)
    assert network == int(said[2]), lengths
    assert network + lengths["new"] + lengths["right"] == int(said[3]), lengths


def test_descent_through_sigmoids_turns_back_where_the_chapter_says():
    """The inputs, the rate and the end are those of the cell that counts the steps."""
    text = (CHAPTERS / "activations.md").read_text(encoding="utf-8")
    assert "With these right weights, whose sum is 0, there is no zigzag." in text
    assert "With seven $+1$ and one $-1$ there is: all eight turn back at every step." in text
    inputs = sigmoid(np.random.default_rng(0).normal(size=(1000, 8)))
    curvature = 2 * inputs.T @ inputs / 1000
    least, *others, most = np.linalg.eigvalsh(curvature)
    assert 40 < most / others[-1] < most / least < 60, "about fifty times"
    for right, zigzag in (np.array([1, -1] * 4), False), (np.array([1] * 7 + [-1]), True):
        weights, signs = np.zeros(8), []
        while np.mean((inputs @ (weights - right)) ** 2) > 1e-3 * np.mean((inputs @ right) ** 2):
            step = 2 / (least + most) * curvature @ (right - weights)
            weights, signs = weights + step, [*signs, np.sign(step)]
        turns = np.array(signs[1:]) != np.array(signs[:-1])
        assert turns.all() if zigzag else not turns.any()


def printed(chapter: str) -> str:
    """What the cells of a chapter print, as its stored notebook has it."""
    path = CHAPTERS / "notebooks" / f"{chapter}.ipynb"
    outputs = [
        o for cell in nbformat.read(path, as_version=4).cells for o in cell.get("outputs", [])
    ]
    return "\n".join(output.get("text", "") for output in outputs)


def test_a_network_hears_as_much_from_each_class_as_its_chapter_says():
    """The length of the gradient of the example by hand, if class 1, 2 or 3 is right."""
    text = (CHAPTERS / "mlp.md").read_text(encoding="utf-8")
    said = re.search(r"the length ([\d.]+), against ([\d.]+) for class 2 and ([\d.]+) for", text)
    lengths = []
    for right in (2, 1, 0):
        _, slopes = MLP([3, 2, 3], "softplus").loss_and_gradients(
            {
                "W1": np.array([[1.0, 0.5, 1.0], [-1.0, 1.0, 1.0]]),
                "b1": np.array([0.0, -1.0]),
                "W2": np.array([[1.0, -1.0], [0.0, 2.0], [-1.0, 1.0]]),
                "b2": np.array([1.0, 0.0, 0.0]),
            },
            np.array([[1.0, 2.0, -1.0]]),
            np.array([right]),
        )
        lengths.append(f"{np.sqrt(sum(np.sum(slope**2) for slope in slopes.values())):.2f}")
    assert list(said.groups()) == lengths


def test_a_hidden_layer_wins_nothing_on_digits_and_a_third_of_the_spiral():
    """The text says so of 300 pictures, whose luck it puts at 0.8 percent."""
    said = printed("mlp")
    bent, straight = (
        float(re.search(rf"{words}: ([\d.]+) % right", said)[1])
        for words in ("test", "no hidden layer")
    )
    assert abs(bent - straight) < 0.8
    assert "32 hidden units: 100%" in said
    assert 64 <= int(re.search(r"no hidden layer: (\d+)%", said)[1]) <= 70
