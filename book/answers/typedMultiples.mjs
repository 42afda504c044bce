// What a text says of a list as a whole: 4*(3, -1), (1, 2, 5)/8, diag(1, 2), and (3 5), a matrix of
// one row as books print it.

// A number by which each entry is multiplied or divided, or a function that is taken of each.
const FACTOR =
  "(?:[0-9.*/·×⋅÷^ eπ√]|sqrt|ln|log|exp|np\\.|\\((?:[^(),;[\\]{}\\n]|\\([^(),;[\\]{}\\n]*\\))*\\))";
const BEFORE = new RegExp(`^-?${FACTOR}*$`);
const BEHIND = new RegExp(`^(?: ?[*/·×⋅÷]${FACTOR}+)?$`);

// What stands before each entry and behind it, and whether diag stands there; null if it is else.
export function factors(left, behind) {
  const before = left.replace(/(?:(?:np|numpy)\.)?diag ?$/, "");
  if (!BEFORE.test(before) || !BEHIND.test(behind)) return null;
  const bare = before.replace(/ +$/, "");
  return [/[0-9.)π]$/.test(bare) ? `(${bare})*` : bare, behind, left !== before];
}

const isText = (item) => typeof item === "string";

// The lists that are meant, null where nothing is said of a list as a whole.
export function spread(items, inner, [before, behind, isDiagonal], axes) {
  const isRound = inner[0] === "(";
  if (items.length === 1 && !isText(items[0]) && isRound) [items] = items;
  else if (items.length < 2 && (isRound || isText(items[0] ?? ""))) return null; // Python's [0]*4
  if (isDiagonal) {
    if (!items.every(isText)) return null;
    items = items.map((item, k) => items.map((_, j) => (j === k ? item : "0")));
  } else if (axes === 2 && /^\([^(),;[\]{}\n]+\)$/.test(inner)) items = [items];
  else if (!before && !behind) return null;
  const each = (item) => {
    if (!isText(item)) return item.map(each);
    return before || behind ? `${before}(${item})${behind}` : item;
  };
  return each(items);
}
