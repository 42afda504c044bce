// Texts and numbers as Python writes them: quoted, cut short, with a true minus, with six digits.
import { tables } from "./tables.mjs";

export const LONGEST_QUOTE = 80;

// What Python takes for blank, to stand inside square brackets; JavaScript's \s is not the same.
export const BLANKS =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const BLANK = new RegExp(`[${BLANKS}]`);

export const isBlankSign = (sign) => BLANK.test(sign);

export function strip(text) {
  let [from, to] = [0, text.length];
  while (from < to && isBlankSign(text[from])) from += 1;
  while (from < to && isBlankSign(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

// What blanks separate, as Python's split.
export function words(text) {
  return text.split(new RegExp(`[${BLANKS}]+`)).filter(Boolean);
}

const UNTOUCHED = ["", "...", "…"];

// What an untouched line or answer holds.
export function isBlank(text) {
  return text.length < 100 && UNTOUCHED.includes(strip(text));
}

// So many characters, where there are more.
export function firstOf(text, count) {
  return [...text.slice(0, 2 * count)].slice(0, count).join("");
}

const ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

export function isPrintable(character) {
  return character === " " || !/[\p{C}\p{Z}]/u.test(character);
}

function escaped(character) {
  if (ESCAPES[character]) return ESCAPES[character];
  if (isPrintable(character)) return character;
  const code = character.codePointAt(0).toString(16);
  if (code.length <= 2) return "\\x" + code.padStart(2, "0");
  return code.length <= 4 ? "\\u" + code.padStart(4, "0") : "\\U" + code.padStart(8, "0");
}

export function repr(text) {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  return mark + [...text].map((c) => (c === mark ? "\\" + c : escaped(c))).join("") + mark;
}

export function quoted(text) {
  const isShort = firstOf(text, LONGEST_QUOTE) === text;
  return repr(isShort ? text : firstOf(text, LONGEST_QUOTE - 1) + "…");
}

// Without invisible characters, and with full-width signs in their usual width.
export function visible(text) {
  const { invisible, wide } = tables;
  return [...text].map((c) => (invisible.includes(c) ? "" : wide[c] ?? c)).join("");
}

export function trueMinus(text) {
  return text.replace(/(?<![\p{L}\p{N}_.])-(?=[\d.])/gu, "−");
}

// As "%.6g" writes it, with other numbers of digits too.
export function general(value, digits = 6) {
  if (!Number.isFinite(value)) return unbounded(value);
  const [rounded, exponent] = toDigits(Math.abs(value), digits);
  const mantissa = rounded.replace(/\.?0+$/, "") || "0";
  const positional = -4 <= exponent && exponent < digits;
  return signOf(value) + (positional ? placed(mantissa, exponent) : powered(mantissa, exponent));
}

// A float as Python prints it: as few digits as tell it from all others.
export function floatText(value) {
  if (!Number.isFinite(value)) return unbounded(value);
  const [mantissa, power] = Math.abs(value).toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return signOf(value) + powered(mantissa, exponent);
  const text = placed(mantissa, exponent);
  return signOf(value) + (text.includes(".") ? text : `${text}.0`);
}

const unbounded = (value) => String(value).replace("NaN", "nan").replace("Infinity", "inf");
const signOf = (value) => (value < 0 || Object.is(value, -0) ? "-" : "");

// The mantissa and the power of ten: half-way cases are rounded to the even digit, as in Python.
function toDigits(size, digits) {
  const [up, power] = size.toExponential(digits - 1).split("e");
  const [exact, below] = size.toExponential(Math.min(digits + 30, 100)).split("e");
  const tie = /^50*$/.test(exact.replace(".", "").slice(digits));
  const even = tie && Number(exact.replace(".", "")[digits - 1]) % 2 === 0;
  return even ? [exact.slice(0, up.length), Number(below)] : [up, Number(power)];
}

function placed(mantissa, exponent) {
  const digits = mantissa.replace(".", "");
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return digits.length > exponent + 1 ? `${whole}.${digits.slice(exponent + 1)}` : whole;
}

function powered(mantissa, exponent) {
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${size}`;
}

export function numberText(value) {
  return trueMinus(general(value));
}

// A tuple as Python prints it.
export function tupleText(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}
