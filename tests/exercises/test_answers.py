"""What students type, in their own ways, and what they are told."""

import numpy as np
import pytest

import mlplib
from mlplib import gradient, indicator, sigmoid, softmax
from mlplib.checks.session import practice
from mlplib.checks.sets.gradients import shared_loss

LOG_SIGMOID = "ln(1/(1 + exp(-x)))"
DIFFERENCE = "softplus(x) - softplus(-x)"
SHIFTED = "exp(z1 + h)/(exp(z1 + h) + exp(z2 + h))"
LOSS_SLOPE = "D(ln(exp(z1) + exp(z2)) - z1, z1)"


def stopped(a, v):
    v = v.copy()
    v[a <= 0] = 0
    return v


def literal(X):
    return np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)


def shifted(X):
    return literal(X - X.max(axis=1, keepdims=True))


def risen(X):
    return np.exp(X - X.max(axis=1, keepdims=True))


def last_and_first(W, X, Y):
    A = np.tanh(X @ W.T)
    B = np.tanh(A @ W.T)
    D = (B - Y) / len(Y) * (1 - B * B)
    return np.einsum("ni,nj->ij", D, A), ((1 - A * A) * (W.T @ D.T).T).T @ X


def of_truth(s, c):
    return s[np.arange(len(c)), c]


def loss_from(softmax, tiny=0.0):
    return lambda X, c: -np.mean(np.log(of_truth(softmax(X), c) + tiny))


def loss_by_one_hot(softmax):
    return lambda X, c: -np.mean(np.sum(np.eye(X.shape[1])[c] * np.log(softmax(X)), axis=1))


def gradient_from(softmax, pick, mean=True):
    def answer(X, c):
        G = softmax(X)
        G[pick(c)] -= 1
        return G / len(c) if mean else G

    return answer


def paired(c):
    return np.arange(len(c)), c


def squared(s):
    return np.diag(s) - np.outer(s, s)


SQUARED_ERROR = "D((v*tanh(w*x) - y)^2/2, w)"

