// Reading a formula: a closed grammar, precedence climbing. A tree is made of plain objects:
// {kind: "literal", value}, {kind: "symbol", name}, {kind: "operation", sign, left, right},
// {kind: "application", name, inner: […]}, {kind: "comparison", sign, left, right}.
import { Fraction } from "./fraction.mjs";
import { literally } from "./pattern.mjs";
import { tables } from "./tables.mjs";
import { NotAFormula, tokenize } from "./tokens.mjs";

const DEEPEST_FORMULA = 50;
const STRENGTH = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 3 };

export const literal = (value) => ({ kind: "literal", value });
export const symbol = (name) => ({ kind: "symbol", name });
export const operation = (sign, left, right) => ({ kind: "operation", sign, left, right });
export const application = (name, inner) => ({ kind: "application", name, inner });
export const comparison = (sign, left, right) => ({ kind: "comparison", sign, left, right });

export function isOperation(node, signs) {
  return node.kind === "operation" && signs.includes(node.sign);
}

export function isNumber(node, whole) {
  return node.kind === "literal" && node.value.below === 1n && node.value.above === whole;
}

export function children(node) {
  return node.inner ?? (node.left ? [node.left, node.right] : []);
}

export function* walk(node) {
  yield node;
  for (const child of children(node)) yield* walk(child);
}

export function isConstant(node) {
  return [...walk(node)].every((n) => n.kind !== "symbol" || tables.constants.includes(n.name));
}

export function parseFormula(text, symbols, meanings = {}) {
  const reader = new FormulaReader(tokenize(text), symbols, meanings);
  const node = reader.formula(0, 0);
  if (reader.token.kind !== "end") reader.refuse("formula.unexpected", reader.token);
  return node;
}

class FormulaReader {
  constructor(tokens, symbols, meanings) {
    Object.assign(this, { tokens, symbols, meanings, index: 0, open: [] });
  }

  get token() {
    return this.tokens[this.index];
  }

  refuse(key, token, parameters = { found: token.text }) {
    throw new NotAFormula(key, token.position, parameters);
  }

  formula(strength, depth) {
    const tooDeep = () => this.refuse("formula.deep", this.token, { deepest: DEEPEST_FORMULA });
    if (depth > DEEPEST_FORMULA) tooDeep();
    let node;
    if (["-", "+"].includes(this.token.text)) {
      const sign = this.next().text;
      node = this.formula(STRENGTH["*"], depth + 1);
      if (sign === "-") node = operation("-", literal(new Fraction(0n)), node);
    } else {
      node = this.operand(depth);
    }
    for (let operators = 1; ; operators += 1) {
      const [sign, implied] = this.operator();
      if (!sign || STRENGTH[sign] <= strength) return node;
      if (operators > 4 * DEEPEST_FORMULA) tooDeep();
      if (!implied) this.next();
      // ^ groups to the right: x^y^z is x^(y^z).
      const tighter = sign === "^" ? STRENGTH[sign] - 1 : STRENGTH[sign];
      node = operation(sign, node, this.formula(tighter, depth + 1));
    }
  }

  // The operator that comes next, and whether it is a product left unwritten.
  operator() {
    const { kind, text } = this.token;
    if (kind === "number" && this.tokens[this.index - 1].kind === "number") {
      // 1.048.576, 1.0.5 or 2 1/2: whatever is meant, it is hardly the product.
      this.refuse("formula.numbers", this.token);
    }
    if (["number", "name", "indicator", "derivative"].includes(kind)) return ["*", true];
    if (text === "(" || (text === "|" && this.open.at(-1) !== "|")) return ["*", true];
    return [text in STRENGTH ? text : "", false];
  }

  operand(depth) {
    const token = this.next();
    if (token.kind === "number") return literal(Fraction.parse(token.text));
    if (token.kind === "name") return this.named(token, depth);
    if (token.kind === "indicator") return this.application("ind", token, depth);
    if (token.kind === "derivative") return this.derivative(token, depth);
    if (token.text === "(") {
      const node = this.formula(0, depth + 1);
      this.expect(")");
      return node;
    }
    if (token.text === "|") {
      this.open.push("|");
      const node = this.formula(0, depth + 1);
      this.expect("|");
      this.open.pop();
      return application("abs", [node]);
    }
    if (token.kind === "end") this.refuse("formula.ends", token, {});
    return this.refuse("formula.unexpected", token);
  }

  named(token, depth) {
    const { constants, functions } = tables;
    const name = meant(token.text);
    const applied = name in functions && ["(", "'"].includes(this.token.text);
    if (this.symbols.includes(token.text) && !applied) {
      this.refuseArgument(token);
      return symbol(token.text);
    }
    if (name in functions) return this.application(name, token, depth);
    const bare = name.replace(/_prime$/, "");
    if (bare !== name && bare in functions) return this.application(bare + "'", token, depth);
    const joined = token.text.replaceAll("_", "");
    if (this.symbols.includes(joined)) return symbol(joined);
    if (constants.includes(token.text)) return symbol(token.text);
    const pieces = this.pieces(token.text);
    if (pieces.length) return this.firstOf(pieces, token);
    const known = [...this.symbols, ...constants, ...Object.keys(functions)];
    if ([...token.text].every((letter) => known.includes(letter))) {
      const product = [...token.text].join("*");
      this.refuse("formula.product", token, { found: token.text, product });
    }
    return this.refuse("formula.name", token);
  }

