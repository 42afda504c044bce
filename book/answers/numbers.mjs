// Answers that are numbers: one number, an exact fraction, an array of numbers.
import { arrayOf, entryText, floatOf, nestedOf, sameShape } from "./arrays.mjs";
import { almost, isFinding, right, unread, wrong } from "./finding.mjs";
import { Fraction } from "./fraction.mjs";
import { factorText, nearly } from "./nearly.mjs";
import { arrayFromText, numberFromText } from "./readNumbers.mjs";
import { floatText, numberText, trueMinus, tupleText } from "./text.mjs";
import { TYPED_DIGITS, accepts, acceptsAll, distance } from "./tolerance.mjs";
import { asFloat, typedFraction, typedNumber, typedUnbounded } from "./typed.mjs";

const oneNumber = (value) => ({ shape: [], values: [value] });

export const number = {
  read(answer) {
    const expected = floatOf(this.expected);
    const got = numberFromText(answer, typedNumber, (value) => accepts(this, expected, value));
    return isFinding(got) ? got : asFloat(got);
  },

  compare(got, known) {
    const expected = floatOf(this.expected);
    if (accepts(this, expected, got)) return right();
    const recognised = nearest(this, oneNumber(got), known);
    if (recognised) return recognised;
    const said = { got: numberText(got) };
    if (!Number.isFinite(got)) return wrong("number.finite", said);
    const [near, factor] = relative(expected, got);
    if (near) return wrong(near, { ...said, factor });
    if (expected % 1 === 0 && got % 1 && got * 1000 === expected) return unread("number.thousands", said);
    const key = direction(expected, got);
    return (key !== "number.digits" && roundedSlip(oneNumber(got), known)) || wrong(key, said);
  },
};

export const rational = {
  read(answer) {
    const readExactly = (clean) => typedUnbounded(clean) ?? exactFromText(clean);
    const isRight = (meant) =>
      fractionFrom(this.expected).equals(meant instanceof Fraction ? meant : new Fraction(BigInt(meant)));
    const got = numberFromText(answer, readExactly, isRight);
    if (isFinding(got)) {
      return got.key === "number.text" ? { ...got, key: "rational.text" } : got;
    }
    if (typeof got === "bigint") return { value: new Fraction(got), decimal: false };
    return typeof got === "number" ? wrong("number.finite", { got: numberText(got) }) : got;
  },

  compare({ value, decimal }, known) {
    const expected = fractionFrom(this.expected);
    if (value.equals(expected)) return right();
    const slips = known.map(({ key, wrong: version }) => ({ key, version: fractionFrom(version) }));
    const slip = slips.find(({ version }) => value.equals(version));
    if (slip) return wrong(`misconception.${slip.key}`);
    const got = fractionText(value);
    if (value.equals(new Fraction(0n).minus(expected))) return wrong("rational.sign", { got });
    const [alike, factor] = relative(expected.float, value.float);
    if (alike) return wrong(alike, { got, factor });
    if (!decimal) return wrong("rational.value", { got });
    const near = value.float;
    const said = { got: numberText(near) };
    if (accepts(TYPED_DIGITS, expected.float, near)) return almost("rational.form", said);
    if (isRounded(expected.float, near)) return wrong("rational.digits", said);
    const floats = slips.map(({ key, version }) => ({ key, wrong: version.float }));
    const one = oneNumber(near);
    return nearest(TYPED_DIGITS, one, floats) ?? roundedSlip(one, floats) ?? wrong("rational.value", said);
  },
};

export const array = {
  read(answer) {
    return arrayFromText(answer, arrayOf(this.expected).shape.length);
  },

  compare(got, known) {
    const expected = arrayOf(this.expected);
    if (acceptsAll(this, expected, got)) return right();
    const recognised = nearest(this, got, known);
    if (recognised) return recognised;
    const changed = () => nearly([[nestedOf(expected), nestedOf(got)]], this);
    if (!sameShape(got, expected)) {
      const decimals = joinedPairs(got, expected);
      if (decimals && acceptsAll(TYPED_DIGITS, expected, decimals)) {
        return unread("array.pairs", { written: floatText(decimals.values[0]) });
      }
      const change = changed();
      const sizes = { got: tupleText(got.shape), expected: tupleText(expected.shape) };
      if (change) return wrong(`array.${change[0]}`, sizes);
      const slip = roundedSlip(got, known);
      if (slip) return slip;
      if (got.shape.length) return wrong("array.shape", sizes);
      return wrong("array.single", { ...sizes, got: numberText(got.values[0]) });
    }
    const said = (place) => ({ entry: entryText(got, place), got: numberText(got.values[place]) });
    const places = [...expected.values.keys()];
    const pair = (place) => [expected.values[place], got.values[place]];
    const unusable = (e, place) => Number.isFinite(e) && !Number.isFinite(got.values[place]);
    const lost = expected.values.findIndex(unusable);
    if (lost >= 0) return wrong("array.finite", said(lost));
    const off = places.filter((place) => !accepts(this, ...pair(place)));
    const plain = off.find((place) => !isRounded(...pair(place)));
    if (plain === undefined) return wrong("array.digits", said(off[0]));
    const change = changed();
    if (change) return wrong(`array.${change[0]}`, { factor: change[1] });
    const slip = roundedSlip(got, known);
    if (slip) return slip;
    return wrong("array.value", { ...said(plain), count: off.length, size: places.length });
  },
};

