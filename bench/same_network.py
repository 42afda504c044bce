"""Does another library take the same path? ``python -m bench.same_network`` trains side by side.

One hidden layer on the digits, full-batch descent from equal weights: softplus beside PyTorch, and
tanh beside scikit-learn, which has no softplus. Neither is a dependency: what is not installed is
named and left out. For both, install them in an environment of their own.
"""

import warnings
from typing import Any

import numpy as np

from bench.peers import find
from mlplib import MLP, load_digits, train

STEPS, RATE, SIZES = 200, 0.1, [64, 32, 10]
ALLOWED = 1e-12


def main() -> int:
    """Print how far apart the losses and weights are, and return how many peers disagree."""
    digits = load_digits()
    X, c = digits.rows[:1197], digits.labels[:1197]
    wrong = 0
    for name, activation, path in PEERS:
        library = find(name)
        if library is None:
            print(f"{name} is not installed, so there is nothing to compare with.")
            continue
        plan = MLP(SIZES, activation)
        start = plan.initialise(np.random.default_rng(0), "glorot")
        theta, history = train(plan, start, X, c, rate=RATE, epochs=STEPS, quiet=True)
        losses, weights = path(library, start, X, c)
        off = np.abs(losses - history.loss).max()
        apart = max(np.abs(weights[key] - theta[key]).max() for key in theta)
        print(
            f"{name}, {activation}: loss {history.loss[0]:.4f} to {history.loss[-1]:.4f} in "
            f"{STEPS} steps; losses differ by {off:.1e} at most, weights by {apart:.1e}."
        )
        wrong += max(off, apart) > ALLOWED
    return wrong


def torch_path(torch: Any, start: Any, X: Any, c: Any) -> tuple[Any, Any]:
    """Descend with PyTorch's layers, its loss and its autograd."""
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    inputs, labels = torch.tensor(X), torch.tensor(c)
    first, last = torch.nn.Linear(*SIZES[:2]), torch.nn.Linear(*SIZES[1:])
    for layer, number in ((first, 1), (last, 2)):
        layer.weight.data = torch.tensor(start[f"W{number}"])
        layer.bias.data = torch.tensor(start[f"b{number}"])
    model = torch.nn.Sequential(first, torch.nn.Softplus(threshold=1e9), last)
    descent = torch.optim.SGD(model.parameters(), lr=RATE)
    losses = []
    for _ in range(STEPS):
        descent.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        descent.step()
        losses.append(loss.item())
    return np.array(losses), {
        "W1": first.weight.detach().numpy(), "b1": first.bias.detach().numpy(),
        "W2": last.weight.detach().numpy(), "b2": last.bias.detach().numpy(),
    }  # fmt: skip


def sklearn_path(sklearn: Any, start: Any, X: Any, c: Any) -> tuple[Any, Any]:
    """Descend with scikit-learn's `MLPClassifier`, one call for each step."""
    model = sklearn.MLPClassifier(
        SIZES[1:2], activation="tanh", solver="sgd", alpha=0.0, batch_size=len(X), momentum=0.0,
        nesterovs_momentum=False, learning_rate_init=RATE, shuffle=False, max_iter=1,
        warm_start=True, random_state=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has not converged after one step, as it says
        model.fit(X, c)
        for layer in (0, 1):
            model.coefs_[layer][:] = start[f"W{layer + 1}"].T
            model.intercepts_[layer][:] = start[f"b{layer + 1}"]
        losses = []
        for _ in range(STEPS):
            model.partial_fit(X, c)
            losses.append(model.loss_)
    return np.array(losses), {
        "W1": model.coefs_[0].T, "b1": model.intercepts_[0],
        "W2": model.coefs_[1].T, "b2": model.intercepts_[1],
    }  # fmt: skip


PEERS = (("torch", "softplus", torch_path), ("scikit-learn", "tanh", sklearn_path))

if __name__ == "__main__":
    raise SystemExit(main())
