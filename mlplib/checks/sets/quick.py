"""The quick questions of the chapters: predict before you run, a minute each, mostly in the head.

A chapter asks them with ``:::{predict} <id>``, where the reader would guess what comes next; so
there is no notebook of them. An id is the chapter's name and a number, in the order of the page.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from mlplib.checks.exercise import Exercise, ExerciseSet, wrong
from mlplib.checks.kinds.answer import Answer
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.kinds.numbers import Number, Rational
from mlplib.checks.kinds.shape import Shape
from mlplib.checks.kinds.tolerance import Tolerance

THREE_DIGITS = Tolerance(3e-3, 1e-9)
"""Where the page has rounded what is calculated with."""
TWO_DIGITS = Tolerance(0.0, 7e-3)
"""Where a guess is good enough if its first two digits are right."""
ABOUT = Tolerance(0.06, 0.0)
"""Where the page asks for a rough number."""


def _asked(id: str, section: str, kind: Answer[Any], **known: Any) -> Exercise:
    chapter = id.rpartition("-")[0]
    source = f"chapters/{chapter}.md#{section}".removesuffix("#")
    return Exercise(id, "answer", source, kind, wrong(**known))


NOTATION = (
    _asked(
        "notation-1",
        "a-neuron-by-hand",
        Number(9.0),
        output_unbent=19.0,
        output_absolute=-1.0,
        output_by_columns=15.0,
        output_of_hidden=3.0,
        output_of_first=2.0,
    ),
    _asked(
        "notation-2",
        "why-a-layer-of-lines-is-not-enough",
        Number(2.0),
        enough_all=80_300.0,
        enough_per_layer=10.0,
        enough_width=100.0,
        enough_first_layer=200.0,
        enough_one=1.0,
        enough_with_bias=3.0,
        enough_ends=300.0,
    ),
    _asked(
        "notation-3",
        "shapes-are-types",
        Shape((3, 3)),
        difference_column=(3, 1),
        difference_flat=(3,),
        difference_row=(1, 3),
        difference_laid_out=(9,),
    ),
    _asked(
        "notation-4",
        "a-derivative-is-a-map",
        Number(100.0),
        miss_linear=10.0,
        miss_added=20.0,
        miss_cubed=1000.0,
        miss_stays=1.0,
        miss_part=0.01,
    ),
    _asked(
        "notation-5",
        "ten-layers-that-are-one-and-three-neurons-that-learn",
        Number(0.5),
        corner_reached=1.0,
        corner_given_up=0.0,
        corner_nearly=0.75,
        corner_error=0.25,
    ),
)

FORWARD = (
    _asked(
        "forward-1",
        "six-weights-by-hand",
        Number(-1.0, THREE_DIGITS),
        unit_by_column=-1.4,
        unit_sign=1.4,
        unit_first=0.5,
        unit_bent=float(np.tanh(-1)),
        unit_swapped=-0.2,
    ),
    _asked(
        "forward-2",
        "a-batch-is-a-matrix",
        Shape((32, 64)),
        batch_result=(50, 32),
        batch_turned=(64, 32),
        batch_itself=(50, 64),
        batch_of_weights=(50, 32, 64),
    ),
    _asked(
        "forward-3",
        "what-to-keep-and-what-it-costs",
        Number(6900.0),
        memory_of_one=138.0,
        memory_hidden_once=5300.0,
        memory_products=4800.0,
        memory_bends=2100.0,
        memory_weights=2368.0,
        memory_units=106.0,
        memory_without_scores=6400.0,
        memory_of_inputs=3200.0,
        memory_outputs_twice=7400.0,
        memory_weights_for_each=118_400.0,
    ),
    _asked(
        "forward-4",
        "what-to-keep-and-what-it-costs",
        Number(100.0),
        wide_once=10.0,
        wide_added=20.0,
        wide_cubed=1000.0,
    ),
    _asked(
        "forward-5",
        "where-do-the-first-weights-come-from",
        Number(1.0),
        zeros_all=4.0,
        zeros_three=3.0,
        zeros_two=2.0,
        zeros_none=0.0,
    ),
    _asked(
        "forward-6",
        "digits-through-a-network-that-knows-nothing",
        Number(float(np.log(10)), Tolerance(0.0, 0.02)),
        chance_share=0.1,
        chance_mistakes=0.9,
        chance_base_ten=1.0,
        chance_bits=float(np.log2(10)),
        chance_sign=-float(np.log(10)),
        chance_nothing=0.0,
        chance_two=float(np.log(2)),
    ),
)

BACKPROPAGATION = (
    _asked(
        "backpropagation-1",
        "follow-one-nudge-to-the-loss",
        Number(-2.184, THREE_DIGITS),
        edge_forgotten=-1.092,
        edge_weight=0.2184,
        edge_both=0.4368,
        edge_divided=-0.546,
        edge_sign=2.184,
    ),
    _asked(
        "backpropagation-2",
        "at-a-fork-changes-add",
        Number(27.0),
        fork_product=162.0,
        fork_mean=13.5,
        fork_last=18.0,
        fork_first=9.0,
        fork_without_slope=12.0,
    ),
    _asked(
        "backpropagation-3",
        "the-four-equations",
        Number(3.0),
        silent_out=1.0,
        silent_in=2.0,
        silent_unit_awake=4.0,
        silent_all=6.0,
        silent_none=0.0,
    ),
    _asked(
        "backpropagation-4",
        "the-four-equations",
        Number(2.0),
        work_once=1.0,
        work_slope=3.0,
        work_none=0.0,
    ),
    _asked(
        "backpropagation-5",
        "a-batch-and-where-its-sums-come-from",
        Shape((7,)),
        biases_for_each=(20, 7),
        biases_over_units=(20,),
        biases_row=(1, 7),
        biases_column=(7, 1),
    ),
    _asked(
        "backpropagation-6",
        "twenty-lines-that-learn",
        Number(12.0, Tolerance(0.1, 0.0)),
        single_same=1.0,
        single_shorter=1 / 12,
        single_squared=144.0,
        single_root=float(np.sqrt(12)),
    ),
)

GRADIENTS = (
    _asked(
        "gradients-1",
        "why-backwards",
        Number(3.0),
        sweeps_reverse=1000.0,
        sweeps_single=1.0,
        sweeps_entry=3000.0,
        sweeps_both=1003.0,
    ),
    _asked(
        "gradients-2",
        "autograd-in-one-screen",
        Number(3.0),
        overwritten_not=6.0,
        overwritten_value=9.0,
        overwritten_loss=1.0,
        overwritten_all=0.0,
    ),
    _asked("gradients-3", "ask-twice", Choice("C")),
    _asked(
        "gradients-4",
        "how-near-is-near-enough",
        Number(2.0),
        sign_unseen=0.0,
        sign_by_sum=1.0,
        sign_negative=-2.0,
        sign_half=0.5,
        sign_factor=-1.0,
    ),
    _asked(
        "gradients-5",
        "two-tables-of-slips",
        Number(6.0),
        traces_last=2.0,
        traces_one=1.0,
        traces_before=4.0,
        traces_weights=3.0,
        traces_none=0.0,
    ),
    _asked(
        "gradients-6",
        "what-no-check-can-see",
        Number(0.0),
        seen_all=5.0,
        seen_one=1.0,
        seen_labels=2.0,
    ),
)

ACTIVATIONS = (
    _asked("activations-1", "", Choice("D")),
    _asked(
        "activations-2",
        "the-sigmoid-a-step-with-a-slope",
        Rational(Fraction(1, 4)),
        steepest_line=Fraction(1),
        steepest_value=Fraction(1, 2),
        steepest_at_ln3=Fraction(3, 16),
        steepest_place=Fraction(0),
    ),
    _asked(
        "activations-3",
        "ten-layers-follow-the-change",
        Number(4.0),
        keeping_one=1.0,
        keeping_slope=0.25,
        keeping_half=2.0,
        keeping_bias=-2.0,
    ),
    _asked(
        "activations-4",
        "softplus-the-logarithm-of-a-sigmoid",
        Rational(Fraction(3, 13)),
        rest_of_nine=Fraction(3, 12),
        rest_of_eleven=Fraction(3, 14),
        rest_last_factor=Fraction(12, 13),
        rest_power=Fraction(3, 4) ** 10,
        rest_layers=Fraction(3, 10),
        rest_of_zero=Fraction(1, 11),
    ),
    _asked(
        "activations-5",
        "a-layer-of-units-the-jacobian",
        Number(0.0),
        entry_second=0.1875,
        entry_first=0.25,
        entry_product=3 / 64,
    ),
    _asked(
        "activations-6",
        "steps-and-limits",
        Rational(Fraction(1, 2)),
        peak_gone=Fraction(0),
        peak_narrow=Fraction(1, 1000),
        peak_whole=Fraction(1),
    ),
    _asked("activations-7", "something-learns", Choice("A")),
)

SOFTMAX = (
    _asked(
        "softmax-1",
        "three-wishes",
        Number(float(np.e), Tolerance(0.0, 0.02)),
        odds_of_dog=1.0,
        odds_share=float(np.e**2 / (np.e**2 + 2 * np.e)),
        odds_worth=float(np.e**2),
        odds_turned=float(1 / np.e),
    ),
    _asked(
        "softmax-2",
        "what-softmax-can-say-and-what-it-does-not-see",
        Number(float(np.e**2 / (np.e**2 + np.e + 1 / np.e)), TWO_DIGITS),
        shift_equal=1 / 3,
        shift_sure=1.0,
        shift_lost=0.0,
        shift_overflow=np.nan,
    ),
    _asked(
        "softmax-3",
        "the-jacobian-one-score-moves-every-share",
        Number(float(np.e**3), ABOUT),
        pays_equally=1.0,
        pays_difference=3.0,
        pays_turned=float(np.e**-3),
        pays_dog=float(np.e),
        pays_worth=float(np.e**2),
    ),
    _asked(
        "softmax-4",
        "the-gradient-derived-twice",
        Number(0.0),
        total_shares=1.0,
        total_targets=-1.0,
        total_added=2.0,
    ),
    _asked(
        "softmax-5",
        "the-gradient-derived-twice",
        Number(-0.999999, Tolerance(0.0, 1e-3)),
        million_kept=-1e6,
        million_share=1e-6,
        million_sign=0.999999,
        million_loss=float(6 * np.log(10)),
    ),
    _asked("softmax-6", "why-not-the-squared-error", Choice("D")),
    _asked(
        "softmax-7",
        "something-learns",
        Number(float(np.log(3)), TWO_DIGITS),
        start_share=1 / 3,
        start_scores=0.0,
        start_base_ten=float(np.log10(3)),
        start_bits=float(np.log2(3)),
        start_two=float(np.log(2)),
    ),
)

MLP = (
    _asked(
        "mlp-1",
        "back-to-the-scores",
        Number(-0.806, TWO_DIGITS),
        second_wrong=0.194,
        second_sign=0.806,
        second_of_share=-1 / 0.1943,
        second_loss=1.638,
    ),
    _asked("mlp-2", "down-to-the-first-weights-and-to-the-input", Choice("A")),
    _asked("mlp-3", "it-learns-to-read", Choice("C")),
    _asked(
        "mlp-4",
        "how-large-may-a-step-be",
        Number(1.0),
        leap_arrived=0.0,
        leap_added=100.0,
        leap_doubled=2.0**100,
        leap_side=-1.0,
        leap_width=2.0,
    ),
    _asked(
        "mlp-5",
        "when-nothing-learns-a-recipe",
        Number(0.0),
        labels_learned=100.0,
        labels_chance=10.0,
        labels_spoiled=90.0,
        labels_as_before=97.0,
        labels_in_health=99.0,
    ),
)

CONVOLUTION = (
    _asked(
        "convolution-1",
        "a-moving-average-by-hand",
        Number(160.0),
        total_kept=16.0,
        total_sums_added=26.0,
        total_counted=64.0,
        total_mean=40.0,
        total_products=28.0,
        total_of_kernel=10.0,
    ),
    _asked(
        "convolution-2",
        "to-flip-or-not-to-flip",
        Number(3.0),
        rise_unflipped=-3.0,
        rise_added=5.0,
        rise_alone=4.0,
        rise_nothing=0.0,
    ),
    _asked(
        "convolution-3",
        "how-often-does-the-kernel-fit",
        Number(1.0),
        fit_undilated=4.0,
        fit_never=0.0,
        fit_two_gaps=2.0,
        fit_one_gap=3.0,
        fit_span=7.0,
    ),
    _asked(
        "convolution-4",
        "what-one-filter-sees",
        Number(1.0),
        larger_area=4.0,
        larger_side=2.0,
    ),
    _asked(
        "convolution-5",
        "what-one-filter-sees",
        Number(5.0),
        field_added=6.0,
        field_multiplied=9.0,
        field_one_layer=3.0,
        field_one_side=4.0,
        field_three_layers=7.0,
        field_square=25.0,
    ),
    _asked(
        "convolution-6",
        "the-way-back",
        Number(10.0),
        shared_last=4.0,
        shared_first=1.0,
        shared_mean=2.5,
        shared_row=16.0,
    ),
    _asked("convolution-7", "it-learns", Choice("B")),
)

AUTOENCODER = (
    _asked(
        "autoencoder-1",
        "which-error",
        Number(0.4),
        wish_most=0.2,
        wish_middle=0.5,
        wish_ink=0.8,
        wish_sum=1.2,
        wish_score=float(np.log(0.4 / 0.6)),
    ),
    _asked(
        "autoencoder-2",
        "which-error",
        Number(float(np.log(2)), TWO_DIGITS),
        grey_free=0.0,
        grey_one_term=float(np.log(2) / 2),
        grey_bits=1.0,
        grey_itself=0.5,
    ),
    _asked("autoencoder-3", "back-through-both-halves", Choice("C")),
    _asked(
        "autoencoder-4",
        "the-linear-case-solved",
        Number(5.0),
        lost_kept=15.0,
        lost_everything=20.0,
        lost_smallest=2.0,
        lost_next=3.0,
        lost_largest=10.0,
        lost_part=0.25,
    ),
    _asked(
        "autoencoder-5",
        "noise-at-the-door",
        Number(0.5),
        trust_all=1.0,
        trust_nothing=0.0,
        trust_root=float(np.sqrt(0.5)),
        trust_double=2.0,
    ),
)

SET = ExerciseSet(
    name="quick",
    folder=Path(__file__).parent,
    exercises=(
        *NOTATION,
        *FORWARD,
        *BACKPROPAGATION,
        *GRADIENTS,
        *ACTIVATIONS,
        *SOFTMAX,
        *MLP,
        *CONVOLUTION,
        *AUTOENCODER,
    ),
    notebook=False,
)
