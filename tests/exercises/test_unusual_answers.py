"""Answers as students of many kinds type them: none that is right is refused, none wrong passes."""

import importlib
from fractions import Fraction
from functools import partial

import mpmath
import numpy as np
import pytest
import sympy as sp

import mlplib
from mlplib.checks.session import practice


def notebook(source, **names):
    """Run a cell in a notebook of its own and return what it calls `f`."""
    cells = {"__name__": "__main__", "np": np, "mlplib": mlplib, **names}
    exec(source, cells)
    return cells["f"]


INDICATOR = {"indicator": mlplib.indicator}
SOFTMAX = "def softmax(r): e = np.exp(r - r.max()); return e/e.sum()\n"
ROWS = (
    "def softmax(X): e = np.exp(X - X.max(axis=1, keepdims=True));"
    " return e/e.sum(axis=1, keepdims=True)\n"
)
LSE = "def logsumexp(X): t = X.max(axis=1); return t + np.log(np.exp(X-t[:,None]).sum(axis=1))\n"
STEPS = ["ln(1/(1 + exp(-x)))", "ln(1) - ln(1 + exp(-x))", "-ln(1 + exp(-x))", "-softplus(-x)"]
SHIFT = "exp(z1 + h)/(exp(z1 + h) + exp(z2 + h))"
SLOPE = "D(ln(exp(z1) + exp(z2)) - z1, z1)"
x = sp.Symbol("x")
EIGHTHS = [sp.Rational(1, 8), sp.Rational(1, 4), sp.Rational(5, 8)]


class Part(np.ndarray):
    """An array that is an array."""


