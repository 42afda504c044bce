"""Reading a formula: a closed grammar, so that nothing but mathematics can be said in it.

No text of a student's is ever given to Python's or sympy's evaluator: this parser knows numbers,
variables, a fixed list of functions and ``+ - * / ^``, and builds a tree of nodes from them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction

from mlplib.checks.formulas.notation import ALIASES, CONSTANTS, FUNCTIONS
from mlplib.checks.formulas.tokens import MOST_DIGITS, NotAFormula, Token, tokenize
from mlplib.checks.formulas.tree import Application, Comparison, Literal, Node, Operation, Symbol

DEEPEST = 50
"""More brackets, signs or powers inside each other are refused."""

_SUM, _PRODUCT, _POWER = 1, 2, 3
_STRENGTH = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_COMPARISONS = ("<", "<=", ">", ">=")


def parse(
    text: str,
    symbols: Collection[str],
    meanings: Mapping[str, str] | None = None,
    most_digits: int = MOST_DIGITS,
) -> Node:
    """Return the tree of the formula `text` in the variables `symbols`.

    Forgiving: ``2x``, ``xy``, ``s(1-s)``, ``^`` or ``**``, ``tanh^2(x)``, ``σ'(x)``, ``1_{x>0}``,
    ``|x|``, ``d/dx(…)``. A symbol that `meanings` gives a formula in x is a number: ``s(x)`` is
    refused.

    Raises
    ------
    NotAFormula
        With the position of what could not be read.

    Examples
    --------
    >>> parse("s(1-s)", {"s"}) == parse("s*(1 - s)", {"s"})
    True
    """
    reader = _Reader(tokenize(text, most_digits), symbols, meanings or {})
    node = reader.formula(0, 0)
    if reader.token.kind != "end":
        raise NotAFormula("formula.unexpected", reader.token.position, found=reader.token.text)
    return node


class _Reader:
    """Precedence climbing over a list of tokens."""

    def __init__(
        self, tokens: list[Token], symbols: Collection[str], meanings: Mapping[str, str]
    ) -> None:
        self._tokens = tokens
        self._symbols = symbols
        self._meanings = meanings
        self._index = 0
        self._open: list[str] = []

    @property
    def token(self) -> Token:
        return self._tokens[self._index]

    def formula(self, strength: int, depth: int) -> Node:
        """Read a formula whose operators bind more strongly than `strength`."""
        if depth > DEEPEST:
            raise NotAFormula("formula.deep", self.token.position, deepest=str(DEEPEST))
        if self.token.text in ("-", "+"):
            sign = self._next().text
            operand = self.formula(_PRODUCT, depth + 1)
            node = operand if sign == "+" else Operation("-", Literal(Fraction(0)), operand)
        else:
            node = self._operand(depth)
        operators = 0
        while True:
            sign, implied = self._operator()
            if not sign or _STRENGTH[sign] <= strength:
                return node
            operators += 1
            if operators > 4 * DEEPEST:
                raise NotAFormula("formula.deep", self.token.position, deepest=str(DEEPEST))
            if not implied:
                self._next()
            # ^ groups to the right: x^y^z is x^(y^z).
            tighter = _STRENGTH[sign] - 1 if sign == "^" else _STRENGTH[sign]
            node = Operation(sign, node, self.formula(tighter, depth + 1))

    def _operator(self) -> tuple[str, bool]:
        """Return the operator that comes next, and whether it is a product left unwritten."""
        if self.token.kind == "number" and self._tokens[self._index - 1].kind == "number":
            # 1.048.576, 1.0.5 or 2 1/2: whatever is meant, it is hardly the product.
            raise NotAFormula("formula.numbers", self.token.position, found=self.token.text)
        if self.token.kind in ("number", "name", "indicator", "derivative"):
            return "*", True
        if self.token.text == "(" or (self.token.text == "|" and self._open[-1:] != ["|"]):
            return "*", True
        return (self.token.text if self.token.text in _STRENGTH else ""), False

    def _operand(self, depth: int) -> Node:
        token = self._next()
        match token.kind:
            case "number":
                return Literal(Fraction(token.text))
            case "name":
                return self._named(token, depth)
            case "indicator":
                return self._application("ind", token, depth)
            case "derivative":
                return self._derivative(token, depth)
        if token.text == "(":
            node = self.formula(0, depth + 1)
            self._expect(")")
            return node
        if token.text == "|":
            self._open.append("|")
            node = self.formula(0, depth + 1)
            self._expect("|")
            self._open.pop()
            return Application("abs", (node,))
        if token.kind == "end":
            raise NotAFormula("formula.ends", token.position)
        raise NotAFormula("formula.unexpected", token.position, found=token.text)

    def _named(self, token: Token, depth: int) -> Node:
        name = ALIASES.get(token.text, token.text)
        applied = name in FUNCTIONS and self.token.text in ("(", "'")
        if token.text in self._symbols and not applied:
            self._refuse_argument(token)
            return Symbol(token.text)
        if name in FUNCTIONS:
            return self._application(name, token, depth)
        if name.endswith("_prime") and name.removesuffix("_prime") in FUNCTIONS:
            return self._application(name.removesuffix("_prime") + "'", token, depth)
        if token.text.replace("_", "") in self._symbols:
            return Symbol(token.text.replace("_", ""))
        if token.text in CONSTANTS:
            return Symbol(token.text)
        pieces = self._pieces(token.text)
        if pieces:
            return self._first_of(pieces, token)
        if {*token.text} <= {*self._symbols, *CONSTANTS, *FUNCTIONS}:
            product = "*".join(token.text)
            raise NotAFormula("formula.product", token.position, found=token.text, product=product)
        raise NotAFormula("formula.name", token.position, found=token.text)

    def _pieces(self, text: str) -> list[str]:
        """Return the names that ``wx``, ``z1e`` or ``xH`` before a bracket is a product of."""
        names = {*self._symbols, *CONSTANTS}
        if self.token.text in ("(", "'") and text in (*FUNCTIONS, *ALIASES, *names):
            return [text]
        for end in range(len(text), 0, -1):
            if text[:end] in names:
                rest = self._pieces(text[end:]) if text[end:] else []
                if rest or end == len(text):
                    return [text[:end], *rest]
        return []

    def _first_of(self, pieces: list[str], token: Token) -> Node:
        """Read the first of several names that stand together, and go on with the others."""
        position, tokens = token.position, []
        for piece in pieces:
            tokens.append(Token("name", piece, position))
            position += len(piece)
        self._tokens[self._index : self._index] = tokens[1:]
        return self._named(tokens[0], 0)

    def _refuse_argument(self, token: Token) -> None:
        """Refuse ``s(x)`` and ``s^2(x)`` where s is a number that depends on x, not ``s(1-x)``."""
        meaning = self._meanings.get(token.text, "")
        match self._behind_power():
            case ["(", argument, ")"] if re.search(rf"\b{re.escape(argument)}\b", meaning):
                raise NotAFormula(
                    "formula.number",
                    token.position,
                    found=token.text,
                    meaning=meaning,
                    argument=argument,
                )

    def _behind_power(self) -> list[str]:
        """Return the next three tokens, or those behind ``^2`` or the exponent of ``t²``."""
        following = [token.text for token in self._tokens[self._index : self._index + 7]]
        match following:
            case ["^", "(", _, ")", *behind] | ["^", _, *behind]:
                return behind[:3]
        return following[:3]

    def _application(self, name: str, token: Token, depth: int) -> Node:
        while self.token.text == "'":
            self._next()
            name += "'"
        power = None
        if self.token.text == "^":
            # cos^2(x) is the square of cos(x).
            self._next()
            power = self._operand(depth + 1)
        if power is None and name != "ind" and self._is_number_alone():
            number = self._operand(depth + 1)
            self._check_arguments(name, [number], token)
            return Application(name, (number,))
        if self.token.text != "(":
            raise NotAFormula("formula.brackets", self.token.position, found=token.text)
        self._next()
        arguments = [self._argument(name, depth)]
        while self.token.text == ",":
            self._next()
            arguments.append(self._argument(name, depth))
        self._expect(")")
        self._check_arguments(name, arguments, token)
        node = Application(name, tuple(arguments))
        return node if power is None else Operation("^", node, power)

    def _is_number_alone(self) -> bool:
        """Tell whether a number comes next that nothing binds: ln 2 + x, not ln 2x or ln 2/3."""
        if self.token.kind != "number":
            return False
        return self._tokens[self._index + 1].text in ("+", "-", ")", ",", "")

    def _check_arguments(self, name: str, arguments: list[Node], token: Token) -> None:
        wanted, given = FUNCTIONS[name.rstrip("'")], str(len(arguments))
        if name.count("'") > (2 if wanted == 1 else 0):
            raise NotAFormula("formula.primes", token.position, found=token.text)
        if name == "D" and not (len(arguments) == 2 and isinstance(arguments[1], Symbol)):
            raise NotAFormula("formula.derivative", token.position)
        if len(arguments) != wanted:
            key = "formula.argument" if wanted == 1 else "formula.arguments"
            raise NotAFormula(key, token.position, found=token.text, count=given)

    def _argument(self, name: str, depth: int) -> Node:
        node = self.formula(0, depth + 1)
        if name == "ind":
            if self.token.text not in _COMPARISONS:
                raise NotAFormula("formula.condition", self.token.position)
            sign = self._next().text
            return Comparison(sign, node, self.formula(0, depth + 1))
        return node

    def _derivative(self, token: Token, depth: int) -> Node:
        variable = self._next()
        if variable.text not in self._symbols:
            raise NotAFormula("formula.derivative", token.position)
        self._expect("(")
        body = self.formula(0, depth + 1)
        self._expect(")")
        return Application("D", (body, Symbol(variable.text)))

    def _expect(self, text: str) -> None:
        if self.token.text != text:
            key = "formula.ends" if self.token.kind == "end" else "formula.expected"
            raise NotAFormula(
                key,
                self.token.position,
                **({} if key == "formula.ends" else {"found": self.token.text, "expected": text}),
            )
        self._next()

    def _next(self) -> Token:
        token = self.token
        if token.kind != "end":
            self._index += 1
        if token.text == "(":
            self._open.append("(")
        elif token.text == ")":
            del self._open[-1:]
        return token
