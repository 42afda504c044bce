// The normal form of a formula: one text for all that differ only in what is no step.
// Another order of terms or factors, + 0, · 1, / 1, brackets that change nothing, the place of
// a minus in a product, numbers multiplied out, and e^x for exp(x) are no step. Nor is it one to
// add what is taken off again, or to multiply by what is divided out: that is for `reducedForm`.
import { Fraction } from "./fraction.mjs";
import { application, isNumber, isOperation, operation } from "./grammar.mjs";
import { isMinus } from "./reading.mjs";

export function normalForm(node) {
  return sumForm(lean(node), false);
}

// The normal form without terms that add up to 0 and factors that cancel.
export function reducedForm(node) {
  return sumForm(lean(node), true);
}

// A formula without + 0, · 1, / 1 and double minus, and with exp for powers of e.
function lean(node) {
  if (node.kind === "application") return application(node.name, node.inner.map(lean));
  if (!node.left) return node;
  const [left, right] = [lean(node.left), lean(node.right)];
  if (node.kind === "comparison") return { ...node, left, right };
  const { sign } = node;
  if ("+-".includes(sign) && isNumber(right, 0n)) return left;
  if ("*/^".includes(sign) && isNumber(right, 1n)) return left;
  if (sign === "+" && isNumber(left, 0n)) return right;
  if (sign === "*" && isNumber(left, 1n)) return right;
  if (sign === "^" && left.name === "e") return application("exp", [right]);
  return operation(sign, left, right);
}

function sumForm(node, reduces) {
  let terms = termsOf(node, 1n, reduces);
  if (reduces) {
    const sums = new Map();
    for (const [number, body] of terms) sums.set(body, sums.get(body)?.plus(number) ?? number);
    terms = [...sums].filter(([, number]) => number.above).map(([body, number]) => [number, body]);
  }
  return terms.map(([number, body]) => termForm(number, body)).sort().join("");
}

function termForm(number, body) {
  const negative = number.above < 0n;
  const size = negative ? String(number).slice(1) : String(number);
  return (negative ? "-" : "+") + (size === "1" ? "" : size) + body;
}

// The terms of a sum, each as a number and what it is multiplied by.
function termsOf(node, sign, reduces) {
  const { left, right } = node;
  if (isOperation(node, "+-")) {
    const before = isNumber(left, 0n) ? [] : termsOf(left, sign, reduces);
    return [...before, ...termsOf(right, node.sign === "+" ? sign : -sign, reduces)];
  }
  let number = new Fraction(sign);
  const factors = [];
  for (const [way, factor] of factorsOf(node, "*")) {
    if (factor instanceof Fraction) number = number.times(factor);
    else factors.push(way + atomForm(factor, reduces));
  }
  return [[number, (reduces ? uncancelled(factors) : factors).sort().join("")]];
}

// Factors without those that stand above and below.
function uncancelled(factors) {
  const kept = [...factors];
  for (const factor of factors) {
    const [above, below] = [kept.indexOf(factor), kept.indexOf("/" + factor.slice(1))];
    if (factor[0] === "*" && above >= 0 && below >= 0) {
      for (const place of [above, below].sort((a, b) => b - a)) kept.splice(place, 1);
    }
  }
  return kept;
}

// The factors of a product with * or / in front; numbers as they multiply.
function factorsOf(node, sign) {
  const { left, right, value } = node;
  if (isOperation(node, "*/")) {
    const other = sign === "*" ? "/" : "*";
    return [...factorsOf(left, sign), ...factorsOf(right, node.sign === "*" ? sign : other)];
  }
  if (isMinus(node)) return [["*", new Fraction(-1n)], ...factorsOf(right, sign)];
  if (!value?.above) return [[sign, node]];
  return [["*", sign === "*" ? value : new Fraction(value.below, value.above)]];
}

function atomForm(node, reduces) {
  const { kind, name, sign, left, right, inner, value } = node;
  const form = (part) => sumForm(part, reduces);
  if (kind === "literal") return String(value);
  if (kind === "symbol") return name;
  if (kind === "application") return `${name}(${inner.map(form).join()})`;
  if (kind === "comparison") return form(left) + sign + form(right);
  return sign === "^" ? `(${form(left)})^(${form(right)})` : `(${form(node)})`;
}
