// Answers that match things: each numbered item with a letter.
import { right, unread, wrong } from "./finding.mjs";
import { unjoined } from "./order.mjs";
import { LONGEST_QUOTE, firstOf, quoted, visible } from "./text.mjs";

export const matching = {
  read(answer, { options }) {
    const items = Object.keys(this.expected);
    const letters = Object.keys(options).filter((key) => !items.includes(key));
    const text = unjoined(visible(firstOf(answer, LONGEST_QUOTE)));
    let signs = [...text].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
    if (signs.length === items.length && signs.every((sign) => letters.includes(sign))) {
      signs = signs.flatMap((letter, index) => [items[index], letter]);
    }
    const pairs = new Map();
    for (let index = 0; index + 1 < signs.length; index += 2) {
      const [first, second] = signs.slice(index, index + 2);
      if (items.includes(second)) pairs.set(second, first);
      else pairs.set(first, second);
    }
    const sound =
      signs.length === 2 * items.length &&
      items.every((item) => letters.includes(pairs.get(item)));
    if (sound) return pairs;
    return unread("matching.pairs", {
      got: quoted(signs.join("")),
      items: items.join(", "),
      letters: letters.join(", "),
      example: items.map((item) => item + letters[0]).join(" "),
    });
  },

  compare(got, known, { options }) {
    const items = Object.keys(this.expected);
    const off = items.filter((item) => got.get(item) !== this.expected[item]);
    if (!off.length) return right();
    const count = { count: items.length - off.length, size: items.length };
    const slip = known.find((misconception) =>
      Object.entries(misconception.wrong).every(
        ([item, letter]) => off.includes(item) && got.get(item) === letter
      )
    );
    if (slip) return wrong(`misconception.${slip.key}`, count);
    const [item] = off;
    const letter = got.get(item);
    const reasons = { needs: options[item].feedback, gives: options[letter].feedback };
    return wrong("matching.pair", { item, letter, ...reasons, ...count });
  },
};
