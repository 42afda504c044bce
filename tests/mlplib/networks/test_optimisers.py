"""Optimisers against the methods as their authors wrote them, and what `train` does with them."""

import math
import re
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib import (
    MLP,
    Adam,
    AutoEncoder,
    DivergenceError,
    GradientDescent,
    Momentum,
    Nesterov,
    accuracy,
    train,
)

OPTIMISERS = [GradientDescent, Momentum, Nesterov, Adam]
slopes = st.lists(st.integers(-64, 64), min_size=1, max_size=8)


def walked(optimiser, gradients, start=1.0):
    theta, state, places = {"w": np.array([start])}, None, []
    for g in gradients:
        theta, state = optimiser.step(theta, {"w": np.array([float(g)])}, state)
        places.append(theta["w"][0])
    return places


@given(slopes)
def test_momentum_is_the_heavy_ball(gradients):
    """θ_{t+1} = θ_t − ηg + μ(θ_t − θ_{t−1}), Polyak's form, in fractions."""
    before = here = Fraction(1)
    for g, place in zip(gradients, walked(Momentum(0.5, 0.25), gradients), strict=True):
        before, here = here, here - Fraction(g, 2) + Fraction(1, 4) * (here - before)
        assert place == pytest.approx(float(here), abs=1e-9)


@given(slopes)
def test_gradient_descent_adds_up(gradients):
    for t, place in enumerate(walked(GradientDescent(0.5), gradients), start=1):
        assert place == 1 - sum(gradients[:t]) / 2


def test_nesterov_is_his_own_method_seen_from_the_point_he_looks_from():
    """x and the look-ahead y, two sequences as Nesterov has them, where the slope is 3y − 1."""
    eta, mu = Fraction(1, 8), Fraction(3, 4)
    x, y, theta, state = Fraction(2), Fraction(2), {"w": np.array([2.0])}, None
    for _ in range(12):
        x_next = y - eta * (3 * y - 1)
        x, y = x_next, x_next + mu * (x_next - x)
        slope = {"w": 3 * theta["w"] - 1}
        theta, state = Nesterov(1 / 8, 0.75).step(theta, slope, state)
        assert theta["w"][0] == pytest.approx(float(y), rel=1e-12)


