"""The digits are those of the repository, and nobody's copy is another's."""

import numpy as np

from mlplib import load_digits

# Test set of the repository's own table: examples of each class.
COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_as_many_of_each_class_as_the_repository_counts():
    assert np.bincount(load_digits().labels).tolist() == COUNTS


def test_pictures_are_seventeen_shades_from_paper_to_ink():
    images, labels = load_digits()
    assert images.shape == (1797, 8, 8)
    assert labels.shape == (1797,)
    assert sorted(set(np.unique(images * 16))) == list(range(17))


def test_rows_are_the_pictures_read_line_by_line():
    digits = load_digits()
    assert np.array_equal(digits.rows[7], np.concatenate(list(digits.images[7])))


def test_a_change_stays_with_who_made_it():
    mine = load_digits()
    mine.images[:] = 0
    assert load_digits().images.any()


def test_the_ink_of_a_one_is_in_the_middle():
    """A picture turned or mirrored would pass every count."""
    digits = load_digits()
    ones = digits.images[digits.labels == 1].mean(axis=0)
    sevens = digits.images[digits.labels == 7].mean(axis=0)
    assert ones[:, 3:5].mean() > 3 * ones[:, [0, 7]].mean()
    assert sevens[:2].mean() > sevens[-2:, 4:].mean()  # the bar of a 7 lies on top
