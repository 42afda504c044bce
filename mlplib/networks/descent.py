"""One step of gradient descent, θ ← θ − η ∇R(θ), and the L2 penalty in its two forms.

The penalty λ‖θ‖² is added to R once and undivided: its gradient is 2λθ (S4-A2k), whatever the
number of examples and the size of the batch. Put into the step it reads
θ ← (1 − 2ηλ)θ − η∇R: the weights *decay*. Without momentum, a penalty with λ and a decay of 2λ are
the same descent; with momentum they part, because only the gradient gathers speed.
"""

from __future__ import annotations

import numpy as np

from mlplib.arguments import within
from mlplib.networks.parameters import Parameters, real_entry


def descend(
    parameters: Parameters,
    gradients: Parameters,
    velocity: Parameters | None = None,
    *,
    rate: float,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
) -> tuple[Parameters, Parameters]:
    """Take one step: v ← μv + ∇R, then θ ← (1 − η·decay)θ − ηv (S2-29; S4-A2k).

    Parameters
    ----------
    parameters, gradients : Parameters
        The same keys and shapes. Neither is written to.
    velocity : Parameters, optional
        v from the step before, in the shapes of `parameters`; without it, v starts as the gradient.
    rate : float
        η > 0.
    momentum : float in [0, 1)
        μ: how much of the last direction is kept. With a steady gradient, steps grow to 1/(1 − μ)
        times their size.
    weight_decay : float
        2λ, if it stands for a penalty λ‖θ‖².

    Returns
    -------
    parameters : dict of str to ndarray
        New arrays in the dtype of the old ones.
    velocity : dict of str to ndarray
        As well; but without momentum it holds the arrays of `gradients`.

    Raises
    ------
    ValueError
        If keys or shapes differ from those of `parameters`, an array is not real, or a number is
        out of its range.

    Examples
    --------
    >>> theta, v = descend({"b1": np.array([1.0])}, {"b1": np.array([2.0])}, rate=0.25)
    >>> theta
    {'b1': array([0.5])}
    """
    check_step(rate, momentum, weight_decay)
    parameters = {key: real_entry("parameters", parameters, key) for key in parameters}
    gradients = alike("gradients", gradients, parameters)
    velocity = _gathered(momentum, velocity, gradients, parameters) if momentum else gradients
    moved: Parameters = {}
    for key, theta in parameters.items():
        kept = (1 - rate * weight_decay) * theta if weight_decay else theta
        step = np.multiply(rate, velocity[key], dtype=theta.dtype)
        moved[key] = np.subtract(kept, step, out=step)
    return moved, velocity


def _gathered(
    momentum: float, velocity: Parameters | None, gradients: Parameters, parameters: Parameters
) -> Parameters:
    """Return μv + ∇R in the dtype of the parameters, as arrays that nobody else writes to."""
    if velocity is None:
        return {key: gradients[key].astype(theta.dtype) for key, theta in parameters.items()}
    velocity = alike("velocity", velocity, parameters)
    return {
        key: np.add(momentum * velocity[key], gradients[key], dtype=theta.dtype)
        for key, theta in parameters.items()
    }


def l2_penalty(parameters: Parameters, l2: float) -> float:
    """Return λ‖θ‖², the sum over all weights and biases (S4-Q2k).

    Parameters
    ----------
    parameters : Parameters
    l2 : float
        λ ≥ 0.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If `l2` is no finite number ≥ 0.

    Examples
    --------
    >>> l2_penalty({"W1": np.array([[3.0]]), "b1": np.array([4.0])}, l2=0.1)
    2.5
    """
    check_weight("l2", l2)
    return float(l2) * float(sum(np.vdot(theta, theta) for theta in parameters.values()))


def l2_gradients(parameters: Parameters, l2: float) -> Parameters:
    """Return 2λθ, the gradient of `l2_penalty` (S4-A2k).

    Parameters
    ----------
    parameters : Parameters
    l2 : float
        λ ≥ 0.

    Returns
    -------
    dict of str to ndarray
        New arrays with the keys, shapes and dtypes of `parameters`.

    Raises
    ------
    ValueError
        If `l2` is no finite number ≥ 0.

    Examples
    --------
    >>> l2_gradients({"b1": np.array([4.0])}, l2=0.5)
    {'b1': array([4.])}
    """
    check_weight("l2", l2)
    return {key: np.multiply(2 * float(l2), theta) for key, theta in parameters.items()}


# What a step asks of its arguments


def check_step(rate: float, momentum: float, weight_decay: float) -> None:
    """Refuse numbers with which no step makes sense."""
    if not (within(rate, 0) and rate > 0):
        raise ValueError(f"rate must be a finite number > 0, not {rate!r}.")
    if not within(momentum, 0, 1):
        raise ValueError(f"momentum must lie in [0, 1), not {momentum!r}.")
    check_weight("weight_decay", weight_decay)


def check_weight(name: str, value: float) -> None:
    """Refuse what cannot weigh a penalty."""
    if not within(value, 0):
        raise ValueError(f"{name} must be a finite number ≥ 0, not {value!r}.")


def alike(name: str, given: Parameters, parameters: Parameters) -> Parameters:
    """Return a dictionary of arrays, once it has the keys and shapes of the parameters."""
    if given.keys() != parameters.keys():
        raise ValueError(
            f"{name} must have the keys of the parameters, {[*parameters]}, not {[*given]}."
        )
    arrays = {}
    for key, theta in parameters.items():
        arrays[key] = array = real_entry(name, given, key)
        if array.shape != theta.shape:
            raise ValueError(
                f"{name}[{key!r}] must have the shape of the parameter, {theta.shape}, "
                f"not {array.shape}."
            )
    return arrays
