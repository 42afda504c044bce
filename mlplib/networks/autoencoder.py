"""Auto-encoder: a network that says its input back after squeezing it through a narrow code.

The encoder maps x to a short code h, the decoder maps h to x̂, and both learn to bring x̂ near x.
That is a multilayer perceptron whose sizes are the same read forwards and backwards, so nothing new
has to be differentiated. (S1-42 has two headings, "Encodage" and "Décodage", and no text.)

*Tied* weights make the decoder's matrices the encoder's transposed, W⁽²ᴷ⁺¹⁻ˡ⁾ = W⁽ˡ⁾ᵀ: half as many
numbers. A matrix that serves twice gets two gradients, and they add up.
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlplib.arguments import FloatArray
from mlplib.functions.activations import Activation
from mlplib.functions.named import Named
from mlplib.networks.heads import Head
from mlplib.networks.layers import Layers, through
from mlplib.networks.mlp import MLP
from mlplib.networks.parameters import Parameters, layer_parameters, layer_sizes


@dataclass(frozen=True, init=False)
class AutoEncoder:
    """The plan of an auto-encoder with K layers on each side; `train` takes it.

    Parameters
    ----------
    sizes : sequence of int
        s_0, …, s_K: the number of inputs, …, of numbers in the code. The decoder mirrors them.
    activation : str, Activation, function, pair of functions, or a sequence of these
        As for the `MLP` with sizes s_0, …, s_K, …, s_0: one for all its hidden layers, of which the
        code is one, or a sequence of 2K − 1, or of 2K if the output has one too.
    head : str or Head
        "linear" with squared error for any numbers, "sigmoid" with binary cross-entropy for numbers
        in [0, 1], such as the pixels of document 001's section.
    tied : bool
        Whether the decoder has the encoder's weights, transposed. Its biases are its own.

    Raises
    ------
    ValueError
        As `MLP`.

    Examples
    --------
    >>> model = AutoEncoder([6, 4, 2], "tanh", tied=True)
    >>> parameters = model.initialise(np.random.default_rng(0), scheme="glorot")
    >>> {key: value.shape for key, value in parameters.items()}
    {'W1': (4, 6), 'b1': (4,), 'W2': (2, 4), 'b2': (2,), 'b3': (4,), 'b4': (6,)}
    >>> code = model.encode(parameters, np.ones((5, 6)))
    >>> code.shape, model.decode(parameters, code).shape
    ((5, 2), (5, 6))
    """

    network: MLP
    """Encoder and decoder in one, with sizes s_0, …, s_K, …, s_0."""
    tied: bool

    def __init__(
        self,
        sizes: Sequence[int],
        activation: Named | Sequence[Named],
        head: str | Head = "linear",
        *,
        tied: bool = False,
    ) -> None:
        there = layer_sizes(sizes)
        network = MLP([*there, *there[-2::-1]], activation, head)
        object.__setattr__(self, "network", network)
        object.__setattr__(self, "tied", tied)

    @property
    def depth(self) -> int:
        """K, the number of layers of the encoder."""
        return self.network.depth // 2

    @property
    def parameter_count(self) -> int:
        """The number of weights and biases, tied weights counted once."""
        sizes = self.network.sizes
        weights = sum(sizes[layer] * sizes[layer - 1] for layer in range(1, self.depth + 1))
        return self.network.parameter_count - self.tied * weights

    def initialise(
        self,
        rng: np.random.Generator,
        scheme: str = "he",
        dtype: type[np.floating] = np.float64,
    ) -> Parameters:
        """Return parameters drawn at random; see `mlplib.networks.parameters.initialise`.

        Not with "moments" if weights are tied: one matrix cannot fit the widths of two layers.
        """
        if self.tied and scheme == "moments":
            raise ValueError(f'scheme must be "he" or "glorot" with tied weights, not {scheme!r}.')
        parameters = self.network.initialise(rng, scheme, dtype)
        twins = [twin for _, twin in self._twins()] if self.tied else []
        return {key: value for key, value in parameters.items() if key not in twins}

    def encode(self, parameters: Parameters, X: ArrayLike) -> FloatArray:
        """Return the codes: h = g(W x + b), K times.

        Parameters
        ----------
        parameters : Parameters
            As `initialise` returns them.
        X : array_like of finite numbers, shape (n, s_0)
            One example per row.

        Returns
        -------
        ndarray, shape (n, s_K)

        Raises
        ------
        ValueError
            As `MLP.forward`.

        Examples
        --------
        >>> model = AutoEncoder([2, 1], "identity", tied=True)
        >>> parameters = {"W1": [[0.6, 0.8]], "b1": [0.0], "b2": [0.0, 0.0]}
        >>> model.encode(parameters, [[3.0, 4.0]])
        array([[5.]])
        """
        return through(*self._half(parameters, range(self.depth)), "X", X)

    def decode(self, parameters: Parameters, H: ArrayLike) -> FloatArray:
        """Return what the decoder makes of codes, read by the head: the reconstructions x̂.

        Parameters
        ----------
        parameters : Parameters
        H : array_like of finite numbers, shape (n, s_K)
            One code per row.

        Returns
        -------
        ndarray, shape (n, s_0)

        Raises
        ------
        ValueError
            As `MLP.forward`.

        Examples
        --------
        >>> model = AutoEncoder([2, 1], "identity", tied=True)
        >>> parameters = {"W1": [[0.6, 0.8]], "b1": [0.0], "b2": [0.0, 0.0]}
        >>> model.decode(parameters, [[5.0]])
        array([[3., 4.]])
        """
        decoder = self._half(parameters, range(self.depth, self.network.depth))
        return self.network.head.predict(through(*decoder, "H", H))

    def loss(
        self, parameters: Parameters, X: ArrayLike, targets: ArrayLike | None = None
    ) -> FloatArray:
        """Return the loss of a batch alone; arguments and errors as `loss_and_gradients`."""
        return self.network.loss(self._untie(parameters), X, X if targets is None else targets)

    def loss_and_gradients(
        self, parameters: Parameters, X: ArrayLike, targets: ArrayLike | None = None
    ) -> tuple[FloatArray, Parameters]:
        """Return the loss of a batch and its gradients with respect to all parameters.

        With tied weights, L depends on W⁽ˡ⁾ at two places, and by the chain rule its gradient is
        the sum of both: the encoder's, and the decoder's transposed.

        Parameters
        ----------
        parameters : Parameters
        X : array_like of finite numbers, shape (n, s_0)
            One example per row.
        targets : array_like, shape (n, s_0), optional
            What to say back: `X` unless given. (Clean images for noisy ones, for instance.)

        Returns
        -------
        loss : NumPy scalar
            The mean that the head defines.
        gradients : Parameters
            The keys and shapes of `parameters`.

        Raises
        ------
        ValueError
            As `MLP.loss_and_gradients`.
        """
        targets = X if targets is None else targets
        return self._joined(self.network.loss_and_gradients(self._untie(parameters), X, targets))

    def _loss_and_gradients_again(
        self, parameters: Parameters, X: NDArray[Any], targets: NDArray[Any]
    ) -> tuple[FloatArray, Parameters]:
        """Return `loss_and_gradients` as `MLP` does of what has been accepted before."""
        return self._joined(
            self.network._loss_and_gradients_again(self._untie(parameters), X, targets)
        )

    def _joined(self, found: tuple[FloatArray, Parameters]) -> tuple[FloatArray, Parameters]:
        """Return a loss and its gradients, with those of tied weights added up."""
        loss, gradients = found
        if self.tied:
            for own, twin in self._twins():
                gradients[own] = gradients[own] + gradients.pop(twin).T
        return loss, gradients

    def _half(self, parameters: Parameters, layers: range) -> tuple[Layers, tuple[Activation, ...]]:
        """Return W and b of some layers, and their activations."""
        parameters, network = self._untie(parameters), self.network
        chosen = [layer_parameters(parameters, network.sizes, layer + 1) for layer in layers]
        return chosen, network.activations[layers.start : layers.stop]

    def _untie(self, parameters: Parameters) -> Parameters:
        """Return the parameters of `network`: with each tied matrix at both of its places."""
        if not self.tied:
            return parameters
        twins = self._twins()
        shared = {twin: np.transpose(parameters[own]) for own, twin in twins if own in parameters}
        return {**parameters, **shared}

    def _twins(self) -> list[tuple[str, str]]:
        """Return the keys of W⁽ˡ⁾ and of W⁽²ᴷ⁺¹⁻ˡ⁾, its mirror image, for l = 1 … K."""
        last = self.network.depth + 1
        return [(f"W{layer}", f"W{last - layer}") for layer in range(1, self.depth + 1)]