MENDED = "exp(-z)/(1 + exp(-z))^2"
RIGHT = [
    # What students have written themselves is theirs, whatever they call it.
    ("softmax.c", notebook(SOFTMAX + "f = lambda X: np.array([softmax(r) for r in X])")),
    ("softmax.c", notebook("def f(X):\n " + SOFTMAX + " return np.array([softmax(r) for r in X])")),
    ("softmax.j", notebook(LSE + "f = lambda X: logsumexp(X)")),
    ("softmax.k", notebook(LSE + "f = lambda X, c: np.mean(logsumexp(X) - X[range(len(c)), c])")),
    (
        "softmax.m",
        notebook(
            ROWS + "def f(X, c):\n G = softmax(X)\n G[range(len(c)), c] -= 1\n return G/len(c)"
        ),
    ),
    (
        "activations.n",
        notebook(
            "def softplus(x): return np.maximum(x, 0) +"
            " np.log1p(np.exp(-np.abs(x)))\nf = lambda x: softplus(x)"
        ),
    ),
    (
        "convolution.p",
        notebook(
            "def convolve(x, w):\n y = np.zeros(len(x) + len(w) - 1)\n"
            " for j in range(len(w)): y[j:j+len(x)] += w[j]*x\n return y\n"
            "f = lambda x, w: convolve(x, w)"
        ),
    ),
    (
        "activations.q",
        notebook(
            "zero = 0\ndef f(x):\n print(end='')\n"
            " return indicator(x > zero) - indicator(x < zero)",
            **INDICATOR,
        ),
    ),
    (
        "activations.q",
        notebook(
            "class Sign:\n def __call__(self, x):\n"
            "  return indicator(x > 0) - indicator(x < 0)\nf = Sign()",
            **INDICATOR,
        ),
    ),
    (
        "activations.q",
        notebook(
            "def step(u): return indicator(u > 0)\nf = lambda x: step(x) - step(-x)", **INDICATOR
        ),
    ),
    ("activations.o", lambda x: mlplib.sigmoid(x) * mlplib.sigmoid(-x)),
    ("activations.n", lambda x: mlplib.relu(x) + np.log1p(np.exp(-np.abs(x)))),
    ("activations.m", lambda a, v: mlplib.relu_prime(a) * v),
    ("softmax.g", lambda s: (np.diag(s) - np.outer(s, s)).view(Part)),
    ("softmax.a", np.array([0.125, 0.25, 0.625]).view(Part)),
    # As a question shows it for a notebook, typed into a box.
    *(
        ("activations.b", a)
        for a in (
            f'("B", "{MENDED}")',
            f"['B', '{MENDED}']",
            f'{{"B": "{MENDED}"}}',
            f"(B, {MENDED})",
        )
    ),
    ("activations.b", f"ligne B : {MENDED}"),
    ("softmax.a", "[Fraction(1, 8), Fraction(2, 8), Fraction(5, 8)]"),
    ("activations.c", "Fraction(1, 4**10)"),
    # A function before a number, a root, a fraction of one sign.
    *(
        ("softmax.e", a)
        for a in ("ln 99", "ln99", "k = ln 99 = 4.595", "log 99", "2 ln 99 - ln 99")
    ),
    *(("softmax.u", a) for a in ("1, 1, 1 + ln 2, 1 + 2 ln 2", "ln2, ln2, 2ln2, 3ln2")),
    ("gradients.k", "10t^2h^2 + √(h^8)"),
    ("softmax.a", "⅛, ¼, ⅝"),
    # A number, and how it was found, or what it counts.
    *(("gradients.i", a) for a in ("12 + 11 = 23", "n = 2√144 - 1", "23 inputs", "about 23")),
    *(("quick.softmax-3", a) for a in ("20 times", "20-fold", "environ 20", "0.705/0.035 ≈ 20")),
    *(("quick.gradients-6", a) for a in ("none", "Zero", "aucune")),
    ("quick.gradients-1", "three"),
    # Lists and shapes in words.
    ("activations.k", "0,25 0 0\n0 0,1875 0\n0 0 0,1875"),
    ("activations.k", "[0,25 0 0; 0 0,1875 0; 0 0 0,1875]"),
    ("gradients.a", "u = -2, v = 1 et L = -2"),
    ("gradients.a", "-2, 1, and -2"),
    ("gradients.a", "-2 ,1 ,-2"),
    ("gradients.u", "J: 10x64, u: 64, Ju: 10, v: 10, vJ: 64"),
    ("gradients.u", {"J": (10, 64), "u": 64, "Ju": 10, "v": 10, "vJ": 64}),
    ("activations.p", "D (any along axis 1)"),
    (
        "gradients.t",
        "v.T @ (W2 @ (s ∘ (W1 @ u)))\n(W2.T @ v).T @ (s ∘ (W1 @ u))\n"
        "(W1.T @ (s ∘ (W2.T @ v))).T @ u",
    ),
    # Numbers of every kind.
    ("activations.s", mpmath.log(999) * 10),
    ("activations.s", sp.solve(sp.exp(-x / 10) - sp.Rational(1, 999))[0]),
    ("softmax.a", sp.Array(EIGHTHS)),
    ("softmax.a", sp.Tuple(*EIGHTHS)),
    ("softmax.a", [mpmath.mpf(1) / 8, mpmath.mpf(1) / 4, mpmath.mpf(5) / 8]),
    ("softmax.a", ["1/8", "1/4", "5/8"]),
    ("softmax.a", np.array(["1/8", "0.25", "5/8"])),
    # What is typed into a box.
    *(("convolution.d", a) for a in ("18432", "18,432", "18 432", "2^11*9", "weights = 18432.")),
    *(("convolution.c", a) for a in ("2^16", "2¹⁶", "65 536", "65,536", "2**16", "6.5536e4")),
    *(
        ("activations.s", a)
        for a in ("10*ln(999)", "10 np.log(999)", "ln(999)/0.1", "k = ln(999)/0.1")
    ),
    *(
        ("mlp.h", a)
        for a in ("ln(5)", "-ln(0.2)", "log(5)", "−math.log(1/5)", "ln 5", "ln10 - ln 2", "log 5")
    ),
    *(("mlp.n", a) for a in ("0.7 ln 4", "7/5 ln 2", "1.4·ln2", "0.7*2*ln(2)")),
    *(
        ("mlp.a", a)
        for a in (
            "a = (ln 2, ln 4)",
            "a₁ = ln 2, a₂ = 2·ln 2",
            "ln 2 ln 4",
            "ln 2\nln 4",
            "0,693 ; 1,386",
            "(0,693; 1,386)",
            "0,693\n1,386",
        )
    ),
    *(("mlp.b", a) for a in ("0; 0,693; 1,946", "0 0,693 1,946", "(0, ln2, ln 14 - ln 2)")),
    ("mlp.c", "⅒, ⅕, 7⁄10"),
    *(
        ("mlp.o", a)
        for a in (
            "0,069 0,139 ; -0,555 -1,109 ; 0,485 0,970",
            "0,069 0,139\n-0,555 -1,109\n0,485 0,970",
            "[[.1 ln2, .1 ln4],[-.8 ln2, -.8 ln4],[.7 ln2, .7 ln4]]",
        )
    ),
    *(
        ("mlp.z", a)
        for a in (
            '("C", "(v*a-y)*v*sigma(z)*x")',
            "('C', '(v*a-y)*v*sigma(z)*x')",
            '"C", "(v*a-y)*v*sigma(z)*x"',
            "(C, (v*a-y)*v*sigma(z)*x)",
            "[“C”, “(v*a-y)*v*sigma(z)*x”]",
            "(C) (va-y) v σ(z) x",
            "ligne C : (v a − y) v σ(z) x",
            "Réponse C: x v (va-y) σ(z)",
        )
    ),
    *(("convolution.a", a) for a in ("64, 64 et 32", "64, 64 and 32", "64 by 64 by 32")),
    *(("convolution.d", a) for a in ("64*9*32 = 18432", "weights = 64*9*32 = 18 432")),
    ("convolution.j", "20-(4*2+1)+1=12"),
    ("convolution.t", "⅙ ⅓ ⅓ ⅙"),
    *(("autoencoder.a", a) for a in ("4,8 -4 -0,8", "4,8; -4; -0,8", "4,8\n-4\n-0,8")),
    ("autoencoder.n", "m = λ/(λ+ν) = 3/5"),
    *(
        ("autoencoder.i", a)
        for a in (
            "W @ X.T @ D + W @ D.T @ X",
            "W @ (X.T @ D + D.T @ X)",
            "Hᵀ @ D + W @ Dᵀ @ X",
            "H^T @ D + W @ D^T @ X",
            "np.dot(H.T, D) + np.dot(W, np.dot(D.T, X))",
            "np.matmul(H.T, D) + W @ D.T @ X",
        )
    ),
    (
        "autoencoder.l",
        "H (20, 8), V1 (32, 8), V2 (64, 32), X_hat (20, 64)",
    ),
    ("quick.autoencoder-2", "ln 2"),
    *(("mlp.b", a) for a in ("0, ln(2), ln(7)", "[0, ln(2), ln(7)]", "0 ln(2) ln(7)")),
    *(
        ("autoencoder.k", a)
        for a in ("½", "1/2", "0.5", ".5", "≈ 0.5", "50 %", "slope = 1/2", "2^-1")
    ),
    *(("notation.a", a) for a in ("1¼", "5/4", "z = 5/4", "125 %", "1.25", "1 + 1/4")),
    *(
        ("notation.b", a)
        for a in (
            "5, -3",
            "[5, −3]",
            "(5, -3)ᵀ",
            "5 -3",
            "5; -3",
            "[ 5. -3.]",
            "z = [10/2, -3]",
            "np.array([5.0, -3.0], dtype=float)",
            "5\n-3",
            "z1 = 5, z2 = -3",
        )
    ),
    *(
        ("notation.i", a)
        for a in (
            "[[-1, 2], [1, 3], [0, -2]]",
            "-1 2; 1 3; 0 -2",
            "-1, 2\n1, 3\n0, -2",
            "[[-1.  2.]\n [ 1.  3.]\n [ 0. -2.]]",
            "array([[-1.,  2.],\n       [ 1.,  3.],\n       [ 0., -2.]])",
            "[[-1, 1, 0], [2, 3, -2]]ᵀ",
            "((-1, 2), (1, 3), (0, -2))",
            "Matrix([[-1, 2], [1, 3], [0, -2]])",
        )
    ),
    *(
        ("softmax.a", a)
        for a in (
            ["0,125", "0,25", "0,625"],
            "0,125; 0,25; 0,625",
            "0,125 0,25 0,625",
            "['1/8', '1/4', '5/8']",
            "1/8 1/4 5/8",
            "12.5%, 25%, 62.5%",
        )
    ),
    *(("notation.d", a) for a in ("(128, 784)", "128 x 784", "128×784", "[128, 784]", "128*784")),
    *(("forward.f", a) for a in ("(3,)", "3,", "[3]", "torch.Size([3])")),
    *(
        ("backpropagation.w", a)
        for a in (
            "{'D2': (20, 3), 'dW2': (3, 7), 'db2': (3,), 'D1': (20, 7), 'dW1': (7, 5)}",
            "D2: (20, 3), dW2: (3, 7), db2: (3,), D1: (20, 7), dW1: (7, 5)",
            "D₂ = 20x3; dW₂ = 3x7; db₂ = (3,); D₁ = 20×7; dW₁ = 7×5",
            "dict(D2=[20, 3], dW2=[3, 7], db2=[3], D1=[20, 7], dW1=[7, 5])",
            "D2: 20, 3\ndW2: 3, 7\ndb2: (3,)\nD1: 20, 7\ndW1: 7, 5",
        )
    ),
    ("notation.r", "1 -1 0; -1 1 0; -1 -1 1"),
    ("softmax.u", "1, 1, 1.693147, 2.386294"),
    # Signs of other keyboards, invisible characters, words of the book.
    ("activations.c", "1／4^10"),
    ("activations.a", "a＊（1－a）"),
    ("activations.a", "a\u200b*(1-a)\ufeff"),
    ("softmax.q", "(p-t)/(p\u2062(1-p))"),
    ("softmax.q", "\ufeff(p-t)/(p\u00ad(1-p))"),
    ("softmax.q", "(t-p)/-(p-p^2)"),
    ("backpropagation.x", "\ufeff((D2 @ W2) * (1 − A1²)).T @ X"),
    ("gradients.d", "B\u200b, D, E, A, C"),
    ("softmax.b", [SHIFT, "eʰ*exp(z1)/(eʰ*(exp(z1)+exp(z2)))", "exp(z1)/(exp(z1)+exp(z2))"]),
    ("softmax.b", ["eᶻ¹⁺ʰ/(eᶻ¹⁺ʰ+eᶻ²⁺ʰ)", "eʰeᶻ¹/(eʰ(eᶻ¹+eᶻ²))", "eᶻ¹/(eᶻ¹+eᶻ²)"]),
    ("softmax.b", [SHIFT, "e^h e^z₁/(e^h(e^z₁+e^z_2))", "e^z₁/(e^z₁+e^z₂)"]),
    ("activations.f", np.array(STEPS)),
    ("activations.f", ["-ln(1 + exp(-x))", "-softplus(-x)"]),
    # The question's own words for a choice.
    *(
        ("activations.j", a)
        for a in ("Sentence B", "It is B", "B!", "**B**", "\u200bB", "la phrase B")
    ),
    *(
        ("activations.t", a)
        for a in (
            "statements A, B, D, E",
            "A-B-D-E",
            "It is A, B, D and E",
            np.array(["A", "B", "D", "E"]),
            "Les réponses A, B, D et E",
        )
    ),
    ("activations.j", ["B", ""]),
    ("softmax.t", "Argument B"),
]

