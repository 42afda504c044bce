"""Descent: steps, batches, the two forms of the penalty, momentum, and how it ends badly."""

import io
import itertools
import re

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mlplib.networks.descent import descend, l2_gradients, l2_penalty
from mlplib.networks.mlp import MLP
from mlplib.networks.progress_bar import progress
from mlplib.networks.steps import DivergenceError
from mlplib.networks.training import train
from mlplib.proof.gradient_check import check_gradient


@pytest.fixture
def problem():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(12, 2))
    network = MLP([2, 5, 3], "tanh")
    return network, network.initialise(rng), X, rng.integers(0, 3, 12)


def assert_same(parameters, expected):
    for key, value in parameters.items():
        np.testing.assert_allclose(value, expected[key], rtol=1e-13, atol=1e-15, err_msg=key)


# One step


def test_a_step_by_hand():
    theta, v = descend({"w": np.array([2.0])}, {"w": np.array([3.0])}, rate=0.5)
    assert (theta["w"], v["w"]) == (0.5, 3)
    theta, v = descend(theta, {"w": np.array([1.0])}, v, rate=0.5, momentum=0.5)
    assert (theta["w"], v["w"]) == (0.5 - 0.5 * 2.5, 2.5)
    theta, _ = descend({"w": np.array([2.0])}, {"w": np.array([3.0])}, rate=0.5, weight_decay=0.1)
    assert theta["w"] == pytest.approx(0.95 * 2 - 1.5)


def test_a_step_takes_what_a_network_takes():
    theta, v = descend({"w": [2, 1]}, {"w": [3, 0]}, {"w": [0, 1]}, rate=0.5, momentum=0.5)
    np.testing.assert_array_equal(theta["w"], [0.5, 0.75])
    np.testing.assert_array_equal(v["w"], [3, 0.5])
    with pytest.raises(ValueError, match=r"^gradients\['w'\] must hold real numbers"):
        descend({"w": [2.0]}, {"w": [None]}, rate=0.5)
    with pytest.raises(ValueError, match=r"^parameters\['w'\] must hold real numbers"):
        descend({"w": [2j]}, {"w": [2.0]}, rate=0.5)


def test_a_parameter_may_be_a_single_number():
    theta, _ = descend({"w": np.array(2.0)}, {"w": np.array(3.0)}, rate=0.5, weight_decay=0.1)
    assert theta["w"].shape == ()
    assert theta["w"] == pytest.approx(0.95 * 2 - 1.5)


def test_a_step_leaves_its_arguments_and_their_precision_alone():
    theta, slope = {"w": np.ones(3, np.float32)}, {"w": np.ones(3)}
    moved, _ = descend(theta, slope, rate=0.1, momentum=0.9, weight_decay=0.1)
    assert moved["w"].dtype == np.float32
    np.testing.assert_array_equal(theta["w"], 1)
    np.testing.assert_array_equal(slope["w"], 1)


def test_a_step_keeps_float32_whatever_the_numbers_are():
    theta, slope = {"w": np.ones(3, np.float32)}, {"w": np.ones(3, np.float32)}
    numbers = {name: np.float64(0.1) for name in ("rate", "momentum", "weight_decay")}
    for velocity in (None, slope):
        moved, gathered = descend(theta, slope, velocity, **numbers)
        assert moved["w"].dtype == gathered["w"].dtype == np.float32
    assert l2_gradients(theta, np.float64(0.1))["w"].dtype == np.float32
    _, gathered = descend(theta, {"w": np.ones(3)}, rate=0.1, momentum=0.9)
    assert gathered["w"].dtype == np.float32


def test_momentum_keeps_a_velocity_of_its_own():
    """Whoever computes gradients may write the next ones into the same array."""
    slope = {"w": np.array([3.0])}
    _, v = descend({"w": np.array([2.0])}, slope, rate=0.5, momentum=0.5)
    slope["w"][:] = 100
    assert v["w"] == 3


@pytest.mark.parametrize("shape", [(3,), (1, 1), ()])
def test_shapes_that_differ(shape):
    theta, other = {"b": np.zeros(1)}, {"b": np.ones(shape)}
    sentence = re.escape(f"['b'] must have the shape of the parameter, (1,), not {shape}")
    with pytest.raises(ValueError, match=f"^gradients{sentence}"):
        descend(theta, other, rate=0.1)
    with pytest.raises(ValueError, match=f"^velocity{sentence}"):
        descend(theta, theta, other, rate=0.1, momentum=0.9)
    with pytest.raises(
        ValueError, match=r"^velocity must have the keys of the parameters, \['b'\]"
    ):
        descend(theta, theta, {}, rate=0.1, momentum=0.9)


