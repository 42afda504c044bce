"""What `mlplib` offers, and where it lives: for type checkers, editors and `__init__.py`."""

from mlplib.activations import (
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
from mlplib.autoencoder import AutoEncoder
from mlplib.convolution1d import convolution_matrix, convolve, convolve_backward
from mlplib.convolution2d import conv2d, conv2d_backward
from mlplib.descent import descend, l2_gradients, l2_penalty
from mlplib.differentiate import derivative, gradient, jacobian
from mlplib.gradients import GradientCheck, check_gradient, check_network
from mlplib.heads import HEADS, Head
from mlplib.inputs import grid, integers, normal, rationals, uniform
from mlplib.jacobians import log_softmax_jacobian, softmax_backward, softmax_jacobian
from mlplib.labels import decision, maxima, one_hot
from mlplib.layers import activation_backward, activation_forward, linear_backward, linear_forward
from mlplib.logistic_loss import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient,
)
from mlplib.losses import mse, mse_gradient
from mlplib.network import MLP
from mlplib.optim import DivergenceError, History, train
from mlplib.parameters import Parameters, initialise
from mlplib.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward
from mlplib.probabilities import log_softmax, logsumexp, softmax
from mlplib.shapes import Conv, Pool, receptive_field
from mlplib.softmax_loss import cross_entropy, cross_entropy_and_gradient, cross_entropy_gradient
from mlplib.textbook import textbook_loss
from mlplib.tracing import trace
from mlplib.verification import VerificationError, refute, verify
from mlplib.windows import output_size

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
