// What a text stands for where numbers are asked for: one of them, or lists of lists of them.
// As in Python, a whole number is a BigInt, a decimal one a Number, all else a Fraction.
import { axesReversed } from "./arrays.mjs";
import { valueAt } from "./evaluation.mjs";
import { NotAFraction, exactValue, formulaOfNumbers, fractionOf, pointed } from "./exact.mjs";
import { Fraction } from "./fraction.mjs";
import { withoutLatex } from "./latex.mjs";
import { pattern } from "./pattern.mjs";
import { unquoted } from "./quotes.mjs";
import { tables } from "./tables.mjs";
import { firstOf, strip, visible } from "./text.mjs";
import { factors, spread } from "./typedMultiples.mjs";

export const LONGEST_TYPED = 2000;
export const DEEPEST_TYPED = 16;
export const MOST_TYPED = 200; // entries: each may be a formula

const NAME_SIGNS = "A-Za-z_∂\u00c0-\u024f\u0370-\u03ff\u1e00-\u1eff";
// The name of what is given and an equals sign, or the sign alone.
const NAMED = new RegExp(
  `^(?:[${NAME_SIGNS}][${NAME_SIGNS}0-9₀-₉²ᵀ /^'′\u0302()\\[\\],]{0,40}?)?[ \\n]*[:=≈~]?[=≈~][ \\n]*`
);
const FRACTION = /\bFraction\(([^(),]+),([^(),]+)\)/g;
const WHOLE_NUMBER = /^[-+]?[0-9]{1,15}$/;
const DECIMAL = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?$/;
const COMMA = /^[-+]?[0-9]*,[0-9]+$/;
const UNBOUNDED = /^([-+]?)(?:(?:np|numpy|math|sp|sympy)\.)?(inf|infinity|oo|∞|nan)$/i;

const MODULE = /(?<![A-Za-z0-9_.])(?:np|numpy|math|sp|sympy)\.(?=[a-z])/g;
const TINY = /[0-9.][eE][-+]?[0-9]{3}/; // in a formula, 1e-300 is not read as 1·e − 300

// A text that is not read: the key of the sentence that says why, and the part of it.
export class NotTyped {
  constructor(key, part = null) {
    Object.assign(this, { key, part });
  }
}

export const isTooLong = (text) => firstOf(text, LONGEST_TYPED) !== text;

