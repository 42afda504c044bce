"""How good parameters are on many examples: the mean loss and the share that is right, in pieces.

A batch is what training holds at a time, so nothing here may need more: examples come in runs of a
few hundred, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, plain_array
from mlplib.networks.heads import Head
from mlplib.networks.parameters import Parameters

RUN = 256
"""Examples that are looked at together where a batch is no larger."""


class Reader(Protocol):
    """A network whose outputs a head reads, such as `MLP` and `CNN`."""

    @property
    def head(self) -> Head:
        """What reads the outputs."""

    def outputs(self, parameters: Parameters, X: ArrayLike) -> FloatArray:
        """Return the outputs of a batch."""


def accuracy(model: Reader, parameters: Parameters, X: ArrayLike, targets: ArrayLike) -> float:
    """Return the share of examples that the network gets right, from 0 to 1.

    With "softmax": whose largest output is the class. With "sigmoid": the share of outputs that are
    on the right side of ½.

    Parameters
    ----------
    model : MLP, CNN or another network with a head
    parameters : Parameters
    X : array_like, shape (n, ...)
    targets : array_like, shape (n, ...)
        As for ``model.loss``.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If X and targets differ in length, the network refuses `X`, or its head has no notion of
        right and wrong ("linear").

    Examples
    --------
    >>> from mlplib.networks.mlp import MLP
    >>> network, theta = MLP([2, 2], []), {"W1": np.eye(2), "b1": np.zeros(2)}
    >>> accuracy(network, theta, [[3.0, 1.0], [0.0, 2.0], [5.0, 4.0]], [0, 1, 1])
    0.6666666666666666
    """
    right = model.head.right
    if right is None:
        raise ValueError(
            f'model must have a head that tells right from wrong, such as "softmax", '
            f"not {model.head}."
        )
    examples, truth, n = as_examples(X, targets)
    verdicts = [
        right(model.outputs(parameters, examples[rows]), truth[rows]) for rows in _runs(n, RUN)
    ]
    return float(np.concatenate([np.ravel(verdict) for verdict in verdicts]).mean())


def mean_loss(
    model: Any, parameters: Parameters, X: ArrayLike, targets: ArrayLike, run: int = RUN
) -> float:
    """Return the mean of the examples' losses, looked at in runs; 0 if nothing counts.

    >>> from mlplib.networks.mlp import MLP
    >>> line, theta = MLP([1, 1], [], head="linear"), {"W1": np.ones((1, 1)), "b1": np.zeros(1)}
    >>> mean_loss(line, theta, np.ones((3, 1)), np.zeros((3, 1)), run=2)
    1.0
    """
    examples, truth, n = as_examples(X, targets)
    weigh, total, count = weight_of(model), 0.0, 0.0
    for rows in _runs(n, run):
        weight = weigh(truth[rows])
        total += weight * float(model.loss(parameters, examples[rows], truth[rows]))
        count += weight
    return total / count if count else 0.0


def weight_of(model: Any) -> Callable[[Any], float]:
    """Return how much targets count for this model: how many they are, unless its head differs."""
    head = getattr(model, "head", None)
    return head.weight if isinstance(head, Head) else len


def as_examples(X: ArrayLike, targets: ArrayLike) -> tuple[Any, Any, int]:
    """Return both as arrays, and the number of examples, of which each has a target."""
    examples, truth = plain_array("X", X), plain_array("targets", targets)
    if examples.ndim == 0 or truth.ndim == 0 or len(examples) != len(truth):
        raise ValueError(
            "X and targets must have one row for each example, "
            f"but X has shape {examples.shape} and targets has {truth.shape}."
        )
    return examples, truth, len(examples)


def _runs(n: int, run: int) -> list[slice]:
    """Return the rows of each run."""
    return [slice(begin, begin + run) for begin in range(0, max(n, 1), run)]
