// The value of a formula of numbers, exactly: powers, decimals, digits in groups, no rounding.
import { Fraction, bits } from "./fraction.mjs";
import { parseFormula } from "./grammar.mjs";
import { pattern } from "./pattern.mjs";
import { firstOf, strip, visible } from "./text.mjs";
import { LONGEST_FORMULA } from "./tokens.mjs";

const MOST_BITS = 1000;

// Digits in groups of three, with one sign between all groups: never a decimal such as 0,125.
const GROUPED =
  /(?<![0-9.,])[1-9][0-9]{0,2}([ \u00a0\u2009\u202f_,])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])/g;
const BESIDE = pattern("[0-9]\\s+[0-9.]");

// The reason is "text", "beside" (two numbers), "zero" (a division by it) or "huge".
export class NotAFraction {
  constructor(reason) {
    this.reason = reason;
  }
}

// Throws NotAFormula or NotAFraction.
export const fractionOf = (text) => exactValue(formulaOfNumbers(text));

// The tree of a formula without variables; its digits may stand in groups.
export function formulaOfNumbers(text) {
  if ([...text].length > LONGEST_FORMULA) throw new NotAFraction("text");
  const joined = visible(text).replace(GROUPED, (number, sign) => number.replaceAll(sign, ""));
  if (BESIDE.test(joined)) throw new NotAFraction("beside");
  return parseFormula(joined, []);
}

export function exactValue({ kind, value, sign, left, right }) {
  if (kind === "literal") return smallOnly(value);
  if (kind !== "operation") throw new NotAFraction("text");
  const [a, b] = [exactValue(left), exactValue(right)];
  if (sign === "^") {
    if (b.below !== 1n) throw new NotAFraction("text");
    if (BigInt(mostBits(a)) * (b.above < 0n ? -b.above : b.above) > MOST_BITS) {
      throw new NotAFraction("huge");
    }
  }
  const isInverse = sign === "/" ? !b.above : sign === "^" && !a.above && b.above < 0n;
  if (isInverse) throw new NotAFraction("zero");
  const methods = { "+": "plus", "-": "minus", "*": "times", "/": "over", "^": "power" };
  return smallOnly(a[methods[sign]](sign === "^" ? b.above : b));
}

const mostBits = (value) => Math.max(bits(value.above), bits(value.below));

function smallOnly(value) {
  if (mostBits(value) > MOST_BITS) throw new NotAFraction("huge");
  return value;
}

// A text with a point for its decimal comma, "" where it has none.
export function pointed(text) {
  const clean = strip(visible(firstOf(text, 100)));
  return /^[-+−]?[0-9]*,[0-9]+$/.test(clean) ? clean.replace(",", ".") : "";
}
