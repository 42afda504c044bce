"""What `mlplib` offers, and where it lives: for type checkers, editors and `__init__.py`."""

from mlplib.convolution.conv1d import convolution_matrix, convolve, convolve_backward
from mlplib.convolution.conv2d import conv2d, conv2d_backward
from mlplib.convolution.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from mlplib.convolution.shapes import Conv, Pool, receptive_field
from mlplib.convolution.tracing import trace
from mlplib.convolution.windows import output_size
from mlplib.functions.activations import (
    ACTIVATIONS,
    Activation,
    heaviside,
    heaviside_prime,
    identity,
    identity_prime,
    indicator,
    log_sigmoid,
    log_sigmoid_prime,
    relu,
    relu_prime,
    sigmoid,
    sigmoid_prime,
    sign,
    sign_prime,
    softplus,
    softplus_prime,
    tanh,
    tanh_prime,
)
from mlplib.functions.labels import decision, maxima, one_hot
from mlplib.functions.softmax import log_softmax, logsumexp, softmax
from mlplib.functions.softmax_jacobian import (
    log_softmax_jacobian,
    softmax_backward,
    softmax_jacobian,
)
from mlplib.losses.cross_entropy import (
    cross_entropy,
    cross_entropy_and_gradient,
    cross_entropy_gradient,
)
from mlplib.losses.logistic import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)
from mlplib.losses.squared import mse, mse_gradient
from mlplib.networks.autoencoder import AutoEncoder
from mlplib.networks.descent import descend, l2_gradients, l2_penalty
from mlplib.networks.heads import HEADS, Head
from mlplib.networks.layers import (
    activation_backward,
    activation_forward,
    linear_backward,
    linear_forward,
)
from mlplib.networks.mlp import MLP
from mlplib.networks.parameters import Parameters, initialise
from mlplib.networks.training import DivergenceError, History, train
from mlplib.proof.differentiate import derivative, gradient, jacobian
from mlplib.proof.gradient_check import GradientCheck, check_gradient, check_network
from mlplib.proof.inputs import Inputs, grid, integers, normal, rationals, uniform
from mlplib.proof.textbook import textbook_loss
from mlplib.proof.verification import VerificationError, refute, verify

__all__ = [
    "ACTIVATIONS",
    "HEADS",
    "MLP",
    "Activation",
    "AutoEncoder",
    "Conv",
    "DivergenceError",
    "GradientCheck",
    "Head",
    "History",
    "Inputs",
    "Parameters",
    "Pool",
    "VerificationError",
    "activation_backward",
    "activation_forward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_gradient",
    "check_gradient",
    "check_network",
    "conv2d",
    "conv2d_backward",
    "convolution_matrix",
    "convolve",
    "convolve_backward",
    "cross_entropy",
    "cross_entropy_and_gradient",
    "cross_entropy_gradient",
    "decision",
    "derivative",
    "descend",
    "gradient",
    "grid",
    "heaviside",
    "heaviside_prime",
    "identity",
    "identity_prime",
    "indicator",
    "initialise",
    "integers",
    "jacobian",
    "l2_gradients",
    "l2_penalty",
    "linear_backward",
    "linear_forward",
    "log_sigmoid",
    "log_sigmoid_prime",
    "log_softmax",
    "log_softmax_jacobian",
    "logsumexp",
    "max_pool2d",
    "max_pool2d_backward",
    "maxima",
    "mse",
    "mse_gradient",
    "normal",
    "one_hot",
    "output_size",
    "rationals",
    "receptive_field",
    "refute",
    "relu",
    "relu_prime",
    "sigmoid",
    "sigmoid_prime",
    "sign",
    "sign_prime",
    "softmax",
    "softmax_backward",
    "softmax_jacobian",
    "softplus",
    "softplus_prime",
    "tanh",
    "tanh_prime",
    "textbook_loss",
    "trace",
    "train",
    "uniform",
    "verify",
]

__version__: str
