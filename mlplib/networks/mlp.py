"""A multilayer perceptron of any depth: forward, backward, and nothing hidden in between.

For l = 1 … L: z⁽ˡ⁾ = W⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b⁽ˡ⁾ and a⁽ˡ⁾ = g⁽ˡ⁾(z⁽ˡ⁾), from a⁽⁰⁾ = x. The network
itself is only a plan (sizes, activations, head); its parameters are a dictionary that you hold, and
gradients come back as a dictionary with the same keys and shapes. Every function is pure.

Memory of one step on n examples: `forward` keeps the result and the slope of each activation, so
2·n·(s₁ + … + s_L₋₁) numbers; `backward` adds one gradient for each parameter and two arrays of a
layer's size. All of it grows linearly in n.

What exceeds the range of its precision becomes infinite or NaN. `forward` leaves it to NumPy's
error state whether that is said, as a product of matrices does.
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray
from mlplib.functions.activations import Activation
from mlplib.functions.named import Named, as_activation, is_pair
from mlplib.networks.heads import Head, as_head
from mlplib.networks.layers import (
    Layers,
    LinearCache,
    affine,
    examples,
    gradient_of_result,
    linear_parameters_backward,
    through,
)
from mlplib.networks.parameters import (
    Parameters,
    initialise,
    layer_parameters,
    layer_sizes,
    parameter_count,
)


class Cache(NamedTuple):
    """What `MLP.backward` needs from `MLP.forward`: one entry for each layer."""

    linear: tuple[LinearCache, ...]
    """Inputs (n, s_{l−1}) and weights of each layer."""
    slopes: tuple[FloatArray, ...]
    """g′(z) of each activation, shape (n, s_l)."""


@dataclass(frozen=True, init=False)
class MLP:
    """The plan of a multilayer perceptron.

    Parameters
    ----------
    sizes : sequence of int
        s_0, s_1, …, s_L: the number of inputs, of units in each layer, of outputs.
    activation : str, Activation, function, pair of functions, or a sequence of these
        The activation of every hidden layer: by its key in `ACTIVATIONS`, as such, as a function
        whose slope is known (`mlplib.softplus`, ``np.tanh``), or as a pair (g, g′) of your own. A
        sequence names L − 1, one for each hidden layer, or L, if the last has one too (S0-09).
    head : str or Head
        The loss and the reading of the outputs: "softmax", "linear", "sigmoid", or your own.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, a size is no positive integer, a name is unknown, or
        the number of activations does not fit.

    Examples
    --------
    >>> network = MLP([2, 3, 2], "softplus")
    >>> network.parameter_count
    17
    >>> parameters = network.initialise(np.random.default_rng(0))
    >>> {key: value.shape for key, value in parameters.items()}
    {'W1': (3, 2), 'b1': (3,), 'W2': (2, 3), 'b2': (2,)}
    >>> loss, gradients = network.loss_and_gradients(parameters, [[0.5, -1.0]], [1])
    >>> gradients["W1"].shape
    (3, 2)
    """

    sizes: tuple[int, ...]
    activations: tuple[Activation, ...]
    head: Head

    def __init__(
        self,
        sizes: Sequence[int],
        activation: Named | Sequence[Named],
        head: str | Head = "softmax",
    ) -> None:
        sizes = layer_sizes(sizes)
        depth = len(sizes) - 1
        one = isinstance(activation, str) or is_pair(activation)
        if one or not isinstance(activation, Sequence):
            # Read the name here: a network without hidden layers would not ask for it.
            activation = [as_activation(activation)] * (depth - 1)
        if len(activation) not in (depth - 1, depth):
            raise ValueError(
                f"activation must be one, or a sequence of {depth - 1} (hidden layers) or {depth} "
                f"(all layers) for sizes {sizes}, but there are {len(activation)}."
            )
        object.__setattr__(self, "sizes", sizes)
        object.__setattr__(self, "activations", tuple(as_activation(g) for g in activation))
        object.__setattr__(self, "head", as_head(head))

    @property
    def depth(self) -> int:
        """L, the number of layers with parameters: the input is not counted (X-08)."""
        return len(self.sizes) - 1

    @property
    def parameter_count(self) -> int:
        """Σ s_l (s_{l−1} + 1): all weights and biases (S4-A2i.2)."""
        return parameter_count(self.sizes)

    def initialise(
        self,
        rng: np.random.Generator,
        scheme: str = "he",
        dtype: type[np.floating] = np.float64,
    ) -> Parameters:
        """Return parameters drawn at random; see `mlplib.networks.parameters.initialise`."""
        return initialise(self.sizes, rng, scheme, dtype, activations=self.activations)

    def forward(self, parameters: Parameters, X: ArrayLike) -> tuple[FloatArray, Cache]:
        """Return the outputs a⁽ᴸ⁾ and what `backward` needs (S2-26).

        Parameters
        ----------
        parameters : Parameters
        X : array_like of finite numbers, shape (n, s_0)
            One example per row. The parameters decide the precision, float32 or float64.

        Returns
        -------
        outputs : ndarray, shape (n, s_L)
            Before the head reads them: logits for "softmax" and "sigmoid".
        cache : Cache

        Raises
        ------
        ValueError
            If `X` is empty, of another width, or not finite in the precision of the parameters, or
            a parameter is missing or misshapen.

        Examples
        --------
        >>> network = MLP([2, 1], [])
        >>> outputs, cache = network.forward({"W1": [[3.0, 4.0]], "b1": [5.0]}, [[1.0, 10.0]])
        >>> outputs
        array([[48.]])
        """
        layers = self._layers(parameters)
        with np.errstate(under="ignore"):
            return self._forward(layers, examples("X", X, layers))

    def _forward(self, layers: Layers, A: FloatArray) -> tuple[FloatArray, Cache]:
        """Return what `forward` returns, of arrays that are known to fit."""
        linear, slopes = [], []
        for layer, (W, b) in enumerate(layers, start=1):
            linear.append(LinearCache(A, W))
            A = affine(A, W, b)
            if layer <= len(self.activations):
                A, slope = self.activations[layer - 1].of_array(A)
                slopes.append(slope)
        return A, Cache(tuple(linear), tuple(slopes))

    def backward(self, upstream: ArrayLike, cache: Cache) -> Parameters:
        """Return the gradients of all parameters, from that of the outputs (S0-11, S2-33).

        δ⁽ˡ⁾ = (W⁽ˡ⁺¹⁾ᵀ δ⁽ˡ⁺¹⁾) * g′(z⁽ˡ⁾) walks down (S2-41); on the way the gradient of W⁽ˡ⁾ is
        δ⁽ˡ⁾ a⁽ˡ⁻¹⁾ᵀ (S2-47) and that of b⁽ˡ⁾ is δ⁽ˡ⁾ (S2-44), summed over the examples.

        Parameters
        ----------
        upstream : array_like, shape (n, s_L)
            The gradient of the loss with respect to the outputs.
        cache : Cache
            From `forward`.

        Returns
        -------
        dict of str to ndarray
            The same keys and shapes as the parameters.

        Raises
        ------
        ValueError
            If `upstream` has not the shape of the outputs.

        Examples
        --------
        >>> network = MLP([2, 1], [])
        >>> outputs, cache = network.forward({"W1": [[3.0, 4.0]], "b1": [5.0]}, [[1.0, 10.0]])
        >>> network.backward([[1.0]], cache)
        {'W1': array([[ 1., 10.]]), 'b1': array([1.])}
        """
        shape = len(cache.linear[-1].A), self.sizes[-1]
        return self._backward(gradient_of_result(upstream, shape), cache)

    def _backward(self, delta: FloatArray, cache: Cache) -> Parameters:
        """Return what `backward` returns, of an array that is known to fit."""
        if len(self.activations) == self.depth:
            delta = delta * cache.slopes[-1]
        gradients: Parameters = {}
        for layer in range(self.depth, 0, -1):
            A, W = cache.linear[layer - 1]
            dW, db = linear_parameters_backward(delta, A)
            gradients[f"b{layer}"], gradients[f"W{layer}"] = db, dW
            if layer > 1:  # nobody asks for the gradient of the data
                delta, slopes = delta @ W, cache.slopes[layer - 2]
                own = delta if delta.dtype == slopes.dtype else None
                delta = np.multiply(delta, slopes, out=own)
        return dict(reversed(gradients.items()))

    def loss_and_gradients(
        self, parameters: Parameters, X: ArrayLike, targets: ArrayLike
    ) -> tuple[FloatArray, Parameters]:
        """Return the loss of a batch and its gradients with respect to all parameters.

        Parameters
        ----------
        parameters : Parameters
        X : array_like of finite numbers, shape (n, s_0)
        targets : array_like
            What the head compares with: labels (n,) or rows of probabilities (n, s_L) for
            "softmax", numbers (n, s_L) for "linear", numbers in [0, 1] (n, s_L) for "sigmoid".

        Returns
        -------
        loss : NumPy scalar
            The mean that the head defines.
        gradients : Parameters

        Raises
        ------
        ValueError
            As `forward`, and if the head refuses `targets`.

        Examples
        --------
        >>> network = MLP([2, 1], [], head="linear")
        >>> network.loss_and_gradients({"W1": [[3.0, 4.0]], "b1": [5.0]}, [[1.0, 10.0]], [[50.0]])
        (np.float64(4.0), {'W1': array([[ -4., -40.]]), 'b1': array([-4.])})
        """
        outputs, cache = self.forward(parameters, X)
        loss, upstream = self.head.loss_and_gradient(outputs, targets)
        return loss, self.backward(upstream, cache)

    def _loss_and_gradients_again(
        self, parameters: Parameters, X: NDArray[Any], targets: NDArray[Any]
    ) -> tuple[FloatArray, Parameters]:
        """Return `loss_and_gradients` of arrays whose like it has accepted before.

        They are not looked at again, and NumPy's error state is the caller's to set. The gradients
        are nobody else's arrays.
        """
        numbers = range(1, self.depth + 1)
        layers = [(parameters[f"W{layer}"], parameters[f"b{layer}"]) for layer in numbers]
        outputs, cache = self._forward(layers, X.astype(layers[0][0].dtype, copy=False))
        if self.head.again is not None:
            loss, upstream = self.head.again(outputs, targets)
            if math.isfinite(loss):
                return loss, self._backward(upstream, cache)
        loss, upstream = self.head.loss_and_gradient(outputs, targets)
        return loss, self.backward(upstream, cache)

    def loss(self, parameters: Parameters, X: ArrayLike, targets: ArrayLike) -> FloatArray:
        """Return the loss of a batch alone; arguments and errors as `loss_and_gradients`."""
        return self.head.loss_and_gradient(self.outputs(parameters, X), targets)[0]

    def outputs(self, parameters: Parameters, X: ArrayLike) -> FloatArray:
        """Return the outputs (n, s_L) and keep nothing; arguments and errors as `forward`."""
        return through(self._layers(parameters), self.activations, "X", X)

    def predict(self, parameters: Parameters, X: ArrayLike) -> FloatArray:
        """Return the outputs as the head reads them, (n, s_L): probabilities, or plain numbers."""
        return self.head.predict(self.outputs(parameters, X))

    def _layers(self, parameters: Parameters) -> Layers:
        return [
            layer_parameters(parameters, self.sizes, layer) for layer in range(1, self.depth + 1)
        ]
