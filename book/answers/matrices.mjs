// Formulas of matrices in the signs of NumPy: read by a grammar, valued on random ones.
// Every array has two axes; a vector is a column, and a number a matrix of one entry.
import {
  NotAMatrix,
  ONE_MATRIX,
  TWO_MATRICES,
  bareText,
  entrywise,
  matrixApplied,
  matrixMinus,
  matrixNamed,
  matrixNumber,
  matrixPower,
  matrixProduct,
  matrixTransposed,
  normalText,
} from "./matrixParts.mjs";
import { pattern } from "./pattern.mjs";
import { unquoted } from "./quotes.mjs";
import { tables } from "./tables.mjs";
import { firstOf, strip } from "./text.mjs";

const LONGEST_MATRICES = 300;
const DEEPEST_MATRICES = 30;

const MATRIX_TOKEN = pattern(
  "\\s*(?:(?<transpose>\\.transpose\\(\\)|[.^]T\\b|\\^t\\b|ᵀ|\\^?⊤|['′’])|(?<number>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)" +
    "|(?:np\\.)?(?<name>(?:_|[^\\W\\d_])\\w*?(?=ᵀ|\\W|$))|(?<sign>\\*\\*|[\\-+*\\/@^(),⊙∘⊗]))",
  "y"
);

const isMatrixFunction = (name) =>
  Object.hasOwn(ONE_MATRIX, name) || Object.hasOwn(TWO_MATRICES, name);

// The formula: its text, the names in it, its value as a function of matrices, the text that all
// ways of writing it share, and how it was read. Throws NotAMatrix.
export function parseMatrices(typed, shapes) {
  const bare = strip(typed);
  if (firstOf(bare, LONGEST_MATRICES) !== bare) tooLong();
  const text = strip(unquoted(bare)).replace(/\b(?:np\.)?trace(?=\()/g, "tr");
  const reader = new MatrixReader(text, shapes);
  const whole = reader.sum(0);
  if (reader.word) throw new NotAMatrix("matrix.unexpected", { found: reader.word });
  const { names } = reader;
  return { text, names, value: whole.value, normal: normalText(whole), read: bareText(whole) };
}

export function functionsIn({ names }) {
  return [...names].filter(isMatrixFunction);
}

function tooLong() {
  throw new NotAMatrix("matrix.long", { longest: LONGEST_MATRICES });
}

const DOT = /[·⋅](?=\s*[\p{L}_(])/gu;
const SPELT = { "²": "**2", "³": "**3", δ: " delta " };

function inSigns(character) {
  if (character in SPELT) return SPELT[character];
  if (character in tables.subscripts) return tables.subscripts[character];
  const read = tables.characters[character];
  const code = character.codePointAt(0);
  const known = ["", " ", "-", "*", "/"].includes(read) || (code > 0xff00 && code < 0xff5f);
  return known ? read ?? character : character;
}

class MatrixReader {
  constructor(text, shapes) {
    Object.assign(this, { shapes, tokens: [], names: new Set() });
    const plain = strip([...text.replace(DOT, " ")].map(inSigns).join(""));
    let position = 0;
    while (position < plain.length) {
      MATRIX_TOKEN.lastIndex = position;
      const match = MATRIX_TOKEN.exec(plain);
      if (!match) {
        throw new NotAMatrix("matrix.unexpected", { found: [...strip(plain.slice(position))][0] });
      }
      this.tokens.push(Object.entries(match.groups).find(([, word]) => word !== undefined));
      position = MATRIX_TOKEN.lastIndex;
    }
  }

  get word() {
    return this.tokens.length ? this.tokens[0][1] : "";
  }

  next(expected = "") {
    if (!this.tokens.length) throw new NotAMatrix("matrix.ends");
    if (expected && this.word !== expected) {
      throw new NotAMatrix("matrix.unexpected", { found: this.word });
    }
    return this.tokens.shift();
  }

  sum(depth) {
    if (depth > DEEPEST_MATRICES) tooLong();
    let value = this.product(depth);
    while (["+", "-"].includes(this.word)) {
      value = entrywise(this.next()[1], value, this.product(depth));
    }
    return value;
  }

  product(depth) {
    let value = this.signed(depth);
    // A matrix beside another one, without a sign, is a factor of a product of matrices.
    const isBeside = () => this.word === "(" || this.tokens[0]?.[0] === "name";
    while (["*", "⊙", "∘", "/", "@", "⊗"].includes(this.word) || isBeside()) {
      const sign = isBeside() ? (value.terms.has("") ? "*" : "@") : this.next()[1];
      const right = this.signed(depth);
      if (sign === "@") value = matrixProduct(value, right);
      else if (sign === "⊗") value = matrixApplied("kron", [value, right]);
      else value = entrywise("⊙∘".includes(sign) ? "*" : sign, value, right);
    }
    if (this.tokens[0]?.[0] === "number") throw new NotAMatrix("matrix.sign", { found: this.word });
    return value;
  }

  signed(depth) {
    if (this.word !== "-") return this.power(depth);
    this.next();
    return matrixMinus(depth < DEEPEST_MATRICES ? this.signed(depth + 1) : this.power(depth));
  }

  power(depth) {
    const value = this.transposed(depth);
    if (this.word !== "**" && this.word !== "^") return value;
    this.next();
    const [kind, found] = this.next();
    if (kind !== "number") throw new NotAMatrix("matrix.power", { found });
    return matrixPower(value, found);
  }

  transposed(depth) {
    let value = this.operand(depth);
    while (this.tokens.length && this.tokens[0][0] === "transpose") {
      this.next();
      value = matrixTransposed(value);
    }
    return value;
  }

  operand(depth) {
    let [kind, found] = this.next();
    if (kind === "number") return matrixNumber(found);
    if (found === "(") {
      const value = this.sum(depth + 1);
      this.next(")");
      return value;
    }
    if (kind !== "name") throw new NotAMatrix("matrix.unexpected", { found });
    if (this.word === "(" && /^(dot|matmul)$/.test(found)) {
      return matrixProduct(...this.given(2, depth));
    }
    if (this.word === "(" && found === "transpose") return matrixTransposed(...this.given(1, depth));
    if (this.word === "(" && found === "multiply") return entrywise("*", ...this.given(2, depth));
    if (this.word === "(" && isMatrixFunction(found)) return this.applied(found, depth);
    if (!(found in this.shapes)) found = found.replaceAll("_", "");
    if (!(found in this.shapes)) {
      throw new NotAMatrix("matrix.name", { found, known: Object.keys(this.shapes).join(", ") });
    }
    this.names.add(found);
    return matrixNamed(found);
  }

  applied(name, depth) {
    this.names.add(name);
    return matrixApplied(name, this.given(name in TWO_MATRICES ? 2 : 1, depth));
  }

  // So many arguments in brackets.
  given(count, depth) {
    this.next("(");
    const parts = [this.sum(depth + 1)];
    if (count === 2) {
      this.next(",");
      parts.push(this.sum(depth + 1));
    }
    this.next(")");
    return parts;
  }
}
