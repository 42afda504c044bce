"""One step of gradient descent, θ ← θ − η ∇R(θ), and the L2 penalty in its two forms.

The penalty λ‖θ‖² is added to R once and undivided: its gradient is 2λθ (S4-A2k), whatever the
number of examples and the size of the batch. Put into the step it reads
θ ← (1 − 2ηλ)θ − η∇R: the weights *decay*. Without momentum, a penalty with λ and a decay of 2λ are
the same descent; with momentum they part, because only the gradient gathers speed.
"""

from __future__ import annotations

import numpy as np

from mlplib.arguments import FloatArray, within
from mlplib.networks.parameters import Parameters, real_entry
from mlplib.pieces import pieces


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
    return moved(parameters, velocity, rate, weight_decay), velocity


def moved(
    parameters: Parameters,
    direction: Parameters,
    rate: float,
    weight_decay: float,
    *,
    spent: bool = False,
) -> Parameters:
    """Return (1 − η·decay)θ − ηv for every θ and its v in `direction`, which are known to fit.

    A direction that is `spent` is nobody's any more: its memory becomes that of the result.

    >>> moved({"b1": np.array([1.0])}, {"b1": np.array([2.0])}, 0.25, 0.0)
    {'b1': array([0.5])}
    """
    reached: Parameters = {}
    rate, kept = float(rate), 1 - float(rate * weight_decay)
    for key, theta in parameters.items():
        v = direction[key]
        own = v if spent and v.dtype is theta.dtype else None
        step = np.asarray(np.multiply(rate, v, out=own, dtype=theta.dtype))
        reached[key] = np.subtract(kept * theta if weight_decay else theta, step, out=step)
    return reached


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
        Summed in float64, in whatever precision the parameters are.

    Raises
    ------
    ValueError
        If `l2` is no finite number ≥ 0, or a parameter is not real or has masked entries.

    Examples
    --------
    >>> l2_penalty({"W1": np.array([[3.0]]), "b1": np.array([4.0])}, l2=0.1)
    2.5
    """
    check_weight("l2", l2)
    return float(l2) * sum(
        _sum_of_squares(real_entry("parameters", parameters, key)) for key in parameters
    )


def _sum_of_squares(theta: FloatArray) -> float:
    """Return Σ θ², in float64 whatever θ is: float32 would lose digits, and overflow."""
    flat, total = theta.ravel(), 0.0
    with np.errstate(over="ignore", under="ignore"):
        for some in pieces(flat.size):
            part = flat[some].astype(np.float64, copy=False)
            total += float(part @ part)
    return total


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
        New arrays with the keys and shapes of `parameters`; float32 stays float32.

    Raises
    ------
    ValueError
        As `l2_penalty`.

    Examples
    --------
    >>> l2_gradients({"b1": np.array([4.0])}, l2=0.5)
    {'b1': array([4.])}
    """
    check_weight("l2", l2)
    with np.errstate(over="ignore", under="ignore"):
        return {
            key: np.asarray(2 * float(l2) * real_entry("parameters", parameters, key))
            for key in parameters
        }


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
