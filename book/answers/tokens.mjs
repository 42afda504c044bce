// Cutting a formula into tokens, each of which remembers where it stood.
import { pattern } from "./pattern.mjs";
import { unquoted } from "./quotes.mjs";
import { tables } from "./tables.mjs";

export const LONGEST_FORMULA = 2000;
const MOST_DIGITS = 30;
const MOST_TOKENS = 400;

const TOKEN = new RegExp(
  "(?<indicator>1_?(?=\\((?:[^()]|\\([^()]*\\))*[<>]))" +
    "|(?<derivative>d/d(?=[A-Za-z]))" +
    "|(?<number>(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d{1,2}(?![\\d.]))?)" +
    "|(?<module>(?:np|numpy|math|sp|sympy)\\.(?<bare>[A-Za-z]\\w*(?:\\([^()]{0,20}\\))?))" +
    "|(?<name>(?:ln|sqrt)(?=\\d)|[A-Za-z_][A-Za-z_0-9]*)" +
    "|(?<sign>\\*\\*|<=|>=|[-+*/^(),<>'|])",
  "y"
);

// The whole number before a fraction of one sign.
const WHOLE = pattern("(?<![\\w.])[0-9]+[ \\u00a0\\u2009\\u202f]?$");

const STRANGE = { "=": "formula.equation", "\\": "formula.latex", $: "formula.latex" };

export class NotAFormula {
  constructor(key, position, parameters = {}) {
    Object.assign(this, { key, position, parameters });
  }
}

export function tokenize(text) {
  const typed = [...text.slice(0, 2 * LONGEST_FORMULA + 2)];
  if (typed.length > LONGEST_FORMULA) {
    throw new NotAFormula("formula.long", LONGEST_FORMULA, { longest: LONGEST_FORMULA });
  }
  const [plain, origin] = inAscii([...unquoted(text)]);
  const tokens = [];
  let position = 0;
  while (position < plain.length) {
    if (plain[position] === " ") {
      position += 1;
      continue;
    }
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(plain);
    const at = origin[position];
    if (!match) {
      throw new NotAFormula(STRANGE[typed[at]] ?? "formula.character", at, {
        character: typed[at],
      });
    }
    const { groups, 0: piece } = match;
    if (groups.module) {
      const [name] = groups.bare.split("(");
      if (name in tables.functions || name in tables.aliases || tables.constants.includes(name)) {
        position += piece.length - groups.bare.length;
        continue;
      }
      throw new NotAFormula("formula.name", at, { found: piece.split("(")[0] });
    }
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    if (kind === "number" && piece.length > MOST_DIGITS) {
      throw new NotAFormula("formula.digits", at, { most: MOST_DIGITS });
    }
    tokens.push({ kind, text: piece === "**" ? "^" : piece, position: at });
    if (tokens.length > MOST_TOKENS) {
      throw new NotAFormula("formula.long", at, { longest: LONGEST_FORMULA });
    }
    position += piece.length;
  }
  return [...tokens, { kind: "end", text: "", position: typed.length }];
}

// The text in ASCII where it can be, and for each character where it came from.
function inAscii(typed) {
  const { characters, fractions, subscripts, superscripts } = tables;
  const plain = [];
  const origin = [];
  let raised = false;
  typed.forEach((character, index) => {
    const up = character in superscripts;
    let piece =
      superscripts[character] ?? subscripts[character] ?? characters[character] ?? character;
    if (piece.length > 1 && /^[a-z]+$/i.test(piece)) piece = ` ${piece} `; // xσ(x) is a product of x
    if (up && !raised) piece = "^(" + piece;
    else if (raised && !up) piece = ")" + piece;
    raised = up;
    const whole = fractions.includes(character) && WHOLE.exec(typed.slice(Math.max(0, index - 60), index).join(""));
    if (whole) {
      // 2½ is (2+1/2)
      const start = plain.length - whole[0].length;
      plain.splice(start, 0, "(");
      origin.splice(start, 0, origin[start]);
      piece = "+" + piece.slice(1);
    }
    for (const sign of piece) {
      plain.push(sign);
      origin.push(index);
    }
  });
  if (raised) {
    plain.push(")");
    origin.push(typed.length - 1);
  }
  return [plain.join(""), origin];
}
