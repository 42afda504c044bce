// Which options of a choice a text names: by letter, by the option's words, or by both.
import { literally, pattern } from "./pattern.mjs";
import { tables } from "./tables.mjs";
import { words } from "./text.mjs";

const SEPARATING = " \t\n,;&∧+/|.(){}[]'\"“”„«»*!:_`-–—";
const A_WORD = "[^\\W\\d_]+(?:['’][^\\W\\d_]+)*";

// The letters that `item` names, null where it names none clearly; `options` has the text of each
// option by its letter, `several` tells whether more than one may be named.
export function lettersIn(item, options, several) {
  const letters = Object.keys(options);
  const itself = plain(item);
  const named = letters.find((letter) => plain(options[letter]) === itself);
  if (named) return [named];
  const printed = plain(item.replace(pattern("^(\\W*\\w+)\\W*\\s"), "$1 "));
  const both = letters.find((letter) => plain(`${letter} ${options[letter]}`) === printed);
  if (both) return [both];
  return allLetters(item, letters) ?? (several ? null : leadingLetter(item, letters));
}

// The letters of "A, C", "a and c", "AC" or "lines A C": nothing else in it.
function allLetters(item, letters) {
  const { verbs, filling } = tables.choices;
  const byLetter = new Map(letters.map((letter) => [letter.toLowerCase(), letter]));
  const said = pattern(`\\b(?:${verbs.join("|")})\\b`, "g");
  const text = item.toLowerCase().replaceAll("’", "'").replace(said, " ");
  const signs = [...text.replace(pattern(A_WORD, "g"), "")];
  const isRange = pattern("^\\W*\\w\\s*[-–—]\\s*\\w\\W*$").test(text);
  if (isRange || !signs.every((sign) => SEPARATING.includes(sign))) return null;
  const found = [];
  for (const word of text.match(pattern(A_WORD, "g")) ?? []) {
    if (byLetter.has(word)) found.push(word);
    else if (!filling.includes(word)) found.push(...word);
  }
  const sound = found.length && found.every((word) => byLetter.has(word));
  return sound ? [...new Set(found.map((word) => byLetter.get(word)))] : null;
}

// The letter of "line B is wrong", "B is wrong" or "B, because …": no other one.
// A letter without a label may be a word, such as "A limit ...": something must set it apart.
function leadingLetter(item, letters) {
  const { nouns, articles } = tables.choices;
  const letter = `(${letters.map(literally).join("|")})`;
  const label =
    `^\\W*(?:(?:${articles.join("|")})\\s+)?` +
    `(?:(?:${nouns.join("|")})s?)\\b\\s*(?:is|are)?\\s*[:=]?\\s*`;
  const apart = "(?:\\s*[().:,;–—-]|\\s+(?:because|since|is(?!\\s+not))\\b)";
  const match =
    pattern(`${label}${letter}\\b`, "i").exec(item) ??
    pattern(`^\\W*${letter}${apart}`, "i").exec(item);
  if (!match || pattern(`\\b${letter}\\b`).test(item.slice(match[0].length))) return null;
  return letters.filter((option) => option.toLowerCase() === match[1].toLowerCase());
}

function plain(text) {
  return words(text.replace(/[*$]/g, "").toLowerCase())
    .join(" ")
    .replace(/^[ .]+|[ .]+$/g, "");
}
