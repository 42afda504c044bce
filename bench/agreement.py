"""Does mlplib compute what PyTorch computes? ``python -m bench.agreement`` asks both.

Each family draws its configurations at random, runs both, and reports the largest difference, in
units of the largest number of its array. What one library refuses, the other has to refuse as well.
PyTorch is no dependency: without it there is nothing to compare.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import mlplib
from bench.agreement_of_layers import (
    Rng,
    Trial,
    avg_pool,
    conv1d,
    conv2d,
    first,
    last,
    leaf,
    max_pool,
    transposed,
)
from bench.peers import find
from mlplib import CNN, Conv, Dense, Pool, TransposedConv

ALLOWED = 1e-12


def main() -> int:
    """Print a line for each family, and return how many of them disagree."""
    torch = find("torch")
    if torch is None:
        print("PyTorch is not installed, so there is nothing to compare with.")
        return 0
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    families = {
        "conv2d and its gradients": (400, conv2d),
        "conv1d and its gradients": (400, conv1d),
        "conv_transpose2d and its gradients": (400, transposed),
        "max_pool2d and its gradient": (400, max_pool),
        "avg_pool2d and its gradient": (400, avg_pool),
        "cross-entropy with weights": (100, weighted),
        "networks: loss and gradients": (50, network),
        "optimisers: ten steps": (50, steps),
    }
    return sum(not agrees(torch, name, *family) for name, family in families.items())


def agrees(torch: Any, name: str, count: int, family: Callable[[Any, Rng], Trial]) -> bool:
    """Run one family, print its line, and return whether all of it agrees."""
    rng, furthest, refused, wrong = np.random.default_rng(0), 0.0, 0, []
    for trial in range(count):
        ours, theirs = (outcome(run) for run in family(torch, rng))
        if ours is None or theirs is None:
            refused += 1
            if ours is not theirs:
                wrong.append(trial)
            continue
        apart = max(distance(a, b) for a, b in zip(ours, theirs, strict=True))
        furthest = max(furthest, apart)
        if not apart <= ALLOWED:
            wrong.append(trial)
    verdict = f"DISAGREE in trials {wrong[:9]}" if wrong else "agree"
    print(f"{name:36}{count:4} {verdict}; {furthest:.1e} apart, {refused} refused by both or one")
    return not wrong


def outcome(run: Callable[[], Any]) -> list[Any] | None:
    """Return the arrays, or None if the configuration was refused."""
    try:
        return [np.asarray(array) for array in run()]
    except (ValueError, RuntimeError):
        return None


def distance(ours: Any, theirs: Any) -> float:
    """Return how far two arrays are apart; infinite if their shapes differ."""
    if ours.shape != theirs.shape:
        return float("inf")
    largest = max(1e-300, float(np.abs(theirs).max(initial=0)))
    return float(np.abs(ours - theirs).max(initial=0)) / largest


def weighted(torch: Any, rng: Rng) -> Trial:
    """Return a cross-entropy with weights of classes and ignored labels, and its gradient."""
    n, K = int(rng.integers(1, 9)), int(rng.integers(2, 6))
    z, labels, weights = rng.normal(size=(n, K)), rng.integers(0, K, n), rng.uniform(0.1, 3, K)
    labels[1:][rng.random(n - 1) < 0.3] = -100
    reduction: Any = rng.choice(["mean", "sum"])

    def ours() -> Any:
        return mlplib.cross_entropy_and_gradient(
            z, labels, reduction=reduction, class_weights=weights, ignored=-100
        )

    def theirs() -> Any:
        logits = leaf(torch, z)
        loss = torch.nn.functional.cross_entropy(
            logits, torch.tensor(labels), torch.tensor(weights), reduction=reduction
        )
        loss.backward()
        return [loss.detach(), logits.grad]

    return ours, theirs


def plans(rng: Rng) -> Iterator[Any]:
    """Yield the layers of a random network for images of 9 × 9 with two channels."""
    activations = ("relu", "tanh", "softplus", "sigmoid")
    for _ in range(int(rng.integers(1, 4))):
        match rng.integers(4):
            case 0 | 1:
                yield Conv(int(rng.integers(1, 5)), int(rng.integers(1, 4)), padding=1)
            case 2:
                yield TransposedConv(int(rng.integers(1, 4)), 3, stride=2, output_padding=1)
            case 3:
                yield Pool(2, ceil_mode=True, kind=("max", "mean")[int(rng.integers(2))])
        yield str(rng.choice(activations))
    yield Dense(int(rng.integers(2, 9)))
    yield str(rng.choice(activations))
    yield Dense(4)


def network(torch: Any, rng: Rng) -> Trial:
    """Return the loss and all gradients of a random network."""
    net = CNN((9, 9, 2), [*plans(rng)])
    theta = net.initialise(rng, "glorot")
    X, labels = rng.normal(size=(3, 9, 9, 2)), rng.integers(0, 4, 3)

    def ours() -> Any:
        loss, gradients = net.loss_and_gradients(theta, X, labels)
        return [loss, *gradients.values()]

    def theirs() -> Any:
        leaves = {key: leaf(torch, value) for key, value in theta.items()}
        A, number = torch.tensor(X), 0
        for layer in net.layers:
            number += isinstance(layer, Conv | TransposedConv | Dense)
            A = through(torch, layer, A, leaves.get(f"W{number}"), leaves.get(f"b{number}"))
        loss = torch.nn.functional.cross_entropy(A, torch.tensor(labels))
        loss.backward()
        return [loss.detach(), *(tensor.grad for tensor in leaves.values())]

    return ours, theirs


def through(torch: Any, layer: Any, A: Any, W: Any, b: Any) -> Any:
    """Return what PyTorch's layer makes of images with channels last."""
    F = torch.nn.functional
    match layer:
        case Dense():
            return A.reshape(len(A), -1) @ W.T + b
        case Conv():
            return last(F.conv2d(first(A), first(W), b, padding=layer.padding))
        case TransposedConv():
            numbers = {"stride": layer.stride, "output_padding": layer.output_padding}
            return last(F.conv_transpose2d(first(A), first(W), b, **numbers))
        case Pool(kind="max"):
            return last(F.max_pool2d(first(A), 2, ceil_mode=True))
        case Pool():
            return last(F.avg_pool2d(first(A), 2, ceil_mode=True, count_include_pad=False))
    return F.softplus(A) if layer.name == "softplus" else getattr(torch, layer.name)(A)


