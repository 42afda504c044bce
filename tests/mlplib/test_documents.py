"""One implementation, five conventions: the network of each document, its formulas written out.

Each document's formulas stand here literally, in its own letters, orientation, indices and
reduction, repaired where they are wrong (the claim is named). The translation to `mlplib` is the
last lines of each test. Every document's gradient is also compared with the complex step through
the document's own loss, so a formula cannot be right by agreeing with the same mistake.
"""

import numpy as np
import pytest

from mlplib.functions.activations import relu, sigmoid, softplus, tanh
from mlplib.functions.labels import one_hot
from mlplib.functions.softmax import softmax
from mlplib.functions.softmax_jacobian import softmax_backward
from mlplib.losses.logistic import binary_cross_entropy, binary_cross_entropy_gradient
from mlplib.losses.squared import mse, mse_gradient
from mlplib.networks.descent import descend
from mlplib.networks.heads import Head
from mlplib.networks.mlp import MLP
from mlplib.networks.parameters import initialise
from mlplib.networks.training import train
from mlplib.proof.gradient_check import check_gradient

CLOSE = {"rtol": 1e-12, "atol": 1e-15}


def random_parameters(sizes, seed=0):
    rng = np.random.default_rng(seed)
    parameters = initialise(sizes, rng)
    return {key: value + 0.1 * rng.normal(size=value.shape) for key, value in parameters.items()}


def assert_same(gradients, expected, factor=1.0):
    assert gradients.keys() == expected.keys()
    for key, value in gradients.items():
        np.testing.assert_allclose(value, factor * expected[key], err_msg=key, **CLOSE)


# Document 000: columns, mean over m examples, layers 1 … L, softmax fed by the last ReLU (S0-09),
# and a loss that sums binary cross-entropies over the classes (S0-04).


def loss_000(theta, X, Y):
    a = X
    for k in (1, 2, 3):
        z = theta[f"W{k}"] @ a + theta[f"b{k}"][:, None]
        a = z * (z.real > 0)
    y_hat = np.exp(a) / np.exp(a).sum(axis=0)
    return -(Y * np.log(y_hat) + (1 - Y) * np.log(1 - y_hat)).sum() / X.shape[1]


def gradients_000(theta, X, Y, *, as_printed=False):
    m = X.shape[1]
    a, z = {0: X}, {}
    for k in (1, 2, 3):
        z[k] = theta[f"W{k}"] @ a[k - 1] + theta[f"b{k}"][:, None]  # S0-07, S0-08
        a[k] = relu(z[k])
    y_hat = softmax(a[3], axis=0)
    dy_hat = (1 / m) * np.subtract(np.divide(1 - Y, 1 - y_hat), np.divide(Y, y_hat))  # S0-12
    if as_printed:
        da = (1 / m) * ((1 - Y) * y_hat - Y * (1 - y_hat))  # S0-13, S0-23
    else:
        # S0-22 keeps only the diagonal of the Jacobian of softmax. With all of it, S0-21 reads
        # Σ_k (∂L/∂ŷ_k) ŷ_k (δ_ki − ŷ_i), and S0-23 is this instead:
        da = y_hat * (dy_hat - (y_hat * dy_hat).sum(axis=0))
    gradients = {}
    for k in (3, 2, 1):
        dz = np.multiply(da, z[k] > 0)  # S0-14
        gradients[f"W{k}"] = np.dot(dz, a[k - 1].T)  # S0-16
        gradients[f"b{k}"] = np.sum(dz, axis=1)  # S0-17
        da = np.dot(theta[f"W{k}"].T, dz)  # S0-15
    return {key: gradients[key] for key in theta}


def softmax_with_binary_losses(outputs, targets):
    """Return S0-04 and its true gradient, from mlplib's own parts."""
    p = softmax(outputs)
    upstream = binary_cross_entropy_gradient(p, targets, reduction="batchmean")
    return (
        binary_cross_entropy(p, targets, reduction="batchmean"),
        softmax_backward(upstream, p),
    )


@pytest.fixture
def problem_000():
    sizes, m = (5, 7, 6, 4), 9
    rng = np.random.default_rng(1)
    X, labels = rng.normal(size=(5, m)), rng.integers(0, 4, m)
    return sizes, random_parameters(sizes), X, one_hot(labels, 4).T


def test_document_000(problem_000):
    sizes, theta, X, Y = problem_000
    literal = gradients_000(theta, X, Y)
    check = check_gradient(lambda p: loss_000(p, X, Y), literal, theta)
    assert check, check

    # Columns become rows; activations on all layers, the last included; a head of one's own.
    head = Head("softmax, binary losses", softmax_with_binary_losses, softmax)
    network = MLP(sizes, ["relu", "relu", "relu"], head)
    loss, gradients = network.loss_and_gradients(theta, X.T, Y.T)
    np.testing.assert_allclose(loss, loss_000(theta, X, Y), **CLOSE)
    assert_same(gradients, literal)


