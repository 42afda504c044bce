"""Activations by name, as functions whose slope is known, and as pairs."""

import re

import numpy as np
import pytest

import mlplib
from mlplib import ACTIVATIONS, MLP, check_network


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_function_of_the_package_stands_for_its_name(name):
    function = getattr(mlplib, name)
    assert MLP([2, 3, 2], function) == MLP([2, 3, 2], name) == MLP([2, 3, 2], ACTIVATIONS[name])


def test_two_functions_are_a_pair_or_two_layers():
    g, slope = mlplib.tanh, mlplib.tanh_prime
    (pair,) = MLP([2, 3, 2], (g, slope)).activations
    assert pair.name == "tanh"
    assert pair.prime is slope
    relu, tanh = MLP([2, 3, 3, 2], (mlplib.relu, mlplib.tanh)).activations
    assert (relu, tanh) == (ACTIVATIONS["relu"], ACTIVATIONS["tanh"])
    first, second = MLP([2, 3, 3, 2], [np.tanh, (np.sin, np.cos)]).activations
    assert (first.name, second.name) == ("tanh", "sin")


def test_the_gradient_of_a_network_with_a_pair():
    rng = np.random.default_rng(0)
    network = MLP([2, 5, 3], (lambda z: z / (1 + abs(z)), lambda z: (1 + abs(z)) ** -2.0))
    theta = network.initialise(rng)
    X, labels = rng.normal(size=(4, 2)), np.array([0, 2, 1, 1])
    assert check_network(network, theta, X, labels).holds
    wrong = MLP([2, 5, 3], (np.sin, np.sin))
    assert not check_network(wrong, theta, X, labels).holds


@pytest.mark.parametrize("alone", [np.sin, np.sign, abs, lambda z: z])
def test_a_function_alone_is_not_enough(alone):
    sentence = r"^activation must come with its slope, as a pair \(g, g_prime\) of functions, not "
    with pytest.raises(ValueError, match=sentence + f".*{re.escape(repr(alone)[:12])}"):
        MLP([2, 3, 2], alone)
