"""A convolutional network: convolution, pooling, dense layers and activations, in any order.

Like `MLP` it is only a plan. Its parameters are a dictionary that you hold, with the keys W1, b1,
W2, … for the layers that have any, and gradients come back under the same keys. Nothing about
backpropagation is new: each layer hands the gradient of its result back to its input
(`mlplib.convolution.passes`), and one after the other, from the last, they are the chain rule.

**Left out, and why.** Dropout and batch normalisation make a step random, or an example's loss
depend on the rest of its batch. Neither is then a function of parameters and example alone, which
could be held against a derivative as every formula here is; and both compute one thing in training
and another afterwards, so that somebody has to switch. Small networks on small pictures do without:
initial weights that keep the size of signals (`mlplib.networks.moments`) do at the start what
normalisation does all along, and L2 and early stopping are other ways to what dropout is for. Leaky
ReLU and GELU are functions with a slope, and any such pair serves as an activation: with
``leaky = lambda z: np.where(z > 0, z, z / 100)`` and ``slope = lambda z: np.where(z > 0, 1, 0.01)``
write ``(leaky, slope)`` where a name would stand.
"""

from __future__ import annotations  # np.random costs 10 ms: load it when something is drawn

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mlplib.arguments import FloatArray, generator, whole
from mlplib.convolution.descriptions import (
    AnyShape,
    Dense,
    Layer,
    Reshape,
    TransposedConv,
    any_shape,
    batch_in_shape,
)
from mlplib.convolution.passes import backward, forward
from mlplib.convolution.shapes import Conv, Pool
from mlplib.convolution.weights import as_layer, biases, inputs_and_outputs, output, weight_shape
from mlplib.functions.named import Named
from mlplib.networks.heads import Head, as_head
from mlplib.networks.layers import gradient_of_result
from mlplib.networks.parameters import (
    Parameters,
    one_parameter,
    require_precision,
    weight_variance,
)


