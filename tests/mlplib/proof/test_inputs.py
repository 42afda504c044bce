"""Inputs come from where they say, are the same every time, and differ where they should."""

from fractions import Fraction

import numpy as np
import pytest

import mlplib
from mlplib import grid, integers, normal, rationals, uniform
from mlplib.proof.trials import combine


def rng():
    return np.random.default_rng(5)


def test_uniform_and_grid_stay_in_their_interval():
    for x in (np.array(uniform(-2, 3, n=500).draw(rng())), np.array(grid(-2, 3).draw(rng()))):
        assert -2 <= x.min() < -1.9
        assert 2.9 < x.max() <= 3
    assert grid(-2, 3, n=2).draw(rng()) == [-2, 3]


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,)])
def test_shapes_and_numbers(shape):
    for recipe in (
        uniform(0, 1, n=7, shape=shape),
        normal(shape, n=7),
        integers(-3, 3, n=7, shape=shape),
        rationals(-3, 3, n=7, shape=shape),
    ):
        drawn = recipe.draw(rng())
        assert len(drawn) == 7
        assert {np.shape(x) for x in [*drawn, *recipe.simple]} == {shape}


def test_exact_inputs_are_exact_python_numbers_in_range():
    whole = integers(-3, 3, n=300).draw(rng())
    assert set(whole) == set(range(-3, 4))
    assert {type(k) for k in whole} == {int}
    parts = rationals(-1, 2, n=2000).draw(rng())
    assert {type(q) for q in parts} == {Fraction}
    assert min(parts) == -1
    assert max(parts) == 2
    assert max(q.denominator for q in parts) == 12
    (array,) = rationals(-1, 2, n=1, shape=(40, 50)).draw(rng())
    assert array.dtype == object
    assert {type(q) for q in array.flat} == {Fraction}
    assert (array.min(), array.max()) == (-1, 2)
    largest = 2**48
    far = rationals(-largest, largest, n=2000).draw(rng())
    assert max(map(abs, far)) <= largest
    widest = 2**63 - 1
    assert max(map(abs, integers(-widest, widest).draw(rng()))) <= widest


def test_simple_inputs_start_with_zero_and_keep_to_the_domain():
    assert uniform(-2.5, 1.5).simple == (0, 1, -1, -2)
    assert uniform(0.2, 0.8).simple == ()
    vectors = [v.tolist() for v in integers(-1, 3, shape=(3,)).simple]
    assert vectors == [[0, 0, 0], [1, 0, 0], [-1, 0, 0], [1, 1, 1], [-1, -1, -1], [1, 2, 3]]


def test_a_label_seeds_its_draws_and_every_argument_has_its_own():
    two = (normal(n=5), normal(n=5))
    _, first, _ = combine(two, "eq-a")
    _, again, _ = combine(two, "eq-a")
    _, other, _ = combine(two, "eq-b")
    assert first == again
    assert first != other
    assert all(x != y for x, y in first)


def test_simple_pairs_are_ordered_by_both_arguments():
    _, _, simple = combine((uniform(-1, 1), uniform(0, 2)), "eq-a")
    assert simple[:4] == [(0, 0), (0, 1), (1, 0), (0, 2)]


def test_lists_are_taken_as_they_are():
    domain, given, simple = combine([1.0, 2.0], "eq-a")
    assert (domain, given, simple) == ("as listed", [(1.0,), (2.0,)], [])


@pytest.mark.parametrize("inputs", [[], (), ([], []), np.zeros((0, 3))])
def test_no_inputs_are_refused(inputs):
    with pytest.raises(ValueError, match=r"^inputs must hold at least one"):
        combine(inputs, "eq-a")


def test_senseless_recipes_are_refused():
    with pytest.raises(ValueError, match=r"^inputs must hold equally many .* not \[2, 3\]"):
        combine(([1, 2], [1, 2, 3]), "eq-a")
    for n in (0, 2.5, "3", True):
        with pytest.raises(ValueError, match=r"^n must be an integer of at least 1, not "):
            normal(n=n)
    for recipe in (uniform, grid, integers, rationals):
        with pytest.raises(ValueError, match=r"^low must be less than high"):
            recipe(2, 2)
    with pytest.raises(ValueError, match=r"^shape must be a tuple of integers, .* not 3"):
        normal(3)
    with pytest.raises(ValueError, match=r"^shape\[1\] must be an integer of at least 0, not -1"):
        uniform(0, 1, shape=(2, -1))


@pytest.mark.parametrize("bad", [np.inf, np.nan, 1e308, 10**400, "1", None, 1j, True])
@pytest.mark.parametrize("recipe", [uniform, grid, integers, rationals])
def test_the_ends_of_a_range_are_finite_numbers(recipe, bad):
    with pytest.raises(ValueError, match=r"^high must be (a number|an integer) from -"):
        recipe(0, bad)
    with pytest.raises(ValueError, match=r"^low must be (a number|an integer) from -"):
        recipe(bad, 1)


@pytest.mark.parametrize(("recipe", "bits"), [(integers, 63), (rationals, 48)])
def test_the_ends_of_exact_ranges_are_integers_that_can_be_drawn(recipe, bits):
    for low in (0.5, Fraction(1, 2), -(2**bits) - 1):
        with pytest.raises(ValueError, match=r"^low must be an integer from -\de\+1\d to \de\+1\d"):
            recipe(low, 2)
    for number in recipe(np.int64(-1), np.int64(1)).draw(rng()):
        assert type(number.numerator) is int


def test_inputs_are_no_array_and_say_so():
    for use in (np.asarray, np.sqrt, mlplib.sigmoid, lambda x: np.ones(3) + x):
        with pytest.raises(TypeError, match=r"^inputs .* must be given to verify or refute"):
            use(mlplib.normal((3,), 200))