export function withoutEnd(text, signs) {
  let end = text.length;
  while (end && signs.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

// A text without its quotation marks, invisible signs, and the name before =.
export function cleaned(text) {
  if (isTooLong(text)) throw new NotTyped("number.long");
  const plain = visible(unquoted(withoutLatex(text))).replace(/[−–—‐‑﹣]/g, "-").replace(/[“”„]/g, '"').replace(FRACTION, "(($1)/($2))");
  const bare = strip(strip(plain.replace(/[‘’]/g, "'")).replace(NAMED, ""));
  return bare
    .replace(pattern(tables.unsaid, "gi"), "")
    .replace(/^(?:minus|moins|negative) +/i, "-")
    .replace(/(?<![^-])[A-Za-zéè][A-Za-zéè -]*$/, (said) => tables.numerals[said.toLowerCase().replaceAll("-", " ")] ?? said);
}

// Blanks in place of the name before =, and no LaTeX.
export const unnamed = (text) =>
  withoutEnd(withoutLatex(text).replace(NAMED, (name) => " ".repeat(name.length)), " .;");

// The number that a cleaned text stands for; throws what fractionOf does.
export function typedNumber(text) {
  if (WHOLE_NUMBER.test(text)) return BigInt(text.replace("+", ""));
  if (DECIMAL.test(text)) return Number(text);
  const unbounded = typedUnbounded(text);
  if (unbounded !== null) return unbounded;
  if (text.endsWith("%")) return share(text, typedNumber);
  const node = formulaOfNumbers(text.replace(MODULE, ""));
  try {
    return exactValue(node);
  } catch (failure) {
    if (!["text", "huge"].includes(failure.reason)) throw failure;
    return roundedValue(node, text);
  }
}

// The float nearest to the value of a formula such as 10*ln(999).
function roundedValue(node, text) {
  if (TINY.test(text)) throw new NotAFraction("text");
  let value;
  try {
    value = valueAt(node, {}, {}).float;
  } catch (failure) {
    throw new NotAFraction(failure.key === "formula.huge" ? "huge" : "text");
  }
  if (!Number.isFinite(value)) throw new NotAFraction("huge");
  return value;
}

export function typedUnbounded(text) {
  const [found, sign, name] = UNBOUNDED.exec(text) ?? [];
  if (!found) return null;
  return name.toLowerCase() === "nan" ? NaN : sign === "-" ? -Infinity : Infinity;
}

export function typedFraction(text) {
  if (text.length < 20 && DECIMAL.test(text) && !/e/i.test(text)) return Fraction.parse(text);
  return text.endsWith("%") ? share(text, typedFraction) : fractionOf(text);
}

// So many hundredths.
function share(text, read) {
  const number = strip(text.slice(0, -1));
  if (number.endsWith("%")) throw new NotAFraction("text");
  const value = read(number);
  return value instanceof Fraction ? value.over(new Fraction(100n)) : Number(value) / 100;
}

export function asFloat(value) {
  return value instanceof Fraction ? value.float : Number(value);
}

// Both readings of a text such as 18,432: as a whole number, and with a point.
export function twoReadings(text) {
  if (!/^[-+]?[1-9][0-9]{0,2},[0-9]{3}$/.test(text)) return null;
  return [Number(text.replace(",", "")), text.replace(",", ".")];
}

// What a text stands for as {shape, entries}, each entry as `read` reads it. How many axes are
// asked for decides whether 1,5; 2,5 are decimals or rows.
export function typedArray(text, axes, read) {
  const splitter = new Splitter(text, axes);
  const entries = [];
  const readEntry = (entry) => typedEntry(entry, read, splitter.sure);
  const shape = gathered(splitter.items(), readEntry, entries);
  if (!splitter.turned || shape.length < 2) return { shape, entries };
  return { shape: [...shape].reverse(), entries: axesReversed(shape, entries) };
}

function gathered(item, read, entries) {
  if (typeof item === "string") {
    if (entries.length === MOST_TYPED) throw new NotTyped("array.large");
    entries.push(read(item));
    return [];
  }
  const shapes = item.map((member) => gathered(member, read, entries));
  if (shapes.some((shape) => shape.join() !== shapes[0].join())) throw new NotTyped("array.ragged");
  return [item.length, ...(shapes[0] ?? [])];
}

// An entry of an array, in which a comma is a decimal one, if that is sure or the only way.
function typedEntry(text, read, sure) {
  const clean = cleaned(text);
  if (!sure && twoReadings(clean)) throw new NotTyped("number.commas", clean);
  try {
    return read(pointed(clean) || clean);
  } catch (failure) {
    if (failure.reason === "huge") throw new NotTyped("number.huge");
    throw new NotTyped(failure.reason === "beside" ? "array.beside" : "array.text", strip(text));
  }
}

const OPENING = "([{";
const CLOSING = ")]}";
const CALLS = /\b(?:(?:np|numpy|sp|sympy|torch)\.)?(?:array|asarray|Matrix|tensor)(?=\()/g;
const TURNED = /([\])}]) ?(?:ᵀ|⊤|\.T|\^T|\^⊤)$/;
const HIDDEN = ",; \n()[]{}";
const OPERATORS = "+-*/^·⋅×∙∗•÷∕⁄=≈<>";

const hidden = (text) =>
  text.replace(/[,; \n()[\]{}]/g, (sign) => String.fromCharCode(0xe000 + HIDDEN.indexOf(sign)));
const unhidden = (text) => text.replace(/[\ue000-\ue009]/g, (sign) => HIDDEN[sign.charCodeAt(0) - 0xe000]);

function withoutCalls(text) {
  const plain = text.replace(CALLS, "").replace(/,[ \n]*dtype[ ]*=[ ]*[A-Za-z0-9_.]+/g, "");
  const bare = withoutEnd(plain, " .;,\n");
  return bare && `${CLOSING}ᵀ⊤T`.includes(bare.at(-1)) ? bare : plain;
}

