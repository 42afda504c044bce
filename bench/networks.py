"""A training step (loss, gradients, update) against peers and against its matrix products alone.

Every contender starts from the same weights, updates its own, and returns the first layer's, so
that its first step can be compared with a step in float64.
"""

import copy
import importlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

import mlplib
from bench.harness import Case, Run
from bench.peers import find
from mlplib.networks.steps import SILENT, Steps

RATE = 1e-3
STEPS = (((2, 16, 3), 32), ((784, 128, 10), 64), ((784, 512, 512, 10), 128))
PRODUCTS, FLAT = "its products", "NumPy, flat"
BUDGETS = {
    (2, 16, 3): {"relu": {FLAT: 1.5}, "softplus": {FLAT: 1.5}},
    (784, 128, 10): {"relu": {PRODUCTS: 1.4}, "softplus": {PRODUCTS: 1.6}},
    (784, 512, 512, 10): {"relu": {PRODUCTS: 1.2}, "softplus": {PRODUCTS: 1.2}},
}
"""By sizes and activation. To all of them comes: ahead of every peer."""
PEERS = {
    "relu": ("torch", "autograd", "scikit-learn partial_fit"),
    "softplus": ("torch", "autograd"),
}
Step = dict[str, Run]


def cases(dtype: str) -> Iterator[Case]:
    """Yield the training steps, and for float64 the gradient checks."""
    for sizes, n in STEPS:
        for activation in ("relu", "softplus"):
            yield training_step(sizes, n, activation, dtype)
    if dtype == "float64":
        yield gradient_check((2, 16, 3), 8)
        yield gradient_check((20, 32, 10), 8)


