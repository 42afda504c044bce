// Patterns as Python reads them: \w, \d, \s and \b know every script, and ignoring case takes i
// for the i of Turkish as well.
import { BLANKS } from "./text.mjs";

const SIGNS = { w: "\\p{L}\\p{N}_", d: "\\p{Nd}", s: BLANKS };
const EDGE = `(?:(?<=[${SIGNS.w}])(?![${SIGNS.w}])|(?<![${SIGNS.w}])(?=[${SIGNS.w}]))`;

export function pattern(source, flags = "") {
  let within = false; // square brackets
  const translated = source.replace(/\[\^\\W\\d_\]|\\?[^]/g, (piece) => {
    if (piece.length > 2) return "[\\p{L}\\p{Nl}\\p{No}]";
    if (piece === "[" || piece === "]") within = piece === "[";
    if (piece === "\\b") return EDGE;
    if (piece === "i" && flags.includes("i")) return within ? "iİı" : "[iİı]";
    const signs = piece[0] === "\\" && SIGNS[piece[1].toLowerCase()];
    if (!signs) return piece;
    return within ? signs : `[${piece[1] in SIGNS ? "" : "^"}${signs}]`;
  });
  return new RegExp(translated, `${flags}u`);
}

// A text as a piece of a pattern that stands for itself.
export function literally(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