def test_document_000_as_printed_is_not_the_gradient(problem_000):
    _, theta, X, Y = problem_000
    printed = gradients_000(theta, X, Y, as_printed=True)
    assert not check_gradient(lambda p: loss_000(p, X, Y), printed, theta)


def test_document_000_with_two_classes_is_the_case_where_both_losses_are_one_up_to_a_factor():
    sizes, theta = (3, 4, 2), random_parameters((3, 4, 2), seed=3)
    rng = np.random.default_rng(2)
    X, labels = rng.normal(size=(6, 3)), rng.integers(0, 2, 6)
    binary = MLP(sizes, "relu", Head("binary losses", softmax_with_binary_losses, softmax))
    ours = MLP(sizes, "relu", "softmax")
    loss, gradients = binary.loss_and_gradients(theta, X, one_hot(labels, 2))
    expected_loss, expected = ours.loss_and_gradients(theta, X, labels)
    np.testing.assert_allclose(loss, 2 * expected_loss, **CLOSE)
    assert_same(gradients, expected, factor=2)


# Document 001: rows, sum over the batch, no bias, W of shape (d', d); in its sections on
# activations a is the input and z the output (S1-21).


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("loss", ["cross-entropy", "squared error", "binary cross-entropy"])
def test_document_001(activation, loss):
    rng = np.random.default_rng(3)
    N, d, hidden, K = 8, 3, 5, 4
    z0 = rng.normal(size=(N, d))
    W1, W2 = rng.normal(size=(hidden, d)), rng.normal(size=(K, hidden))
    y = rng.integers(0, K, N)
    y_hot, y_real, y_unit = one_hot(y, K), rng.normal(size=(N, K)), rng.random((N, K))

    a1 = z0 @ W1.T  # S1-07: z_j = Σ_i z_i w_ij with W[j, i] = w_ij (S1-08)
    if activation == "tanh":
        z1, slope = tanh(a1), 1 - tanh(a1) ** 2  # S1-23
    else:
        # S1-27 loses the sign of (1 + e^−a)′ = −e^−a in the middle; both ends are right.
        z1, slope = sigmoid(a1), np.exp(-a1) / (1 + np.exp(-a1)) ** 2
    y_hat = z1 @ W2.T
    if loss == "cross-entropy":
        # S1-31 and S1-32 leave the logarithm out; S1-35 lacks the bracket around both terms.
        total = (-y_hat[np.arange(N), y] + np.log(np.exp(y_hat).sum(axis=1))).sum()
        delta = -y_hot + np.exp(y_hat) / np.exp(y_hat).sum(axis=1, keepdims=True)  # S1-41
    elif loss == "squared error":
        total = ((y_hat - y_real) ** 2).sum()  # S1-02
        delta = -2 * (y_real - y_hat)  # S1-04
    else:
        p = 1 / (1 + np.exp(-y_hat))
        total = -(y_unit * np.log(p) + (1 - y_unit) * np.log(1 - p)).sum()  # S1-43
        d_p = -(y_unit / p + (y_unit - 1) / (1 - p))  # S1-44
        delta = d_p * p * (1 - p)
    dW2 = delta.T @ z1  # S1-13
    # S1-18 writes δ(Wʰ)ᵀ and S1-19 δWʰ: with W of shape (d', d) as in S1-08 only S1-19 has the
    # right shape, and not "because z = ⟨x, w⟩".
    d_z1 = delta @ W2
    dW1 = (d_z1 * slope).T @ z0  # S1-24

    # The sum becomes a mean: divide by N examples (cross-entropy) or by N·K entries. No bias: 0.
    head, targets, count = {
        "cross-entropy": ("softmax", y, N),
        "squared error": ("linear", y_real, N * K),
        "binary cross-entropy": ("sigmoid", y_unit, N * K),
    }[loss]
    network = MLP([d, hidden, K], activation, head)
    theta = {"W1": W1, "b1": np.zeros(hidden), "W2": W2, "b2": np.zeros(K)}
    value, gradients = network.loss_and_gradients(theta, z0, targets)
    np.testing.assert_allclose(count * value, total, **CLOSE)
    np.testing.assert_allclose(count * gradients["W1"], dW1, rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(count * gradients["W2"], dW2, rtol=1e-11, atol=1e-14)


# Document 002: one column at a time, weights counted from 0, linear output, any cost L(y).


def backpropagation_002(w, b, x, y, g, g_prime, nabla_L):
    p = len(w)
    a, z = {0: x}, {1: w[0] @ x + b[0]}  # S2-26
    for k in range(1, p):
        a[k] = g(z[k])
        z[k + 1] = w[k] @ a[k] + b[k]
    dL = {p: nabla_L(y, z[p])}  # S2-34
    for k in range(p - 1, 0, -1):
        # S2-40 writes g′(u) with u the direction; the point is z, as in S2-41.
        dL[k] = np.diag(g_prime(z[k])) @ w[k].T @ dL[k + 1]  # S2-41
    dB = {k: dL[k + 1] for k in range(p)}  # S2-44; of size s_{k+1}, S2-30 says s_k
    dW = {k: np.outer(dL[k + 1], g(z[k])) for k in range(1, p)}  # S2-47
    dW[0] = np.outer(dL[1], x)  # S2-48, where the printed k is 0
    return dW, dB


def squared_distance_gradient(y, y_pred):
    return 2 * (y_pred - y) / len(y)


def slope_of_softplus(u):
    return 1 / (1 + np.exp(-u))


def test_document_002():
    sizes = (4, 6, 5, 3)
    theta = random_parameters(sizes, seed=4)
    w, b = [theta[f"W{k}"] for k in (1, 2, 3)], [theta[f"b{k}"] for k in (1, 2, 3)]
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=4), rng.normal(size=3)
    dW, dB = backpropagation_002(w, b, x, y, softplus, slope_of_softplus, squared_distance_gradient)

    # w⁽ᵏ⁾ is W⁽ᵏ⁺¹⁾; a batch of one row; L(y)(ŷ) = ‖ŷ − y‖²/s_p, which the document leaves open.
    network = MLP(sizes, "softplus", "linear")
    _, gradients = network.loss_and_gradients(theta, x[None], y[None])
    assert_same(
        gradients,
        {f"{name}{k + 1}": d[k] for k in range(3) for name, d in (("W", dW), ("b", dB))},
    )


