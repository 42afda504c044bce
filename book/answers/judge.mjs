// Judging the text that a reader has typed, and saying what was found.
import { choice } from "./choice.mjs";
import { derivation } from "./derivation.mjs";
import { expression } from "./expression.mjs";
import { blank, isFinding } from "./finding.mjs";
import { matching } from "./matching.mjs";
import { mended } from "./mended.mjs";
import { matrixFormula } from "./matrix.mjs";
import { matrixDerivation } from "./matrixDerivation.mjs";
import { order } from "./order.mjs";
import { filled, tables } from "./tables.mjs";
import { isBlank } from "./text.mjs";

const KINDS = {
  Choice: choice,
  Derivation: derivation,
  Expression: expression,
  Matching: matching,
  MatrixDerivation: matrixDerivation,
  MatrixFormula: matrixFormula,
  Mended: mended,
  Order: order,
};

// Returns {status, key, text}, as Python's `check` does for the same text.
export function judge(question, answer) {
  const finding = found(question, answer);
  const { status, key } = finding;
  return { status, key, text: said(finding, question) };
}

function found(question, answer) {
  if (isBlank(answer)) return blank("answer.blank");
  const kind = { ...KINDS[question.kind], ...question.answer };
  const got = kind.read(answer, question.words);
  return isFinding(got) ? got : kind.compare(got, question.known, question.words);
}

function said(finding, question) {
  const reason = reasonOf(finding, question);
  return finding.advice ? `${reason}\n${inWords(finding.advice, finding, question)}` : reason;
}

function reasonOf(finding, question) {
  const [table, key] = finding.key.split(".");
  const { words } = question;
  if (table === "misconception") {
    const text = words.misconceptions[key];
    if (finding.line === undefined) return text;
    return filled(tables.words["derivation.known"], { line: finding.line, text });
  }
  if (table === "option") return `${key}: ${words.options[key].feedback}`;
  return inWords(finding.key, finding, question);
}

function inWords(key, { line, parameters }, { variable, words }) {
  const named =
    line === undefined ? variable : filled(tables.words["derivation.line"], { line, variable });
  return filled(tables.words[key], { ...parameters, variable: named, why: words.why });
}
