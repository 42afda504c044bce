// The value of a formula at a point, with 50 digits, and how two values are told apart.
import { BIG_ONE, BIG_ZERO, BigFloat, bigPower, digitsOf, NoValue, withBits, workingBits } from "./bigFloat.mjs";
import { BIG, bigConstant } from "./bigFunctions.mjs";
import { trueMinus } from "./text.mjs";

const LARGEST_ARGUMENT = 1e6;
const LARGEST_EXPONENT = 1e4;
const MOST_EVALUATIONS = 50000;
const MOST_NESTED = 3;
const LEAST_DIFFERENCE = BigFloat.of(1e-3); // a smaller one is a matter of digits
const ROUNDING = BigFloat.of(1e-9);
const SAME = BigFloat.of(1e-30);
const NOTHING = BigFloat.of(1e-40);

const GROW_SLOWLY = ["ln", "log1p", "sqrt", "abs", "sign", "max", "min", "relu", "H"];

const huge = () => {
  throw new NoValue("formula.huge");
};

// The steps that one answer may still take.
export function fullBudget() {
  return { left: MOST_EVALUATIONS };
}

// The value of `node` where each variable has the value that `point` gives it, a BigFloat.
export function valueAt(node, point, abbreviations, budget = fullBudget()) {
  return new Evaluator(abbreviations, budget).value(node, point);
}

class Evaluator {
  constructor(abbreviations, budget) {
    Object.assign(this, { abbreviations, budget, nested: 0 });
  }

  value(node, point) {
    this.budget.left -= 1 + 4 * this.nested;
    if (this.budget.left < 0) huge();
    const result = this.unchecked(node, point);
    if (result.man && Math.abs(result.mag) > LARGEST_ARGUMENT) huge();
    return result;
  }

  unchecked(node, point) {
    const { kind, name, sign, left, right, inner } = node;
    if (kind === "literal") {
      return BigFloat.rounded(node.value.above).over(new BigFloat(node.value.below, 0));
    }
    if (kind === "symbol") return this.symbol(name, point);
    if (kind === "operation") {
      return this.operation(sign, this.value(left, point), this.value(right, point));
    }
    if (kind === "comparison") {
      const order = this.value(left, point).compare(this.value(right, point));
      const holds = { "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0 };
      return holds[sign] ? BIG_ONE : BIG_ZERO;
    }
    if (name === "D") {
      const variable = inner[1].name;
      const at = this.symbol(variable, point);
      return this.slope((x) => this.value(inner[0], { ...point, [variable]: x }), at);
    }
    return this.applied(name, inner.map((argument) => this.value(argument, point)));
  }

  symbol(name, point) {
    if (Object.hasOwn(point, name)) return point[name];
    if (name in this.abbreviations) return this.value(this.abbreviations[name], point);
    return bigConstant(name);
  }

  operation(sign, left, right) {
    if (sign === "+") return left.plus(right);
    if (sign === "-") return left.minus(right);
    if (sign === "*") return left.times(right);
    if (sign === "/") return left.over(right);
    return right.size.exceeds(LARGEST_EXPONENT) ? huge() : bigPower(left, right, BIG);
  }

  applied(name, values) {
    const grows = !GROW_SLOWLY.includes(name);
    if (grows && values.some((value) => value.size.exceeds(LARGEST_ARGUMENT))) huge();
    if (!name.endsWith("'")) return BIG[name](...values);
    return this.slope((x) => this.applied(name.slice(0, -1), [x]), values[0]);
  }

  // The central difference, with so many bits that the quotient has all its digits.
  slope(act, x) {
    if (this.nested === MOST_NESTED) huge();
    this.nested += 1;
    const step = new BigFloat(1n, -workingBits() - 10);
    try {
      const quotient = withBits(2 * (workingBits() + 20), () => {
        const before = act(x.minus(step));
        return act(x.plus(step)).minus(before).over(step.plus(step));
      });
      return quotient.rounded;
    } finally {
      this.nested -= 1;
    }
  }
}

// Two different values with as many digits as it takes to see that they differ.
export function twoValues(left, right) {
  const shown = [left, right].map((x) => (x.size.compare(NOTHING) < 0 ? BIG_ZERO : x));
  let texts;
  for (const digits of [6, 10, 14, 20, 30, 40]) {
    texts = shown.map((x) => trueMinus(digitsOf(x, digits)));
    if (texts[0] !== texts[1]) break;
  }
  return texts;
}

// By which number all first values are the second ones changed: its kind and the number, or null.
export function relationOf(pairs) {
  if (pairs.every(([, right]) => right.man)) {
    const factor = shared(pairs.map(([left, right]) => left.over(right)));
    if (factor?.man && factor.minus(BIG_ONE).size.compare(LEAST_DIFFERENCE) > 0) {
      return ["factor", factor.float];
    }
    const one = shared(pairs.map(([left, right]) => left.times(right)));
    if (one && one.minus(BIG_ONE).size.compare(ROUNDING) < 0) return ["inverted", 1];
  }
  const shift = shared(pairs.map(([left, right]) => left.minus(right)));
  const largest = pairs.map(([, right]) => right.size).reduce((a, b) => BIG.max(a, b));
  const seen = shift?.man && shift.size.compare(LEAST_DIFFERENCE.times(largest)) > 0;
  return seen ? ["shifted", shift.float] : null;
}

// The number that all of these are, undefined if they are not one.
function shared(numbers) {
  const [first] = numbers;
  const allowed = SAME.times(BIG_ONE.plus(first.size));
  return numbers.every((x) => x.minus(first).size.compare(allowed) <= 0) ? first : undefined;
}
