"""Convolution and pooling against NumPy, SciPy, PyTorch, and the work that nobody can avoid.

PyTorch gets its images in its own layout, channels first.
"""

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np

import mlplib
from bench.harness import Case, Run
from bench.peers import find
from mlplib.convolution.conv1d import Mode

TOLERANCE = {"float32": 1e-5, "float64": 1e-12}
SEQUENCES = ((1000, 3), (1000, 9), (1000, 11), (100_000, 64))


def cases(dtype: str) -> Iterator[Case]:
    """Yield convolution in one dimension and in two, and max-pooling."""
    rng = np.random.default_rng(0)
    for n, k in SEQUENCES:
        x, w = rng.normal(size=n).astype(dtype), rng.normal(size=k).astype(dtype)
        modes: tuple[Mode, ...] = ("full", "same", "valid")
        for mode in modes:
            yield in_one_dimension(x, w, mode, dtype)
    images = rng.normal(size=(1, 128, 128, 3)).astype(dtype)
    filters = rng.normal(size=(32, 8, 8, 3)).astype(dtype)
    yield in_two_dimensions(images, filters, dtype)
    yield backward(images, filters, dtype)
    yield gradient_of_a_sequence(100_000, 9, dtype)
    yield many_images(rng.normal(size=(64, 32, 32, 32)).astype(dtype), dtype)
    yield pooling(rng.normal(size=(1, 64, 64, 32)).astype(dtype), dtype)


