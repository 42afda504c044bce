// Answers that are sets of real numbers.
import { right, unread, wrong } from "./finding.mjs";
import { Fraction } from "./fraction.mjs";
import {
  LONGEST_SET,
  NotASet,
  belongs,
  compareEnds,
  endText,
  setOf,
  setText,
} from "./readIntervals.mjs";
import { firstOf, quoted, visible } from "./text.mjs";

export const intervals = {
  read(answer) {
    try {
      return setOf(visible(firstOf(answer, 2 * LONGEST_SET)));
    } catch (problem) {
      if (!(problem instanceof NotASet)) throw problem;
      return unread(problem.key, { got: quoted(answer), ...problem.parameters });
    }
  },

  compare(pieces, known) {
    const expected = setOf(this.expected);
    const got = setText(pieces);
    if (got === setText(expected)) return right();
    const slip = known.find((misconception) => setText(setOf(misconception.wrong)) === got);
    if (slip) return wrong(`misconception.${slip.key}`, { got });
    const ends = [endsOf(pieces), endsOf(expected)];
    const point = telling([...ends[0], ...ends[1]]).find(
      (it) => belongs(pieces, it) !== belongs(expected, it)
    );
    const isEnd = ends.every((some) => some.some((end) => end.equals(point)));
    const key = isEnd ? "end" : belongs(pieces, point) ? "extra" : "missing";
    return wrong(`intervals.${key}`, { got, point: endText(point) });
  },
};

function endsOf(pieces) {
  return pieces.flatMap(({ low, high }) => [low, high]).filter((end) => typeof end !== "number");
}

// Points of which one at least tells two sets with these ends apart; ends come last.
function telling(ends) {
  if (!ends.length) return [new Fraction(0n)];
  ends.sort(compareEnds);
  const rising = ends.filter((end, index) => !index || !end.equals(ends[index - 1]));
  const one = new Fraction(1n);
  const half = new Fraction(1n, 2n);
  const middles = rising.slice(1).map((high, index) => high.plus(rising[index]).times(half));
  return [...middles, rising[0].minus(one), rising.at(-1).plus(one), ...rising];
}