def test_momentum_reaches_its_final_speed():
    theta, v, constant = {"w": np.zeros(1)}, None, {"w": np.ones(1)}
    for _ in range(200):
        theta, v = descend(theta, constant, v, rate=0.1, momentum=0.8)
    assert v["w"] == pytest.approx(1 / (1 - 0.8))


def test_the_gradient_of_the_penalty():
    theta = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([3.0])}
    assert l2_penalty(theta, 0.5) == pytest.approx(0.5 * 14)
    slopes = l2_gradients(theta, 0.5)
    np.testing.assert_array_equal(l2_gradients({"b1": [3.0, 1.0]}, 1)["b1"], [6, 2])
    assert check_gradient(lambda p: 0.5 * sum((v**2).sum() for v in p.values()), slopes, theta)


@pytest.mark.parametrize(
    ("theta", "squares"),
    [
        (np.array([100_000], np.int32), 10**10),
        (np.array([200], np.uint8), 40_000),
        (np.array([1e20], np.float32), float(np.float32(1e20)) ** 2),
        (np.full(10**6, 0.1, np.float32), 10**6 * float(np.float32(0.1)) ** 2),
        (np.array([True, True]), 2),
        (np.array([3.0, 4.0], ">f8"), 25),
        ([3, 4], 25),
        (np.arange(6.0).reshape(2, 3).T, 55),
    ],
)
def test_the_penalty_of_every_kind_of_number(theta, squares):
    assert l2_penalty({"w": theta}, 1.0) == pytest.approx(squares, rel=1e-12)


@pytest.mark.parametrize("penalty", [l2_penalty, l2_gradients])
@pytest.mark.parametrize(
    ("theta", "sentence"),
    [
        (np.ma.masked_array([1.0, 2.0], [True, False]), "must have no masked entries"),
        (np.array(["a"]), "must hold real numbers"),
        (np.array([1j]), "must hold real numbers"),
    ],
)
def test_what_has_no_penalty(penalty, theta, sentence):
    with pytest.raises(ValueError, match=rf"^parameters\['w'\] {sentence}"):
        penalty({"w": theta}, 1.0)


# Training


@given(st.floats(1e-4, 0.5), st.floats(0, 0.5), st.integers(1, 12))
def test_penalty_and_decay_are_the_same_descent(rate, lam, batch):
    rng = np.random.default_rng(0)
    X, labels = rng.normal(size=(12, 2)), rng.integers(0, 3, 12)
    network = MLP([2, 5, 3], "tanh")
    start = network.initialise(rng)
    habits = {"rate": rate, "epochs": 3, "batch": batch}
    penalised, _ = train(network, start, X, labels, l2=lam, **habits)
    decayed, _ = train(network, start, X, labels, weight_decay=2 * lam, **habits)
    assert_same(penalised, decayed)


@pytest.mark.parametrize("form", [{"l2": 0.05}, {"weight_decay": 0.1}])
@pytest.mark.parametrize("copies", [2, 5])
def test_the_penalty_does_not_depend_on_the_number_of_examples(problem, form, copies):
    """The mean loss of n examples is that of the same examples several times; so is λ‖θ‖²."""
    network, start, X, labels = problem
    once, _ = train(network, start, X, labels, rate=0.1, epochs=4, **form)
    more = np.tile(X, (copies, 1)), np.tile(labels, copies)
    assert_same(train(network, start, *more, rate=0.1, epochs=4, **form)[0], once)


def test_with_momentum_penalty_and_decay_part(problem):
    network, start, X, labels = problem
    habits = {"rate": 0.1, "epochs": 5, "momentum": 0.9}
    penalised, _ = train(network, start, X, labels, l2=0.05, **habits)
    decayed, _ = train(network, start, X, labels, weight_decay=0.1, **habits)
    assert np.abs(penalised["W1"] - decayed["W1"]).max() > 1e-4


@pytest.mark.parametrize("batch", [None, 12, 5, 1])
def test_training_is_descent_on_one_batch_after_the_other(problem, batch):
    network, start, X, labels = problem
    theta, v, means = start, None, []
    for _ in range(3):
        losses = []
        for rows in np.split(np.arange(12), range(batch or 12, 12, batch or 12)):
            loss, slopes = network.loss_and_gradients(theta, X[rows], labels[rows])
            theta, v = descend(theta, slopes, v, rate=0.1, momentum=0.5)
            losses += [float(loss)] * len(rows)
        means.append(np.mean(losses))
    trained, history = train(
        network, start, X, labels, rate=0.1, epochs=3, batch=batch, momentum=0.5
    )
    assert_same(trained, theta)
    np.testing.assert_allclose(history.loss, means, rtol=1e-14)
    np.testing.assert_array_equal(history.epochs, [1, 2, 3])


