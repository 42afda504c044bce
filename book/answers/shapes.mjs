// Answers that are shapes of arrays: of one, or of several by name.
import { isFinding, right, unread, wrong } from "./finding.mjs";
import { withoutLatex } from "./latex.mjs";
import { unquoted } from "./quotes.mjs";
import { tables } from "./tables.mjs";
import { quoted, strip, tupleText, visible } from "./text.mjs";
import { LONGEST_TYPED, isTooLong, withoutEnd } from "./typed.mjs";

const LABEL = /^(?:[^=]*=|[A-Za-z_][^:=([→]*?(?::|->|→|(?=[([])))[ \n]*/;
const BETWEEN = /[ \n]*(?:[,;x×X✕*]|by|par|and|et|[ \n])[ \n]*/;

const sameSizes = (one, other) => one.join() === other.join();
const longShape = () => unread("number.long", { longest: LONGEST_TYPED });

export const shape = {
  read: shapeFromText,

  compare(got, known) {
    const { expected } = this;
    if (sameSizes(got, expected)) return right();
    const slip = known.find((misconception) => sameSizes(misconception.wrong, got));
    if (slip) return wrong(`misconception.${slip.key}`);
    const said = { got: tupleText(got), axes: got.length };
    const sorted = (sizes) => [...sizes].sort((x, y) => x - y);
    const long = (sizes) => sizes.filter((size) => size !== 1);
    const count = [expected.reduce((product, size) => product * size, 1)];
    if (sameSizes(sorted(got), sorted(expected))) return wrong("shape.permuted", said);
    if (sameSizes(long(got), long(expected))) return wrong("shape.ones", said);
    if (sameSizes(got, count)) return wrong("shape.counted", said);
    if (got.length !== expected.length) return wrong("shape.axes", said);
    const axis = got.findIndex((size, place) => size !== expected[place]);
    return wrong("shape.value", { ...said, axis, size: got[axis] });
  },
};

// As a list of whole numbers, or what is the matter with it.
function shapeFromText(text) {
  if (isTooLong(text)) return longShape();
  const bare = strip(visible(unquoted(withoutLatex(text))).replaceAll("−", "-")).replace(LABEL, "");
  let inner = withoutEnd(bare, " .;");
  let listLike = false;
  for (let times = 0; times < 3; times += 1) {
    if (!/^(?:\([^]*\)|\[[^]*\]|\{[^]*\})$/.test(inner)) continue;
    listLike ||= inner[0] !== "(";
    inner = strip(inner.slice(1, -1));
  }
  const alone = withoutEnd(inner, " ,");
  const sizes = alone ? alone.split(BETWEEN) : [];
  // In (2*3,) the sign is a product, in 2*3 it stands between two sizes.
  const mixed = inner.includes(",") && /[x×X✕*]/.test(alone);
  if (mixed || !bare || !sizes.every((size) => /^[-+]?[0-9]{1,15}$/.test(size))) {
    return unread("shape.text", { got: quoted(text) });
  }
  if (sizes.length === 1 && !listLike && !inner.includes(",")) {
    return unread("shape.number", { got: String(BigInt(sizes[0].replace("+", ""))) });
  }
  if (sizes.length > 32) return wrong("shape.axes", { got: "…", axes: sizes.length });
  return sizes.map((size) => Number(size) + 0);
}

export const shapes = {
  read(answer) {
    if (isTooLong(answer)) return longShape();
    const texts = shapesIn(answer);
    if (!texts.size) return unread("shapes.text", { got: quoted(answer) });
    const names = Object.keys(this.expected);
    if (texts.size !== names.length || !names.every((name) => texts.has(name))) {
      return unread("shapes.names", { known: names.join(", ") });
    }
    const found = {};
    for (const name of names) {
      let sizes = shapeFromText(texts.get(name));
      if (sizes.key === "shape.number") sizes = [Number(sizes.parameters.got)];
      if (isFinding(sizes)) return unread("shapes.shape", { name });
      found[name] = sizes;
    }
    return found;
  },

  compare(got, known) {
    const { expected } = this;
    const names = Object.keys(expected);
    const same = (others) => names.every((name) => sameSizes(got[name], others[name]));
    if (same(expected)) return right();
    const slip = known.find((misconception) => same({ ...expected, ...misconception.wrong }));
    if (slip) return wrong(`misconception.${slip.key}`);
    const isRight = (name) => sameSizes(got[name], expected[name]);
    const name = names.find((other) => !isRight(other));
    const [mine, wanted] = [got[name], expected[name]];
    const count = names.filter(isRight).length;
    const said = { name, got: tupleText(mine), count, size: names.length, axes: mine.length };
    if (mine.length !== wanted.length) return wrong("shapes.axes", said);
    return wrong(sameSizes(mine, [...wanted].reverse()) ? "shapes.turned" : "shapes.value", said);
  },
};

const ARRAY_NAME =
  /(?:^|[ \n,;{(])["']?([A-Za-z_][A-Za-z0-9_]*)["']?(?:\.shape)?(?:[ \n]*(?:=|:|->|→)|(?<!dict) ?(?=[([]))/;

// The text that stands behind each name.
function shapesIn(text) {
  const { subscripts } = tables;
  let plain = strip([...visible(unquoted(text))].map((c) => subscripts[c] ?? c).join(""));
  if (plain.endsWith("}") || plain.startsWith("dict(")) plain = plain.slice(0, -1);
  const pieces = plain.split(ARRAY_NAME);
  const texts = new Map();
  for (let place = 1; place < pieces.length; place += 2) {
    const body = pieces[place + 1].replace(/^[ \n;]+/, "");
    texts.set(pieces[place], withoutEnd(body, " \n,;"));
  }
  return texts;
}
