"""What people type in LaTeX, in the signs in which formulas, matrices and numbers are read."""

from __future__ import annotations

import re

MOST_ROUNDS = 20
"""Braces nested more deeply are not read."""

_NAMES = (
    "sigma|delta|pi|exp|ln|log|tanh|sinh|cosh|sin|cos|sqrt|max|min|det|tr|diag|vec"
    "|alpha|beta|eta|lambda|theta"
)

LATEX = (
    (r"\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])|\\[,;:!()\[\]]|\\q?quad(?![A-Za-z])", " "),
    (r"\\begin\{[pbv]?matrix\}", "("),
    (r" *\\end\{[pbv]?matrix\}", ")"),
    (r"\\\\", ";"),
    (r"(?<!\\)&", " "),
    (r"\\[%{}]", ""),
    (r"(?<=[0-9])\{,\}(?=[0-9])", ","),
    (r"\^ *(?:\{ *(?:T|\\top|\\intercal|\\mathsf *(?:\{T\}|T)) *\}|\\top(?![A-Za-z]))", ".T"),
    (r"\\(?:mathbf|mathrm|boldsymbol|operatorname|mathit|mathcal|text|textrm) *\{([^{}]*)\}", "$1"),
    (r"(\\[dt]?frac) *([0-9])", "$1{$2}"),
    (r"(\\[dt]?frac *\{[^{}]*\}) *([0-9A-Za-z])", "$1{$2}"),
    (r"\\[dt]?frac *\{([0-9]+)\} *\{([0-9]+)\}", "($1/$2)"),
    (r"\\[dt]?frac *\{([^{}]*)\} *\{([^{}]*)\}", "(($1)/($2))"),
    (r"\\sqrt *\{([^{}]*)\}", "sqrt($1)"),
    (r"\^ *\{([^{}]*)\}", "^($1)"),
    (r"_ *\{([0-9A-Za-z]+)\}", "_$1"),
    (r" *\\(?:times|ast)(?![A-Za-z]) *", "*"),
    (r" *\\cdot(?![A-Za-z]) *", "·"),
    (r" *\\(?:odot|circ)(?![A-Za-z]) *", "⊙"),
    (r" *\\otimes(?![A-Za-z]) *", "⊗"),
    (r"\\infty(?![A-Za-z])", "inf"),
    (r"\\(?:leq?|leqslant)(?![A-Za-z])", "≤"),
    (r"\\(?:geq?|geqslant)(?![A-Za-z])", "≥"),
    (r"\\in(?![A-Za-z])", "∈"),
    (r"\\mathbb *\{R\}", "ℝ"),
    (r"\\approx(?![A-Za-z])", "="),
    (rf"(?<=[A-Za-z0-9])\\({_NAMES})(?![A-Za-z])", " $1"),
    (rf"\\({_NAMES})(?![A-Za-z])", "$1"),
)
"""Patterns, and what is read in their place, where $1 is the first group; innermost braces first.

The script of the pages has the same ones: they are written in what Python and JavaScript share.
"""

_RULES = [(re.compile(source), re.sub(r"\$(\d)", r"\\g<\1>", read)) for source, read in LATEX]


def without_latex(text: str) -> str:
    r"""Return a text with plain signs for what of LaTeX is known; the rest stays.

    Examples
    --------
    >>> without_latex(r"\frac{1}{1+e^{-x}}"), without_latex(r"2\sigma(2x) - 1")
    ('((1)/(1+e^(-x)))', '2 sigma(2x) - 1')
    >>> without_latex(r"W^{\top}\cdot D"), without_latex(r"\begin{pmatrix}3 & 5\end{pmatrix}")
    ('W.T·D', '(3   5)')
    """
    for _ in range(MOST_ROUNDS if "\\" in text or "^{" in text else 0):
        before = text
        for source, read in _RULES:
            text = source.sub(read, text)
        if text == before:
            break
    return text
