// The functions of formulas, for numbers of many bits: each is computed with more of them than are
// asked for, and rounded once.
import { BIG_ONE, BIG_ZERO, BigFloat, undefinedThere, withBits, workingBits } from "./bigFloat.mjs";
import { bits } from "./fraction.mjs";

const SPARE = 40;

const TWO = new BigFloat(2n, 0);

// A number as a whole number of 2^-places.
function fixedPoint({ man, exp }, places) {
  const shift = BigInt(exp + places);
  return shift >= 0n ? man << shift : man >> -shift;
}

// Σ 1/((2k + 1) n^(2k + 1)), or with alternating signs, in fixed point.
function arcOfInverse(n, places, alternating) {
  let term = (1n << BigInt(places)) / n;
  let sum = term;
  for (let odd = 3n; term; odd += 2n) {
    term /= alternating ? -n * n : n * n;
    sum += term / odd;
  }
  return sum;
}

const constantsKnown = {};

// π or ln 2 in fixed point; the most bits that were asked for so far are kept.
function constantOf(name, places) {
  const known = constantsKnown[name];
  if (known && known.places >= places) return known.value >> BigInt(known.places - places);
  const more = places + 100;
  const arc = (n) => arcOfInverse(n, more + 20, name === "pi");
  const value =
    name === "pi"
      ? 16n * arc(5n) - 4n * arc(239n)
      : 18n * arc(26n) - 2n * arc(4801n) + 8n * arc(8749n);
  constantsKnown[name] = { places: more, value: value >> 20n };
  return constantOf(name, places);
}

