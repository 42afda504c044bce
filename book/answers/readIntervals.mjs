// Reading a set of real numbers: brackets of two dialects, unions, points, inequalities.
import { withoutLatex } from "./latex.mjs";
import { NotAFraction, fractionOf } from "./exact.mjs";
import { pattern } from "./pattern.mjs";
import { tables } from "./tables.mjs";
import { firstOf, quoted, strip, trueMinus } from "./text.mjs";
import { NotAFormula } from "./tokens.mjs";

export const LONGEST_SET = 300;

const NAME = "(?:_|[^\\W\\d_])";
const PIECE = pattern("^\\s*([\\[\\](])([^\\[\\](){}]*)([\\[\\])])\\s*$");
const POINTS = pattern("^\\s*\\{([^{}]*)\\}\\s*$");
const UNION = pattern("\\s*(?:∪|\\bor\\b|\\bunion\\b)\\s*", "i");
const LETTER_U = pattern("(?<=[\\])}\\[])(\\s*)u(?=\\s*[\\[({\\]])", "gi");
const BUILT = pattern("^\\{\\s*\\w+\\s*(?:(?:in|∈)\\s*[Rℝ]\\s*)?[|:]\\s*([^\\n]*)\\}$");
const MEMBER = pattern(`^${NAME}\\w*\\s*(?:∈|\\bin\\b)\\s*`);
const BOTH = pattern("\\band\\b|∧|&|,");
const LETTER = /[\p{L}_]/u;

export class NotASet {
  constructor(key, parameters = {}) {
    Object.assign(this, { key, parameters });
  }
}

// Ends are fractions, or one of the two infinities.
export function compareEnds(a, b) {
  const order = (end) => (typeof end === "number" ? Math.sign(end) : 0);
  return order(a) - order(b) || (order(a) ? 0 : a.compare(b));
}