RIGHT = {
    "notation": [
        ("a", 1.25),
        ("r", [[1, 1, -1], [-1, -1, 1], [1, 1, 0]]),
        ("r", [[1, 1, 0], [1, 1, -1], [-1, 2, 1]]),
        ("b", [5, -3]),
        ("c", [[3, 5]]),
        ("d", [128, 784]),
        ("e", np.zeros((10, 50)).shape),
        ("g", "A and C"),
        ("h", lambda A, W, b: (W @ A.T).T + b),
        ("h", lambda A, W, b: np.einsum("nd,sd->ns", A, W) + b),
        ("j", "h*y + k*x"),
        ("k", ["A", "B", "E"]),
        ("l", lambda delta, a: delta[:, None] * a),
        ("l", lambda delta, a: delta[:, None] @ a[None, :]),
        ("m", lambda D: np.ones(len(D)) @ D),
        ("m", lambda D: D.T.sum(axis=1)),
        (
            "n",
            [
                SQUARED_ERROR,
                "(v*tanh(w*x) - y)*D(v*tanh(w*x), w)",
                "x*v*(1 - tanh(w*x)^2)*(v*tanh(w*x) - y)",
            ],
        ),
        ("o", 3),
        ("p", 0.32),
        ("q", lambda G, n: np.swapaxes(G, 0, 1) * (1 / n)),
    ],
    "forward": [("r", "ABCD"), ("r", {1: "A", 2: "B", 3: "C", 4: "D"}), ("r", "4d, 3c, 2b, 1a")],
    "backpropagation": [("j", "C-A-E-B-D"), ("j", ["C", "A", "E", "B", "D"])],
    "gradients": [("m", 5), ("h", 195), ("w", lambda W, X, Y: sum(last_and_first(W, X, Y)))],
    "activations": [
        ("a", "a - a²"),
        ("b", "line B: exp(-z)/(1 + exp(-z))**2"),
        ("b", {"b": "sigma(z)*(1 - sigma(z))"}),
        ("b", ["B", "1/(exp(z) + 2 + exp(-z))"]),
        ("c", "1/4^10"),
        ("d", "sigma(2x) - sigma(-2x)"),
        ("e", "(1 - a)(1 + a)"),
        ("f", [LOG_SIGMOID, "-ln(1 + e^-x)", "-softplus(-x)"]),
        (
            "g",
            [
                DIFFERENCE,
                "ln(exp(x)*(exp(-x) + 1)) - ln(1 + exp(-x))",
                "x + ln(exp(-x) + 1) - ln(1 + exp(-x))",
                "x",
            ],
        ),
        ("h", "1 - sigma(-x)"),
        ("i", lambda x: np.where(x > 0, 1, 0)),
        ("j", "b"),
        ("k", [[0.25, 0, 0], [0, 0.1875, 0], [0, 0, 0.1875]]),
        ("l", lambda a, v: v * (a - a * a)),
        ("m", stopped),
        ("m", lambda a, v: v * (a != 0)),
        ("n", lambda x: np.log1p(np.exp(-abs(x))) - np.minimum(-x, 0)),
        ("o", lambda x: sigmoid(x) * sigmoid(-x)),
        ("p", "d"),
        ("q", lambda x: -indicator(x < 0) + indicator(x > 0)),
        ("q", lambda x: (x > 0) * 1.0 - (x < 0) * 1.0),
        ("r", "C for every c ≤ 0, and for c → −∞"),
        ("s", 69.068),
        ("t", ["E", "D", "B", "A"]),
    ],
    "softmax": [
        ("a", [0.125, 0.25, 0.625]),
        ("a", "1/8, 2/8, 5/8"),
        ("u", [5, 5, 5 + np.log(2), 5 + np.log(4)]),
        ("u", np.log([3, 3, 6, 12])),
        ("v", "]0; 1/4]"),
        ("v", "0 < s <= 0.25"),
        ("b", [SHIFTED, "e^z1 e^h/(e^h (e^z1 + e^z2))", "e^z1/(e^z1 + e^z2)"]),
        ("c", lambda X: np.array([np.exp(r - r.max()) / np.exp(r - r.max()).sum() for r in X])),
        ("d", "A, C and E are true"),
        ("e", 4.595),
        ("f", "-r s"),
        ("g", lambda s: s[:, None] * (np.eye(len(s)) - s)),
        ("h", "B v = (1, 1, …, 1)"),
        ("i", 2),
        ("j", lambda X: [np.log(sum(np.exp(r - r.max()))) + r.max() for r in X]),
        (
            "l",
            [
                LOSS_SLOPE,
                "D(ln(exp(z1) + exp(z2)), z1) - 1",
                "exp(z1)/(exp(z1) + exp(z2)) - 1",
            ],
        ),
        ("m", lambda X, c: (shifted(X) - np.eye(X.shape[1])[c]) / len(X)),
        ("n", lambda s, y: squared(s) @ (-y / s)),
        ("o", "B, because the logarithm stays"),
        ("p", 2.46),
        ("q", "-t/p + (1-t)/(1-p)"),
        ("r", "p(1 - t) - t(1 - p)"),
        ("s", "2p(1-p)(p-t)"),
        ("t", "B"),
    ],
    "convolution": [
        ("s", "C → E → A → F → B"),
        ("s", "c, puis e, puis a, f et b"),
        ("t", "1/6, 1/3, 2/6, 1/6"),
        ("k", 54),
    ],
    "autoencoder": [
        ("r", "30 <= h <= 40"),
        ("r", "[30; 40]"),
        ("s", "B: 2wx(w²x − x)"),
        ("s", ("B", "« 2*w*x^2*(w^2 - 1) »")),
    ],
    "mlp": [
        ("y", "1→C, 2→B, 3→D et 4→E"),
        ("z", {"c": "(v a - y) v (1 - exp(-a)) x"}),
        ("z", "line C, v x (va − y)/(1 + e⁻ᶻ)"),
        ("a", [0.693, 1.386]),
        ("b", [0, 0.693, 1.946]),
        ("d", "1 - sigma(z1 - z2)"),
        ("e", "-2s(1-s)(1-s)"),
        ("f", "-(1 - s)"),
        ("h", 1.609),
        ("i", lambda S, c: -sum(np.log(s[k]) for s, k in zip(S, c, strict=True)) / len(c)),
        ("j", "h(d + 1) + K(h + 1)"),
        ("l", 0.99 * 0.5 - 0.2),
        ("r", lambda W, delta: delta @ W),
        ("s", ["D(ln(1 + exp(z)), z)", "exp(z)/(1 + exp(z))", "1 - 1/(1 + exp(z))", "sigma(z)"]),
        ("t", [-1, 0.45]),
    ],
}

