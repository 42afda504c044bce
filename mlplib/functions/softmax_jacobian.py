"""The Jacobians of softmax and of its logarithm, and their product with an incoming gradient.

Row i, column j of a Jacobian is ∂(output i)/∂(input j). A function that works on each entry alone
has a diagonal one, ``np.diag(g.prime(x))`` (S2-37, S4-A1e.2); softmax couples all its entries, so
these two are full.

Softmax does not change when all scores move together (S4-A1h), so the rows of both sum to 0. The
diagonal is taken from that: 1 − S_i has no digit of the other classes left where they are rare,
and their sum has all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, finite_array
from mlplib.functions.columns import silent
from mlplib.functions.labels import no_distribution
from mlplib.functions.softmax import scores, softmax


def softmax_jacobian(x: ArrayLike) -> FloatArray:
    """Return ∂S_i/∂x_j = S_i(δ_ij − S_j), the matrix diag(s) − s sᵀ (S4-A1k.2).

    S4-A1j.3 prints S_i(δ_ij) − S_j; the bracket has to close after S_j.

    Parameters
    ----------
    x : array_like, shape (..., K)

    Returns
    -------
    ndarray, shape (..., K, K)
        Row i, column j: symmetric, and every row sums to 0. The diagonal S_i(1 − S_i) is computed
        as the sum of S_i S_j over the other classes j.

    Raises
    ------
    ValueError
        As `softmax`.

    Examples
    --------
    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    s = softmax(x)
    with silent():
        return _with_rows_that_sum_to_zero(s[..., :, None] * s[..., None, :])


def log_softmax_jacobian(x: ArrayLike) -> FloatArray:
    """Return ∂(ln S_i)/∂x_j = δ_ij − S_j, the matrix I − 1 sᵀ (S4-A1l.5).

    Parameters
    ----------
    x : array_like, shape (..., K)

    Returns
    -------
    ndarray, shape (..., K, K)
        Row i, column j: every row is the same, −sᵀ, but for the 1 on the diagonal; 1 − S_i is
        computed as the sum of the other S_j.

    Raises
    ------
    ValueError
        As `softmax`.

    Examples
    --------
    >>> log_softmax_jacobian([0.0, 0.0])
    array([[ 0.5, -0.5],
           [-0.5,  0.5]])
    """
    return _with_rows_that_sum_to_zero(softmax(x)[..., None, :])


def _with_rows_that_sum_to_zero(products: FloatArray) -> FloatArray:
    """Return −products beside the diagonal, and on it what makes every row sum to 0."""
    unit = np.eye(products.shape[-1], dtype=products.dtype)
    others = (1 - unit) * products
    jacobian: FloatArray = others.sum(axis=-1, keepdims=True) * unit - others
    return jacobian


def softmax_backward(upstream: ArrayLike, s: ArrayLike) -> FloatArray:
    """Return (diag(s) − s sᵀ) u = s * (u − ⟨u, s⟩): the Jacobian's product without the Jacobian.

    S0-21 keeps the diagonal of the Jacobian alone, s(1 − s) u, and loses the coupling ⟨u, s⟩ of
    the classes: each probability depends on every score.

    Parameters
    ----------
    upstream : array_like of finite numbers, shape (..., K)
        The gradient of a loss with respect to the probabilities.
    s : array_like of finite numbers, shape (..., K)
        The probabilities, as `softmax` returned them.

    Returns
    -------
    ndarray, shape (..., K)
        The gradient with respect to the scores; it sums to 0 over the classes.

    Raises
    ------
    ValueError
        If the two shapes differ, a number is not finite, or a row of `s` holds no probabilities:
        scores, for instance, which are what `cross_entropy_gradient` takes.

    Examples
    --------
    >>> softmax_backward([1.0, 0.0], [0.25, 0.75])
    array([ 0.1875, -0.1875])
    """
    upstream, s = finite_array("upstream", upstream), scores("s", finite_array("s", s))
    if upstream.shape != s.shape:
        raise ValueError(f"upstream must have the shape of s, {s.shape}, not {upstream.shape}.")
    rows = s.reshape(-1, s.shape[-1])
    row = no_distribution(rows)
    if row is not None:
        raise ValueError(
            "s must hold probabilities, none negative and each row with sum 1, but one row is "
            f"{rows[row]}; if these are scores, give softmax(scores)."
        )
    with silent():
        product = _coupled(upstream, s)
        if not np.isfinite(product).all():  # only u − ⟨u, s⟩ is too large, and a quarter is not
            product = 4 * _coupled(upstream / 4, s)
    return product


def _coupled(upstream: FloatArray, s: FloatArray) -> FloatArray:
    """Return s * (u − ⟨u, s⟩)."""
    inner = (upstream * s).sum(axis=-1, keepdims=True)
    product: FloatArray = s * (upstream - inner)
    return product
