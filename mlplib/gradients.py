"""Is this gradient right? Every entry is compared with a derivative that knows nothing of it.

The independent route is `mlplib.differentiate`: the complex step wherever the function is written
analytically, scaled central differences elsewhere. For a network the reference is
`mlplib.textbook`, so that the check also holds one way of writing the mathematics against another.

Kinks do not disturb the complex step: the branch of ReLU is chosen by the real part, which
the step leaves where it is. Central differences straddle a kink; if that is why an entry disagrees,
the check says so instead of blaming the gradient.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, finite_array
from mlplib.differentiate import CENTRAL_STEP, Method, gradient
from mlplib.network import MLP
from mlplib.parameters import Parameters
from mlplib.textbook import Loss, has_textbook_loss, textbook_loss

__all__ = ["GradientCheck", "check_gradient", "check_network"]

TOLERANCES: dict[Method, tuple[float, float]] = {"complex": (1e-12, 4e-15), "central": (1e-7, 1e-9)}
"""For each method the relative error allowed, and the floor in units of the largest gradient.

Complex step: both sides are right to rounding; 1e-12 leaves room for sums of some thousand terms,
and an entry that cancels to less than 4e-15 of the largest has no digits to compare. Central
differences err by about 1e-10 in each direction of the trade (h²f‴ and eps·f/h), so an entry is
only known to 1e-9 of the largest gradient or of the loss."""


@dataclass(frozen=True)
class GradientCheck:
    """What came out; true in a condition if the gradient is right, as in ``assert check``."""

    holds: bool
    entries: int
    """How many partial derivatives were compared: all of them."""
    method: Method
    worst: str
    """The entry that is furthest off, such as ``W1[2, 0]``."""
    claimed: float
    """The gradient's value there."""
    measured: float
    """The other route's."""
    allowed: float
    """How far apart the two may be there."""

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        """Say it in one line."""
        verdict = "right" if self.holds else "WRONG"
        return (
            f"Gradient {verdict}: {self.entries} entries by {self.method} step; furthest off is "
            f"{self.worst}, {self.claimed:.16g} against {self.measured:.16g} "
            f"({abs(self.claimed - self.measured):.1e} apart, {self.allowed:.1e} allowed)."
        )


def check_gradient(
    f: Loss,
    gradients: Mapping[str, ArrayLike],
    parameters: Mapping[str, ArrayLike],
    *,
    method: Method = "complex",
) -> GradientCheck:
    """Compare the gradients of any function of named parameters, entry by entry.

    Parameters
    ----------
    f : callable
        Dictionary of arrays to one number. For "complex" it must accept complex arrays and be
        analytic where it is evaluated: ``exp``, ``log``, ``@`` and a branch on the real part are,
        ``abs`` and ``real`` are not.
    gradients : mapping of str to array_like
        What is claimed: the same keys and shapes as the parameters.
    parameters : mapping of str to array_like of finite numbers
        Where to compare, in float64 whatever they are.
    method : {"complex", "central"}
        The tolerances of both are in `TOLERANCES`.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError
        If there is nothing to compare, keys or shapes differ, something is not finite, or (for
        "central") an entry disagrees because `f` has a kink there.

    Examples
    --------
    >>> theta = {"w": np.array([1.0, 2.0])}
    >>> check_gradient(lambda p: (p["w"] ** 3).sum(), {"w": [3.0, 12.0]}, theta).holds
    True
    >>> check_gradient(lambda p: (p["w"] ** 3).sum(), {"w": [3.0, 12.00000001]}, theta)
    Gradient WRONG: 2 entries by complex step; furthest off is w[1], 12.00000001 against 12 \
(1.0e-08 apart, 1.2e-11 allowed).
    """
    theta = {
        key: finite_array(f"parameters[{key!r}]", value).astype(np.float64)
        for key, value in parameters.items()
    }
    claimed = matching(gradients, theta)

    def seen_by(key: str) -> Callable[[Any], Any]:
        return lambda value: f({**theta, key: value})

    measured = {key: gradient(seen_by(key), value, method=method) for key, value in theta.items()}
    scale = max(float(np.abs(slopes).max(initial=0)) for slopes in measured.values())
    if method == "central":
        scale = max(scale, abs(float(f(theta))))
    relative, floor = TOLERANCES[method]

    worst: tuple[float, GradientCheck] | None = None
    for key, slopes in measured.items():
        allowed = relative * np.abs(slopes) + floor * scale
        # Where both are 0, nothing is allowed and nothing is off.
        off = np.abs(claimed[key] - slopes) / np.maximum(allowed, np.finfo(np.float64).tiny)
        place = np.unravel_index(int(off.argmax()), off.shape) if off.size else None
        if place is None or (worst is not None and off[place] <= worst[0]):
            continue
        check = GradientCheck(
            holds=bool(off[place] <= 1),
            entries=sum(value.size for value in theta.values()),
            method=method,
            worst=f"{key}[{', '.join(map(str, place))}]" if place else key,
            claimed=float(claimed[key][place]),
            measured=float(slopes[place]),
            allowed=float(allowed[place]),
        )
        if method == "central" and not check:
            refuse_kink(seen_by(key), theta[key], place, check.worst)
        worst = float(off[place]), check
    if worst is None:
        raise ValueError("parameters must hold at least one number to compare.")
    return worst[1]


