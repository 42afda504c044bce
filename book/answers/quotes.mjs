// The text with blanks in place of the quotation or dollar signs around all of it.
import { tables } from "./tables.mjs";
import { isBlankSign } from "./text.mjs";

export function unquoted(text) {
  for (const [left, right] of [...tables.quotes, ...tables.quotes]) {
    let [from, to] = [0, text.length];
    while (from < to && isUnseen(text[from])) from += 1;
    while (from < to && isUnseen(text[to - 1])) to -= 1;
    if (to - from < 2 || text[from] !== left || text[to - 1] !== right) continue;
    while (from < to && text[from] === left) from += 1;
    while (from < to && text[to - 1] === right) to -= 1;
    const inside = text.slice(from, to);
    if (inside.includes(left) || inside.includes(right)) continue;
    text = " ".repeat(from) + inside + " ".repeat(text.length - to);
  }
  return text;
}

const isUnseen = (sign) => isBlankSign(sign) || tables.invisible.includes(sign);
