"""Functions on large arrays: activations, losses and softmax, against SciPy and PyTorch."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import mlplib
from bench.harness import Case, Run
from bench.peers import find

TOLERANCE = {"float32": 2e-6, "float64": 1e-9}
ENTRYWISE = {"SciPy": 1 / 4, "torch": 2.0}
"""What a function of each entry may take.

Sigmoid in float64 takes a third of SciPy's time and hardly can take less: in NumPy its exponential
and its division alone come to a quarter.
"""


def cases(dtype: str) -> Iterator[Case]:
    """Yield the elementwise cases on a million numbers, then softmax on two shapes."""
    rng = np.random.default_rng(0)
    x = (5 * rng.normal(size=1_000_000)).astype(dtype)
    t = rng.integers(0, 2, x.size).astype(dtype)
    yield from elementwise(x, t, dtype)
    for n, classes in ((100_000, 10), (1000, 1000)):
        z = rng.normal(size=(n, classes)).astype(dtype)
        yield from over_classes(z, rng.integers(0, classes, n), dtype)


def elementwise(x: Any, t: Any, dtype: str) -> Iterator[Case]:
    """Yield sigmoid, softplus, log_sigmoid, two slopes and binary cross-entropy."""
    exact, special, torch = x.astype(np.float64), find("SciPy"), find("torch")
    shares = 1 / (1 + np.exp(-exact))
    yield Case(
        f"sigmoid_prime 1e6 {dtype}",
        {
            "mlplib": bind(mlplib.sigmoid_prime, x),
            "NumPy": lambda: (s := plain_sigmoid(x)) * (1 - s),
        },
        None,
        shares * (1 - shares),
        TOLERANCE[dtype],
    )
    yield Case(
        f"tanh_prime 1e6 {dtype}",
        {"mlplib": bind(mlplib.tanh_prime, x), "NumPy": lambda: 1 - np.tanh(x) ** 2},
        None,
        1 - np.tanh(exact) ** 2,
        TOLERANCE[dtype],
    )
    for name, reference in {
        "sigmoid": 1 / (1 + np.exp(-exact)),
        "softplus": np.logaddexp(0, exact),
        "log_sigmoid": -np.logaddexp(0, -exact),
    }.items():
        contenders: dict[str, Run] = {"mlplib": bind(getattr(mlplib, name), x)}
        if special:
            theirs = {
                "sigmoid": special.expit,
                "softplus": lambda v: np.logaddexp(0, v),
                "log_sigmoid": special.log_expit,
            }[name]
            contenders["SciPy"] = bind(theirs, x)
        if torch:
            functional = torch.nn.functional
            theirs = {
                "sigmoid": torch.sigmoid,
                "softplus": functional.softplus,
                "log_sigmoid": functional.logsigmoid,
            }[name]
            contenders["torch"] = bind(theirs, torch.from_numpy(x))
        yield Case(
            f"{name} 1e6 {dtype}", contenders, None, reference, TOLERANCE[dtype], budgets=ENTRYWISE
        )

    loss = mlplib.binary_cross_entropy_with_logits
    contenders = {"mlplib": bind(loss, x, t)}
    if special:
        contenders["SciPy"] = lambda: (
            -(t * special.log_expit(x) + (1 - t) * special.log_expit(-x)).mean()
        )
    if torch:
        theirs = torch.nn.functional.binary_cross_entropy_with_logits
        contenders["torch"] = bind(theirs, torch.from_numpy(x), torch.from_numpy(t))
    reference = (np.logaddexp(0, exact) - t * exact).mean()
    yield Case(f"BCE with logits 1e6 {dtype}", contenders, None, reference, 1e-5, budgets=ENTRYWISE)


def over_classes(z: Any, labels: Any, dtype: str) -> Iterator[Case]:
    """Yield softmax, its logarithm, logsumexp and cross-entropy of one array of scores."""
    special, torch = find("SciPy"), find("torch")
    exact = z.astype(np.float64)
    logs = exact - np.log(np.exp(exact).sum(axis=1, keepdims=True))
    shape = f"{z.shape[0]}×{z.shape[1]} {dtype}"
    rows = np.arange(len(z))
    budgets = {"NumPy": 1.0} | ({"SciPy": 1 / 3} if z.shape[1] == 10 else {})
    references = {"softmax": np.exp(logs), "log_softmax": logs}
    for name, reference in references.items():
        contenders: dict[str, Run] = {
            "mlplib": bind(getattr(mlplib, name), z),
            "NumPy": bind(plain_softmax if name == "softmax" else plain_log_softmax, z),
        }
        if special:
            contenders["SciPy"] = bind(getattr(special, name), z, axis=1)
        if torch:
            contenders["torch"] = bind(getattr(torch, name), torch.from_numpy(z), dim=1)
        yield Case(f"{name} {shape}", contenders, None, reference, 1e-5, budgets=budgets)
    contenders = {"mlplib": bind(mlplib.logsumexp, z)}
    if special:
        contenders["SciPy"] = bind(special.logsumexp, z, axis=1)
    if torch:
        contenders["torch"] = bind(torch.logsumexp, torch.from_numpy(z), dim=1)
    yield Case(f"logsumexp {shape}", contenders, None, np.log(np.exp(exact).sum(axis=1)), 1e-5)
    contenders = {
        "mlplib": bind(mlplib.cross_entropy, z, labels),
        "NumPy": lambda: -plain_log_softmax(z)[rows, labels].mean(),
    }
    if special:
        contenders["SciPy"] = lambda: -special.log_softmax(z, axis=1)[rows, labels].mean()
    if torch:
        theirs = torch.nn.functional.cross_entropy
        contenders["torch"] = bind(theirs, torch.from_numpy(z), torch.from_numpy(labels))
    reference = -logs[rows, labels].mean()
    yield Case(f"cross-entropy {shape}", contenders, None, reference, 1e-5, budgets=budgets)


def plain_sigmoid(x: Any) -> Any:
    """Return 1 / (1 + exp(−x)), as one writes it."""
    return 1 / (1 + np.exp(-x))


def plain_softmax(z: Any) -> Any:
    """Return softmax over the rows, as one writes it with care."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def plain_log_softmax(z: Any) -> Any:
    """Return the logarithm of softmax over the rows, as one writes it with care."""
    c = z - z.max(axis=1, keepdims=True)
    return c - np.log(np.exp(c).sum(axis=1, keepdims=True))


def bind(function: Any, *arguments: Any, **named: Any) -> Run:
    """Return the call as a function without arguments."""
    return lambda: function(*arguments, **named)
