"""What happened while a network was trained: one number for each epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlplib.language import say


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
    validation_loss : ndarray, shape (E,), or None
        The mean loss of the validation examples at the end of each epoch; None without any.
    validation_accuracy : ndarray, shape (E,), or None
        The share of them that was right, if the model's head tells right from wrong.
    """

    epochs: NDArray[np.intp]
    loss: NDArray[np.float64]
    penalty: NDArray[np.float64]
    watched: Mapping[str, NDArray[np.float64]]
    validation_loss: NDArray[np.float64] | None = None
    validation_accuracy: NDArray[np.float64] | None = None

    @property
    def best(self) -> int | None:
        """The epoch with the lowest validation loss, the first of equals; None without any."""
        if self.validation_loss is None:
            return None
        return int(self.epochs[np.nanargmin(self.validation_loss)])

    def __repr__(self) -> str:
        """Say how far the loss came; the arrays are for plots."""
        first, last = self.loss[0], self.loss[-1]
        loss = say(
            "training.history",
            count=len(self.epochs),
            first=f"{first:.3g}",
            last=f"{last:.3g}",
        )
        if self.validation_loss is None:
            return loss
        least = np.nanmin(self.validation_loss)
        return say("training.validated", history=loss, least=f"{least:.3g}", epoch=self.best)
