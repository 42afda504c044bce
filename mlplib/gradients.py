"""Is this gradient right? Every entry is compared with a derivative that knows nothing of it.

The independent route is `mlplib.differentiate`: the complex step wherever the function is written
analytically, scaled central differences elsewhere. For a network the reference is
`mlplib.textbook`, so that the check also holds one way of writing the mathematics against another.

Kinks do not disturb the check of a network: the textbook chooses the branch of ReLU by the real
part, which the complex step leaves where it is. Central differences straddle a kink; if that is why
an entry disagrees, the check says so instead of blaming the gradient.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, finite_array
from mlplib.differentiate import CENTRAL_STEP, COMPLEX_STEP, Method, gradient
from mlplib.network import MLP
from mlplib.parameters import Parameters
from mlplib.textbook import Loss, has_textbook_loss, textbook_loss

__all__ = ["GradientCheck", "check_gradient", "check_network"]

TOLERANCES: dict[Method, tuple[float, float, float]] = {
    "complex": (1e-12, 4e-15, float(np.finfo(np.float64).eps)),
    "central": (1e-7, 1e-9, 1e-9),
}
"""For each method the error allowed: relative to the entry, to the largest entry, and to |f|.

Complex step: both sides are right to rounding. 1e-12 leaves room for sums of some thousand terms;
an entry that cancels to less than 4e-15 of the largest, or to eps·|f|, has no digits to compare.
Central differences err by h²f‴/6 + eps·|f|/h, about 1e-10 of the larger of slopes and |f|."""


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
    check, (key, place) = verdict(claimed, measured, f(theta), method)
    if method == "central" and not check:
        refuse_kink(seen_by(key), theta[key], place, check.worst)
    return check


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
    if not has_textbook_loss(network):
        return check_gradient(
            lambda theta: network.loss(theta, X, targets), gradients, exact, method="central"
        )
    loss = textbook_loss(network, X, targets)
    measured = {key: complex_slopes(loss, exact, key) for key in exact}
    check, _ = verdict(matching(gradients, exact), measured, loss(exact), "complex")
    return check


def complex_slopes(loss: Loss, theta: Parameters, key: str) -> FloatArray:
    """Return the slopes of the loss along every entry of one parameter, by the complex step."""
    aside = theta[key].astype(np.complex128)
    slopes = np.empty(aside.shape)
    for place in np.ndindex(aside.shape):
        aside[place] += 1j * COMPLEX_STEP
        slopes[place] = loss({**theta, key: aside}).imag / COMPLEX_STEP
        aside[place] = theta[key][place]
    return slopes


def verdict(
    claimed: Mapping[str, FloatArray], measured: Mapping[str, FloatArray], f: Any, method: Method
) -> tuple[GradientCheck, tuple[str, Any]]:
    """Return the check and the key and index of the entry that is furthest off."""
    entries = sum(slopes.size for slopes in measured.values())
    if entries == 0:
        raise ValueError("parameters must hold at least one number to compare.")
    relative, to_largest, to_value = TOLERANCES[method]
    largest = max(float(np.abs(slopes).max(initial=0)) for slopes in measured.values())
    floor = to_largest * largest + to_value * abs(float(f))
    worst = -1.0
    for name, slopes in measured.items():
        if slopes.size == 0:
            continue
        allowed = relative * np.abs(slopes) + floor
        # Where both are 0, nothing is allowed and nothing is off.
        off = np.abs(claimed[name] - slopes) / np.maximum(allowed, np.finfo(np.float64).tiny)
        index = np.unravel_index(int(off.argmax()), off.shape)
        if off[index] > worst:
            worst, key, place = float(off[index]), name, index
    bound = relative * abs(measured[key][place]) + floor
    check = GradientCheck(
        holds=worst <= 1,
        entries=entries,
        method=method,
        worst=f"{key}[{', '.join(map(str, place))}]" if place else key,
        claimed=float(claimed[key][place]),
        measured=float(measured[key][place]),
        allowed=float(bound),
    )
    return check, (key, place)


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
