"""Training: gradient descent on all examples at a time, on some, or on one.

R(θ) is the mean of the examples' losses (S4-Q2i), so its gradient on a batch is a mean too, and the
rate means the same for every size of batch. Three habits of descent are three values of `batch`:
all n examples (S4-A2j), a few, or one (S2-28).
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

import math
from collections.abc import Callable, Iterator, Mapping
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import generator, whole
from mlplib.language import say
from mlplib.networks.descent import check_weight, l2_penalty
from mlplib.networks.evaluation import RUN, as_examples, mean_loss, weight_of
from mlplib.networks.history import History
from mlplib.networks.optimisers import GradientDescent, Momentum, Optimiser, Rate
from mlplib.networks.parameters import Parameters, real_entry
from mlplib.networks.progress_bar import progress
from mlplib.networks.steps import SILENT, Model, Steps
from mlplib.networks.validation import Validation


def train(
    model: Model,
    parameters: Parameters,
    X: ArrayLike,
    targets: ArrayLike,
    *,
    rate: Rate | None = None,
    epochs: int,
    batch: int | None = None,
    rng: np.random.Generator | None = None,
    momentum: float = 0.0,
    l2: float = 0.0,
    weight_decay: float = 0.0,
    optimiser: Optimiser | None = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    patience: int | None = None,
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
    rate : float or callable, optional
        η > 0, or a function from the number of the step, 0, 1, 2, …, to η. To be given unless an
        `optimiser` has its own.
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
    optimiser : Optimiser, optional
        What makes steps of gradients, such as ``Adam(0.001)``; plain descent unless given. Its
        rate, momentum and weight decay are its own.
    validation : pair of array_like (X, targets), optional
        Examples that no step uses. Their loss, and their accuracy if the model's head knows one,
        are in the history.
    patience : int, optional
        Stop early: after so many epochs in a row without a new lowest validation loss. The
        parameters returned are then those of the epoch with the lowest.
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
        If a number is out of its range, X and targets differ in length, the model refuses them (or
        those for validation), the loss is infinite from the start, or there are two rates.
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

    With another optimiser, until examples that no step uses have not been read better for 9 epochs:

    >>> from mlplib.networks.optimisers import Adam
    >>> _, history = train(
    ...     line, start, X, 3 * X + 1, optimiser=Adam(0.1), epochs=2000,
    ...     validation=([[0.5]], [[2.5]]), patience=9,
    ... )
    >>> history.epochs[-1] - history.best
    np.int64(9)
    """
    maker = _optimiser(optimiser, rate, momentum, weight_decay)
    check_weight("l2", l2)
    parameters = {key: real_entry("parameters", parameters, key) for key in parameters}
    examples, truths, n = as_examples(X, targets)
    size = n if batch is None else whole("batch", batch)
    if size > n:
        raise ValueError(f"batch must be at most the number of examples, {n}, not {size}.")
    epochs = whole("epochs", epochs)
    if rng is not None:
        generator("rng", rng)
    if patience is not None and validation is None:
        raise ValueError("patience must come with validation examples, not alone.")

    together = n if batch is None else max(size, RUN)
    held_out = None if validation is None else Validation(model, validation, together, patience)
    with np.errstate(**SILENT):
        first = mean_loss(model, parameters, examples, truths, together)
        if held_out is not None:
            held_out.loss(parameters)  # says what is wrong with these before the first step
    if not math.isfinite(first):
        raise ValueError(f"parameters must have a finite loss to start from, not {first}.")
    weigh = weight_of(model)
    steps = Steps(model, maker, parameters, l2, first, n)
    losses: list[float] = []
    penalties: list[float] = []
    watched: dict[str, list[float]] = {name: [] for name in watch or {}}
    for epoch in progress(
        epochs, lambda: say("training.loss", loss=f"{losses[-1]:.4g}"), quiet=quiet
    ):
        total = count = 0.0
        with np.errstate(**SILENT):
            for rows in _batches(n, size, rng):
                truth = truths[rows]
                loss = steps.take(examples[rows], truth, epoch)
                total += (weight := weigh(truth)) * loss
                count += weight
        parameters = steps.parameters
        squares = l2_penalty(parameters, 1.0)
        if not math.isfinite(squares):  # one number to look at instead of all parameters
            for key, theta in parameters.items():
                if not np.isfinite(theta).all():
                    raise steps.diverged(f"parameters[{key!r}] left all bounds", epoch)
        losses.append(total / count if count else 0.0)
        penalties.append(l2 * squares if l2 else 0.0)
        for name, measure in (watch or {}).items():
            watched[name].append(float(measure(parameters)))
        if held_out is not None:
            with np.errstate(**SILENT):
                try:
                    enough = held_out.note(parameters)
                except ValueError as error:  # not at the start, so it is the parameters
                    what = f"the validation loss went to no number ({error})"
                    raise steps.diverged(what, epoch) from error
            if enough:
                break
    history = History(
        epochs=np.arange(1, len(losses) + 1),
        loss=np.array(losses),
        penalty=np.array(penalties),
        watched={name: np.array(values) for name, values in watched.items()},
        **({} if held_out is None else held_out.curves()),
    )
    return parameters if held_out is None else held_out.chosen(parameters), history


def _batches(
    n: int, size: int, rng: np.random.Generator | None
) -> Iterator[slice | NDArray[np.intp]]:
    """Yield the rows of each batch of one epoch: in order without `rng`, else shuffled."""
    order = None if rng is None else rng.permutation(n)
    for begin in range(0, n, size):
        some = slice(begin, begin + size)
        yield some if order is None else order[some]


# What training asks of its arguments


def _optimiser(
    optimiser: Optimiser | None, rate: Rate | None, momentum: float, weight_decay: float
) -> Optimiser:
    """Return what makes the steps: the object given, or descent with these three numbers."""
    if optimiser is None:
        rate = cast(Rate, rate)  # None is refused like every other rate that is no number
        return (
            Momentum(rate, momentum, weight_decay)
            if momentum != 0
            else GradientDescent(rate, weight_decay)
        )
    if rate is not None or momentum or weight_decay:
        raise ValueError(
            "rate, momentum and weight_decay must be given to the optimiser alone, not to train."
        )
    if not hasattr(optimiser, "step") or isinstance(optimiser, type):
        raise ValueError(
            f"optimiser must be an object with a step, such as Adam(0.001), not {optimiser!r}."
        )
    return optimiser
