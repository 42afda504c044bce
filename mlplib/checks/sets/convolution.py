"""Exercises on "Sizes of convolution layers": what is right, and what people really answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.authoring.probes import varied
from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.fractions import Fractions
from mlplib.checks.kinds.function import Function
from mlplib.checks.kinds.numbers import Array, Number
from mlplib.checks.kinds.order import Order
from mlplib.checks.kinds.shape import Shape
from mlplib.checks.kinds.tolerance import Tolerance
from mlplib.proof.differentiate import gradient

BY_HAND = Tolerance(1e-6, 1e-9)
"""Numbers by hand are exact here; what is allowed is the rounding of who uses a computer."""

FINISHED = ("convolve", "correlate", "polymul", "fftconvolve", "oaconvolve")
"""What the libraries have ready: the functions asked for are to be built without it."""

MEASURED = (1, 1, 4, 4, 4, 1, 1)


def my_convolution(x: Any, w: Any) -> Any:
    """Answer p."""
    y = np.zeros(len(x) + len(w) - 1)
    for j, weight in enumerate(w):
        y[j : j + len(x)] += weight * x
    return y


def input_gradient(dy: Any, w: Any, s: Any, i: Any) -> Any:
    """Answer q."""
    dx = np.zeros(i)
    for t, upstream in enumerate(dy):
        dx[t * s : t * s + len(w)] += upstream * w
    return dx


# The truth by another route


def true_convolution(x: Any, w: Any) -> Any:
    """Gather each place from the definition, with zeros outside the row."""
    places = range(len(x) + len(w) - 1)
    return [
        sum(weight * x[t - j] for j, weight in enumerate(w) if 0 <= t - j < len(x)) for t in places
    ]


def true_input_gradient(dy: Any, w: Any, s: Any, i: Any) -> Any:
    """Differentiate the sum of dy times the layer's outputs, by the complex step."""

    def loss(x: Any) -> Any:
        return sum(upstream * (x[t * s : t * s + len(w)] @ w) for t, upstream in enumerate(dy))

    return gradient(loss, np.zeros(i))


def overwritten(dy: Any, w: Any, s: Any, i: Any) -> Any:
    """Return what = gives where += belongs."""
    dx = np.zeros(i)
    for t, upstream in enumerate(dy):
        dx[t * s : t * s + len(w)] = upstream * w
    return dx


# What the answers are tried on

RNG = np.random.default_rng(31)


def _whole(n: int) -> Any:
    return RNG.integers(-5, 6, n).astype(float)