def training_step(sizes: tuple[int, ...], n: int, activation: str, dtype: str) -> Case:
    """Return one step of stochastic gradient descent with softmax and cross-entropy."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, sizes[0])).astype(dtype)
    labels = rng.integers(0, sizes[-1], n)
    start = mlplib.MLP(sizes, activation).initialise(rng, dtype=np.dtype(dtype).type)
    exact = {key: value.astype(np.float64) for key, value in start.items()}
    contenders: Step = {
        PRODUCTS: products(sizes, X, start),
        "mlplib": ours(sizes, activation, X, labels, start),
        "mlplib, checked": checked(sizes, activation, X, labels, start),
        FLAT: flat(sizes, activation, X, labels, start),
    }
    if find("torch"):
        contenders["torch"] = with_torch(sizes, activation, X, labels, start)
    if find("autograd"):
        contenders["autograd"] = with_autograd(sizes, activation, X, labels, start)
    if find("scikit-learn") and activation == "relu":
        contenders |= with_sklearn(sizes, X, labels, start)
    network = "-".join(map(str, sizes))
    return Case(
        f"step {network} batch {n} {activation} {dtype}",
        contenders,
        limit=PRODUCTS,
        reference=ours(sizes, activation, X.astype(np.float64), labels, exact)(),
        tolerance=1e-5 if dtype == "float32" else 1e-12,
        exempt=frozenset({PRODUCTS}),
        budgets=BUDGETS.get(sizes, {}).get(activation, {}) | dict.fromkeys(PEERS[activation], 1.0),
        around=lambda: np.errstate(**SILENT),  # as `train` says it, once for all steps of an epoch
        beside=("mlplib, checked", FLAT),
    )


def products(sizes: tuple[int, ...], X: Any, start: Any) -> Run:
    """Return the matrix products of a step: forward, weights, and back to the first layer."""
    rng, depth = np.random.default_rng(1), len(sizes) - 1
    A = [X, *(rng.normal(size=(len(X), s)).astype(X.dtype) for s in sizes[1:])]
    W = [start[f"W{layer}"] for layer in range(1, depth + 1)]

    def run() -> None:
        for layer in range(depth):
            A[layer] @ W[layer].T
        for layer in range(depth):
            A[layer + 1].T @ A[layer]
        for layer in range(1, depth):
            A[layer + 1] @ W[layer]

    return run


def ours(sizes: tuple[int, ...], activation: str, X: Any, labels: Any, start: Any) -> Run:
    """Return a step as `train` takes it: what it uses has been looked at before."""
    network = mlplib.MLP(sizes, activation)
    first = float(network.loss(start, X, labels))
    steps = Steps(network, mlplib.GradientDescent(RATE), start, 0.0, first, len(X))

    def run() -> Any:
        steps.take(X, labels)
        return steps.parameters["W1"]

    return run


def checked(sizes: tuple[int, ...], activation: str, X: Any, labels: Any, start: Any) -> Run:
    """Return a step of the public functions, each of which looks at its arguments."""
    network, parameters = mlplib.MLP(sizes, activation), start

    def run() -> Any:
        nonlocal parameters
        _, gradients = network.loss_and_gradients(parameters, X, labels)
        parameters, _ = mlplib.descend(parameters, gradients, rate=RATE)
        return parameters["W1"]

    return run


def flat(sizes: tuple[int, ...], activation: str, X: Any, labels: Any, start: Any) -> Run:
    """Return the same step as one writes it out in NumPy for this one case, with no checks."""
    depth, rows = len(sizes) - 1, np.arange(len(X))
    W = [start[f"W{layer}"].copy() for layer in range(1, depth + 1)]
    b = [start[f"b{layer}"].copy() for layer in range(1, depth + 1)]

    def run() -> Any:
        A, slopes = [X], []
        for layer in range(depth - 1):
            Z = A[-1] @ W[layer].T + b[layer]
            if activation == "relu":
                A.append(np.maximum(Z, 0))
                slopes.append(Z > 0)
            else:
                A.append(np.logaddexp(0, Z))
                slopes.append(1 / (1 + np.exp(-Z)))
        Z = A[-1] @ W[-1].T + b[-1]
        Z -= Z.max(axis=1, keepdims=True)
        E = np.exp(Z)
        total = E.sum(axis=1, keepdims=True)
        (np.log(total[:, 0]) - Z[rows, labels]).mean()
        delta = E / total
        delta[rows, labels] -= 1
        delta /= len(X)
        for layer in range(depth - 1, -1, -1):
            dW, db = delta.T @ A[layer], delta.sum(axis=0)
            if layer:
                delta = (delta @ W[layer]) * slopes[layer - 1]
            W[layer] -= RATE * dW
            b[layer] -= RATE * db
        return W[0]

    return run


def with_torch(sizes: tuple[int, ...], activation: str, X: Any, labels: Any, start: Any) -> Run:
    """Return a step of PyTorch in eager mode, on the processor."""
    torch = find("torch")
    assert torch is not None
    layers: list[Any] = []
    for layer, (d, s) in enumerate(pairwise(sizes), start=1):
        linear = torch.nn.Linear(d, s, dtype=getattr(torch, str(X.dtype)))
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(start[f"W{layer}"]))
            linear.bias.copy_(torch.from_numpy(start[f"b{layer}"]))
        g = torch.nn.ReLU() if activation == "relu" else torch.nn.Softplus()
        layers += [linear, g]
    model = torch.nn.Sequential(*layers[:-1])
    optimiser = torch.optim.SGD(model.parameters(), lr=RATE)
    loss = torch.nn.CrossEntropyLoss()
    inputs, targets = torch.from_numpy(X), torch.from_numpy(labels)

    def run() -> Any:
        optimiser.zero_grad()
        loss(model(inputs), targets).backward()
        optimiser.step()
        return layers[0].weight.detach().numpy()

    return run


def with_autograd(sizes: tuple[int, ...], activation: str, X: Any, labels: Any, start: Any) -> Run:
    """Return a step that HIPS autograd differentiates."""
    autograd = find("autograd")
    assert autograd is not None
    anp = importlib.import_module("autograd.numpy")
    depth, rows = len(sizes) - 1, np.arange(len(X))
    theta = [start[key].copy() for key in start]

    def loss(parameters: Any) -> Any:
        A = X
        for layer in range(depth):
            A = anp.dot(A, parameters[2 * layer].T) + parameters[2 * layer + 1]
            if layer < depth - 1:
                A = anp.maximum(A, 0) if activation == "relu" else anp.logaddexp(0, A)
        A = A - anp.max(A, axis=1, keepdims=True)
        return anp.mean(anp.log(anp.sum(anp.exp(A), axis=1)) - A[rows, labels])

    slopes = autograd.value_and_grad(loss)

    def run() -> Any:
        _, gradients = slopes(theta)
        for value, slope in zip(theta, gradients, strict=True):
            value -= RATE * slope
        return theta[0]

    return run


def with_sklearn(sizes: tuple[int, ...], X: Any, labels: Any, start: Any) -> Step:
    """Return a step of MLPClassifier: its public `partial_fit`, and its private heart."""
    module = find("scikit-learn")
    assert module is not None
    depth, classes = len(sizes) - 1, np.arange(sizes[-1])
    model = module.MLPClassifier(
        sizes[1:-1],
        solver="sgd",
        alpha=0.0,
        momentum=0.0,
        nesterovs_momentum=False,
        learning_rate_init=RATE,
        batch_size=len(X),
        shuffle=False,
    )
    model.partial_fit(X, labels, classes=classes)
    for layer in range(depth):
        model.coefs_[layer][...] = start[f"W{layer + 1}"].T
        model.intercepts_[layer][...] = start[f"b{layer + 1}"]
    private = copy.deepcopy(model)
    hot = np.eye(sizes[-1], dtype=X.dtype)[labels]
    A = [X, *(np.empty((len(X), s), X.dtype) for s in sizes[1:])]
    deltas = [np.empty_like(a) for a in A[1:]]
    dW = [np.empty_like(W) for W in private.coefs_]
    db = [np.empty_like(b) for b in private.intercepts_]

    def public_step() -> Any:
        model.partial_fit(X, labels)
        return model.coefs_[0].T

    def private_step() -> Any:
        _, slopes, bias_slopes = private._backprop(X, hot, None, A, deltas, dW, db)
        for value, slope in zip(private.coefs_, slopes, strict=True):
            value -= RATE * slope
        for value, slope in zip(private.intercepts_, bias_slopes, strict=True):
            value -= RATE * slope
        return private.coefs_[0].T

    return {"scikit-learn partial_fit": public_step, "scikit-learn _backprop": private_step}


def gradient_check(sizes: tuple[int, ...], n: int) -> Case:
    """Return a check of every entry, beside two losses for each parameter."""
    rng = np.random.default_rng(0)
    network = mlplib.MLP(sizes, "softplus")
    parameters = network.initialise(rng)
    X, labels = rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], n)
    _, gradients = network.loss_and_gradients(parameters, X, labels)
    textbook = mlplib.textbook_loss(network, X, labels)

    def repeated(loss: Run) -> Run:
        def run() -> None:
            for _ in range(2 * network.parameter_count):
                loss()

        return run

    contenders: Step = {
        "2P losses": repeated(lambda: network.loss(parameters, X, labels)),
        "2P textbook losses": repeated(lambda: textbook(parameters)),
        "mlplib": lambda: mlplib.check_network(network, parameters, X, labels, gradients),
    }
    count = network.parameter_count
    name = f"gradient check {'-'.join(map(str, sizes))}, P = {count}"
    return Case(name, contenders, limit="2P losses", budgets={"2P losses": 0.75})
