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
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (exponent < -4 || exponent >= digits) {
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${bare(mantissa)}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  return bare(value.toFixed(digits - 1 - exponent));
}

export function numberText(value) {
  return trueMinus(general(value));
}

// A tuple as Python prints it.
export function tupleText(sizes) {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
}
