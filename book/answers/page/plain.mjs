// The value of a formula in plain floats, and its derivative as a formula: for pictures.
import { engine } from "./engine.mjs";

// How the engine reads formulas, and what it makes them of; it is loaded before this script.
export const formulas = engine().formulas;

const PLAIN = {
  exp: Math.exp,
  ln: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  sin: Math.sin,
  cos: Math.cos,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  artanh: Math.atanh,
  log1p: Math.log1p,
  sigma: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  relu: (x) => Math.max(x, 0),
  H: (x) => (1 + Math.sign(x)) / 2,
  ind: Number,
  max: Math.max,
  min: Math.min,
};

// At a kink the slope is the mean of both sides, as H(0) = 1/2.
const SLOPES = {
  exp: "exp(x)",
  ln: "1/x",
  sqrt: "1/(2*sqrt(x))",
  abs: "sign(x)",
  sign: "0",
  sin: "cos(x)",
  cos: "-sin(x)",
  sinh: "cosh(x)",
  cosh: "sinh(x)",
  tanh: "1/cosh(x)^2",
  artanh: "1/(1-x^2)",
  log1p: "1/(1+x)",
  sigma: "sigma(x)*sigma(-x)",
  softplus: "sigma(x)",
  relu: "H(x)",
  H: "0",
};

const ZERO = formulas.number(0n);
const ONE = formulas.number(1n);

// A function from {name: number} to the value of a formula; NaN where it has none.
export function compiled(node) {
  const [left, right] = (node.inner ?? [node.left, node.right]).map((n) => n && compiled(n));
  switch (node.kind) {
    case "literal": {
      const number = node.value.float;
      return () => number;
    }
    case "symbol":
      return (point) => point[node.name] ?? { e: Math.E, pi: Math.PI }[node.name];
    case "comparison":
      return (point) => {
        const [a, b] = [left(point), right(point)];
        return { "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b }[node.sign];
      };
    case "application": {
      const act = PLAIN[node.name];
      return right ? (point) => act(left(point), right(point)) : (point) => act(left(point));
    }
  }
  const act = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "^": (a, b) => a ** b,
  }[node.sign];
  return (point) => act(left(point), right(point));
}

// A formula without D and primes: every derivative in it is worked out.
export function workedOut(node) {
  if (node.kind === "application") {
    const [body, at] = node.inner;
    if (node.name === "D") return derivative(workedOut(body), at.name);
    if (node.name.endsWith("'")) {
      const before = formulas.application(node.name.slice(0, -1), [formulas.symbol("x")]);
      return put(derivative(workedOut(before), "x"), workedOut(body));
    }
    return formulas.application(node.name, node.inner.map(workedOut));
  }
  if (!node.left) return node;
  return { ...node, left: workedOut(node.left), right: workedOut(node.right) };
}

// The derivative of a formula that is worked out, with respect to one variable.
export function derivative(node, name) {
  const isVariable = (part) => part.kind === "symbol" && part.name === name;
  if (![...formulas.walk(node)].some(isVariable)) return ZERO;
  if (node.kind === "symbol") return ONE;
  if (node.kind === "application") return ofFunction(node, name);
  const { sign, left, right } = node;
  const [a, b] = [derivative(left, name), derivative(right, name)];
  if ("+-".includes(sign)) return formulas.operation(sign, a, b);
  if (sign === "*") return plus(times(a, right), times(left, b));
  if (sign === "/") {
    const square = formulas.operation("^", right, formulas.number(2n));
    return formulas.operation("-", over(a, right), over(times(left, b), square));
  }
  const byBase = times(times(right, formulas.operation("^", left, formulas.operation("-", right, ONE))), a);
  return plus(byBase, times(times(node, formulas.application("ln", [left])), b));
}

function ofFunction({ name: act, inner }, name) {
  const slopes = inner.map((part) => (part.kind === "comparison" ? ZERO : derivative(part, name)));
  if (act === "ind") return ZERO;
  if (act in SLOPES) return times(put(formulas.parseFormula(SLOPES[act], ["x"]), inner[0]), slopes[0]);
  const [one, other] = act === "max" ? inner : [...inner].reverse();
  const larger = (a, b) => formulas.application("H", [formulas.operation("-", a, b)]);
  return plus(times(larger(one, other), slopes[0]), times(larger(other, one), slopes[1]));
}

// A formula in x with another one in its place.
function put(node, inner) {
  if (node.kind === "symbol") return node.name === "x" ? inner : node;
  if (node.inner) return formulas.application(node.name, node.inner.map((part) => put(part, inner)));
  return node.left ? { ...node, left: put(node.left, inner), right: put(node.right, inner) } : node;
}

// What is multiplied by 0 is left out: it may have no value, as ln(x) in the slope of x^2.
function times(left, right) {
  if (left === ZERO || right === ZERO) return ZERO;
  if (left === ONE) return right;
  return right === ONE ? left : formulas.operation("*", left, right);
}

function over(left, right) {
  return left === ZERO ? ZERO : formulas.operation("/", left, right);
}

function plus(left, right) {
  if (left === ZERO) return right;
  return right === ZERO ? left : formulas.operation("+", left, right);
}
