// Answers that are derivations: every line compared with the one before it.
import { linesOf, membersOf, MOST_LINES, shownFormula } from "./derivationLines.mjs";
import { Domain, formProblem, namesIn } from "./domain.mjs";
import { twoValues } from "./evaluation.mjs";
import { recognized } from "./expression.mjs";
import { almost, blank, isFinding, right, unread, wrong } from "./finding.mjs";
import { normalForm, reducedForm } from "./normal.mjs";
import { Undefined } from "./points.mjs";
import { withReading } from "./reading.mjs";

export const derivation = {
  read(answer) {
    const lines = linesOf(answer);
    if (isFinding(lines)) return lines;
    const domain = new Domain(this.domain);
    const members = [];
    for (const [index, text] of lines.entries()) {
      const parts = membersOf(text);
      const line = index + 1;
      if (members.length + parts.length > MOST_LINES) {
        return unread("derivation.long", { most: MOST_LINES });
      }
      for (const part of parts) {
        const node = domain.readAnswer(part, this.names);
        if (isFinding(node)) return { ...node, line };
        members.push({ line, text: shownFormula(part), node });
      }
    }
    return members;
  },

  compare(got, known) {
    return new Steps(this, known).judge(got);
  },
};

// First line, each step, last form, number of lines.
class Steps {
  constructor({ reference, domain, form, minimum }, known) {
    Object.assign(this, { form, known, minimum, domain: new Domain(domain) });
    this.given = { line: 0, text: reference, node: this.domain.read(reference) };
    this.values = this.domain.values;
  }

  judge(got) {
    const { given } = this;
    if (got.every(({ node }) => this.isGiven(node))) {
      return blank("derivation.blank", { given: given.text });
    }
    let finding = this.first(got[0]);
    const members = [given, ...got];
    for (let after = 1; !finding && after < members.length; after += 1) {
      finding = this.step(members[after - 1], members[after]);
    }
    if (finding) return finding;
    const last = members.at(-1);
    const form = formProblem(last.node, this.form, last.text);
    if (form) return { ...form, line: last.line };
    if (!this.isGiven(got[0].node) && this.isEnd(got[0].node)) {
      return almost("derivation.end", { given: `    ${given.text}` });
    }
    const count = this.different(members);
    const { minimum } = this;
    return count < minimum ? almost("derivation.short", { count, minimum }) : right();
  }

  // That the first line is neither the given one nor equal to it.
  first({ node, line, text }) {
    const { domain, given, known, values } = this;
    const unequal = this.evidence(given.node, node);
    if (!unequal || isFinding(unequal)) return unequal && { ...unequal, line };
    const finding = recognized(node, known, domain, values);
    const [own, others] = [node, given.node].map((part) => this.functionsIn(part).sort().join());
    if (finding && own !== others) return { ...finding, line };
    // With the functions of the given line it is a copy of that, and no step has been taken.
    return wrong("derivation.first", { got: text, given: `    ${given.text}` });
  }

  step(before, after) {
    const unequal = this.evidence(before.node, after.node);
    if (!unequal || isFinding(unequal)) return unequal && { ...unequal, line: after.line };
    const [left, right] = twoValues(unequal.left, unequal.right);
    const told = { before: before.text, after: after.text, where: unequal.where, left, right };
    const slip = recognized(after.node, this.known, this.domain, this.values);
    return { ...withReading(slip ?? wrong("derivation.step", told), after), line: after.line };
  }

  // Where two formulas differ, null if nowhere, or the finding that one has no value.
  evidence(left, right) {
    try {
      return this.values.difference(left, right);
    } catch (problem) {
      if (!(problem instanceof Undefined)) throw problem;
      return problem.finding;
    }
  }

  functionsIn(node) {
    return namesIn(node).filter((name) => !this.domain.variables.includes(name));
  }

  // Whether a line has the form asked for, which the given one has not.
  isEnd(node) {
    return !formProblem(node, this.form) && Boolean(formProblem(this.given.node, this.form));
  }

  isGiven(node) {
    return this.same(node) === this.same(this.given.node);
  }

  // How many lines there are up to the first that is the last one already. A line that only adds
  // or multiplies what cancels again is as good as the one before it.
  different(members) {
    const last = this.end(members.at(-1).node);
    const seen = [];
    for (const { node } of members) {
      const plain = this.same(node);
      if (!seen.includes(plain) && !seen.includes(reducedForm(node))) seen.push(plain);
      if (this.end(node) === last) break;
    }
    return seen.length;
  }

  // What a line comes to, where it has the form asked for.
  end(node) {
    const same = this.same(node);
    return same && this.isEnd(node) ? reducedForm(node) : same;
  }

  // What all lines share that count as one.
  same(node) {
    const arithmetic = this.functionsIn(this.given.node).length && !this.functionsIn(node).length;
    return arithmetic ? "" : normalForm(node);
  }
}
