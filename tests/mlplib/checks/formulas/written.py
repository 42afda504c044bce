"""Formulas as students write them: drawn at random, and compared in one domain."""

from __future__ import annotations

from hypothesis import strategies as st

from mlplib.checks import Domain

X = Domain({"x": (-3, 3), "k": (1, 2)}, {"s": "sigma(x)"})


def same(left: str, right: str) -> bool:
    """Tell whether two texts mean the same formula."""
    return X.difference(X.read(left), X.read(right)) is None


FORMULAS = st.recursive(
    st.sampled_from(["x", "k", "s", "2", "0.5", "pi"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("{}({})".format, st.sampled_from(["sigma", "tanh", "softplus", "cos"]), inner),
        st.builds("tanh({})^2".format, inner),
    ),
    max_leaves=8,
)
