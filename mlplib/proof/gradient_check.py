"""Is this gradient right? Every entry is compared with a derivative that knows nothing of it.

The independent route is `mlplib.proof.differentiate`: the complex step wherever the function is
written analytically, scaled central differences elsewhere. For a network the reference is
`mlplib.proof.textbook`, so that the check also holds one way of writing the mathematics against
another.

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
from mlplib.networks.mlp import MLP
from mlplib.networks.parameters import Parameters
from mlplib.proof.bends import room_for_bends
from mlplib.proof.differentiate import COMPLEX_STEP, Method, gradient
from mlplib.proof.gradient_verdict import GradientCheck, allowances, disputed, named, verdict
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
        Dictionary of arrays to one number. For "complex" it must accept complex arrays and be
        analytic where it is evaluated: ``exp``, ``log``, ``@`` and a branch on the real part are,
        ``abs`` and ``real`` are not.
    gradients : mapping of str to array_like
        What is claimed: the same keys and shapes as the parameters.
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
        number given, `f` at the parameters, or a slope. For "central", also if an entry disagrees
        and a kink or a sharp bend of `f` may be why.

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

    value = finite_array("f(parameters)", f(theta))

    def seen_by(key: str) -> Callable[[Any], Any]:
        return lambda value: f({**theta, key: value})

    measured = {key: gradient(seen_by(key), value, method=method) for key, value in theta.items()}
    for key, slopes in measured.items():
        finite_array(f"the slope of f along {key}", slopes)
    allowed = allowances(measured, float(value), method)
    if method == "central":
        for key, place in disputed(claimed, measured, allowed):
            allowed[key][place] += room_for_bends(
                seen_by(key), theta[key], place, float(claimed[key][place]), named(key, place)
            )
    return verdict(claimed, measured, allowed, method)


def check_network(
    network: MLP,
    parameters: Parameters,
    X: ArrayLike,
    targets: ArrayLike,
    gradients: Mapping[str, ArrayLike] | None = None,
) -> GradientCheck:
    """Compare all gradients of a network with the complex step through the textbook's formulas.

    A network with an activation or head of your own has no textbook formula; it is then compared
    with central differences of its own loss. The textbook's formulas overflow where a
    pre-activation or a difference of two logits passes 709; nothing can be compared there.

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
        As `check_gradient`, as ``network.loss_and_gradients``, or if the textbook overflows.

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
    else:
        network.loss(exact, X, targets)  # refuses what the textbook would take
    claimed = _matching(gradients, exact)
    if not has_textbook_loss(network):
        return check_gradient(
            lambda theta: network.loss(theta, X, targets), claimed, exact, method="central"
        )
    loss = textbook_loss(network, X, targets)
    with np.errstate(all="ignore"):
        value = float(loss(exact))
        measured = {key: _complex_slopes(loss, exact, key) for key in exact}
    if not (np.isfinite(value) and all(np.isfinite(s).all() for s in measured.values())):
        raise ValueError(
            "parameters and X must keep all pre-activations, and all differences of two logits, "
            "below 709: beyond, the textbook's formulas overflow, and nothing can be compared."
        )
    return verdict(claimed, measured, allowances(measured, value, "complex"), "complex")


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
