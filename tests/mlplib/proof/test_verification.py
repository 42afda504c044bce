"""`verify` and `refute` say only what is so, and say it the same way every time."""

import json
import re
from fractions import Fraction
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib import (
    VerificationError,
    derivative,
    indicator,
    integers,
    jacobian,
    normal,
    rationals,
    refute,
    relu,
    sigmoid,
    sigmoid_prime,
    uniform,
    verify,
)
from mlplib.numerals import scientific


def logistic(t):
    return 1 / (1 + np.exp(-t))


def check(claim, against, **options):
    return verify("eq-test", claim, against, **{"inputs": uniform(-6, 6)} | options)


def test_a_true_formula_in_one_line():
    found = verify(
        "eq-activations-sigmoid-prime",
        claim=lambda x: sigmoid(x) * (1 - sigmoid(x)),
        against=lambda x: derivative(logistic, x),
        inputs=uniform(-6, 6),
        because="both sides round at a few eps",
    )
    assert re.fullmatch(
        r"eq-activations-sigmoid-prime holds on 200 inputs in \[-6, 6\]: "
        r"largest absolute error \S+, tolerance 4e-15 \(both sides round at a few eps\)",
        repr(found),
    )
    assert 0 < found.error < 1e-15


def test_the_line_is_the_same_every_time():
    lines = {repr(check(sigmoid, logistic)) for _ in range(3)}
    assert len(lines) == 1


@given(st.floats(1e-12, 1e6))
def test_the_error_is_measured_and_the_tolerance_decides(gap):
    def off(x):
        return np.float64(gap)

    def zero(x):
        return 0.0

    assert check(off, zero, tolerance=gap, because="as much as it is off").error == gap
    with pytest.raises(VerificationError, match=r"eq-test does not hold: at x = .* above"):
        check(off, zero, tolerance=gap * 0.999, because="a little less")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: sigmoid(x) * (1 + sigmoid(x)),
        lambda x: -sigmoid_prime(x),
        lambda x: sigmoid_prime(x) + (1e-9 if x > 5 else 0),
    ],
)
def test_a_false_formula_is_told_with_its_worst_input(wrong):
    with pytest.raises(VerificationError, match=r"^eq-test does not hold: at x = ") as caught:
        check(wrong, lambda x: derivative(logistic, x))
    assert "the claim gives" in str(caught.value)


def test_one_bad_input_among_many_is_found_and_it_is_the_worst():
    with pytest.raises(VerificationError, match=r"at x = 3 the claim gives 9, .* 0; .* error 9 "):
        check(lambda x: x * x if x > 1 else 0, lambda x: 0, inputs=[0, 1, 2, 3, 1], unit="exact")


def test_the_relative_error_is_relative():
    big = {"inputs": [1e9, -3e9], "tolerance": 1e-6, "because": "test"}
    found = check(lambda x: x * (1 + 1e-7), lambda x: x, unit="relative", **big)
    assert found.error == pytest.approx(1e-7)
    with pytest.raises(VerificationError, match="absolute error"):
        check(lambda x: x * (1 + 1e-7), lambda x: x, unit="absolute", **big)
    with pytest.raises(VerificationError, match="relative error inf"):
        check(lambda x: 1e-30, lambda x: 0.0, unit="relative")
    assert check(lambda x: 0.0, lambda x: 0.0, unit="relative").error == 0


def test_what_no_claim_could_fail_is_no_check():
    def tiny(x):
        return x * 1e-30

    with pytest.raises(
        VerificationError, match=r"compares nothing: the other side is at most 6e-30"
    ):
        check(lambda x: 2 * tiny(x), tiny, inputs=[1.0, -6.0, 0.0])
    with pytest.raises(VerificationError, match=r'0 would pass .* use unit="relative"'):
        check(tiny, tiny)
    with pytest.raises(VerificationError, match="the truth is at most"):
        rect(claim=lambda x: x > 5, truth=tiny, repaired=tiny)
    assert check(tiny, tiny, unit="relative")
    with pytest.raises(VerificationError, match="does not hold"):
        check(lambda x: 2 * tiny(x), tiny, unit="relative")