def steps(torch: Any, rng: Rng) -> Trial:
    """Return where ten steps of an optimiser lead, on the same gradients."""
    rate, decay = float(rng.uniform(0.001, 0.5)), float(rng.choice([0, 0.1]))
    mu, betas = (
        float(rng.uniform(0, 0.99)),
        (float(rng.uniform(0, 0.99)), float(rng.uniform(0.5, 0.999))),
    )
    start, gradients = rng.normal(size=(3, 2)), rng.normal(size=(10, 3, 2))
    kind = int(rng.integers(4))
    sgd, adam = torch.optim.SGD, torch.optim.AdamW
    mine: Any = (
        mlplib.GradientDescent(rate),
        mlplib.Momentum(rate, mu),
        mlplib.Nesterov(rate, mu),
        mlplib.Adam(rate, *betas, weight_decay=decay),
    )[kind]

    def ours() -> Any:
        theta, state = {"w": start}, None
        for g in gradients:
            theta, state = mine.step(theta, {"w": g}, state)
        return [theta["w"]]

    def theirs() -> Any:
        w = leaf(torch, start)
        peer = (
            lambda: sgd([w], rate),
            lambda: sgd([w], rate, momentum=mu),
            lambda: sgd([w], rate, momentum=mu, nesterov=mu > 0),
            lambda: adam([w], rate, betas, weight_decay=decay),
        )[kind]()
        for g in gradients:
            w.grad = torch.tensor(g)
            peer.step()
        return [w.detach()]

    return ours, theirs


if __name__ == "__main__":
    sys.exit(main())
