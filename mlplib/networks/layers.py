"""The two kinds of layer, each as a pair of functions: forward, and backward with what it kept.

A forward function returns its result and a *cache*: exactly what its backward function will need. A
backward function takes the gradient of the loss with respect to the result (`upstream`) and returns
the gradients with respect to the inputs, each in the shape of its variable. Nothing else is kept.

For one example, a column: z = W a + b (S4-A2a.2, S2-26). A batch holds one example per row, so in
code Z = A Wᵀ + b, and every formula below is the transpose of the one in the book.

What exceeds the range of its precision becomes infinite or NaN, without a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, finite_array, real_array
from mlplib.functions.activations import Activation

Layers: TypeAlias = Sequence[tuple[FloatArray, FloatArray]]
"""W and b of each layer, from the first to the last."""


class LinearCache(NamedTuple):
    """What `linear_backward` needs: the input and the weights."""

    A: FloatArray
    """shape (n, d)"""
    W: FloatArray
    """shape (s, d)"""


def linear_forward(A: ArrayLike, W: ArrayLike, b: ArrayLike) -> tuple[FloatArray, LinearCache]:
    """Return Z = A Wᵀ + b: for each example z = W a + b (S0-08, S2-26, S4-A2a.2).

    Parameters
    ----------
    A : array_like, shape (n, d)
        A batch of n inputs, one per row.
    W : array_like, shape (s, d)
        Weights: row j belongs to output j.
    b : array_like, shape (s,)
        Biases.

    Returns
    -------
    Z : ndarray, shape (n, s)
    cache : LinearCache
        For `linear_backward`.

    Raises
    ------
    ValueError
        If an array is not real or the shapes do not belong together.

    Examples
    --------
    >>> Z, cache = linear_forward([[1.0, 2.0]], [[3.0, 4.0], [5.0, 6.0]], [0.0, 100.0])
    >>> Z
    array([[ 11., 117.]])
    """
    A, W, b = real_array("A", A), real_array("W", W), real_array("b", b)
    if A.ndim != 2 or W.ndim != 2 or A.shape[1] != W.shape[1]:
        raise ValueError(
            "A and W must have the shapes (n, d) and (s, d) with the same d, "
            f"not {A.shape} and {W.shape}."
        )
    if b.shape != W.shape[:1]:
        raise ValueError(f"b must have one entry for each row of W, ({len(W)},), not {b.shape}.")
    with np.errstate(over="ignore", invalid="ignore"):
        return affine(A, W, b), LinearCache(A, W)


def affine(A: FloatArray, W: FloatArray, b: FloatArray) -> FloatArray:
    """Return A Wᵀ + b, shape (n, s), of arrays that are known to fit."""
    Z: FloatArray = A @ W.T
    Z += b
    return Z


def linear_backward(
    upstream: ArrayLike, cache: LinearCache
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the gradients with respect to A, W and b, from δ = ∂L/∂Z (S0-15, S0-16, S0-17).

    For one example ∂L/∂a = Wᵀδ, ∂L/∂W = δ aᵀ and ∂L/∂b = δ (S2-41, S2-47, S2-44). Over a batch W
    and b serve every example, so their gradients are sums over the n rows; a mean is already in δ.

    Parameters
    ----------
    upstream : array_like, shape (n, s)
        δ, the gradient with respect to Z.
    cache : LinearCache
        From `linear_forward`.

    Returns
    -------
    dA : ndarray, shape (n, d)
        δ W (S1-19).
    dW : ndarray, shape (s, d)
        δᵀ A.
    db : ndarray, shape (s,)
        The sum of the rows of δ.

    Raises
    ------
    ValueError
        If `upstream` is not real or has not the shape of Z.

    Examples
    --------
    >>> Z, cache = linear_forward([[1.0, 2.0]], [[3.0, 4.0], [5.0, 6.0]], [0.0, 0.0])
    >>> dA, dW, db = linear_backward([[1.0, 10.0]], cache)
    >>> dA, dW, db
    (array([[53., 64.]]), array([[ 1.,  2.],
           [10., 20.]]), array([ 1., 10.]))
    """
    delta = gradient_of_result(upstream, (len(cache.A), len(cache.W)))
    with np.errstate(over="ignore", invalid="ignore"):
        dW, db = linear_parameters_backward(delta, cache.A)
        return delta @ cache.W, dW, db


