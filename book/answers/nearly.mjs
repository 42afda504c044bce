// Right values changed in one simple way: told where no known slip explains a wrong answer.
import { arrayOf, axesReversed, nestedOf } from "./arrays.mjs";
import { Fraction } from "./fraction.mjs";
import { numberText, trueMinus } from "./text.mjs";
import { accepts } from "./tolerance.mjs";

const LEAST_VALUES = 2; // one number alone is a multiple of every other one
const LEAST_CHANGE = 1e-3; // a smaller one is a matter of digits

const sizes = (nested) => arrayOf(nested).shape;
const flat = (nested) => arrayOf(nested).values;
const largestOf = (values) => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const sorted = (nested) => flat(nested).sort((x, y) => x - y);

const backwards = (nested) =>
  Array.isArray(nested[0]) ? nested.map(backwards) : [...nested].reverse();

function axesTurned(nested) {
  const { shape, values } = arrayOf(nested);
  return nestedOf({ shape: [...shape].reverse(), values: axesReversed(shape, values) });
}

// What is done to an array, to how many axes at least.
const ORDERS = [
  ["transposed", axesTurned, 2],
  ["reversed", (nested) => [...nested].reverse(), 1],
  ["reversed", backwards, 1],
];

// How all given values differ from the right ones, and by which number as text; null where they
// differ otherwise. Pairs are of nested lists: right values, and those that are given.
export function nearly(pairs, tolerance) {
  const accepted = (e, g) => {
    const given = flat(g);
    return flat(e).every((x, i) => accepts(tolerance, x, given[i]));
  };
  const alike = ([e, g]) => sizes(e).join() === sizes(g).join();
  const comparable = ([e, g]) =>
    sizes(e).length === sizes(g).length;
  const same = ([e, g]) => flat(e).length === flat(g).length;
  if (!pairs.every(same) || !flat(pairs).every(Number.isFinite)) return null;
  const isLaidOut = ([e, g]) => flat(e).length >= LEAST_VALUES && accepted(e, g);
  const laidOut = pairs.every(isLaidOut) ? ["reshaped", ""] : null;
  if (!pairs.every(comparable)) return laidOut;
  if (pairs.every(alike)) {
    const number = byNumber(flat(pairs.map(([e]) => e)), flat(pairs.map(([, g]) => g)), accepted);
    if (number) return number;
  }
  for (const [name, change, axes] of ORDERS) {
    if (!pairs.every(([e]) => sizes(e).length >= axes)) continue;
    const changed = pairs.map(([e, g]) => [change(e), g]);
    if (changed.every((pair) => alike(pair) && accepted(...pair))) return [name, ""];
  }
  const permuted = ([e, g]) => alike([e, g]) && sizes(e).length && accepted(sorted(e), sorted(g));
  if (pairs.every(permuted)) return ["permuted", ""];
  const isSigned = ([e, g]) => sizes(e).length && accepted(flat(e).map(Math.abs), flat(g).map(Math.abs));
  return pairs.every(alike) && pairs.every(isSigned) ? ["signs", ""] : laidOut;
}

function byNumber(expected, got, accepted) {
  const most = largestOf(expected);
  if (expected.length < LEAST_VALUES || !most || !largestOf(got)) return null;
  const place = expected.findIndex((x) => Math.abs(x) === most);
  const factor = got[place] / expected[place];
  const times = expected.map((x) => factor * x);
  if (Math.abs(factor - 1) > LEAST_CHANGE && accepted(times, got)) {
    return Math.abs(factor + 1) < 1e-6 ? ["negated", ""] : ["factor", factorText(factor)];
  }
  const shift = got[place] - expected[place];
  const changed = Math.abs(shift) > LEAST_CHANGE * most && expected.some((x) => x !== expected[0]);
  const plus = expected.map((x) => x + shift);
  return changed && accepted(plus, got) ? ["shifted", factorText(shift)] : null;
}

// A factor as a short fraction where it is one.
export function factorText(factor) {
  const short = Fraction.parse(String(factor)).nearest(100n);
  if (Math.abs(short.float - factor) <= 1e-6 * Math.abs(factor)) return trueMinus(String(short));
  return numberText(factor);
}
