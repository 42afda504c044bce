// Answers that find the first wrong line of a proof and mend it: the two are judged apart.
import { lettersIn } from "./choiceLetters.mjs";
import { expression } from "./expression.mjs";
import { almost, isFinding, right, unread, wrong } from "./finding.mjs";
import { pattern } from "./pattern.mjs";
import { unquoted } from "./quotes.mjs";
import { quoted, strip, visible } from "./text.mjs";

export const mended = {
  read(answer, { options }) {
    let [line, formula] = apart(answer);
    const letters = Object.keys(options);
    if (formula !== null && letters.includes(strip(formula).toUpperCase())) {
      [line, formula] = [formula, line];
    }
    const texts = Object.fromEntries(letters.map((letter) => [letter, options[letter].text]));
    const found = lettersIn(visible([...line].slice(0, 1000).join("")), texts, false);
    if (found?.length !== 1) {
      return unread("mended.letter", { got: quoted(line), known: letters.join(", ") });
    }
    if (formula === null) return { line: found[0], formula };
    const going = formula.replace(pattern("^\\s*=(?!=)"), ""); // as the line goes on
    return { line: found[0], formula: ofFormula(this).read(going) };
  },

  compare({ line, formula }, known) {
    const verdict = formula && !isFinding(formula) ? ofFormula(this).compare(formula, known) : formula;
    const isRight = verdict?.status === "right";
    if (line !== this.line) {
      const other = wrong(`option.${line}`);
      return isRight ? { ...other, advice: "mended.formula" } : other;
    }
    if (!verdict) return almost("mended.half", { line });
    if (isRight) return right();
    return { ...verdict, advice: "mended.line", parameters: { ...verdict.parameters, line } };
  },
};

function ofFormula({ formula }) {
  return { ...expression, ...formula };
}

// The letter and the formula of "B: x" or "line B: x = y", and null where there is none.
function apart(answer) {
  const quote = "[\"'“”‘’]?";
  const pair = pattern(`^\\s*[([{](\\s*${quote}\\w${quote}\\s*[,:][^]*)[)\\]}]\\s*$`);
  const text = unquoted([...answer].slice(0, 10000).join("")).replace(pair, "$1");
  const between = "(?:\\s*[:=,;)→]\\s*|\\s+[-–—]?\\s*(?=[^\\n]*[\\d()*/^+]))";
  const line = `((?:[^\\W\\d_]{4,}\\s+)?\\w)`;
  const found = pattern(`^\\s*\\(?${quote}${line}${quote}${between}(?=\\S)`).exec(text);
  return found ? [found[1], text.slice(found[0].length)] : [text, null];
}