function floorDivision(a, b) {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

// exp(t) in fixed point, for |t| < 1: halved some times, summed, and squared as often.
function expOfFixed(t, places) {
  const halvings = Math.round(Math.sqrt(places) / 1.6);
  const more = BigInt(places + 2 * halvings);
  const small = t << BigInt(halvings);
  let term = 1n << more;
  let sum = term;
  for (let k = 1n; term; k += 1n) {
    term = ((term * small) >> more) / k;
    sum += term;
  }
  for (let k = 0; k < halvings; k += 1) sum = (sum * sum) >> more;
  return sum >> BigInt(2 * halvings);
}

// ln(m) in fixed point, for m between 3/4 and 3/2: each step has three times as many digits right.
function lnOfFixed(m, places) {
  const fewer = Math.ceil(places / 3) + 10;
  const rough =
    places < 150
      ? BigInt(Math.round(Math.log(Number(m) / 2 ** places) * 2 ** 60)) << BigInt(places - 60)
      : lnOfFixed(m >> BigInt(places - fewer), fewer) << BigInt(places - fewer);
  const raised = expOfFixed(rough, places);
  return rough + ((2n * (m - raised)) << BigInt(places)) / (m + raised);
}

export function bigExp(x) {
  const { mag } = x;
  if (!x.man || mag < -workingBits() - SPARE) return BIG_ONE;
  const places = workingBits() + SPARE + Math.max(mag, 0);
  const t = fixedPoint(x, places);
  const ln2 = constantOf("ln2", places);
  const twos = floorDivision(t, ln2);
  return BigFloat.rounded(expOfFixed(t - twos * ln2, places), Number(twos) - places);
}

export function bigLn(x) {
  if (x.man <= 0n) undefinedThere();
  let twos = x.mag;
  if (x.man << 2n < 3n << BigInt(bits(x.man))) twos -= 1;
  const reduced = new BigFloat(x.man, x.exp - twos); // between 3/4 and 3/2
  const off = withBits(Infinity, () => reduced.minus(BIG_ONE));
  if (!off.man && !twos) return BIG_ZERO;
  if (!twos && off.mag < -workingBits() - SPARE) return off.rounded; // ln(1 + off) is off
  const places = Math.max(100, workingBits() + SPARE - (twos ? 0 : off.mag));
  const ln = lnOfFixed(fixedPoint(reduced, places), places);
  return BigFloat.rounded(ln + BigInt(twos) * constantOf("ln2", places), -places);
}

// Where the first term of a series is all that can be seen.
function isTiny(x) {
  return !x.man || 2 * x.mag < -workingBits() - SPARE;
}

// The sine, or the cosine as the sine of a quarter turn more.
function turned(x, quarter) {
  if (isTiny(x)) return quarter ? BIG_ONE : x.rounded;
  const lost = Math.max(x.mag, 0);
  for (let places = workingBits() + SPARE + lost; ; ) {
    const halfPi = constantOf("pi", places) >> 1n;
    const t = fixedPoint(x, places);
    const turns = floorDivision(2n * t + halfPi, 2n * halfPi);
    const found = sineOfFixed(t - turns * halfPi, places, Number((turns + quarter) & 3n));
    // Near one of its zeros the sine has fewer digits than places.
    const lacking = workingBits() + SPARE / 2 + lost - bits(found);
    if (lacking <= 0) return BigFloat.rounded(found, -places);
    places += lacking;
  }
}

// sin(t + turns π/2) in fixed point, for |t| < 1.
function sineOfFixed(t, places, turns) {
  const odd = turns % 2 === 0;
  const square = (t * t) >> BigInt(places);
  let term = odd ? t : 1n << BigInt(places);
  let sum = term;
  for (let k = odd ? 2n : 1n; term; k += 2n) {
    term = -((term * square) >> BigInt(places)) / (k * (k + 1n));
    sum += term;
  }
  return turns < 2 ? sum : -sum;
}

// What is computed from exp(x), of which the first digits may cancel.
function fromExp(x, compute) {
  if (isTiny(x)) return null;
  const cancelled = Math.max(0, -2 * x.mag);
  return withBits(workingBits() + SPARE + cancelled, () => compute(bigExp(x))).rounded;
}

const half = (x) => new BigFloat(x.man, x.exp - 1);

export const BIG = {
  exp: bigExp,
  ln: bigLn,
  sqrt: (x) => x.root,
  abs: (x) => x.size.rounded,
  sign: (x) => BigFloat.of(x.sign),
  sin: (x) => turned(x, 0n),
  cos: (x) => turned(x, 1n),
  sinh: (x) => fromExp(x, (e) => half(e.minus(BIG_ONE.over(e)))) ?? x.rounded,
  cosh: (x) => fromExp(x, (e) => half(e.plus(BIG_ONE.over(e)))) ?? BIG_ONE,
  tanh: (x) =>
    fromExp(new BigFloat(x.man, x.exp + 1), (e) => e.minus(BIG_ONE).over(e.plus(BIG_ONE))) ??
    x.rounded,
  artanh(x) {
    if (x.size.compare(BIG_ONE) >= 0) undefinedThere();
    if (isTiny(x)) return x.rounded;
    const quotient = () => BIG_ONE.plus(x).over(BIG_ONE.minus(x));
    return half(bigLn(withBits(workingBits() + SPARE + Math.max(0, -2 * x.mag), quotient)));
  },
  log1p(x) {
    if (!x.man || x.mag < -workingBits() - SPARE) return x.rounded;
    return bigLn(withBits(3 * workingBits() + SPARE, () => BIG_ONE.plus(x)));
  },
  sigma: (x) => BIG_ONE.over(BIG_ONE.plus(bigExp(x.negative))),
  softplus: (x) => bigLn(BIG_ONE.plus(bigExp(x))),
  relu: (x) => (x.man > 0n ? x : BIG_ZERO),
  H: (x) => half(BigFloat.of(1 + x.sign)),
  ind: (truth) => truth,
  max: (x, y) => (y.compare(x) > 0 ? y : x),
  min: (x, y) => (y.compare(x) < 0 ? y : x),
};

export function bigConstant(name) {
  if (name === "e") return bigExp(BIG_ONE);
  const places = workingBits() + SPARE;
  return BigFloat.rounded(constantOf("pi", places), -places);
}