def linear_parameters_backward(delta: FloatArray, A: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return dW = δᵀ A, shape (s, d), and db, shape (s,): all that the first layer has to know.

    It is taken as (Aᵀ δ)ᵀ, which lies in memory with the s weights of one input side by side. The
    weights that descent makes of it lie so too, and A Wᵀ then is up to a quarter faster.
    """
    return (A.T @ delta).T, np.add.reduce(delta)


def activation_forward(Z: ArrayLike, g: Activation) -> tuple[FloatArray, FloatArray]:
    """Return A = g(Z), entry by entry, and the slopes g′(Z) as the cache.

    Parameters
    ----------
    Z : array_like, any shape
    g : Activation

    Returns
    -------
    A : ndarray, the shape of `Z`
    cache : ndarray, the shape of `Z`
        g′(Z), the diagonal of the Jacobian (S2-37). The slope is kept and not Z, because value and
        slope come from the same exponential.

    Raises
    ------
    ValueError
        If `Z` is not real.

    Examples
    --------
    >>> from mlplib.functions.activations import ACTIVATIONS
    >>> activation_forward([[-1.0, 2.0]], ACTIVATIONS["relu"])
    (array([[0., 2.]]), array([[0., 1.]]))
    """
    return g.value_and_slope(Z)


def activation_backward(upstream: ArrayLike, cache: FloatArray) -> FloatArray:
    """Return δ = ∂L/∂Z = ∂L/∂A * g′(Z), entry by entry (S0-14, S1-24, S4-A2q.2).

    Parameters
    ----------
    upstream : array_like, the shape of Z
        The gradient with respect to A.
    cache : ndarray, the shape of Z
        From `activation_forward`.

    Returns
    -------
    ndarray, the shape of Z

    Raises
    ------
    ValueError
        If `upstream` is not real or has not the shape of Z.

    Examples
    --------
    >>> from mlplib.functions.activations import ACTIVATIONS
    >>> A, slopes = activation_forward([[-1.0, 2.0]], ACTIVATIONS["relu"])
    >>> activation_backward([[3.0, 4.0]], slopes)
    array([[0., 4.]])
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return gradient_of_result(upstream, cache.shape) * cache


def gradient_of_result(upstream: ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    """Return `upstream` as a gradient, which has the shape of its variable."""
    gradient = real_array("upstream", upstream)
    if gradient.shape != shape:
        raise ValueError(
            f"upstream must have the shape of the layer's result, {shape}, not {gradient.shape}."
        )
    return gradient


# Several layers in a row, of a network or of a part of one


def through(
    layers: Layers, activations: Sequence[Activation], name: str, X: ArrayLike
) -> FloatArray:
    """Return what layers, one after the other, make of a batch; the last may have no activation."""
    A = examples(name, X, layers)
    for layer, (W, b) in enumerate(layers):
        A, _ = linear_forward(A, W, b)
        if layer < len(activations):
            A = activations[layer](A)
    return A


def examples(name: str, X: ArrayLike, layers: Layers) -> FloatArray:
    """Return `X` as a batch for the first of these layers, in the precision of its weights."""
    W, _ = layers[0]
    batch, width = finite_array(name, X, W.dtype), W.shape[1]
    if batch.ndim != 2 or batch.shape[1] != width:
        raise ValueError(
            f"{name} must have one example of {width} numbers per row, "
            f"shape (n, {width}), not {batch.shape}."
        )
    if len(batch) == 0:
        raise ValueError(f"{name} must hold at least one example, but its shape is {batch.shape}.")
    return batch