class Recorder:
    """A model whose loss is 0 and which writes down the examples it sees."""

    def __init__(self):
        self.seen = []

    def loss(self, parameters, X, targets):
        return np.float64(0)

    def loss_and_gradients(self, parameters, X, targets):
        self.seen.append([int(x) for x in X])
        np.testing.assert_array_equal(X, targets)
        return np.float64(0), parameters


@given(st.integers(1, 20), st.data())
def test_an_epoch_shows_every_example_once_with_its_target(n, data):
    batch = data.draw(st.integers(1, n))
    recorder, examples = Recorder(), np.arange(n)
    train(
        recorder,
        {"w": np.zeros(1)},
        examples,
        examples,
        rate=0.1,
        epochs=2,
        batch=batch,
        rng=np.random.default_rng(n),
    )
    assert all(len(seen) <= batch for seen in recorder.seen)
    shown = list(itertools.chain(*recorder.seen))
    assert sorted(shown[:n]) == sorted(shown[n:]) == list(range(n))
    if n > 9:
        assert shown[:n] != shown[n:]


def test_twenty_points_are_learnt_by_heart():
    rng = np.random.default_rng(1)
    X, labels = rng.normal(size=(20, 2)), rng.integers(0, 3, 20)
    network = MLP([2, 40, 3], "relu")
    start = network.initialise(rng)
    accuracy = {"accuracy": lambda p: (network.predict(p, X).argmax(axis=1) == labels).mean()}
    theta, history = train(
        network, start, X, labels, rate=0.2, epochs=3000, momentum=0.9, watch=accuracy, quiet=True
    )
    assert history.loss[0] == network.loss(start, X, labels)
    assert history.loss[-1] < 1e-2
    assert history.watched["accuracy"][-1] == 1
    assert history.watched["accuracy"].shape == history.loss.shape == (3000,)
    assert network.loss(theta, X, labels) <= history.loss[-1]


def test_history_records_the_penalty(problem):
    network, start, X, labels = problem
    habits = {"rate": 0.1, "epochs": 2, "weight_decay": 0.3}
    theta, history = train(network, start, X, labels, l2=0.01, **habits)
    assert history.penalty[-1] == pytest.approx(l2_penalty(theta, 0.01))
    _, history = train(network, start, X, labels, **habits)
    np.testing.assert_array_equal(history.penalty, [0, 0])


@pytest.mark.parametrize(
    ("head", "activation"),
    [("linear", "identity"), ("softmax", "identity"), ("sigmoid", "identity"), ("linear", "relu")],
)
def test_divergence_is_told_early_and_without_warnings(head, activation):
    rng = np.random.default_rng(0)
    X = 100 * rng.normal(size=(30, 2))
    targets = rng.integers(0, 2, 30) if head == "softmax" else rng.integers(0, 2, (30, 2))
    network = MLP([2, 4, 4, 2], activation, head)
    epochs_seen = []
    with pytest.raises(
        DivergenceError, match=r"the loss went from .* to .* in epoch \d+: the rate"
    ):
        train(
            network,
            network.initialise(rng),
            X,
            targets,
            rate=1e3,
            epochs=1000,
            watch={"epoch": lambda p: epochs_seen.append(1) or 0},
        )
    assert len(epochs_seen) < 50


class Scripted:
    """A model that tells its losses in turn, from the one before training on."""

    def __init__(self, *losses):
        self.losses = iter(losses)

    def loss(self, parameters, X, targets):
        return next(self.losses)

    def loss_and_gradients(self, parameters, X, targets):
        return next(self.losses), {key: np.zeros_like(p) for key, p in parameters.items()}


def told(*losses, n=1, batch=None):
    """Train on losses that are known beforehand."""
    start, data = {"w": np.zeros(1)}, np.zeros(n)
    epochs = (len(losses) - 1) * (batch or n) // n
    return train(Scripted(*losses), start, data, data, rate=0.1, epochs=epochs, batch=batch)


@pytest.mark.parametrize("first", [2.0, 1.0, 1e-6])
def test_a_rise_to_ten_thousand_times_the_first_loss_or_one(first):
    bound = 1e4 * max(first, 1)
    _, history = told(first, 0.99 * bound)
    assert history.loss == 0.99 * bound
    for loss in (1.01 * bound, np.inf, np.nan):
        with pytest.raises(DivergenceError, match=re.escape(f"from {first:.3g} to {loss:.3g} in")):
            told(first, loss)