@given(slopes.filter(any))
def test_adam_is_a_ratio_of_two_weighted_means(gradients):
    """Closed form: the averages are Σ βᵗ⁻ⁱ gᵢ / Σ βᵗ⁻ⁱ, with no memory and no correction."""
    theta = 1.0
    for t, place in enumerate(walked(Adam(0.1, 0.8, 0.9, 1e-3), gradients), start=1):
        ages = np.arange(t)[::-1]
        g = np.array(gradients[:t], float)
        m = np.average(g, weights=0.8**ages)
        u = np.average(g**2, weights=0.9**ages)
        theta -= 0.1 * m / (math.sqrt(u) + 1e-3)
        assert place == pytest.approx(theta, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("kind", OPTIMISERS)
def test_decay_shrinks_beside_the_step_and_leaves_the_memory_alone(kind):
    slow, plain = kind(0.1, weight_decay=0.5), kind(0.1)
    theta, g = {"w": np.array([2.0])}, {"w": np.array([3.0])}
    (decayed, memory), (kept, other) = slow.step(theta, g), plain.step(theta, g)
    assert decayed["w"] == pytest.approx(kept["w"] - 0.1 * 0.5 * 2)
    assert memory == other


@pytest.mark.parametrize("kind", OPTIMISERS)
def test_a_rate_may_be_a_function_of_the_step(kind):
    theta, state, asked = {"w": np.array([0.0])}, None, []
    optimiser = kind(lambda t: asked.append(t) or 0.5**t)
    other, memory = theta, None
    for t in range(4):
        theta, state = optimiser.step(theta, {"w": np.array([1.0])}, state)
        other, memory = kind(0.5**t).step(other, {"w": np.array([1.0])}, memory)
        assert theta["w"] == other["w"]
    assert asked == [0, 1, 2, 3]
    with pytest.raises(ValueError, match=r"^rate must be a finite number > 0, not -1"):
        kind(lambda t: -1).step(theta, {"w": np.array([1.0])})


@pytest.mark.parametrize("kind", OPTIMISERS)
def test_precision_and_arguments_are_left_alone(kind):
    theta, g = {"w": np.ones(3, np.float32)}, {"w": np.ones(3)}
    state = None
    for _ in range(3):
        moved, state = kind(0.1, weight_decay=0.1).step(theta, g, state)
        assert moved["w"].dtype == np.float32
    assert all(part["w"].dtype == np.float32 for part in state.memory)
    np.testing.assert_array_equal([theta["w"], g["w"]], 1)
    with pytest.raises(ValueError, match="gradients must have the keys of the parameters"):
        kind(0.1).step(theta, {"v": g["w"]})
    with pytest.raises(ValueError, match=r"gradients\['w'\] must have the shape of the parameter"):
        kind(0.1).step(theta, {"w": np.ones(2)})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: GradientDescent(0), "rate must be a finite number > 0, not 0"),
        (lambda: Momentum(1, 1), "momentum must lie in [0, 1), not 1"),
        (lambda: Nesterov(1, -1), "momentum must lie in [0, 1), not -1"),
        (lambda: Adam(beta2=1), "beta2 must lie in [0, 1), not 1"),
        (lambda: Adam(epsilon=0), "epsilon must be a finite number > 0, not 0"),
        (lambda: Adam(weight_decay=-1), "weight_decay must be a finite number ≥ 0, not -1"),
    ],
)
def test_numbers_out_of_range(make, sentence):
    with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
        make()


# In training


@pytest.fixture
def problem():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 2))
    network = MLP([2, 8, 2], "tanh")
    return network, network.initialise(rng), X, (X[:, 0] * X[:, 1] > 0).astype(int)


def test_train_makes_the_steps_of_the_loop(problem):
    network, start, X, labels = problem
    optimiser = Adam(lambda t: 0.1 / (1 + t))
    theta, state = start, None
    for _ in range(5):
        for half in (slice(30), slice(30, 60)):
            _, gradients = network.loss_and_gradients(theta, X[half], labels[half])
            theta, state = optimiser.step(theta, gradients, state)
    trained, _ = train(network, start, X, labels, optimiser=optimiser, epochs=5, batch=30)
    for key, value in theta.items():
        np.testing.assert_array_equal(trained[key], value)


def test_a_rate_of_train_may_be_a_function_too(problem):
    network, start, X, labels = problem
    asked = []
    train(network, start, X, labels, rate=lambda t: asked.append(t) or 0.1, epochs=2, batch=20)
    assert asked == [0, 1, 2, 3, 4, 5]


def test_your_own_optimiser(problem):
    network, start, X, labels = problem

    class Signs:
        def step(self, parameters, gradients, state=None):
            moved = {key: p - 0.01 * np.sign(gradients[key]) for key, p in parameters.items()}
            return moved, (state or 0) + 1

    theta, _ = train(network, start, X, labels, optimiser=Signs(), epochs=1)
    moves = np.abs(theta["W1"] - start["W1"])
    np.testing.assert_allclose(moves, 0.01, rtol=1e-12)

    class Leap:
        def step(self, parameters, gradients, state=None):
            return {key: p + 1e9 for key, p in parameters.items()}, None

    line = MLP([1, 1], [], "linear")
    with pytest.raises(DivergenceError, match=r"in epoch 2: the steps are too large here\.$"):
        train(line, {"W1": [[0.0]], "b1": [0.0]}, [[1.0]], [[1.0]], optimiser=Leap(), epochs=9)


class Scripted:
    """A model whose validation losses are known beforehand; each step adds 1 to its parameter."""

    def __init__(self, losses):
        self.losses = losses

    def loss(self, parameters, X, targets):
        return self.losses[round(parameters["w"][0])]

    def loss_and_gradients(self, parameters, X, targets):
        return 1.0, {"w": np.array([-1.0])}


