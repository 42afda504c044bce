"""What a function returns, as text: what no sentence about a question may hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import reduce


def returned(source: str) -> Iterator[list[str]]:
    """Yield what stands behind every return; of one product also all but a factor that is a name.

    Examples
    --------
    >>> list(returned("lambda a, v: v * a * (1 - a)"))
    [[' v * a * (1 - a)'], ['a * (1 - a)'], ['v * (1 - a)']]
    """
    results = re.findall(r"(?:return|lambda[^:]*:)(.*)", source)
    yield results
    if len(results) == 1:
        yield from _without_a_name(results[0].strip())


def _without_a_name(product: str) -> Iterator[list[str]]:
    """Yield a product of three or more without each of its factors that is a bare name."""
    try:
        factors = _factors(ast.parse(product, mode="eval").body)
    except SyntaxError:
        # What follows a lambda on its line has come along.
        return
    for left_out in factors:
        rest = [factor for factor in factors if factor is not left_out]
        if isinstance(left_out, ast.Name) and len(rest) > 1:
            yield [ast.unparse(reduce(lambda a, b: ast.BinOp(a, ast.Mult(), b), rest))]


def _factors(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors(node.left), *_factors(node.right)]
    return [node]
