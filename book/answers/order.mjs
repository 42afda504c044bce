// Answers that put things in order, by their letters.
import { right, unread, wrong } from "./finding.mjs";
import { pattern } from "./pattern.mjs";
import { tables } from "./tables.mjs";
import { LONGEST_QUOTE, firstOf, quoted, visible } from "./text.mjs";

export const order = {
  read(answer, { options }) {
    const text = visible(firstOf(answer, LONGEST_QUOTE));
    const letters = [...unjoined(text)].filter((c) => /\p{L}/u.test(c));
    const known = Object.keys(options).sort();
    const said = { got: quoted(text), known: known.join(", ") };
    const sound = letters.length && letters.every((letter) => known.includes(letter));
    if (!sound || new Set(letters).size < letters.length) return unread("order.letters", said);
    const all = known.length === this.expected.length;
    return all && letters.length < known.length ? unread("order.all", said) : letters.join("");
  },

  compare(letters, known, { options }) {
    const { expected } = this;
    if (letters === expected) return right();
    const slip = known.find((misconception) => misconception.wrong === letters);
    if (slip) return wrong(`misconception.${slip.key}`);
    if (expected.startsWith(letters)) return wrong("order.short", { last: letters.at(-1) });
    const place = [...letters].findIndex((letter, index) => letter !== expected[index]);
    const letter = letters[place];
    const key = expected.includes(letter) ? "order.place" : "order.stranger";
    return wrong(key, { letter, place: place + 1, about: options[letter].feedback });
  },
};

// The text in capitals, without words that stand between letters.
export function unjoined(text) {
  return text.toUpperCase().replace(pattern(`\\b(?:${tables.joining.join("|")})\\b`, "g"), "");
}
