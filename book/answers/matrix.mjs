// Answers that are formulas of matrices: their value on random ones, and the shapes on the way.
import { right, unread, wrong } from "./finding.mjs";
import { parseMatrices } from "./matrices.mjs";
import { NotAMatrix, shapeText } from "./matrixParts.mjs";
import { nearly } from "./nearly.mjs";
import { numberText } from "./text.mjs";
import { unnamed } from "./typed.mjs";

const ROUNDING = 1e-12; // a smaller number is what rounding left of 0
const CLOSE = { relative: 1e-9, absolute: 1e-9 };
const NEARLY = ["negated", "factor", "transposed"];

export const matrixFormula = {
  read(answer) {
    return readMatrices(unnamed(answer), this.shapes);
  },

  compare(got, known) {
    const { draws, shapes } = this;
    const values = attempted(() => draws.map((draw) => finiteValue(got, draw)), wrong);
    if (!Array.isArray(values)) return asItWasRead(values, got);
    const truths = valuesOf(this.expected, shapes, draws);
    if (allSame(values, truths)) return right();
    const slip = known.find((m) => allSame(values, valuesOf(m.wrong, shapes, draws)));
    if (slip) return asItWasRead(wrong(`misconception.${slip.key}`), got);
    const [change, factor] = nearly(truths.map((truth, i) => [truth, values[i]]), CLOSE) ?? [];
    if (NEARLY.includes(change)) return asItWasRead(wrong(`matrix.${change}`, { factor }), got);
    const first = values.findIndex((value, i) => !isSame(value, truths[i]));
    const [value, truth] = [values[first], truths[first]];
    if (shapeText(value) !== shapeText(truth)) {
      const sizes = { got: shapeText(value), expected: shapeText(truth) };
      return asItWasRead(wrong("matrix.shape", sizes), got);
    }
    const [entry, mine, expected] = firstDifference(value, truth);
    return asItWasRead(wrong("matrix.value", { entry, got: mine, expected }), got);
  },
};

// A finding with the formula as it was read, where its signs are of several kinds.
function asItWasRead(finding, { read }) {
  const signs = ["@", "*", "/", "+", "-", "**"].filter((sign) => read.includes(` ${sign} `));
  if (signs.length < 2 && !read.includes("/") && !read.includes("**")) return finding;
  return { ...finding, advice: "formula.read", parameters: { ...finding.parameters, read } };
}

export function readMatrices(answer, shapes) {
  return attempted(() => parseMatrices(answer, shapes), unread);
}

// What a function returns, or what is to be said where it meets no matrix.
export function attempted(action, finding) {
  try {
    return action();
  } catch (problem) {
    if (problem instanceof NotAMatrix) return finding(problem.key, problem.parameters);
    throw problem;
  }
}

export function finiteValue(formula, draw) {
  const value = formula.value(draw);
  if (!value.every((row) => row.every(Number.isFinite))) throw new NotAMatrix("matrix.huge");
  return value;
}

export function valuesOf(text, shapes, draws) {
  const formula = parseMatrices(text, shapes);
  return draws.map((draw) => formula.value(draw));
}

const isNear = (x, y) => Math.abs(x - y) <= CLOSE.absolute + CLOSE.relative * Math.abs(y);

export function isSame(left, other) {
  const alike = (row, i) => row.every((x, j) => isNear(x, other[i][j]));
  return shapeText(left) === shapeText(other) && left.every(alike);
}

export function allSame(lefts, others) {
  return lefts.every((left, i) => isSame(left, others[i]));
}

// The first entry in which two matrices of one shape differ, and both numbers.
export function firstDifference(left, other) {
  const i = left.findIndex((row, k) => !isSame([row], [other[k]]));
  const j = left[i].findIndex((x, k) => !isNear(x, other[i][k]));
  const said = (x) => numberText(Math.abs(x) < ROUNDING ? 0 : x);
  return [`[${i}, ${j}]`, said(left[i][j]), said(other[i][j])];
}
