// The value of a formula of numbers, exactly: powers, decimals, digits in groups, no rounding.
import { bits } from "./fraction.mjs";
import { parseFormula } from "./grammar.mjs";
import { BLANKS, strip, visible } from "./text.mjs";

const MOST_BITS = 1000;
const LONGEST_EXACT = 2000;

// Digits in groups of three, with one sign between all groups: never a decimal such as 0,125.
const GROUPED =
  /(?<![0-9.,])[1-9][0-9]{0,2}([ \u00a0\u2009\u202f_,])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])/g;
const BESIDE = new RegExp(`[0-9][${BLANKS}]+[0-9.]`);

// A formula that is not made of numbers and + - * / ^ with whole exponents.
export class NotAFraction {
  constructor(beside = false) {
    this.beside = beside; // two numbers beside each other: a mixed number as well as a product
  }
}

export class TooLarge {}

// Throws NotAFormula, NotAFraction, TooLarge, and RangeError for a division by zero.
export function fractionOf(text) {
  if ([...text].length > LONGEST_EXACT) throw new NotAFraction();
  const joined = visible(text).replace(GROUPED, (found, sign) => found.replaceAll(sign, ""));
  if (BESIDE.test(joined)) throw new NotAFraction(true);
  return exactValue(parseFormula(joined, []));
}

function exactValue({ kind, value, sign, left, right }) {
  if (kind === "literal") return small(value);
  if (kind !== "operation") throw new NotAFraction();
  const [a, b] = [exactValue(left), exactValue(right)];
  if (sign === "^") return small(raisedTo(a, b));
  const name = { "+": "plus", "-": "minus", "*": "times", "/": "over" }[sign];
  return small(a[name](b));
}

function raisedTo(base, { above, below }) {
  if (below !== 1n) throw new NotAFraction();
  const size = above < 0n ? -above : above;
  if (BigInt(mostBits(base)) * size > BigInt(MOST_BITS)) throw new TooLarge();
  return base.power(above);
}

function small(value) {
  if (mostBits(value) > MOST_BITS) throw new TooLarge();
  return value;
}

const mostBits = ({ above, below }) => Math.max(bits(above), bits(below));

// A text with a point for its decimal comma, "" where it has none.
export function withPoint(text) {
  const clean = strip(visible([...text.slice(0, 200)].slice(0, 100).join("")));
  return /^[-+−]?[0-9]*,[0-9]+$/.test(clean) ? clean.replace(",", ".") : "";
}