RIGHT += [
    # A decimal comma, where one number is asked for and nothing else can be meant.
    ("notation.a", "1,250"),
    ("forward.p", "0,0009765625"),
    ("gradients.n", "87,5 %"),
    ("backpropagation.l", "3·2²·0,5"),
    ("quick.forward-6", "-ln(0,1)"),
    ("notation.p", "0,01*32 = 0,32"),
    ("forward.p", "1/1024,0"),
    # Words around a number, several numbers with equals signs, mixed numbers with a blank.
    *(("notation.a", a) for a in ("Fraction(5, 4)", "1 ¼", "1\u202f¼", "z = 1 ¼ = 1.25")),
    ("notation.o", "three"),
    ("forward.i", "4245 parameters"),
    ("forward.k", "3,700 numbers"),
    *(("forward.q", a) for a in ("ln 1000", "3 ln 10", "6.91 nats")),
    *(("quick.notation-4", a) for a in ("a hundred times", "×100", "x 100", "cent fois", "100x")),
    ("quick.notation-5", "about 0.5"),
    ("quick.forward-1", "minus one"),
    ("quick.forward-6", "−ln 0.1"),
    ("quick.backpropagation-3", "three of them"),
    ("quick.notation-4", "100 times smaller"),
    ("quick.backpropagation-6", "About twelve times as far"),
    *(("quick.backpropagation-4", a) for a in ("twice", "in 2")),
    *(("quick.backpropagation-6", a) for a in ("twelve times", "12 fois", "12x", "Douze")),
    ("backpropagation.a", "ŷ - y = 1 - 3 = -2"),
    *(("backpropagation.v", a) for a in ("2u+v = 18", "2*5 + 8 = 18", "2u + v = 10 + 8 = 18")),
    ("notation.f", "P - t has shape (5, 5)"),
    ("forward.e", "(n, s1) = (20, 7)"),
    # The name of what is given before a formula, mathematicians' signs in formulas of matrices.
    ("notation.j", "Df(x,y)[h,k] = y h + x k"),
    *(("forward.o", a) for a in ("Var(w) = 2/d", "σ² = 2/d", "variance = 2/d")),
    ("backpropagation.f", "dL/dt = 5 t⁴"),
    *(("softmax.r", a) for a in ("∂B/∂z = p − t", "dB/dz = p − t")),
    ("backpropagation.x", "dW1 = ((D2 @ W2) ⊙ (1 - A1²)).T @ X"),
    (
        "backpropagation.y",
        "trace(D.T @ (A @ V.T))\nnp.trace(V @ A.T @ D)\ntrace((D.T @ A).T @ V)",
    ),
    ("backpropagation.z", "(a ⊗ I) @ δ\nvec(I @ δ @ a.T)\nvec(δ @ a.T)"),
]