def test_document_002_descends_after_every_example():
    sizes, alpha = (2, 3, 1), 0.05
    theta = random_parameters(sizes, seed=6)
    w, b = [theta["W1"], theta["W2"]], [theta["b1"], theta["b2"]]
    rng = np.random.default_rng(7)
    X, Y = rng.normal(size=(10, 2)), rng.normal(size=(10, 1))
    for x, y in zip(X, Y, strict=True):  # S2-28, S2-31
        dW, dB = backpropagation_002(
            w, b, x, y, softplus, slope_of_softplus, squared_distance_gradient
        )
        w = [w[k] - alpha * dW[k] for k in range(2)]
        b = [b[k] - alpha * dB[k] for k in range(2)]

    trained, _ = train(MLP(sizes, "softplus", "linear"), theta, X, Y, rate=alpha, epochs=1, batch=1)
    assert_same(trained, {"W1": w[0], "b1": b[0], "W2": w[1], "b2": b[1]})


# Document 003: three layers counted from 1, columns, the sum of cross-entropies.


def test_document_003():
    sizes = (4, 6, 5, 3)
    theta = random_parameters(sizes, seed=8)
    rng = np.random.default_rng(9)
    Y0, labels = rng.normal(size=(4, 7)), rng.integers(0, 3, 7)
    P = one_hot(labels, 3).T
    column = {key: value[:, None] for key, value in theta.items() if key.startswith("b")}

    Yt1 = theta["W1"] @ Y0 + column["b1"]  # S3-04, S3-14
    Y1 = np.maximum(Yt1, 0)
    Yt2 = theta["W2"] @ Y1 + column["b2"]
    Y2 = np.maximum(Yt2, 0)
    Yt3 = theta["W3"] @ Y2 + column["b3"]
    S = np.exp(Yt3) / np.sum(np.exp(Yt3), axis=0)  # S3-10, for each column
    loss = -np.sum(P * np.log(S))  # S3-11
    dYt3 = S - P  # S3-12
    dY2 = theta["W3"].T @ dYt3  # S3-15
    dYt2 = dY2 * (Yt2 >= 0)  # S3-13: the dot is an entrywise product, the value at 0 a choice
    dY1 = theta["W2"].T @ dYt2
    dYt1 = dY1 * (Yt1 >= 0)
    literal = {
        "W1": dYt1 @ Y0.T,  # S3-16
        "b1": dYt1.sum(axis=1),  # S3-17 holds for one column; a batch sums its columns
        "W2": dYt2 @ Y1.T,
        "b2": dYt2.sum(axis=1),
        "W3": dYt3 @ Y2.T,
        "b3": dYt3.sum(axis=1),
    }

    # Columns become rows, and the sum over the examples 7 times their mean.
    value, gradients = MLP(sizes, "relu").loss_and_gradients(theta, Y0.T, labels)
    np.testing.assert_allclose(7 * value, loss, **CLOSE)
    assert_same({key: 7 * slope for key, slope in gradients.items()}, literal)


