// Answers that are chosen: one option or several.
import { lettersIn } from "./choiceLetters.mjs";
import { right, unread, wrong } from "./finding.mjs";
import { firstOf, quoted, visible } from "./text.mjs";

export const choice = {
  read(answer, { options }) {
    const letters = Object.keys(options);
    const texts = Object.fromEntries(letters.map((letter) => [letter, options[letter].text]));
    const seen = visible(firstOf(answer, 1000));
    const found = lettersIn(seen, texts, this.multiple);
    if (found) return found.sort();
    const said = { got: quoted(answer), known: letters.join(", "), example: letters[0] };
    // The example is the same whatever is right: it must not tell.
    if (this.multiple) said.example += `, ${letters.at(-1)}`;
    return unread(this.multiple ? "choice.letters" : "choice.letter", said);
  },

  compare(got, known) {
    if (!this.multiple && got.length > 1) return wrong("choice.one", { count: got.length });
    if (got.join() === this.correct.join()) return right();
    const slip = known.find((misconception) => misconception.wrong.join() === got.join());
    if (slip) return wrong(`misconception.${slip.key}`);
    const extra = got.filter((letter) => !this.correct.includes(letter));
    if (!extra.length) return wrong("choice.missing");
    const finding = wrong(`option.${extra[0]}`, { count: extra.length - 1 });
    return extra.length === 1 ? finding : { ...finding, advice: "choice.others" };
  },
};