NOT_AS_ASKED = [
    ("activations.n", partial(np.logaddexp, 0.0), "logaddexp"),
    ("activations.n", np.vectorize(partial(np.logaddexp, 0.0)), "logaddexp"),
    ("activations.n", lambda x: mlplib.ACTIVATIONS["softplus"](x), "ACTIVATIONS"),
    ("activations.o", lambda x: mlplib.ACTIVATIONS["sigmoid"].prime(x), "ACTIVATIONS"),
    ("activations.o", notebook("f = lambda x: q(x)", q=mlplib.sigmoid_prime), "sigmoid_prime"),
    ("activations.i", lambda x: mlplib.relu_prime(x), "relu_prime"),
    ("activations.n", lambda x, add=np.logaddexp: add(0.0, x), "logaddexp"),
    ("activations.n", lambda x: getattr(np, "logaddexp")(0.0, x), "logaddexp"),  # noqa: B009
    (
        "activations.n",
        notebook("def f(x):\n from mlplib import softplus as s\n return s(x)"),
        "softplus",
    ),
    (
        "activations.n",
        notebook("def f(x):\n import mlplib as m\n return m.softplus(x)"),
        "softplus",
    ),
    ("softmax.c", partial(mlplib.softmax, axis=1), "softmax"),
    ("softmax.c", lambda Z: __import__("mlplib").softmax(Z), "softmax"),
    ("softmax.c", lambda Z: importlib.import_module("mlplib").softmax(Z), "softmax"),
    ("softmax.c", lambda Z: eval("mlplib.softmax(Z)", {"mlplib": mlplib, "Z": Z}), "softmax"),
    (
        "softmax.c",
        notebook("def h(X): return mlplib.softmax(X, axis=1)\nf = lambda X: h(X)"),
        "softmax",
    ),
    (
        "softmax.k",
        lambda X, c: mlplib.cross_entropy_and_gradient(X, c)[0],
        "cross_entropy_and_gradient",
    ),
    ("softmax.n", lambda s, y: mlplib.softmax_jacobian(np.log(s)) @ (-y / s), "softmax_jacobian"),
]

