"""Optimisers: from a gradient to a step, each as a small object for `train` or your own loop.

An optimiser is frozen, and what it remembers from step to step (a velocity, an average) is a state
that you hold, as you hold the parameters: ``parameters, state = optimiser.step(parameters,
gradients, state)``. With g_t the gradient at θ_t, for t = 0, 1, 2, …, everything entry by entry:

==================  ===========================================================
`GradientDescent`   θ ← θ − η g                                        (S2-29)
`Momentum`          v ← μv + g;  θ ← θ − ηv                            (S2-29)
`Nesterov`          v ← μv + g;  θ ← θ − η(g + μv)
`Adam`              m ← β₁m + (1 − β₁)g;  u ← β₂u + (1 − β₂)g²;
                    θ ← θ − η m̂ / (√û + ε)
==================  ===========================================================

The rate η may be a function of t. A weight decay shrinks θ to (1 − η·decay)θ beside each of these
steps and leaves their memory alone; in Adam's case that is AdamW.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np

from mlplib.arguments import within
from mlplib.networks.descent import alike, check_step, descend, moved
from mlplib.networks.parameters import Parameters, real_entry

Rate: TypeAlias = float | Callable[[int], float]
"""η, or t ↦ η_t, where t counts the steps from 0."""


class State(NamedTuple):
    """What an optimiser knows of the steps before this one."""

    steps: int = 0
    memory: tuple[Parameters, ...] = ()
    """Dictionaries with the keys and shapes of the parameters; none before the first step."""


class Optimiser(Protocol):
    """Anything with such a `step`; its state may be whatever it likes, None before the first."""

    def step(
        self, parameters: Parameters, gradients: Parameters, state: Any = None
    ) -> tuple[Parameters, Any]:
        """Return new parameters, and the state for the next step."""


@dataclass(frozen=True)
class GradientDescent:
    """θ ← θ − η g.

    Attributes
    ----------
    rate : float or callable
        η > 0, or a function from the number of the step, 0, 1, 2, …, to η.
    weight_decay : float
        As in `descend`.

    Examples
    --------
    >>> optimiser = GradientDescent(lambda t: 0.5 / (1 + t))
    >>> theta, state = optimiser.step({"w": np.array([1.0])}, {"w": np.array([1.0])})
    >>> theta, state = optimiser.step(theta, {"w": np.array([1.0])}, state)
    >>> theta, state.steps
    ({'w': array([0.25])}, 2)
    """

    rate: Rate
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        """Refuse numbers with which no step makes sense."""
        check_step(_example(self.rate), 0.0, self.weight_decay)

    def step(
        self, parameters: Parameters, gradients: Parameters, state: State | None = None
    ) -> tuple[Parameters, State]:
        """Return new parameters and the next state; errors as `descend`."""
        t = state.steps if state else 0
        eta, decay = rate_at(self.rate, t), self.weight_decay
        there, _ = descend(parameters, gradients, rate=eta, weight_decay=decay)
        return there, State(t + 1)

    def _step_again(
        self, parameters: Parameters, gradients: Parameters, state: State
    ) -> tuple[Parameters, State]:
        """Take a `step` whose like has been taken before, in the memory of the gradients."""
        t = state.steps
        eta = rate_at(self.rate, t) if callable(self.rate) else self.rate
        return moved(parameters, gradients, eta, self.weight_decay, spent=True), State(t + 1)


@dataclass(frozen=True)
class Momentum:
    """v ← μv + g, then θ ← θ − ηv: the heavy ball, in the form of `descend`.

    Attributes
    ----------
    rate : float or callable
        As of `GradientDescent`.
    momentum : float in [0, 1)
        μ. With a steady gradient, steps grow to 1/(1 − μ) times their size.
    weight_decay : float
        As in `descend`.

    Examples
    --------
    >>> optimiser = Momentum(0.5, momentum=0.5)
    >>> theta, state = optimiser.step({"w": np.array([1.0])}, {"w": np.array([1.0])})
    >>> optimiser.step(theta, {"w": np.array([1.0])}, state)[0]
    {'w': array([-0.25])}
    """

    rate: Rate
    momentum: float = 0.9
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        """Refuse numbers with which no step makes sense."""
        check_step(_example(self.rate), self.momentum, self.weight_decay)

    def step(
        self, parameters: Parameters, gradients: Parameters, state: State | None = None
    ) -> tuple[Parameters, State]:
        """Return new parameters and the next state; errors as `descend`."""
        t, memory = state or State()
        there, velocity = descend(
            parameters,
            gradients,
            *memory,
            rate=rate_at(self.rate, t),
            momentum=self.momentum,
            weight_decay=self.weight_decay,
        )
        return there, State(t + 1, (velocity,))


@dataclass(frozen=True)
class Nesterov(Momentum):
    """v ← μv + g, then θ ← θ − η(g + μv): momentum that already takes its next step into account.

    Nesterov (1983) evaluates the gradient where the velocity is about to lead. Written for that
    look-ahead point as θ, the method needs the gradient at θ alone, and reads as here (Sutskever,
    Martens, Dahl and Hinton, 2013, up to that change of letters; so do PyTorch and Keras).

    Attributes
    ----------
    rate, momentum, weight_decay
        As of `Momentum`.

    Examples
    --------
    >>> Nesterov(0.5, momentum=0.5).step({"w": np.array([1.0])}, {"w": np.array([1.0])})[0]
    {'w': array([0.25])}
    """

    def step(
        self, parameters: Parameters, gradients: Parameters, state: State | None = None
    ) -> tuple[Parameters, State]:
        """Return new parameters and the next state; errors as `descend`."""
        theta, g = _checked(parameters, gradients)
        t, memory = state or State()
        (v,) = memory or (_zeros(theta),)
        eta, mu = rate_at(self.rate, t), self.momentum
        v = {key: mu * v[key] + g[key] for key in theta}
        step = {key: g[key] + mu * v[key] for key in theta}
        return moved(theta, step, eta, self.weight_decay), State(t + 1, (v,))


@dataclass(frozen=True)
class Adam:
    """Adam: momentum, in units of each entry's own usual slope (Kingma and Ba, 2015).

    m and u are averages of g and g² that forget. They start from 0 and so are too small at first by
    the factor 1 − βᵗ after t steps, which m̂ = m/(1 − β₁ᵗ) and û = u/(1 − β₂ᵗ) make good. The first
    step therefore has size η in every entry, whatever the gradient's scale.

    Attributes
    ----------
    rate : float or callable
        As of `GradientDescent`.
    beta1, beta2 : float in [0, 1)
        How much of the averages of g and g² is kept.
    epsilon : float > 0
        ε, which limits the step where the gradient has always been about 0.
    weight_decay : float
        As in `descend`: apart from the averages (Loshchilov and Hutter, 2019: AdamW).

    Examples
    --------
    >>> theta, state = Adam(0.1).step({"w": np.zeros(2)}, {"w": np.array([1e-3, 1e3])})
    >>> theta["w"].round(4)
    array([-0.1, -0.1])
    """

    rate: Rate = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        """Refuse numbers with which no step makes sense."""
        check_step(_example(self.rate), 0.0, self.weight_decay)
        for name in ("beta1", "beta2"):
            if not within(getattr(self, name), 0, 1):
                raise ValueError(f"{name} must lie in [0, 1), not {getattr(self, name)!r}.")
        if not (within(self.epsilon, 0) and self.epsilon > 0):
            raise ValueError(f"epsilon must be a finite number > 0, not {self.epsilon!r}.")

    def step(
        self, parameters: Parameters, gradients: Parameters, state: State | None = None
    ) -> tuple[Parameters, State]:
        """Return new parameters and the next state; errors as `descend`."""
        theta, g = _checked(parameters, gradients)
        t, memory = state or State()
        m, u = memory or (_zeros(theta), _zeros(theta))
        eta, beta1, beta2 = rate_at(self.rate, t), self.beta1, self.beta2
        m = {key: beta1 * m[key] + (1 - beta1) * g[key] for key in theta}
        u = {key: beta2 * u[key] + (1 - beta2) * g[key] ** 2 for key in theta}
        whole1, whole2 = 1 - beta1 ** (t + 1), 1 - beta2 ** (t + 1)
        step = {key: (m[key] / whole1) / (np.sqrt(u[key] / whole2) + self.epsilon) for key in theta}
        return moved(theta, step, eta, self.weight_decay), State(t + 1, (m, u))


OPTIMISERS = (GradientDescent, Momentum, Nesterov, Adam)
"""Whose steps leave parameters with their keys, shapes and precision."""


def rate_at(rate: Rate, t: int) -> float:
    """Return η for step t, once it is a number that a step can have.

    >>> rate_at(lambda t: -t, 3)
    Traceback (most recent call last):
        ...
    ValueError: rate must be a finite number > 0, not -3.
    """
    eta = rate(t) if callable(rate) else rate
    check_step(eta, 0.0, 0.0)
    return eta


def _example(rate: Rate) -> float:
    """Return a rate to look at before training; a function is asked when its step has come."""
    return 1.0 if callable(rate) else rate


def _checked(parameters: Parameters, gradients: Parameters) -> tuple[Parameters, Parameters]:
    """Return both as arrays, the gradients in the precision of the parameters."""
    theta = {key: real_entry("parameters", parameters, key) for key in parameters}
    slopes = alike("gradients", gradients, theta)
    return theta, {key: slopes[key].astype(theta[key].dtype, copy=False) for key in theta}


def _zeros(theta: Parameters) -> Parameters:
    """Return a memory without steps."""
    return {key: np.zeros_like(value) for key, value in theta.items()}
