// Answers that are arrays of exact fractions.
import { arrayOf, entryText, nestedOf, sameShape } from "./arrays.mjs";
import { almost, right, wrong } from "./finding.mjs";
import { nearly } from "./nearly.mjs";
import { exactFromText, fractionFrom, isRounded } from "./numbers.mjs";
import { notRead } from "./readNumbers.mjs";
import { LONGEST_QUOTE, floatText, numberText, trueMinus, tupleText } from "./text.mjs";
import { TYPED_DIGITS, accepts, acceptsAll } from "./tolerance.mjs";
import { NotTyped, typedArray } from "./typed.mjs";

export const fractions = {
  read(answer) {
    const axes = arrayOf(this.expected, fractionFrom).shape.length;
    try {
      const { shape, entries } = typedArray(answer, axes, exactFromText);
      const values = entries.map(({ value }) => value);
      return { shape, values, decimal: entries.some(({ decimal }) => decimal) };
    } catch (failure) {
      if (!(failure instanceof NotTyped)) throw failure;
      const refused = notRead(failure, answer);
      return refused.key === "array.text" ? { ...refused, key: "fractions.entry" } : refused;
    }
  },

  compare(got, known) {
    const expected = arrayOf(this.expected, fractionFrom);
    const floats = asFloats(got);
    const differs = (one, place) => !one.equals(got.values[place]);
    const same = (one) => sameShape(one, got) && !one.values.some(differs);
    const near = (one) => got.decimal && acceptsAll(TYPED_DIGITS, asFloats(one), floats);
    if (same(expected)) return right();
    const said = (place) => ({ entry: entryText(got, place), got: this.said(got, place) });
    if (near(expected)) {
      const place = expected.values.findIndex(differs);
      const exactly = trueMinus(floatText(floats.values[place]));
      return almost("fractions.form", { ...said(place), got: exactly });
    }
    for (const { key, wrong: nested } of known) {
      const version = arrayOf(nested, fractionFrom);
      if (same(version) || acceptsAll(TYPED_DIGITS, asFloats(version), floats)) {
        return wrong(`misconception.${key}`);
      }
    }
    const [way, factor] = nearly([[nestedOf(asFloats(expected)), nestedOf(floats)]], TYPED_DIGITS) ?? [];
    if (["signs", "reshaped", "reversed", "permuted", "factor"].includes(way)) {
      return wrong(`array.${way}`, { factor, got: tupleText(got.shape), expected: tupleText(expected.shape) });
    }
    if (!sameShape(got, expected)) {
      return wrong("array.shape", { got: tupleText(got.shape), expected: tupleText(expected.shape) });
    }
    const off = [...expected.values.keys()].filter((place) => {
      const e = expected.values[place];
      const near = got.decimal && accepts(TYPED_DIGITS, e.float, floats.values[place]);
      return differs(e, place) && !near;
    });
    const isNear = (e, k) => !differs(e, k) || isRounded(e.float, floats.values[k]);
    if (got.decimal && expected.values.every(isNear)) return wrong("fractions.digits", said(off[0]));
    return wrong("array.value", { ...said(off[0]), count: off.length, size: expected.values.length });
  },

  said({ values, decimal }, place) {
    const text = trueMinus(String(values[place]));
    return text.length < LONGEST_QUOTE && !decimal ? text : numberText(values[place].float);
  },
};

const asFloats = ({ shape, values }) => ({ shape, values: values.map((value) => value.float) });
