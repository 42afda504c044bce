"""Random convolutions and poolings against PyTorch: ``python -m bench.agreement [seed]``.

Values and gradients of 400 layers of each kind, with strides, dilations, groups, paddings of
every sort and windows that stick out. What one refuses, the other has to refuse too.
"""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

import mlplib
from bench.peers import find

LAYERS = 400
CLOSE = 1e-13


def main() -> None:
    """Print for each kind how many layers agreed, how many both refused, and the worst error."""
    torch = find("torch")
    if torch is None:
        sys.exit("torch is not installed, so there is nothing to compare with.")
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    for kind in (convolution, pooling, sequence):
        rng = np.random.default_rng(seed)
        errors = [kind(torch, rng) for _ in range(LAYERS)]
        found = [error for error in errors if error is not None]
        print(
            f"{kind.__name__}: {len(found)} agree, {errors.count(None)} refused by both,", end=" "
        )
        print(f"worst error {max(found):.1e}")
        if max(found) > CLOSE:
            sys.exit(f"{kind.__name__}: an error above {CLOSE}.")


def convolution(torch: Any, rng: np.random.Generator) -> float | None:
    """Return the largest error of one random conv2d and its gradients, None if both refuse."""
    groups = int(rng.integers(1, 4))
    channels, filters = groups * int(rng.integers(1, 3)), groups * int(rng.integers(1, 3))
    kernel, stride, dilation = pair(rng, 1, 5), pair(rng, 1, 4), pair(rng, 1, 3)
    padding: Any = pair(rng, 0, 4)
    if rng.random() < 0.2:
        stride, padding = (1, 1), "same"  # PyTorch knows "same" without a stride only
    x = rng.normal(size=(2, *pair(rng, 3, 12), channels))
    weight = rng.normal(size=(filters, *kernel, channels // groups))
    bias = rng.normal(size=filters)
    numbers = (stride, padding, dilation, groups)
    theirs = [channels_first(torch, x), channels_first(torch, weight), leaf(torch, bias)]
    y = both(
        lambda: mlplib.conv2d(x, weight, bias, *numbers),
        lambda: torch.nn.functional.conv2d(*theirs, *numbers),
    )
    if y is None:
        return None
    dy = rng.normal(size=y[0].shape)
    y[1].backward(torch.tensor(dy.transpose(0, 3, 1, 2).copy()))
    gradients = mlplib.conv2d_backward(dy, x, weight, *numbers)
    return max(
        error(y[0], channels_last(y[1])),
        error(gradients.x, channels_last(theirs[0].grad)),
        error(gradients.weight, channels_last(theirs[1].grad)),
        error(gradients.bias, theirs[2].grad.numpy()),
    )


def pooling(torch: Any, rng: np.random.Generator) -> float | None:
    """Return the same of one random max_pool2d, with ties, and of avg_pool2d without dilation."""
    kernel, stride, dilation = pair(rng, 1, 6), pair(rng, 1, 5), pair(rng, 1, 3)
    half = (kernel[0] // 2, kernel[1] // 2)  # PyTorch takes no more
    padding = (min(half[0], int(rng.integers(3))), min(half[1], int(rng.integers(3))))
    ceil_mode = bool(rng.integers(2))
    x = np.round(3 * rng.normal(size=(2, *pair(rng, 1, 10), 2)))
    numbers = (kernel, stride, padding, dilation, ceil_mode)
    images = channels_first(torch, x)
    y = both(
        lambda: mlplib.max_pool2d(x, *numbers),
        lambda: finite(torch, torch.nn.functional.max_pool2d(images, *numbers)),
    )
    if y is None:
        return None
    dy = rng.normal(size=y[0].shape)
    back = torch.tensor(dy.transpose(0, 3, 1, 2).copy())
    y[1].backward(back)
    dx = mlplib.max_pool2d_backward(dy, x, *numbers)
    worst = max(error(y[0], channels_last(y[1])), error(dx, channels_last(images.grad)))
    if dilation != (1, 1):
        return worst
    images = channels_first(torch, x)
    mean = torch.nn.functional.avg_pool2d(
        images, kernel, stride, padding, ceil_mode, count_include_pad=False
    )
    mean.backward(back)
    ours = mlplib.avg_pool2d(x, kernel, stride, padding, ceil_mode=ceil_mode)
    dx = mlplib.avg_pool2d_backward(dy, x, kernel, stride, padding, ceil_mode=ceil_mode)
    return max(worst, error(ours, channels_last(mean)), error(dx, channels_last(images.grad)))


def sequence(torch: Any, rng: np.random.Generator) -> float | None:
    """Return the same of one random convolution of a sequence, with and without the flip."""
    x, w = rng.normal(size=rng.integers(1, 40)), rng.normal(size=rng.integers(1, 12))
    mode: Any = rng.choice(["full", "same", "valid"])
    flip = bool(rng.integers(2))
    padding = {"full": len(w) - 1, "same": "same", "valid": 0}[mode]
    row, kernel = leaf(torch, x), leaf(torch, w)
    y = both(
        lambda: mlplib.convolve(x, w, mode, flip=flip, centre="ceil"),
        lambda: torch.nn.functional.conv1d(
            row[None, None], (kernel.flip(0) if flip else kernel)[None, None], padding=padding
        )[0, 0],
    )
    if y is None:
        return None
    dy = rng.normal(size=y[0].shape)
    y[1].backward(torch.tensor(dy))
    gradients = mlplib.convolve_backward(dy, x, w, mode, flip=flip, centre="ceil")
    return max(
        error(y[0], y[1].detach().numpy()),
        error(gradients.x, row.grad.numpy()),
        error(gradients.kernel, kernel.grad.numpy()),
    )


def both(ours: Callable[[], Any], theirs: Callable[[], Any]) -> tuple[Any, Any] | None:
    """Return both answers, or None if both refuse; raise if one does and the other does not."""
    answers = []
    for run in (ours, theirs):
        try:
            answers.append(run())
        except (ValueError, RuntimeError):
            answers.append(None)
    if (answers[0] is None) != (answers[1] is None):
        shapes = [None if answer is None else tuple(answer.shape) for answer in answers]
        raise AssertionError(f"one refuses what the other takes: {shapes}")
    return None if answers[0] is None else (answers[0], answers[1])


def finite(torch: Any, y: Any) -> Any:
    """Refuse −∞, which PyTorch returns for a window on padding alone."""
    if not torch.isfinite(y).all():
        raise ValueError("y must be finite.")
    return y


def pair(rng: np.random.Generator, low: int, high: int) -> tuple[int, int]:
    """Return two integers from `low` up to `high`, which is left out."""
    return int(rng.integers(low, high)), int(rng.integers(low, high))


def error(ours: Any, theirs: Any) -> float:
    """Return the largest difference, relative to the largest number (or to 1)."""
    return float(np.abs(ours - theirs).max() / max(1.0, np.abs(theirs).max()))


def leaf(torch: Any, x: Any) -> Any:
    """Return a tensor whose gradient is asked for."""
    return torch.tensor(x, requires_grad=True)


def channels_first(torch: Any, images: Any) -> Any:
    """Return images or filters in PyTorch's layout."""
    return leaf(torch, images.transpose(0, 3, 1, 2).copy())


def channels_last(tensor: Any) -> Any:
    """Return images or filters in the layout of mlplib."""
    return tensor.detach().numpy().transpose(0, 2, 3, 1)


if __name__ == "__main__":
    main()