def in_one_dimension(x: Any, w: Any, mode: Mode, dtype: str) -> Case:
    """Return the convolution of a sequence; the limit is what mlplib hands the work to."""
    contenders: dict[str, Run] = {
        "np.convolve": lambda: np.convolve(x, w, mode),
        "mlplib": lambda: mlplib.convolve(x, w, mode),
    }
    if find("SciPy"):
        signal = importlib.import_module("scipy.signal")
        contenders["SciPy"] = lambda: signal.convolve(x, w, mode)
    torch = find("torch")
    if torch:
        k = len(w)
        padding = {"full": k - 1, "same": k // 2, "valid": 0}[mode]
        row = torch.from_numpy(x)[None, None]
        kernel = torch.from_numpy(w[::-1].copy())[None, None]
        conv1d = torch.nn.functional.conv1d
        # For an even kernel "same" lacks its last number, or has one too many.
        if mode != "same" or k % 2:
            contenders["torch"] = lambda: conv1d(row, kernel, padding=padding)[0, 0]
    # The definition, one term of the sum at a time.
    full = np.zeros(len(x) + len(w) - 1)
    for j, value in enumerate(w.astype(np.float64)):
        full[j : j + len(x)] += value * x
    start = {"full": 0, "same": (len(w) - 1) // 2, "valid": len(w) - 1}[mode]
    length = {"full": len(full), "same": len(x), "valid": len(x) - len(w) + 1}[mode]
    return Case(
        f"convolve {len(x)}∗{len(w)} {mode} {dtype}",
        contenders,
        limit="np.convolve",
        reference=full[start : start + length],
        tolerance=TOLERANCE[dtype],
    )


def gradient_of_a_sequence(n: int, k: int, dtype: str) -> Case:
    """Return both gradients of a convolution; the limit is the convolution itself."""
    rng = np.random.default_rng(2)
    x, w, dy = (rng.normal(size=size).astype(dtype) for size in (n, k, n + k - 1))
    exact = np.correlate(dy.astype(np.float64), x.astype(np.float64), "valid")
    return Case(
        f"convolve_backward {n}∗{k} {dtype}",
        {
            "forward": lambda: mlplib.convolve(x, w),
            "mlplib": lambda: mlplib.convolve_backward(dy, x, w).kernel,
            "NumPy": lambda: (np.correlate(dy, w, "valid"), np.correlate(dy, x, "valid"))[1],
        },
        limit="forward",
        reference=exact,
        tolerance=1e-4 if dtype == "float32" else 1e-10,
        exempt=frozenset({"forward"}),
        budgets={"forward": 4.0},
    )


def many_images(x: Any, dtype: str) -> Case:
    """Return a layer of 3×3 filters on a batch; the limit is its product, image by image."""
    weight = np.random.default_rng(3).normal(size=(32, 3, 3, x.shape[3])).astype(dtype)
    windows, matrix = np.ones((30 * 30, 9 * x.shape[3]), dtype), weight.reshape(32, -1)
    contenders: dict[str, Run] = {
        "its product": lambda: [windows @ matrix.T for _ in x],
        "mlplib": lambda: mlplib.conv2d(x, weight),
    }
    torch = find("torch")
    if torch:
        images, kernels = channels_first(torch, x), channels_first(torch, weight)
        conv2d = torch.nn.functional.conv2d
        contenders["torch"] = lambda: conv2d(images, kernels).permute(0, 2, 3, 1)
    exact = sum(
        x[:, i : i + 30, j : j + 30].astype(np.float64) @ weight[:, i, j].T.astype(np.float64)
        for i, j in np.ndindex(3, 3)
    )
    return Case(
        f"conv2d {len(x)} of 32×32×{x.shape[3]}, 3×3 {dtype}",
        contenders,
        limit="its product",
        reference=exact,
        tolerance=TOLERANCE[dtype],
        exempt=frozenset({"its product"}),
        budgets={"its product": 2.0},
    )


def in_two_dimensions(x: Any, weight: Any, dtype: str) -> Case:
    """Return the first layer of document 004's network; the limit is its matrix product."""
    windows, matrix = np.ones((64 * 64, 8 * 8 * 3), dtype), weight.reshape(32, -1)
    contenders: dict[str, Run] = {
        "its product": lambda: windows @ matrix.T,
        "mlplib": lambda: mlplib.conv2d(x, weight, stride=2, padding=3),
    }
    torch = find("torch")
    if torch:
        images, kernels = channels_first(torch, x), channels_first(torch, weight)
        conv2d = torch.nn.functional.conv2d
        contenders["torch"] = lambda: conv2d(images, kernels, stride=2, padding=3).permute(
            0, 2, 3, 1
        )
    return Case(
        f"conv2d 128×128×3, 32 of 8×8 {dtype}",
        contenders,
        limit="its product",
        reference=tap_by_tap(x, weight),
        tolerance=TOLERANCE[dtype],
        exempt=frozenset({"its product"}),
        budgets={"its product": 2.0},
    )


def backward(x: Any, weight: Any, dtype: str) -> Case:
    """Return the gradients of the same layer; the limit is their two matrix products."""
    windows, matrix = np.ones((64 * 64, 8 * 8 * 3), dtype), weight.reshape(32, -1)
    dy = np.random.default_rng(1).normal(size=(1, 64, 64, 32)).astype(dtype)
    rows = dy.reshape(-1, 32)
    contenders: dict[str, Run] = {
        "its products": lambda: (rows.T @ windows, rows @ matrix),
        "mlplib": lambda: mlplib.conv2d_backward(dy, x, weight, stride=2, padding=3).weight,
    }
    torch = find("torch")
    if torch:
        gradient, images = channels_first(torch, dy), channels_first(torch, x)
        kernels = channels_first(torch, weight)
        grads = torch.nn.grad

        def both() -> Any:
            grads.conv2d_input(images.shape, kernels, gradient, stride=2, padding=3)
            by_weight = grads.conv2d_weight(images, kernels.shape, gradient, stride=2, padding=3)
            return by_weight.permute(0, 2, 3, 1)

        contenders["torch"] = both
    exact = np.zeros(weight.shape)
    for (i, j), tap in taps(x):
        exact[:, i, j] = np.tensordot(dy.astype(np.float64), tap, ([0, 1, 2], [0, 1, 2]))
    return Case(
        f"conv2d backward, the same {dtype}",
        contenders,
        limit="its products",
        reference=exact,
        tolerance=TOLERANCE[dtype],
        exempt=frozenset({"its products"}),
    )


def pooling(x: Any, dtype: str) -> Case:
    """Return max-pooling of the second layer of document 004's network; the limit is a copy."""
    blocks = x.reshape(1, 32, 2, 32, 2, 32)
    contenders: dict[str, Run] = {
        "a copy": x.copy,
        "mlplib": lambda: mlplib.max_pool2d(x, 2),
        "reshape.max": lambda: blocks.max((2, 4)),
    }
    torch = find("torch")
    if torch:
        images = channels_first(torch, x)
        max_pool2d = torch.nn.functional.max_pool2d
        contenders["torch"] = lambda: max_pool2d(images, 2).permute(0, 2, 3, 1)
    return Case(
        f"max-pool 2×2 of 64×64×32 {dtype}",
        contenders,
        limit="a copy",
        reference=blocks.max((2, 4)),
        tolerance=0,
        exempt=frozenset({"a copy"}),
        budgets={"a copy": 8.0},
    )


def tap_by_tap(x: Any, weight: Any) -> Any:
    """Return the layer's output in float64, as the sum over the filters' 64 entries."""
    return sum(tap @ weight[:, i, j].T.astype(np.float64) for (i, j), tap in taps(x))


def taps(x: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """Yield what each entry of an 8×8 kernel with stride 2 and padding 3 sees, in float64."""
    padded = np.pad(x.astype(np.float64), ((0, 0), (3, 3), (3, 3), (0, 0)))
    for i, j in np.ndindex(8, 8):
        yield (i, j), padded[:, i : i + 127 : 2, j : j + 127 : 2]


def channels_first(torch: Any, images: Any) -> Any:
    """Return images or filters as a tensor in PyTorch's layout."""
    return torch.from_numpy(images).permute(0, 3, 1, 2).contiguous()