KNOWN = {
    "notation": [
        ("a", "1", "neuron_without_bias"),
        ("b", np.array([[5.0], [-3.0]]), "layer_as_column"),
        ("c", [3, 5], "collapse_flat"),
        ("d", (784, 128), "shape_transposed"),
        ("e", (32, 500), "gradient_as_jacobian"),
        ("f", (5, 1), "difference_is_column"),
        ("g", "A, C, D", "lines_fitting_when_square"),
        ("h", lambda A, W, b: np.dot(A, W) + b, "forward_without_transpose"),
        ("i", [[-1, 1, 0], [2, 3, -2]], "jacobian_transposed"),
        ("j", "x*y - (x - h)*(y - k) + 2*h*k", "differential_exact"),
        ("l", lambda delta, a: np.multiply.outer(a, delta), "weights_transposed"),
        ("l", lambda delta, a: delta @ a.T, "weights_inner"),
        ("m", lambda D: np.sum(D, 1), "bias_wrong_axis"),
        ("n", [SQUARED_ERROR, "(v*tanh(w*x) - y)*v*x"], "slope_without_activation"),
        ("o", 2, "index_kept"),
        ("r", [[1, -1, 0], [-1, 1, 0], [1, 1, 0]], "equal_not_both_off"),
        ("p", 0.0003125, "rate_divided"),
        ("q", lambda G, n: np.transpose(G), "translation_not_averaged"),
    ],
    "forward": [
        ("k", 2800, "kept_products_alone"),
        ("p", "1/20", "left_divided"),
        ("r", "ABCB", "outputs_share_one"),
        ("r", "FBCD", "outputs_never_below_zero"),
    ],
    "backpropagation": [("x", "((D2 @ W2) * (1 - A1)).T @ X", "line_slope_without_square")],
    "activations": [
        ("a", "a*1 - a", "sigma_missing_brackets"),
        ("a", "0", "sigma_missing_brackets"),
        ("a", "a² - a", "sigma_minus_sign"),
        ("b", "B: -exp(-z)/(1 + exp(-z))^2", "mended_unchanged"),
        ("e", "1 - 2a", "tanh_doubled"),
        ("f", [LOG_SIGMOID, "ln(1)/ln(1 + exp(-x))"], "log_quotient_of_zero"),
        ("f", [LOG_SIGMOID, "1/ln(1 + exp(-x))"], "log_not_inverted"),
        ("g", [DIFFERENCE, "ln(1) + ln(exp(x)) - ln(1) - ln(exp(-x))"], "difference_of_sums"),
        ("g", [DIFFERENCE, "ln(1 + exp(x)) + ln(1 + exp(-x))"], "difference_product"),
        ("g", [DIFFERENCE, "(1 + exp(x))/(1 + exp(-x))"], "difference_not_inverted"),
        ("h", "sigma'(x)", "softplus_slope_of_sigma"),
        ("l", lambda a, v: v * a, "backward_value_for_slope"),
        ("m", lambda a, v: v, "mask_always_true"),
        (
            "n",
            lambda x: np.where(x < 0, np.log1p(np.exp(x)), np.log1p(np.exp(-x)) + x),
            "overflows_in_both_branches",
        ),
        (
            "o",
            lambda x: 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x))),
            "slope_cancels_and_overflows",
        ),
        (
            "o",
            lambda x: 1 / (1 + np.exp(-abs(x))) * (1 - 1 / (1 + np.exp(-abs(x)))),
            "slope_cancels_on_both_sides",
        ),
        ("o", lambda x: (1 - np.tanh(0.5 * x) ** 2) / 4, "slope_cancels_in_tanh"),
        ("q", lambda x: 2 * indicator(x > 0) - 1, "sign_minus_one_at_zero"),
        ("q", lambda x: 2 * indicator(x >= 0) - 1, "sign_one_at_zero"),
        ("s", 6.9068, "steepness_forgets_distance"),
    ],
    "softmax": [
        ("a", [0.5, 0.66667, 0.83333], "shares_one_by_one"),
        ("a", "1, 2, 5", "shares_not_divided"),
        ("u", [1 / 8, 1 / 8, 1 / 4, 1 / 2], "example_other_shares"),
        ("u", np.log([1, 1, 2, 4]), "example_not_positive"),
        ("v", "0 < s < 1/4", "slopes_never_largest"),
        (
            "b",
            [SHIFTED, "exp(h)exp(z1)/exp(h)exp(z1)+exp(h)exp(z2)"],
            "shift_missing_brackets_spread",
        ),
        ("b", [SHIFTED, "exp(z1)/exp(z1) + exp(z2)"], "shift_missing_brackets"),
        ("c", lambda X: risen(X) / risen(X).sum(), "softmax_over_everything_shifted"),
        ("c", lambda X: risen(X) / risen(X).sum(axis=0), "softmax_wrong_axis_shifted"),
        ("d", "A, B, C, D", "factor_as_in_the_source"),
        ("g", lambda s: np.eye(len(s)) - np.outer(s, s), "jacobian_identity"),
        ("g", lambda s: squared(softmax(s)), "jacobian_of_softmax_twice"),
        (
            "j",
            lambda X: X.max(axis=1, keepdims=True) + np.log(risen(X).sum(axis=1)),
            "logsumexp_is_square",
        ),
        (
            "j",
            lambda X: X.max(axis=1, keepdims=True) + np.log(risen(X).sum(axis=1, keepdims=True)),
            "logsumexp_is_column",
        ),
        ("k", loss_from(shifted), "loss_from_probabilities"),
        ("k", loss_from(literal), "loss_overflows_from_probabilities"),
        ("k", loss_from(shifted, 1e-15), "loss_capped_late"),
        ("k", loss_from(shifted, 1e-12), "loss_capped"),
        ("k", loss_from(shifted, 1e-8), "loss_capped_early"),
        ("k", loss_by_one_hot(shifted), "loss_one_hot"),
        ("k", loss_by_one_hot(literal), "loss_one_hot_overflows"),
        ("l", [LOSS_SLOPE, "D(ln(exp(z1)) + ln(exp(z2)) - z1, z1)"], "gradient_of_both"),
        ("l", [LOSS_SLOPE, "D(ln(exp(z1) + exp(z2)) - z1, z2)"], "gradient_sign"),
        ("l", [LOSS_SLOPE, "exp(z1)/exp(z1) + exp(z2) - 1"], "gradient_missing_brackets"),
        ("m", gradient_from(shifted, lambda c: c), "batch_in_rows_of_classes"),
        ("m", gradient_from(shifted, lambda c: paired(c - 1)), "batch_numbered_from_one"),
        ("m", gradient_from(literal, paired, mean=False), "batch_overflows_without_mean"),
        ("m", gradient_from(lambda X: literal(X - X.max()), paired), "batch_one_shift"),
        ("n", lambda s, y: y.sum() * s, "weights_without_target"),
        ("n", lambda s, y: -squared(s) @ y, "weights_without_logarithm"),
        ("p", np.inf, "greatest_of_scores"),
        ("q", "(p-t)/p(1-p)", "bce_slope_missing_brackets"),
        ("q", "-t/p+(1-t)/1-p", "bce_slope_missing_brackets_apart"),
        ("r", "(p-t)p(1-p)", "logit_slope_twice"),
    ],
    "convolution": [
        ("k", 53.25, "fits_quotient"),
        ("s", "CEABF", "steps_added_too_early"),
        ("t", "1, 2, 2, 1", "together_not_divided"),
    ],
    "autoencoder": [
        ("b", [0.8, 0.6], "back_only_direction"),
        ("r", "30 < h < 40", "kept_without_ends"),
        ("s", ("B", "2wx"), "slip_slope_alone"),
    ],
    "gradients": [("f", 2400, "back_twice_forward"), ("m", 0.2, "relative_done")],
    "mlp": [
        ("y", "CADE", "signs_axis"),
        ("z", "C: (va - y) v σ(a) x", "slip_unchanged"),
        ("a", [0, 1.0986], "hidden_not_bent"),
        ("e", "2(s - 1)", "squared_of_share"),
        ("i", lambda S, c: -np.mean(-np.log(of_truth(S, c))), "risk_two_signs"),
        ("o", np.zeros((3, 2)), "last_every_row_alike"),
        ("r", lambda W, delta: np.dot(W, delta), "back_not_transposed"),
    ],
}

