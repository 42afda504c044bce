// Formulas of one question: read them, compare them at its points, judge their form.
import { almost } from "./finding.mjs";
import { isConstant, parseFormula, walk } from "./grammar.mjs";
import { misread } from "./misread.mjs";
import { Values } from "./points.mjs";
import { asTyped } from "./reading.mjs";
import { tables } from "./tables.mjs";
import { NotAFormula } from "./tokens.mjs";

export class Domain {
  // `points` are those of the question, `abbreviations` formulas as text.
  constructor({ points, abbreviations }) {
    const known = Object.keys(points[0]);
    Object.assign(this, { points, abbreviations, variables: [...known], definitions: Object.create(null) });
    // An abbreviation may use those before it, so that none stands for itself.
    for (const [name, text] of Object.entries(abbreviations)) {
      this.definitions[name] = parseFormula(text, known);
      known.push(name);
    }
    this.symbols = known;
  }

  read(text) {
    return parseFormula(text, this.symbols, this.abbreviations);
  }

  // The tree of a reader's text, or what is the matter; the names `known` are listed then.
  readAnswer(text, known) {
    try {
      return this.read(text);
    } catch (problem) {
      if (!(problem instanceof NotAFormula)) throw problem;
      return misread(problem, text, known, this.abbreviations);
    }
  }

  get values() {
    return new Values(this.points, this.definitions);
  }
}

// What keeps `node` from having the form asked for, in the words of `text`; null if nothing does.
export function formProblem(node, { allowed, required }, text = "") {
  const used = namesIn(node);
  const extra = used.filter((name) => !allowed.includes(name)).map((name) => asTyped(name, text));
  if (extra.length) {
    return almost("formula.form", { extra: extra.join(", "), allowed: allowed.join(", ") });
  }
  if (required.length && !required.some((name) => used.includes(name))) {
    return almost("formula.required", { required: required.join(", ") });
  }
  return null;
}

// Functions and variables of a formula as written, each once, in order.
export function namesIn(node) {
  const names = [...walk(node)].map(({ kind, name, sign, left, right }) => {
    if (kind === "application") return name;
    if (kind === "symbol") return tables.constants.includes(name) ? "" : name;
    return sign === "^" && isConstant(left) && !isConstant(right) ? "exp" : "";
  });
  return [...new Set(names.filter(Boolean))];
}