PADDED = [
    ("activations.f", ["-softplus(-x)", "-softplus(-x) + x - x", "-softplus(-x)"]),
    ("activations.f", [STEPS[0], "2*ln(1/(1 + exp(-x)))/2", "-softplus(-x)"]),
    ("activations.f", [STEPS[0], "ln(1/(1 + exp(-x))) + x - x", "-softplus(-x)"]),
    ("activations.f", [STEPS[0], "-softplus(-x) + x - x", "-softplus(-x)"]),
    ("activations.g", ["x", "x + softplus(x) - softplus(x)", "2*x/2", "x"]),
    (
        "softmax.b",
        ["exp(z1)/(exp(z1)+exp(z2))", "1/(1+exp(z2)/exp(z1))", "exp(z1)/(exp(z1)+exp(z2))"],
    ),
    (
        "softmax.b",
        [SHIFT, "exp(z1 + h)*5/(exp(z1 + h) + exp(z2 + h))/5", "exp(z1)/(exp(z1) + exp(z2))"],
    ),
    (
        "softmax.l",
        [
            "exp(z1)/(exp(z1)+exp(z2)) - 1",
            "(exp(z1)-exp(z1)-exp(z2))/(exp(z1)+exp(z2))",
            "-exp(z2)/(exp(z1)+exp(z2))",
        ],
    ),
    ("softmax.l", [SLOPE, "exp(z1)/(exp(z1)+exp(z2)) - 1", "exp(z1)/(exp(z1)+exp(z2)) + 2 - 3"]),
    (
        "backpropagation.y",
        ["tr((D.T @ A).T @ V)", "tr((D.T @ A).T @ V)*2/2", "tr((D.T @ A).T @ V)"],
    ),
    (
        "backpropagation.y",
        ["tr(D.T @ (A @ V.T))", "2*tr(D.T @ (A @ V.T))/2", "tr((D.T @ A).T @ V)"],
    ),
    ("backpropagation.y", ["tr(D.T @ (A @ V.T))", "tr((D.T @ (A @ V.T)))", "tr((D.T @ A).T @ V)"]),
]