def test_small_numbers_among_larger_ones_and_rounding_errors_around_0_are_checks():
    noise = lambda x: x + 0.1 - x - 0.1  # noqa: E731
    assert check(noise, lambda x: 0.0).error > 0
    assert check(lambda x: 0.0, noise).error > 0
    assert check(lambda x: 0.0, lambda x: 0.0)
    assert check(lambda x: x * 1e-30, lambda x: x * 1e-30, inputs=[1e20, 1.0])
    assert check(lambda x: np.array([x * 1e-30, 1]), lambda x: np.array([0, 1]))


def test_arrays_are_compared_whole_and_by_shape():
    J = check(
        lambda x: np.diag(sigmoid_prime(x)), lambda x: jacobian(logistic, x), inputs=normal((4,))
    )
    assert J.count == 200
    with pytest.raises(VerificationError, match=r"different shapes .* \(3,\), .* \(3, 1\)"):
        check(lambda x: x, lambda x: x[:, None], inputs=normal((3,)))


def test_several_arguments_are_drawn_apart():
    found = check(
        lambda A, x: A @ x,
        lambda A, x: np.einsum("ij,j->i", A, x),
        inputs=(normal((2, 3)), uniform(-1, 1, shape=(3,))),
        tolerance=1e-13,
        because="sums of three",
    )
    assert "of shape (2, 3) from the standard normal; of shape (3,) in [-1, 1]" in repr(found)
    with pytest.raises(VerificationError):  # would hold if both arguments were the same draws
        check(lambda x, y: x, lambda x, y: y, inputs=(normal(), normal()))


def test_exact_means_exact():
    def cube(a):
        return (a + 1) ** 3

    def expanded(a):
        return a**3 + 3 * a**2 + 3 * a + 1

    for inputs in (rationals(-5, 5), integers(-(10**6), 10**6), integers(-9, 9, shape=(2, 2))):
        found = check(cube, expanded, inputs=inputs, unit="exact")
        assert "both sides are equal, without rounding" in repr(found)
    off = Fraction(1, 10**30)
    with pytest.raises(VerificationError, match=r"error 1e-30 is above the tolerance 0"):
        check(cube, lambda a: expanded(a) + off, inputs=[Fraction(1, 3)], unit="exact")
    with pytest.raises(VerificationError):
        check(lambda x: 0.1 + 0.2, lambda x: 0.3, unit="exact")
    found = check(lambda x: x > 0, lambda x: not x <= 0, unit="exact")
    assert found.error == 0


@pytest.mark.parametrize("inputs", [[], (), np.zeros((0, 2))])
def test_no_inputs_no_verdict(inputs):
    with pytest.raises(VerificationError, match=r"nothing to be checked on: .* at least one"):
        check(sigmoid, logistic, inputs=inputs)
    with pytest.raises(VerificationError, match="nothing to be checked on"):
        refute("S4-X", "x = 1", lambda x: 1, lambda x: x, inputs=inputs)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_name_their_side(bad):
    with pytest.raises(VerificationError, match=r"at x = 2 the claim is (nan|inf|-inf)"):
        check(lambda x: bad if x == 2 else 0.0, lambda x: 0.0, inputs=[1.0, 2.0])
    with pytest.raises(VerificationError, match=r"at x = 2 the other side is (nan|inf|-inf)"):
        check(lambda x: 0.0, lambda x: bad if x == 2 else 0.0, inputs=[1.0, 2.0])
    with pytest.raises(VerificationError, match="the claim is"):
        check(lambda x: np.array([0.0, bad]), lambda x: np.array([0.0, bad]))


