// Formulas at the points of their question: where they differ, and in which numbers.
import { BIG_ONE, BigFloat, NoValue } from "./bigFloat.mjs";
import { fullBudget, valueAt } from "./evaluation.mjs";
import { wrong } from "./finding.mjs";
import { walk } from "./grammar.mjs";
import { numberText } from "./text.mjs";

const ALLOWED = BigFloat.of(1e-30);

// A formula without a value at a point, told in its variables.
export class Undefined extends NoValue {
  constructor(key, where) {
    super(key);
    this.where = where;
  }

  get finding() {
    return wrong(this.key, { where: this.where });
  }
}

// The values that the formulas of one answer have at the points of a question: each is computed
// once, and all of them together take no more steps than one budget allows.
export class Values {
  constructor(points, abbreviations) {
    Object.assign(this, { abbreviations, budget: fullBudget(), known: new Map() });
    this.points = points.map((point) =>
      Object.fromEntries(Object.entries(point).map(([name, x]) => [name, BigFloat.of(x)]))
    );
  }

  // The first point at which two formulas differ, null if they agree at all; throws Undefined.
  difference(left, right) {
    for (const number of this.points.keys()) {
      const [a, b] = [this.at(number, left), this.at(number, right)];
      const allowed = ALLOWED.times(BIG_ONE.plus(a.size).plus(b.size));
      if (a.minus(b).size.compare(allowed) > 0) {
        return { where: this.where(number, left, right), left: a, right: b };
      }
    }
    return null;
  }

  pairs(left, right) {
    return this.points.map((_, number) => [this.at(number, left), this.at(number, right)]);
  }

  at(number, node) {
    const key = `${number} ${keyOf(node)}`;
    if (!this.known.has(key)) {
      const { abbreviations, budget } = this;
      try {
        this.known.set(key, valueAt(node, this.points[number], abbreviations, budget));
      } catch (problem) {
        if (!(problem instanceof NoValue)) throw problem;
        throw new Undefined(problem.key, this.where(number, node));
      }
    }
    return this.known.get(key);
  }

  // A point in the variables and abbreviations that the formulas are written with.
  where(number, ...nodes) {
    const point = this.points[number];
    const used = nodes.flatMap((node) => [...walk(node)].map((part) => part.kind === "symbol" && part.name));
    const shown = Object.keys(point).filter((name) => used.includes(name)).map((name) => [name, point[name]]);
    for (const [name, meaning] of Object.entries(this.abbreviations)) {
      if (used.includes(name)) shown.push([name, valueAt(meaning, point, this.abbreviations)]);
    }
    const told = shown.length ? shown : Object.entries(point);
    return told.map(([name, x]) => `${name} = ${numberText(x.float)}`).join(", ");
  }
}

const keys = new WeakMap();

// A text that only equal formulas share.
export function keyOf(node) {
  if (!keys.has(node)) {
    const { kind, name, sign, left, right, inner } = node;
    const parts = inner ?? [left, right].filter(Boolean);
    keys.set(node, `${kind[0]}${name ?? sign ?? node.value}(${parts.map(keyOf).join()})`);
  }
  return keys.get(node);
}
