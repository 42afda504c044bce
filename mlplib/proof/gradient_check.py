"""Is this gradient right? Every entry is compared with a derivative that knows nothing of it.

The independent route is `mlplib.proof.differentiate`: the complex step wherever the function is
written analytically, scaled central differences elsewhere. For a network the reference is
`mlplib.proof.textbook`, so that the check also holds one way of writing the mathematics against
another.

What cancels does not disturb it either: where an entry disagrees, the check measures how far
rounding can move it (`mlplib.proof.rounding`), so that the zeros of an optimum pass. A gradient in
float32 is held to the rounding of float32.

Kinks do not disturb the check of a network: the textbook chooses the branch of ReLU by the real
part, which the complex step leaves where it is. Central differences straddle a kink; if that may be
why an entry disagrees, the check says so instead of blaming the gradient (`mlplib.proof.bends`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, finite_array
from mlplib.networks.autoencoder import AutoEncoder
from mlplib.networks.parameters import Parameters
from mlplib.networks.steps import Model
from mlplib.proof.bends import room_for_bends
from mlplib.proof.differentiate import COMPLEX_STEP, Method, gradient, require_one_value, slope
from mlplib.proof.gradient_verdict import GradientCheck, allowances, disputed, named, verdict
from mlplib.proof.rounding import SlopeAt, room_for_rounding, room_for_roundoff
from mlplib.proof.textbook import Loss, has_textbook_loss, textbook_loss


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
        Dictionary of arrays to one number, always the same for the same arrays; it may write into
        them. For "complex" it must accept complex arrays and be analytic where it is evaluated:
        ``exp``, ``log``, ``@`` and a branch on the real part are, ``abs`` and ``real`` are not, and
        most functions of this package take real numbers only; for these there is "central".
    gradients : mapping of str to array_like
        What is claimed: the same keys and shapes as the parameters. In float32 it is held to the
        rounding of float32.
    parameters : mapping of str to array_like of finite numbers
        Where to compare, in float64 whatever they are.
    method : {"complex", "central"}
        The tolerances of both are in `mlplib.proof.gradient_verdict.TOLERANCES`.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError
        If there is nothing to compare, keys or shapes differ, or something is not finite: a
        number given, `f` at the parameters, or a slope; if `f` gives two values at one point. For
        "complex", also if `f` takes no complex numbers or is not analytic. For "central", also if
        an entry disagrees and a kink or a sharp bend of `f` may be why.

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
    claimed = _matching(gradients, theta)

    def loss(p: Mapping[str, Any]) -> Any:
        return f({key: value.copy() for key, value in p.items()})

    def seen_by(key: str, p: Mapping[str, Any]) -> Callable[[Any], Any]:
        return lambda value: loss({**p, key: value})

    value = finite_array("f(parameters)", loss(theta))
    measured = {
        key: gradient(seen_by(key, theta), entry, method=method) for key, entry in theta.items()
    }
    for key, slopes in measured.items():
        finite_array(f"the slope of f along {key}", slopes)

    def slope_at(key: str, place: tuple[int, ...]) -> SlopeAt:
        def at(p: Mapping[str, Any], length: float) -> float:
            return float(slope(seen_by(key, p), p[key], place, method, length))

        return at

    allowed = allowances(claimed, measured, float(value), method)
    if disputed(claimed, measured, allowed):
        require_one_value(value, lambda: loss(theta), times=4)
    _allow_for_rounding(claimed, measured, allowed, theta, slope_at, method)
    if method == "central":
        for key, place in disputed(claimed, measured, allowed):
            allowed[key][place] += room_for_bends(
                seen_by(key, theta),
                theta[key],
                place,
                float(claimed[key][place]),
                named(key, place),
            )
    return verdict(claimed, measured, allowed, method)


def check_network(
    network: Model,
    parameters: Parameters,
    X: ArrayLike,
    targets: ArrayLike | None = None,
    gradients: Mapping[str, ArrayLike] | None = None,
) -> GradientCheck:
    """Compare all gradients of a network with the complex step through the textbook's formulas.

    A network with an activation or head of your own has no textbook formula, and neither has a
    model that is no `MLP` or `AutoEncoder`; it is then compared with central differences of its own
    loss. The textbook's formulas overflow where a pre-activation or a difference of two logits
    passes 709; nothing can be compared there.

    Parameters
    ----------
    network : MLP, AutoEncoder, or another model that `train` takes
    parameters : Parameters
    X : array_like, shape (n, s_0)
    targets : array_like
        As for ``network.loss``; an auto-encoder says back `X` unless they are given.
    gradients : mapping of str to array_like, optional
        What is claimed, unless it is what the network itself computes (in float64). In float32 it
        is held to the rounding of float32.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError
        As `check_gradient`, as ``network.loss_and_gradients``, or if the textbook overflows.

    Examples
    --------
    >>> from mlplib import MLP
    >>> network = MLP([2, 3, 2], "softplus")
    >>> parameters = network.initialise(np.random.default_rng(0))
    >>> check_network(network, parameters, [[0.5, -1.0]], [1]).holds
    True
    """
    exact: Parameters = {key: np.asarray(value, np.float64) for key, value in parameters.items()}
    if targets is None:
        if not isinstance(network, AutoEncoder):
            raise ValueError("targets must be given for all models but an auto-encoder.")
        targets = X
    if gradients is None:
        gradients = network.loss_and_gradients(exact, X, targets)[1]
    else:
        network.loss(exact, X, targets)  # refuses what the textbook would take
    claimed = _matching(gradients, exact)
    if not has_textbook_loss(network):
        return check_gradient(
            lambda theta: network.loss(theta, X, targets), claimed, exact, method="central"
        )
    loss = textbook_loss(network, X, targets)

    def slope_at(key: str, place: tuple[int, ...]) -> SlopeAt:
        def at(p: Parameters, length: float) -> float:
            aside = p[key].astype(np.complex128)
            aside[place] += 1j * length * COMPLEX_STEP
            return float(loss({**p, key: aside}).imag / (length * COMPLEX_STEP))

        return at

    with np.errstate(all="ignore"):
        value = float(loss(exact))
        measured = {key: _complex_slopes(loss, exact, key) for key in exact}
        if not (np.isfinite(value) and all(np.isfinite(s).all() for s in measured.values())):
            raise ValueError(
                "parameters and X must keep all pre-activations, and all differences of two "
                "logits, below 709: beyond, the textbook's formulas overflow, and nothing can be "
                "compared."
            )
        allowed = allowances(claimed, measured, value, "complex")
        _allow_for_rounding(claimed, measured, allowed, exact, slope_at, "complex")
    return verdict(claimed, measured, allowed, "complex")


def _allow_for_rounding(
    claimed: Mapping[str, FloatArray],
    measured: Mapping[str, FloatArray],
    allowed: dict[str, FloatArray],
    theta: Mapping[str, FloatArray],
    slope_at: Callable[[str, tuple[int, ...]], SlopeAt],
    method: Method,
) -> None:
    """Allow disputed entries what rounding may do to them, where that is enough."""
    room = room_for_rounding if method == "complex" else room_for_roundoff
    for key, place in disputed(claimed, measured, allowed):
        eps = float(np.finfo(claimed[key].dtype).eps)
        enough = allowed[key][place] + room(slope_at(key, place), theta, eps)
        if abs(claimed[key][place] - measured[key][place]) <= enough:
            allowed[key][place] = enough
        elif method == "complex":
            return  # this one is wrong, and that settles it


def _complex_slopes(loss: Loss, theta: Parameters, key: str) -> FloatArray:
    """Return the slopes of the loss along every entry of one parameter, by the complex step."""
    aside = theta[key].astype(np.complex128)
    slopes = np.empty(aside.shape)
    for place in np.ndindex(aside.shape):
        aside[place] += 1j * COMPLEX_STEP
        slopes[place] = loss({**theta, key: aside}).imag / COMPLEX_STEP
        aside[place] = theta[key][place]
    return slopes


# What the check asks of its arguments


def _matching(
    gradients: Mapping[str, ArrayLike], theta: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """Return the gradients as arrays with the keys and shapes of the parameters."""
    if gradients.keys() != theta.keys():
        raise ValueError(
            f"gradients must have the keys of the parameters, {[*theta]}, not {[*gradients]}."
        )
    if sum(value.size for value in theta.values()) == 0:
        raise ValueError("parameters must hold at least one number to compare.")
    arrays = {key: finite_array(f"gradients[{key!r}]", gradients[key]) for key in theta}
    for key, value in arrays.items():
        if value.shape != theta[key].shape:
            raise ValueError(
                f"gradients[{key!r}] must have the shape of the parameter, {theta[key].shape}, "
                f"not {value.shape}."
            )
    return arrays
