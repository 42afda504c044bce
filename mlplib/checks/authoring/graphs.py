"""Random small graphs for drills of the backward pass: as many as anybody wants, all by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from mlplib.checks.exercise import Exercise
from mlplib.numerals import true_minus

ALL = "xwuvstL"
"""Every number of a graph, by its letter."""

LARGEST = 99
"""No value and no derivative of a drill is larger, so that it can be done in the head."""


@dataclass(frozen=True)
class Graph:
    """Two leaves and a few steps, each the product or the sum of two numbers made before.

    Attributes
    ----------
    leaves : mapping of str to int
    steps : tuple of (str, str, str, str)
        Name, sign (· or +), and the two sources; the last one is the loss.

    Examples
    --------
    >>> graph = Graph({"x": 3, "w": 2}, (("u", "·", "x", "w"), ("L", "·", "u", "x")))
    >>> graph.text, graph.slope("x"), graph.swept(adds=())["x"]
    ('u = x·w, L = u·x', 12, 6)
    """

    leaves: dict[str, int]
    steps: tuple[tuple[str, str, str, str], ...]

    @property
    def text(self) -> str:
        """The steps, as they are read out."""
        gaps = {"·": "·", "+": " + "}
        return ", ".join(f"{name} = {a}{gaps[sign]}{b}" for name, sign, a, b in self.steps)

    @property
    def values(self) -> dict[str, int]:
        """The value of every number, in the order in which they are made."""
        made = dict(self.leaves)
        for name, sign, a, b in self.steps:
            made[name] = made[a] * made[b] if sign == "·" else made[a] + made[b]
        return made

    def slope(self, leaf: str) -> int:
        """Return the derivative of the loss with respect to a leaf, by the forward mode."""
        made, speed = self.values, {name: int(name == leaf) for name in self.leaves}
        for name, sign, a, b in self.steps:
            product = speed[a] * made[b] + made[a] * speed[b]
            speed[name] = product if sign == "·" else speed[a] + speed[b]
        return speed[self.steps[-1][0]]

    def swept(self, adds: Collection[str] = ALL) -> dict[str, int]:
        """Return what a backward sweep leaves at every number; where it does not add it overwrites.

        `adds` names where it adds.
        """
        made = self.values
        charged = dict.fromkeys(made, 0)
        charged[self.steps[-1][0]] = 1
        for name, sign, a, b in reversed(self.steps):
            slopes = (made[b], made[a]) if sign == "·" else (1, 1)
            for source, slope in zip((a, b), slopes, strict=True):
                before = charged[source] if source in adds else 0
                charged[source] = before + slope * charged[name]
        return charged

    @property
    def slips(self) -> dict[str, int]:
        """What people find for x: sweeps that overwrite everywhere, beside x, at x; and the loss.

        What is right by chance, or found in an earlier way, is left out.
        """
        found = {
            "overwritten": self.swept(adds=())["x"],
            "value": self.values["L"],
            "fork_overwritten": self.swept(adds="x")["x"],
            "leaf_overwritten": self.swept(adds=set(ALL) - {"x"})["x"],
        }
        told = [self.slope("x"), *found.values()]
        return {name: told[k] for k, name in enumerate(found, start=1) if told[k] not in told[:k]}

    @property
    def told(self) -> str:
        """The derivatives from the loss back to the leaves, in a line."""
        charged = self.swept()
        return ", ".join(true_minus(f"d{name} = {charged[name]}") for name in reversed(charged))


def drawn_graph(seed: int, steps: int = 3) -> Graph:
    """Return a graph with a fork, whose derivative by x tells right from wrong.

    Parameters
    ----------
    seed : int
        The same seed gives the same graph.
    steps : int
        From 2 to 5.

    Examples
    --------
    >>> drawn_graph(1).text
    'u = w + x, v = u + x, L = v·u'
    """
    rng = np.random.default_rng(seed)
    names = [*"uvst"[: steps - 1], "L"]
    while True:
        made = ["x", "w"]
        leaves = {"x": int(rng.integers(2, 6)), "w": int(rng.choice([-3, -2, -1, 2, 3, 4]))}
        drawn = []
        for name in names:
            sign = str(rng.choice(["·", "+"]))
            drawn.append((name, sign, made[-1], str(rng.choice(made[:-1]))))
            made.append(name)
        graph = Graph(leaves, tuple(drawn))
        told = {graph.slope("x"), graph.swept(adds=())["x"], graph.values["L"], 0}
        numbers = [*graph.values.values(), *graph.swept().values()]
        if len(told) == 4 and "·" in graph.text and max(map(abs, numbers)) <= LARGEST:
            return graph


@dataclass(frozen=True)
class Drill:
    """A question about a graph, as often as anybody wants: the variants of an exercise.

    Its words may name what ``ask`` puts into the exercise's parameters: ``steps``, ``told``, ``x``
    and ``w``. Its answer is the slope by x, and its misconceptions are the slips of the graph, in
    their order: a page draws graphs of its own.

    Attributes
    ----------
    ask : callable
        Returns the exercise about a graph.
    steps : int
        How many steps the graphs have.
    """

    ask: Callable[[Graph], Exercise]
    steps: int = 3

    def __call__(self, seed: int) -> Exercise:
        """Return the exercise with the numbers of a seed."""
        return self.ask(drawn_graph(seed, self.steps))
