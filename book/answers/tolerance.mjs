// When two numbers count as the same: within a tolerance, infinities and NaN equal to themselves.
import { sameShape } from "./arrays.mjs";

// For a number that a person rounds and types.
export const TYPED_DIGITS = { relative: 1e-4, absolute: 1e-9 };

export function accepts({ relative, absolute }, expected, got) {
  if (Number.isNaN(expected) && Number.isNaN(got)) return true;
  if (!Number.isFinite(expected)) return got === expected;
  return Math.abs(got - expected) <= absolute + relative * Math.abs(expected);
}

export function acceptsAll(tolerance, expected, got) {
  const near = (e, place) => accepts(tolerance, e, got.values[place]);
  return sameShape(expected, got) && expected.values.every(near);
}

// The largest difference of finite entries.
export function distance(expected, got) {
  const gaps = expected.values.map((e, k) => (Number.isFinite(e) ? Math.abs(got.values[k] - e) : 0));
  return Math.max(0, ...gaps);
}
