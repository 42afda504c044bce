"""Formulas that have been run: `verify` holds one against an independent route, `refute` fells one.

Both try their claim on inputs drawn from a generator seeded by the label, so a page says the same
on every run; both return one line to show, and both raise where they cannot say it truthfully.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from mlplib.language import say
from mlplib.numerals import show
from mlplib.proof.comparison import Formula, called, distance, finite, hold, is_finite, numbers
from mlplib.proof.findings import Refuted, Unit, VerificationError, Verified, name_inputs
from mlplib.proof.trials import Values, combine

ROUNDING = 4e-15
"""The tolerance of a check that names none: about 18 eps."""


def verify(
    label: str,
    claim: Formula,
    against: Formula,
    *,
    inputs: Values | tuple[Values, ...],
    tolerance: float | None = None,
    unit: Unit = "absolute",
    because: str | None = None,
) -> Verified:
    """Check that a formula as printed agrees with an independent route on every input.

    Parameters
    ----------
    label : str
        The equation's label.
    claim, against : callable
        The formula and the other route. Each gets one input at a time (one positional argument
        for each generator in `inputs`) and returns real numbers, both in the same shape.
    inputs : Inputs, list or array of inputs, or a tuple of these with one for each argument
        See `mlplib.proof.inputs`: uniform, normal, grid, integers, rationals.
    tolerance : float, optional
        The largest error allowed; 4e-15 unless given, and 0 for unit "exact".
    unit : {"absolute", "relative", "exact"}
        What is bounded on each input: max|claim − against|; the same divided by max|against|; or
        nothing, because both must be equal. Fractions and integers are never rounded. Small
        quantities need "relative": an absolute tolerance above all of them compares nothing.
    because : str, optional
        Why this tolerance. Required when `tolerance` is given.

    Returns
    -------
    Verified
        One line of text, or of HTML with the id ``check-<label>``.

    Raises
    ------
    VerificationError
        If the error passes the tolerance (naming the worst input), if there are no inputs, if the
        two shapes differ, if either side is NaN or infinite, or if 0 in place of the claim would
        pass as well. Where 0 is meant, one side must be exactly 0 on every input.
    ValueError
        If `label`, `unit`, `tolerance` or `because` make no sense.

    Examples
    --------
    >>> from mlplib.proof.inputs import rationals
    >>> verify("eq-square", lambda a: (a + 1) ** 2, lambda a: a * a + 2 * a + 1,
    ...        inputs=rationals(-5, 5), unit="exact")
    eq-square holds on 200 inputs among the fractions in [-5, 5]: both sides are equal, without \
rounding
    """
    bound, why = _bound(label, tolerance, unit, because)
    domain, given, _ = _drawn(label, inputs)
    return hold(label, claim, against, given, domain, bound, unit, why)


def refute(
    label: str,
    statement: str,
    claim: Formula,
    truth: Formula,
    *,
    inputs: Values | tuple[Values, ...],
    repaired: Formula | None = None,
    instead: str | None = None,
    tolerance: float | None = None,
    unit: Unit = "absolute",
    because: str | None = None,
) -> Refuted:
    """Show the simplest counterexample to a wrong claim, and that the repaired claim holds.

    Small whole numbers from the domain of `inputs` are tried first, simplest first, then the inputs
    themselves. A claim fails where it is off by more than the tolerance, has another shape than
    the truth, or is NaN or infinite. Whole-number points where the truth itself is not finite lie
    outside its domain and are passed over.

    Parameters
    ----------
    label : str
        The claim's ID, such as "S4-D07".
    statement : str
        The claim in TeX, without dollar signs, for the reader.
    claim, truth : callable
        What was claimed, and what holds.
    inputs : Inputs, list or array of inputs, or a tuple of these with one for each argument
        As in `verify`.
    repaired : callable, optional
        The claim put right; it must agree with `truth` on every input tried.
    instead : str, optional
        The repaired claim in TeX, without dollar signs.
    tolerance, unit, because
        As in `verify`.

    Returns
    -------
    Refuted
        One line of text, or of HTML with the id ``check-<label>``. Numbers are rounded to four
        digits.

    Raises
    ------
    VerificationError
        If the claim holds on every input after all; if the repaired claim fails; if there are no
        inputs, or the truth is not finite on one that was given.
    ValueError
        As in `verify`.

    Examples
    --------
    >>> from mlplib.proof.inputs import uniform
    >>> refute("S4-D07", "max(0, x) = 1_{x>0}", lambda x: float(x > 0), lambda x: max(0.0, x),
    ...        inputs=uniform(-6, 6))
    S4-D07 fails: max(0, x) = 1_{x>0}. At x = 2 the claim gives 1, the truth is 2
    """
    bound, why = _bound(label, tolerance, unit, because)
    domain, given, simple = _drawn(label, inputs)
    with np.errstate(all="ignore"):
        tried = [
            a for a in simple if is_finite(numbers(label, "the truth", called(truth, a)))
        ] + given
        for arguments in tried:
            true = finite(label, "the truth", truth, arguments)
            claimed = numbers(label, "the claim", called(claim, arguments))
            agree = claimed.shape == true.shape and is_finite(claimed)
            if not agree or distance(claimed, true, unit) > bound:
                break
        else:
            raise VerificationError(
                f"{label} cannot be refuted: {statement} holds on all {len(tried)} inputs {domain}."
            )
    repair = repaired and hold(
        label, repaired, truth, tried, domain, bound, unit, why, "the repaired claim", "the truth"
    )
    scale = float(np.max(np.abs(true)))
    return Refuted(
        label,
        statement,
        name_inputs(claim, arguments),
        show(claimed, scale),
        show(true, scale),
        repair,
        instead,
    )


def _bound(
    label: str, tolerance: float | None, unit: Unit, because: str | None
) -> tuple[float, str]:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", label):
        raise ValueError(f"label must be letters, digits, dots and dashes, not {label!r}.")
    if unit not in ("absolute", "relative", "exact"):
        raise ValueError(f'unit must be "absolute", "relative" or "exact", not "{unit}".')
    if unit == "exact":
        if tolerance:
            raise ValueError(f'tolerance must be left out for unit "exact", not {tolerance}.')
        return 0.0, because or say("finding.exact")
    if tolerance is None:
        return ROUNDING, because or say("finding.rounding")
    if not 0 < tolerance < np.inf:
        raise ValueError(f"tolerance must be positive and finite, not {tolerance}.")
    if not because:
        raise ValueError(f"because must say why the tolerance is {tolerance}.")
    return float(tolerance), because


def _drawn(label: str, inputs: Any) -> tuple[str, list[Any], list[Any]]:
    try:
        return combine(inputs, label)
    except ValueError as error:
        raise VerificationError(f"{label} has nothing to be checked on: {error}") from error
