"""What stands on top of a network: how its last outputs are read, and the loss that judges them.

Each head pairs a loss with the function that it undoes: cross-entropy with softmax, binary
cross-entropy with the sigmoid, squared error with the identity. So the gradient with respect to the
outputs is each time (prediction − truth) / n, up to a factor, and nothing saturates (S4-A2g).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray, finite_array
from mlplib.functions.activations import identity, sigmoid
from mlplib.functions.softmax import softmax
from mlplib.losses.again import cross_entropy_again, logistic_again, squared_error_again
from mlplib.losses.cross_entropy import cross_entropy_and_gradient
from mlplib.losses.logistic import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)
from mlplib.losses.squared import mse, mse_gradient
from mlplib.losses.weighted import counted

LossAndGradient: TypeAlias = Callable[[ArrayLike, ArrayLike], tuple[FloatArray, FloatArray]]


@dataclass(frozen=True)
class Head:
    """A loss on the outputs of a network, and the reading of these outputs as predictions.

    Attributes
    ----------
    name : str
        The key in `HEADS`.
    loss_and_gradient : callable
        (outputs (n, s), targets) ↦ the loss, one number, and its gradient, shape (n, s).
    predict : callable
        outputs (n, s) ↦ predictions (n, s), such as probabilities.
    right : callable or None
        (outputs (n, s), targets) ↦ booleans, one for each decision: whether it is right. None where
        nothing is decided.
    weight : callable
        targets ↦ how much they count in a mean over several batches: how many they are.
    again : callable or None
        `loss_and_gradient` for a batch, in arrays, whose like it has accepted before: without a
        look at them. A loss that is not finite is to be asked of `loss_and_gradient`, which says
        what is wrong. None where there is no such short cut.

    Examples
    --------
    >>> loss, gradient = HEADS["softmax"].loss_and_gradient([[0.0, 0.0]], [1])
    >>> gradient
    array([[ 0.5, -0.5]])
    """

    name: str
    loss_and_gradient: LossAndGradient = field(repr=False)
    predict: Callable[[ArrayLike], FloatArray] = field(repr=False)
    right: Callable[[Any, Any], NDArray[np.bool_]] | None = field(default=None, repr=False)
    weight: Callable[[Any], float] = field(default=len, repr=False)
    again: Callable[[Any, Any], tuple[FloatArray, FloatArray]] | None = field(
        default=None, repr=False
    )


def _squared_error_and_gradient(
    outputs: ArrayLike, targets: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return `mse`, the mean over all entries, and its gradient."""
    return mse(outputs, targets), mse_gradient(outputs, targets)


def _logistic_loss_and_gradient(
    outputs: ArrayLike, targets: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Return `binary_cross_entropy_with_logits`, the mean over all entries, and its gradient."""
    return (
        binary_cross_entropy_with_logits(outputs, targets),
        binary_cross_entropy_with_logits_gradient(outputs, targets),
    )


def right_class(outputs: FloatArray, targets: NDArray[Any]) -> NDArray[np.bool_]:
    """Return whether the largest output is that of the class, or of the likeliest class.

    >>> right_class(np.array([[3.0, 1.0], [0.0, 2.0]]), np.array([0, 0]))
    array([ True, False])
    """
    truth = targets if targets.ndim == 1 else targets.argmax(axis=-1)
    right: NDArray[np.bool_] = outputs.argmax(axis=-1) == truth
    return right


def _right_side(outputs: FloatArray, targets: NDArray[Any]) -> NDArray[np.bool_]:
    """Return whether an output's probability and its target are on the same side of ½."""
    same: NDArray[np.bool_] = (outputs > 0) == (targets.reshape(outputs.shape) > 0.5)
    return same


HEADS: dict[str, Head] = {
    head.name: head
    for head in (
        Head(
            "softmax", cross_entropy_and_gradient, softmax, right_class, again=cross_entropy_again
        ),
        Head("linear", _squared_error_and_gradient, identity, again=squared_error_again),
        Head("sigmoid", _logistic_loss_and_gradient, sigmoid, _right_side, again=logistic_again),
    )
}
"""softmax with cross-entropy (S1-34, S4-A2l.3), linear with squared error (S2), sigmoid with binary
cross-entropy (S1-43)."""


def weighted_softmax(class_weights: ArrayLike | None = None, *, ignored: int | None = None) -> Head:
    """Return the head "softmax" with a weight for each class, or a label that does not count.

    Parameters
    ----------
    class_weights : array_like, shape (K,), optional
    ignored : int, optional
        Both as for `cross_entropy`.

    Returns
    -------
    Head
        For networks whose targets are classes, (n,).

    Raises
    ------
    ValueError
        If the weights are no finite numbers.

    Examples
    --------
    >>> head = weighted_softmax([1.0, 3.0], ignored=-1)
    >>> head.loss_and_gradient(np.zeros((3, 2)), [0, 1, -1])[1]
    array([[-0.125,  0.125],
           [ 0.375, -0.375],
           [ 0.   ,  0.   ]])
    """
    weights = None if class_weights is None else finite_array("class_weights", class_weights)

    def loss_and_gradient(outputs: ArrayLike, targets: ArrayLike) -> tuple[FloatArray, FloatArray]:
        return cross_entropy_and_gradient(outputs, targets, class_weights=weights, ignored=ignored)

    def right(outputs: FloatArray, targets: NDArray[Any]) -> NDArray[np.bool_]:
        known = np.ones(len(targets), np.bool_) if ignored is None else targets != ignored
        return right_class(outputs[known], targets[known])

    def weight(targets: NDArray[Any]) -> float:
        classes = 0 if weights is None else len(weights)
        return float(counted(targets, classes, weights, ignored)[1].sum())

    return Head("softmax", loss_and_gradient, softmax, right, weight)


def as_head(head: str | Head) -> Head:
    """Return the head itself, found by its name if it is one.

    >>> as_head("linear")
    Head(name='linear')
    """
    if isinstance(head, Head):
        return head
    if isinstance(head, str) and head in HEADS:
        return HEADS[head]
    raise ValueError(f"head must be a Head or one of {', '.join(HEADS)}, not {head!r}.")