def changed_in_place(a, v):
    v *= a * (1 - a)
    return v


TOLD = [
    ("softmax.i", 1.999, "number.low"),
    ("activations.c", "1/1.048.576", "rational.text"),
    ("notation.d", "(128*784,)", "shape.text"),
    ("forward.j", "84,0", "number.low"),
    ("forward.j", (84, 0), "number.grouped"),
    ("convolution.d", "18,433", "number.commas"),
    ("gradients.m", "2 1/2", "number.beside"),
    ("activations.a", "a*1.0.5", "formula.numbers"),
    ("activations.c", -(Fraction(1, 4) ** 10), "rational.sign"),
    ("activations.f", ["-ln(1/(1+exp(-x)))", "-softplus(-x)"], "derivation.first"),
    ("activations.g", ["softplus(x)+softplus(-x)", "x"], "derivation.first"),
    ("activations.s", 69.0685, "number.high"),
    ("activations.s", "69,07", "number.digits"),
    ("softmax.e", (4, 595), "number.grouped"),
    ("softmax.e", (4, 6), "number.pair"),
    ("mlp.c", [0, 1, 0, 2, 0, 7], "array.pairs"),
    ("softmax.a", [1, 2, 5, 1, 2, 5], "array.shape"),
    ("convolution.m", "13-30", "array.single"),
    ("convolution.t", "0.167 0.333 0.333 0.167", "fractions.digits"),
    ("convolution.t", "0,1667 0,3333 0,3333 0,1667", "fractions.digits"),
    ("convolution.t", "0.166666667 0.333333333 0.333333333 0.166666667", "fractions.form"),
    ("convolution.t", "0.167 0.333 0.333 0.2", "array.value"),
    ("convolution.d", "64*9*32 = 18433", "number.text"),
    ("mlp.h", "ln 2 * 3", "number.text"),
    ("mlp.h", "ln 2/3", "number.text"),
    ("mlp.o", "0,1; 1,0", "array.shape"),
    ("mlp.z", '("C", "(v*a-y)*v*sigma(a)*x")', "misconception.slip_unchanged"),
    ("autoencoder.i", "H.T D", "misconception.batch_decoder_only"),
    ("autoencoder.i", "H^2", "matrix.shape"),
    ("autoencoder.i", "W @ X.T @ D", "misconception.batch_decoder_only"),
    (
        "autoencoder.l",
        "H (20, 8), V1 (8, 32), V2 (32, 64), X_hat (20, 64)",
        "misconception.shapes_decoder_transposed",
    ),
    ("activations.a", "a*(1,0-a)", "formula.comma"),
    ("activations.i", lambda x: mlplib.sigmoid(1000 * x), "function.entry"),
    ("activations.l", lambda a, v: v, "misconception.backward_passed_on"),
    ("activations.l", changed_in_place, "function.mutates"),
    ("softmax.g", lambda s: np.asmatrix(np.diag(s) - np.outer(s, s)), "function.matrix"),
    ("activations.m", lambda a, v: np.ma.masked_array(v, a <= 0), "function.masked"),
    ("activations.j", "not B", "choice.letter"),
    ("activations.t", "A-E", "choice.letters"),
    ("activations.j", [1, 1], "choice.type_one"),
    ("activations.f", ["x=" * 900], "derivation.long"),
    ("softmax.r", "∂B/∂z + 0 = p − t", "formula.equation"),
    ("softmax.r", "🐱/∂𝟙𝟙 = p − t", "formula.equation"),
    ("softmax.r", "q >= p − t", "formula.name"),
    ("quick.softmax-2", "NaN", "misconception.shift_overflow"),
    ("quick.activations-4", "23 %", "rational.digits"),
    ("gradients.i", "23 = 24", "number.text"),
    ("gradients.i", "12 + 12 = 24", "misconception.held_checkpoint_twice"),
    ("softmax.e", "-ln 1/3", "number.text"),
    ("gradients.k", "10 t^2 h^2 + ln 2h", "formula.brackets"),
    ("activations.b", '("B", "-exp(-z)/(1 + exp(-z))^2")', "misconception.mended_unchanged"),
    ("activations.b", '("C", "exp(-z)/(1 + exp(-z))^2")', "option.C"),
    ("gradients.u", "J: 10x64, u: 10, Ju: 10, v: 10, vJ: 64", "shapes.value"),
]