NOT_THE_TASK = {
    "gradients": [("w", lambda W, X, Y: gradient(lambda V: shared_loss(V, X, Y), W))],
    "notation": [
        ("h", lambda A, W, b: mlplib.linear_forward(A, W, b)[0]),
        ("n", [SQUARED_ERROR, "(v*tanh(w*x) - y)*v*(1 - tanh(w*x)^2)*x"]),
    ],
    "activations": [
        ("g", [DIFFERENCE, "x*1", "1*x", "x"]),
        ("n", lambda x: np.logaddexp(0, x)),
        ("o", mlplib.sigmoid_prime),
        ("q", lambda x: np.sign(x)),
        ("q", lambda x: (x > 0).astype(int) - (x < 0).astype(int)),
    ],
    "softmax": [
        ("c", mlplib.softmax),
        ("g", lambda s: mlplib.softmax_jacobian(np.log(s))),
        ("j", mlplib.logsumexp),
        ("j", lambda X: np.logaddexp.reduce(X, axis=1)),
        ("k", mlplib.cross_entropy),
        ("k", lambda X, c: -np.mean(of_truth(mlplib.log_softmax(X), c))),
        ("m", mlplib.cross_entropy_gradient),
    ],
}

OVERFLOWING = [
    ("n", lambda x: (x + abs(x)) / 2 + np.log1p(np.exp(-abs(x)))),
    ("n", lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.sqrt(x**2)))),
    ("o", lambda x: np.exp(-np.sqrt(x**2)) / (1 + np.exp(-np.sqrt(x**2))) ** 2),
]


def rows(table):
    return [
        pytest.param(name, *row, id=f"{name}-{row[0]}") for name in table for row in table[name]
    ]


@pytest.mark.parametrize(("name", "question", "answer"), rows(RIGHT))
def test_right_in_another_way_is_right(name, question, answer):
    outcome = practice(name).check(question, answer)
    assert outcome.status.name == "RIGHT", outcome


@pytest.mark.parametrize(("name", "question", "answer", "slip"), rows(KNOWN))
def test_a_typical_slip_is_told_by_name(name, question, answer, slip):
    outcome = practice(name).check(question, answer)
    assert outcome.note == f"misconception.{slip}", outcome


@pytest.mark.parametrize(("name", "question", "answer"), rows(NOT_THE_TASK))
def test_what_is_ready_made_is_not_yet_an_answer(name, question, answer):
    outcome = practice(name).check(question, answer)
    assert outcome.status.name == "ALMOST", outcome


@pytest.mark.parametrize(("question", "answer"), OVERFLOWING)
def test_any_finite_float_includes_the_largest(question, answer):
    outcome = practice("activations").check(question, answer)
    assert outcome.status.name in ("WRONG", "ALMOST"), outcome
