"""Whether a sentence gives an answer away."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import reduce
from typing import Any

from mlplib.checks.exercise import Exercise
from mlplib.checks.formulas.notation import CHARACTERS, SUPERSCRIPTS
from mlplib.checks.kinds.choice import Choice
from mlplib.checks.messages import ExerciseText

_SIGNS = {**CHARACTERS, **dict(zip("[]{}", "[]{}", strict=True))}


def reveals(text: str, exercise: Exercise, words: ExerciseText) -> bool:
    """Tell whether `text` contains the answer of `exercise`, whatever its spacing and signs.

    A number or a formula counts where it stands alone; of a choice, the text of the right options
    does; of a function, what it returns, also without a factor that is a bare name. Answers that
    every sentence about the question holds (0, 1, a variable) do not count.
    """
    compact = _compact(text)
    return any(
        all(_stands_in(_compact(needle), compact) for needle in needles)
        for needles in _answers(exercise, words)
    )


def names_the_rest(text: str, exercise: Exercise, chosen: Any) -> bool:
    """Tell whether `text` names every letter that is to be added to those chosen or dropped."""
    if not isinstance(exercise.kind, Choice) or not exercise.kind.multiple:
        return False
    rest = exercise.kind.correct ^ frozenset(chosen)
    return all(re.search(rf"\b{re.escape(letter)}\b", text) for letter in rest)


def _answers(exercise: Exercise, words: ExerciseText) -> Iterator[list[str]]:
    """Yield what must stand in a text together to give the answer away."""
    answer = exercise.kind.right_answer()
    if isinstance(exercise.kind, Choice):
        yield [words.options[letter].text for letter in exercise.kind.correct]
    elif callable(answer):
        returned = re.findall(r"(?:return|lambda[^:]*:)(.*)", exercise.kind.show())
        yield returned
        if len(returned) == 1:
            yield from _without_a_name(returned[0].strip())
    else:
        needle = str(answer[-1] if isinstance(answer, list) else answer).removesuffix(".0")
        if needle not in ("0", "1") and not needle.isidentifier():
            yield [needle]


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


def _stands_in(needle: str, text: str) -> bool:
    """Tell whether `needle` stands in `text`, not as a part of a longer word or number."""
    before = r"(?<![\w.])" if needle[:1].isalnum() else ""
    after = r"(?!\w|\.\d|\^)" if needle[-1:].isalnum() else ""
    return re.search(before + re.escape(needle) + after, text) is not None


def _compact(text: str) -> str:
    """Return `text` in ASCII where it can be, with blanks left between words only."""
    raised = re.sub(f"[{''.join(SUPERSCRIPTS)}]+", _as_power, text)
    plain = "".join(_SIGNS.get(character, character) for character in raised)
    words = " ".join(plain.replace("**", "^").replace("*", " ").split())
    return re.sub(r" ?([^\w ]) ?", r"\1", words).casefold()


def _as_power(run: re.Match[str]) -> str:
    return "^" + "".join(SUPERSCRIPTS[character] for character in run[0])