def stopped(losses, patience, epochs=7):
    data = np.zeros(3)
    return train(
        Scripted([9, *losses]), {"w": np.zeros(1)}, data, data, rate=1.0, epochs=epochs,
        validation=(data, data), patience=patience,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("patience", "epochs", "chosen"), [(1, 3, 2), (2, 4, 2), (3, 7, 6), (None, 7, 7)]
)
def test_early_stopping_returns_the_best(patience, epochs, chosen):
    theta, history = (
        stopped([5, 3, 4, 4, 2, 1, 1], patience)
        if patience != 2
        else stopped([5, 3, 4, 3, 2, 1, 1], patience)
    )
    assert len(history.epochs) == len(history.loss) == epochs
    assert theta["w"] == chosen
    assert history.best == np.argmin(history.validation_loss) + 1
    assert history.validation_accuracy is None
    assert f"lowest validation loss {history.validation_loss.min():.3g} in" in repr(history)


def test_validation_is_what_the_model_says_of_it(problem):
    network, start, X, labels = problem
    seen = {"loss": lambda p: network.loss(p, X[:20], labels[:20])}
    theta, history = train(
        network, start, X[20:], labels[20:], rate=0.5, epochs=4, batch=10, watch=seen,
        validation=(X[:20], labels[:20]),
    )  # fmt: skip
    np.testing.assert_allclose(history.validation_loss, history.watched["loss"], rtol=1e-14)
    right = network.outputs(theta, X[:20]).argmax(1) == labels[:20]
    assert history.validation_accuracy[-1] == right.mean()
    assert accuracy(network, theta, X[:20], np.eye(2)[labels[:20]]) == right.mean()


def test_accuracy_of_other_heads():
    sigmoid, linear = MLP([1, 1], [], "sigmoid"), MLP([1, 1], [], "linear")
    theta = {"W1": np.ones((1, 1)), "b1": np.zeros(1)}
    X = np.array([[-1.0], [2.0], [3.0], [-4.0]])
    assert accuracy(sigmoid, theta, X, [[0], [1], [0], [0]]) == 0.75
    with pytest.raises(ValueError, match=r"^model must have a head that tells right from wrong"):
        accuracy(linear, theta, X, X)
    model = AutoEncoder([1, 1], "identity")
    _, history = train(
        model, model.initialise(np.random.default_rng(0)), X, X, rate=0.01, epochs=1,
        validation=(X, X),
    )  # fmt: skip
    assert history.validation_accuracy is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"optimiser": Adam(), "rate": 0.1}, "rate, momentum and weight_decay must be given to"),
        ({"optimiser": Adam}, "optimiser must be an object with a step, such as Adam(0.001), not"),
        ({}, "rate must be a finite number > 0, not None"),
        ({"rate": 0.1, "patience": 3}, "patience must come with validation examples, not alone."),
        ({"rate": 0.1, "validation": 3}, "validation must be a pair (X, targets), not int."),
        ({"rate": 0.1, "validation": (np.ones((1, 3)), [0])}, "X must have one example of 2"),
        ({"rate": 0.1, "validation": (np.ones((2, 2)), [0])}, "X and targets must have one row"),
    ],
)
def test_what_train_refuses(problem, changed, sentence):
    network, start, X, labels = problem
    with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}"):
        train(network, start, X, labels, epochs=1, **changed)


def test_memory_is_that_of_a_batch_and_not_of_all_examples():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20_000, 10)), rng.integers(0, 2, 20_000)
    network = MLP([10, 200, 2], "relu")
    start = network.initialise(rng)
    tracemalloc.start()
    try:
        train(network, start, X, y, rate=0.01, epochs=1, batch=64, validation=(X, y), quiet=True)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4e6  # the hidden layer of all examples alone has 32e6 bytes
