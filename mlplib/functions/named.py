"""An activation by its name, as a function of this package or NumPy's, or as a pair (g, g′)."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from mlplib.functions.activations import ACTIVATIONS, Activation, Elementwise

Named: TypeAlias = str | Activation | Elementwise | tuple[Elementwise, Elementwise]
"""What stands for an activation wherever one is asked for."""
KNOWN: list[tuple[Any, Activation]] = [(known.f, known) for known in ACTIVATIONS.values()]
KNOWN += [(np.tanh, ACTIVATIONS["tanh"])]
"""Functions that may come alone."""


def as_activation(activation: Any) -> Activation:
    """Return the activation that is meant, with its slope.

    Parameters
    ----------
    activation : str, Activation, callable or pair of callables
        A key in `ACTIVATIONS`; an activation; one of this package's functions, such as
        `mlplib.softplus`, or ``np.tanh``, whose slopes are known; or two functions (g, g′) of your
        own, both from an array to an array, entry by entry. g′ takes the input, not g's output.

    Returns
    -------
    Activation
        That of a pair bears g's name.

    Raises
    ------
    ValueError
        If it is none of these. A function whose slope nobody knows is not enough for a backward
        pass.

    Examples
    --------
    >>> as_activation("relu"), as_activation(np.tanh)
    (Activation('relu'), Activation('tanh'))
    >>> def square(z): return z**2
    >>> g = as_activation((square, lambda z: 2 * z))
    >>> g, g.value_and_slope([3.0])
    (Activation('square'), (array([9.]), array([6.])))
    """
    if isinstance(activation, Activation):
        return activation
    if isinstance(activation, str) and activation in ACTIVATIONS:
        return ACTIVATIONS[activation]
    if is_pair(activation):
        g, slope = activation
        return Activation(getattr(g, "__name__", repr(g)), g, slope)
    if callable(activation):
        for function, known in KNOWN:
            if activation is function:
                return known
        raise ValueError(
            "activation must come with its slope, as a pair (g, g_prime) of functions, "
            f"not as {activation!r} alone."
        )
    raise ValueError(
        f"activation must be an Activation or one of {', '.join(ACTIVATIONS)}, "
        f"or a pair of functions (g, g_prime), not {activation!r}."
    )


def is_pair(activation: Any) -> bool:
    """Return whether this is a function and its slope, and no sequence of two activations.

    >>> from mlplib.functions.activations import relu, tanh, tanh_prime
    >>> is_pair((tanh, tanh_prime)), is_pair((tanh, relu))
    (True, False)
    """
    return (
        isinstance(activation, tuple)
        and len(activation) == 2
        and all(callable(part) and not isinstance(part, Activation) for part in activation)
        and not all(any(part is function for function, _ in KNOWN) for part in activation)
    )
