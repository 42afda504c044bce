// A small graph that somebody has typed: its values forward, and the derivatives backward.
import { engine, said } from "./engine.mjs";
import { compiled, derivative, formulas, workedOut } from "./plain.mjs";

const MOST_STEPS = 12;

export class NoGraph {
  constructor(key, parameters) {
    Object.assign(this, { key, parameters });
  }
}

// The steps of a text such as "x = 3; u = x^2; L = 5 u": a name, what it is made of, its value,
// for each name in it the slope at that value, and the derivative of the last step by it.
export function graphOf(text) {
  const steps = [];
  const values = {};
  for (const [index, line] of text.split(/[\n;]/).entries()) {
    if (!line.trim()) continue;
    const refuse = (key, parameters = {}) => {
      throw new NoGraph(key, { line: index + 1, ...parameters });
    };
    const found = /^\s*([A-Za-z]\w*)\s*=(.*)$/.exec(line);
    if (!found) refuse("graph.assignment", { got: line.trim().slice(0, 40) });
    const [, name] = found;
    const made = found[2].trim();
    if (name in values) refuse("graph.twice", { name });
    const { aliases, constants, functions } = engine().tables;
    if (name in functions || name in aliases || constants.includes(name)) {
      refuse("graph.taken", { name });
    }
    if (steps.length === MOST_STEPS) refuse("graph.many", { most: MOST_STEPS });
    const node = workedOut(parsedLine(made, Object.keys(values), name));
    const value = compiled(node)(values);
    if (!Number.isFinite(value)) refuse("graph.undefined", { name });
    const used = new Set([...formulas.walk(node)].map((part) => part.name));
    const sources = Object.keys(values).filter((known) => used.has(known));
    const slopes = sources.map((source) => compiled(derivative(node, source))(values));
    if (!slopes.every(Number.isFinite)) refuse("graph.undefined", { name });
    values[name] = value;
    steps.push({ name, made, value, sources, slopes, charge: 0, sent: [] });
  }
  if (!steps.some((step) => step.sources.length)) throw new NoGraph("graph.empty", {});
  steps.at(-1).charge = 1;
  for (const step of [...steps].reverse()) {
    step.sources.forEach((source, k) => {
      const target = steps.find(({ name }) => name === source);
      target.charge += step.slopes[k] * step.charge;
      step.sent.push({ source, amount: step.slopes[k] * step.charge });
    });
  }
  return steps;
}

function parsedLine(made, known, name) {
  try {
    return formulas.parseFormula(made, known);
  } catch (problem) {
    if (problem instanceof formulas.NotAFormula) Object.assign(problem, { made, known, name });
    throw problem;
  }
}

// Why a text is no formula or no graph, in a sentence; null where something else is the matter.
export function unreadText(problem, text, variable, known) {
  if (problem instanceof NoGraph) return said(problem.key, problem.parameters);
  if (!(problem instanceof formulas.NotAFormula)) return null;
  const { made = text, name = variable } = problem;
  const { key, parameters } = formulas.misread(problem, made, problem.known ?? known, {});
  return said(key, { ...parameters, variable: name });
}
