"""The gradient check finds what is wrong, and only that."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlplib.gradients import check_gradient, check_network
from mlplib.network import MLP
from mlplib.textbook import textbook_loss


@pytest.fixture(params=["softplus", "relu", "tanh"])
def problem(request):
    rng = np.random.default_rng(0)
    network = MLP([2, 16, 3], request.param)
    parameters = network.initialise(rng)
    X, labels = rng.normal(size=(8, 2)), rng.integers(0, 3, 8)
    _, gradients = network.loss_and_gradients(parameters, X, labels)
    return network, parameters, X, labels, gradients


def altered(gradients, key, place, factor):
    changed = {name: value.copy() for name, value in gradients.items()}
    changed[key][place] *= factor
    return changed


def test_one_entry_wrong_by_a_billionth_is_found(problem):
    network, parameters, X, labels, gradients = problem
    largest = max(np.abs(value).max() for value in gradients.values())
    caught = 0
    for key, value in gradients.items():
        for place in np.ndindex(value.shape):
            if abs(value[place]) < 1e-5 * largest:
                continue  # rounding of the large entries is a billionth of these
            wrong = altered(gradients, key, place, 1 + 1e-9)
            check = check_network(network, parameters, X, labels, wrong)
            assert not check
            assert check.worst == f"{key}[{', '.join(map(str, place))}]"
            caught += 1
            break  # one entry of each array: a check looks at all of them anyway
    assert caught == 4


@pytest.mark.parametrize(
    "mistake",
    [
        lambda g: {**g, "b2": 8 * g["b2"]},
        lambda g: {**g, "W1": -g["W1"]},
        lambda g: {**g, "W2": np.where(np.abs(g["W2"]) == np.abs(g["W2"]).max(), 0, g["W2"])},
        lambda g: {**g, "b1": g["b1"][::-1]},
    ],
    ids=["forgotten /n", "sign", "largest entry 0", "order"],
)
def test_mistakes_that_people_make_are_found(problem, mistake):
    network, parameters, X, labels, gradients = problem
    assert check_network(network, parameters, X, labels)
    assert not check_network(network, parameters, X, labels, mistake(gradients))


@given(st.integers(0, 2**32))
def test_any_function_of_any_parameters(seed):
    rng = np.random.default_rng(seed)
    theta = {"A": rng.normal(size=(3, 2)), "c": rng.normal(size=()), "v": rng.normal(size=4)}

    def f(p):
        return np.sin(p["A"]).sum() * np.exp(p["c"]) + (p["v"] ** 3).sum()

    gradients = {
        "A": np.cos(theta["A"]) * np.exp(theta["c"]),
        "c": np.sin(theta["A"]).sum() * np.exp(theta["c"]),
        "v": 3 * theta["v"] ** 2,
    }
    exact = check_gradient(f, gradients, theta)
    assert exact, exact
    rough = check_gradient(f, gradients, theta, method="central")
    assert rough, rough
    assert exact.entries == rough.entries == 11
    wrong = {**gradients, "c": gradients["c"] + 1e-3}
    assert not check_gradient(f, wrong, theta, method="central")


@pytest.mark.parametrize("bias", [0.0, 1e-300, -1e-300, 1e-9, -1e-9])
def test_a_network_is_not_disturbed_by_a_kink_nearby(bias):
    network = MLP([1, 1, 2], "relu")
    parameters = {
        "W1": np.ones((1, 1)),
        "b1": np.array([bias]),
        "W2": np.array([[1.0], [-2.0]]),
        "b2": np.zeros(2),
    }
    check = check_network(network, parameters, [[0.0]], [0])
    assert check, check
    assert (network.loss_and_gradients(parameters, [[0.0]], [0])[1]["b1"] != 0) == (bias > 0)


def test_central_differences_say_that_a_kink_is_in_the_way():
    def f(p):
        return np.maximum(p["x"], 0).sum()

    with pytest.raises(ValueError, match=r"f has a kink within 6e-06 of x\[1\]: its slope is 0 to"):
        check_gradient(f, {"x": [1.0, 1.0]}, {"x": [3.0, 0.0]}, method="central")
    assert check_gradient(f, {"x": [1.0, 0.0]}, {"x": [3.0, -1.0]}, method="central")


def test_a_function_that_drops_the_imaginary_part_is_told_so():
    with pytest.raises(ValueError, match=r'dropped the imaginary.*use method="central"'):
        check_gradient(lambda p: np.abs(p["x"]).sum(), {"x": [1.0]}, {"x": [2.0]})


def test_the_verdict_in_words():
    theta = {"w": np.array([1.0, 2.0])}
    right = check_gradient(lambda p: (p["w"] ** 2).sum(), {"w": [2.0, 4.0]}, theta)
    wrong = check_gradient(lambda p: (p["w"] ** 2).sum(), {"w": [2.0, 5.0]}, theta)
    assert repr(right).startswith("Gradient right: 2 entries by complex step")
    assert repr(wrong).startswith("Gradient WRONG: 2 entries by complex step; furthest off is w[1]")
    assert (wrong.claimed, wrong.measured) == (5, 4)


@pytest.mark.parametrize(
    ("gradients", "theta", "sentence"),
    [
        ({"w": [1.0]}, {"v": [1.0]}, r"the keys of the parameters, \['v'\], not \['w'\]"),
        ({"w": [1.0]}, {"w": [1.0, 2.0]}, r"the shape of the parameter, \(2,\), not \(1,\)"),
        ({"w": [np.nan]}, {"w": [1.0]}, r"gradients\['w'\] must be finite"),
        ({"w": [1.0]}, {"w": [np.inf]}, r"parameters\['w'\] must be finite"),
        ({}, {}, "at least one number to compare"),
        ({"w": np.zeros((0, 2))}, {"w": np.zeros((0, 2))}, "at least one number to compare"),
        ({"w": []}, {"w": []}, "at least one number to compare"),
    ],
)
def test_a_check_of_nothing_or_of_something_else_is_refused(gradients, theta, sentence):
    with pytest.raises(ValueError, match=sentence):
        check_gradient(lambda p: sum(value.sum() for value in p.values()), gradients, theta)


def test_the_check_costs_one_evaluation_for_each_parameter(problem):
    """One complex evaluation costs about 1.3 real ones: two real ones are what it replaces."""
    network, parameters, X, labels, gradients = problem
    loss, calls = textbook_loss(network, X, labels), 0

    def counted(p):
        nonlocal calls
        calls += 1
        return loss(p)

    assert check_gradient(counted, gradients, parameters)
    assert calls <= network.parameter_count + 5 * len(parameters)
