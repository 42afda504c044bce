"""What can be known of a student's function without calling it, read once."""

from __future__ import annotations

import linecache
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any


@dataclass(frozen=True)
class Definition:
    """A function and how it was written.

    Attributes
    ----------
    function : callable
        As it was given, to be called.
    code : code or None
        Its own code; None for built-in functions and other things that can be called.
    """

    function: Callable[..., Any]
    code: CodeType | None

    def argument(self, position: int) -> str:
        """Return what the function calls its argument, "x" where it has no code of its own.

        Examples
        --------
        >>> definition_of(lambda a, v: a * v).argument(1), definition_of(abs).argument(0)
        ('v', 'x')
        """
        names = self.code.co_varnames[: self.code.co_argcount] if self.code else ()
        return names[position] if position < len(names) else "x"

    def failing_line(self, failure: BaseException) -> tuple[int, str] | None:
        """Return the number, counted from ``def``, and the text of the line that failed.

        None where the exception left no line of the function, as with built-in functions.
        """
        found, step = None, failure.__traceback__
        while step is not None:
            if step.tb_frame.f_code is self.code:
                found = step.tb_lineno
            step = step.tb_next
        if self.code is None or found is None:
            return None
        line = linecache.getline(self.code.co_filename, found).strip()
        return found - self.code.co_firstlineno + 1, line


def definition_of(function: Callable[..., Any]) -> Definition:
    """Read how `function` was written."""
    code = getattr(function, "__code__", None)
    return Definition(function, code if isinstance(code, CodeType) else None)


def typed_again(answer: Any) -> Any:
    """Return a function as a student has it who has typed it; other answers as they came."""
    if type(answer) is not FunctionType:
        return answer
    code = answer.__code__.replace(co_filename="<typed again>")
    again = FunctionType(
        code, answer.__globals__, answer.__name__, answer.__defaults__, answer.__closure__
    )
    again.__kwdefaults__ = answer.__kwdefaults__
    return again
