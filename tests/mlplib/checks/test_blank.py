"""What an untouched notebook holds is not attempted; nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from mlplib.checks.blank import is_blank


@pytest.mark.parametrize(
    "answer",
    [None, ..., "", " … ", [], (), {}, set(), np.array([]), [[[...]]], [[["..."], None]], ([], "")],
)
def test_blank(answer):
    assert is_blank(answer)


@pytest.mark.parametrize(
    "answer", [0, False, 0.0, "0", [0], [[[0]]], [..., "x"], [[[[...]]]], np.zeros(1), "." * 100]
)
def test_not_blank(answer):
    assert not is_blank(answer)


def test_arrays_of_nothing_are_blank():
    assert is_blank(np.array([None, ...], dtype=object))
    assert not is_blank(np.array([None, 1.0], dtype=object))
