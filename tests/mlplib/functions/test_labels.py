"""Decisions, ties and one-hot vectors."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from mlplib.functions.labels import decision, maxima, one_hot
from mlplib.functions.softmax import softmax

SCORES = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    elements=st.integers(-3, 3).map(float),
)


@given(SCORES)
def test_the_lowest_of_equal_classes_is_chosen(x):
    for row, choice in zip(x, decision(x), strict=True):
        assert choice == list(row).index(max(row))


@given(SCORES)
def test_softmax_decides_as_its_scores_do(x):
    np.testing.assert_array_equal(decision(softmax(x)), decision(x))


@given(SCORES)
def test_maxima_mark_all_winners_and_equal_the_decision_without_ties(x):
    winners = maxima(x)
    np.testing.assert_array_equal(winners, x == x.max(axis=1, keepdims=True))
    single = winners.sum(axis=1) == 1
    np.testing.assert_array_equal(winners[single], one_hot(decision(x), x.shape[1])[single])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_maxima_keep_the_precision(dtype):
    assert maxima(np.array([1, 2], dtype)).dtype == dtype


@given(hnp.arrays(np.int64, hnp.array_shapes(max_dims=2), elements=st.integers(0, 6)))
def test_one_hot_and_back(labels):
    vectors = one_hot(labels, 7)
    assert vectors.shape == (*labels.shape, 7)
    np.testing.assert_array_equal(vectors.sum(axis=-1), 1)
    np.testing.assert_array_equal(decision(vectors), labels)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64, np.uint64])
def test_any_integer_type_will_do(dtype):
    np.testing.assert_array_equal(one_hot(np.array([1, 0], dtype), 2), [[0, 1], [1, 0]])


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([0, 3], r"labels must lie in 0 … 2 for 3 classes, but one of them is 3"),
        ([-1], r"labels must lie in 0 … 2 for 3 classes, but one of them is -1"),
        (np.uint64([2**64 - 1]), r"but one of them is 18446744073709551615"),
        ([1.0], "labels must be integers \\(class numbers\\), not float64"),
        ([True], "labels must be integers \\(class numbers\\), not bool"),
        (["1"], "labels must be integers"),
        (np.ma.array([0, 1], mask=[0, 1]), "labels must have no masked entries"),
        ([[0], [1, 2]], "labels must be an array with rows of equal length"),
    ],
)
def test_what_is_no_class_is_refused(labels, sentence):
    with pytest.raises(ValueError, match=sentence):
        one_hot(labels, 3)


def test_there_must_be_a_class():
    for classes in (0, 2.9, "3", None, True):
        with pytest.raises(ValueError, match=f"classes must be an integer .*, not {classes!r}"):
            one_hot([], classes)


@pytest.mark.parametrize("function", [decision, maxima])
def test_nan_cannot_be_compared(function):
    with pytest.raises(ValueError, match="x must not hold NaN"):
        function([1.0, np.nan])


def test_the_vectors_of_two_labels_among_many_classes():
    """K² numbers of a million classes would be 8 TB."""
    labels = [[5], [999_999]]
    vectors = one_hot(labels, 1_000_000)
    assert vectors.shape == (2, 1, 1_000_000)
    assert np.argwhere(vectors).tolist() == [[0, 0, 5], [1, 0, 999_999]]
    assert vectors.sum() == 2
