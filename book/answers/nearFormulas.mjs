// In which simple way a wrong formula differs from the right one, at every point.
import { relationOf } from "./evaluation.mjs";
import { wrong } from "./finding.mjs";
import { factorText } from "./nearly.mjs";
import { keyOf, Undefined } from "./points.mjs";

// What `compute` returns, null where a formula has no value.
export function whereDefined(compute) {
  try {
    return compute();
  } catch (problem) {
    if (!(problem instanceof Undefined)) throw problem;
    return null;
  }
}

// That `got` is `expected` times or plus a number, inverted, with names exchanged, or times one of
// the `names` or divided by it; else null.
export function nearFormula(got, expected, values, variables, names) {
  const pairs = whereDefined(() => values.pairs(got, expected));
  if (!pairs) return null;
  const change = relationOf(pairs);
  if (change) {
    const [kind, number] = change;
    if (kind === "factor" && Math.abs(number + 1) < 1e-9) return wrong("formula.negated");
    return wrong(`formula.${kind}`, { factor: factorText(number) });
  }
  for (const [place, first] of variables.entries()) {
    for (const second of variables.slice(place + 1)) {
      const other = exchanged(expected, { [first]: second, [second]: first });
      const isIt = () => keyOf(other) !== keyOf(expected) && values.difference(got, other) === null;
      if (whereDefined(isIt)) return wrong("formula.exchanged", { first, second });
    }
  }
  for (const name of names) {
    const times = (left) => ({ kind: "operation", sign: "*", left, right: { kind: "symbol", name } });
    const agree = (one, other) => whereDefined(() => values.difference(one, other) === null);
    if (agree(got, times(expected))) return wrong("formula.times", { name });
    if (agree(times(got), expected)) return wrong("formula.divided", { name });
  }
  return null;
}

function exchanged(node, names) {
  const { kind, name, left, right, inner } = node;
  const within = (part) => exchanged(part, names);
  if (kind === "symbol") return { ...node, name: Object.hasOwn(names, name) ? names[name] : name };
  if (inner) return { ...node, inner: inner.map(within) };
  return left ? { ...node, left: within(left), right: within(right) } : node;
}