// Cuts a text into nested lists of texts, each part looked at once on every level.
class Splitter {
  constructor(text, axes) {
    const bare = withoutCalls(cleaned(text));
    this.turned = TURNED.test(bare);
    this.axes = axes;
    this.sure = /(?<![0-9.,])0,[0-9]/.test(bare);
    this.text = bare
      .replace(TURNED, "$1")
      .replace(/(["'])([^"'\n]*)\1/g, (_, mark, inner) => hidden(inner))
      .replace(/[ \t\r]+/g, " ")
      .replace(/ ?\n[ \n]*/g, "\n")
      .replace(/,? (?:and|et|puis|then|to|à) /g, ", ")
      .replace(/\b(ln|log|exp|sqrt) (?=[0-9.])/g, (found) => hidden(found))
      .replace(/([,;([{])\n/g, "$1 ")
      .replace(/\n([,;)\]}])/g, " $1");
    this.partners = this.paired();
  }

  items() {
    for (let start = 0; start < this.text.length; start += 1) {
      const end = this.partners.get(start);
      if (end === undefined) continue;
      const around = factors(this.text.slice(0, start), this.text.slice(end + 1));
      const inner = this.text.slice(start, end + 1);
      const meant = around && spread(this.level(start + 1, end, 1)[0], inner, around, this.axes);
      if (meant) return meant;
      start = end;
    }
    const [items, separated] = this.level(0, this.text.length, 0);
    return separated || !items.length ? items : items[0];
  }

  // Where each bracket that opens is closed.
  paired() {
    const partners = new Map();
    const opened = [];
    for (let place = 0; place < this.text.length; place += 1) {
      const sign = this.text[place];
      if (OPENING.includes(sign)) opened.push(place);
      else if (CLOSING.includes(sign)) {
        const begin = opened.pop();
        if (begin === undefined || OPENING.indexOf(this.text[begin]) !== CLOSING.indexOf(sign)) {
          throw new NotTyped("array.written");
        }
        partners.set(begin, place);
      }
    }
    if (opened.length) throw new NotTyped("array.written");
    return partners;
  }

  // The items between two places, and whether something separates them.
  level(start, end, depth) {
    if (depth > DEEPEST_TYPED) throw new NotTyped("array.deep");
    let rows = this.cut(start, end, ";");
    if (rows.length === 1) rows = this.cut(start, end, "\n");
    const decimals = this.decimals(rows);
    if (decimals.length) return [decimals, true];
    const items = (parts) => parts.map((part) => this.item(...part, depth));
    if (rows.length === 1) {
      const [parts, separated] = this.row(start, end);
      return [items(parts), separated];
    }
    const members = this.nonempty(rows).map((row) => this.row(...row)[0]);
    const single = members.every((parts) => parts.length === 1);
    return [single ? members.map((parts) => items(parts)[0]) : members.map(items), true];
  }

  // The parts of a row: between commas, where it has any, else between blanks. In "0,25 0 1,5" every
  // comma is a decimal one.
  row(start, end) {
    const parts = this.cut(start, end, ",");
    const pieces = this.cut(start, end, " ").filter((piece) => this.bare(...piece));
    const several = pieces.length > 1;
    const isNumber = (piece) => /^[-+]?[0-9]+(?:[.,][0-9]+)?$/.test(this.bare(...piece));
    const decimal = several && pieces.every(isNumber);
    return parts.length > 1 && !decimal ? [this.nonempty(parts), true] : [pieces, several];
  }

  item(start, end, depth) {
    while (start < end && " \n".includes(this.text[start])) start += 1;
    while (start < end && " \n".includes(this.text[end - 1])) end -= 1;
    if (start === end) throw new NotTyped("array.written");
    if (this.partners.get(start) !== end - 1) return unhidden(this.text.slice(start, end));
    const [items, separated] = this.level(start + 1, end - 1, depth + 1);
    const single = this.text[start] === "(" && items.length === 1 && !separated;
    return single ? items[0] : items;
  }

  // The ranges between the signs that stand in no bracket.
  cut(start, end, sign) {
    const ranges = [];
    let begin = start;
    for (let place = start; place < end; place += 1) {
      if (this.partners.has(place)) place = this.partners.get(place);
      else if (this.text[place] === sign && (sign !== " " || this.separates(place))) {
        ranges.push([begin, place]);
        begin = place + 1;
      }
    }
    return [...ranges, [begin, end]];
  }

  // Whether a blank stands between two entries, and not beside an operator.
  separates(place) {
    const before = this.text.slice(Math.max(place - 1, 0), place);
    const behind = this.text.slice(place + 1, place + 3);
    if (OPERATORS.includes(before) || !behind) return false;
    if ("+-".includes(behind[0])) return behind.length === 2 && behind[1] !== " ";
    return !`${OPERATORS}%`.includes(behind[0]);
  }

  nonempty(ranges) {
    return this.bare(...ranges.at(-1)) ? ranges : ranges.slice(0, -1);
  }

  bare(start, end) {
    return this.text.slice(start, end).replace(/^[ \n]+|[ \n]+$/g, "");
  }

  // The entries of people who write decimals behind a comma, 0,5; 1.
  decimals(rows) {
    const words = this.nonempty(rows).map((part) => this.bare(...part));
    const isComma = (word) => COMMA.test(word);
    const sound = words.every((word) => isComma(word) || !word.includes(","));
    const isRows = this.axes === 2 && words.every(isComma);
    return words.length > 1 && sound && words.some(isComma) && !isRows ? words : [];
  }
}
