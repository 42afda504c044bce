"""What an activation makes of a normal number, and weights that keep its size in depth.

Suppose the pre-activations Z_k of a layer are about normal with mean 0 and variance q. The next
layer's are sums over d units, z_j = b_j + Σ_k W_jk g(Z_k). Let g(Z) have mean m and variance v.
With weights of mean 0 and variance q/(d v), and with b_j = −m Σ_k W_jk, that is
z_j = Σ_k W_jk (g(Z_k) − m), of mean 0 and variance d · q/(d v) · v = q again: the size is kept
from layer to layer, for every g. Without the bias, E g(Z)² = v + m² would have to stand for v; of
softplus at q = 1, m² is 0.65 and v is 0.27, so most of its signal would be the same constant.

On the way back a slope is multiplied by g′(Z) and summed over the weights: its square grows by
q E g′(Z)² / v, the `growth` below. It is never less than 1, as Var g(Z) ≤ q E g′(Z)² for every
smooth g (Poincaré's inequality for the normal distribution), with equality for straight lines
alone. So slopes cannot vanish, and for small q they hardly grow: with a = g′(0) and c = g″(0), to
first order by 1 + q c²/(2a²), which is 1 + q/8 for softplus and 1 for tanh. An error in the size
itself grows by about as much. Hence **q = 1/L** for L layers: over all of them, growth stays below
e^{1/8} for softplus, however many there are. With q = 1 it would be 1.08 a layer, and so would the
error: in thirty layers, an error of a tenth becomes one of the whole.

For ReLU growth is 1.47 whatever q: it is as bent as it is small. There "he" is better, which
keeps E g² in place of v, so that growth is E g′(Z)² q / E g(Z)² = 1.

(Keeping the size in both directions is the idea of Glorot and Bengio, 2010, and He et al., 2015;
that the variance should be kept, and the mean taken off, is that of LSUV, which measures both:
Mishkin and Matas, 2016.)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlplib.arguments import within
from mlplib.functions.named import Named, as_activation

REACH, POINTS = 12.0, 4801
"""Beyond 12 the normal density is below 1e-31. The points include 0, where many functions bend."""


class Moments(NamedTuple):
    """Of g(Z) and g′(Z), where Z is normal with mean 0 and variance q.

    Attributes
    ----------
    mean : float
        E g(Z).
    variance : float
        Var g(Z).
    slope : float
        E g′(Z)².
    growth : float
        q E g′(Z)² / Var g(Z): how a slope's square grows in a layer that keeps the signals' size.
    """

    mean: float
    variance: float
    slope: float
    growth: float


def gaussian_moments(activation: Named, q: float = 1.0) -> Moments:
    """Return the mean and the variance of g(Z) and the second moment of g′(Z).

    Parameters
    ----------
    activation : str, Activation, function or pair of functions
        As for `MLP`.
    q : float
        The variance of Z, > 0.

    Returns
    -------
    Moments
        By the trapezoidal rule, which is right to 1e-12 for smooth g and to 1e-5 for bent ones.

    Raises
    ------
    ValueError
        If `activation` is none, if g is constant where Z lies, or if `q` is no finite number > 0.

    Examples
    --------
    >>> softplus = gaussian_moments("softplus")
    >>> round(softplus.mean, 4), round(softplus.variance, 4), round(softplus.growth, 4)
    (0.8061, 0.2715, 1.0805)
    """
    if not (within(q, 0) and q > 0):
        raise ValueError(f"q must be a finite number > 0, not {q!r}.")
    z = np.linspace(-REACH, REACH, POINTS)
    weight = np.exp(-(z**2) / 2)
    weight /= weight.sum()
    value, slope = as_activation(activation).value_and_slope(np.sqrt(q) * z)
    mean = float(weight @ value)
    variance, square = float(weight @ (value - mean) ** 2), float(weight @ slope**2)
    if not variance > 0:
        raise ValueError(f"activation must not be constant, as {activation!r} is.")
    return Moments(mean, variance, square, q * square / variance)
