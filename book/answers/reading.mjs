// A formula as it was read, with every bracket that decides, and its names as they were typed.
import { isNumber, isOperation, meant, walk } from "./grammar.mjs";
import { NotAFormula, tokenize } from "./tokens.mjs";
import { general } from "./text.mjs";

const LONGEST_READING = 300;

// Functions that can be typed without their names: the sign that tells, and how they are quoted.
const BY_SIGN = { abs: ["|", "|…|"], ind: ["1", "1_{…}"], exp: ["^", "e^…"] };

// A formula with brackets around every quotient and power.
export function asRead(node) {
  const { kind, name, sign, left, right, inner } = node;
  if (kind === "literal") {
    return node.value.below === 1n ? String(node.value) : general(node.value.float);
  }
  if (kind === "symbol") return name;
  if (kind === "application") return `${name}(${inner.map(asRead).join(", ")})`;
  if (kind === "comparison") return `${asRead(left)} ${sign} ${asRead(right)}`;
  if (isMinus(node)) return `−${factorRead(right)}`;
  if (sign === "+") return `${termRead(left)} + ${termRead(right)}`;
  if (sign === "-") return `${termRead(left)} − ${termRead(right, "/^+-")}`;
  if (sign === "*") return `${factorRead(left)}·${factorRead(right)}`;
  return `${operandRead(left)}${sign}${operandRead(right)}`;
}

// -x, which is read as 0 - x.
export function isMinus(node) {
  return isOperation(node, "-") && isNumber(node.left, 0n);
}

const bracketed = (node, isIt) => (isIt ? `(${asRead(node)})` : asRead(node));
const termRead = (node, signs = "/^") => bracketed(node, isOperation(node, signs));
const factorRead = (node) => bracketed(node, isOperation(node, "+-/^"));
// What stands over or under a bar or a power; a minus alone needs no brackets there.
const operandRead = (node) =>
  bracketed(node, (isMinus(node) ? node.right : node).kind === "operation");

// Whether a formula has a slash, a power, a product without its sign or in a sum.
function isEasilyMisread(node, text) {
  const signs = tokensIn(text)?.map((token) => token.text);
  if (!signs) return true; // it was shortened to be quoted
  const parts = [...walk(node)];
  const products = parts.filter((part) => isOperation(part, "*")).length;
  const hasProduct = ({ left, right }) => isOperation(left, "*") || isOperation(right, "*");
  return (
    signs.includes("/") ||
    signs.includes("^") ||
    products > signs.filter((sign) => sign === "*").length ||
    parts.some((part) => isOperation(part, "+-") && hasProduct(part))
  );
}

function tokensIn(text) {
  try {
    return tokenize(text);
  } catch (problem) {
    if (!(problem instanceof NotAFormula)) throw problem;
    return null;
  }
}

// A finding with the formula as it was read, where that is easily mistaken.
export function withReading(finding, { node, text }) {
  const read = asRead(node);
  if (!isEasilyMisread(node, text) || [...read].length > LONGEST_READING) return finding;
  return { ...finding, advice: "formula.read", parameters: { ...finding.parameters, read } };
}

// How a function or variable stands in a text.
export function asTyped(name, text) {
  const tokens = tokensIn(text);
  if (!tokens) return name;
  const token = tokens.find((token) => token.text === name || meant(token.text) === name);
  if (token) {
    const typed = [...text].slice(token.position);
    return typed.join("").startsWith(token.text) ? token.text : typed[0];
  }
  const [sign, quote] = BY_SIGN[name] ?? [];
  return sign && tokens.some((token) => token.text[0] === sign) ? quote : name;
}
