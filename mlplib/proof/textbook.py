"""The loss of a network in the plain formulas of the book, for real or complex parameters alike.

This is the mathematics as one first writes it, with none of the care that the fast code takes: an
independent reference, and one that the complex step can differentiate. Branches look at the real
part alone, so a step off the real line never crosses a kink.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.functions.activations import ACTIVATIONS
from mlplib.networks.autoencoder import AutoEncoder
from mlplib.networks.heads import HEADS
from mlplib.networks.mlp import MLP
from mlplib.networks.steps import Model

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


def _softmax_loss(z: Any, targets: NDArray[Any]) -> Any:
    """Return the mean of Σ_k p_k ln Σ_j exp(z_j − z_k), which is S1-34 under one logarithm.

    The term j = k is the constant 1. When it is all that counts, the loss is lost in the rounding
    of ln 1, but not its slopes: those of the other terms are added to no 1.
    """
    if targets.ndim == 1:
        own = z[np.arange(len(z)), targets]
        return np.log(np.exp(z - own[:, None]).sum(axis=1)).mean()
    return sum(
        (targets[:, k] * np.log(np.exp(z - z[:, k, None]).sum(axis=1))).sum()
        for k in range(z.shape[1])
    ) / len(z)


def _sigmoid_loss(z: Any, t: NDArray[Any]) -> Any:
    """Return the mean of −t ln σ(z) − (1 − t) ln σ(−z) (S1-43)."""
    return (t * np.log1p(np.exp(-z)) + (1 - t) * np.log1p(np.exp(z))).mean()


ANALYTIC_LOSSES: dict[str, Callable[[Any, NDArray[Any]], Any]] = {
    "softmax": _softmax_loss,
    "linear": lambda y, targets: ((y - targets) ** 2).mean(),
    "sigmoid": _sigmoid_loss,
}


def has_textbook_loss(model: Model) -> TypeGuard[MLP | AutoEncoder]:
    """Return whether it is an MLP or an auto-encoder with activations and head of this package."""
    if not isinstance(model, MLP | AutoEncoder):
        return False
    network = model if isinstance(model, MLP) else model.network
    ours = all(ACTIVATIONS.get(g.name) is g for g in network.activations)
    return ours and HEADS.get(network.head.name) is network.head


def textbook_loss(model: MLP | AutoEncoder, X: ArrayLike, targets: ArrayLike) -> Loss:
    """Return parameters ↦ loss in plain formulas, which accept complex parameters.

    Nothing in them is guarded: they are for pre-activations, and differences of two logits, below
    709, where exp overflows.

    Parameters
    ----------
    model : MLP or AutoEncoder
        One for which `has_textbook_loss`.
    X : array_like of real numbers, shape (n, s_0)
    targets : array_like
        As for ``model.loss``. Nothing is checked here; let ``model.loss`` do so first.

    Returns
    -------
    callable
        Dictionary of real or complex parameters to one number: the loss S1-34, S1-43 or S4-A2e.1.

    Raises
    ------
    KeyError
        If an activation or the head of `model` has no textbook formula.

    Examples
    --------
    >>> network = MLP([1, 1], [], head="linear")
    >>> loss = textbook_loss(network, [[2.0]], [[0.0]])
    >>> loss({"W1": np.array([[3.0]]), "b1": np.array([1.0])})
    np.float64(49.0)
    """
    network = model if isinstance(model, MLP) else model.network
    tied = isinstance(model, AutoEncoder) and model.tied
    batch, truth = np.asarray(X, np.float64), np.asarray(targets)
    activations = [ANALYTIC[g.name] for g in network.activations]
    loss = ANALYTIC_LOSSES[network.head.name]

    def of(parameters: dict[str, Any]) -> Any:
        a: Any = batch
        for layer in range(1, network.depth + 1):
            mirrored = tied and layer > network.depth // 2
            W = (
                parameters[f"W{network.depth + 1 - layer}"].T
                if mirrored
                else parameters[f"W{layer}"]
            )
            a = a @ W.T + parameters[f"b{layer}"]
            if layer <= len(activations):
                a = activations[layer - 1](a)
        return loss(a, truth)

    return of