def test_an_example_may_have_all_the_loss_of_a_batch():
    told(5.0, 0.0, 0.99e4 * 4 * 5, 0.0, 0.0, n=4, batch=1)
    with pytest.raises(DivergenceError):
        told(5.0, 0.0, 1.01e4 * 4 * 5, 0.0, 0.0, n=4, batch=1)
    line, n = MLP([1, 1], [], "linear"), 20001
    targets = np.zeros((n, 1))
    targets[0] = 1e6
    start = {"W1": np.zeros((1, 1)), "b1": np.zeros(1)}
    train(line, start, np.ones((n, 1)), targets, rate=1e-9, epochs=1, batch=1, quiet=True)


def test_an_infinite_loss_is_said_at_once():
    line, start = MLP([1, 1], [], "linear"), {"W1": [[1e200]], "b1": [0.0]}
    with pytest.raises(ValueError, match=r"^parameters must have a finite loss to start from"):
        train(line, start, [[1.0]], [[0.0]], rate=1e-3, epochs=5)
    large = Scripted(1.0)
    large.loss = lambda parameters, X, targets: np.float64(1e308) * parameters["w"][0]
    with pytest.raises(ValueError, match=r"^parameters must have a finite loss to start from"):
        train(large, {"w": [10.0]}, [1.0], [0.0], rate=0.1, epochs=1)
    with pytest.raises(DivergenceError, match=r"from 1e\+305 to inf"):
        told(1e305, np.inf)


def test_parameters_may_leave_all_bounds_where_the_loss_does_not():
    line, start = MLP([1, 1], [], "linear"), {"W1": np.ones((1, 1)), "b1": np.zeros(1)}
    with pytest.raises(
        DivergenceError, match=r"^parameters\['W1'\] left all bounds in epoch \d+: "
    ):
        train(line, start, [[0.0]], [[0.0]], rate=1.0, l2=10.0, epochs=300)
    large = {"W1": np.full((1, 1), 1e200), "b1": np.zeros(1)}
    theta, _ = train(line, large, [[0.0]], [[0.0]], rate=1.0, epochs=1)
    assert theta["W1"] == 1e200


class Picky(Scripted):
    """A model that refuses something."""

    def __init__(self, refuses):
        self.refuses = refuses

    def loss(self, parameters, X, targets):
        return 1.0

    def loss_and_gradients(self, parameters, X, targets):
        if self.refuses(parameters["w"]):
            raise ValueError("w is not to my taste")
        return 1.0, {"w": np.array([1e308]) * 10}


def test_errors_of_the_model_are_not_called_divergence():
    start, habits = {"w": np.zeros(1)}, {"rate": 0.1, "epochs": 2}
    with pytest.raises(ValueError, match=r"^w is not to my taste$"):
        train(Picky(lambda w: True), start, [0.0], [0.0], **habits)
    # Accepted at the start, refused (and its overflow not warned of) where descent has led to.
    with pytest.raises(DivergenceError, match=r"from 1 to no number \(w is not to my taste\) in"):
        train(Picky(lambda w: w != 0), start, [0.0, 0.0], [0.0, 0.0], batch=1, **habits)


@pytest.mark.parametrize("kind", ["i8", ">f8", list])
def test_parameters_of_every_kind_that_is_real(kind):
    start = {"W1": np.zeros((1, 1)), "b1": np.ones(1)}
    other = {key: p.tolist() if kind is list else p.astype(kind) for key, p in start.items()}
    line, data, habits = MLP([1, 1], [], "linear"), np.ones((2, 1)), {"rate": 0.1, "epochs": 2}
    theta, _ = train(line, other, data, 3 * data, momentum=0.5, **habits)
    assert_same(theta, train(line, start, data, 3 * data, momentum=0.5, **habits)[0])
    # Your own model need not know of any other kind.
    recorder, kinds = Recorder(), []
    recorder.loss = lambda parameters, X, targets: kinds.append(parameters["b1"].dtype) or 0.0
    train(recorder, {"b1": other["b1"]}, data[:, 0], data[:, 0], **habits)
    assert kinds == [np.float64]


@pytest.mark.parametrize("kind", [np.float16, np.longdouble, complex])
def test_other_parameters_are_refused_by_name(kind):
    start = {"W1": np.zeros((1, 1)), "b1": np.ones(1, kind)}
    with pytest.raises(ValueError, match=r"^parameters\['b1'\] must hold real numbers"):
        train(MLP([1, 1], [], "linear"), start, [[1.0]], [[1.0]], rate=0.1, epochs=1)


