"""One step of gradient descent, θ ← θ − η ∇R(θ), and the L2 penalty in its two forms.

The penalty λ‖θ‖² is added to R once and undivided: its gradient is 2λθ (S4-A2k), whatever the
number of examples and the size of the batch. Put into the step it reads
θ ← (1 − 2ηλ)θ − η∇R: the weights *decay*. Without momentum, a penalty with λ and a decay of 2λ are
the same descent; with momentum they part, because only the gradient gathers speed.
"""

import math

import numpy as np

from mlplib.parameters import Parameters

__all__ = ["descend", "l2_gradients", "l2_penalty"]


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
        v from the step before; without it, v starts as the gradient.
    rate : float
        η > 0.
    momentum : float in [0, 1)
        μ: how much of the last direction is kept. With a steady gradient, steps grow to 1/(1 − μ)
        times their size.
    weight_decay : float
        2λ, if it stands for a penalty λ‖θ‖².

    Returns
    -------
    parameters, velocity : Parameters
        In the dtype of `parameters`.

    Raises
    ------
    ValueError
        If the keys of parameters and gradients differ, or a number is out of its range.

    Examples
    --------
    >>> theta, v = descend({"b1": np.array([1.0])}, {"b1": np.array([2.0])}, rate=0.25)
    >>> theta
    {'b1': array([0.5])}
    """
    check_step(rate, momentum, weight_decay)
    if parameters.keys() != gradients.keys():
        raise ValueError(
            f"gradients must have the keys of the parameters, {[*parameters]}, not {[*gradients]}."
        )
    if momentum and velocity is not None:
        velocity = {key: momentum * velocity[key] + slope for key, slope in gradients.items()}
    else:
        velocity = gradients
    moved: Parameters = {}
    for key, theta in parameters.items():
        kept = (1 - rate * weight_decay) * theta if weight_decay else theta
        step = np.multiply(rate, velocity[key], dtype=theta.dtype)
        moved[key] = np.subtract(kept, step, out=step)
    return moved, velocity


def l2_penalty(parameters: Parameters, l2: float) -> float:
    """Return λ‖θ‖², the sum over all weights and biases (S4-Q2k).

    >>> l2_penalty({"W1": np.array([[3.0]]), "b1": np.array([4.0])}, l2=0.1)
    2.5
    """
    return l2 * float(sum(np.vdot(theta, theta) for theta in parameters.values()))


def l2_gradients(parameters: Parameters, l2: float) -> Parameters:
    """Return 2λθ, the gradient of `l2_penalty` (S4-A2k).

    >>> l2_gradients({"b1": np.array([4.0])}, l2=0.5)
    {'b1': array([4.])}
    """
    return {key: (2 * l2) * theta for key, theta in parameters.items()}


def check_step(rate: float, momentum: float, weight_decay: float) -> None:
    """Refuse numbers with which no step makes sense."""
    if not (math.isfinite(rate) and rate > 0):
        raise ValueError(f"rate must be a finite number > 0, not {rate!r}.")
    if not 0 <= momentum < 1:
        raise ValueError(f"momentum must lie in [0, 1), not {momentum!r}.")
    if not (math.isfinite(weight_decay) and weight_decay >= 0):
        raise ValueError(f"weight_decay must be a finite number ≥ 0, not {weight_decay!r}.")
