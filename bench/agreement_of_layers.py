"""Layers drawn at random, for mlplib and for PyTorch: what `bench.agreement` compares."""

from collections.abc import Callable
from typing import Any

import numpy as np

import mlplib

Rng = np.random.Generator
Trial = tuple[Callable[[], Any], Callable[[], Any]]
"""What computes the same list of arrays: mlplib, PyTorch."""


def first(x: Any) -> Any:
    """Return images with channels first, as PyTorch has them (and filters likewise)."""
    return x.transpose(0, 3, 1, 2) if isinstance(x, np.ndarray) else x.permute(0, 3, 1, 2)


def last(x: Any) -> Any:
    """Return images with channels last."""
    return x.permute(0, 2, 3, 1) if x.ndim == 4 else x.permute(0, 2, 1)


def leaf(torch: Any, x: Any) -> Any:
    """Return a tensor that collects its gradient."""
    return torch.tensor(np.ascontiguousarray(x), requires_grad=True)


def pair(rng: Rng, low: int, high: int) -> tuple[int, int]:
    """Draw a number for each axis."""
    down, across = rng.integers(low, high, 2, endpoint=True)
    return int(down), int(across)


def conv2d(torch: Any, rng: Rng) -> Trial:
    """Return a convolution of images, forward and backward."""
    groups, kernel = int(rng.integers(1, 4)), pair(rng, 1, 4)
    layer = {"stride": pair(rng, 1, 3), "padding": pair(rng, 0, 3), "dilation": pair(rng, 1, 3)}
    x = rng.normal(size=(2, *pair(rng, 3, 12), groups * int(rng.integers(1, 4))))
    weight = rng.normal(size=(groups * int(rng.integers(1, 4)), *kernel, x.shape[3] // groups))
    return both_ways(
        torch, rng, x, weight, dict(layer, groups=groups), mlplib.conv2d, mlplib.conv2d_backward,
        torch.nn.functional.conv2d,
    )  # fmt: skip


def transposed(torch: Any, rng: Rng) -> Trial:
    """Return a transposed convolution, forward and backward."""
    groups, stride = int(rng.integers(1, 4)), pair(rng, 1, 3)
    layer = {
        "stride": stride,
        "padding": pair(rng, 0, 2),
        "dilation": pair(rng, 1, 3),
        "output_padding": tuple(int(rng.integers(0, s)) for s in stride),
        "groups": groups,
    }
    x = rng.normal(size=(2, *pair(rng, 1, 6), groups * int(rng.integers(1, 4))))
    weight = rng.normal(size=(x.shape[3], *pair(rng, 1, 4), int(rng.integers(1, 4))))
    return both_ways(
        torch, rng, x, weight, layer, mlplib.conv_transpose2d, mlplib.conv_transpose2d_backward,
        torch.nn.functional.conv_transpose2d,
    )  # fmt: skip


def both_ways(
    torch: Any, rng: Rng, x: Any, weight: Any, layer: Any, forward: Any, backward: Any, peer: Any
) -> Trial:
    """Return result and gradients of a layer on images with weights and a bias."""
    filters = len(weight) if forward is mlplib.conv2d else weight.shape[3] * layer["groups"]
    bias, seed = rng.normal(size=filters), int(rng.integers(2**31))

    def ours() -> Any:
        y = forward(x, weight, bias, **layer)
        dy = np.random.default_rng(seed).normal(size=y.shape)
        return [y, *backward(dy, x, weight, **layer)]

    def theirs() -> Any:
        leaves = [leaf(torch, first(x)), leaf(torch, first(weight)), leaf(torch, bias)]
        y = last(peer(*leaves, **layer))
        y.backward(torch.tensor(np.random.default_rng(seed).normal(size=tuple(y.shape))))
        gradients = [tensor.grad for tensor in leaves]
        return [y.detach(), last(gradients[0]), last(gradients[1]), gradients[2]]

    return ours, theirs


def conv1d(torch: Any, rng: Rng) -> Trial:
    """Return a convolution of sequences, forward and backward."""
    groups = int(rng.integers(1, 4))
    drawn = {"stride": (1, 4), "padding": (0, 5), "dilation": (1, 4)}
    layer = {name: int(rng.integers(*limits)) for name, limits in drawn.items()}
    layer["groups"] = groups
    x = rng.normal(size=(2, int(rng.integers(2, 20)), groups * int(rng.integers(1, 4))))
    weight = rng.normal(
        size=(groups * int(rng.integers(1, 4)), int(rng.integers(1, 6)), x.shape[2] // groups)
    )
    bias, seed = rng.normal(size=len(weight)), int(rng.integers(2**31))

    def ours() -> Any:
        y = mlplib.conv1d(x, weight, bias, **layer)
        dy = np.random.default_rng(seed).normal(size=y.shape)
        return [y, *mlplib.conv1d_backward(dy, x, weight, **layer)]

    def theirs() -> Any:
        leaves = [leaf(torch, x.swapaxes(1, 2)), leaf(torch, weight.swapaxes(1, 2))]
        leaves.append(leaf(torch, bias))
        y = last(torch.nn.functional.conv1d(*leaves, **layer))
        y.backward(torch.tensor(np.random.default_rng(seed).normal(size=tuple(y.shape))))
        gradients = [tensor.grad for tensor in leaves]
        return [y.detach(), last(gradients[0]), last(gradients[1]), gradients[2]]

    return ours, theirs


def max_pool(torch: Any, rng: Rng) -> Trial:
    """Return a max-pooling layer, forward and backward, ties among its inputs."""
    layer = pooling_layer(rng) | {"dilation": pair(rng, 1, 2)}
    return pooled(
        torch, rng, layer, mlplib.max_pool2d, mlplib.max_pool2d_backward,
        torch.nn.functional.max_pool2d, {},
    )  # fmt: skip


def avg_pool(torch: Any, rng: Rng) -> Trial:
    """Return a mean-pooling layer, forward and backward."""
    return pooled(
        torch, rng, pooling_layer(rng), mlplib.avg_pool2d, mlplib.avg_pool2d_backward,
        torch.nn.functional.avg_pool2d, {"count_include_pad": False},
    )  # fmt: skip


def pooling_layer(rng: Rng) -> dict[str, Any]:
    """Draw the numbers of a pooling layer; PyTorch pads by half a kernel at most."""
    kernel = pair(rng, 1, 4)
    padding = tuple(int(rng.integers(0, k // 2 + 1)) for k in kernel)
    ceil_mode = bool(rng.integers(2))
    return {"kernel": kernel, "stride": pair(rng, 1, 4), "padding": padding, "ceil_mode": ceil_mode}


def pooled(
    torch: Any, rng: Rng, layer: Any, forward: Any, backward: Any, peer: Any, more: Any
) -> Trial:
    """Return result and gradient of a pooling layer."""
    x, seed = rng.integers(-3, 4, (2, *pair(rng, 2, 10), 2)).astype(float), int(rng.integers(2**31))
    named = dict(layer)
    named["kernel_size"] = named.pop("kernel")

    def ours() -> Any:
        y = forward(x, **layer)
        return [y, backward(np.random.default_rng(seed).normal(size=y.shape), x, **layer)]

    def theirs() -> Any:
        images = leaf(torch, first(x))
        y = last(peer(images, **named, **more))
        y.backward(torch.tensor(np.random.default_rng(seed).normal(size=tuple(y.shape))))
        return [y.detach(), last(images.grad)]

    return ours, theirs
