"""The 1797 small pictures of handwritten digits that the book's networks learn to read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from mlplib.arguments import FloatArray


class Digits(NamedTuple):
    """Pictures of handwritten digits, and which digit each one is.

    Attributes
    ----------
    images : ndarray, shape (1797, 8, 8)
        0 is paper, 1 is ink.
    labels : ndarray of int, shape (1797,)
        From 0 to 9.
    """

    images: FloatArray
    labels: np.ndarray[tuple[int, ...], np.dtype[np.int64]]

    @property
    def rows(self) -> FloatArray:
        """The pictures as rows of 64 numbers, one example a row: shape (1797, 64)."""
        return self.images.reshape(len(self.images), -1)


def load_digits() -> Digits:
    """Return the optical digits of Alpaydin and Kaynak (1998), UCI, CC BY 4.0.

    Returns
    -------
    Digits
        New arrays; whoever changes them changes nobody else's.

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.rows.shape, digits.labels[:5].tolist()
    ((1797, 64), [0, 1, 2, 3, 4])
    """
    with np.load(Path(__file__).parent / "digits.npz") as packed:
        return Digits(packed["images"] / 16.0, packed["labels"].astype(np.int64))