def test_document_003_differs_at_the_kink_alone():
    one = {"W1": np.ones((1, 1)), "b1": np.zeros(1), "W2": np.eye(2, 1), "b2": np.zeros(2)}
    network = MLP([1, 1, 2], "relu")
    at_zero, above = (network.loss_and_gradients(one, [[x]], [0])[1] for x in (0.0, 1e-9))
    assert at_zero["b1"] == 0  # S0-14; with S3-13 it would be that just above 0
    assert above["b1"] == pytest.approx(-0.5)


# Document 004: one column at a time, classes 1 … m, a softplus layer of d_h units; the risk is the
# mean over n examples.


def gradients_004(W1, b1, W2, b2, x, y):
    m = len(b2)
    h_a = W1 @ x + b1  # S4-A2a.2
    h_s = np.log(1 + np.exp(h_a))
    o_a = W2 @ h_s + b2  # S4-A2b.2; in S4-A2b.3 the sum runs to d_h and not to m
    o_s = np.exp(o_a) / np.exp(o_a).sum()
    onehot = np.array([1.0 if k == y else 0.0 for k in range(1, m + 1)])
    d_oa = o_s - onehot  # S4-A2l.3; in S4-A2l.1 and .2 the denominator is the sum, without its log
    d_b2 = np.eye(m) @ d_oa  # S4-A2n.2 with the identity: S4-A2m.4 takes a matrix full of ones
    d_W2 = np.outer(d_oa, h_s)  # S4-A2n.4: row k of ∂o_k/∂W is h_sᵀ and the others are 0
    d_hs = W2.T @ d_oa  # S4-A2p.2 lacks the transpose
    d_ha = np.diag(1 / (1 + np.exp(-h_a))) @ d_hs  # S4-A2r.2 lacks it, too
    return {"W1": np.outer(d_ha, x), "b1": d_ha, "W2": d_W2, "b2": d_b2}


@pytest.fixture
def problem_004():
    n, d, d_h, m = 6, 3, 5, 4
    rng = np.random.default_rng(10)
    X, y = rng.normal(size=(n, d)), rng.integers(1, m + 1, n)
    return (d, d_h, m), random_parameters((d, d_h, m), seed=11), X, y


def test_document_004(problem_004):
    sizes, theta, X, y = problem_004
    examples = [gradients_004(*theta.values(), x, label) for x, label in zip(X, y, strict=True)]
    risk = {key: np.mean([one[key] for one in examples], axis=0) for key in theta}  # S4-Q2l

    # Classes from 1 become classes from 0; rows; the mean is the default.
    network = MLP(sizes, "softplus")
    _, gradients = network.loss_and_gradients(theta, X, y - 1)
    assert_same(gradients, risk)
    d, d_h, m = sizes
    assert network.parameter_count == d_h * d + d_h + m * d_h + m  # S4-A2i.2


def test_document_004_regularised_step(problem_004):
    sizes, theta, X, y = problem_004
    eta, lam = 0.1, 0.03
    network = MLP(sizes, "softplus")
    _, slopes = network.loss_and_gradients(theta, X, y - 1)
    literal = {key: theta[key] - eta * slopes[key] - 2 * eta * lam * theta[key] for key in theta}
    penalised, _ = train(network, theta, X, y - 1, rate=eta, epochs=1, l2=lam)  # S4-A2k
    decayed, _ = descend(theta, slopes, rate=eta, weight_decay=2 * lam)
    assert_same(penalised, literal)
    assert_same(decayed, literal)


def test_document_004_squared_error_on_a_softmax():
    """S4-A2e: (2/m)(σ − y)ᵀ(diag σ − σσᵀ); S4-A2e.5 drops 2/m, which is 1 for its m = 2."""
    rng = np.random.default_rng(12)
    o_a, y = rng.normal(size=3), one_hot(1, 3)
    s = softmax(o_a)
    literal = (2 / 3) * (s - y) @ (np.diag(s) - np.outer(s, s))
    np.testing.assert_allclose(softmax_backward(mse_gradient(s, y), s), literal, **CLOSE)
    np.testing.assert_allclose(mse(s, y), ((s - y) ** 2).sum() / 3, **CLOSE)
