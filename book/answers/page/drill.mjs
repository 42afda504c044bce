// The backward pass on small graphs, without end: drawn as mlplib/checks/authoring/graphs.py draws
// them, by a die of the page's own. A step is [name, sign, a, b]; the last one is the loss.
import { engine } from "./engine.mjs";

const LARGEST = 99; // what can be done in the head
const SMALL = [-3, -2, -1, 2, 3, 4];

export function newGraph(steps, random = Math.random) {
  const one = (list) => list[Math.floor(random() * list.length)];
  for (;;) {
    const leaves = { x: one([2, 3, 4, 5]), w: one(SMALL) };
    const made = ["x", "w"];
    const drawn = [];
    for (const name of [..."uvst".slice(0, steps - 1), "L"]) {
      drawn.push([name, one("·+"), made.at(-1), one(made.slice(0, -1))]);
      made.push(name);
    }
    const graph = { leaves, steps: drawn };
    const values = valuesOf(graph);
    const charged = swept(graph, values);
    const numbers = [...Object.values(values), ...Object.values(charged)];
    const told = new Set([charged.x, swept(graph, values, () => false).x, values.L, 0]);
    const isRich = told.size === 4 && drawn.some(([, sign]) => sign === "·");
    if (isRich && numbers.every((number) => Math.abs(number) <= LARGEST)) return graph;
  }
}

function valuesOf({ leaves, steps }) {
  const made = { ...leaves };
  for (const [name, sign, a, b] of steps) {
    made[name] = sign === "·" ? made[a] * made[b] : made[a] + made[b];
  }
  return made;
}

// What a backward sweep leaves at every number; where it does not add, it overwrites.
function swept({ steps }, values, adds = () => true) {
  const charged = Object.fromEntries(Object.keys(values).map((name) => [name, 0]));
  charged.L = 1;
  for (const [name, sign, a, b] of [...steps].reverse()) {
    const slopes = sign === "·" ? [values[b], values[a]] : [1, 1];
    [a, b].forEach((source, index) => {
      charged[source] = (adds(source) ? charged[source] : 0) + slopes[index] * charged[name];
    });
  }
  return charged;
}

const minus = (number) => String(number).replace("-", "−");

// The question about another graph.
export function drilled(question, graph) {
  const { filled } = engine();
  const values = valuesOf(graph);
  const charged = swept(graph, values);
  const wrong = [
    swept(graph, values, () => false).x,
    values.L,
    swept(graph, values, (name) => name === "x").x,
    swept(graph, values, (name) => name !== "x").x,
  ];
  const isNew = (slip, index) => ![charged.x, ...wrong.slice(0, index)].includes(wrong[index]);
  const parts = {
    x: minus(graph.leaves.x),
    w: minus(graph.leaves.w),
    steps: graph.steps
      .map(([name, sign, a, b]) => `${name} = ${a}${sign === "·" ? sign : " + "}${b}`)
      .join(", "),
    told: Object.entries(charged)
      .reverse()
      .map(([name, slope]) => `d${name} = ${minus(slope)}`)
      .join(", "),
  };
  const { drill } = question;
  return {
    ...question,
    answer: { ...question.answer, expected: charged.x },
    known: question.known.map((slip, index) => ({ ...slip, wrong: wrong[index] })).filter(isNew),
    shown: `    ${question.variable} = ${charged.x}`,
    seed: "drill",
    words: {
      ...question.words,
      given: filled(drill.given, parts),
      solution: filled(drill.solution, parts),
    },
  };
}
