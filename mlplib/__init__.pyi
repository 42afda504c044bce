"""What `mlplib` offers, and where it lives: for type checkers, editors and `__init__.py`."""

from mlplib.convolution.cnn import CNN as CNN
from mlplib.convolution.conv1d import (
    convolution_matrix as convolution_matrix,
    convolve as convolve,
    convolve_backward as convolve_backward,
)
from mlplib.convolution.conv2d import conv2d as conv2d, conv2d_backward as conv2d_backward
from mlplib.convolution.descriptions import (
    Dense as Dense,
    Reshape as Reshape,
    TransposedConv as TransposedConv,
)
from mlplib.convolution.layer1d import conv1d as conv1d, conv1d_backward as conv1d_backward
from mlplib.convolution.pooling import (
    avg_pool2d as avg_pool2d,
    avg_pool2d_backward as avg_pool2d_backward,
    max_pool2d as max_pool2d,
    max_pool2d_backward as max_pool2d_backward,
)
from mlplib.convolution.seen import Seen as Seen, seen as seen
from mlplib.convolution.shapes import Conv as Conv, Pool as Pool, receptive_field as receptive_field
from mlplib.convolution.tracing import trace as trace
from mlplib.convolution.transposed import (
    conv_transpose2d as conv_transpose2d,
    conv_transpose2d_backward as conv_transpose2d_backward,
    transposed_output_size as transposed_output_size,
)
from mlplib.convolution.windows import output_size as output_size
from mlplib.data.digits import Digits as Digits, load_digits as load_digits
from mlplib.functions.activations import (
    ACTIVATIONS as ACTIVATIONS,
    Activation as Activation,
    heaviside as heaviside,
    heaviside_prime as heaviside_prime,
    identity as identity,
    identity_prime as identity_prime,
    indicator as indicator,
    log_sigmoid as log_sigmoid,
    log_sigmoid_prime as log_sigmoid_prime,
    relu as relu,
    relu_prime as relu_prime,
    sigmoid as sigmoid,
    sigmoid_prime as sigmoid_prime,
    sign as sign,
    sign_prime as sign_prime,
    softplus as softplus,
    softplus_prime as softplus_prime,
    tanh as tanh,
    tanh_prime as tanh_prime,
)
from mlplib.functions.labels import decision as decision, maxima as maxima, one_hot as one_hot
from mlplib.functions.softmax import (
    log_softmax as log_softmax,
    logsumexp as logsumexp,
    softmax as softmax,
)
from mlplib.functions.softmax_jacobian import (
    log_softmax_jacobian as log_softmax_jacobian,
    softmax_backward as softmax_backward,
    softmax_jacobian as softmax_jacobian,
)
from mlplib.losses.cross_entropy import (
    cross_entropy as cross_entropy,
    cross_entropy_and_gradient as cross_entropy_and_gradient,
    cross_entropy_gradient as cross_entropy_gradient,
)
from mlplib.losses.logistic import (
    binary_cross_entropy as binary_cross_entropy,
    binary_cross_entropy_gradient as binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits as binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_gradient as binary_cross_entropy_with_logits_gradient,
)
from mlplib.losses.squared import mse as mse, mse_gradient as mse_gradient
from mlplib.networks.autoencoder import AutoEncoder as AutoEncoder
from mlplib.networks.descent import (
    descend as descend,
    l2_gradients as l2_gradients,
    l2_penalty as l2_penalty,
)
from mlplib.networks.evaluation import accuracy as accuracy
from mlplib.networks.heads import (
    HEADS as HEADS,
    Head as Head,
    weighted_softmax as weighted_softmax,
)
from mlplib.networks.history import History as History
from mlplib.networks.layers import (
    activation_backward as activation_backward,
    activation_forward as activation_forward,
    linear_backward as linear_backward,
    linear_forward as linear_forward,
)
from mlplib.networks.mlp import MLP as MLP
from mlplib.networks.moments import Moments as Moments, gaussian_moments as gaussian_moments
from mlplib.networks.optimisers import (
    Adam as Adam,
    GradientDescent as GradientDescent,
    Momentum as Momentum,
    Nesterov as Nesterov,
)
from mlplib.networks.parameters import Parameters as Parameters, initialise as initialise
from mlplib.networks.steps import DivergenceError as DivergenceError
from mlplib.networks.training import train as train
from mlplib.proof.differentiate import (
    derivative as derivative,
    gradient as gradient,
    jacobian as jacobian,
)
from mlplib.proof.findings import VerificationError as VerificationError
from mlplib.proof.gradient_check import (
    check_gradient as check_gradient,
    check_network as check_network,
)
from mlplib.proof.gradient_verdict import GradientCheck as GradientCheck
from mlplib.proof.inputs import (
    grid as grid,
    integers as integers,
    normal as normal,
    rationals as rationals,
    uniform as uniform,
)
from mlplib.proof.textbook import textbook_loss as textbook_loss
from mlplib.proof.trials import Inputs as Inputs
from mlplib.proof.verification import refute as refute, verify as verify

__version__: str
