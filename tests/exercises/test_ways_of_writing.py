"""What people type beside plain numbers and signs: LaTeX, words, factors, NumPy's names."""

import pytest

from mlplib.checks.session import practice

RIGHT = [
    ("forward.o", "2/d."),
    ("notation.p", r"32\cdot 0{,}01"),
    ("softmax.a", r"\tfrac18(1,2,5)"),
    ("activations.k", r"\operatorname{diag}\left(\tfrac14,\tfrac{3}{16},\tfrac{3}{16}\right)"),
    ("softmax.v", r"\{ s : 0 < s \leq \frac14 \}"),
    ("convolution.m", "13 to 30"),
    ("autoencoder.i", "W@D'@X + H'@D"),
    ("backpropagation.x", r"((D_2 W_2) \odot (1 - A_1^2))^{\top} X"),
    ("forward.p", r"\frac{1}{1024}"),
    ("forward.p", r"\frac1{1024}"),
    ("forward.p", r"\frac12^{10}"),
    ("forward.p", "2^{-10}"),
    ("forward.q", "6,91"),
    ("forward.q", "6,908"),
    ("gradients.j", "3,010"),
    ("autoencoder.k", "one half"),
    ("autoencoder.k", "un demi"),
    ("gradients.i", "twenty-three"),
    ("gradients.i", "vingt trois"),
    ("quick.gradients-6", "none"),
    ("backpropagation.a", "minus two"),
    ("activations.a", r"a\cdot(1-a)"),
    ("activations.h", r"\sigma(x)"),
    ("activations.d", r"2\,\sigma(2x) - 1"),
    ("activations.d", r"$2\sigma(2x)-1$"),
    ("softmax.q", r"\frac{p-t}{p\left(1-p\right)}"),
    ("softmax.q", r"-\frac{t}{p} + \frac{1-t}{1-p}"),
    ("activations.b", r"B: \frac{e^{-z}}{(1+e^{-z})^2}"),
    ("gradients.k", "10t^{2}h^{2}+h^{4}"),
    ("mlp.d", r"\sigma(z_{2} - z_{1})"),
    ("notation.j", r"\mathrm{d}f = y\,h + x\,k"),
    ("backpropagation.x", r"\left((D2 @ W2) \odot (1-A1^2)\right)^{\top} @ X"),
    ("backpropagation.x", "np.transpose(np.multiply(D2 @ W2, 1-A1**2)) @ X"),
    ("backpropagation.x", "((D2 @ W2) * (1 - A1**2)).transpose() @ X"),
    ("autoencoder.i", r"W D^{\top} X + H^{\top} D"),
    ("autoencoder.i", "W @ D^{T} @ X + H^{T} @ D"),
    ("autoencoder.i", "W D^t X + H^t D"),
    ("backpropagation.p", r"\begin{pmatrix}5&0&7&0\\0&5&0&7\end{pmatrix}"),
    ("notation.c", r"\begin{pmatrix}3 & 5\end{pmatrix}"),
    ("notation.c", "(3 5)"),
    ("notation.c", "(6 10)/2"),
    ("backpropagation.b", "-2*(1 4)"),
    ("softmax.v", r"\left(0, \frac14\right]"),
    ("softmax.v", r"(0, \tfrac{1}{4}]"),
    ("notation.d", r"128 \times 784"),
    ("notation.d", "128 par 784"),
    ("forward.l", "A puis C puis D"),
    ("forward.l", "A, C et puis D"),
    ("softmax.a", r"\left(\tfrac{1}{8}, \tfrac{1}{4}, \tfrac{5}{8}\right)"),
    ("softmax.a", "(1,2,5)/8"),
    ("softmax.a", "1/8 (1 2 5)"),
    ("autoencoder.g", "4*(3,-1)"),
    ("autoencoder.g", "4(3, -1)"),
    ("autoencoder.g", "-(−12, 4)"),
    ("autoencoder.g", "np.array([3, -1])*4"),
    ("activations.k", "diag(1/4, 3/16, 3/16)"),
    ("activations.k", "np.diag([4, 3, 3])/16"),
    ("activations.k", "[[4,0,0],[0,3,0],[0,0,3]]/16"),
    ("softmax.u", "log([2, 2, 4, 8])"),
    ("softmax.u", r"\ln 2, \ln 2, \ln 4, \ln 8"),
    ("mlp.h", r"\ln 5"),
    ("mlp.h", "np.log(5)"),
    ("backpropagation.x", r"((D_2 \cdot W_2) \odot (1 - A_1^2))^\top \cdot X"),
    ("backpropagation.x", "((D2·W2) ⊙ (1 − A1²))ᵀ · X"),
]
TOLD = [
    ("activations.h", "np.exp(x)/(1+np.exp(x))", "formula.form"),
    ("activations.h", "np.square(x)", "formula.name"),
    ("activations.h", r"\partial x", "formula.latex"),
    ("notation.c", "[3 5]", "misconception.collapse_flat"),
    ("notation.c", "3 5", "misconception.collapse_flat"),
    ("notation.c", "(3 5)ᵀ", "misconception.collapse_as_column"),
    ("autoencoder.g", "1+3*(3,-1)", "array.text"),
    ("autoencoder.g", "(3,-1)+(9,-3)", "array.text"),
    ("autoencoder.g", "[]*4", "array.text"),
    ("autoencoder.g", "diag()", "array.text"),
    ("activations.k", "diag([[1,2],[3,4]])", "array.text"),
    ("activations.k", "diag(1/4, 3/16)", "array.shape"),
    ("forward.i", "4.245", "number.thousands"),
    ("gradients.n", "87.5", "number.percent"),
    ("gradients.n", "8/7", "number.turned"),
    ("autoencoder.c", "10.1", "misconception.lost_mean_of_points"),
    ("autoencoder.a", "5,5,4.47", "misconception.codes_are_lengths"),
    ("autoencoder.a", "4.8,4,0.8", "array.signs"),
    ("backpropagation.d", "12, -4", "array.signs"),
    ("backpropagation.u", "[[3],[3]]", "array.reshaped"),
    ("backpropagation.f", "5t^3", "formula.divided"),
    ("activations.a", "a^2(1-a)", "formula.times"),
    ("notation.e", "(500,)", "shape.counted"),
    ("notation.e", "(10, 50, 1)", "shape.ones"),
    ("convolution.b", "(32, 64, 32)", "shape.permuted"),
    ("autoencoder.i", "W 2", "matrix.sign"),
    ("forward.i", "4 thousand", "number.text"),
]


def checked(question, answer):
    name, _, id_ = question.partition(".")
    return practice(name, file="off").check(id_, answer)


@pytest.mark.parametrize(("question", "answer"), RIGHT)
def test_what_can_mean_one_thing_only_is_read(question, answer):
    outcome = checked(question, answer)
    assert outcome.status.value == "right", outcome


@pytest.mark.parametrize(("question", "answer", "note"), TOLD)
def test_what_is_told_is_true_of_it(question, answer, note):
    assert checked(question, answer).note == note
