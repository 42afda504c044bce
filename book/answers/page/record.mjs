// How far a reader has come with each question, and the text in which that is kept: that of
// my-progress.json. mlplib/checks/keeping/record.py tells what each field means.
import { engine } from "./engine.mjs";

export const BLANK = Object.freeze({ best: "not-attempted", hints: 0, seen: false });

function better(one, other) {
  const { kept } = engine().tables.progress; // best first
  return kept.indexOf(one) <= kept.indexOf(other) ? one : other;
}

export function answered(record, status) {
  return { ...record, best: better(status, record.best) };
}

export function hinted(record, number) {
  return { ...record, hints: Math.max(number, record.hints) };
}

// A look at the solution comes too late to be copied where the answer was right before.
export function revealed(record) {
  return record.best === "right" ? record : { ...record, seen: true };
}

function together(one, other) {
  const right = [one, other].filter(({ best }) => best === "right");
  return {
    best: better(one.best, other.best),
    hints: Math.max(one.hints, other.hints),
    seen: right.length ? right.every(({ seen }) => seen) : one.seen || other.seen,
  };
}

// All records together, the better state of each question.
export function merged(...several) {
  const found = new Map();
  for (const [key, record] of several.flatMap((records) => [...records])) {
    found.set(key, together(found.get(key) ?? BLANK, record));
  }
  return found;
}

export function isBlank({ best, hints, seen }) {
  return best === BLANK.best && !hints && !seen;
}

export function toText(records) {
  const { about, version } = engine().tables.progress;
  const lines = [...records]
    .filter(([, record]) => !isBlank(record))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { best, hints, seen }]) => {
      const entry = `{"best": ${JSON.stringify(best)}, "hints": ${hints}, "seen": ${seen}}`;
      return `    ${JSON.stringify(key)}: ${entry}`;
    });
  const head = `{\n  "about": ${JSON.stringify(about)},\n  "version": ${version},\n`;
  return `${head}  "questions": {\n${lines.join(",\n")}\n  }\n}\n`;
}

// {records, fault}: the fault is "" where all of it could be read, "part" where some could not,
// "broken" where nothing could, and "newer" where a newer version has written it.
export function fromText(text) {
  const nothing = (fault) => ({ records: new Map(), fault });
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return nothing("broken");
  }
  if (!isTable(document) || !Number.isInteger(document.version)) return nothing("broken");
  if (document.version > engine().tables.progress.version) return nothing("newer");
  if (!isTable(document.questions)) return nothing("broken");
  const entries = Object.entries(document.questions);
  const sound = entries.filter(([, entry]) => isRecord(entry));
  const records = new Map(sound.map(([key, { best, hints, seen }]) => [key, { best, hints, seen }]));
  return { records, fault: sound.length < entries.length ? "part" : "" };
}

function isTable(thing) {
  return typeof thing === "object" && thing !== null && !Array.isArray(thing);
}

function isRecord(entry) {
  return (
    isTable(entry) &&
    engine().tables.progress.kept.includes(entry.best) &&
    Number.isInteger(entry.hints) &&
    entry.hints >= 0 &&
    entry.hints <= 99 &&
    typeof entry.seen === "boolean"
  );
}