def test_what_cannot_be_compared():
    with pytest.raises(VerificationError, match="compares nothing: the claim is empty"):
        check(lambda x: np.zeros(0), lambda x: np.zeros(0))
    with pytest.raises(VerificationError, match="the claim returned complex128"):
        check(lambda x: 1j, lambda x: 1j)
    with pytest.raises(VerificationError, match="the other side returned object"):
        check(lambda x: 1.0, lambda x: None)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"unit": "percent"}, '^unit must be "absolute", "relative" or "exact", not "percent"'),
        ({"tolerance": 0.1}, r"^because must say why the tolerance is 0\.1"),
        ({"tolerance": 0, "because": "x"}, "^tolerance must be positive and finite, not 0"),
        ({"tolerance": np.nan, "because": "x"}, "^tolerance must be positive and finite"),
        ({"tolerance": np.inf, "because": "x"}, "^tolerance must be positive and finite"),
        ({"tolerance": 1e-9, "unit": "exact"}, '^tolerance must be left out for unit "exact"'),
    ],
)
def test_senseless_requests(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        check(sigmoid, logistic, **options)


@pytest.mark.parametrize("label", ["", "a b", 'a"onload="', "<b>", "-a"])
def test_a_label_must_be_fit_for_a_link(label):
    with pytest.raises(ValueError, match=r"^label must be letters, digits, dots and dashes"):
        verify(label, sigmoid, logistic, inputs=uniform(-1, 1))


class Elements(HTMLParser):
    """Collects tags with attributes, and the text."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_html_says_what_the_text_says():
    found = check(sigmoid, logistic, because="<b>a</b> & <i>b")
    page = Elements(found._repr_html_())
    assert page.tags[0][0] == "details"
    assert page.tags[0][1]["class"] == "mlp-check"
    assert [tag for tag, _ in page.tags] == ["details", "summary", "span", "strong", "p", "code"]
    finding = repr(found).replace("[-6", "[−6")
    assert page.text == f"✓ verified on 200 inputs, to within {scientific(found.error, 1)}{finding}"
    assert "style" not in found._repr_html_()
    assert "\n" not in repr(found) + found._repr_html_()


def test_html_carries_the_facts_of_a_check():
    found = check(sigmoid, logistic, because='from -1 to "<1"')
    ((_, attributes), *_) = Elements(found._repr_html_()).tags
    assert json.loads(attributes["data-finding"]) == {
        "label": "eq-test",
        "inputs": "200 inputs in [−6, 6]",
        "error": f"{scientific(found.error)} (absolute)",
        "tolerance": "4·10⁻¹⁵",
        "because": 'from −1 to "<1"',
    }


def test_an_exact_check_allows_no_error():
    facts = check(lambda x: 1, lambda x: 1, unit="exact").facts()
    assert facts["error"] == facts["tolerance"] == "none"
    assert facts["because"] == "both sides are equal, without rounding"


def rect(**options):
    request = {
        "claim": lambda x: indicator(x > 0),
        "truth": relu,
        "repaired": lambda x: x * indicator(x > 0),
        "inputs": uniform(-6, 6),
    }
    return refute("S4-D07", "max(0, x) = 1_{x>0}", **request | options)


def test_a_wrong_claim_falls_at_the_simplest_input():
    """0, 1 and -1 come first, but there the claim happens to be right."""
    assert repr(rect(repaired=None)) == (
        "S4-D07 fails: max(0, x) = 1_{x>0}. At x = 2 the claim gives 1, the truth is 2"
    )


def test_the_repaired_claim_is_held_on_all_inputs():
    found = rect()
    assert found.repair.count == 213  # 200 drawn, 13 small integers in [-6, 6]
    assert repr(found).endswith(
        "; repaired, it holds on 213 inputs in [-6, 6]: largest absolute error 0, "
        "tolerance 4e-15 (both sides round at a few eps)"
    )
    page = Elements(found._repr_html_())
    assert page.tags[0][0] == "p"
    assert page.text == (
        "✗ refuted $max(0, x) = 1_{x>0}$. At $x = 2$ the claim gives $1$, the truth is $2$. "
        "Repaired, it holds on 213 inputs. S4-D07"
    )
    assert [attributes for _, attributes in page.tags].count({"class": "mlp-tex"}) == 4
    assert json.loads(page.tags[0][1]["data-finding"]) == {
        "label": "S4-D07",
        "statement": "max(0, x) = 1_{x>0}",
        "at": "x = 2",
        "claimed": "1",
        "truth": "2",
        "repaired": "213 inputs in [−6, 6]",
    }


def test_a_repair_is_said_in_mathematics_where_it_was_given():
    found = rect(instead=r"x\,\mathbf 1_{x>0}")
    assert found.facts()["instead"] == r"x\,\mathbf 1_{x>0}"
    assert r"Repaired: $x\,\mathbf 1_{x>0}$, it holds" in Elements(found._repr_html_()).text
    alone = rect(repaired=None)
    assert {"instead", "repaired"}.isdisjoint(alone.facts())


def test_a_wrong_repair_is_not_let_through():
    with pytest.raises(VerificationError, match=r"at x = .* the repaired claim gives"):
        rect(repaired=lambda x: abs(x))
    with pytest.raises(VerificationError, match=r"the repaired claim is nan"):
        rect(repaired=lambda x: np.nan)
    with pytest.raises(VerificationError, match=r"different shapes"):
        rect(repaired=lambda x: np.array([relu(x)]))


def test_a_right_claim_cannot_be_refuted():
    with pytest.raises(VerificationError, match=r"cannot be refuted: .* on all 213 inputs"):
        rect(claim=lambda x: max(0.0, x))
    with pytest.raises(VerificationError, match="cannot be refuted"):
        rect(claim=lambda x: max(0.0, x) + 1e-16)


def test_given_inputs_are_tried_after_the_small_integers():
    found = rect(claim=lambda x: relu(x) + (x == 0.25), inputs=[0.5, 0.25], repaired=relu)
    assert found.counterexample == "x = 0.25"
    assert found.repair.count == 2
    naive = rect(
        claim=lambda x: np.log(1 + np.exp(x)),
        truth=lambda x: np.logaddexp(0, x),
        inputs=[1.0, 1000.0],
        repaired=None,
    )
    assert (naive.counterexample, naive.claimed, naive.truth) == ("x = 1000", "inf", "1000")


def test_the_wrong_shape_is_a_counterexample():
    found = rect(
        claim=lambda x: x.sum(), truth=lambda x: x, inputs=normal((2,)), repaired=lambda x: +x
    )
    assert (found.counterexample, found.claimed, found.truth) == ("x = [0, 0]", "0", "[0, 0]")


def test_points_outside_the_domain_of_the_truth_are_passed_over():
    found = rect(claim=lambda x: 0.0, truth=lambda x: 1 / np.float64(x), repaired=None)
    assert found.counterexample == "x = 1"
    with pytest.raises(VerificationError, match="at x = 0 the truth is inf"):
        rect(claim=lambda x: 0.0, truth=lambda x: 1 / np.float64(x), inputs=[0.0], repaired=None)


def test_rounding_noise_is_not_shown():
    found = rect(
        claim=lambda x: np.array([1e-17, 0.123456]),
        truth=lambda x: np.array([0.0, 2.0]),
        inputs=uniform(0, 1),
        repaired=None,
    )
    assert (found.claimed, found.truth) == ("[0, 0.1235]", "[0, 2]")


def test_exact_counterexamples_are_shown_exactly():
    found = refute(
        "S4-X1",
        "(a + b)² = a² + b²",
        lambda a, b: a**2 + b**2,
        lambda a, b: (a + b) ** 2,
        inputs=(rationals(-5, 5), rationals(-5, 5)),
        repaired=lambda a, b: a**2 + 2 * a * b + b**2,
        unit="exact",
    )
    assert repr(found) == (
        "S4-X1 fails: (a + b)² = a² + b². At a = 1, b = 1 the claim gives 2, the truth is 4; "
        "repaired, it holds on 321 inputs among the fractions in [-5, 5]; "
        "among the fractions in [-5, 5]: both sides are equal, without rounding"
    )


def test_a_formula_may_write_into_its_input():
    """Both sides are to see what was drawn, and so is the message."""

    def doubled(x):
        x *= 2
        return x

    verify("eq-doubled", doubled, lambda x: x + x, inputs=normal((3,)))
    verify("eq-doubled", lambda x: x + x, doubled, inputs=normal((3,)))
    verify("eq-listed", lambda v: doubled(v[0]), lambda v: v[0] + v[0], inputs=[[np.ones(2)]] * 3)
    refute(
        "S9-X1",
        "2x = x",
        claim=lambda x: x,
        truth=doubled,
        repaired=doubled,
        inputs=normal((3,)),
    )