// The misconception whose wrong value is nearest, within tolerance.
export function nearest(tolerance, got, known) {
  let best = null;
  for (const { key, wrong: version } of known) {
    const expected = arrayOf(version);
    if (!acceptsAll(tolerance, expected, got)) continue;
    const gap = distance(expected, got);
    if (!best || gap < best.gap) best = { key, gap };
  }
  return best && wrong(`misconception.${best.key}`);
}

// The misconception of which `got` is a rounding, with a decimal point somewhere; null if none is.
function roundedSlip(got, known) {
  const rounds = ({ wrong: version }) => {
    const expected = arrayOf(version);
    const isIt = (e, k) => {
      const value = got.values[k];
      return accepts(TYPED_DIGITS, e, value) || (value % 1 && value.toExponential().includes(".") && isRounded(e, value));
    };
    return sameShape(expected, got) && expected.values.every(Number.isFinite) && expected.values.every(isIt);
  };
  const slip = known.find(rounds);
  return slip ? wrong(`misconception.${slip.key}`) : null;
}

// That `got` is twice or half of `expected`, 1 divided by it, or its percentage: which key, and factor.
function relative(expected, got) {
  const isMultiple = (factor) => expected && accepts(TYPED_DIGITS, expected * factor, got);
  const factor = [2, 0.5].find(isMultiple);
  if (factor) return ["number.factor", factorText(factor)];
  const size = Math.abs(expected);
  if (size && size !== 1 && accepts(TYPED_DIGITS, 1 / expected, got)) return ["number.turned"];
  return size <= 1 && isMultiple(100) ? ["number.percent"] : [];
}

// The decimals of somebody who types 0,5 for 0.5, which makes two numbers of each.
function joinedPairs({ shape, values, whole }, expected) {
  const flat = whole && shape.length === 1 && values.length === 2 * expected.values.length;
  if (!flat || values.some((value, place) => place % 2 && value < 0)) return null;
  const decimals = expected.values.map((_, k) => Number(`${values[2 * k]}.${values[2 * k + 1]}`));
  return { shape: [decimals.length], values: decimals };
}

// The key of what can be told about a wrong number without telling the right one.
function direction(expected, got) {
  const likeness = 1e-3 * Math.abs(expected);
  const isLike = (difference) => Math.abs(difference) <= likeness && likeness < Math.abs(got);
  if (isLike(got + expected)) return "number.sign";
  if ([10, 0.1].some((factor) => isLike(got * factor - expected))) return "number.point";
  if (isRounded(expected, got)) return "number.digits";
  return got < expected ? "number.low" : "number.high";
}

// Whether `got` is `expected`, rounded or cut off where its own decimals end.
export function isRounded(expected, got) {
  if (!Number.isFinite(got) || !Number.isFinite(expected)) return false;
  const [digits, power] = got.toExponential().split("e");
  const decimals = (digits.split(".")[1] ?? "").length - Number(power);
  const unit = new Fraction(1n, 10n ** BigInt(Math.max(decimals, 0)));
  const difference = Fraction.parse(String(expected)).minus(Fraction.parse(String(got)));
  const gap = difference.above < 0n ? new Fraction(0n).minus(difference) : difference;
  const isCut = gap.compare(unit) < 0 && Math.abs(got) < Math.abs(expected);
  const isNear = gap.compare(unit.over(new Fraction(2n))) <= 0 || isCut;
  return isNear && gap.float < 0.02 * Math.abs(expected);
}

export function exactFromText(clean) {
  return { value: typedFraction(clean), decimal: /[.%]/.test(clean) };
}

// Of an exported text, "3/4" or "5".
export function fractionFrom(text) {
  const [above, below = "1"] = text.split("/");
  return new Fraction(BigInt(above), BigInt(below));
}

function fractionText(value) {
  const short = /^-?\d{1,20}(\/\d{1,20})?$/.test(value);
  return short ? trueMinus(String(value)) : "a fraction of more than 20 digits";
}
