"""The parameters of a network: a dictionary W1, b1, W2, b2, … that its user holds.

W⁽ˡ⁾ has shape (s_l, s_{l−1}) and b⁽ˡ⁾ has (s_l,), with l counted from 1; document 002 counts its
weights from 0 (X-05). Gradients are such dictionaries too, with the same keys and shapes.
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from mlplib.arguments import FloatArray, generator, real_array, whole
from mlplib.functions.named import Named
from mlplib.networks.moments import gaussian_moments

Parameters: TypeAlias = dict[str, FloatArray]
PRECISIONS = (np.dtype(np.float64), np.dtype(np.float32))
"""What a parameter is used in as it is; others are converted or refused."""


def layer_sizes(sizes: Any) -> tuple[int, ...]:
    """Return s_0, s_1, …, s_L as integers of which each is at least 1.

    >>> layer_sizes([2, 0])
    Traceback (most recent call last):
        ...
    ValueError: sizes[1] must be an integer of at least 1, not 0.
    """
    if not isinstance(sizes, Sequence | np.ndarray) or len(sizes) < 2:
        raise ValueError(
            f"sizes must be at least two positive integers (inputs, …, outputs), not {sizes!r}."
        )
    return tuple(whole(f"sizes[{layer}]", size) for layer, size in enumerate(sizes))


def parameter_count(sizes: Sequence[int]) -> int:
    """Return Σ_l s_l (s_{l−1} + 1), all weights and biases of layers s_0, …, s_L (S4-A2i.2).

    >>> parameter_count([2, 16, 3])
    99
    """
    return sum(s * (d + 1) for d, s in pairwise(sizes))


def initialise(
    sizes: Sequence[int],
    rng: np.random.Generator,
    scheme: str = "he",
    dtype: type[np.floating] = np.float64,
    *,
    activations: Sequence[Named] = (),
) -> Parameters:
    """Draw the weights at random, normal with mean 0, and set the biases.

    Parameters
    ----------
    sizes : sequence of int
        s_0, …, s_L.
    rng : numpy.random.Generator
        Given by you: the same seed gives the same network.
    scheme : {"he", "glorot", "moments"}
        The variance of W⁽ˡ⁾. "he": 2/s_{l−1}, which keeps the size of signals through ReLU, where
        half of them die. "glorot": 2/(s_{l−1} + s_l), a compromise between keeping the size of
        signals on the way up and of gradients on the way down, for tanh. Both set the biases to 0.
        "moments": q/(s_{l−1} v) and b⁽ˡ⁾ = −m W⁽ˡ⁾ 1, with q = 1/L and the moments m and v of the
        activation before. It keeps both sizes in any depth, for softplus and tanh above all, if
        the inputs have mean 0 and variance 1; why is told in `mlplib.networks.moments`.
    dtype : numpy.float64 or numpy.float32
    activations : sequence
        g⁽¹⁾, …, g⁽ᴸ⁻¹⁾, as for `MLP`, which "moments" has to know.

    Returns
    -------
    dict of str to ndarray
        The keys are "W1", "b1", "W2" and so on, the shapes (s₁, s₀), (s₁,), (s₂, s₁) and so on.

    Raises
    ------
    ValueError
        If `sizes` are not at least two positive integers, `rng` is no Generator, or `scheme` or
        `dtype` is none of these; for "moments", if there are too few activations or one of them is
        constant.

    Examples
    --------
    >>> parameters = initialise([2, 3, 1], np.random.default_rng(0))
    >>> {key: value.shape for key, value in parameters.items()}
    {'W1': (3, 2), 'b1': (3,), 'W2': (1, 3), 'b2': (1,)}
    """
    sizes, rng = layer_sizes(sizes), generator("rng", rng)
    require_precision(dtype)
    moments = _moments(activations, len(sizes) - 1) if scheme == "moments" else None
    parameters: Parameters = {}
    for layer, (d, s) in enumerate(pairwise(sizes), start=1):
        mean, gain = moments[layer - 1] if moments else (0.0, None)
        variance = weight_variance(scheme, d, s) if gain is None else gain / d
        W = np.sqrt(variance) * rng.standard_normal((s, d))
        parameters[f"W{layer}"] = W.astype(dtype)
        parameters[f"b{layer}"] = (0.0 - mean * W.sum(axis=1)).astype(dtype)
    return parameters


def _moments(activations: Sequence[Named], depth: int) -> list[tuple[float, float]]:
    """Return m and q/v of the inputs of each layer; those of the first have m = 0 and v = 1."""
    if len(activations) < depth - 1:
        raise ValueError(
            f'activations must be {depth - 1}, one for each hidden layer, for scheme "moments", '
            f"not {len(activations)}."
        )
    q = 1 / depth
    found = [gaussian_moments(g, q) for g in activations[: depth - 1]]
    return [(0.0, q), *((each.mean, q / each.variance) for each in found)]


def weight_variance(scheme: str, inputs: float, outputs: float) -> float:
    """Return the variance of weights that lead from some inputs to some outputs.

    >>> weight_variance("he", 8, 2), weight_variance("glorot", 8, 2)
    (0.25, 0.2)
    """
    match scheme:
        case "he":
            return 2 / inputs
        case "glorot":
            return 2 / (inputs + outputs)
    raise ValueError(f'scheme must be "he" or "glorot", not {scheme!r}.')


def require_precision(dtype: Any) -> None:
    """Refuse what parameters cannot be drawn in.

    >>> require_precision(int)
    Traceback (most recent call last):
        ...
    ValueError: dtype must be numpy.float32 or numpy.float64, not <class 'int'>.
    """
    if dtype not in (np.float32, np.float64):
        raise ValueError(f"dtype must be numpy.float32 or numpy.float64, not {dtype!r}.")


def layer_parameters(
    parameters: Parameters, sizes: Sequence[int], layer: int
) -> tuple[FloatArray, FloatArray]:
    """Return W and b of one layer, counted from 1.

    Parameters
    ----------
    parameters : Parameters
    sizes : sequence of int
        s_0, …, s_L.
    layer : int
        1 … L.

    Returns
    -------
    W : ndarray, shape (s_l, s_{l−1})
    b : ndarray, shape (s_l,)

    Raises
    ------
    ValueError
        If one of them is missing, not real, or of another shape.

    Examples
    --------
    >>> layer_parameters({"W1": np.zeros((3, 2))}, [2, 3], layer=1)
    Traceback (most recent call last):
        ...
    ValueError: parameters must hold 'b1', but its keys are ['W1'].
    """
    s, d = sizes[layer], sizes[layer - 1]
    W = one_parameter(parameters, f"W{layer}", (s, d))
    b = one_parameter(parameters, f"b{layer}", (s,))
    return W, b


def one_parameter(parameters: Parameters, key: str, shape: tuple[int, ...]) -> FloatArray:
    """Return the parameter of this key, which has this shape."""
    if key not in parameters:
        raise ValueError(f"parameters must hold {key!r}, but its keys are {[*parameters]}.")
    value = real_entry("parameters", parameters, key)
    if value.shape != shape:
        raise ValueError(f"parameters[{key!r}] must have shape {shape}, not {value.shape}.")
    return value


def real_entry(name: str, values: Parameters, key: str) -> FloatArray:
    """Return one of the arrays in such a dictionary, as `real_array` does."""
    value = values[key]
    if type(value) is np.ndarray and value.dtype in PRECISIONS:
        return value
    return real_array(f"{name}[{key!r}]", value)
