// How a derivation may be laid out: numbered lines, chains of equals signs.
import { unread } from "./finding.mjs";
import { withoutLatex } from "./latex.mjs";
import { pattern } from "./pattern.mjs";
import { unquoted } from "./quotes.mjs";
import { LONGEST_QUOTE, firstOf, isBlank, strip, visible, words } from "./text.mjs";

export const MOST_LINES = 40;
const LONGEST_DERIVATION = 10_000;

// The number of a line, as in "2. -ln(x)"; in "2. - ln(x)" it is a number to calculate with.
const LINE_NUMBER = pattern("^\\s*\\d{1,2}[.)]\\s+(?![+*/^]|-\\s)");
const EQUALS = /(?<![<>=])==?(?!=)/;
const LINE_ENDS = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

// The lines of a text, without empty ones, or what is the matter.
export function linesOf(answer) {
  const tooLong = unread("derivation.long", { most: MOST_LINES });
  if (firstOf(answer, LONGEST_DERIVATION) !== answer) return tooLong;
  const lines = unquoted(answer).split(LINE_ENDS);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > MOST_LINES) return tooLong;
  return lines.filter((line) => !isBlank(line));
}

// The formulas that a line joins by equals signs; one at an end joins nothing.
export function membersOf(line) {
  const parts = unquoted(visible(withoutLatex(line)).replace(LINE_NUMBER, "")).split(EQUALS);
  const members = parts.filter((part) => strip(part));
  return members.length ? members : [line];
}

// A formula as it is quoted, on one line, shortened where it is long.
export function shownFormula(formula) {
  const text = words(firstOf(formula, 4 * LONGEST_QUOTE)).join(" ");
  const isShort = firstOf(text, LONGEST_QUOTE) === text;
  return isShort ? text : firstOf(text, LONGEST_QUOTE - 1) + "…";
}
