// Reading a number or an array that is typed, or what is the matter with it.
import { NotAFraction, pointed } from "./exact.mjs";
import { unread } from "./finding.mjs";
import { quoted, strip, tupleText } from "./text.mjs";
import { DEEPEST_TYPED, LONGEST_TYPED, MOST_TYPED, NotTyped, asFloat, cleaned } from "./typed.mjs";
import { twoReadings, typedArray, typedNumber, withoutEnd } from "./typed.mjs";

// Where a text has two readings, the one that `isRight` likes is meant.
export function numberFromText(text, read, isRight) {
  let clean, bare;
  try {
    clean = cleaned(text);
    bare = withoutEnd(clean, ".;, ");
    const both = twoReadings(bare);
    if (both) {
      const [whole, written] = both;
      if (isRight(whole)) return BigInt(whole);
      const decimal = read(written);
      if (isRight(decimal.value ?? decimal)) return decimal;
      return unread("number.commas", { got: quoted(text), whole, written });
    }
    if (pointed(withoutEnd(bare, "% "))) bare = bare.replace(",", "."); // it parts no two numbers
    return agreed(bare, read);
  } catch (failure) {
    if (failure instanceof NotTyped) return notRead(failure, text);
    if (failure.reason === "huge") return unread("number.huge");
    const dotted = bare.replace(/(?<=[0-9]),(?=[0-9])/g, ".");
    const meant = dotted !== bare && !/^[([{]/.test(bare) ? orNull(dotted, (part) => agreed(part, read)) : null;
    if (meant !== null) return meant;
    const several = severalFromText(text, clean);
    if (several) return several;
    const key = failure.reason === "beside" ? "number.beside" : "number.text";
    return unread(key, { got: quoted(text) });
  }
}

function orNull(text, read) {
  try {
    return read(strip(text));
  } catch {
    return null;
  }
}

// The first of the values that 3*4 = 12 joins; they may differ by rounding. What is no number is
// passed over, as in 2u + v = 18; the last one must be.
function agreed(text, read) {
  const parts = text.split(/[=≈]/);
  const last = read(strip(parts.pop()));
  const values = [...parts.map((part) => orNull(part, read)).filter((value) => value !== null), last];
  const [first, ...others] = values.map((value) => asFloat(value.value ?? value));
  const isNear = (other) => Math.abs(other - first) <= 0.01 * Math.abs(first);
  const isRounding = (other) => other === first || first % 1 || other % 1;
  if (others.every((other) => isNear(other) && isRounding(other))) return values[0];
  throw new NotAFraction("text");
}

// What is the matter with a text of several numbers, null where it is none.
function severalFromText(text, clean) {
  if (!/[,;[{\n]/.test(clean)) return null;
  let values;
  try {
    values = typedArray(text, 0, typedNumber);
  } catch (failure) {
    if (failure instanceof NotTyped) return null;
    throw failure;
  }
  const { shape, entries } = values;
  const pair = shape.join() === "2" && entries.every((entry) => typeof entry === "bigint");
  if (pair && !/^[[{]/.test(clean)) return aPair(...entries);
  return unread("number.shape", { got: tupleText(shape) });
}

// What is to be said of 84,5, which is a pair, and of 84,500, which may be two things.
function aPair(first, second) {
  const got = `(${first}, ${second})`.slice(0, 40);
  const written = `${first}.${second}`;
  const groups = second === 0n || (100n <= second && second < 1000n);
  if (first !== 0n && -1000n < first && first < 1000n && groups) {
    return unread("number.grouped", { got, written, whole: `${first}${String(second).padStart(3, "0")}` });
  }
  return unread("number.pair", { got, written });
}

// In which words a text is refused.
export function notRead({ key, part }, text) {
  const both = part === null ? null : twoReadings(part);
  if (both) return unread(key, { got: quoted(part), whole: both[0], written: both[1] });
  const limits = { longest: LONGEST_TYPED, most: MOST_TYPED, deepest: DEEPEST_TYPED };
  return unread(key, { ...limits, got: quoted(part ?? text) });
}

// The array that a text stands for, {shape, values, whole}: whole if all entries are.
export function arrayFromText(text, axes) {
  try {
    const { shape, entries } = typedArray(text, axes, typedNumber);
    const whole = entries.length > 0 && entries.every((entry) => typeof entry === "bigint");
    return { shape, values: entries.map(asFloat), whole };
  } catch (failure) {
    if (failure instanceof NotTyped) return notRead(failure, text);
    throw failure;
  }
}
