"""What is taken for an array of real numbers, and the sentence when it is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp

from mlplib.arguments import finite_array, generator, plain_array, real_array, whole


@given(hnp.arrays(hnp.floating_dtypes(sizes=(32, 64)), hnp.array_shapes(min_side=0)))
def test_floats_keep_shape_and_precision(x):
    array = real_array("x", x)
    assert array.shape == x.shape
    assert array.dtype == x.dtype.newbyteorder("=")
    np.testing.assert_array_equal(array, x)


def test_a_float_array_is_not_copied():
    x = np.zeros(3)
    assert real_array("x", x) is x


@given(hnp.arrays(hnp.integer_dtypes() | hnp.boolean_dtypes(), hnp.array_shapes()))
def test_integers_and_booleans_become_float64(x):
    array = real_array("x", x)
    assert array.dtype == np.float64
    np.testing.assert_array_equal(array, x.astype(np.float64))


@pytest.mark.parametrize(
    ("x", "kind"),
    [
        (1j, "complex128"),
        ("a", "<U1"),
        (b"a", r"\|S1"),
        (None, "object"),
        (np.datetime64("2020-01-01"), "datetime64"),
        (np.float16(1), "float16"),
        (np.longdouble(1), "longdouble|float128"),
    ],
)
def test_the_refusal_names_argument_and_kind(x, kind):
    with pytest.raises(ValueError, match=rf"^weights must hold real numbers .*not ({kind})"):
        real_array("weights", x)


def test_ragged_rows_are_named():
    with pytest.raises(ValueError, match=r"^W must be an array with rows of equal length"):
        real_array("W", [[1.0, 2.0], [3.0]])


def test_finite_array_says_what_and_where():
    assert finite_array("x", [[1, 2]]).shape == (1, 2)
    assert finite_array("x", []).shape == (0,)
    with pytest.raises(ValueError, match=r"^x must be finite, but x\[1, 0\] is -inf\.$"):
        finite_array("x", [[0, 1], [-np.inf, np.nan]])
    with pytest.raises(ValueError, match=r"^t must be finite, but t is nan\.$"):
        finite_array("t", np.nan)


def test_finite_array_is_finite_in_the_precision_asked_for():
    single = finite_array("x", [0.1, 3e38], np.float32)
    assert single.dtype == np.float32
    assert finite_array("x", single, np.float64).dtype == np.float64
    assert finite_array("x", single, single.dtype) is single
    with pytest.raises(ValueError, match=r"^x must be finite in float32, but x\[0\] is -1e\+39\.$"):
        finite_array("x", [-1e39, 0], np.float32)
    with pytest.raises(ValueError, match=r"^x must be finite, but x\[0\] is inf\.$"):
        finite_array("x", [np.inf, 1e39], np.float32)


@pytest.mark.parametrize("read", [plain_array, real_array, finite_array])
def test_hidden_entries_are_refused(read):
    """NumPy would drop the mask and calculate with what lies under it."""
    x = np.ma.array([1.0, 2.0, 3e9], mask=[0, 0, 1])
    with pytest.raises(ValueError, match=r"^outputs must have no masked entries"):
        read("outputs", x)
    np.testing.assert_array_equal(read("outputs", x[:2]), [1, 2])


@pytest.mark.parametrize("rng", [42, None, np.random.RandomState(0)])
def test_only_a_generator_is_one(rng):
    with pytest.raises(ValueError, match=r"^rng must be a numpy\.random\.Generator"):
        generator("rng", rng)


@pytest.mark.parametrize("seven", [7, np.int8(7), np.uint64(7), np.array(7)])
def test_whole_takes_every_kind_of_integer(seven):
    assert whole("n", seven) == 7
    assert type(whole("n", seven)) is int


@pytest.mark.parametrize("value", [0, -1, 7.0, "7", None, True, np.True_, [7], np.array([7, 7])])
def test_whole_refuses_the_rest(value):
    with pytest.raises(ValueError, match=r"^n must be an integer of at least 1, not "):
        whole("n", value)


def test_whole_knows_its_least():
    assert whole("padding", 0, least=0) == 0
    with pytest.raises(ValueError, match=r"^size must be an integer of at least 2, not 1\.$"):
        whole("size", 1, least=2)
