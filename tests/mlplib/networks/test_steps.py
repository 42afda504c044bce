"""Training looks at everything once, and afterwards takes the same steps without the checks."""

import re
import tracemalloc

import numpy as np
import pytest

from mlplib import (
    MLP,
    Adam,
    AutoEncoder,
    DivergenceError,
    GradientDescent,
    Momentum,
    Nesterov,
    descend,
    train,
)
from mlplib.networks import mlp, optimisers
from mlplib.networks.heads import HEADS

TARGETS = {
    "classes": lambda rng: rng.integers(0, 4, 40),
    "shares": lambda rng: rng.dirichlet(np.ones(4), 40),
    "one-hot": lambda rng: np.eye(4)[rng.integers(0, 4, 40)],
    "numbers": lambda rng: rng.normal(size=(40, 4)),
    "yes or no": lambda rng: rng.integers(0, 2, (40, 4)),
}
HEAD_OF = {"numbers": "linear", "yes or no": "sigmoid"}


def some(kind, activation="relu", dtype=np.float64):
    """Return a network, where it starts, examples and targets."""
    rng = np.random.default_rng(0)
    network = MLP([3, 5, 6, 4], activation, HEAD_OF.get(kind, "softmax"))
    return (
        network,
        network.initialise(rng, dtype=dtype),
        rng.normal(size=(40, 3)),
        TARGETS[kind](rng),
    )


def equal(parameters, others):
    assert parameters.keys() == others.keys()
    for key, value in parameters.items():
        assert value.dtype == others[key].dtype
        np.testing.assert_array_equal(value, others[key], err_msg=key)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", TARGETS)
@pytest.mark.parametrize("activation", ["relu", "softplus", "tanh", "identity"])
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_steps_without_checks_are_those_of_the_public_functions(dtype, kind, activation, decay):
    """To the last bit: the formulas are the same, not only the mathematics."""
    network, start, X, targets = some(kind, activation, dtype)
    theta, losses = start, []
    for _ in range(2):
        for begin in range(0, 40, 7):
            rows = slice(begin, begin + 7)
            loss, slopes = network.loss_and_gradients(theta, X[rows], targets[rows])
            theta, _ = descend(theta, slopes, rate=0.1, weight_decay=decay)
            losses.append(float(loss) * len(X[rows]))
    found, history = train(
        network, start, X, targets, rate=0.1, weight_decay=decay, epochs=2, batch=7
    )
    equal(found, theta)
    assert history.loss[-1] == sum(losses[6:]) / 40


@pytest.mark.parametrize("kind", ["i1", "u1", "u8", ">f8", "?"])
def test_examples_and_classes_of_every_kind(kind):
    network, start, X, classes = some("classes")
    X = np.abs(np.round(X)).astype(kind)
    plain = train(network, start, X.astype(float), classes, rate=0.1, epochs=2, batch=7)[0]
    labels = classes.astype(kind if kind in ("i1", "u1", "u8") else "i4")
    equal(train(network, start, X, labels, rate=0.1, epochs=2, batch=7)[0], plain)


@pytest.mark.parametrize("tied", [False, True])
def test_an_auto_encoder_takes_such_steps_too(tied):
    model = AutoEncoder([6, 4, 2], "softplus", tied=tied)
    theta = start = model.initialise(np.random.default_rng(0))
    X = np.random.default_rng(1).random((20, 6))
    for _ in range(3):
        theta, _ = descend(theta, model.loss_and_gradients(theta, X)[1], rate=0.1)
    equal(train(model, start, X, X, rate=0.1, epochs=3)[0], theta)


@pytest.mark.parametrize("name", HEADS)
def test_a_head_asked_again_says_the_same(name):
    rng = np.random.default_rng(0)
    for dtype in (np.float32, np.float64):
        outputs = (9 * rng.normal(size=(30, 4))).astype(dtype)
        kinds = [kind for kind in TARGETS if HEAD_OF.get(kind, "softmax") == name]
        for kind in kinds:
            targets = TARGETS[kind](rng)[:30]
            loss, slopes = HEADS[name].loss_and_gradient(outputs, targets)
            again, slopes_again = HEADS[name].again(outputs, targets)
            assert loss == again
            np.testing.assert_array_equal(slopes, slopes_again)


@pytest.mark.parametrize("kind", ["classes", "numbers", "yes or no"])
def test_only_the_first_step_looks(kind, monkeypatch):
    network, start, X, targets = some(kind)
    looks = []
    for module, name in ((mlp, "examples"), (mlp, "layer_parameters"), (optimisers, "descend")):
        checked = getattr(module, name)

        def noted(*given, checked=checked, name=name, **named):
            looks.append(name)
            return checked(*given, **named)

        monkeypatch.setattr(module, name, noted)
    monkeypatch.setattr(MLP, "loss", lambda *given: np.float64(1))  # it looks before the first step
    train(network, start, X, targets, rate=0.01, epochs=3, batch=7)
    assert looks == ["layer_parameters"] * 3 + ["examples", "descend"]


# What is refused


SPOILT = {
    "classes": (4, "labels must lie in 0 … 3 for 4 classes, but one of them is 4."),
    "shares": (0.7, "labels, one row for each example, must be probabilities"),
    "numbers": (np.inf, "targets must be finite, but targets[38, 0] is inf."),
    "yes or no": (2, "targets must lie in [0, 1], but one entry is 2"),
}


@pytest.mark.parametrize("kind", SPOILT)
@pytest.mark.parametrize("shuffle", [None, 0])
def test_a_bad_target_of_the_last_batch_is_found_before_the_first_step(kind, shuffle):
    network, start, X, targets = some(kind)
    targets[38], sentence = SPOILT[kind]
    rng, steps = shuffle if shuffle is None else np.random.default_rng(shuffle), []
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        train(
            network, start, X, targets, epochs=9, batch=5, rng=rng,
            rate=lambda t: steps.append(t) or 0.1,
        )  # fmt: skip
    assert steps == []


