"""Convolution of sequences against its defining sum, in exact arithmetic."""

import re
import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib import jacobian
from mlplib.convolution.conv1d import convolution_matrix, convolve, convolve_backward

MODES = ["full", "valid", "same"]
SIGNAL = [1, 1, 4, 4, 4, 1, 1]

integers = st.lists(st.integers(-9, 9), min_size=1, max_size=8)
fractions = st.lists(st.fractions(-3, 3, max_denominator=12), min_size=1, max_size=8)
conventions = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(MODES),
        "flip": st.booleans(),
        "centre": st.sampled_from(["floor", "ceil"]),
    }
)


def defined(x, w, mode="full", flip=True, centre="floor"):
    """Σ_j w_j x_{t−j}, term by term, for the t that the mode keeps; None where it keeps none."""
    n, k = len(x), len(w)
    if not flip:
        w = [*reversed(w)]

    def at(t):
        return sum(w[j] * x[t - j] for j in range(k) if 0 <= t - j < n)

    match mode:
        case "full":
            kept = range(n + k - 1)
        case "valid":
            kept = [t for t in range(n + k - 1) if all(0 <= t - j < n for j in range(k))]
        case "same":
            more = (k - 1) / 2
            start = int(np.floor(more) if centre == "floor" else np.ceil(more))
            kept = range(start, start + n)
    return [at(t) for t in kept]


@given(integers, integers, conventions)
def test_exact_on_integers(x, w, how):
    expected = defined(x, w, **how)
    if not expected:
        with pytest.raises(ValueError, match=r"^kernel must be no longer than x"):
            convolve(x, w, **how)
        return
    y = convolve(x, w, **how)
    assert y.dtype == np.int64
    assert y.tolist() == expected
    assert (convolution_matrix(w, len(x), **how) @ np.array(x)).tolist() == expected


@given(fractions, fractions, conventions)
def test_exact_on_fractions(x, w, how):
    expected = defined(x, w, **how)
    if expected:
        assert convolve(x, w, **how).tolist() == expected
        assert (convolution_matrix(w, len(x), **how) @ np.array(x)).tolist() == expected


@given(integers, integers, conventions)
def test_gradients_are_the_transposed_jacobians(x, w, how):
    """In integers: the map is linear in x and in w, so its columns are the images of 0 and 1."""
    n, k = len(x), len(w)
    if how["mode"] == "valid" and k > n:
        return
    y = convolve(x, w, **how)
    dy = np.arange(1, len(y) + 1) ** 2
    by_x = [defined(unit, w, **how) for unit in np.eye(n, dtype=int).tolist()]
    by_w = [defined(x, unit, **how) for unit in np.eye(k, dtype=int).tolist()]
    gradients = convolve_backward(dy, x, w, **how)
    assert gradients.x.tolist() == (np.array(by_x) @ dy).tolist()
    assert gradients.kernel.tolist() == (np.array(by_w) @ dy).tolist()


