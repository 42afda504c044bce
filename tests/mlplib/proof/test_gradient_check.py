"""The gradient check finds what is wrong, and only that."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.functions.activations import Activation, relu
from mlplib.losses.cross_entropy import cross_entropy
from mlplib.networks.autoencoder import AutoEncoder
from mlplib.networks.heads import HEADS, Head
from mlplib.networks.mlp import MLP
from mlplib.proof.differentiate import gradient
from mlplib.proof.gradient_check import check_gradient, check_network
from mlplib.proof.textbook import has_textbook_loss, textbook_loss


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


@pytest.mark.parametrize("distance", [0.1, 1 / 3, 0.5, 0.7])
@pytest.mark.parametrize("side", [-1, 1])
def test_a_kink_is_told_wherever_in_the_step_it_lies(distance, side):
    place = side * distance * 6e-6
    with pytest.raises(ValueError, match=r"f has a kink .* is 1 to the left and 3 to the right"):
        central(lambda x: 2 * x + np.abs(x - place), 2.0 - side, at=0.0)


def test_a_slope_that_no_kink_explains_is_wrong():
    assert not central(np.abs, 1.2, at=0.0)
    with pytest.raises(ValueError, match="f has a kink"):
        central(lambda x: 3e3 * x**2 + np.abs(x), 1.0, at=0.0)
    assert not central(lambda x: 2 * x + 1e-4 * np.abs(x), 2.01, at=0.0)
    with pytest.raises(ValueError, match="f has a kink"):
        central(lambda x: 2 * x + 1e-4 * np.abs(x), 2.0001, at=0.0)


def central(f, slope, at):
    return check_gradient(lambda p: f(p["x"]).sum(), {"x": [slope]}, {"x": [at]}, method="central")


@pytest.mark.parametrize(
    ("f", "prime", "at"),
    [
        (np.sin, np.cos, 1e3),
        (np.sin, np.cos, 1.7e4),
        (np.exp, np.exp, 200.0),
        (lambda x: np.exp(1e4 * x), lambda x: 1e4 * np.exp(1e4 * x), 0.0),
        (lambda x: 1e6 + x**2, lambda x: 2 * x, 1e-3),  # only rounding, at the size of f
    ],
)
def test_a_smooth_function_may_bend(f, prime, at):
    check = central(f, prime(at), at)
    assert check, check
    assert not central(f, prime(at) * 1.5, at)
    assert not central(f, -prime(at), at)


def test_the_room_for_a_bend_is_no_larger_than_the_bend():
    assert not central(np.sin, np.cos(1e3) * 1.0001, 1e3)
    assert not central(np.sin, 1e3, 1e6)
    assert not central(lambda x: x**2 - 1e8, 2e4 * 1.000001, 1e4)


@pytest.mark.parametrize(("f", "at"), [(np.sin, 1e6), (lambda x: np.exp(1e5 * x), 0.0)])
def test_a_bend_too_sharp_for_the_step_is_told(f, at):
    with pytest.raises(
        ValueError, match=r"^f bends too sharply near x\[0\] for central differences"
    ):
        central(f, float(np.cos(at)) if f is np.sin else 1e5, at)


@pytest.mark.parametrize("method", ["complex", "central"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_function_without_a_finite_value_has_no_verdict(method, value):
    with pytest.raises(ValueError, match=rf"^f\(parameters\) must be finite, but .* is {value}"):
        check_gradient(lambda p: value + p["w"].sum(), {"w": [5.0]}, {"w": [1.0]}, method=method)


@np.errstate(invalid="ignore")
def test_a_slope_that_is_not_finite_is_named():
    def f(p):
        return (p["w"] ** 2).sum() + np.sqrt(p["b"]).sum()

    with pytest.raises(
        ValueError, match=r"^the slope of f along b must be finite, .* b\[1\] is nan"
    ):
        check_gradient(
            f, {"w": [2.0], "b": [0.5, 123.0]}, {"w": [1.0], "b": [1.0, 0.0]}, method="central"
        )


def test_nothing_allowed_and_nothing_off():
    assert check_gradient(lambda p: 0 * p["w"].sum(), {"w": [0.0]}, {"w": [1.0]})
    assert not check_gradient(lambda p: 0 * p["w"].sum(), {"w": [10.0]}, {"w": [1.0]})


def test_rounding_is_allowed_at_the_size_of_what_cancels():
    """0.1 + 0.2 − 0.3 is 6e-17, and claimed to be 0."""

    def cancelling(p):
        return (0.1 * p["b"] + 0.2 * p["b"] - 0.3 * p["b"]).sum()

    theta = {"a": [0.0], "b": [1.0]}
    # beside a slope of 1, and as a part of a value of a million
    for method in ("complex", "central"):
        assert check_gradient(
            lambda p: p["a"].sum() + cancelling(p), {"a": [1], "b": [0]}, theta, method=method
        )
    assert check_gradient(lambda p: 1e6 * (1 + cancelling(p)) + 0 * p["a"].sum(),
                          {"a": [0], "b": [0]}, theta)  # fmt: skip
    # and alone: that the terms are of size 0.1 shows in how they round
    for claim, right in ((0, True), (1e-14, False)):
        check = check_gradient(
            lambda p: cancelling(p) + 0 * p["a"].sum(), {"a": [0], "b": [claim]}, theta
        )
        assert check.holds is right


def test_central_differences_round_at_the_size_of_the_largest_slope():
    """The value is 0, the slope along a is 1000: what cancels between them is rounded as 1 is."""
    theta = {"a": np.array([1e-3]), "b": np.linspace(1e-6, 5e-6, 30)}
    check = check_gradient(
        lambda p: (1e3 * p["a"]).sum() + (p["b"] ** 2).sum() - 1,
        {"a": [1e3], "b": 2 * theta["b"]},
        theta,
        method="central",
    )
    assert check, check


def test_float32_parameters_are_compared_in_float64():
    theta = {"a": np.array([0.3], np.float32), "b": np.array([0.7], np.float32)}
    a, b = np.float64(theta["a"]), np.float64(theta["b"])
    gradients = {"a": np.exp(a) * b, "b": np.exp(a)}
    assert check_gradient(lambda p: (np.exp(p["a"]) * p["b"]).sum(), gradients, theta)
    network = MLP([2, 3, 2], "tanh")
    single = network.initialise(np.random.default_rng(0), dtype=np.float32)
    check = check_network(network, single, [[0.5, -1.0]], [1])
    assert check, check


WAVE = Activation("sigmoid", np.sin, np.cos)
HALVED = Head("linear", lambda y, t: (((y - t) ** 2).mean() / 2, (y - t) / y.size), lambda y: y)


@pytest.mark.parametrize(
    "network",
    [MLP([2, 3, 2], WAVE), MLP([2, 3, 2], "softplus", HALVED)],
    ids=["activation", "head"],
)
def test_your_own_activation_or_head_needs_more_than_the_name_of_ours(network):
    assert not has_textbook_loss(network)
    assert has_textbook_loss(MLP([2, 3, 2], "sigmoid", HEADS["linear"]))
    targets = [1] if network.head.name == "softmax" else [[1.0, 0.0]]
    parameters = network.initialise(np.random.default_rng(0))
    check = check_network(network, parameters, [[0.5, -1.0]], targets)
    assert check, check
    assert check.method == "central"


@pytest.mark.parametrize(
    ("network", "X", "targets", "sentence"),
    [
        (MLP([2, 1], [], "linear"), [[1.0, 2.0]] * 3, [1.0, 2.0, 3.0], "^outputs and targets"),
        (MLP([2, 2], []), [[1.0, 2.0]], [-1], "^labels must lie in 0 … 1"),
        (MLP([2, 2], []), [[1.0, 2.0]], [5], "^labels must lie in 0 … 1"),
        (MLP([2, 2], []), [[1.0, 2.0]], [[7.0, -3.0]], "^labels, .* must be probabilities"),
        (MLP([2, 2], []), [[np.nan, 2.0]], [0], r"^X must be finite, but X\[0, 0\] is nan"),
        (MLP([2, 2], []), [[1.0, 2.0, 3.0]], [0], "^X must have one example of 2 numbers per row"),
    ],
)
def test_a_network_is_checked_on_what_it_accepts_alone(network, X, targets, sentence):
    parameters = network.initialise(np.random.default_rng(0))
    gradients = {key: np.zeros_like(value) for key, value in parameters.items()}
    with pytest.raises(ValueError, match=sentence):
        check_network(network, parameters, X, targets, gradients)


def test_where_the_slopes_of_the_textbook_overflow_nothing_is_compared():
    network = MLP([1, 1, 2], "sigmoid")
    parameters = {**network.initialise(np.random.default_rng(0)), "W1": np.array([[-1e4]])}
    with pytest.raises(ValueError, match=r"^parameters and X must keep all pre-activations"):
        check_network(network, parameters, [[1.0]], [1])


@pytest.mark.parametrize("weight", [400.0, 1e4])
def test_where_the_textbook_overflows_nothing_is_compared(weight):
    network = MLP([2, 2], [])
    parameters = {"W1": np.array([[weight, 0], [-weight, 0]]), "b1": np.zeros(2)}
    with pytest.raises(ValueError, match=r"^parameters and X must keep all pre-activations"):
        check_network(network, parameters, [[1.0, 1.0]], [1])
    assert check_network(
        network, {**parameters, "W1": parameters["W1"] / weight * 300}, [[1, 1]], [1]
    )


def test_rounding_is_no_bend():
    for x in np.linspace(0.1, 3, 30):
        check = central(lambda x: 1e6 * np.cos(x) ** 2 + 1e6 * np.sin(x) ** 2, 1.3e-3, x)
        assert not check, check


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
    assert calls <= network.parameter_count + 6 * len(parameters) + 1


# Where the terms of a slope cancel


def test_the_optimum_of_three_points_on_a_line():
    """The exact gradient is 0; what is computed is the rounding of terms of size 20."""
    network = MLP([1, 1], [], "linear")
    theta = {"W1": [[0.05]], "b1": [1.0]}
    X, y = [[10.0], [20.0], [30.0]], [[1.0], [3.0], [2.0]]
    check = check_network(network, theta, X, y)
    assert check, check
    for wrong in (1e-12, -1e-9, 1.0):
        assert not check_network(network, theta, X, y, {"W1": [[wrong]], "b1": [0.0]})


@pytest.mark.parametrize("seed", range(20))
def test_no_false_alarm_at_an_optimum(seed):
    """Least squares, solved by another route, with features of size 10 or 1000."""
    rng = np.random.default_rng(seed)
    X = 10 ** rng.integers(1, 4) * rng.normal(size=(30, 3))
    y = rng.normal(size=(30, 2))
    solution = np.linalg.lstsq(np.column_stack([X, np.ones(30)]), y, rcond=None)[0].T
    theta = {"W1": solution[:, :3], "b1": solution[:, 3]}
    network = MLP([3, 2], [], "linear")
    _, gradients = network.loss_and_gradients(theta, X, y)
    check = check_network(network, theta, X, y)
    assert check, check
    off = altered(gradients, "W1", (0, 0), 1)
    off["W1"][0, 0] += 1e-9 * np.abs(X).max()
    assert not check_network(network, theta, X, y, off)

    def f(p):
        return ((X @ p["W1"].T + p["b1"] - y) ** 2).mean()

    for method in ("complex", "central"):
        check = check_gradient(f, gradients, theta, method=method)
        assert check, check


def test_no_false_alarm_where_training_has_ended():
    network = MLP([2, 4, 1], "tanh", "linear")
    rng = np.random.default_rng(0)
    theta = network.initialise(rng, "glorot")
    X = rng.normal(size=(6, 2))
    y = network.outputs(theta, X)  # so the loss and all its terms are 0
    assert check_network(network, theta, X, y)
    for _ in range(30):  # and beside it
        theta = {key: value + 1e-9 * rng.normal(size=value.shape) for key, value in theta.items()}
        assert check_network(network, theta, X, y)


def test_a_leap_is_no_rounding():
    """z = 1·1 − 1 is 0 and stays on its side of the kink; a unit in the last place crosses it."""
    network = MLP([1, 1, 1], "relu", "linear")
    theta = {"W1": [[1.0]], "b1": [-1.0], "W2": [[2.0]], "b2": [0.5]}
    theta = {key: np.array(value) for key, value in theta.items()}
    _, right = network.loss_and_gradients(theta, [[1.0]], [[0.0]])
    assert check_network(network, theta, [[1.0]], [[0.0]], right)
    assert not check_network(network, theta, [[1.0]], [[0.0]], {**right, "b1": [2.0]})


# What a function may do, and what not


@pytest.mark.parametrize("method", ["complex", "central"])
def test_a_function_that_writes_into_its_argument(method):
    def normalised(p):
        W = p["W"]
        W /= W.sum()
        return (W * np.array([1.0, 3.0])).sum()

    theta = {"W": np.array([1.0, 3.0])}
    # by the quotient rule, (c_j · 4 − 10) / 16
    assert check_gradient(normalised, {"W": [-6 / 16, 2 / 16]}, theta, method=method)
    assert not check_gradient(normalised, {"W": [-1.5, 0.5]}, theta, method=method)
    assert theta["W"].tolist() == [1, 3]


@pytest.mark.parametrize("method", ["complex", "central"])
@pytest.mark.parametrize("seed", range(8))
def test_a_function_that_draws_its_mask_anew(method, seed):
    rng = np.random.default_rng(seed)

    def dropped(p):
        return ((rng.random(4) > 0.5) / 0.5 * p["w"] ** 2).sum()

    w = np.array([1.0, 2.0, 3.0, 4.0])
    with pytest.raises(ValueError, match="^f must give one and the same value at one point, but"):
        check_gradient(dropped, {"w": 2 * w}, {"w": w}, method=method)


@pytest.mark.parametrize(
    "f", [lambda p: relu(p["x"]).sum(), lambda p: cross_entropy(p["x"], 0)], ids=["relu", "loss"]
)
def test_functions_for_real_numbers_are_led_to_central_differences(f):
    x = np.array([1.0, -2.0, 0.5])
    with pytest.raises(ValueError, match=r'^f must take complex .* use method="central"\.$'):
        check_gradient(f, {"x": x}, {"x": x})
    slopes = gradient(lambda x: f({"x": x}), x, method="central")
    assert check_gradient(f, {"x": slopes}, {"x": x}, method="central")


def test_a_gradient_in_float32_is_held_to_float32():
    rng = np.random.default_rng(0)
    for network in (MLP([20, 30, 5], "softplus"), MLP([20, 30, 30, 5], "relu")):
        theta = network.initialise(rng, dtype=np.float32)
        X, labels = rng.normal(size=(16, 20)), rng.integers(0, 5, 16)
        _, gradients = network.loss_and_gradients(theta, X, labels)
        check = check_network(network, theta, X, labels, gradients)
        assert check, check
        assert repr(check).startswith("Gradient right, to the rounding of float32: ")
        largest = np.unravel_index(np.abs(gradients["W2"]).argmax(), gradients["W2"].shape)
        wrong = altered(gradients, "W2", largest, np.float32(1.0001))
        assert not check_network(network, theta, X, labels, wrong)
        mixed = {**gradients, "b1": gradients["b1"].astype(np.float64)}
        assert not check_network(network, theta, X, labels, mixed)


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("head", ["linear", "sigmoid"])
def test_auto_encoders(tied, head):
    model = AutoEncoder([6, 4, 2], "tanh", head, tied=tied)
    rng = np.random.default_rng(0)
    theta = model.initialise(rng, "glorot")
    X = rng.random((5, 6))
    check = check_network(model, theta, X)
    assert check, check
    assert (check.method, check.entries) == ("complex", model.parameter_count)
    _, gradients = model.loss_and_gradients(theta, X)
    assert check_network(model, theta, X, X, gradients)
    assert not check_network(model, theta, X, X, altered(gradients, "W1", (0, 0), 1 + 1e-9))
    clean = rng.random((5, 6))
    assert check_network(model, theta, X, clean)


class Line:
    """A model of one's own, as `train` takes it: y = w x."""

    def loss(self, parameters, X, targets):
        return self.loss_and_gradients(parameters, X, targets)[0]

    def loss_and_gradients(self, parameters, X, targets):
        off = np.asarray(X) * parameters["w"] - targets
        return (off**2).mean(), {"w": 2 * (off * X).mean(axis=(0, 1))}


def test_a_model_of_ones_own():
    check = check_network(Line(), {"w": np.array(2.0)}, np.array([[1.0], [2.0]]), [[1.0], [5.0]])
    assert check, check
    assert check.method == "central"
    with pytest.raises(ValueError, match="^targets must be given for all models but"):
        check_network(Line(), {"w": np.array(2.0)}, np.array([[1.0], [2.0]]))


def test_many_classes_with_probabilities_take_no_square_of_their_number():
    network = MLP([1, 300], [])
    theta = network.initialise(np.random.default_rng(0))
    X, P = np.ones((20, 1)), np.full((20, 300), 1 / 300)
    loss = textbook_loss(network, X, P)
    tracemalloc.start()
    value = loss(theta)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert value == pytest.approx(network.loss(theta, X, P), rel=1e-13)
    assert peak < 20 * P.nbytes