TOLD += [
    ("notation.a", "-1 ¼", "rational.sign"),
    ("notation.o", "l=3 (layer 3)", "number.text"),
    ("notation.o", "3 or 4 times", "number.text"),
    ("backpropagation.t", "24 = 12", "number.text"),
    ("backpropagation.t", "12 = 24 = 24", "number.text"),
    ("backpropagation.t", "24 = w", "number.text"),
    ("forward.i", "4 thousand", "number.text"),
    ("quick.notation-4", "10 times ten", "number.text"),
    ("backpropagation.f", "2t·t³ + t²·3t² = 5 t⁴", "formula.equation"),
    ("backpropagation.x", "(D2 W2).T @ X", "misconception.line_without_slope"),
    ("backpropagation.x", "2(D2 @ W2).T @ X", "matrix.value"),
    ("backpropagation.x", "(D2 @ W2 2).T @ X", "matrix.sign"),
]


def checked(question, answer):
    name, _, id_ = question.partition(".")
    return practice(name).check(id_, answer)


@pytest.mark.parametrize(("question", "answer"), RIGHT)
def test_a_right_answer_is_right_however_it_is_written(question, answer):
    outcome = checked(question, answer)
    assert outcome.status.value == "right", outcome


@pytest.mark.parametrize(("question", "answer", "name"), NOT_AS_ASKED)
def test_what_a_library_has_ready_is_found_and_named(question, answer, name):
    outcome = checked(question, answer)
    assert outcome.status.value == "almost", outcome
    assert f"to be built without {name}." in outcome.text


@pytest.mark.parametrize(("question", "answer"), PADDED)
def test_padding_is_no_step(question, answer):
    outcome = checked(question, answer)
    assert outcome.note in ("derivation.short", "derivation.end", "matrix.short"), outcome


@pytest.mark.parametrize(("question", "answer", "note"), TOLD)
def test_what_is_told_is_true_of_the_answer(question, answer, note):
    assert checked(question, answer).note == note


def test_names_are_told_as_they_were_typed():
    assert "still contains |…|." in checked("activations.d", "2σ(2x) - 1 + 0|x|").text
    told = checked("activations.d", "2*logistic(2x) - 1 + 0*heaviside(x)").text
    assert "still contains heaviside." in told
    assert "list of int" in checked("activations.j", [1, 1]).text