// The pieces of a set, lowest first, none touching the next. Throws NotASet.
export function setOf(text) {
  if (firstOf(text, LONGEST_SET) !== text) throw new NotASet("intervals.text");
  let plain = strip(text).replace(/^["'$. ]+|["'$. ]+$/g, "").replaceAll("−", "-");
  for (const [command, sign] of Object.entries(tables.sets.commands)) {
    plain = plain.replaceAll(command, sign);
  }
  plain = withoutLatex(plain).replace(/\(([0-9]+\/[0-9]+)\)/g, "$1");
  plain = tables.sets.names[strip(plain).toLowerCase()] ?? plain;
  plain = plain.replace(MEMBER, "").replace(LETTER_U, "∪");
  plain = BUILT.exec(plain)?.[1] ?? plain;
  return joinedPieces(
    plain.split(UNION).flatMap((part) => {
      if (!/[<>≤≥]/.test(part)) return piecesOf(part);
      return commonPiece(part.split(BOTH).map(pieceOfInequality));
    })
  );
}

export function setText(pieces) {
  const parts = pieces.map(({ low, high, hasLow, hasHigh }) =>
    compareEnds(low, high) === 0
      ? `{${endText(low)}}`
      : `${hasLow ? "[" : "("}${endText(low)}, ${endText(high)}${hasHigh ? "]" : ")"}`
  );
  return parts.join(" ∪ ") || "∅";
}

export function endText(end) {
  if (typeof end === "number") return end > 0 ? "∞" : "−∞";
  return trueMinus(String(end));
}

export function belongs(pieces, point) {
  return pieces.some(({ low, high, hasLow, hasHigh }) => {
    const [above, below] = [compareEnds(point, low), compareEnds(point, high)];
    return (above > 0 && below < 0) || (above === 0 && hasLow) || (below === 0 && hasHigh);
  });
}

function piecesOf(text) {
  const points = POINTS.exec(text)?.[1];
  if (points !== undefined) {
    const ends = strip(points) ? between(points).map(endOf) : [];
    return ends.map((end) => pieceOf(end, end, true, true));
  }
  const match = PIECE.exec(text);
  const ends = match ? between(match[2]) : [];
  if (ends.length !== 2) throw new NotASet("intervals.text");
  return [pieceOf(endOf(ends[0]), endOf(ends[1]), match[1] === "[", match[3] === "]")];
}

const beyond = (a, isIn, b, isOtherIn) => compareEnds(a, b) || Number(isIn) - Number(isOtherIn);

// What belongs to all of these intervals.
function commonPiece(pieces) {
  const lowest = pieces.reduce((a, b) => (beyond(b.low, !b.hasLow, a.low, !a.hasLow) > 0 ? b : a));
  const highest = pieces.reduce((a, b) => (beyond(b.high, b.hasHigh, a.high, a.hasHigh) < 0 ? b : a));
  return [pieceOf(lowest.low, highest.high, lowest.hasLow, highest.hasHigh)];
}

const OTHER_WAY = { "<": ">", ">": "<", "≤": "≥", "≥": "≤" };

function pieceOfInequality(text) {
  const signed = text.replaceAll("=<", "<=").replaceAll("=>", ">=");
  const parts = signed.split(/(<=|>=|<|>|≤|≥)/);
  let values = parts.filter((_, index) => index % 2 === 0).map(strip);
  let signs = parts.filter((_, index) => index % 2);
  if (signs.length && ">≥".includes(signs[0][0])) {
    values = values.reverse();
    signs = signs.reverse().map((sign) => OTHER_WAY[sign[0]] + sign.slice(1));
  }
  const place = values.findIndex(isVariable);
  const sound = values.length === 3 ? place === 1 : values.length === 2 && place >= 0;
  if (!sound || !signs.every((sign) => "<≤".includes(sign[0]))) throw new NotASet("intervals.text");
  const closed = signs.map((sign) => sign !== "<");
  const [low, hasLow] = place ? [endOf(values[0]), closed[0]] : [-Infinity, false];
  const isBounded = values.length > place + 1;
  const [high, hasHigh] = isBounded ? [endOf(values.at(-1)), closed.at(-1)] : [Infinity, false];
  return pieceOf(low, high, hasLow, hasHigh);
}

const isInfinity = (text) => tables.sets.infinities.includes(text.toLowerCase());

// Whether a member of a chain holds a letter, and is not infinity.
function isVariable(text) {
  return LETTER.test(text) && !text.includes("\\") && !isInfinity(text.replace(/^[ +-]+|[ +-]+$/g, ""));
}

// What stands between commas; behind semicolons a comma may be a decimal one.
function between(text) {
  return text.includes(";") ? text.replaceAll(",", ".").split(";") : text.split(",");
}

function endOf(text) {
  const number = strip(strip(text).replace(/^\+/, ""));
  if (isInfinity(strip(number.replace(/^-/, "")))) return number[0] === "-" ? -Infinity : Infinity;
  try {
    return fractionOf(number);
  } catch (problem) {
    if (!(problem instanceof NotAFormula || problem instanceof NotAFraction)) throw problem;
    throw new NotASet("intervals.number", { number: quoted(number) });
  }
}

function pieceOf(low, high, hasLow, hasHigh) {
  if ((hasLow && typeof low === "number") || (hasHigh && typeof high === "number")) {
    throw new NotASet("intervals.infinity");
  }
  const width = compareEnds(high, low);
  if (width < 0 || (width === 0 && !(hasLow && hasHigh))) throw new NotASet("intervals.turned");
  return { low, high, hasLow, hasHigh };
}

function joinedPieces(pieces) {
  const joined = [];
  pieces.sort((a, b) => beyond(a.low, !a.hasLow, b.low, !b.hasLow));
  for (const piece of pieces) {
    const last = joined.at(-1);
    const gap = last && compareEnds(piece.low, last.high);
    if (!last || gap > 0 || (gap === 0 && !piece.hasLow && !last.hasHigh)) joined.push({ ...piece });
    else if (beyond(piece.high, piece.hasHigh, last.high, last.hasHigh) > 0) {
      Object.assign(last, { high: piece.high, hasHigh: piece.hasHigh });
    }
  }
  return joined;
}
