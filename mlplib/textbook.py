"""The loss of a network in the plain formulas of the book, for real or complex parameters alike.

This is the mathematics as one first writes it, with none of the care that the fast code takes: an
independent reference, and one that the complex step can differentiate. Branches look at the real
part alone, so a step off the real line never crosses a kink.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.activations import ACTIVATIONS
from mlplib.heads import HEADS
from mlplib.labels import one_hot
from mlplib.network import MLP

__all__ = ["Loss", "has_textbook_loss", "textbook_loss"]

Loss: TypeAlias = Callable[[dict[str, Any]], Any]

ANALYTIC: dict[str, Callable[[Any], Any]] = {
    "identity": lambda z: z,
    "sign": lambda z: np.sign(z.real) + 0 * z,
    "heaviside": lambda z: np.heaviside(z.real, 0.5) + 0 * z,
    "relu": lambda z: z * (z.real > 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "log_sigmoid": lambda z: -np.log1p(np.exp(-z)),
    "tanh": np.tanh,
    "softplus": lambda z: np.log1p(np.exp(z)),
}


def softmax_loss(z: Any, targets: NDArray[Any]) -> Any:
    """Return the mean of Σ_k p_k (ln Σ_j exp(z_j) − z_k) (S1-34)."""
    p = one_hot(targets, z.shape[1]) if targets.ndim == 1 else targets
    z = z - z.real.max(axis=1, keepdims=True)
    log_total = np.log(np.exp(z).sum(axis=1, keepdims=True))
    return (p * (log_total - z)).sum() / len(z)


ANALYTIC_LOSSES: dict[str, Callable[[Any, NDArray[Any]], Any]] = {
    "softmax": softmax_loss,
    "linear": lambda y, targets: ((y - targets) ** 2).mean(),
    "sigmoid": lambda z, targets: (np.log1p(np.exp(z)) - targets * z).mean(),
}


def has_textbook_loss(network: MLP) -> bool:
    """Return whether all activations and the head are those of this package, not your own."""
    ours = all(ACTIVATIONS.get(g.name) is g for g in network.activations)
    return ours and HEADS.get(network.head.name) is network.head


def textbook_loss(network: MLP, X: ArrayLike, targets: ArrayLike) -> Loss:
    """Return parameters ↦ loss in plain formulas, which accept complex parameters.

    Nothing in them is guarded against overflow: they are for pre-activations of moderate size.

    >>> network = MLP([1, 1], [], head="linear")
    >>> loss = textbook_loss(network, [[2.0]], [[0.0]])
    >>> loss({"W1": np.array([[3.0]]), "b1": np.array([1.0])})
    np.float64(49.0)
    """
    batch, truth = np.asarray(X, np.float64), np.asarray(targets)
    activations = [ANALYTIC[g.name] for g in network.activations]
    loss = ANALYTIC_LOSSES[network.head.name]

    def of(parameters: dict[str, Any]) -> Any:
        a: Any = batch
        for layer in range(1, network.depth + 1):
            a = a @ parameters[f"W{layer}"].T + parameters[f"b{layer}"]
            if layer <= len(activations):
                a = activations[layer - 1](a)
        return loss(a, truth)

    return of
