"""Weights of classes as what they mean: examples that are there more often, or not at all."""

import re

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib import (
    CNN,
    MLP,
    Dense,
    accuracy,
    check_network,
    cross_entropy,
    cross_entropy_and_gradient,
    cross_entropy_gradient,
    train,
    weighted_softmax,
)

seeds = st.integers(0, 2**32)


@given(st.lists(st.integers(0, 3), min_size=3, max_size=3), seeds)
def test_a_whole_weight_is_as_many_examples(weights, seed):
    rng = np.random.default_rng(seed)
    z, labels = rng.normal(size=(7, 3)), rng.integers(0, 3, 7)
    often = np.repeat(np.arange(7), np.array(weights)[labels])
    loss, gradient = cross_entropy_and_gradient(z, labels, class_weights=weights)
    if len(often) == 0:
        assert loss == 0
        assert not gradient.any()
        return
    assert loss == pytest.approx(cross_entropy(z[often], labels[often]), rel=1e-13)
    slopes = np.zeros_like(z)
    np.add.at(slopes, often, cross_entropy_gradient(z[often], labels[often]))
    np.testing.assert_allclose(gradient, slopes, rtol=1e-12, atol=1e-15)
    total = cross_entropy(z, labels, class_weights=weights, reduction="sum")
    each = cross_entropy(z, labels, class_weights=weights, reduction="none")
    assert total == pytest.approx(each.sum(), rel=1e-13)
    assert each.shape == (7,)


@given(seeds)
def test_an_ignored_label_is_no_example(seed):
    rng = np.random.default_rng(seed)
    z, labels = rng.normal(size=(8, 4)), rng.integers(-1, 4, 8)
    labels[0] = 2
    known = labels >= 0
    weights = rng.uniform(0.1, 3, 4)
    kept = cross_entropy_and_gradient(z[known], labels[known], class_weights=weights)
    loss, gradient = cross_entropy_and_gradient(z, labels, class_weights=weights, ignored=-1)
    assert loss == pytest.approx(kept[0], rel=1e-13)
    np.testing.assert_allclose(gradient[known], kept[1], rtol=1e-12)
    assert not gradient[~known].any()
    plain = cross_entropy(z, labels, ignored=-1)
    assert plain == pytest.approx(cross_entropy(z[known], labels[known]), rel=1e-13)


def test_precision_single_examples_and_refusals():
    z = np.zeros((2, 3), np.float32)
    loss, gradient = cross_entropy_and_gradient(z, [0, 2], class_weights=[1, 2, 3])
    assert loss.dtype == gradient.dtype == np.float32
    assert cross_entropy([0.0, 0.0], 1, class_weights=[1, 5]) == pytest.approx(np.log(2))
    assert cross_entropy_gradient([0.0, 0.0], 1, ignored=1).tolist() == [0, 0]
    for labels, weights, sentence in (
        ([0, 1], [1, 2], "class_weights must be 3 numbers ≥ 0, one for each class, not [1. 2.]"),
        ([0, 1], [1, 2, -1], "class_weights must be 3 numbers ≥ 0, one for each class"),
        ([0, 3], [1, 2, 3], "labels must lie in 0 … 2 for 3 classes, but one of them is 3."),
        (np.eye(3)[:2], [1, 2, 3], "labels must be classes, one integer for each example, where"),
    ):
        with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
            cross_entropy(z, labels, class_weights=weights)
    with pytest.raises(ValueError, match=r"^reduction must be"):
        cross_entropy(z, [0, 1], class_weights=[1, 2, 3], reduction="all")


def test_a_network_with_weights_and_unknown_labels():
    rng = np.random.default_rng(0)
    network = MLP([2, 4, 3], "tanh", weighted_softmax([1, 4, 2], ignored=9))
    theta = network.initialise(rng)
    X, labels = rng.normal(size=(20, 2)), rng.integers(0, 3, 20)
    labels[[3, 7, 8, 9]] = 9
    assert check_network(network, theta, X, labels).holds
    known = labels < 9
    right = network.outputs(theta, X).argmax(1) == labels
    assert accuracy(network, theta, X, labels) == right[known].mean()
    # In batches, of which one has no label at all, the history has the mean of all that count.
    labels[:5] = 9
    _, history = train(
        network, theta, X, labels, rate=1e-12, epochs=1, batch=5, validation=(X, labels)
    )
    assert history.loss[0] == pytest.approx(network.loss(theta, X, labels), rel=1e-9)
    assert history.validation_loss[0] == pytest.approx(history.loss[0], rel=1e-9)
    same = CNN(2, [Dense(4), "tanh", Dense(3)], weighted_softmax([1, 4, 2], ignored=9))
    assert same.loss(theta, X, labels) == network.loss(theta, X, labels)