@pytest.mark.parametrize("centre", ["floor", "ceil"])
@pytest.mark.parametrize("flip", [True, False])
@pytest.mark.parametrize("mode", MODES)
def test_gradients_equal_the_complex_step(mode, flip, centre):
    how = dict(mode=mode, flip=flip, centre=centre)
    rng = np.random.default_rng(7)
    x, w = rng.normal(size=9), rng.normal(size=4)
    dy = rng.normal(size=len(convolve(x, w, **how)))
    dx, dw = convolve_backward(dy, x, w, **how)
    by_x = jacobian(lambda t: convolve(t, w, **how), x)
    by_w = jacobian(lambda t: convolve(x, t, **how), w)
    np.testing.assert_allclose(dx, dy @ by_x, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(dw, dy @ by_w, rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(by_x, convolution_matrix(w, 9, **how))


def test_a_gradient_costs_as_many_products_as_the_convolution():
    """n·k of them; with n² a hundred thousand numbers would take some 10 000 × as long."""
    x, w, dy = np.ones(100_000), np.ones(9), np.ones(100_008)

    def seconds(work):
        work()
        begun = time.process_time()
        work()
        return time.process_time() - begun

    assert seconds(lambda: convolve_backward(dy, x, w)) < 200 * seconds(lambda: convolve(x, w))


@given(integers, integers, st.booleans())
def test_same_as_deep_learning_centres_it(x, w, flip):
    """PyTorch, TensorFlow: k − 1 zeros, half of them on each side and an odd one at the end."""
    before, after = (len(w) - 1) // 2, len(w) // 2
    padded = [0] * before + x + [0] * after
    kernel = w[::-1] if flip else w
    expected = [sum(a * b for a, b in zip(padded[t:], kernel, strict=False)) for t in range(len(x))]
    assert convolve(x, w, "same", flip=flip, centre="ceil").tolist() == expected


def quarters(*numerators):
    return [Fraction(n, 4) for n in numerators]


def test_the_example_of_document_004():
    """S4-Q3c with the kernel that the question gives."""
    w = [Fraction(1, 4)] * 4
    full = quarters(1, 2, 6, 10, 13, 13, 10, 6, 2, 1)
    assert convolve(SIGNAL, w).tolist() == defined(SIGNAL, w) == full
    assert convolve(SIGNAL, w, "valid").tolist() == quarters(10, 13, 13, 10)
    assert convolve(SIGNAL, w, "same").tolist() == quarters(2, 6, 10, 13, 13, 10, 6)
    later = convolve(SIGNAL, w, "same", centre="ceil").tolist()
    assert later == quarters(6, 10, 13, 13, 10, 6, 2)


def test_the_answer_of_document_004_has_another_kernel():
    """S4-A3c.1 to .3 are right for three quarters, and wrong for the four of the question."""
    printed = {
        "full": quarters(1, 2, 6, 9, 12, 9, 6, 2, 1),
        "same": quarters(2, 6, 9, 12, 9, 6, 2),
        "valid": quarters(6, 9, 12, 9, 6),
    }
    for mode, answer in printed.items():
        assert convolve(SIGNAL, quarters(1, 1, 1), mode).tolist() == answer
        assert convolve(SIGNAL, quarters(1, 1, 1, 1), mode).tolist() != answer


@given(integers, integers)
def test_numpys_convolve_wherever_it_means_the_same(x, w):
    np.testing.assert_array_equal(convolve(x, w), np.convolve(x, w))
    if len(w) <= len(x):
        for mode in MODES:
            np.testing.assert_array_equal(convolve(x, w, mode), np.convolve(x, w, mode))
            np.testing.assert_array_equal(
                convolve(x, w, mode, flip=False), np.correlate(x, w, mode)
            )


def test_a_kernel_longer_than_the_input():
    assert convolve([1, 2], [1, 10, 100]).tolist() == [1, 12, 120, 200]
    assert convolve([1, 2], [1, 10, 100], "same").tolist() == [12, 120]
    message = 'kernel must be no longer than x in mode "valid", but has 3 entries and x 2.'
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        convolve([1, 2], [1, 10, 100], "valid")
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        convolution_matrix([1, 10, 100], 2, "valid")


@given(integers, integers, integers)
def test_the_algebra_of_full_convolution(x, w, v):
    assert convolve(x, w).tolist() == convolve(w, x).tolist()
    assert convolve(convolve(x, w), v).tolist() == convolve(x, convolve(w, v)).tolist()


def test_dtypes():
    x, w = np.ones(5, np.float32), np.ones(2, np.float32)
    assert convolve(x, w).dtype == np.float32
    assert all(g.dtype == np.float32 for g in convolve_backward(np.ones(6, np.float32), x, w))
    assert convolution_matrix(w, 5).dtype == np.float32
    assert convolve(x, [1.0, 2.0]).dtype == np.float64
    assert convolve(np.ones(5, ">f8"), w).dtype == np.float64
    assert convolve([True, True], [True, True]).tolist() == [1, 2, 1]
    # NumPy would wrap around at 256.
    assert convolve(np.array([200, 200], np.uint8), np.array([1, 1], np.uint8))[1] == 400
    half = convolve([0.5, 0.25], [Fraction(1, 2)])
    assert half.dtype == np.float64
    assert half.tolist() == [0.25, 0.125]
    assert convolve([10**30], [3]).tolist() == [3 * 10**30]


def test_complex_numbers_are_multiplied_and_not_conjugated():
    x, w = np.array([1j, 2.0]), np.array([1j, 1.0])
    assert convolve(x, w).tolist() == [-1, 3j, 2]
    assert convolve(x, w, flip=False).tolist() == [1j, 1, 2j]


def test_large_and_small_numbers_raise_no_alarm():
    with np.errstate(all="raise"):
        assert convolve([1e200, 1e-200], [1.0]).tolist() == [1e200, 1e-200]
        assert convolve([1e300, 1.0], [1e300]).tolist() == [np.inf, 1e300]


BIG = 2**40


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], [1.0]), "x must have shape (n,) with n at least 1, not (0,)."),
        (([[1.0]], [1.0]), "x must have shape (n,) with n at least 1, not (1, 1)."),
        (([1.0], 2.0), "kernel must have shape (n,) with n at least 1, not ()."),
        (([1.0, np.nan], [1.0]), "x must be finite, but x[1] is nan."),
        (([1.0, 2.0], [np.inf]), "kernel must be finite, but kernel[0] is inf."),
        (([1.0, 2.0], [np.inf, 0.0]), "kernel must be finite, but kernel[0] is inf."),
        (([1j, np.nan], [1.0]), "x must be finite, but holds infinities or NaN."),
        (
            (["a"], [1.0]),
            "x must hold floats (of 32 or 64 bits), complex numbers, integers or fractions, "
            "not <U1.",
        ),
        (
            (np.ones(2, np.float16), [1.0]),
            "x must hold floats (of 32 or 64 bits), complex numbers, integers or fractions, "
            "not float16.",
        ),
        (
            ([1.0], [None]),
            "kernel must hold floats (of 32 or 64 bits), complex numbers, integers or fractions, "
            "not object.",
        ),
        (
            ([BIG, 1], [BIG]),
            f"x and kernel must be small enough for 64 bits, but a sum might reach {2**80}; "
            "give dtype=object for integers of any size.",
        ),
        (
            (np.array([2**63], np.uint64), [1]),
            "x must fit into 64 bits with a sign; give dtype=object instead.",
        ),
        (([1.0], [1.0], "half"), 'mode must be "full", "valid" or "same", not \'half\'.'),
    ],
)
@pytest.mark.parametrize("mode", ["full", "same"])
def test_what_cannot_be_is_refused(arguments, message, mode):
    arguments = arguments if len(arguments) == 3 else (*arguments, mode)
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        convolve(*arguments)


