"""A convolutional network against loops in complex arithmetic, and through the complex step."""

import re

import numpy as np
import pytest

from mlplib import (
    CNN,
    MLP,
    Adam,
    Conv,
    Dense,
    Pool,
    Reshape,
    TransposedConv,
    check_gradient,
    load_digits,
    tanh,
    train,
)
from mlplib.convolution.passes import backward
from mlplib.convolution.weights import inputs_and_outputs


def by_real_part(window):
    flat = window.reshape(len(window), -1, window.shape[-1])
    first = flat.real.argmax(axis=1)
    return np.take_along_axis(flat, first[:, None], axis=1)[:, 0]


def slow(layer, A, W, b):
    """What a layer makes of complex numbers, place by place; no line of it is the package's."""
    n = len(A)
    match layer:
        case Dense():
            return A.reshape(n, -1) @ W.T + b
        case Reshape():
            return A.reshape(n, *layer.shape)
        case Conv():
            s, d, p, k = layer.stride, layer.dilation, layer.padding, W.shape[1]
            A = np.pad(A, ((0, 0), (p, p), (p, p), (0, 0)))
            size = (A.shape[1] - d * (k - 1) - 1) // s + 1
            y = np.zeros((n, size, size, len(W)), complex)
            each, among = W.shape[3], len(W) // layer.groups
            for r, c, f in np.ndindex(size, size, len(W)):
                seen = A[:, r * s : r * s + d * k : d, c * s : c * s + d * k : d]
                seen = seen[:, :k, :k, f // among * each : (f // among + 1) * each]
                y[:, r, c, f] = (seen * W[f]).sum((1, 2, 3))
            return y if b is None else y + b
        case TransposedConv():
            s, k, p = layer.stride, W.shape[1], layer.padding
            size = (A.shape[1] - 1) * s + k + layer.output_padding
            y = np.zeros((n, size, size, W.shape[3]), complex)
            for r, c in np.ndindex(A.shape[1:3]):
                y[:, r * s : r * s + k, c * s : c * s + k] += np.tensordot(A[:, r, c], W, 1)
            return y[:, p : size - p, p : size - p] + b
        case Pool():
            k, (h, w) = layer.kernel, A.shape[1:3]
            made = np.zeros((n, -(-h // k), -(-w // k), A.shape[3]), complex)
            for r, c in np.ndindex(made.shape[1:3]):
                window = A[:, r * k : (r + 1) * k, c * k : (c + 1) * k]
                made[:, r, c] = (
                    window.mean((1, 2)) if layer.kind == "mean" else by_real_part(window)
                )
            return made
    formulas = {"tanh": np.tanh, "softplus": lambda z: np.log1p(np.exp(z))}
    formulas["relu"] = lambda z: np.where(z.real > 0, z, 0)
    return formulas[layer.name](A)


def slow_loss(network, theta, X, targets):
    A, number = X.reshape(len(X), *network.shapes[0]).astype(complex), 0
    for layer in network.layers:
        W = b = None
        if isinstance(layer, Conv | Dense | TransposedConv):
            number += 1
            W, b = theta[f"W{number}"], theta.get(f"b{number}")
        A = slow(layer, A, W, b)
    if network.head.name == "linear":
        loss = ((A - targets.reshape(A.shape)) ** 2).mean()
    else:
        loss = (np.log(np.exp(A).sum(1)) - A[np.arange(len(A)), targets]).mean()
    return loss if any(map(np.iscomplexobj, theta.values())) else loss.real


CLASSIFIER = CNN(
    (6, 6, 1),
    [Conv(4, 3, padding=1), "relu", Pool(2), Conv(4, 2, dilation=2, groups=2, bias=False), "tanh",
     Dense(3)],
)  # fmt: skip
MEANS = CNN(
    (5, 5, 2),
    [Conv(3, 3, stride=2, padding=1), "softplus", Pool(2, ceil_mode=True, kind="mean"),
     Reshape(12), Dense(5), "tanh", Dense(3)],
)  # fmt: skip
AUTO_ENCODER = CNN(
    (6, 6, 1),
    [Conv(2, 3, stride=2, padding=1), "softplus", Dense(4), "tanh", Dense(18), "softplus",
     Reshape((3, 3, 2)), TransposedConv(1, 3, stride=2, padding=1, output_padding=1)],
    head="linear",
)  # fmt: skip
NETWORKS = {"classifier": CLASSIFIER, "means": MEANS, "auto-encoder": AUTO_ENCODER}


def problem_of(network, dtype=np.float64):
    rng = np.random.default_rng(5)
    theta = network.initialise(rng, "glorot", dtype)
    for key, value in theta.items():
        if key.startswith("b"):
            value[...] = rng.normal(size=value.shape)
    X = rng.normal(size=(3, *network.shapes[0]))
    return theta, X, X if network.head.name == "linear" else np.array([0, 2, 1])


@pytest.mark.parametrize("name", NETWORKS)
def test_loss_and_gradients_are_those_of_the_loops(name):
    network = NETWORKS[name]
    theta, X, targets = problem_of(network)
    loss, gradients = network.loss_and_gradients(theta, X, targets)
    assert loss == pytest.approx(slow_loss(network, theta, X, targets), rel=1e-13)
    assert loss == network.loss(theta, X, targets)
    assert [*gradients] == [*theta] == [*network.parameter_shapes]
    checked = check_gradient(lambda p: slow_loss(network, p, X, targets), gradients, theta)
    assert checked.holds, checked
    assert network.parameter_count == sum(value.size for value in theta.values())


@pytest.mark.parametrize("name", NETWORKS)
def test_float32_stays_float32(name):
    network = NETWORKS[name]
    theta, X, targets = problem_of(network, np.float32)
    loss, gradients = network.loss_and_gradients(theta, X, targets)
    exact = {key: value.astype(float) for key, value in theta.items()}
    reference = network.loss_and_gradients(exact, X.astype(np.float32), targets)[1]
    assert loss.dtype == np.float32
    for key, gradient in gradients.items():
        assert gradient.dtype == np.float32
        np.testing.assert_allclose(gradient, reference[key], rtol=1e-4, atol=1e-6)


def test_dense_layers_alone_are_a_multilayer_perceptron():
    rng = np.random.default_rng(0)
    plain, network = MLP([4, 5, 3], "tanh"), CNN(4, [Dense(5), tanh, Dense(3)])
    theta = plain.initialise(rng)
    X, labels = rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    loss, gradients = network.loss_and_gradients(theta, X, labels)
    expected, slopes = plain.loss_and_gradients(theta, X, labels)
    assert loss == expected
    for key, slope in slopes.items():
        np.testing.assert_array_equal(gradients[key], slope)
    np.testing.assert_array_equal(network.predict(theta, X), plain.predict(theta, X))


def test_a_part_uses_the_same_parameters():
    theta, X, _ = problem_of(AUTO_ENCODER)
    encoder, decoder = AUTO_ENCODER[:4], AUTO_ENCODER[4:]
    code = encoder.outputs(theta, X)
    assert code.shape == (3, 4)
    assert [*decoder.parameter_shapes] == ["W3", "b3", "W4", "b4"]
    np.testing.assert_array_equal(decoder.outputs(theta, code), AUTO_ENCODER.outputs(theta, X))
    assert decoder[2:4].first == 4
    np.testing.assert_array_equal(AUTO_ENCODER[:].predict(theta, X), decoder.predict(theta, code))


def test_images_may_come_flat_and_without_an_axis_for_one_channel():
    theta, X, _ = problem_of(AUTO_ENCODER)
    loss = AUTO_ENCODER.loss(theta, X, X)
    assert AUTO_ENCODER.loss(theta, X[..., 0], X.reshape(3, -1)) == loss
    with pytest.raises(ValueError, match=r"^X must have shape \(n, 6, 6, 1\) with n at least 1"):
        AUTO_ENCODER.loss(theta, X.swapaxes(1, 3), X)
    with pytest.raises(ValueError, match=r"^targets must have shape \(n, 6, 6, 1\) with n at"):
        AUTO_ENCODER.loss(theta, X, X[:, :5])
    with pytest.raises(ValueError, match=r"^X must have shape .* not \(0, 6, 6, 1\)"):
        AUTO_ENCODER.loss(theta, X[:0], X[:0])


@pytest.mark.parametrize(
    ("shape", "layers", "sentence"),
    [
        ((8, 8), ["relu"], "shape must be (height, width, channels) or (d,), not (8, 8)."),
        ((8, 8, 1), [], "layers must be a sequence of at least one layer, not []."),
        ((8, 8, 1), "relu", "layers must be a sequence of at least one layer, not 'relu'."),
        ((8, 8, 1), [3], "activation must be an Activation or one of"),
        ((8, 8, 1), [Dense(3), Pool(2)], "layers must fit: layer 2, Pool(2×2): shape must be"),
        ((2, 2, 1), [Conv(1, 3)], "layers must fit: layer 1, Conv(1, 3×3): kernel must fit"),
        ((2, 2, 1), [Reshape(5)], "layers must fit: layer 1, Reshape(5): shape must hold the 4"),
    ],
)
def test_plans_that_cannot_be(shape, layers, sentence):
    with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
        CNN(shape, layers)


def test_a_plan_says_what_is_wrong_with_its_parts_and_parameters():
    theta, X, labels = problem_of(CLASSIFIER)
    with pytest.raises(ValueError, match=r"^part must be a slice of neighbouring layers, not 2"):
        CLASSIFIER[2]
    with pytest.raises(ValueError, match=r"^parameters must hold 'b3', but its keys are"):
        CLASSIFIER.loss({key: theta[key] for key in theta if key != "b3"}, X, labels)
    with pytest.raises(ValueError, match=r"^parameters\['W1'\] must have shape \(4, 3, 3, 1\)"):
        CLASSIFIER.loss(theta | {"W1": theta["W1"][:2]}, X, labels)
    with pytest.raises(ValueError, match=r"^upstream must have the shape of the layer's result"):
        CLASSIFIER.backward(np.ones((2, 3)), CLASSIFIER.forward(theta, X)[1])
    with pytest.raises(ValueError, match=r'^kind must be "max" or "mean", not "min"|\'min\''):
        Pool(2, kind="min")


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (Conv(8, 3), (14, 14, 4)),
        (Conv(8, 3, stride=3, groups=2), (27, 27, 4)),
        (TransposedConv(4, 4, stride=2), (12, 12, 8)),
        (Dense(50), (3, 3, 8)),
    ],
)
def test_he_keeps_the_second_moment_where_half_of_the_signals_die(layer, shape):
    rng, moments = np.random.default_rng(1), []
    network = CNN(shape, ["relu", layer], head="linear")
    for _ in range(40):
        inner = network.outputs(network.initialise(rng), rng.normal(size=(2, *shape)))
        if inner.ndim == 4:  # the border of a transposed convolution has fewer terms
            inner = inner[:, 4:-4, 4:-4]
        moments.append(np.mean(inner**2))
    assert np.mean(moments) == pytest.approx(1, rel=0.1)


@pytest.mark.parametrize(
    "layer", [Conv(4, 3, stride=2, groups=2, padding=1), TransposedConv(4, 3, stride=2, groups=2)]
)
def test_terms_of_a_number_and_numbers_of_an_input(layer):
    """Counted with ones: how much arrives at a number, and how much leaves an input, on average."""
    shape = (40, 40, 2)
    network = CNN(shape, [layer], head="linear")
    ones = {key: np.ones(size) for key, size in network.parameter_shapes.items()} | {
        "b1": np.zeros(4)
    }
    y, cache = network.forward(ones, np.ones((1, *shape)))
    terms, parts = inputs_and_outputs(layer, shape)
    assert y.mean() == pytest.approx(terms, rel=0.1)
    dx = backward(layer, np.ones_like(y), *cache[0]).A
    assert dx.mean() == pytest.approx(parts, rel=0.1)


def test_it_learns_to_read_digits():
    digits, rng = load_digits(), np.random.default_rng(0)
    network = CNN((8, 8, 1), [Conv(6, 3), "relu", Pool(2), Dense(10)])
    theta, history = train(
        network,
        network.initialise(rng),
        digits.images[:1000],
        digits.labels[:1000],
        optimiser=Adam(0.01),
        epochs=6,
        batch=32,
        rng=rng,
        validation=(digits.images[1000:1300], digits.labels[1000:1300]),
        quiet=True,
    )
    assert history.validation_accuracy[-1] > 0.9
    right = network.predict(theta, digits.images[1000:1300]).argmax(1) == digits.labels[1000:1300]
    assert history.validation_accuracy[-1] == right.mean()
