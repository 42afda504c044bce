"""Training: gradient descent on all examples at a time, on some, or on one.

R(θ) is the mean of the examples' losses (S4-Q2i), so its gradient on a batch is a mean too, and the
rate means the same for every size of batch. Three habits of descent are three values of `batch`:
all n examples (S4-A2j), a few, or one (S2-28).
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray, generator, plain_array, whole
from mlplib.language import say
from mlplib.networks.descent import check_step, check_weight, descend, l2_gradients, l2_penalty
from mlplib.networks.parameters import Parameters, real_entry
from mlplib.networks.progress_bar import progress

TOLERATED_RISE = 1e4
"""How many times the first loss (or 1, if that is more) counts as lost for good."""
SILENT: dict[str, Any] = {"over": "ignore", "invalid": "ignore"}
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


@dataclass(frozen=True)
class History:
    """What happened in each epoch, ready to plot: ``ax.plot(history.epochs, history.loss)``.

    Attributes
    ----------
    epochs : ndarray of int, shape (E,)
        1, 2, …
    loss : ndarray, shape (E,)
        The mean of the examples' losses, each taken just before the step it caused.
    penalty : ndarray, shape (E,)
        λ‖θ‖² at the end of the epoch.
    watched : mapping of str to ndarray, shape (E,)
        What `watch` said at the end of each epoch, by its name.
    """

    epochs: NDArray[np.intp]
    loss: NDArray[np.float64]
    penalty: NDArray[np.float64]
    watched: Mapping[str, NDArray[np.float64]]

    def __repr__(self) -> str:
        """Say how far the loss came; the arrays are for plots."""
        first, last = self.loss[0], self.loss[-1]
        return say(
            "training.history",
            count=len(self.epochs),
            first=f"{first:.3g}",
            last=f"{last:.3g}",
        )


def train(
    model: Model,
    parameters: Parameters,
    X: ArrayLike,
    targets: ArrayLike,
    *,
    rate: float,
    epochs: int,
    batch: int | None = None,
    rng: np.random.Generator | None = None,
    momentum: float = 0.0,
    l2: float = 0.0,
    weight_decay: float = 0.0,
    watch: Mapping[str, Callable[[Parameters], float]] | None = None,
    quiet: bool = False,
) -> tuple[Parameters, History]:
    """Descend for a number of epochs, each of which uses every example once.

    Parameters
    ----------
    model : Model
        An `MLP`, or anything with its `loss` and `loss_and_gradients`.
    parameters : Parameters
        Where to start. They are not written to.
    X : array_like, shape (n, ...)
        One example per row.
    targets : array_like, shape (n, ...)
        One target per row.
    rate : float
        η > 0.
    epochs : int
        At least 1.
    batch : int, optional
        Examples in a step, 1 … n: all of them unless given, 1 for per-example descent. The last
        batch of an epoch holds what is left, and its mean is over those.
    rng : numpy.random.Generator, optional
        Shuffles the examples in each epoch; without it they keep their order.
    momentum : float
        See `descend`.
    l2 : float
        λ of the penalty λ‖θ‖² in the loss.
    weight_decay : float
        See `descend`.
    watch : mapping of str to callable, optional
        What else to record: each function gets the parameters after each epoch and returns a
        number, for instance an accuracy.
    quiet : bool
        Show no progress bar. It appears on standard error after two seconds.

    Returns
    -------
    parameters : Parameters
    history : History

    Raises
    ------
    ValueError
        If a number is out of its range, X and targets differ in length, the model refuses them, or
        the loss is infinite from the start.
    DivergenceError
        As soon as a loss is not finite, or ten thousand times the largest that it could be at the
        start (at least 1); and if a parameter is not finite at the end of an epoch.

    Examples
    --------
    >>> from mlplib.networks.mlp import MLP
    >>> line = MLP([1, 1], [], head="linear")
    >>> X = np.array([[0.0], [1.0], [2.0]])
    >>> start = {"W1": np.zeros((1, 1)), "b1": np.zeros(1)}
    >>> theta, history = train(line, start, X, 3 * X + 1, rate=0.3, epochs=200)
    >>> theta["W1"].round(6), theta["b1"].round(6), history.loss[0].round(6)
    (array([[3.]]), array([1.]), np.float64(22.0))
    """
    check_step(rate, momentum, weight_decay)
    check_weight("l2", l2)
    parameters = {key: real_entry("parameters", parameters, key) for key in parameters}
    X, targets = plain_array("X", X), plain_array("targets", targets)
    n = _check_examples(X, targets)
    size = n if batch is None else whole("batch", batch)
    if size > n:
        raise ValueError(f"batch must be at most the number of examples, {n}, not {size}.")
    epochs = whole("epochs", epochs)
    if rng is not None:
        generator("rng", rng)

    start = parameters
    with np.errstate(**SILENT):
        first = float(model.loss(start, X, targets))
    if not math.isfinite(first):
        raise ValueError(f"parameters must have a finite loss to start from, not {first}.")
    velocity: Parameters | None = None
    losses: list[float] = []
    penalties: list[float] = []
    watched: dict[str, list[float]] = {name: [] for name in watch or {}}
    for epoch in progress(
        epochs, lambda: say("training.loss", loss=f"{losses[-1]:.4g}"), quiet=quiet
    ):
        total = 0.0
        for rows in _batches(n, size, rng):
            some, truth = X[rows], targets[rows]
            with np.errstate(**SILENT):
                try:
                    loss, gradients = model.loss_and_gradients(parameters, some, truth)
                except ValueError as error:
                    # Refused at the start too: the examples are wrong, or the model. If not, it is
                    # the parameters.
                    model.loss_and_gradients(start, some, truth)
                    what = f"the loss went from {first:.3g} to no number ({error})"
                    raise _diverged(what, epoch, rate) from error
                # Few examples may have all the loss of the n, and so n / few times its mean.
                highest = TOLERATED_RISE * max(first * n / len(some), 1.0)
                if not (math.isfinite(loss) and loss <= highest):
                    raise _diverged(f"the loss went from {first:.3g} to {loss:.3g}", epoch, rate)
                if l2:
                    slopes = l2_gradients(parameters, l2)
                    gradients = {key: slope + slopes[key] for key, slope in gradients.items()}
                parameters, velocity = descend(
                    parameters,
                    gradients,
                    velocity,
                    rate=rate,
                    momentum=momentum,
                    weight_decay=weight_decay,
                )
            total += len(some) * float(loss)
        squares = l2_penalty(parameters, 1.0)
        if not math.isfinite(squares):  # one number to look at instead of all parameters
            for key, theta in parameters.items():
                if not np.isfinite(theta).all():
                    raise _diverged(f"parameters[{key!r}] left all bounds", epoch, rate)
        losses.append(total / n)
        penalties.append(l2 * squares if l2 else 0.0)
        for name, measure in (watch or {}).items():
            watched[name].append(float(measure(parameters)))
    return parameters, History(
        epochs=np.arange(1, epochs + 1),
        loss=np.array(losses),
        penalty=np.array(penalties),
        watched={name: np.array(values) for name, values in watched.items()},
    )


def _batches(
    n: int, size: int, rng: np.random.Generator | None
) -> Iterator[slice | NDArray[np.intp]]:
    """Yield the rows of each batch of one epoch: in order without `rng`, else shuffled."""
    order = None if rng is None else rng.permutation(n)
    for begin in range(0, n, size):
        some = slice(begin, begin + size)
        yield some if order is None else order[some]


# What training asks of its arguments, and how it says that it has failed


def _diverged(what: str, epoch: int, rate: float) -> DivergenceError:
    """Return the error that says what happened and what to try."""
    return DivergenceError(
        f"{what} in epoch {epoch + 1}: the rate {rate:g} is too large here. Try {rate / 10:g}."
    )


def _check_examples(X: NDArray[np.generic], targets: NDArray[np.generic]) -> int:
    """Return the number of examples, of which each has a target."""
    if X.ndim == 0 or targets.ndim == 0 or len(X) != len(targets):
        raise ValueError(
            "X and targets must have one row for each example, "
            f"but X has shape {X.shape} and targets has {targets.shape}."
        )
    return len(X)