@dataclass(frozen=True, init=False)
class CNN:
    """The plan of a convolutional network.

    Parameters
    ----------
    shape : (int, int, int) or int
        Of one input: (height, width, channels), or the number of numbers if it is no image.
    layers : sequence of Conv, Pool, TransposedConv, Dense, Reshape and activations
        From the input on; activations as for `MLP`, such as "relu".
    head : str or Head
        The loss and the reading of the outputs, as for `MLP`.
    first : int
        The number of the first layer with parameters, for a network that is a part of another.

    Raises
    ------
    ValueError
        If a layer is none of these or does not fit its input, naming it.

    Examples
    --------
    >>> network = CNN((8, 8, 1), [Conv(4, 3, padding=1), "relu", Pool(2), Dense(10)])
    >>> network.shapes
    ((8, 8, 1), (8, 8, 4), (8, 8, 4), (4, 4, 4), (10,))
    >>> parameters = network.initialise(np.random.default_rng(0))
    >>> {key: value.shape for key, value in parameters.items()}
    {'W1': (4, 3, 3, 1), 'b1': (4,), 'W2': (10, 64), 'b2': (10,)}
    >>> network.predict(parameters, np.zeros((2, 8, 8))).shape
    (2, 10)

    A part of a network is a network, with the same parameters: what its first layers have made of
    a picture can be looked at.

    >>> network[:3].outputs(parameters, np.zeros((2, 8, 8))).shape
    (2, 4, 4, 4)
    """

    shapes: tuple[AnyShape, ...]
    """The shape of one input, then what each layer makes of it."""
    layers: tuple[Layer, ...]
    head: Head
    first: int

    def __init__(
        self,
        shape: int | Sequence[int],
        layers: Sequence[Conv | Pool | TransposedConv | Dense | Reshape | Named],
        head: str | Head = "softmax",
        *,
        first: int = 1,
    ) -> None:
        if isinstance(layers, str) or not isinstance(layers, Sequence) or not layers:
            raise ValueError(f"layers must be a sequence of at least one layer, not {layers!r}.")
        shapes, read = [any_shape(shape)], []
        for number, given in enumerate(layers, start=1):
            layer = as_layer(given)
            try:
                shapes.append(output(layer, shapes[-1]))
            except ValueError as error:
                raise ValueError(f"layers must fit: layer {number}, {layer}: {error}") from error
            read.append(layer)
        object.__setattr__(self, "shapes", tuple(shapes))
        object.__setattr__(self, "layers", tuple(read))
        object.__setattr__(self, "head", as_head(head))
        object.__setattr__(self, "first", whole("first", first))

    def __getitem__(self, part: slice) -> CNN:
        """Return some of the layers as a network, which uses the same parameters."""
        if not isinstance(part, slice) or part.step not in (None, 1):
            raise ValueError(f"part must be a slice of neighbouring layers, not {part!r}.")
        start, stop, _ = part.indices(len(self.layers))
        head: str | Head = self.head if stop == len(self.layers) else "linear"
        before = sum(number is not None for number in self._numbers()[:start])
        return CNN(self.shapes[start], self.layers[start:stop], head, first=self.first + before)

    @property
    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        """The key and the shape of every parameter."""
        shapes: dict[str, tuple[int, ...]] = {}
        for number, layer, shape in zip(self._numbers(), self.layers, self.shapes, strict=False):
            if (weights := weight_shape(layer, shape)) is not None:
                shapes[f"W{number}"] = weights
                shapes |= {f"b{number}": (biases(layer),)} if biases(layer) else {}
        return shapes

    @property
    def parameter_count(self) -> int:
        """The number of all weights and biases."""
        return sum(map(prod, self.parameter_shapes.values()))

    def initialise(
        self,
        rng: np.random.Generator,
        scheme: str = "he",
        dtype: type[np.floating] = np.float64,
    ) -> Parameters:
        """Draw the weights at random, normal with mean 0, and set the biases to 0.

        Parameters
        ----------
        rng : numpy.random.Generator
        scheme : {"he", "glorot"}
            As `mlplib.initialise` says. The inputs of a number are the terms of its sum.
        dtype : numpy.float64 or numpy.float32

        Returns
        -------
        dict of str to ndarray

        Raises
        ------
        ValueError
            As `mlplib.initialise`.
        """
        generator("rng", rng)
        require_precision(dtype)
        parameters = {key: np.zeros(shape, dtype) for key, shape in self.parameter_shapes.items()}
        for number, layer, shape in zip(self._numbers(), self.layers, self.shapes, strict=False):
            if number is not None:
                spread = np.sqrt(weight_variance(scheme, *inputs_and_outputs(layer, shape)))
                W = parameters[f"W{number}"]
                W[...] = spread * rng.standard_normal(W.shape)
        return parameters

    def forward(self, parameters: Parameters, X: ArrayLike) -> tuple[FloatArray, list[Any]]:
        """Return the outputs and, for `backward`, what each layer kept and its weights.

        Parameters
        ----------
        parameters : Parameters
            They decide the precision, float32 or float64.
        X : array_like of finite numbers, shape (n, height, width, channels)
            Also (n, height, width) for one channel, or (n, the number of all of these).

        Returns
        -------
        outputs : ndarray, shape (n, ...)
            Before the head reads them.
        cache : list

        Raises
        ------
        ValueError
            If `X` is empty, of another shape, or not finite in the precision of the parameters, or
            a parameter is missing or misshapen.
        """
        weights = self._weights(parameters)
        A = self._inputs(X, weights)
        cache: list[Any] = []
        for layer, (W, b) in zip(self.layers, weights, strict=True):
            A, kept = forward(layer, A, W, b)
            cache.append((kept, W))
        return A, cache

    def backward(self, upstream: ArrayLike, cache: list[Any]) -> Parameters:
        """Return the gradients of all parameters, from that of the outputs; as `MLP.backward`."""
        delta = gradient_of_result(upstream, (len(cache[0][0]), *self.shapes[-1]))
        gradients: Parameters = {}
        steps = [*zip(self._numbers(), self.layers, cache, strict=True)]
        for number, layer, (kept, W) in reversed(steps):
            delta, dW, db = backward(layer, delta, kept, W)
            if number is not None:
                gradients |= {f"b{number}": db} if biases(layer) else {}
                gradients[f"W{number}"] = dW
        return dict(reversed(gradients.items()))

    def loss_and_gradients(
        self, parameters: Parameters, X: ArrayLike, targets: ArrayLike
    ) -> tuple[FloatArray, Parameters]:
        """Return the loss of a batch and its gradients with respect to all parameters.

        Parameters
        ----------
        parameters : Parameters
        X : array_like
            As for `forward`.
        targets : array_like
            As for `MLP.loss_and_gradients`. Where the outputs are images, as `X` may come.

        Returns
        -------
        loss : NumPy scalar
        gradients : Parameters

        Raises
        ------
        ValueError
            As `forward`, and if the head refuses `targets`.
        """
        outputs, cache = self.forward(parameters, X)
        loss, upstream = self.head.loss_and_gradient(outputs, self._targets(targets))
        return loss, self.backward(upstream, cache)

    def loss(self, parameters: Parameters, X: ArrayLike, targets: ArrayLike) -> FloatArray:
        """Return the loss of a batch alone; arguments and errors as `loss_and_gradients`."""
        outputs = self.outputs(parameters, X)
        return self.head.loss_and_gradient(outputs, self._targets(targets))[0]

    def outputs(self, parameters: Parameters, X: ArrayLike) -> FloatArray:
        """Return the outputs and keep nothing; arguments and errors as `forward`."""
        weights = self._weights(parameters)
        A = self._inputs(X, weights)
        for layer, (W, b) in zip(self.layers, weights, strict=True):
            A, _ = forward(layer, A, W, b)
        return A

    def predict(self, parameters: Parameters, X: ArrayLike) -> FloatArray:
        """Return the outputs as the head reads them: probabilities, or plain numbers."""
        return self.head.predict(self.outputs(parameters, X))

    def _numbers(self) -> list[int | None]:
        """Return the number in the keys of each layer's parameters; None where there are none."""
        numbers: list[int | None] = []
        following = count(self.first)
        for layer, shape in zip(self.layers, self.shapes, strict=False):
            has_weights = weight_shape(layer, shape) is not None
            numbers.append(next(following) if has_weights else None)
        return numbers

    def _weights(self, parameters: Parameters) -> list[tuple[Any, Any]]:
        """Return W and b of every layer, None where it has none."""
        shapes = self.parameter_shapes
        known = {key: one_parameter(parameters, key, shape) for key, shape in shapes.items()}
        return [(known.get(f"W{number}"), known.get(f"b{number}")) for number in self._numbers()]

    def _inputs(self, X: ArrayLike, weights: list[tuple[Any, Any]]) -> FloatArray:
        """Return `X` as a batch in the shape of the input and in the precision of the weights."""
        dtype = next((W.dtype for W, _ in weights if W is not None), None)
        return batch_in_shape("X", X, self.shapes[0], dtype)

    def _targets(self, targets: ArrayLike) -> ArrayLike:
        """Return images as the head compares them, with all their axes; other targets as such."""
        is_image = len(self.shapes[-1]) == 3
        return batch_in_shape("targets", targets, self.shapes[-1]) if is_image else targets