  // The names that wx, z1e or xH before a bracket is a product of.
  pieces(text) {
    const { aliases, constants, functions } = tables;
    const names = [...this.symbols, ...constants];
    const callable = text in functions || text in aliases || names.includes(text);
    if (["(", "'"].includes(this.token.text) && callable) return [text];
    for (let end = text.length; end > 0; end -= 1) {
      if (names.includes(text.slice(0, end))) {
        const rest = end < text.length ? this.pieces(text.slice(end)) : [];
        if (rest.length || end === text.length) return [text.slice(0, end), ...rest];
      }
    }
    return [];
  }

  // Reads the first of several names that stand together, and goes on with the others.
  firstOf(pieces, token) {
    let position = token.position;
    const tokens = pieces.map((text) => {
      const piece = { kind: "name", text, position };
      position += text.length;
      return piece;
    });
    this.tokens.splice(this.index, 0, ...tokens.slice(1));
    return this.named(tokens[0], 0);
  }

  // s(x) and s^2(x) are refused where s is a number that depends on x; s(1-x) is a product.
  refuseArgument(token) {
    const meaning = this.meanings[token.text] ?? "";
    const [open, argument, close] = this.behindPower();
    if (open !== "(" || close !== ")") return;
    if (new RegExp(`\\b${literally(argument)}\\b`).test(meaning)) {
      this.refuse("formula.number", token, { found: token.text, meaning, argument });
    }
  }

  // The next three tokens, or those behind ^2 or the exponent of t².
  behindPower() {
    const following = this.tokens.slice(this.index, this.index + 7).map(({ text }) => text);
    if (following[0] === "^" && following[1] === "(" && following[3] === ")") {
      return following.slice(4, 7);
    }
    return following[0] === "^" && following.length > 1 ? following.slice(2, 5) : following.slice(0, 3);
  }

  application(name, token, depth) {
    while (this.token.text === "'") {
      this.next();
      name += "'";
    }
    let power = null;
    if (this.token.text === "^") {
      // cos^2(x) is the square of cos(x).
      this.next();
      power = this.operand(depth + 1);
    }
    const inner = [];
    // A number that nothing binds needs no brackets: ln 2 + x, but not ln 2x or ln 2/3.
    const isAlone = power === null && name !== "ind" && this.token.kind === "number";
    if (isAlone && /^[-+),]?$/.test(this.tokens[this.index + 1].text)) {
      inner.push(this.operand(depth + 1));
    } else {
      if (this.token.text !== "(") {
        this.refuse("formula.brackets", this.token, { found: token.text });
      }
      do {
        this.next();
        inner.push(this.argument(name, depth));
      } while (this.token.text === ",");
      this.expect(")");
    }
    this.checkArguments(name, inner, token);
    const node = application(name, inner);
    return power === null ? node : operation("^", node, power);
  }

  checkArguments(name, inner, token) {
    const bare = name.replace(/'+$/, "");
    const wanted = tables.functions[bare];
    if (name.length - bare.length > (wanted === 1 ? 2 : 0)) this.refuse("formula.primes", token);
    if (name === "D" && !(inner.length === 2 && inner[1].kind === "symbol")) {
      this.refuse("formula.derivative", token, {});
    }
    if (inner.length !== wanted) {
      const key = wanted === 1 ? "formula.argument" : "formula.arguments";
      this.refuse(key, token, { found: token.text, count: inner.length });
    }
  }

  argument(name, depth) {
    const node = this.formula(0, depth + 1);
    if (name !== "ind") return node;
    if (!["<", "<=", ">", ">="].includes(this.token.text)) {
      this.refuse("formula.condition", this.token, {});
    }
    return comparison(this.next().text, node, this.formula(0, depth + 1));
  }

  derivative(token, depth) {
    const variable = this.next();
    if (!this.symbols.includes(variable.text)) this.refuse("formula.derivative", token, {});
    this.expect("(");
    const body = this.formula(0, depth + 1);
    this.expect(")");
    return application("D", [body, symbol(variable.text)]);
  }

  expect(text) {
    if (this.token.text !== text) {
      if (this.token.kind === "end") this.refuse("formula.ends", this.token, {});
      this.refuse("formula.expected", this.token, { found: this.token.text, expected: text });
    }
    this.next();
  }

  next() {
    const token = this.token;
    if (token.kind !== "end") this.index += 1;
    if (token.text === "(") this.open.push("(");
    else if (token.text === ")") this.open.pop();
    return token;
  }
}

// The one name of a function that people call by several.
export function meant(name) {
  return Object.hasOwn(tables.aliases, name) ? tables.aliases[name] : name;
}
