// Exact fractions of whole numbers without bounds.

function divisor(a, b) {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

export class Fraction {
  constructor(above, below = 1n) {
    if (below === 0n) throw new RangeError("division by zero");
    const common = divisor(above, below) * (below < 0n ? -1n : 1n);
    this.above = above / common;
    this.below = below / common;
  }

  // "12", "1.50", ".5e-3"
  static parse(text) {
    const [, whole, decimals = "", power = "0"] = /^([-+]?\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text);
    const digits = BigInt(whole.replace("+", "").replace(/^(-?)$/, "$10") + decimals);
    const exponent = BigInt(power) - BigInt(decimals.length);
    return exponent < 0n
      ? new Fraction(digits, 10n ** -exponent)
      : new Fraction(digits * 10n ** exponent);
  }

  plus(other) {
    return new Fraction(
      this.above * other.below + other.above * this.below,
      this.below * other.below
    );
  }

  minus(other) {
    return this.plus(new Fraction(-other.above, other.below));
  }

  times(other) {
    return new Fraction(this.above * other.above, this.below * other.below);
  }

  over(other) {
    return new Fraction(this.above * other.below, this.below * other.above);
  }

  power(whole) {
    const size = whole < 0n ? -whole : whole;
    const raised = new Fraction(this.above ** size, this.below ** size);
    return whole < 0n ? new Fraction(raised.below, raised.above) : raised;
  }

  equals(other) {
    return this.above === other.above && this.below === other.below;
  }

  compare(other) {
    const gap = this.above * other.below - other.above * this.below;
    return gap < 0n ? -1 : gap > 0n ? 1 : 0;
  }

  // The nearest fraction whose denominator is no larger than `most`.
  nearest(most) {
    if (this.below <= most) return this;
    const floor = (n, d) => n / d - (n % d < 0n ? 1n : 0n);
    let [p0, q0, p1, q1, n, d] = [0n, 1n, 1n, 0n, this.above, this.below];
    for (;;) {
      const a = floor(n, d);
      if (q0 + a * q1 > most) break;
      [p0, q0, p1, q1, n, d] = [p1, q1, p0 + a * p1, q0 + a * q1, d, n - a * d];
    }
    const k = (most - q0) / q1;
    const other = new Fraction(p0 + k * p1, q0 + k * q1);
    return 2n * d * other.below <= this.below ? new Fraction(p1, q1) : other;
  }

  // The nearest float: 64 bits of the quotient and whether anything is left, rounded once.
  get float() {
    if (this.above === 0n) return 0;
    const size = this.above < 0n ? -this.above : this.above;
    const shift = BigInt(66 - bits(size) + bits(this.below));
    const scaled = shift > 0n ? size << shift : size;
    const below = shift > 0n ? this.below : this.below << -shift;
    const quotient = scaled / below;
    const sticky = quotient * below === scaled ? quotient : quotient | 1n;
    const halves = Number(shift) / 2; // in two steps: 2^1074 is no float
    const value = (Number(sticky) / 2 ** Math.ceil(halves)) / 2 ** Math.floor(halves);
    return this.above < 0n ? -value : value;
  }

  toString() {
    return this.below === 1n ? String(this.above) : `${this.above}/${this.below}`;
  }
}

export function bits(whole) {
  if (whole === 0n) return 0;
  const digits = (whole < 0n ? -whole : whole).toString(16);
  return 4 * digits.length + 28 - Math.clz32(parseInt(digits[0], 16));
}