@pytest.mark.parametrize("place", [0, 38, 39])
@pytest.mark.parametrize("value", [np.nan, np.inf, 1e39])
def test_a_bad_number_of_any_batch_is_found_before_the_first_step(place, value):
    network, start, X, classes = some("classes", dtype=np.float32)
    X[place, 1] = value
    sentence, steps = re.escape(f"X[{place}, 1] is {value}."), []
    with pytest.raises(ValueError, match=rf"^X must be finite.*, but {sentence}"):
        train(
            network, start, X, classes, epochs=9, batch=5,
            rate=lambda t: steps.append(t) or 0.1,
        )  # fmt: skip
    assert steps == []


def test_parameters_that_no_gradient_belongs_to():
    network, start, X, classes = some("classes")
    with pytest.raises(ValueError, match=r"^gradients must have the keys of the parameters"):
        train(network, start | {"W9": np.ones(2)}, X, classes, rate=0.1, epochs=2)


def test_a_rate_that_no_step_can_have_is_refused_when_its_step_has_come():
    network, start, X, classes = some("classes")
    with pytest.raises(ValueError, match=r"^rate must be a finite number > 0, not -1"):
        train(network, start, X, classes, rate=lambda t: 0.1 if t < 5 else -1, epochs=9)


class Forgetful:
    """An optimiser of one's own that loses a parameter on the way."""

    def step(self, parameters, gradients, state=None):
        made = (state or 0) + 1
        kept = {key: value for key, value in parameters.items() if made < 3 or key != "b2"}
        return kept, made


def test_what_an_optimiser_of_ones_own_makes_is_looked_at_every_time():
    network, start, X, classes = some("classes")
    with pytest.raises(DivergenceError, match=r"no number \(parameters must hold 'b2', but"):
        train(network, start, X, classes, optimiser=Forgetful(), epochs=9)


# Who is heard


class Halved(MLP):
    """A network with a loss of its own."""

    def loss_and_gradients(self, parameters, X, targets):
        loss, gradients = super().loss_and_gradients(parameters, X, targets)
        return loss, {key: value / 2 for key, value in gradients.items()}


class Deaf(MLP):
    """A network that hears half of its input."""

    def forward(self, parameters, X):
        return super().forward(parameters, X / 2)


class Backwards(GradientDescent):
    """An optimiser that climbs, but gently."""

    def step(self, parameters, gradients, state=None):
        return super().step(parameters, {key: -value for key, value in gradients.items()}, state)


def test_a_subclass_is_heard_in_every_step():
    network, start, X, classes = some("classes")
    halved, deaf = Halved(network.sizes, "relu"), Deaf(network.sizes, "relu")
    habits = {"epochs": 4, "quiet": True}
    slow = train(network, start, X, classes, rate=0.05, **habits)[0]
    equal(train(halved, start, X, classes, rate=0.1, **habits)[0], slow)
    half = train(network, start, X / 2, classes, rate=0.1, **habits)[0]
    equal(train(deaf, start, X, classes, rate=0.1, **habits)[0], half)
    losses = train(network, start, X, classes, optimiser=Backwards(0.01), **habits)[1].loss
    assert (np.diff(losses) > 0).all()


# What is written to


@pytest.mark.parametrize("optimiser", [GradientDescent(0.1), Momentum(0.1), Nesterov(0.1), Adam()])
def test_parameters_that_somebody_keeps_are_never_written_to(optimiser):
    network, start, X, classes = some("classes")
    before = {key: value.copy() for key, value in start.items()}
    kept, copies = [], []

    def keep(parameters):
        kept.append(parameters)
        copies.append({key: value.copy() for key, value in parameters.items()})
        return 0

    train(network, start, X, classes, optimiser=optimiser, epochs=5, batch=9, watch={"kept": keep})
    equal(start, before)
    for parameters, copy in zip(kept, copies, strict=True):
        equal(parameters, copy)


class Reused:
    """A model of one's own that gives the same arrays again and again."""

    def __init__(self):
        self.gradients = {"w": np.ones(2)}

    def loss(self, parameters, X, targets):
        return 1.0

    def loss_and_gradients(self, parameters, X, targets):
        return 1.0, self.gradients


def test_gradients_that_somebody_keeps_are_never_written_to():
    model = Reused()
    theta, _ = train(model, {"w": np.zeros(2)}, [0.0], [0.0], rate=0.5, epochs=4)
    np.testing.assert_array_equal(theta["w"], -2)
    np.testing.assert_array_equal(model.gradients["w"], 1)


def test_training_is_silent_whatever_numpy_is_told():
    network, start, X, classes = some("classes", "softplus", np.float32)
    X[20:] *= 60
    with np.errstate(all="raise"):
        train(network, start, X, classes, rate=0.01, epochs=3, batch=10)
        assert np.geterr() == dict.fromkeys(("divide", "over", "under", "invalid"), "raise")


def test_examples_in_another_precision_are_never_all_converted():
    network = MLP([500, 2, 2], "relu")
    start = network.initialise(np.random.default_rng(0))
    X, classes = np.ones((4000, 500), np.uint8), np.zeros(4000, np.int64)
    train(network, start, X[:300], classes[:300], rate=0.1, epochs=1, batch=16)
    tracemalloc.start()
    try:
        train(network, start, X, classes, rate=0.1, epochs=2, batch=16)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < X.size  # of the eight bytes that each number takes when converted
