"""A whole network: its gradients, its shapes, its memory, and what it refuses."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.functions.activations import ACTIVATIONS, Activation, identity, sigmoid
from mlplib.functions.softmax import softmax
from mlplib.networks.heads import HEADS
from mlplib.networks.mlp import MLP
from mlplib.networks.parameters import initialise
from mlplib.proof.gradient_check import check_network
from mlplib.proof.textbook import textbook_loss


def problem(sizes, activation, head, n=5, seed=0):
    rng = np.random.default_rng(seed)
    network = MLP(sizes, activation, head)
    parameters = network.initialise(rng, "glorot")
    X = rng.normal(size=(n, sizes[0]))
    outputs = sizes[-1]
    targets = {
        "softmax": rng.integers(0, outputs, n),
        "linear": rng.normal(size=(n, outputs)),
        "sigmoid": rng.random((n, outputs)),
    }[head]
    return network, parameters, X, targets


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(
    sizes=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    n=st.integers(1, 4),
    seed=st.integers(0, 2**32),
)
def test_every_gradient_of_every_network(activation, head, sizes, n, seed):
    network, parameters, X, targets = problem(sizes, activation, head, n, seed)
    check = check_network(network, parameters, X, targets)
    assert check, check
    assert check.method == "complex"
    assert check.entries == network.parameter_count


@pytest.mark.parametrize("head", HEADS)
def test_a_different_activation_in_every_layer_and_on_the_last(head):
    layers = ["tanh", "relu", "softplus", "sigmoid"]
    network, parameters, X, targets = problem([3, 5, 4, 6, 2], layers, head)
    check = check_network(network, parameters, X, targets)
    assert check, check


@pytest.mark.parametrize("head", ["softmax", "sigmoid"])
@pytest.mark.parametrize("gap", [1.0, 10.0, 100.0, 600.0])
def test_the_gradient_of_a_confident_right_answer(head, gap):
    """The slopes are about exp(−gap), and right to as many digits as any others."""
    network = MLP([1, 2], [], head)
    parameters = {"W1": np.array([[gap], [-gap / 2]]), "b1": np.zeros(2)}
    targets = [0] if head == "softmax" else [[1.0, 0.0]]
    check = check_network(network, parameters, [[1.0]], targets)
    assert check, check
    assert check.allowed < 1e-11 * np.exp(-gap / 2)


@pytest.mark.parametrize("head", HEADS)
def test_the_loss_is_the_textbook_loss(head):
    network, parameters, X, targets = problem([3, 5, 4], "softplus", head)
    loss, _ = network.loss_and_gradients(parameters, X, targets)
    np.testing.assert_allclose(loss, textbook_loss(network, X, targets)(parameters), rtol=1e-13)
    assert network.loss(parameters, X, targets) == loss


def test_soft_targets_train_as_labels_do():
    network, parameters, X, _ = problem([3, 5, 4], "tanh", "softmax")
    soft = np.random.default_rng(1).dirichlet(np.ones(4), size=len(X))
    assert check_network(network, parameters, X, soft)


def test_a_batch_is_the_mean_of_its_examples():
    network, parameters, X, targets = problem([3, 5, 4], "relu", "softmax")
    loss, gradients = network.loss_and_gradients(parameters, X, targets)
    each = [
        network.loss_and_gradients(parameters, X[i : i + 1], targets[i : i + 1])
        for i in range(len(X))
    ]
    np.testing.assert_allclose(loss, np.mean([one for one, _ in each]), rtol=1e-14)
    for key, value in gradients.items():
        np.testing.assert_allclose(value, np.mean([g[key] for _, g in each], axis=0), atol=1e-15)


def test_gradients_have_keys_order_and_shapes_of_the_parameters():
    network, parameters, X, targets = problem([3, 5, 4, 2], "relu", "linear")
    _, gradients = network.loss_and_gradients(parameters, X, targets)
    assert [*gradients] == [*parameters] == ["W1", "b1", "W2", "b2", "W3", "b3"]
    for key, value in gradients.items():
        assert value.shape == parameters[key].shape
    assert sum(value.size for value in parameters.values()) == network.parameter_count
    assert network.depth == 3


@pytest.mark.parametrize(
    ("head", "reading"), [("softmax", softmax), ("linear", identity), ("sigmoid", sigmoid)]
)
def test_forward_outputs_and_predict_agree(head, reading):
    network, parameters, X, _ = problem([3, 5, 4], "softplus", head)
    outputs, _ = network.forward(parameters, X)
    np.testing.assert_array_equal(network.outputs(parameters, X), outputs)
    np.testing.assert_array_equal(network.predict(parameters, X), reading(outputs))


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_parameters_decide_the_precision(head, dtype):
    network, parameters, X, targets = problem([3, 5, 4], "softplus", head)
    parameters = {key: value.astype(dtype) for key, value in parameters.items()}
    for inputs in (X, X.astype(np.float32), X.tolist()):
        loss, gradients = network.loss_and_gradients(parameters, inputs, targets)
        assert loss.dtype == dtype
        assert {value.dtype for value in gradients.values()} == {np.dtype(dtype)}


@pytest.mark.parametrize("kind", [">f8", ">f4", "i8", list])
def test_parameters_of_every_kind_that_is_real(kind):
    network, parameters, X, targets = problem([3, 5, 4], "softplus", "softmax")
    parameters = {key: np.round(4 * value) for key, value in parameters.items()}
    loss, gradients = network.loss_and_gradients(parameters, X, targets)
    same = {
        key: value.tolist() if kind is list else value.astype(kind)
        for key, value in parameters.items()
    }
    same_loss, same_gradients = network.loss_and_gradients(same, X, targets)
    assert same_loss == pytest.approx(loss, rel=1e-6)
    assert all(value.dtype.isnative for value in same_gradients.values())
    np.testing.assert_allclose(same_gradients["W1"], gradients["W1"], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("kind", [np.float16, np.longdouble])
def test_other_precisions_are_refused_by_name(kind):
    network, parameters, X, _ = problem([3, 4, 2], "relu", "softmax")
    parameters["W2"] = parameters["W2"].astype(kind)
    with pytest.raises(ValueError, match=r"^parameters\['W2'\] must hold real numbers"):
        network.forward(parameters, X)


def test_what_is_too_large_for_the_parameters_is_refused():
    network, parameters, X, targets = problem([3, 4, 2], "relu", "softmax")
    parameters = {key: value.astype(np.float32) for key, value in parameters.items()}
    X[1, 2] = 1e39
    for function in (network.loss, network.loss_and_gradients):
        with pytest.raises(ValueError, match=r"^X must be finite in float32, but X\[1, 2\] is 1e"):
            function(parameters, X, targets)


def test_an_overflow_is_infinite_and_the_loss_of_it_silent():
    network = MLP([1, 1, 1], "identity", "linear")
    parameters = {"W1": [[1e200]], "b1": [0.0], "W2": [[1e200]], "b2": [0.0]}
    outputs = network.outputs(parameters, [[1.0], [-1.0]])
    np.testing.assert_array_equal(outputs, [[np.inf], [-np.inf]])


def test_nothing_is_written_to():
    network, parameters, X, targets = problem([3, 5, 4], "relu", "softmax")
    before = {key: value.copy() for key, value in parameters.items()}
    data = X.copy()
    network.loss_and_gradients(parameters, X, targets)
    np.testing.assert_array_equal(X, data)
    for key, value in parameters.items():
        np.testing.assert_array_equal(value, before[key])


def test_arrays_in_any_layout_give_the_same():
    network, parameters, X, targets = problem([3, 5, 4], "relu", "softmax")
    wide = np.zeros((10, 6))
    wide[::2, ::2] = X
    loss, _ = network.loss_and_gradients(parameters, X, targets)
    turned = {key: np.asfortranarray(value) for key, value in parameters.items()}
    for same in (wide[::2, ::2], np.asfortranarray(X)):
        assert network.loss(turned, same, targets) == pytest.approx(loss, rel=1e-14)


@pytest.mark.parametrize(("scheme", "variance"), [("he", 2 / 300), ("glorot", 2 / 500)])
def test_initial_weights_have_the_stated_variance(scheme, variance):
    network = MLP([300, 200], "relu")
    parameters = network.initialise(np.random.default_rng(0), scheme)
    W = parameters["W1"]
    spread = np.sqrt(2 / W.size)  # standard deviation of a sample variance, relative
    assert W.var() == pytest.approx(variance, rel=5 * spread)
    assert abs(W.mean()) < 5 * np.sqrt(variance / W.size)
    np.testing.assert_array_equal(parameters["b1"], 0)


def test_the_seed_decides_the_weights():
    network = MLP([3, 4, 2], "relu")
    one, same, other = (network.initialise(np.random.default_rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(one["W2"], same["W2"])
    assert (one["W2"] != other["W2"]).all()
    single = network.initialise(np.random.default_rng(1), dtype=np.float32)
    assert {value.dtype for value in single.values()} == {np.dtype(np.float32)}


def peak_of_a_step(width, n):
    network, parameters, X, targets = problem([20, width, width, 5], "softplus", "softmax", n=n)
    network.loss_and_gradients(parameters, X, targets)
    tracemalloc.start()
    network.loss_and_gradients(parameters, X, targets)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_of_a_step_grows_linearly_in_the_batch():
    sizes = [peak_of_a_step(64, n) for n in (2000, 4000, 8000)]
    assert sizes[1] / sizes[0] == pytest.approx(2, rel=0.1)
    assert sizes[2] / sizes[1] == pytest.approx(2, rel=0.1)


def test_memory_of_a_step_is_what_the_module_says():
    """Two kept arrays for each activation; while one layer works, at most three more of its size.

    The parameters' own part grows as the square of the width and is small here.
    """
    n, widths = 4000, (32, 64, 128)
    sizes = [peak_of_a_step(width, n) for width in widths]
    for width, peak in zip(widths, sizes, strict=True):
        kept = 8 * 2 * n * (width + width)
        assert kept < peak < kept + 8 * n * (4 * width + 20)
    assert sizes[1] < 2.1 * sizes[0]
    assert sizes[2] < 2.1 * sizes[1]


def test_your_own_activation():
    square = Activation("square", lambda x: np.asarray(x) ** 2, lambda x: 2 * np.asarray(x))
    network, parameters, X, targets = problem([3, 4, 2], square, "softmax")
    check = check_network(network, parameters, X, targets)
    assert check, check
    assert check.method == "central"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([3], "relu"), r"sizes must be at least two positive integers .* not \[3\]"),
        ((3, "relu"), "sizes must be at least two positive integers .* not 3"),
        (([3, 0, 2], "relu"), r"sizes\[1\] must be an integer of at least 1, not 0"),
        (([3, 2.5], "relu"), r"sizes\[1\] must be an integer of at least 1, not 2\.5"),
        (([True, 2], "relu"), r"sizes\[0\] must be an integer of at least 1, not True"),
        (([3, 4, 2], None), "activation must be an Activation or one of .* not None"),
        (([3, 4, 2], [["relu"]]), r"activation must be an Activation or one of .* not \['relu'\]"),
        (([3, 4, 2], "relu", []), r"head must be a Head or one of .* not \[\]"),
        (([3, 4, 2], "rely"), "activation must be an Activation or one of .* not 'rely'"),
        (([3, 4, 2], "relu", "softmin"), "head must be a Head or one of .* not 'softmin'"),
        (([3, 4, 2], ["relu"] * 3), r"a sequence of 1 .* or 2 .* but there are 3"),
    ],
)
def test_plans_that_are_none(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        MLP(*arguments)


@pytest.mark.parametrize(
    ("X", "sentence"),
    [
        (np.zeros((2, 4)), r"X must have one example of 3 numbers per row.* not \(2, 4\)"),
        (np.zeros(3), r"shape \(n, 3\), not \(3,\)"),
        (np.zeros((0, 3)), r"X must hold at least one example, but its shape is \(0, 3\)"),
        ([[0.0, np.nan, 0.0]], r"X must be finite, but X\[0, 1\] is nan"),
        ([[0.0, np.inf, 0.0]], r"X must be finite, but X\[0, 1\] is inf"),
        ([["a", "b", "c"]], "X must hold real numbers"),
    ],
)
def test_data_that_are_refused(X, sentence):
    network, parameters, _, _ = problem([3, 4, 2], "relu", "softmax")
    for function in (network.forward, network.outputs, network.predict):
        with pytest.raises(ValueError, match=sentence):
            function(parameters, X)


def test_parameters_that_are_refused():
    network, parameters, X, _ = problem([3, 4, 2], "relu", "softmax")
    with pytest.raises(ValueError, match=r"parameters must hold 'b2', but its keys are"):
        network.forward({key: parameters[key] for key in ("W1", "b1", "W2")}, X)
    with pytest.raises(
        ValueError, match=r"parameters\['W2'\] must have shape \(2, 4\), not \(4, 2"
    ):
        network.forward({**parameters, "W2": parameters["W2"].T}, X)
    with pytest.raises(ValueError, match=r"rng must be a numpy\.random\.Generator"):
        network.initialise(0)
    with pytest.raises(ValueError, match='scheme must be "he" or "glorot", not \'xavier\''):
        network.initialise(np.random.default_rng(0), "xavier")
    for sizes in ([2], [0, 2], [2, 0], [2, 3.0], 2):
        with pytest.raises(ValueError, match=r"^sizes"):
            initialise(sizes, np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"dtype must be numpy\.float32 or"):
        network.initialise(np.random.default_rng(0), dtype=np.float16)


def test_a_gradient_of_another_shape_is_refused():
    network, parameters, X, _ = problem([3, 4, 2], "relu", "softmax")
    _, cache = network.forward(parameters, X)
    with pytest.raises(ValueError, match=r"upstream must have .* \(5, 2\), not \(5,\)"):
        network.backward(np.zeros(5), cache)


def test_a_column_of_labels_is_refused_by_name():
    network, parameters, X, targets = problem([3, 4, 2], "relu", "softmax")
    with pytest.raises(ValueError, match=r"^labels must .*\(5,\).*\(5, 2\), not \(5, 1\)\.$"):
        network.loss_and_gradients(parameters, X, targets[:, None])


def test_an_unknown_activation_is_refused_even_where_no_layer_uses_it():
    with pytest.raises(ValueError, match="reluu"):
        MLP([2, 3], "reluu")
