"""The auto-encoder against its formulas, written out and differentiated by the complex step."""

import re

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib import gradient
from mlplib.networks.autoencoder import AutoEncoder
from mlplib.networks.mlp import MLP
from mlplib.networks.training import train

CURVES = {
    "identity": lambda z: z,
    "tanh": np.tanh,
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}
HEADS = {
    "linear": lambda o, t: ((o - t) ** 2).mean(),
    "sigmoid": lambda o, t: (np.log(1 + np.exp(o)) - t * o).mean(),
}


def reconstruct(parameters, X, depth, g):
    """One example at a time: a = g(W a + b), up to the code and down again; the last one linear."""
    outputs = []
    for x in X:
        a = x
        for layer in range(1, 2 * depth + 1):
            tied = f"W{layer}" not in parameters
            W = parameters[f"W{2 * depth + 1 - layer}"].T if tied else parameters[f"W{layer}"]
            z = W @ a + parameters[f"b{layer}"]
            a = g(z) if layer < 2 * depth else z
        outputs.append(a)
    return np.array(outputs)


@st.composite
def problems(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    name, head = draw(st.sampled_from([*CURVES])), draw(st.sampled_from([*HEADS]))
    model = AutoEncoder(sizes, name, head, tied=draw(st.booleans()))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    parameters = model.initialise(rng, "glorot")
    parameters = {key: p + rng.normal(size=p.shape) / 4 for key, p in parameters.items()}
    return model, parameters, rng.uniform(size=(draw(st.integers(1, 3)), sizes[0])), name


@given(problems())
def test_the_loss_and_every_gradient(problem):
    model, parameters, X, name = problem

    def loss_at(key, value):
        there = {**parameters, key: value}
        outputs = reconstruct(there, X, model.depth, CURVES[name])
        return HEADS[model.network.head.name](outputs, X)

    loss, gradients = model.loss_and_gradients(parameters, X)
    assert gradients.keys() == parameters.keys()
    expected = {
        key: gradient(lambda value, key=key: loss_at(key, value), value)
        for key, value in parameters.items()
    }
    # Sums of a few terms lose digits to their largest term, not to themselves.
    largest = max(np.abs(g).max() for g in expected.values())
    for key, exact in expected.items():
        np.testing.assert_allclose(gradients[key], exact, rtol=1e-12, atol=1e-14 * (1 + largest))
    np.testing.assert_allclose(loss, loss_at("b1", parameters["b1"]), rtol=1e-13)
    assert model.loss(parameters, X) == loss


@given(problems())
def test_encoding_and_decoding_is_reconstructing(problem):
    model, parameters, X, name = problem
    code = model.encode(parameters, X)
    assert code.shape == (len(X), model.network.sizes[model.depth])
    outputs = reconstruct(parameters, X, model.depth, CURVES[name])
    if model.network.head.name == "sigmoid":
        outputs = CURVES["sigmoid"](outputs)
    np.testing.assert_allclose(model.decode(parameters, code), outputs, rtol=1e-12, atol=1e-14)


@given(problems())
def test_tied_weights_are_counted_once(problem):
    model, parameters, _, _ = problem
    assert model.parameter_count == sum(p.size for p in parameters.values())
    weights = sum(key.startswith("W") for key in parameters)
    assert weights == (model.depth if model.tied else 2 * model.depth)


def test_untied_it_is_the_mirrored_network():
    X = np.random.default_rng(0).normal(size=(5, 4))
    model, network = AutoEncoder([4, 3, 2], "tanh"), MLP([4, 3, 2, 3, 4], "tanh", "linear")
    parameters = network.initialise(np.random.default_rng(1))
    loss, gradients = model.loss_and_gradients(parameters, X)
    same_loss, same_gradients = network.loss_and_gradients(parameters, X, X)
    assert loss == same_loss
    for key in parameters:
        np.testing.assert_array_equal(gradients[key], same_gradients[key])


def test_tied_gradient_is_the_sum_over_both_places():
    X = np.random.default_rng(0).normal(size=(5, 4))
    tied, untied = AutoEncoder([4, 2], "tanh", tied=True), AutoEncoder([4, 2], "tanh")
    parameters = tied.initialise(np.random.default_rng(1))
    _, both = untied.loss_and_gradients({**parameters, "W2": parameters["W1"].T}, X)
    _, one = tied.loss_and_gradients(parameters, X)
    np.testing.assert_array_equal(one["W1"], both["W1"] + both["W2"].T)
    assert np.abs(both["W2"]).max() > 0.01


@pytest.mark.parametrize("tied", [True, False])
def test_a_linear_one_finds_the_plane_of_the_data(tied):
    """Data in a plane through 0 can be said back from two numbers, and training finds out how."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 2)) @ np.linalg.qr(rng.normal(size=(5, 2)))[0].T
    model = AutoEncoder([5, 2], "identity", tied=tied)
    start = model.initialise(rng, "glorot")
    parameters, history = train(model, start, X, X, rate=0.4, epochs=400, quiet=True)
    assert history.loss[0] > 0.1
    assert history.loss[-1] < 1e-8
    code = model.encode(parameters, X)
    np.testing.assert_allclose(model.decode(parameters, code), X, atol=1e-3)


def test_targets_may_be_others_than_the_input():
    model = AutoEncoder([3, 2], "tanh")
    rng = np.random.default_rng(0)
    parameters, clean = model.initialise(rng), rng.normal(size=(4, 3))
    noisy = clean + 1
    loss, _ = model.loss_and_gradients(parameters, noisy, clean)
    assert loss == model.loss(parameters, noisy, clean)
    said = model.decode(parameters, model.encode(parameters, noisy))
    assert loss == pytest.approx(((said - clean) ** 2).mean(), rel=1e-14)


def test_precision_stays():
    model = AutoEncoder([3, 2], "softplus", "sigmoid", tied=True)
    parameters = model.initialise(np.random.default_rng(0), dtype=np.float32)
    X = np.full((2, 3), 0.5)
    loss, gradients = model.loss_and_gradients(parameters, X)
    assert loss.dtype == np.float32
    assert {g.dtype for g in gradients.values()} == {np.dtype(np.float32)}
    code = model.encode(parameters, X)
    assert code.dtype == model.decode(parameters, code).dtype == np.float32


MODEL = AutoEncoder([3, 2], "tanh", tied=True)
PARAMETERS = MODEL.initialise(np.random.default_rng(0))
SINGLE = MODEL.initialise(np.random.default_rng(0), dtype=np.float32)
X = np.ones((4, 3))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: MODEL.encode(PARAMETERS, X[:, :2]),
            "X must have one example of 3 numbers per row, shape (n, 3), not (4, 2).",
        ),
        (
            lambda: MODEL.encode(PARAMETERS, X[:0]),
            "X must hold at least one example, but its shape is (0, 3).",
        ),
        (lambda: MODEL.encode(PARAMETERS, X * np.nan), "X must be finite, but X[0, 0] is nan."),
        (
            lambda: MODEL.decode(PARAMETERS, X),
            "H must have one example of 2 numbers per row, shape (n, 2), not (4, 3).",
        ),
        (
            lambda: MODEL.decode(SINGLE, [[0, 1e39]]),
            "H must be finite in float32, but H[0, 1] is 1e+39.",
        ),
        (
            lambda: MODEL.decode({"W1": PARAMETERS["W1"]}, X[:, :2]),
            "parameters must hold 'b2', but its keys are ['W1', 'W2'].",
        ),
        (
            lambda: MODEL.loss({"b1": PARAMETERS["b1"]}, X),
            "parameters must hold 'W1', but its keys are ['b1'].",
        ),
        (
            lambda: MODEL.encode({**PARAMETERS, "W1": np.ones((3, 3))}, X),
            "parameters['W1'] must have shape (2, 3), not (3, 3).",
        ),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


@pytest.mark.parametrize("sizes", [3, [3], [3, 0], [2.5, 1], [True, 2]])
def test_sizes_make_a_network(sizes):
    with pytest.raises(ValueError, match="sizes"):
        AutoEncoder(sizes, "tanh")
