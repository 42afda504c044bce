// A text with plain signs for what of LaTeX is known; the rest stays.
import { tables } from "./tables.mjs";

const MOST_ROUNDS = 20;

export function withoutLatex(text) {
  if (!/\\|\^\{/.test(text)) return text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = text;
    for (const [source, read] of tables.latex) text = text.replace(new RegExp(source, "g"), read);
    if (text === before) break;
  }
  return text;
}
