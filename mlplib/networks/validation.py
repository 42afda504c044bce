"""Examples that no step uses, looked at after every epoch: whether to go on, and what was best."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import whole
from mlplib.networks.evaluation import accuracy, mean_loss
from mlplib.networks.parameters import Parameters


class Validation:
    """The losses on validation examples so far, and the parameters with the lowest.

    Parameters
    ----------
    model : Model
    examples : pair of array_like (X, targets)
    run : int
        How many of them to look at together.
    patience : int, optional
        Epochs without a new lowest loss after which training stops.

    Raises
    ------
    ValueError
        If `examples` is no pair, or `patience` no integer of at least 1.
    """

    def __init__(
        self, model: Any, examples: tuple[ArrayLike, ArrayLike], run: int, patience: int | None
    ) -> None:
        if not isinstance(examples, tuple | list) or len(examples) != 2:
            raise ValueError(
                f"validation must be a pair (X, targets), not {type(examples).__name__}."
            )
        self._model, self._run = model, run
        self._X, self._targets = examples
        self._patience = math.inf if patience is None else whole("patience", patience)
        self._losses: list[float] = []
        self._accuracies: list[float] = []
        self._decides = getattr(getattr(model, "head", None), "right", None) is not None
        self._lowest, self._since = math.inf, 0
        self._best: Parameters | None = None

    def loss(self, parameters: Parameters) -> float:
        """Return the mean loss, and note nothing."""
        return mean_loss(self._model, parameters, self._X, self._targets, self._run)

    def note(self, parameters: Parameters) -> bool:
        """Note how good the parameters are, and return whether it is time to stop."""
        self._losses.append(loss := self.loss(parameters))
        if self._decides:
            self._accuracies.append(accuracy(self._model, parameters, self._X, self._targets))
        self._since += 1
        if loss < self._lowest:
            self._lowest, self._since, self._best = loss, 0, parameters
        return self._since >= self._patience

    def chosen(self, last: Parameters) -> Parameters:
        """Return the parameters that training ends with: the best, if it was told to stop."""
        return last if self._best is None or self._patience == math.inf else self._best

    def curves(self) -> dict[str, NDArray[np.float64] | None]:
        """Return what `mlplib.networks.history.History` shows of it."""
        return {
            "validation_loss": np.array(self._losses),
            "validation_accuracy": np.array(self._accuracies) if self._decides else None,
        }
