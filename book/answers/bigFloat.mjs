// Numbers of as many bits as are asked for, rounded to the nearest (a tie to the even one) after
// every operation: what mpmath computes, bit by bit, so that digits agree with Python's.
import { Fraction, bits } from "./fraction.mjs";

let precision = 169; // 50 digits

// A formula without a real value at a point, or with one too large to compute.
export class NoValue {
  constructor(key) {
    this.key = key;
  }
}

export function undefinedThere() {
  throw new NoValue("formula.undefined");
}

export function workingBits() {
  return precision;
}

// What `compute` returns when it works with `count` bits.
export function withBits(count, compute) {
  const before = precision;
  precision = count;
  try {
    return compute();
  } finally {
    precision = before;
  }
}

export class BigFloat {
  constructor(man, exp) {
    this.man = man;
    this.exp = exp; // a number: no exponent that is allowed comes near 2^53
  }

  // A whole number times a power of two, to the bits that are worked with.
  static rounded(man, exp = 0) {
    const size = man < 0n ? -man : man;
    const extra = bits(size) - precision;
    if (extra <= 0) return new BigFloat(man, exp);
    const below = BigInt(extra - 1);
    const half = size >> below;
    let kept = half >> 1n;
    if (half & 1n && (kept & 1n || half << below !== size)) kept += 1n;
    return new BigFloat(man < 0n ? -kept : kept, exp + extra);
  }

  // The nearest float.
  get float() {
    if (Math.abs(this.exp) > 4000) return this.exp < 0 ? 0 : Math.sign(Number(this.man)) * Infinity;
    return new Fraction(this.man).times(new Fraction(2n).power(BigInt(this.exp))).float;
  }

  // A float, exactly.
  static of(number) {
    let exp = 0;
    for (; !Number.isInteger(number); exp -= 1) number *= 2;
    return new BigFloat(BigInt(number), exp);
  }

  get rounded() {
    return BigFloat.rounded(this.man, this.exp);
  }

  // 2^mag is the first power of two above its size.
  get mag() {
    return bits(this.man) + this.exp;
  }

  get sign() {
    return this.man > 0n ? 1 : this.man < 0n ? -1 : 0;
  }

  get negative() {
    return new BigFloat(-this.man, this.exp);
  }

  get size() {
    return this.man < 0n ? this.negative : this;
  }

  // The nearest float.
  get float() {
    const { man, exp } = withBits(53, () => this.rounded);
    const half = Math.trunc(exp / 2); // in two steps: 2^-1074 is one, 2^1074 is none
    return Number(man) * 2 ** half * 2 ** (exp - half);
  }

  plus(other) {
    if (!this.man) return other.rounded;
    if (!other.man) return this.rounded;
    const [high, low] = this.mag >= other.mag ? [this, other] : [other, this];
    const own = bits(high.man);
    const far = Math.max(own, precision) + 4;
    if (high.mag - low.mag > far) {
      // All that is seen of a number so small is its sign.
      return BigFloat.rounded((high.man << BigInt(far - own)) + BigInt(low.sign), high.exp + own - far);
    }
    const exp = Math.min(high.exp, low.exp);
    const raised = (x) => x.man << BigInt(x.exp - exp);
    return BigFloat.rounded(raised(high) + raised(low), exp);
  }

  minus(other) {
    return this.plus(other.negative);
  }

  times(other) {
    return BigFloat.rounded(this.man * other.man, this.exp + other.exp);
  }

  over(other) {
    if (!other.man) undefinedThere();
    const extra = Math.max(precision - bits(this.man) + bits(other.man) + 5, 5);
    const above = this.man << BigInt(extra);
    const quotient = above / other.man;
    const rest = quotient * other.man === above ? 0 : this.sign * other.sign;
    return BigFloat.rounded(2n * quotient + BigInt(rest), this.exp - other.exp - extra - 1);
  }

  get root() {
    if (this.man < 0n) undefinedThere();
    if (!this.man) return this;
    let shift = Math.max(4, 2 * precision - bits(this.man) + 4);
    shift += (this.exp - shift) & 1;
    const square = this.man << BigInt(shift);
    const whole = wholeRoot(square);
    const rest = whole * whole === square ? 0n : 1n;
    return BigFloat.rounded(2n * whole + rest, (this.exp - shift) / 2 - 1);
  }

  compare(other) {
    return this.minus(other).sign;
  }

  exceeds(number) {
    return this.compare(BigFloat.of(number)) > 0;
  }
}

export const BIG_ZERO = new BigFloat(0n, 0);
export const BIG_ONE = new BigFloat(1n, 0);

function wholeRoot(square) {
  let root = 1n << BigInt((bits(square) + 1) >> 1);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

// x^n for a whole number n.
function wholePower(x, n) {
  if (n < 0n) return BIG_ONE.over(n === -1n ? x : withBits(precision + 5, () => wholePower(x, -n)));
  const raised = withBits(precision + 64, () => {
    let result = BIG_ONE;
    for (let rest = n, square = x; rest; rest >>= 1n) {
      if (rest & 1n) result = result.times(square);
      if (rest > 1n) square = square.times(square);
    }
    return result;
  });
  return raised.rounded;
}

// x^y, with `exp` and `ln` of the same numbers.
export function bigPower(x, y, { exp, ln }) {
  let { man, exp: twos } = y;
  for (; man && !(man & 1n); twos += 1) man >>= 1n;
  if (!man || twos >= 0) return wholePower(x, man && man << BigInt(twos));
  if (x.man < 0n) undefinedThere();
  if (twos === -1) {
    return man === 1n ? x.root : wholePower(withBits(precision + 10, () => x.root), man);
  }
  if (!x.man) return man > 0n ? x : undefinedThere();
  const log = withBits(precision + 10, () => ln(x));
  return exp(new BigFloat(log.man * man, log.exp + twos));
}

// A number with `count` digits as mpmath.nstr writes it, and a whole one without ".0".
export function digitsOf(x, count) {
  if (!x.man) return "0";
  let [digits, exponent] = decimals(x.size, count + 3);
  const up = digits[count] >= "5";
  digits = digits.slice(0, count);
  if (up) {
    const next = String(BigInt(digits) + 1n);
    exponent += next.length - count;
    digits = next.slice(0, count);
  }
  let split = 1;
  let power = "";
  if (Math.min(-Math.floor(count / 3), -5) < exponent && exponent < count) {
    if (exponent < 0) digits = "0".repeat(-exponent) + digits;
    else split = exponent + 1;
  } else {
    power = `e${exponent < 0 ? "" : "+"}${exponent}`;
  }
  const fraction = digits.slice(split).replace(/0+$/, "");
  const point = fraction || power ? "." + (fraction || "0") : "";
  return (x.man < 0n ? "-" : "") + digits.slice(0, split) + point + power;
}

// The first digits of a positive number, at least `count`, and the power of ten of the first one.
function decimals(x, count) {
  const ten = new BigFloat(10n, 0);
  const { mag } = x;
  let scale = 0;
  if (Math.abs(mag) > 3500) {
    scale = Math.trunc(mag * Math.LOG10E * Math.LN2);
    x = withBits(400, () => x.over(wholePower(ten, BigInt(scale))));
  }
  const fixed = Math.max(0, Math.trunc(count * Math.log2(10)) + 10 - x.mag);
  const places = Math.trunc(fixed / Math.log2(10) + 0.5);
  const shift = BigInt(x.exp + fixed);
  const whole = shift >= 0n ? x.man << shift : x.man >> -shift;
  const digits = String((whole * 10n ** BigInt(places)) >> BigInt(fixed));
  return [digits, scale + digits.length - places - 1];
}