def check_network(
    network: MLP,
    parameters: Parameters,
    X: ArrayLike,
    targets: ArrayLike,
    gradients: Mapping[str, ArrayLike] | None = None,
) -> GradientCheck:
    """Compare all gradients of a network with the complex step through the textbook's formulas.

    A network with an activation or head of your own has no textbook formula; it is then compared
    with central differences of its own loss.

    Parameters
    ----------
    network : MLP
    parameters : Parameters
    X : array_like, shape (n, s_0)
    targets : array_like
        As for ``network.loss``.
    gradients : mapping of str to array_like, optional
        What is claimed, unless it is what the network itself computes (in float64).

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError
        As `check_gradient`, or as ``network.loss_and_gradients``.

    Examples
    --------
    >>> network = MLP([2, 3, 2], "softplus")
    >>> parameters = network.initialise(np.random.default_rng(0))
    >>> check_network(network, parameters, [[0.5, -1.0]], [1]).holds
    True
    """
    exact: Parameters = {key: np.asarray(value, np.float64) for key, value in parameters.items()}
    if gradients is None:
        gradients = network.loss_and_gradients(exact, X, targets)[1]
    if has_textbook_loss(network):
        return check_gradient(textbook_loss(network, X, targets), gradients, exact)
    return check_gradient(
        lambda theta: network.loss(theta, X, targets), gradients, exact, method="central"
    )


# What the check asks of its arguments


def matching(
    gradients: Mapping[str, ArrayLike], theta: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """Return the gradients as arrays with the keys and shapes of the parameters."""
    if gradients.keys() != theta.keys():
        raise ValueError(
            f"gradients must have the keys of the parameters, {[*theta]}, not {[*gradients]}."
        )
    arrays = {key: finite_array(f"gradients[{key!r}]", gradients[key]) for key in theta}
    for key, value in arrays.items():
        if value.shape != theta[key].shape:
            raise ValueError(
                f"gradients[{key!r}] must have the shape of the parameter, {theta[key].shape}, "
                f"not {value.shape}."
            )
    return arrays


def refuse_kink(f: Callable[[Any], Any], x: FloatArray, place: Any, name: str) -> None:
    """Raise if the slopes of f to the left and to the right of this entry differ."""
    h = CENTRAL_STEP * max(1.0, abs(float(x[place])))
    ahead, behind = x.copy(), x.copy()
    ahead[place] += h
    behind[place] -= h
    here = float(f(x))
    right, left = (float(f(ahead)) - here) / h, (here - float(f(behind))) / h
    if abs(right - left) > 1e-3 * max(abs(right), abs(left)):
        raise ValueError(
            f"f has a kink within {h:.0e} of {name}: its slope is {left:.6g} to the left and "
            f"{right:.6g} to the right, so no gradient can be compared there; move the parameters."
        )