def test_errors_of_the_data_are_not_called_divergence(problem):
    network, start, X, labels = problem
    late = labels.copy()
    late[-1] = 3
    with pytest.raises(ValueError, match="labels must lie in 0 … 2"):
        train(network, start, X, late, rate=0.1, epochs=1, batch=1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"rate": 0}, "rate must be a finite number > 0, not 0"),
        ({"rate": np.nan}, "rate must be a finite number > 0, not nan"),
        ({"epochs": 0}, "epochs must be an integer of at least 1, not 0"),
        ({"epochs": 1.5}, "epochs must be an integer of at least 1, not 1.5"),
        ({"batch": 0}, "batch must be an integer of at least 1, not 0"),
        ({"batch": 13}, "batch must be at most the number of examples, 12, not 13"),
        ({"momentum": 1}, r"momentum must lie in \[0, 1\), not 1"),
        ({"l2": -1}, "l2 must be a finite number ≥ 0, not -1"),
        ({"weight_decay": -1}, "weight_decay must be a finite number ≥ 0, not -1"),
        ({"rate": "a"}, "rate must be a finite number > 0, not 'a'"),
        ({"rate": np.inf}, "rate must be a finite number > 0, not inf"),
        ({"rate": np.ones(2)}, "rate must be a finite number > 0, not array"),
        ({"momentum": None}, r"momentum must lie in \[0, 1\), not None"),
        ({"momentum": -0.1}, r"momentum must lie in \[0, 1\), not -0.1"),
        ({"l2": "a"}, "l2 must be a finite number ≥ 0, not 'a'"),
        ({"l2": None}, "l2 must be a finite number ≥ 0, not None"),
        ({"l2": np.nan}, "l2 must be a finite number ≥ 0, not nan"),
        ({"epochs": True}, "epochs must be an integer of at least 1, not True"),
        ({"rng": 42}, r"rng must be a numpy\.random\.Generator.* not 42"),
    ],
)
def test_numbers_out_of_range(problem, changed, sentence):
    network, start, X, labels = problem
    with pytest.raises(ValueError, match=sentence):
        train(network, start, X, labels, **{"rate": 0.1, "epochs": 1} | changed)


def test_lengths_that_differ(problem):
    network, start, X, labels = problem
    with pytest.raises(ValueError, match=r"X has shape \(12, 2\) and targets has \(11,\)"):
        train(network, start, X, labels[:-1], rate=0.1, epochs=1)


def test_keys_that_differ():
    with pytest.raises(ValueError, match=r"the keys of the parameters, \['w'\], not \['v'\]"):
        descend({"w": np.ones(1)}, {"v": np.ones(1)}, rate=0.1)


# The bar


def test_short_loops_show_nothing(capsys):
    assert list(progress(5, lambda: "")) == [0, 1, 2, 3, 4]
    assert capsys.readouterr() == ("", "")


def long_loop(quiet=False, rounds=10, seconds=1):
    stream, ticks = io.StringIO(), itertools.count(0, seconds)
    for _ in progress(
        rounds, lambda: "loss 0.5", quiet=quiet, stream=stream, clock=lambda: next(ticks)
    ):
        pass
    return stream.getvalue()


def test_long_loops_show_how_far_they_are_and_wipe_it_away():
    pictures = long_loop().split("\r")
    assert pictures[1] == "[######                        ] 2/10  loss 0.5"
    assert pictures[-3].startswith("[###########################   ] 9/10")
    assert pictures[-2].strip() == pictures[-1] == ""
    assert len(pictures[-2]) >= len(pictures[-3])


def test_the_bar_is_drawn_again_five_times_a_second():
    pictures = long_loop(rounds=4 * 64, seconds=1 / 64).split("\r")[1:-2]
    assert len(pictures) == pytest.approx((4 - 2) * 5, abs=1)


def test_quiet_loops_stay_quiet():
    assert long_loop(quiet=True) == ""


def test_a_history_says_how_far_the_loss_came():
    rng = np.random.default_rng(0)
    network = MLP([2, 3], "relu")
    X, labels = rng.normal(size=(20, 2)), rng.integers(0, 3, 20)
    start = network.initialise(rng)
    _, history = train(network, start, X, labels, rate=0.1, epochs=3, quiet=True)
    first, last = (f"{value:.3g}" for value in history.loss[[0, -1]])
    assert repr(history) == f"History of 3 epochs: loss {first} → {last}"