def test_other_arguments_are_refused_too():
    with pytest.raises(ValueError, match=r"^kernel must be an array with rows of equal length"):
        convolve([1], [[1], [1, 2]])
    with pytest.raises(ValueError, match=r"^x must have no masked entries"):
        convolve(np.ma.array([1, 2], mask=[0, 1]), [1])
    for mode in MODES:
        with pytest.raises(ValueError, match=r'^centre must be "floor" or "ceil", not .left.\.$'):
            convolve([1], [1], mode, centre="left")
    for n in (0, True, 2.5):
        with pytest.raises(ValueError, match=r"^n must be an integer of at least 1, not "):
            convolution_matrix([1], n)
    with pytest.raises(ValueError, match=r"^kernel must be finite, but kernel\[0\] is nan\.$"):
        convolution_matrix([np.nan, 1.0], 3)
    with pytest.raises(ValueError, match=r"^x and kernel must be small enough for float64"):
        convolve([10**400], [1.0])
    message = "dy must have the length of the convolution, 4, not 3."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        convolve_backward([1, 2, 3], [1, 2, 3], [1, 2])


@pytest.mark.parametrize("name", ["dy", "x", "kernel"])
def test_what_is_not_finite_is_called_by_its_name_backward_too(name):
    arguments = {"dy": [1.0, 2.0], "x": [5.0, 6.0, 7.0], "kernel": [1.0, 10.0]}
    arguments[name][0] = np.nan
    with pytest.raises(ValueError, match=rf"^{name} must be finite, but {name}\[0\] is nan\.$"):
        convolve_backward(**arguments, mode="valid")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [(([BIG, 1], [1, 1], [BIG]), "dy and kernel"), (([BIG, 1], [BIG, 1], [1]), "dy and x")],
)
def test_what_is_too_large_backward_is_called_by_its_names(arguments, names):
    with pytest.raises(ValueError, match=f"^{names} must be small enough for 64 bits"):
        convolve_backward(*arguments)


@pytest.mark.parametrize(
    ("x", "w", "reach"),
    [
        ([2**31] * 4, [2**31] * 4, 2**64),
        ([-(2**40)] * 2, [2**40], 2**80),
        ([1], [-(2**63)], 2**63),
    ],
)
def test_no_sum_of_integers_wraps_around(x, w, reach):
    message = f"a sum might reach {reach}"
    for first, second in ((x, w), (w, x)):
        with pytest.raises(ValueError, match=message):
            convolve(first, second)
    unbounded = convolve(np.array(x, object), np.array(w, object))
    assert unbounded.tolist() == defined(x, w)


def test_an_object_array_knows_no_bounds():
    x, w = (np.array([np.int64(number)], object) for number in (2**62, 4))
    assert convolve(x, w).tolist() == [2**64]
    assert convolve(x, [4]).tolist() == [2**64]
    assert convolution_matrix(w, 1).tolist() == [[4]]


@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_no_infinity_and_no_nan_gets_through(n, k, data):
    x, w = np.ones(n), np.ones(k)
    bad = data.draw(st.sampled_from([np.nan, np.inf, -np.inf]))
    data.draw(st.sampled_from([x, w]))[0] = bad
    if np.isfinite(x).all() and np.isfinite(w).all():
        x[-1] = bad
    for mode in ["full", "same"]:
        with pytest.raises(ValueError, match="must be finite"):
            convolve(x, w, mode)