ROWS = varied(
    tuple((_whole(i), _whole(k)) for i, k in [(3, 2), (5, 3), (4, 4), (7, 1), (1, 3), (6, 5)]),
    free=[0, 1],
)
LAYERS = varied(
    tuple(
        (_whole((i - k) // s + 1), _whole(k), s, i)
        for k, s, i in [(2, 1, 4), (3, 2, 7), (3, 2, 8), (2, 3, 8), (4, 1, 6)]
    ),
    free=[0, 1],
)


# Questions that exist with other numbers. Their wrong answers must differ from each other.


def _distinct(draw: Callable[[np.random.Generator], Exercise], seed: int) -> Exercise:
    """Return the first exercise drawn whose right and wrong answers are all different."""
    rng = np.random.default_rng(seed)
    while True:
        exercise = draw(rng)
        answers = [exercise.kind.right_answer(), *(m.wrong for m in exercise.misconceptions)]
        if len({str(np.asarray(answer).tolist()) for answer in answers}) == len(answers):
            return exercise


def _positions(i: int, k: int, s: int = 1, p: int = 0, d: int = 1) -> int:
    return (i + 2 * p - d * (k - 1) - 1) // s + 1


def _first_layer(side: int, filters: int, kernel: int, stride: int, padding: int) -> Exercise:
    def shape(o: int) -> tuple[int, int, int]:
        return o, o, filters

    right = _positions(side, kernel, stride, padding)
    return Exercise(
        id="a",
        variable="first",
        source="S4-A3a.2",
        kind=Shape(shape(right)),
        misconceptions=wrong(
            first_without_padding=shape(_positions(side, kernel, stride)),
            first_padding_once=shape((side + padding - kernel) // stride + 1),
            first_without_one=shape(right - 1),
            first_stride_one=shape(_positions(side, kernel, 1, padding)),
            first_keeps_channels=(right, right, 3),
            first_adds_channels=(right, right, 3 * filters),
            first_channels_first=(filters, right, right),
            first_without_channels=(right, right),
        ),
        parameters={
            "side": str(side),
            "filters": str(filters),
            "kernel": str(kernel),
            "stride": str(stride),
            "padding": str(padding),
        },
        variant=lambda seed: _distinct(_drawn_first_layer, seed),
    )


def _drawn_first_layer(rng: np.random.Generator) -> Exercise:
    side, filters = int(rng.integers(30, 260)), int(rng.choice([8, 16, 24, 48, 96]))
    kernel, padding = int(rng.integers(5, 12)), int(rng.integers(2, 5))
    return _first_layer(side, filters, kernel, int(rng.integers(2, 4)), padding)


def _weights(filters: int, kernel: int, channels: int) -> Exercise:
    area = kernel * kernel
    return Exercise(
        id="d",
        variable="weights",
        source="S4-A3b",
        kind=Number(float(filters * area * channels), BY_HAND),
        misconceptions=wrong(
            weights_flat_filters=float(filters * area),
            weights_of_one_filter=float(area * channels),
            weights_flat_filter=float(area),
            weights_of_output_channels=float(filters * area * filters),
            weights_of_the_picture=float(filters * area * 3),
            weights_with_biases=float(filters * (area * channels + 1)),
            weights_side_not_area=float(filters * kernel * channels),
            weights_without_kernel=float(filters * channels),
        ),
        parameters={
            "filters": str(filters),
            "kernel": str(kernel),
            "channels": str(channels),
        },
        variant=lambda seed: _distinct(_drawn_weights, seed),
    )


def _drawn_weights(rng: np.random.Generator) -> Exercise:
    channels, filters = rng.choice([8, 12, 16, 24, 32, 48, 64], 2, replace=False)
    return _weights(int(filters), int(rng.integers(2, 6)), int(channels))


def _smoothed(row: Sequence[int]) -> tuple[Any, Any]:
    """Return the full convolution of a row with four quarters, and with three of them."""
    return np.convolve(row, np.ones(4)) / 4, np.convolve(row, np.ones(3)) / 4


SEEN = np.array([1, 2, 3, 4, 4, 4, 4, 3, 2, 1])
"""How many of the seven numbers each window of four sees."""


def _edges_repeated(row: Sequence[int]) -> Any:
    """Return the means of somebody who repeats the ends of a row in place of zeros."""
    return np.convolve(np.pad(row, 3, "edge"), np.ones(4), "valid") / 4


def _full(row: Sequence[int]) -> Exercise:
    full, slipped = _smoothed(row)
    return Exercise(
        id="f",
        variable="full",
        source="S4-A3c.1",
        kind=Array(full, BY_HAND),
        misconceptions=wrong(
            full_three_quarters=slipped,
            full_three_thirds=slipped * 4 / 3,
            full_not_divided=full * 4,
            full_is_valid=full[3:7],
            full_is_same=full[1:8],
            full_stops_early=full[:7],
            full_edges_repeated=_edges_repeated(row),
            full_divided_by_seen=full * 4 / SEEN,
        ),
        parameters={
            "row": ", ".join(map(str, row)),
            "sums": ", ".join(f"{entry:g}" for entry in full * 4),
        },
        variant=lambda seed: _distinct(lambda rng: _full(_drawn_row(rng)), seed),
    )


def _valid(row: Sequence[int]) -> Exercise:
    full, slipped = _smoothed(row)
    return Exercise(
        id="g",
        variable="valid",
        source="S4-A3c.3",
        kind=Array(full[3:7], BY_HAND),
        misconceptions=wrong(
            valid_three_quarters=slipped[2:7],
            valid_three_thirds=slipped[2:7] * 4 / 3,
            valid_not_divided=full[3:7] * 4,
            valid_is_full=full,
            valid_is_same=full[1:8],
            valid_one_too_many=full[2:7],
            valid_one_too_few=full[3:6],
        ),
        parameters={"row": ", ".join(map(str, row))},
        variant=lambda seed: _distinct(lambda rng: _valid(_drawn_row(rng)), seed),
    )


def _same(row: Sequence[int]) -> Exercise:
    full, slipped = _smoothed(row)
    return Exercise(
        id="h",
        variable="same",
        source="S4-A3c.2",
        kind=Array(full[1:8], BY_HAND),
        misconceptions=wrong(
            same_three_quarters=slipped[1:8],
            same_three_thirds=slipped[1:8] * 4 / 3,
            same_shifted=full[2:9],
            same_from_the_start=full[:7],
            same_from_the_end=full[3:],
            same_is_valid=full[3:7],
            same_not_divided=full[1:8] * 4,
            same_edges_repeated=_edges_repeated(row)[1:8],
            same_divided_by_seen=full[1:8] * 4 / SEEN[1:8],
            same_is_valid_padded=np.pad(full[3:7], (1, 2)),
            same_is_valid_padded_left=np.pad(full[3:7], (2, 1)),
        ),
        parameters={"row": ", ".join(map(str, row))},
        variant=lambda seed: _distinct(lambda rng: _same(_drawn_row(rng)), seed),
    )


def _drawn_row(rng: np.random.Generator) -> Sequence[int]:
    return [int(entry) for entry in rng.integers(0, 10, len(MEASURED))]


def _dilated(size: int, kernel: int, dilation: int) -> Exercise:
    return Exercise(
        id="j",
        variable="dilated",
        source="S4-D21",
        kind=Number(float(_positions(size, kernel, d=dilation)), BY_HAND),
        misconceptions=wrong(
            dilated_span_kd=float(size - kernel * dilation + 1),
            dilated_not_at_all=float(size - kernel + 1),
            dilated_counts_gaps=float(_positions(size, kernel, d=dilation + 1)),
            dilated_without_one=float(_positions(size, kernel, d=dilation) - 1),
        ),
        parameters={"size": str(size), "kernel": str(kernel), "dilation": str(dilation)},
        variant=lambda seed: _distinct(_drawn_dilated, seed),
    )


def _drawn_dilated(rng: np.random.Generator) -> Exercise:
    return _dilated(int(rng.integers(30, 70)), int(rng.integers(3, 6)), int(rng.integers(2, 6)))


def _rest(size: int, kernel: int, stride: int) -> Exercise:
    exact = (size - kernel) / stride + 1
    return Exercise(
        id="k",
        variable="fits",
        source="S4-A3a.1",
        kind=Number(float(_positions(size, kernel, stride)), BY_HAND),
        misconceptions=wrong(
            fits_rounded_up=float(ceil(exact)),
            fits_not_rounded=exact,
            fits_quotient=exact - 1,
            fits_without_one=float(_positions(size, kernel, stride) - 1),
            fits_divided_first=float(size // stride - kernel + 1),
            fits_stride_forgotten=float(size - kernel + 1),
            fits_kernel_forgotten=float(size // stride),
        ),
        parameters={"size": str(size), "kernel": str(kernel), "stride": str(stride)},
        variant=lambda seed: _distinct(_drawn_rest, seed),
    )


def _drawn_rest(rng: np.random.Generator) -> Exercise:
    return _rest(int(rng.integers(60, 260)), int(rng.integers(5, 12)), int(rng.integers(3, 6)))


def _larger(small: int, kernel: int, stride: int, padding: int, extra: int) -> Exercise:
    right = (small - 1) * stride - 2 * padding + kernel + extra
    return Exercise(
        id="l",
        variable="larger",
        source="S4-D17",
        kind=Number(float(right), BY_HAND),
        misconceptions=wrong(
            larger_without_extra=float(right - extra),
            larger_downwards=float(_positions(small, kernel, stride, padding)),
            larger_padding_once=float(right + padding),
            larger_padding_added=float(right + 4 * padding),
            larger_times_stride=float(small * stride + kernel - 2 * padding + extra),
        ),
        parameters={
            "small": str(small),
            "kernel": str(kernel),
            "stride": str(stride),
            "padding": str(padding),
            "extra": str(extra),
        },
        variant=lambda seed: _distinct(_drawn_larger, seed),
    )


def _drawn_larger(rng: np.random.Generator) -> Exercise:
    stride = int(rng.integers(2, 5))
    return _larger(
        int(rng.integers(5, 30)),
        int(rng.integers(stride + 1, 8)),
        stride,
        int(rng.integers(1, 3)),
        int(rng.integers(1, stride)),
    )


SET = ExerciseSet(
    name="convolution",
    folder=Path(__file__).parent,
    exercises=(
        _first_layer(128, 32, 8, 2, 3),
        Exercise(
            id="b",
            variable="last",
            source="S4-A3a.4",
            kind=Shape((32, 32, 64)),
            misconceptions=wrong(
                last_without_padding=(30, 30, 64),
                last_padding_once=(31, 31, 64),
                last_pool_forgotten=(64, 64, 64),
                last_input_channels=(32, 32, 32),
                last_channels_multiplied=(32, 32, 2048),
                last_pool_overlaps=(63, 63, 64),
                last_channels_first=(64, 32, 32),
                last_pooled_again=(16, 16, 64),
                last_padding_too_much=(34, 34, 64),
                last_without_channels=(32, 32),
            ),
        ),
        Exercise(
            id="c",
            variable="numbers",
            source="S4-Q3a",
            kind=Number(65536.0, BY_HAND),
            misconceptions=wrong(
                numbers_of_one_channel=1024.0,
                numbers_of_the_pool=32768.0,
                numbers_of_a_row=2048.0,
                numbers_added=128.0,
                numbers_before_the_pool=131_072.0,
                numbers_without_pool=262_144.0,
                numbers_are_weights=18_432.0,
            ),
        ),
        _weights(64, 3, 32),
        Exercise(
            id="e",
            variable="parameters",
            source="S4-D22",
            kind=Number(6176.0, BY_HAND),
            misconceptions=wrong(
                parameters_without_biases=6144.0,
                parameters_bias_per_weight=12288.0,
                parameters_bias_per_output=6144.0 + 64 * 64 * 32,
                parameters_flat_filters=2080.0,
                parameters_bias_per_channel=6144.0 + 32 * 3,
                parameters_of_one_filter=193.0,
                parameters_of_one_filter_alone=192.0,
                parameters_bias_per_colour=6147.0,
                parameters_one_bias=6145.0,
            ),
        ),
        _full(MEASURED),
        _valid(MEASURED),
        _same(MEASURED),
        Exercise(
            id="i",
            variable="effect",
            source="S4-Q3d",
            kind=Choice("ACE", multiple=True),
            misconceptions=wrong(
                effect_smoothing_alone=frozenset("A"), effect_without_borders=frozenset("AC")
            ),
        ),
        Exercise(
            id="t",
            variable="together",
            source="S4-A3c.1",
            kind=Fractions(["1/6", "1/3", "1/3", "1/6"]),
            misconceptions=wrong(
                together_added=np.array([5 / 6, 5 / 6, 1 / 3]),
                together_by_entry=np.array([1 / 6, 1 / 6]),
                together_not_divided=np.array([1.0, 2, 2, 1]),
                together_valid=np.array([1 / 3, 1 / 3]),
                together_all_equal=np.full(4, 1 / 4),
                together_cut=np.array([1 / 6, 1 / 3, 1 / 3]),
                together_not_added=["1/6", "1/6", "1/6", "1/6"],
                together_side_by_side=["1/6", "1/6", "1/6", "1/6", "1/6", "1/6"],
            ),
        ),
        _dilated(20, 3, 4),
        _rest(224, 11, 4),
        _larger(4, 3, 2, 1, 1),
        Exercise(
            id="m",
            variable="rows",
            source="S4-D22",
            kind=Array(np.array([13.0, 30.0]), BY_HAND),
            misconceptions=wrong(
                rows_padding_forgotten=np.array([20.0, 37.0]),
                rows_first_padding_only=np.array([17.0, 34.0]),
                rows_paddings_not_stretched=np.array([16.0, 33.0]),
                rows_strides_forgotten=np.array([1.0, 11.0]),
                rows_from_one=np.array([14.0, 31.0]),
                rows_one_too_many=np.array([13.0, 31.0]),
                rows_pool_forgotten=np.array([5.0, 16.0]),
                rows_one_too_few=np.array([13.0, 29.0]),
            ),
        ),
        Exercise(
            id="n",
            variable="dw",
            source="S4-D17",
            kind=Array(np.array([1.0, 8.0, 2.0]), BY_HAND),
            misconceptions=wrong(
                dw_reversed=np.array([2.0, 8.0, 1.0]),
                dw_last_window=np.array([0.0, 6.0, 2.0]),
                dw_first_window=np.array([1.0, 2.0, 0.0]),
                dw_without_upstream=np.array([3.0, 5.0, 4.0]),
                dw_is_the_output=np.array([-3.0, 11.0, -3.0]),
                dw_averaged=np.array([1.0, 8.0, 2.0]) / 3,
            ),
        ),
        Exercise(
            id="o",
            variable="dx",
            source="S4-D17",
            kind=Array(np.array([1.0, -2.0, 5.0, -4.0, 6.0]), BY_HAND),
            misconceptions=wrong(
                dx_kernel_turned=np.array([3.0, -2.0, 7.0, -4.0, 2.0]),
                dx_overwritten=np.array([1.0, -2.0, 2.0, -4.0, 6.0]),
                dx_valid_only=np.array([5.0]),
                dx_same=np.array([-2.0, 5.0, -4.0]),
                dx_without_upstream=np.array([1.0, -1.0, 2.0, 1.0, 3.0]),
                dx_overwritten_with_zeros=np.array([1.0, 0.0, 2.0, -4.0, 6.0]),
                dx_first_kept=np.array([1.0, -2.0, 3.0, -4.0, 6.0]),
            ),
        ),
        Exercise(
            id="s",
            variable="steps",
            source="S4-D17",
            kind=Order("CEAFB"),
            misconceptions=wrong(steps_added_too_early="CEABF"),
        ),
        Exercise(
            id="p",
            variable="my_convolution",
            source="S4-Q3c",
            kind=Function(my_convolution, true_convolution, ROWS, forbidden=FINISHED, library=()),
            misconceptions=wrong(
                convolution_unflipped=lambda x, w: np.correlate(x, w, "full"),
                convolution_valid=lambda x, w: np.convolve(x, w, "valid"),
                convolution_same=lambda x, w: np.convolve(x, w)[(len(w) - 1) // 2 :][: len(x)],
                convolution_same_shifted=lambda x, w: np.convolve(x, w)[len(w) // 2 :][: len(x)],
                convolution_cut=lambda x, w: np.convolve(x, w)[: len(x)],
                convolution_backwards=lambda x, w: np.convolve(x, w)[::-1],
                convolution_valid_unflipped=lambda x, w: np.correlate(x, w, "valid"),
                convolution_divided=lambda x, w: np.convolve(x, w) / len(w),
                convolution_input_turned=lambda x, w: np.convolve(x[::-1], w),
            ),
        ),
        Exercise(
            id="q",
            variable="input_gradient",
            source="S4-D19",
            kind=Function(
                input_gradient, true_input_gradient, LAYERS, forbidden=FINISHED, library=()
            ),
            misconceptions=wrong(
                gradient_overwritten=overwritten,
                gradient_kernel_turned=lambda dy, w, s, i: input_gradient(dy, w[::-1], s, i),
                gradient_stride_forgotten=lambda dy, w, s, i: np.pad(
                    np.convolve(dy, w), (0, i - len(dy) - len(w) + 1)
                ),
                gradient_too_short=lambda dy, w, s, i: input_gradient(
                    dy, w, s, (len(dy) - 1) * s + len(w)
                ),
                gradient_upside_down=lambda dy, w, s, i: input_gradient(dy, w, s, i)[::-1],
                gradient_without_upstream=lambda dy, w, s, i: input_gradient(
                    np.ones_like(dy), w, s, i
                ),
                gradient_first_weight_only=lambda dy, w, s, i: input_gradient(dy, w[:1], s, i),
                gradient_divided_by_stride=lambda dy, w, s, i: input_gradient(dy, w, s, i) / s,
            ),
        ),
        Exercise(
            id="r",
            variable="unchanged",
            source="S4-D16",
            kind=Choice("CD", multiple=True),
            misconceptions=wrong(
                unchanged_always=frozenset("ABCD"),
                unchanged_one_pool=frozenset("BCD"),
                unchanged_only_four=frozenset("C"),
            ),
        ),
    ),
)
