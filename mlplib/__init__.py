"""The mathematics of a multilayer perceptron in NumPy: what every chapter imports.

To read it, go from the ground up; each folder uses only those before it:

1. `functions.activations`: sigmoid, softplus, ReLU and tanh, each beside its slope;
2. `functions.softmax` and `losses.cross_entropy`: from scores to shares to one number;
3. `networks.layers`, then `networks.mlp`: forward, backward, every gradient;
4. `networks.descent` and `networks.training`: one step, then the loop;
5. `convolution.windows`, `conv1d`, `conv2d`: the same for sliding windows;
6. `proof.differentiate`, `proof.verification`, `proof.gradient_check`: how all of it is checked.

A name is loaded when it is first asked for, so that `import mlplib` costs next to nothing. What
there is, and where it lives, stands in `__init__.pyi`.
"""

from mlplib.offer import offer as _offer

__version__ = "0.2.0"

__getattr__, __dir__, __all__ = _offer(__name__)
