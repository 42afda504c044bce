"""The mathematics of a multilayer perceptron in NumPy: what every chapter imports.

To read it, go from the ground up; each folder uses only those before it:

1. `functions.activations`: sigmoid, softplus, ReLU and tanh, each beside its slope;
2. `functions.softmax` and `losses.cross_entropy`: from scores to shares to one number;
3. `networks.layers`, then `networks.mlp`: forward, backward, every gradient;
4. `networks.descent`, `optimisers`, `steps`, `training`: one step, others, many, the loop;
5. `convolution.windows`, `conv1d`, `conv2d`, `cnn`: the same for sliding windows;
6. `proof.differentiate`, `proof.verification`, `proof.gradient_check`: how all of it is checked.

What a name ends in says which derivative it is. ``_prime`` is the slope of a function of each entry
alone; ``_gradient`` that of one number, such as a loss, in the shape of its variable; ``_jacobian``
the whole matrix of ∂output/∂input; and ``_backward`` that matrix transposed, times the gradient of
a loss that comes from above: one step of backpropagation. The backward function of a layer
(`linear_backward`) takes the cache that its forward function returned, that of a convolution
(`conv2d_backward`) takes the inputs again.

Four names mean something else than in NumPy: `gradient` takes a function and no samples, `trace`
follows the shapes of a network, and `normal` and `uniform` are recipes for the inputs of `verify`.

A name is loaded when it is first asked for, so that `import mlplib` costs next to nothing. What
there is, and where it lives, stands in `__init__.pyi`.
"""

from mlplib.offer import offer as _offer

__version__ = "0.2.0"

__getattr__, __dir__, __all__ = _offer(__name__)
