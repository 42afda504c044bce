// Pieces of matrix formulas: what they are worth, what is added up in them, and how they are read.
// A piece is {value, terms, read}: a function of the given matrices, each a list of rows; a Map from
// bodies to how often they are added; the piece with a bracket wherever one decides.
import { Fraction } from "./fraction.mjs";
import { tupleText } from "./text.mjs";

const MOST_ENTRIES = 10_000;
const ONCE = new Fraction(1n);

export class NotAMatrix {
  constructor(key, parameters = {}) {
    Object.assign(this, { key, parameters });
  }
}

export const shapeOf = (a) => [a.length, a[0].length];
export const shapeText = (a) => tupleText(shapeOf(a));
const sizeOf = (a) => a.length * a[0].length;

const made = (rows, columns, entry) => {
  if (rows * columns > MOST_ENTRIES) throw new NotAMatrix("matrix.huge");
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j)));
};
const turned = (a) => made(a[0].length, a.length, (i, j) => a[j][i]);
const mapped = (a, f) => a.map((row) => row.map(f));
const columnOnly = (name, a) => {
  if (a[0].length !== 1) throw new NotAMatrix("matrix.column", { name, shape: shapeText(a) });
};

export const ONE_MATRIX = {
  tr(a) {
    if (a.length !== a[0].length) throw new NotAMatrix("matrix.square", { shape: shapeText(a) });
    return [[a.reduce((sum, row, i) => sum + row[i], 0)]];
  },
  vec: (a) => made(sizeOf(a), 1, (i) => a[i % a.length][Math.floor(i / a.length)]),
  diag(a) {
    columnOnly("diag", a);
    return made(a.length, a.length, (i, j) => (i === j ? a[i][0] : 0));
  },
  tanh: (a) => mapped(a, Math.tanh),
  exp: (a) => mapped(a, Math.exp),
};

export const TWO_MATRICES = {
  kron(a, b) {
    const [m, n] = shapeOf(b);
    return made(a.length * m, a[0].length * n, (i, j) =>
      a[Math.floor(i / m)][Math.floor(j / n)] * b[i % m][j % n]
    );
  },
  outer(a, b) {
    columnOnly("outer", a);
    columnOnly("outer", b);
    return made(a.length, b.length, (i, j) => a[i][0] * b[j][0]);
  },
};

const ENTRYWISE = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
};

// The text that formulas share which differ in nothing but their writing.
export function normalText({ terms }) {
  const texts = [...terms].map(([body, times]) => (times.equals(ONCE) ? body : `${times}·${body}`));
  return texts.sort().join("+");
}

// A piece as a number and what it is multiplied by.
function single(part) {
  return part.terms.size === 1 ? [...part.terms][0] : [`(${normalText(part)})`, ONCE];
}

export function matrixNumber(text) {
  return { value: () => [[Number(text)]], terms: new Map([["", Fraction.parse(text)]]), read: text };
}

export function matrixNamed(name) {
  return { value: (given) => given[name], terms: new Map([[name, ONCE]]), read: name };
}

export function matrixMinus(part) {
  const terms = new Map([...part.terms].map(([body, times]) => [body, times.times(new Fraction(-1n))]));
  return { value: (given) => mapped(part.value(given), (x) => -x), terms, read: `(−${part.read})` };
}

export function matrixPower(part, exponent) {
  return {
    value: (given) => mapped(part.value(given), (x) => x ** Number(exponent)),
    terms: new Map([[`(${normalText(part)})**${exponent}`, ONCE]]),
    read: `(${part.read}**${exponent})`,
  };
}

export function matrixTransposed(part) {
  const [body, times] = single(part);
  const other = body.endsWith(".T") ? body.slice(0, -2) : `${body}.T`;
  return {
    value: (given) => turned(part.value(given)),
    terms: new Map([[other, times]]),
    read: `${part.read}.T`,
  };
}

export function matrixProduct(left, right) {
  const [[a, m], [b, n]] = [single(left), single(right)];
  const value = (given) => {
    const [x, y] = [left.value(given), right.value(given)];
    if (x[0].length !== y.length) {
      throw new NotAMatrix("matrix.product", { left: shapeText(x), right: shapeText(y) });
    }
    return made(x.length, y[0].length, (i, j) => x[i].reduce((sum, it, k) => sum + it * y[k][j], 0));
  };
  const terms = new Map([[`(${a}@${b})`, m.times(n)]]);
  return { value, terms, read: `(${left.read} @ ${right.read})` };
}

export function entrywise(sign, left, right) {
  const value = (given) => {
    const [x, y] = [left.value(given), right.value(given)];
    const [many, shapes] = [sizeOf(x) > sizeOf(y) ? x : y, [shapeText(x), shapeText(y)]];
    if (shapes[0] !== shapes[1] && sizeOf(x) !== 1 && sizeOf(y) !== 1) {
      throw new NotAMatrix("matrix.entrywise", { sign, left: shapes[0], right: shapes[1] });
    }
    const entry = (a, i, j) => (sizeOf(a) === 1 ? a[0][0] : a[i][j]);
    return many.map((row, i) => row.map((_, j) => ENTRYWISE[sign](entry(x, i, j), entry(y, i, j))));
  };
  const terms = "+-".includes(sign) ? sumOf(sign, left, right) : timesOf(sign, left, right);
  return { value, terms, read: `(${left.read} ${sign} ${right.read})` };
}

function sumOf(sign, left, right) {
  const none = new Fraction(0n);
  const terms = new Map(left.terms);
  for (const [body, times] of right.terms) {
    const before = terms.get(body) ?? none;
    terms.set(body, sign === "+" ? before.plus(times) : before.minus(times));
  }
  const kept = [...terms].filter(([, times]) => times.above);
  return new Map(kept.length ? kept : [["", none]]);
}

function timesOf(sign, left, right) {
  const [[a, m], [b, n]] = [single(left), single(right)];
  if (sign === "/") return new Map([[b ? `(${a}/${b})` : a, n.above ? m.over(n) : n]]);
  if (!a || !b) return new Map([[a + b, m.times(n)]]);
  return new Map([[`(${[a, b].sort().join("*")})`, m.times(n)]]);
}

export function matrixApplied(name, parts) {
  return {
    value(given) {
      const values = parts.map((part) => part.value(given));
      return (ONE_MATRIX[name] ?? TWO_MATRICES[name])(...values);
    },
    terms: new Map([[`${name}(${parts.map(normalText).join(",")})`, ONCE]]),
    read: `${name}(${parts.map(bareText).join(", ")})`,
  };
}

// What stands inside the outer brackets of a piece.
export function bareText({ read }) {
  return read.startsWith("(") && read.endsWith(")") ? read.slice(1, -1) : read;
}
