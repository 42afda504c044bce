"""Moments of activations against what is known of them, and signals and slopes through depth."""

import math

import numpy as np
import pytest

from mlplib import ACTIVATIONS, MLP, AutoEncoder, gaussian_moments, initialise


def test_what_is_known_by_hand():
    relu = gaussian_moments("relu")
    assert relu.mean == pytest.approx(1 / math.sqrt(2 * math.pi), rel=1e-5)
    assert relu.variance == pytest.approx(0.5 - 1 / (2 * math.pi), rel=1e-5)
    assert relu.slope == pytest.approx(0.5, abs=1e-3)
    assert gaussian_moments("identity") == pytest.approx((0, 1, 1, 1), abs=1e-14)
    assert gaussian_moments((np.sin, np.cos)) == pytest.approx(  # E sin² = (1 − e⁻²)/2
        (0, (1 - math.exp(-2)) / 2, (1 + math.exp(-2)) / 2, 1 / math.tanh(1)), abs=1e-13
    )


@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "softplus", "log_sigmoid"])
def test_smooth_functions_by_gauss_and_hermite(name):
    nodes, weights = np.polynomial.hermite_e.hermegauss(200)
    weights = weights / weights.sum()
    g, found = ACTIVATIONS[name], gaussian_moments(name)
    mean = weights @ g(nodes)
    expected = mean, weights @ (g(nodes) - mean) ** 2, weights @ g.prime(nodes) ** 2
    assert found[:3] == pytest.approx(expected, rel=1e-8, abs=1e-10)
    assert found.growth >= 1 - 1e-12  # Poincaré


def test_smaller_signals_grow_less():
    for q in (0.1, 0.01):
        assert gaussian_moments("softplus", q).growth == pytest.approx(1 + q / 8, abs=q**2 / 8)
        assert gaussian_moments("tanh", q).growth == pytest.approx(1, abs=3 * q**2)
        assert gaussian_moments("relu", q).growth == pytest.approx(1.4669, abs=3e-3)


def through_depth(name, scheme, depth=30, width=200):
    """The variance of each layer's pre-activations across examples, and the size of its slopes."""
    rng = np.random.default_rng(0)
    network = MLP([width] * (depth + 1), name, "linear")
    theta = network.initialise(rng, scheme)
    outputs, cache = network.forward(theta, rng.normal(size=(64, width)))
    gradients = network.backward(rng.normal(size=outputs.shape), cache)
    spread = [np.var(A @ W.T, axis=0).mean() for A, W in cache.linear]
    slopes = [np.sqrt((gradients[f"b{layer}"] ** 2).mean()) for layer in range(1, depth + 1)]
    return np.array(spread), np.array(slopes)


@pytest.mark.parametrize("name", ["softplus", "tanh", "identity", "sigmoid"])
def test_signals_and_slopes_hold_over_thirty_layers(name):
    spread, slopes = through_depth(name, "moments")
    assert 1 / 2 < spread[0] * 30 < 2
    assert 1 / 2 < spread[-1] / spread[0] < 2
    assert 1 / 2 < slopes[0] / slopes[-1] < 2


def test_with_other_weights_they_do_not():
    spread, slopes = through_depth("softplus", "he")
    assert spread[-1] < 1e-2 * spread[0]
    assert slopes[0] < 1 / 20 * slopes[-1]
    _, slopes = through_depth("sigmoid", "glorot")
    assert slopes[0] < 1e-12 * slopes[-1]


def test_every_activation_of_the_network_has_its_own_moments():
    rng = np.random.default_rng(0)
    network = MLP([300, 300, 300, 300], ["sigmoid", (np.cos, lambda z: -np.sin(z))], "linear")
    theta = network.initialise(rng, "moments")
    X = rng.normal(size=(300, 300))
    _, cache = network.forward(theta, X)
    for layer, (A, W) in enumerate(cache.linear, start=1):
        Z = A @ W.T + theta[f"b{layer}"]
        assert Z.var() == pytest.approx(1 / 3, rel=0.15)
        assert abs(Z.mean()) < 0.1


def test_what_has_to_be_known():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"^activations must be 1, one for each hidden layer, for"):
        initialise([2, 3, 1], rng, "moments")
    with pytest.raises(ValueError, match=r"^activation must not be constant, as \(<function"):
        gaussian_moments((np.zeros_like, np.zeros_like))
    with pytest.raises(ValueError, match=r"^q must be a finite number > 0, not 0"):
        gaussian_moments("relu", 0)
    with pytest.raises(ValueError, match=r'^scheme must be "he" or "glorot" with tied weights'):
        AutoEncoder([3, 2], "tanh", tied=True).initialise(rng, "moments")
    theta = AutoEncoder([3, 2], "softplus").initialise(rng, "moments", np.float32)
    assert theta["b2"].dtype == np.float32
    assert np.all(theta["b2"] != 0)
