"""The steps of training, one batch after the other, and how they end badly.

A step of a small network is as short as a look at its arguments. So each thing is looked at once.
All examples have been given to ``model.loss`` before the first step. That step is taken by the
public functions, which refuse a model, parameters or gradients that do not fit. The steps after it
are made of the same, and go through the same formulas without the checks around them.
"""

from __future__ import annotations

import math
from typing import Any, Protocol

from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray
from mlplib.networks.descent import l2_gradients
from mlplib.networks.optimisers import OPTIMISERS, Optimiser, rate_at
from mlplib.networks.parameters import Parameters

TOLERATED_RISE = 1e4
"""How many times the first loss (or 1, if that is more) counts as lost for good."""
SILENT: dict[str, Any] = {"over": "ignore", "under": "ignore", "invalid": "ignore"}
"""Where descent leads to infinities, a `DivergenceError` says so and not a warning of NumPy's."""


class DivergenceError(ArithmeticError):
    """The loss or a parameter has left all bounds, so the rate was too large."""


class Model(Protocol):
    """Anything with a loss and its gradients, such as `mlplib.networks.mlp.MLP`."""

    def loss(self, parameters: Parameters, X: ArrayLike, targets: ArrayLike) -> FloatArray:
        """Return the mean loss of the examples in `X`."""

    def loss_and_gradients(
        self, parameters: Parameters, X: ArrayLike, targets: ArrayLike
    ) -> tuple[FloatArray, Parameters]:
        """Return the mean loss and its gradients, with the keys and shapes of the parameters."""


class Steps:
    """Parameters on their way down.

    Parameters
    ----------
    model : Model
    optimiser : Optimiser
    parameters : Parameters
        Where to start. They are not written to.
    l2 : float
        λ of the penalty in the loss.
    first : float
        The mean loss of all n examples at the start.
    n : int

    Attributes
    ----------
    parameters : Parameters
        Where the steps have led.

    Examples
    --------
    >>> import numpy as np
    >>> from mlplib.networks.mlp import MLP
    >>> from mlplib.networks.optimisers import GradientDescent
    >>> line, start = MLP([1, 1], [], "linear"), {"W1": np.zeros((1, 1)), "b1": np.zeros(1)}
    >>> steps = Steps(line, GradientDescent(0.1), start, 0.0, first=4.0, n=1)
    >>> steps.take(np.array([[1.0]]), np.array([[2.0]]))
    4.0
    >>> steps.parameters
    {'W1': array([[0.4]]), 'b1': array([0.4])}
    """

    def __init__(
        self,
        model: Model,
        optimiser: Optimiser,
        parameters: Parameters,
        l2: float,
        first: float,
        n: int,
    ) -> None:
        self.parameters = self._start = parameters
        self._model, self._optimiser = model, optimiser
        self._l2, self._first, self._n = l2, first, n
        self._look, self._step = model.loss_and_gradients, optimiser.step
        self._made, self._state = 0, None

    def take(self, X: NDArray[Any], targets: NDArray[Any], epoch: int = 0) -> float:
        """Take one step on a batch, and return the loss before it.

        NumPy is to be told before to be `SILENT`, once for many steps: that takes as long as a
        product of small matrices.

        Raises
        ------
        ValueError
            If the model refuses the batch at the start as well.
        DivergenceError
            If the loss is not finite, or has risen too far.
        """
        try:
            found, gradients = self._look(self.parameters, X, targets)
        except ValueError as error:
            # Refused at the start too: the examples are wrong, or the model. If not, it is the
            # parameters.
            self._model.loss_and_gradients(self._start, X, targets)
            what = f"the loss went from {self._first:.3g} to no number ({error})"
            raise self.diverged(what, epoch) from error
        loss = float(found)
        # Few examples may have all the loss of the n, and so n / few times its mean.
        highest = TOLERATED_RISE * max(self._first * self._n / len(X), 1.0)
        if not (math.isfinite(loss) and loss <= highest):
            raise self.diverged(f"the loss went from {self._first:.3g} to {loss:.3g}", epoch)
        if self._l2:
            slopes = l2_gradients(self.parameters, self._l2)
            gradients = {key: slope + slopes[key] for key, slope in gradients.items()}
        self.parameters, self._state = self._step(self.parameters, gradients, self._state)
        if not self._made:
            self._leave_out_checks()
        self._made += 1
        return loss

    def _leave_out_checks(self) -> None:
        """Go on without checks, where this package has made whatever they would look at."""
        look = _again(self._model, "loss_and_gradients")
        if look is not None and type(self._optimiser) in OPTIMISERS:
            self._look = look
            self._step = _again(self._optimiser, "step") or self._step

    def diverged(self, what: str, epoch: int) -> DivergenceError:
        """Return the error that says what happened and what to try."""
        given = getattr(self._optimiser, "rate", None)
        if given is None:
            return DivergenceError(f"{what} in epoch {epoch + 1}: the steps are too large here.")
        rate = rate_at(given, self._made)
        return DivergenceError(
            f"{what} in epoch {epoch + 1}: the rate {rate:g} is too large here. Try {rate / 10:g}."
        )


def _again(owner: object, name: str) -> Any:
    """Return the method without checks beside a public one; None where its class has not both.

    A subclass may have changed what the public method does, so it is asked by that.
    """
    short, own = f"_{name}_again", vars(type(owner))
    return getattr(owner, short) if name in own and short in own else None
