// Answers that are formulas: equivalence by points, the form asked for judged apart.
import { Domain, formProblem, namesIn } from "./domain.mjs";
import { twoValues } from "./evaluation.mjs";
import { almost, isFinding, right, wrong } from "./finding.mjs";
import { nearFormula, whereDefined } from "./nearFormulas.mjs";
import { Undefined } from "./points.mjs";
import { withReading } from "./reading.mjs";
import { visible } from "./text.mjs";
import { unnamed } from "./typed.mjs";

export const expression = {
  read(typed) {
    const answer = unnamed(typed);
    const node = new Domain(this.domain).readAnswer(answer, this.names);
    return isFinding(node) ? node : { node, text: visible(answer) };
  },

  // Value, misconception, form; a wrong formula is shown as it was read.
  compare(got, known) {
    const domain = new Domain(this.domain);
    const { values } = domain;
    const expected = domain.read(this.reference);
    let evidence;
    try {
      evidence = values.difference(got.node, expected);
    } catch (problem) {
      if (!(problem instanceof Undefined)) throw problem;
      return withReading(problem.finding, got);
    }
    if (!evidence) {
      const form = this.form && formProblem(got.node, this.form, got.text);
      const has = (node) => namesIn(node).includes("D");
      const unworked = has(got.node) && !has(expected);
      return form ?? (unworked ? almost("formula.unworked") : right());
    }
    const finding =
      recognized(got.node, known, domain, values) ??
      nearFormula(got.node, expected, values, domain.variables, domain.symbols);
    if (finding) return withReading(finding, got);
    const [mine, theirs] = twoValues(evidence.left, evidence.right);
    const told = { where: evidence.where, got: mine, expected: theirs };
    return withReading(wrong("formula.value", told), got);
  },
};

// The misconception whose formula agrees with `got` at every point, null if none does.
export function recognized(got, known, domain, values) {
  const agrees = (slip) => whereDefined(() => values.difference(got, domain.read(slip.wrong)) === null);
  const slip = known.find(agrees);
  return slip ? wrong(`misconception.${slip.key}`) : null;
}
