// Saying where and why a text is no formula, in the words of the question it answers.
import { unread } from "./finding.mjs";
import { meant } from "./grammar.mjs";
import { isPrintable } from "./text.mjs";

export function misread({ key, position, parameters }, text, known, abbreviations) {
  const signs = [...text.slice(0, 5000)];
  let words = { ...parameters };
  const part = signs.slice(position, position + 80);
  const isAlone = (k) => k && !"<>=".includes(part[k - 1]) && part[k + 1] !== "=";
  const equals = part.findIndex((sign, k) => sign === "=" && isAlone(k));
  if (equals >= 0 && ["formula.character", "formula.name"].includes(key)) {
    // Of ∂B/∂z = p − t the left side is no formula, and need not be one.
    key = "formula.equation";
    position += equals;
    words = { character: "=" };
  }
  const { found = "" } = words;
  const entries = Object.entries(abbreviations);
  if (entries.length === 1) {
    // A single one is recalled to those who write another name, or its function without brackets.
    const [[name, meaning]] = entries;
    const isOther = key === "formula.name";
    if (isOther || (key === "formula.brackets" && meaning.startsWith(`${meant(found)}(`))) {
      key = isOther ? "formula.called" : "formula.brackets_called";
      words = { ...words, name, meaning };
    }
  }
  const written = withPoint(signs, position);
  if (found === "," && written) {
    key = "formula.comma";
    words = { written };
  }
  return unread(key, {
    ...words,
    known: known.join(", "),
    column: position + 1,
    place: pointedAt(signs, position),
  });
}

// The number around a decimal comma as it is to be written, "" where there is none.
function withPoint(signs, position) {
  const before = /\d+$/.exec(signs.slice(Math.max(0, position - 30), position).join(""));
  const after = /^,(\d+)/.exec(signs.slice(position).join(""));
  return before && after ? `${before[0]}.${after[1]}` : "";
}

// The line of a text around a position, with an arrow under the character.
function pointedAt(signs, position) {
  const start = Math.max(0, position - 40);
  const part = signs.slice(start, position + 30).map((c) => (isPrintable(c) ? c : " ")).join("");
  const lead = start ? "…" : "";
  return `    ${lead}${part}\n    ${" ".repeat(lead.length + position - start)}↑`;
}
