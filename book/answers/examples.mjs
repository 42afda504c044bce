// Answers that are an example: any array with the properties asked for is right.
import { arrayOf, entryText, sameShape } from "./arrays.mjs";
import { right, wrong } from "./finding.mjs";
import { arrayFromText } from "./readNumbers.mjs";
import { numberText, tupleText } from "./text.mjs";

// What becomes of the values, and which properties hold, as in the set of the question.
const MADE_OF = {
  // Two ReLU units and an output, weights before bias, at the four corners.
  equal_or_not([a, b, c, d, e, f, v, w, bias]) {
    const corners = [[0, 0], [0, 1], [1, 0], [1, 1]]; // prettier-ignore
    const relu = (z) => Math.max(0, z);
    const image = corners.map(
      ([x, y]) => relu(x * a + y * b + c) * v + relu(x * d + y * e + f) * w + bias
    );
    const near = (value, wanted) => Math.abs(value - wanted) < 1e-6;
    return {
      image,
      holds: {
        equal_not_both_off: near(image[0], 1),
        equal_one_on: near(image[1], 0) && near(image[2], 0),
        equal_not_both_on: near(image[3], 1),
      },
    };
  },

  same_shares(scores) {
    const largest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    const image = powers.map((power) => power / sum);
    const near = (wanted, k) => Math.abs(image[k] - wanted) <= 1e-8 + 1e-6 * wanted;
    return {
      image,
      holds: {
        example_other_shares: [1 / 8, 1 / 8, 1 / 4, 1 / 2].every(near),
        example_not_positive: Math.min(...scores) > 0,
      },
    };
  },
};

export const example = {
  read(answer) {
    return arrayFromText(answer, arrayOf(this.example).shape.length);
  },

  compare(got) {
    const expected = arrayOf(this.example);
    if (!sameShape(got, expected)) {
      return wrong("array.shape", { got: tupleText(got.shape), expected: tupleText(expected.shape) });
    }
    const lost = got.values.findIndex((value) => !Number.isFinite(value));
    if (lost >= 0) {
      return wrong("array.finite", { entry: entryText(got, lost), got: numberText(got.values[lost]) });
    }
    const { image, holds } = MADE_OF[this.script](got.values);
    const missing = this.properties.find((key) => !holds[key]);
    if (!missing) return right();
    const parameters = { image: `[${image.map(numberText).join(", ")}]` };
    return { ...wrong(`misconception.${missing}`, parameters), advice: "example.image" };
  },
};
