"""Short names in the script of the pages: it says the same, in fewer letters."""

import subprocess

import pytest

from book.short_names import shortened

SCRIPT = r"""
const LIMIT = 3;
const table = { read: 1, key: "LIMIT", ...{ other: LIMIT } };
const found = (answer, { key, other: renamed = LIMIT, ...rest }, [first, , third = Infinity]) =>
  `${answer} ${key}: ${renamed} ${Object.keys(rest).join("}")} ${first + third} ${`${LIMIT / 2}`}`;
function* counting(limit = LIMIT, { step = Math.max(1, limit / 9), most } = {}) {
  for (let value = 0; value < limit; value += step) yield most ? -value : value;
}
class Reader {
  constructor(text) {
    Object.assign(this, { text, place: 0 });
  }
  get rest() {
    return this.text.slice(this.place);
  }
  next(expected = /[/"`]\d+\/LIMIT/.source) {
    const place = this.rest.search(/limit|[}\]]/i);
    this.place += place < 0 ? 0 : place + 1;
    return expected.length + place;
  }
}
const reader = new Reader("a limit and }");
const shadowed = (LIMIT) => [LIMIT, 1].map((found) => (found ? { found, LIMIT } : { key: found }));
let told = [];
for (const [index, value] of [...counting(), ...counting(2, { most: 1 })].entries()) {
  const { length: size } = String(value);
  told.push(index * size, value.toFixed(2));
}
try {
  reader.next(null);
} catch (problem) {
  told.push(problem instanceof TypeError, reader?.missing?.key ?? table?.["key"]);
}
console.log(JSON.stringify([table, found(1, { key: 2, x: 3, y: 4 }, [5]), told, shadowed(7)]));
console.log(JSON.stringify([reader.next(), reader.next(), reader.next("long"), reader]));
"""


def said(code):
    return subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True).stdout


def test_a_script_with_short_names_says_the_same():
    short = shortened(SCRIPT)
    assert said(short) == said(SCRIPT)
    assert ";}" not in short
    assert len(short) < 0.93 * len(SCRIPT)
    for long in (
        "reader",
        "Reader",
        "counting",
        "shadowed",
        "answer",
        "renamed",
        "problem",
        "told",
    ):
        assert long not in short


@pytest.mark.parametrize("code", ["const a = `1", "const a = /[/"])
def test_a_script_that_ends_within_a_text_is_refused(code):
    with pytest.raises(ValueError, match="The script"):
        shortened(code)
