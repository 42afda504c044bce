// Answers that are derivations with matrices: every line compared with the one before it.
import { MOST_LINES, linesOf, membersOf } from "./derivationLines.mjs";
import { almost, blank, isFinding, right, unread, wrong } from "./finding.mjs";
import {
  allSame,
  attempted,
  finiteValue,
  firstDifference,
  isSame,
  readMatrices,
  valuesOf,
} from "./matrix.mjs";
import { functionsIn, parseMatrices } from "./matrices.mjs";
import { shapeText } from "./matrixParts.mjs";
import { words } from "./text.mjs";

const withoutBlanks = (text) => words(text).join("");

export const matrixDerivation = {
  read(answer) {
    const lines = linesOf(answer);
    if (isFinding(lines)) return lines;
    const formulas = [];
    for (const [index, line] of lines.entries()) {
      const parts = membersOf(line);
      if (formulas.length + parts.length > MOST_LINES) {
        return unread("derivation.long", { most: MOST_LINES });
      }
      for (const part of parts) {
        const formula = readMatrices(part, this.shapes);
        if (isFinding(formula)) return { ...formula, line: index + 1 };
        formulas.push(formula);
      }
    }
    return formulas;
  },

  compare(got, known) {
    const given = parseMatrices(this.reference[0], this.shapes);
    if (got.every(({ normal }) => normal === given.normal)) {
      return blank("derivation.blank", { given: given.text });
    }
    const lines = [given, ...got];
    for (let line = 1; line < lines.length; line += 1) {
      const finding = this.step(lines[line - 1], lines[line], known);
      if (finding) return { ...finding, line };
    }
    if (!this.hasForm(lines.at(-1))) {
      return { ...almost("matrix.form", { form: this.form }), line: got.length };
    }
    if (got[0].normal !== given.normal && this.hasForm(got[0])) {
      return almost("derivation.end", { given: `    ${given.text}` });
    }
    // Those up to the first that is the last one already.
    const normal = lines.map((line) => line.normal);
    const count = new Set(normal.slice(0, normal.indexOf(normal.at(-1)) + 1)).size;
    const { minimum } = this;
    return count < minimum ? almost("matrix.short", { count, minimum }) : right();
  },

  // What is wrong with a line, when the line before it is right.
  step(before, after, known) {
    const { draws, shapes } = this;
    const pairs = attempted(
      () => draws.map((draw) => [finiteValue(before, draw), finiteValue(after, draw)]),
      wrong
    );
    if (isFinding(pairs)) return pairs;
    const off = pairs.find(([left, other]) => !isSame(left, other));
    if (!off) return null;
    const values = pairs.map((pair) => pair[1]);
    const slip = known.find((m) => allSame(values, valuesOf(m.wrong, shapes, draws)));
    if (slip) return wrong(`misconception.${slip.key}`);
    const [got, expected] = [shapeText(off[1]), shapeText(off[0])];
    if (got !== expected) return wrong("matrix.step_shape", { got, expected });
    const [entry, left, other] = firstDifference(...off);
    const texts = { before: before.text, after: after.text };
    return wrong("matrix.step", { ...texts, entry, left, right: other });
  },

  // Whether a line is the form, with a formula of the other matrices in it.
  hasForm(line) {
    const taken = parseMatrices(this.form.replace("…", "1"), this.shapes).names;
    const free = Object.entries(this.shapes).filter(([name]) => !taken.has(name));
    const [begin, end] = withoutBlanks(this.form).split("…");
    const text = withoutBlanks(line.text);
    const fits = text.startsWith(begin) && text.endsWith(end) && text.length > (begin + end).length;
    if (!fits) return false;
    const inside = text.slice(begin.length, text.length - end.length);
    const formula = attempted(
      () => parseMatrices(inside, Object.assign(Object.create(null), Object.fromEntries(free))),
      unread
    );
    return !isFinding(formula) && !functionsIn(formula).length;
  },
};
