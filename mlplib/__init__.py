"""The mathematics of a multilayer perceptron in NumPy: what every chapter imports."""

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
from mlplib.differentiate import derivative, gradient, jacobian
from mlplib.inputs import grid, integers, normal, rationals, uniform
from mlplib.verification import VerificationError, refute, verify

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "VerificationError",
    "derivative",
    "gradient",
    "grid",
    "heaviside",
    "heaviside_prime",
    "identity",
    "identity_prime",
    "indicator",
    "integers",
    "jacobian",
    "log_sigmoid",
    "log_sigmoid_prime",
    "normal",
    "rationals",
    "refute",
    "relu",
    "relu_prime",
    "sigmoid",
    "sigmoid_prime",
    "sign",
    "sign_prime",
    "softplus",
    "softplus_prime",
    "tanh",
    "tanh_prime",
    "uniform",
    "verify",
]

__version__ = "0.1.0"
